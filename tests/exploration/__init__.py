"""Exhaustive exploration of the pure core over bounded worlds: every state reachable, every clock cell, every end."""
