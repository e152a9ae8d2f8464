"""The order: the aggregate that everything hangs on. `decide`, `evolve`, `settle` and `clocks` are its doors."""
