"""What a question's evidence says of the claimant's wish, beside what it shows."""

from __future__ import annotations

import re

_CLAUSES = re.compile(r";\s+")
_KEPT = re.compile(r"(?:the )?(?:goods are kept|buyer keeps (?:the goods|them))\.?", re.IGNORECASE)
_GIVEN_BACK = re.compile(
    r"(?:the )?(?:goods (?:go|are sent) back|goods are returned|buyer (?:returns|sends back) (?:the goods|them))\.?",
    re.IGNORECASE,
)


def keeps_goods(text: str) -> bool:
    """Say whether the claimant keeps what came."""
    return any(_KEPT.fullmatch(clause.strip()) for clause in _CLAUSES.split(text))


def without_wishes(text: str) -> str:
    """Return what the evidence shows; giving goods back is what the rules take for granted."""
    clauses = (clause.strip() for clause in _CLAUSES.split(text))
    return "; ".join(c for c in clauses if not (_KEPT.fullmatch(c) or _GIVEN_BACK.fullmatch(c)))
