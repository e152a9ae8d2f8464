"""The words of trade as data: TOML files that somebody who is no programmer can extend, each read once."""

from __future__ import annotations

import functools
import importlib.resources
import tomllib
from decimal import Decimal
from typing import Any

import msgspec

LANGUAGES = ("en", "zh")


class Property(msgspec.Struct, frozen=True, kw_only=True):
    """What a number speaks of: which quantities fit it, how it is decided, which side the buyer wants."""

    id: str
    kind: str
    way: str
    measures: frozenset[str]
    good: str
    conditions: int
    needs_unit: bool


class Unit(msgspec.Struct, frozen=True, kw_only=True):
    """A unit: its shown name, the quantity it measures, and how it converts to that quantity's base unit."""

    name: str
    quantity: str
    factor: Decimal
    base: str
    discrete: bool


class Hit(msgspec.Struct, frozen=True):
    """A word of the lexicon found in a text: half-open span, category, and what the category adds."""

    start: int
    end: int
    category: str
    payload: Any


@functools.cache
def read_table(name: str) -> dict[str, Any]:
    """Read one TOML file of the lexicon; everybody gets the same, and nobody changes it."""
    package = importlib.resources.files("fairlot.domain.contract.lexicon")
    return tomllib.loads(package.joinpath(name).read_text(encoding="utf-8"))


def standard_bodies() -> tuple[str, ...]:
    """Return the letters of every body whose standards are named by a number."""
    return tuple(dict.fromkeys(read_table("standards.toml")["bodies"]))


def code_shapes(kind: str) -> str:
    """Return one pattern for all codes of a kind, in the order of `codes.toml`."""
    groups = (
        (
            group.get("before", ""),
            "|".join(shape for shape, _ in group["any"]),
            group.get("after", ""),
        )
        for group in read_table("codes.toml")[kind]
    )
    return "|".join(f"{before}(?:{shapes}){after}" for before, shapes, after in groups)


def is_latin(char: str) -> bool:
    """Say whether a character is a letter or digit of a script that writes words with spaces between."""
    return char.isascii() and char.isalnum()


_WIDE: dict[int, int | str] = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_SIGNS = {
    "\u3000": " ",
    "\u00a0": " ",
    "\t": " ",
    "–": "-",
    "—": "-",
    "−": "-",
    "〜": "~",
    "‘": "'",
    "’": "'",
    "“": '"',
    "”": '"',
    "×": "x",
    "✕": "x",
    "∗": "*",
    "。": ".",
    "µ": "μ",
    "壹": "一",
    "贰": "二",
    "叁": "三",
    "肆": "四",
    "伍": "五",
    "陆": "六",
    "柒": "七",
    "捌": "八",
    "玖": "九",
    "拾": "十",
    "佰": "百",
    "仟": "千",
    "萬": "万",
}
_SHADOW = _WIDE | {ord(sign): plain for sign, plain in _SIGNS.items()}


def shadow(text: str) -> str:
    """Write `text` in small half-width letters, character for character, so that spans stay the same."""
    lowered = text.translate(_SHADOW).lower()
    if len(lowered) != len(text):
        lowered = "".join(
            char.lower() if len(char.lower()) == 1 else char for char in text.translate(_SHADOW)
        )
    return lowered


def _property(entry: dict[str, Any]) -> Property:
    return Property(
        id=entry["id"],
        kind=entry["kind"],
        way=entry["way"],
        measures=frozenset(entry["measures"]),
        good=entry.get("good", ""),
        conditions=entry.get("conditions", 2),
        needs_unit=entry.get("needs_unit", False),
    )


class UnitWord(msgspec.Struct, frozen=True):
    """One spelling of a unit; an exact one counts only as written."""

    written: str
    exact: bool
    unit: Unit


@functools.cache
def unit_words() -> dict[str, tuple[UnitWord, ...]]:
    """Return all spellings of units by their first character, longest first, exact ones before loose ones."""
    table: dict[str, set[UnitWord]] = {}
    for entry in read_table("units.toml")["unit"]:
        unit = Unit(
            name=entry["name"],
            quantity=entry["quantity"],
            factor=Decimal(entry["factor"]),
            base=entry["base"],
            discrete=entry.get("discrete", False),
        )
        for written in entry.get("exact", ()):
            table.setdefault(written[0], set()).add(UnitWord(written, True, unit))
        for written in entry.get("words", ()):
            loose = shadow(written)
            table.setdefault(loose[0], set()).add(UnitWord(loose, False, unit))
    return {
        first: tuple(
            sorted(words, key=lambda word: (-len(word.written), not word.exact, word.unit.name))
        )
        for first, words in table.items()
    }


@functools.cache
def units_by_name() -> dict[str, Unit]:
    """Return every unit by its shown name."""
    return {word.unit.name: word.unit for words in unit_words().values() for word in words}


@functools.cache
def properties() -> dict[str, Property]:
    """Return every property by its id."""
    return {entry["id"]: _property(entry) for entry in read_table("en.toml")["property"]}
