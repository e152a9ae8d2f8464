"""Mails: written for one reader, and handed to a server or to the console."""
