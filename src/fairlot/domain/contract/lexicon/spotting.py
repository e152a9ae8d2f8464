"""Finding the words of the lexicon in a text, in one pass: every phrase by its first word, the longest first."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from typing import Any

import msgspec

from fairlot.domain.contract.lexicon import (
    LANGUAGES,
    Hit,
    is_latin,
    properties,
    read_table,
    shadow,
)


class _Phrase(msgspec.Struct, frozen=True):
    words: str
    category: str
    payload: Any
    takes_plural: bool
    ends_latin: bool


class _Opening(msgspec.Struct, frozen=True):
    """All phrases that begin with one word: those of nothing more, and the others by what follows."""

    alone: tuple[_Phrase, ...]
    followed: dict[str, tuple[_Phrase, ...]]


# How a word may end that stands in its list without an ending.
_PLURALS = ("", "s", "es")
Index = dict[str, _Opening]
# Where a phrase may begin: at a word in Latin letters, or at any other sign.
_TOKEN = re.compile(r"[A-Za-z0-9]+|[^ A-Za-z0-9]")
_NEXT_WORD = re.compile(r" ([A-Za-z0-9]+)")


def spot(text: str) -> dict[str, list[Hit]]:
    """Find every phrase in a shadow text, by category; within a category the longer phrase hides the shorter inside it."""
    table = index()
    dashless = text.replace("-", " ")
    hits: dict[str, list[Hit]] = {}
    covered_until: dict[str, int] = {}
    longest_until = 0
    for token in _TOKEN.finditer(dashless):
        key, position = token[0], token.start()
        opening = table.get(key)
        if opening is None:
            continue
        latin = is_latin(key[0])
        reach, covered = 0, longest_until
        for phrase in _candidates(opening, dashless, token.end(), latin=latin):
            if not dashless.startswith(phrase.words, position):
                continue
            end = position + len(phrase.words)
            if phrase.ends_latin:
                end = _word_end(dashless, end, phrase)
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


def _candidates(opening: _Opening, text: str, end: int, *, latin: bool) -> tuple[_Phrase, ...]:
    """Return the phrases that a first word may open: those of two and more words before those of one."""
    if not opening.followed:
        return opening.alone
    longer = opening.followed.get(_second_key(text, end, latin=latin), ())
    return longer + opening.alone if longer else opening.alone


def _word_end(text: str, end: int, phrase: _Phrase) -> int:
    """Return where a phrase that stands up to `end` ends as a whole word, with its plural's ending, else 0."""
    if end >= len(text) or not is_latin(text[end]):
        return end
    if not phrase.takes_plural:
        return 0
    for suffix in _PLURALS[1:]:
        after = end + len(suffix)
        if text.startswith(suffix, end) and not (after < len(text) and is_latin(text[after])):
            return after
    return 0


def phrase_key(text: str, position: int) -> str:
    """Name the first word at a position: a whole Latin word, or one Chinese character."""
    if not is_latin(text[position]):
        return text[position]
    end = position + 1
    while end < len(text) and is_latin(text[end]):
        end += 1
    return text[position:end]


def _second_key(text: str, end: int, *, latin: bool) -> str:
    """Name what follows a first word that ends at `end`: the next word, or behind a Chinese sign the next sign."""
    if not latin:
        return text[end : end + 1]
    behind = _NEXT_WORD.match(text, end)
    return behind[1] if behind else ""


@functools.cache
def index() -> Index:
    """Return all phrases of all languages by their first word, and by their second if they have one, longest first."""
    table: dict[str, dict[str, set[_Phrase]]] = {}
    for language in LANGUAGES:
        for phrase in _phrases(language):
            first = phrase_key(phrase.words, 0)
            second = _second_key(phrase.words, len(first), latin=is_latin(first[0]))
            for key, following in _spellings(phrase, first, second):
                table.setdefault(key, {}).setdefault(following, set()).add(phrase)
    return {
        key: _Opening(
            _longest_first(rows.get("", ())),
            {following: _longest_first(rows[following]) for following in rows if following},
        )
        for key, rows in table.items()
    }


def _spellings(phrase: _Phrase, first: str, second: str) -> list[tuple[str, str]]:
    """Return the keys of a phrase, with those of its plural where its last word is a key."""
    endings = _PLURALS if phrase.takes_plural else ("",)
    if phrase.words == first:
        return [(first + ending, "") for ending in endings]
    if phrase.words == f"{first} {second}":
        return [(first, second + ending) for ending in endings]
    return [(first, second)]


def _longest_first(phrases: Iterable[_Phrase]) -> tuple[_Phrase, ...]:
    return tuple(
        sorted(
            phrases, key=lambda phrase: (-len(phrase.words), phrase.category, str(phrase.payload))
        )
    )


# Listed with an id or a topic beside its words; and what is looked up whole, never spotted inside a sentence.
_APART = frozenset({"property", "vague", "heading", "column"})


def _phrases(language: str) -> list[_Phrase]:
    data = read_table(f"{language}.toml")
    found: list[_Phrase] = []
    for entry in data["property"]:
        named = properties()[entry["id"]]
        found += [_phrase(word, "property", named) for word in entry["words"]]
    for entry in data["vague"]:
        payload = (entry["kind"], entry.get("code", "vague_word"))
        found += [_phrase(word, "vague", payload) for word in entry["words"]]
    for table, lists in data.items():
        for name, words in lists.items() if table not in _APART else ():
            found += [_phrase(word, f"{table}.{name}", word) for word in words]
    return found


def _phrase(word: str, category: str, payload: object) -> _Phrase:
    words = shadow(word).replace("-", " ") if any(map(is_latin, word)) else shadow(word)
    praised = category == "vague" and " " not in words  # "Goods" are not said to be good.
    plural = words[-1].isascii() and words[-1].isalpha() and len(words) > 2 and not praised
    words = words.strip()
    return _Phrase(words, category, payload, plural, is_latin(words[-1]))
