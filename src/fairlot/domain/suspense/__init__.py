"""Bank money that named no order: taken in, assigned by a person, or sent back; one small story per movement."""
