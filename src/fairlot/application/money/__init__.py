"""Money at the platform's edge: what banks say, what waits for a person, and what is sent out."""
