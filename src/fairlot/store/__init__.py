"""PostgreSQL: tables, walls, the writer that only `execute` imports, and the embedded server."""
