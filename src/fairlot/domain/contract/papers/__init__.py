"""Pasted papers become proposed terms: their lines, tables, chats and headings, and nothing that has no text behind it."""
