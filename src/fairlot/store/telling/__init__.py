"""Rows of what people and endpoints are told, and of how it is getting on."""
