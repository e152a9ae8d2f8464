"""The order: the aggregate that everything hangs on."""
