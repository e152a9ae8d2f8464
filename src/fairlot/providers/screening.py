"""Checking names against a list of sanctioned companies: the default provider reads one local file that the operator keeps.

It never guesses: without a list the answer is that nothing was checked, and a list that cannot be read is an error.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import unicodedata
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from fairlot.domain.supplier.checks import CheckAnswer, CheckState, Listed

LIST_BYTES_MAX = 64 * 1024 * 1024
# Endings that say what kind of company it is and not which one.
LEGAL_FORMS = frozenset(
    {"ltd", "limited", "llc", "inc", "incorporated", "corp", "corporation", "co", "company"}
    | {"gmbh", "ag", "sa", "sarl", "srl", "spa", "bv", "nv", "plc", "kg", "ooo", "pte", "oy", "ab"}
)
CHINESE_FORMS = ("股份有限公司", "有限责任公司", "有限公司", "公司")


class ListUnreadableError(RuntimeError):
    """A list is named in the settings and cannot be used; the message says what is wrong with it."""


class NoList:
    """No list is kept here; every answer says so."""

    def check(self, names: Sequence[str], country: str) -> CheckAnswer:
        """Say that nothing was checked."""
        del names, country
        return CheckAnswer(state=CheckState.NOT_CHECKED)


class LocalList:
    """A CSV file with the columns `name` and `country`, or a JSON list of objects with these; read again when it changes."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._read_at: tuple[int, int] = (-1, -1)
        self._hash = ""
        self._entries: dict[str, list[Listed]] = {}

    def check(self, names: Sequence[str], country: str) -> CheckAnswer:
        """Match each name, as it is written and without signs, accents and legal forms. Raises ListUnreadableError.

        An entry of another country is no match; where either side names none, the name alone decides.
        """
        known = [name for name in names if key_of(name)]
        if not known:
            return CheckAnswer(state=CheckState.NOT_CHECKED)
        self._refresh()
        found = {
            (entry.name, entry.country): entry
            for name in known
            for entry in self._entries.get(key_of(name), ())
            if not country or not entry.country or entry.country == country
        }
        return CheckAnswer(
            state=CheckState.MATCH if found else CheckState.CLEAR,
            list_name=self._path.name,
            list_hash=self._hash,
            matches=tuple(found[key] for key in sorted(found)),
        )

    def _refresh(self) -> None:
        try:
            status = self._path.stat()
            changed = (status.st_mtime_ns, status.st_size)
            if changed == self._read_at:
                return
            if status.st_size > LIST_BYTES_MAX:
                raise ListUnreadableError(f"{self._path} is larger than {LIST_BYTES_MAX} bytes")
            content = self._path.read_bytes()
        except OSError as error:
            raise ListUnreadableError(f"{self._path} cannot be read: {error}") from error
        entries: dict[str, list[Listed]] = {}
        for entry in _entries(content, self._path):
            entries.setdefault(key_of(entry.name), []).append(entry)
        self._entries = entries
        self._hash = hashlib.sha256(content).hexdigest()
        self._read_at = changed


def key_of(name: str) -> str:
    """Return what two spellings of one name have in common; empty for what holds no letter or digit."""
    plain = unicodedata.normalize("NFKD", name).casefold()
    letters = "".join(
        sign if sign.isalnum() else " " for sign in plain if not unicodedata.combining(sign)
    )
    words = letters.split()
    while len(words) > 1 and words[-1] in LEGAL_FORMS:
        words.pop()
    key = "".join(words)
    for form in CHINESE_FORMS:
        if key.endswith(form) and key != form:
            return key.removesuffix(form)
    return key


def _entries(content: bytes, path: Path) -> Iterable[Listed]:
    try:
        text = content.decode("utf-8-sig")
        rows: list[dict[str, Any]] = (
            json.loads(text) if path.suffix == ".json" else list(csv.DictReader(io.StringIO(text)))
        )
        found = [
            Listed(name=name.strip(), country=str(row.get("country") or "").strip().upper())
            for row in rows
            for name in (str(row["name"]), *str(row.get("aliases") or "").split(";"))
            if key_of(name)
        ]
    except (ValueError, KeyError, TypeError, AttributeError, csv.Error) as error:
        raise ListUnreadableError(f"{path} is no list of names: {error!r}") from error
    if not found:
        raise ListUnreadableError(
            f"{path} holds no name; unset FAIRLOT_SANCTIONS_LIST to have no list"
        )
    return found
