"""Migrations of the store: SQL from `../sql`, run by Django in order."""
