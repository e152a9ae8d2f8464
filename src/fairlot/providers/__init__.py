"""One module per outside service; nothing here decides."""
