"""Documents people keep: PDF and data; nothing here decides."""
