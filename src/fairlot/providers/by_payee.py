"""One way to move money for each kind of payee, behind the one that the application knows."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from fairlot.providers.outward import Answer, Payee, Transfer

Send = Callable[[Transfer], Answer]


class MoneyByPayee:
    """Passes each transfer to the way that serves its payee."""

    def __init__(self, ways: Mapping[Payee, Send]) -> None:
        assert set(ways) == set(Payee), "every payee is served"
        self._ways = ways

    def send(self, transfer: Transfer) -> Answer:
        """Move the money once for its key."""
        return self._ways[transfer.payee](transfer)
