"""Pages of the platform's own affairs: money that names no order, companies on lists, payouts; for its people alone."""
