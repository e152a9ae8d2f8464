"""Server-rendered pages, one module per screen."""
