"""Creditor references by ISO 11649 ("RF"): what a payer writes so that money finds its order, with two check digits.

A reference is `RF`, two check digits (ISO 7064, mod 97-10) and up to 21 letters and digits. Ours always have all 21: 19 drawn
from the order's id and 2 for the instalment. Their alphabet leaves out I, L, O and U, which people mistake for others, and B, M
and X: counted as 11, 22 and 33 they can change places with a 1, 2 or 3 beside them and the check digits stay right.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator

_ALPHABET = "0123456789ACDEFGHJKNPQRSTVWYZ"
# 92 bits of SHA-256: among a thousand million orders the chance that any two share a stem is about 1 in 10^10.
_STEM_SIGNS = 19
_INSTALMENT_SIGNS = 2
INSTALMENT_MAX = len(_ALPHABET) ** _INSTALMENT_SIGNS - 1
REFERENCE_CHARACTERS = 4 + _STEM_SIGNS + _INSTALMENT_SIGNS
_REFERENCE = re.compile(r"RF[0-9]{2}[0-9A-Z]{1,21}")
_OURS = re.compile(rf"(?=(RF[0-9]{{2}}[0-9A-Z]{{{_STEM_SIGNS + _INSTALMENT_SIGNS}}}))")
_NOT_SIGNS = re.compile(r"[^0-9A-Z]+")


def reference_for(order_id: str, instalment: int) -> str:
    """Return the reference that pays one instalment of an order: 25 characters, always the same for the same pair."""
    assert order_id, "an order has an id"
    assert 0 <= instalment <= INSTALMENT_MAX, f"instalments are numbered 0 to {INSTALMENT_MAX}"
    body = stem_for(order_id) + _signs(instalment, _INSTALMENT_SIGNS)
    return f"RF{_check_digits(body)}{body}"


def is_reference(text: str) -> bool:
    """Say whether a text in its compact form is a creditor reference with right check digits."""
    return bool(_REFERENCE.fullmatch(text)) and remainder_97(text[4:] + text[:4]) == 1


def compact(text: str) -> str:
    """Return letters and digits alone, in capitals: the form in which references are compared."""
    return _NOT_SIGNS.sub("", text.upper())


def printed(reference: str) -> str:
    """Return a reference in groups of four, as people read and banks print it."""
    return " ".join(reference[i : i + 4] for i in range(0, len(reference), 4))


def find_references(text: str) -> Iterator[str]:
    """Give every reference of our length with right check digits in a text, whatever stands between its signs."""
    for match in _OURS.finditer(compact(text)):
        if is_reference(match[1]):
            yield match[1]


def find_mistyped(text: str) -> Iterator[str]:
    """Give every stretch that has the form of our references but wrong check digits."""
    for match in _OURS.finditer(compact(text)):
        if not is_reference(match[1]):
            yield match[1]


def stem_for(order_id: str) -> str:
    """Return what all references of an order have in common: the signs drawn from its id."""
    digest = int.from_bytes(hashlib.sha256(order_id.encode()).digest(), "big")
    return _signs(digest, _STEM_SIGNS)


def stem_of(reference: str) -> str:
    """Return the signs of a reference of our length that say which order it is of."""
    return reference[4 : 4 + _STEM_SIGNS]


def same_order(reference: str, other: str) -> bool:
    """Say whether two references of ours are of instalments of one order."""
    return stem_of(reference) == stem_of(other)


def remainder_97(signs: str) -> int:
    """Return the remainder by 97 with letters counted from A = 10 to Z = 35 (ISO 7064)."""
    return int("".join(str(int(sign, 36)) for sign in signs)) % 97


def _signs(number: int, count: int) -> str:
    """Write a number in our alphabet, its last places only."""
    signs = ""
    for _ in range(count):
        number, sign = divmod(number, len(_ALPHABET))
        signs = _ALPHABET[sign] + signs
    return signs


def _check_digits(body: str) -> str:
    return f"{98 - remainder_97(body + 'RF00'):02d}"
