"""The third aggregate: one supplier's limit, and what its open orders take of it."""
