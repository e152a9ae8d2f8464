"""Pages of people and companies: signing in, members, keys, one's own account."""
