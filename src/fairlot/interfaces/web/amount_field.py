"""Reading amounts that people type into a page, and writing them back as they would type them; minor units inside."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from fairlot.domain.money import AMOUNT_MINOR_MAX, exponent_of


class AmountError(ValueError):
    """The amount is no number of its currency."""


def minor_of(text: str, currency: str) -> int:
    """Return an amount as people write it, in minor units; nothing written is zero. Raises AmountError."""
    plain = text.replace(",", "").replace(" ", "")
    if not plain:
        return 0
    try:
        amount = Decimal(plain).scaleb(exponent_of(currency))
    except InvalidOperation:
        raise AmountError(text) from None
    if not amount.is_finite() or not 0 <= amount <= AMOUNT_MINOR_MAX or amount % 1:
        raise AmountError(text)
    return int(amount)
