"""Keeping a database over the years: its schema, its backups, its upgrades."""
