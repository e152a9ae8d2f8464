"""Units written before their number: currencies, scales of hardness, grades."""

from __future__ import annotations

import re

from fairlot.domain.contract.lexicon import Unit, units_by_name
from fairlot.domain.contract.wording.numerals import NumberText

_CURRENCY = re.compile(r"(usd|us\$|eur|gbp|cny|rmb|\$|€|£|¥|¥|人民币|美元|美金)\s*$")
_CURRENCIES = {
    "usd": "USD", "us$": "USD", "$": "USD", "eur": "EUR", "€": "EUR", "gbp": "GBP", "£": "GBP",
    "cny": "CNY", "rmb": "CNY", "¥": "CNY", "人民币": "CNY", "美元": "USD", "美金": "USD",
}  # fmt: skip
_HARDNESS_BEFORE = re.compile(
    r"(hrc|洛氏(?:硬度)?\s?c|shore\s?(?:hardness\s?)?[ad]|邵氏?(?:硬度)?\s?[ad])\s*[::]?\s*$"
)
_HARDNESS = {"c": "HRC", "a": "Shore A", "d": "Shore D"}
_GRADE_BEFORE = re.compile(r"(?:grade|class|level|rating|等级)\s*$")


def currency_before(written: NumberText, start: int) -> Unit | None:
    """Read the currency written before a number."""
    currency = _CURRENCY.search(written.text, max(0, start - 6), start)
    return units_by_name()[_CURRENCIES[currency[1]]] if currency else None


def unit_before(written: NumberText, start: int) -> Unit | None:
    """Read the currency, the scale of hardness or the word for a grade written before a number."""
    money = currency_before(written, start)
    if money is not None:
        return money
    hardness = _HARDNESS_BEFORE.search(written.text, max(0, start - 12), start)
    if hardness:
        return units_by_name()[_HARDNESS[hardness[1][-1]]]
    if _GRADE_BEFORE.search(written.text, max(0, start - 8), start):
        return units_by_name()["grade"]
    return None
