"""Beginning an order and proposing its contract from a page: a form with the contract's text, checked before it is sent."""
