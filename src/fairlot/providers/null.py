"""Providers for development: money that is moved on paper only, and notifications that are kept to be looked at."""

from __future__ import annotations

import threading

from fairlot.providers.outward import Answer, Notification, Progress, Transfer

NOTIFICATIONS_KEPT_MAX = 1_000


class NullMoney:
    """Moves nothing and says that it did: at once, or, `on_demand`, when told to. A repeated key moves nothing twice."""

    def __init__(self, *, on_demand: bool = False) -> None:
        self._first = Progress.SENT if on_demand else Progress.CONFIRMED
        self._lock = threading.Lock()
        self._transfers: dict[str, Transfer] = {}
        self._answers: dict[str, Answer] = {}

    def send(self, transfer: Transfer) -> Answer:
        """Note the transfer, or say how far it is."""
        with self._lock:
            known = self._transfers.setdefault(transfer.key, transfer)
            assert known == transfer, f"{transfer.key} was asked for something else before"
            first = Answer(progress=self._first, rail=transfer.rail)
            return self._answers.setdefault(transfer.key, first)

    def confirm(self, key: str) -> Answer:
        """Let a transfer leave, and say so."""
        return self._say(key, Progress.CONFIRMED, "")

    def fail(self, key: str, reason_code: str) -> Answer:
        """Let a transfer fail, and say so."""
        return self._say(key, Progress.FAILED, reason_code)

    def _say(self, key: str, progress: Progress, reason_code: str) -> Answer:
        with self._lock:
            rail = self._transfers[key].rail
            self._answers[key] = Answer(progress=progress, rail=rail, reason_code=reason_code)
            return self._answers[key]

    @property
    def transfers(self) -> tuple[Transfer, ...]:
        """Return what was asked for, each once, the earliest first."""
        with self._lock:
            return tuple(self._transfers.values())


class BatchMoney:
    """Moves nothing by itself: what is asked for waits until an operator takes it into a payment file."""

    def send(self, transfer: Transfer) -> Answer:
        """Say that the transfer waits."""
        return Answer(progress=Progress.WAITING, rail=transfer.rail)


class NullMessenger:
    """Keeps the latest notifications, each once, for whoever looks."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._told: dict[str, Notification] = {}

    def tell(self, notification: Notification) -> None:
        """Keep a notification."""
        with self._lock:
            self._told.setdefault(notification.key, notification)
            while len(self._told) > NOTIFICATIONS_KEPT_MAX:
                del self._told[next(iter(self._told))]

    @property
    def told(self) -> tuple[Notification, ...]:
        """Return what was told, the earliest first."""
        with self._lock:
            return tuple(self._told.values())
