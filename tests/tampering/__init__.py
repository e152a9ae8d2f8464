"""Verification against whoever owns the database: every column of every table that it watches, changed row by row."""
