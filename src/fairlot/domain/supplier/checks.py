"""What a check of a company against a list of sanctioned ones comes to, as values; who checks is decided elsewhere."""

from __future__ import annotations

from enum import StrEnum

import msgspec


class CheckState(StrEnum):
    """What came of a check."""

    CLEAR = "clear"
    MATCH = "match"
    NOT_CHECKED = "not_checked"


class Listed(msgspec.Struct, frozen=True, kw_only=True):
    """One entry of a list; without a country it stands for every one."""

    name: str
    country: str = ""


class CheckAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """What a provider found: the entries that a name matched, and by its hash the list that they stand on."""

    state: CheckState
    list_name: str = ""
    list_hash: str = ""
    matches: tuple[Listed, ...] = ()
