"""Faults of form in a contract: where, which, and what to write instead, in both languages."""

from __future__ import annotations

import msgspec


class ContractError(msgspec.Struct, frozen=True, kw_only=True):
    """One fault: the key where it sits (`payments[1].amount_minor`), a stable code, and a sentence per language."""

    key: str
    code: str
    en: str
    zh: str


def fault(key: str, code: str, en: str, zh: str) -> ContractError:
    """Build a fault from its four parts in their order."""
    return ContractError(key=key, code=code, en=en, zh=zh)


def decimal_fault(key: str) -> ContractError:
    """Say that a decimal in quotes is needed at `key`."""
    return fault(
        key,
        "decimal",
        'A decimal number in quotes is needed, such as "3000".',
        "须为带引号的小数,如“3000”。",
    )


def sha256_fault(key: str) -> ContractError:
    """Say that a SHA-256 is needed at `key`."""
    return fault(
        key, "sha256", "A SHA-256 is 64 hexadecimal digits.", "SHA-256 为 64 位十六进制数。"
    )
