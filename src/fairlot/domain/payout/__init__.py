"""The second aggregate: what a supplier is owed, has been sent, and owes the programme."""
