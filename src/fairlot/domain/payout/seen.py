"""What an account has taken note of already, for ever; adding to it stays cheap however long it grows."""

from __future__ import annotations

import msgspec

# A full chunk is never copied again; only the last one grows.
CHUNK_SIZE = 256


class Seen(msgspec.Struct, frozen=True):
    """A growing set of short names, in chunks; a new one is made by adding, the old one stays as it was."""

    chunks: tuple[frozenset[str], ...] = ()

    def __contains__(self, name: str) -> bool:
        return any(name in chunk for chunk in self.chunks)

    def with_name(self, name: str) -> Seen:
        """Return this set with one more name."""
        assert name not in self, f"{name} is taken note of once"
        if not self.chunks or len(self.chunks[-1]) >= CHUNK_SIZE:
            return Seen((*self.chunks, frozenset({name})))
        return Seen((*self.chunks[:-1], self.chunks[-1] | {name}))
