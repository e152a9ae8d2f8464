"""The operator's door: whether the product lives and is ready, its figures, and a line for every request."""
