"""Faults of form in the words of a contract: signs that nobody sees, that turn the reading around, or that hash two ways."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

import msgspec

from fairlot.domain.contract.document import Contract, canonical_bytes
from fairlot.domain.contract.faults import ContractError, fault

TEXT_CHARACTERS_MAX = 4_000

# Line breaks and tabs belong to text; other control characters to nothing that people write.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
# Embeddings, overrides and isolates show signs in another order than the one they are signed in.
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")


def text_faults(contract: Contract) -> Iterator[ContractError]:
    """Check every text of a contract, whatever field it stands in."""
    text = canonical_bytes(contract).decode()
    if unicodedata.normalize("NFC", text) != text:
        yield fault(
            "",
            "not_nfc",
            "Text is kept in Unicode form NFC, so that equal words hash equally.",
            "文本须为 Unicode NFC 形式,使相同文字有相同的哈希。",
        )
    for key, value in _strings(msgspec.to_builtins(contract), ""):
        yield from _sign_faults(key, value)
    for index, term in enumerate(contract.terms):
        if max(len(term.text), len(term.translation)) > TEXT_CHARACTERS_MAX:
            yield fault(
                f"terms[{index}].text",
                "too_long",
                f"A term has at most {TEXT_CHARACTERS_MAX} characters.",
                f"条款最多 {TEXT_CHARACTERS_MAX} 个字符。",
            )


def _strings(tree: object, key: str) -> Iterator[tuple[str, str]]:
    if isinstance(tree, str):
        yield key, tree
    elif isinstance(tree, dict):
        for name, value in tree.items():
            yield from _strings(value, f"{key}.{name}" if key else str(name))
    elif isinstance(tree, list | tuple):
        for index, value in enumerate(tree):
            yield from _strings(value, f"{key}[{index}]")


def _sign_faults(key: str, value: str) -> Iterator[ContractError]:
    odd = _CONTROL.search(value)
    if odd:
        point = f"U+{ord(odd[0]):04X}"
        yield fault(
            key,
            "control_character",
            f"The text has the control character {point}, which nobody sees.",
            f"文本含有看不见的控制字符 {point}。",
        )
    turned = _TURNING.search(value)
    if turned:
        point = f"U+{ord(turned[0]):04X}"
        yield fault(
            key,
            "direction_character",
            f"The text has {point}, which shows it in another order than it is signed in.",
            f"文本含有 {point},会使显示的顺序与签署的顺序不同。",
        )
