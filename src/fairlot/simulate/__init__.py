"""Invented trades through the very same rules."""
