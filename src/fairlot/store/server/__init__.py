"""The PostgreSQL that Fairlot brings along, from one cluster on disk to a server that is shared."""
