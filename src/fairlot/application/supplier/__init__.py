"""Suppliers in the programme: their way in, their standing, and the checks they are put through."""
