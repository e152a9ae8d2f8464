"""A process that ends between any two steps of the write path."""

from __future__ import annotations

# Opening and writing, each sent, awaited and received.
STEPS_OF_A_COMMAND = 6


class KilledError(BaseException):
    """The process ended here."""


class Killer:
    """Ends the process before the nth step on the wire, once armed; a write path's tracer."""

    def __init__(self) -> None:
        self.steps_left: int | None = None
        self.steps = 0

    def __call__(self, _: str) -> None:
        self.steps += 1
        if self.steps_left is None:
            return
        if self.steps_left == 0:
            self.steps_left = None
            raise KilledError
        self.steps_left -= 1
