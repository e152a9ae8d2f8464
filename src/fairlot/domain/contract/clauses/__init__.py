"""Where a text is cut, and which of its clauses belong together."""
