"""Two languages side by side, and how a sentence is filled from facts; a missing fact drops its bracketed part only."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from functools import lru_cache
from typing import Literal, NamedTuple, TypeAlias

Language: TypeAlias = Literal["en", "zh"]
LANGUAGES: tuple[Language, ...] = ("en", "zh")

_OPTIONAL = re.compile(r"\[(?:(?P<no>not )?(?P<condition>\w+)\?)?(?P<text>[^\[\]]*)\]")
_PLACE = re.compile(r"\{(\w+)\}")


class Words(NamedTuple):
    """The same words in English and in Chinese, with places for facts.

    `{fact}` is filled; `[...]` is left out when a fact in it is missing; `[fact?...]` and `[not fact?...]` stand or fall
    with a fact that they do not show.
    """

    en: str
    zh: str

    def say(self, language: Language) -> str:
        """Return the words in one language, as they stand."""
        return self.zh if language == "zh" else self.en


@lru_cache(maxsize=1024)
def places_of(template: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return the names of facts that a template must have, and of those it may have."""
    optional: set[str] = set()
    for part in _OPTIONAL.finditer(template):
        optional.update(_PLACE.findall(part["text"]))
        if part["condition"]:
            optional.add(part["condition"])
    needed = set(_PLACE.findall(_OPTIONAL.sub("", template)))
    return frozenset(needed), frozenset(optional)


def fill(template: str, facts: Mapping[str, str], *, absent: Collection[str] = ()) -> str:
    """Return the template with its facts put in. Raises KeyError for one that it must have.

    In brackets, an empty fact and one named in `absent` (such as an amount of zero) count as missing.
    """

    def is_given(name: str) -> bool:
        return bool(facts.get(name)) and name not in absent

    def put(match: re.Match[str]) -> str:
        return facts[match[1]]

    def keep(match: re.Match[str]) -> str:
        condition = match["condition"]
        stands = condition is None or is_given(condition) is (match["no"] is None)
        whole = all(is_given(name) for name in _PLACE.findall(match["text"]))
        return match["text"] if stands and whole else ""

    return _PLACE.sub(put, _OPTIONAL.sub(keep, template))
