"""Money as integer minor units: rounding, splitting and decimals live here and nowhere else; no float is known here.

Rounding is the policy's one rule (ruling A12): nearest minor unit, ties away from zero.
"""

from __future__ import annotations

from collections.abc import Sequence

# Largest amount the programme handles, so that a JSON number stays exact everywhere.
AMOUNT_MINOR_MAX = 10**15
BASIS_POINTS_WHOLE = 10_000

EXPONENT_USUAL = 2
# ISO 4217: the currencies whose minor unit is not a hundredth, by their number of decimals.
_OTHER_EXPONENTS = {
    0: "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF",
    3: "BHD IQD JOD KWD LYD OMR TND",
    4: "CLF UYW",
}
_EXPONENT = {
    currency: exponent
    for exponent, currencies in _OTHER_EXPONENTS.items()
    for currency in currencies.split()
}

# ISO 4217, list one, as of 2026: the currencies whose minor unit is a hundredth.
_HUNDREDTHS = """
AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE CHF CHW CNY COP COU
CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES
KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR
NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP
TRY TTD TWD TZS UAH USD USN UYU UZS VED VES WST XAD XCD XCG YER ZAR ZMW ZWG
"""
CURRENCIES = frozenset(_HUNDREDTHS.split()) | frozenset(_EXPONENT)
"""The currencies of ISO 4217 that have minor units: no gold, no drawing rights, no codes for tests."""


def exponent_of(currency: str) -> int:
    """Return the number of decimals of a currency; whether the code exists is not asked here."""
    return _EXPONENT.get(currency, EXPONENT_USUAL)


def amount_text(amount_minor: int, currency: str) -> str:
    """Write an amount for readers of any language: `USD 1,125.00`, `JPY 108,536`, `USD -0.05`."""
    exponent = exponent_of(currency)
    sign = "-" if amount_minor < 0 else ""
    whole, rest = divmod(abs(amount_minor), 10**exponent)
    decimals = f".{rest:0{exponent}d}" if exponent else ""
    return f"{currency} {sign}{whole:,}{decimals}"


def divide_half_up(numerator: int, denominator: int) -> int:
    """Return `numerator` over `denominator` rounded to the nearest integer, ties away from zero."""
    assert denominator > 0, "a denominator is positive"
    magnitude = (2 * abs(numerator) + denominator) // (2 * denominator)
    return magnitude if numerator >= 0 else -magnitude


def fraction_of(amount_minor: int, numerator: int, denominator: int) -> int:
    """Return `amount_minor` times `numerator` over `denominator`, in minor units, half up."""
    return divide_half_up(amount_minor * numerator, denominator)


def basis_points_of(amount_minor: int, basis_points: int) -> int:
    """Return that share of an amount (10,000 basis points are the whole), in minor units, half up."""
    return divide_half_up(amount_minor * basis_points, BASIS_POINTS_WHOLE)


def split_by_weights(amount_minor: int, weights: Sequence[int]) -> tuple[int, ...]:
    """Split an amount exactly in proportion to integer weights.

    Largest remainder, the earlier part first on a tie (ruling A12); the parts always sum to the amount.
    """
    total = sum(weights)
    assert amount_minor >= 0, "only amounts are split, not debts"
    assert total > 0, "weights have a positive sum"
    assert all(weight >= 0 for weight in weights), "weights are not negative"
    floors = [amount_minor * weight // total for weight in weights]
    remainders = [amount_minor * weight % total for weight in weights]
    left_over = amount_minor - sum(floors)
    by_remainder = sorted(range(len(weights)), key=lambda i: (-remainders[i], i))
    for i in by_remainder[:left_over]:
        floors[i] += 1
    assert sum(floors) == amount_minor
    return tuple(floors)
