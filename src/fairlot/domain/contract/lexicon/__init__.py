"""The words of trade as data: TOML files that somebody who is no programmer can extend, loaded once and spotted in one pass."""

from __future__ import annotations

import functools
import importlib.resources
import re
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


class _Phrase(msgspec.Struct, frozen=True):
    words: str
    category: str
    payload: Any
    takes_plural: bool


# How a word may end that stands in its list without an ending.
_PLURALS = ("", "s", "es")
Index = dict[str, tuple[_Phrase, ...]]
# Where a phrase may begin: at a word in Latin letters, or at any other sign.
_TOKEN = re.compile(r"[A-Za-z0-9]+|[^ A-Za-z0-9]")
_NEXT_WORD = re.compile(r" ([A-Za-z0-9]+)")


def read_table(name: str) -> dict[str, Any]:
    """Read one TOML file of the lexicon."""
    package = importlib.resources.files("fairlot.domain.contract.lexicon")
    return tomllib.loads(package.joinpath(name).read_text(encoding="utf-8"))


def standard_bodies() -> tuple[str, ...]:
    """Return the letters of every body whose standards are named by a number."""
    return tuple(dict.fromkeys(read_table("standards.toml")["bodies"]))


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


def _phrases(language: str) -> list[_Phrase]:
    data = read_table(f"{language}.toml")
    data.pop("heading")  # Looked up whole, never spotted inside a sentence.
    data.pop("column")
    found: list[_Phrase] = []
    kinds = {entry["id"]: entry for entry in read_table("en.toml")["property"]}
    for entry in data.pop("property"):
        made = _property(kinds[entry["id"]])
        found += [_phrase(word, "property", made) for word in entry["words"]]
    for entry in data.pop("vague"):
        payload = (entry["kind"], entry.get("code", "vague_word"))
        found += [_phrase(word, "vague", payload) for word in entry["words"]]
    for table, lists in data.items():
        for name, words in lists.items():
            found += [_phrase(word, f"{table}.{name}", word) for word in words]
    return found


def _phrase(word: str, category: str, payload: object) -> _Phrase:
    words = shadow(word).replace("-", " ") if any(map(is_latin, word)) else shadow(word)
    praised = category == "vague" and " " not in words  # "Goods" are not said to be good.
    plural = words[-1].isascii() and words[-1].isalpha() and len(words) > 2 and not praised
    return _Phrase(words.strip(), category, payload, plural)


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


def phrase_key(text: str, position: int) -> str:
    """Name the first word at a position: a whole Latin word, or one Chinese character."""
    if not is_latin(text[position]):
        return text[position]
    end = position + 1
    while end < len(text) and is_latin(text[end]):
        end += 1
    return text[position:end]


def _second_word(text: str, end: int) -> str:
    """Name the word behind the first that ends at `end`, or nothing where none follows."""
    behind = _NEXT_WORD.match(text, end)
    return behind[1] if behind else ""


@functools.cache
def index() -> Index:
    """Return all phrases of all languages by their first word, or their first two, plurals too, longest first."""
    table: dict[str, set[_Phrase]] = {}
    for language in LANGUAGES:
        for phrase in _phrases(language):
            first = phrase_key(phrase.words, 0)
            second = _second_word(phrase.words, len(first)) if is_latin(first[0]) else ""
            key = f"{first} {second}" if second else first
            for ending in _PLURALS if phrase.takes_plural and key == phrase.words else ("",):
                table.setdefault(f"{key}{ending}", set()).add(phrase)
    return {
        key: tuple(
            sorted(
                phrases,
                key=lambda phrase: (-len(phrase.words), phrase.category, str(phrase.payload)),
            )
        )
        for key, phrases in table.items()
    }


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


def spot(text: str) -> dict[str, list[Hit]]:
    """Find every phrase in a shadow text, by category; within a category the longer phrase hides the shorter inside it."""
    table = index()
    dashless = text.replace("-", " ")
    hits: dict[str, list[Hit]] = {}
    covered_until: dict[str, int] = {}
    longest_until = 0
    for token in _TOKEN.finditer(dashless):
        key, position = token[0], token.start()
        latin = is_latin(key[0])
        reach, covered = 0, longest_until
        for phrase in _candidates(table, dashless, position, key, latin=latin):
            if not dashless.startswith(phrase.words, position):
                continue
            end = _match_end(dashless, position, phrase)
            if end <= covered_until.get(phrase.category, 0) or not end:
                continue
            if end - position == 1 and not latin and end <= max(covered, reach - 1):
                continue
            covered_until[phrase.category] = end
            reach = max(reach, end)
            hits.setdefault(phrase.category, []).append(
                Hit(position, end, phrase.category, phrase.payload)
            )
        longest_until = max(longest_until, reach)
    return hits


def _candidates(
    table: Index, text: str, position: int, key: str, *, latin: bool
) -> tuple[_Phrase, ...]:
    """Return the phrases that may stand at a position: those of two and more words before those of one."""
    single = table.get(key, ())
    second = _second_word(text, position + len(key)) if latin else ""
    if not second:
        return single
    found = table.get(f"{key} {second}", ())
    return found + single if found else single


def _match_end(text: str, position: int, phrase: _Phrase) -> int:
    """Return where the phrase that stands at `position` ends as a whole word, else 0."""
    end = position + len(phrase.words)
    if end < len(text) and is_latin(phrase.words[-1]) and is_latin(text[end]):
        if not phrase.takes_plural:
            return 0
        for suffix in _PLURALS[1:]:
            after = end + len(suffix)
            if text.startswith(suffix, end) and not (after < len(text) and is_latin(text[after])):
                return after
        return 0
    return end
