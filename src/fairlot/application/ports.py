"""What the application asks of the outside: suppliers' facts, ways to move money, ways to tell people."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from fairlot.domain.supplier.checks import CheckAnswer
from fairlot.providers.outward import Answer, Notification, Transfer
from fairlot.store.supplier.suppliers import Supplier


class SupplierFacts(Protocol):
    """What the platform knows of suppliers beside their orders."""

    def find(self, company_id: str) -> Supplier | None:
        """Return what is known of a company as a supplier."""


class MoneyProvider(Protocol):
    """A way to move money out."""

    def send(self, transfer: Transfer) -> Answer:
        """Move the money once for its key, and say how far it is; asked again, say how far it is by now."""


class Messenger(Protocol):
    """A way to tell people."""

    def tell(self, notification: Notification) -> None:
        """Pass a notification on, once for its key."""


class CompanyChecks(Protocol):
    """A way to find out whether a company may be dealt with."""

    def check(self, names: Sequence[str], country: str) -> CheckAnswer:
        """Say whether one of the names is listed; without a list say that nothing was checked."""
