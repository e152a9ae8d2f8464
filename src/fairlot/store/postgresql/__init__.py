"""Django's PostgreSQL backend, taught where Fairlot's database is and to wake the embedded server."""
