"""What msgspec keeps of each of our types is made before threads share it: two that make it at once end the process.

msgspec (0.22) makes a type's plan when the type is first read, and other threads can see it half made.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

import msgspec


def prepare_struct_types() -> None:
    """Make the plans of all types of ours that are loaded; takes some 50 ms for all that the pages know."""
    for struct in own_struct_types():
        # Some are only ever written: they hold what no bytes could say.
        with contextlib.suppress(TypeError):
            msgspec.json.Decoder(struct)


def own_struct_types() -> Iterator[type[msgspec.Struct]]:
    """Give every type of ours that is loaded now."""
    waiting: list[type[msgspec.Struct]] = [msgspec.Struct]
    seen: set[type[msgspec.Struct]] = set()
    while waiting:
        for struct in waiting.pop().__subclasses__():
            if struct not in seen:
                seen.add(struct)
                waiting.append(struct)
                if struct.__module__.startswith(f"{__package__}."):
                    yield struct
