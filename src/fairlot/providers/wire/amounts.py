"""Amounts as banks write them, to and from integer minor units: exact, by the exponent of ISO 4217, or refused."""

from __future__ import annotations

import re
from functools import lru_cache

from iso4217 import Currency

from fairlot.domain.money import AMOUNT_MINOR_MAX
from fairlot.providers.wire.refusals import BankFileRefused

# The decimal of XML Schema, without its sign; ASCII digits only.
_DECIMAL = re.compile(r"\+?(?:([0-9]+)(?:\.([0-9]*))?|\.([0-9]+))")
_NEGATIVE = re.compile(r"-[0-9.,]+")
# Digits that could still be an amount: everything longer is refused before it becomes a number.
DIGITS_MAX = 30
# More codes than there are currencies; what a file calls one may be anything.
CURRENCIES_KEPT = 256


@lru_cache(maxsize=CURRENCIES_KEPT)
def find_exponent(currency: str) -> int | None:
    """Return the number of decimals of a currency, or None where ISO 4217 gives none (gold, tests, unknown)."""
    try:
        exponent = Currency(currency).exponent
    except ValueError:
        return None
    return int(exponent) if exponent is not None else None


def minor_units(text: str, currency: str, *, line: int | None = None) -> int:
    """Return a non-negative decimal text such as `1250.50` in minor units of its currency, or refuse the file."""
    exponent = find_exponent(currency)
    if exponent is None:
        raise BankFileRefused("currency_unknown", line=line, currency=currency)
    if _NEGATIVE.fullmatch(text):
        raise BankFileRefused("amount_negative", line=line, text=text)
    match = _DECIMAL.fullmatch(text) if len(text) <= DIGITS_MAX else None
    if match is None:
        raise BankFileRefused("amount_unreadable", line=line, text=text)
    whole, decimals = match[1] or "0", match[2] or match[3] or ""
    if len(decimals) > exponent:
        raise BankFileRefused(
            "amount_decimals",
            line=line,
            text=text,
            currency=currency,
            decimals=exponent,
        )
    amount_minor = int(whole + decimals.ljust(exponent, "0"))
    if amount_minor > AMOUNT_MINOR_MAX:
        raise BankFileRefused(
            "amount_too_large",
            line=line,
            text=text,
            amount_minor_max=AMOUNT_MINOR_MAX,
        )
    return amount_minor


def decimal_text(amount_minor: int, exponent: int) -> str:
    """Write minor units as a decimal text with as many decimals as the currency has."""
    assert amount_minor >= 0, "direction is stated apart from the amount"
    if exponent == 0:
        return str(amount_minor)
    digits = str(amount_minor).rjust(exponent + 1, "0")
    return f"{digits[:-exponent]}.{digits[-exponent:]}"
