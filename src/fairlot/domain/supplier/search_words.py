"""Words to find suppliers and products by: Latin text as it stands, Chinese as its pairs of neighboring characters.

Chinese is written without spaces, so every character and every pair is a word of its own: whoever searches for two or more
characters finds the texts that have all their pairs. Filters are words too, so that one index answers the whole question.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

import msgspec

# Unified ideographs with extension A and the compatibility block; what suppliers' names and goods are written in.
_CHINESE = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+")
QUERY_LENGTH_MAX = 200
# Thresholds of free limit, in minor units of the limits' currency, that have a word: round amounts up to the most there is.
COVER_STEPS_MINOR = tuple(step * 10**power for power in range(5, 9) for step in (1, 2, 5))


class SearchText(msgspec.Struct, frozen=True, kw_only=True):
    """A text split for the index: what English rules apply to, and the exact words."""

    latin: str
    chinese: tuple[str, ...]


def split_for_index(texts: Iterable[str]) -> SearchText:
    """Split texts for the index: each Chinese character and each pair, and everything else as it stands."""
    latin: list[str] = []
    chinese: set[str] = set()
    for text in texts:
        plain = unicodedata.normalize("NFKC", text)
        latin.append(" ".join(_CHINESE.sub(" ", plain).split()))
        for run in _CHINESE.findall(plain):
            chinese.update(run)
            chinese.update(_pairs(run))
    return SearchText(
        latin=" ".join(part for part in latin if part), chinese=tuple(sorted(chinese))
    )


def split_query(text: str) -> SearchText:
    """Split what somebody looks for: a lone Chinese character stands for itself, a longer run for all its pairs."""
    plain = unicodedata.normalize("NFKC", text)[:QUERY_LENGTH_MAX].replace("\x00", " ")
    wanted: list[str] = []
    for run in _CHINESE.findall(plain):
        wanted += _pairs(run) or [run]
    return SearchText(
        latin=" ".join(_CHINESE.sub(" ", plain).split()), chinese=tuple(dict.fromkeys(wanted))
    )


def country_mark(country: str) -> str:
    """Return the word for a country."""
    return f"country:{country}"


def category_mark(category: str) -> str:
    """Return the word for a category of goods."""
    return f"category:{category}"


BADGE_MARK = "badge"


def cover_marks(free_limit_minor: int) -> tuple[str, ...]:
    """Return the words of every step that a free limit reaches."""
    return tuple(f"covers:{step}" for step in COVER_STEPS_MINOR if step <= free_limit_minor)


def cover_mark_wanted(amount_minor: int) -> str | None:
    """Return the word that every limit covering an amount has; the exact comparison narrows further."""
    reached = [step for step in COVER_STEPS_MINOR if step <= amount_minor]
    return f"covers:{reached[-1]}" if reached else None


def _pairs(run: str) -> list[str]:
    return [run[i : i + 2] for i in range(len(run) - 1)]
