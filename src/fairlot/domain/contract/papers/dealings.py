"""What the parties say of their dealings and of themselves: how long an offer stands, when to answer, where to pay. Nothing of it is required of the goods.

The phrases, each with an example, are data: `lexicon/dealings.toml`.
"""

from __future__ import annotations

import re

from fairlot.domain.contract.lexicon import read_table


def _any_of(*matters: str) -> re.Pattern[str]:
    """Return one pattern for all phrases of these matters, of every matter where none is named."""
    table = read_table("dealings.toml")
    return re.compile(
        "|".join(phrase for matter in matters or table for phrase, _ in table[matter])
    )


_DEALINGS = _any_of()
_ASIDE = _any_of("other_matters")
_IN_BRACKETS = re.compile(r"(?<=\S)\s?\([^()]*\)")
_PERHAPS = re.compile(r"\b(?:maybe|perhaps|could|whether|might)\b|也许|可能|先不急|再说|有没有")


def asks_of_other_matters(content: str) -> bool:
    """Say whether a line (in small letters) asks about something that is not this order."""
    open_yet = content.rstrip().endswith(("?", "\uff1f")) or _PERHAPS.search(content) is not None
    return open_yet and _ASIDE.search(content) is not None


def speaks_of_dealings(body: str) -> bool:
    """Say whether a clause (in small letters, half-width) tells of offer, answer, claims, law, bank, samples, the past, or of its writer."""
    return _DEALINGS.search(_IN_BRACKETS.sub(" ", body)) is not None
