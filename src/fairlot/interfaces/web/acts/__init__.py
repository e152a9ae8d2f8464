"""What people do to an order, as forms: one page for each command that a person can ask."""
