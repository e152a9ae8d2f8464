"""Use cases over the domain and the store: `execute` is the only way to change an order."""
