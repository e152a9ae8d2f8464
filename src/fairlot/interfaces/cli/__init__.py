"""The `fairlot` command: parses, calls the application once, prints."""
