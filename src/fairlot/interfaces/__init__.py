"""Doors to the product: they translate, call the application once, and show the answer."""
