"""Composition root: puts configuration, store and providers together for the interfaces; decides nothing."""
