"""Checks of amounts and currencies that several sections of a policy share."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fairlot.domain.money import AMOUNT_MINOR_MAX
from fairlot.domain.policy.errors import Fault, fault

CURRENCY = re.compile(r"[A-Z]{3}\Z")


def currency_faults(key: str, currency: str) -> Iterator[Fault]:
    """Check one currency code."""
    if not CURRENCY.match(currency):
        yield fault(key, f"{currency!r} is no currency code of three capital letters")


def amount_faults(key: str, amount_minor: int) -> Iterator[Fault]:
    """Check one amount: not negative, and within what the programme handles."""
    if not 0 <= amount_minor <= AMOUNT_MINOR_MAX:
        yield fault(key, f"must lie between 0 and {AMOUNT_MINOR_MAX}")


def amounts_faults(key: str, amounts: dict[str, int]) -> Iterator[Fault]:
    """Check a table of amounts by currency."""
    for currency, amount_minor in amounts.items():
        yield from currency_faults(f"{key}.{currency}", currency)
        yield from amount_faults(f"{key}.{currency}", amount_minor)
