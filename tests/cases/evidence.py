"""What evidence in words shows, and what it says of the claimant's wish."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from fairlot.domain.order.state import Dispute
from tests.cases.story import NotTranslatedError

_CLAUSES = re.compile(r";\s+")
_KEPT = re.compile(r"(?:the )?(?:goods are kept|buyer keeps (?:the goods|them))\.?", re.IGNORECASE)
_GIVEN_BACK = re.compile(
    r"(?:the )?(?:goods (?:go|are sent) back|goods are returned|buyer (?:returns|sends back) (?:the goods|them))\.?",
    re.IGNORECASE,
)
MEASURED = re.compile(
    r"\d[\d,]*\s*[A-Za-z]*\s+(?:instead of|against)\s+\d[\d,]*\s*[A-Za-z]*", re.IGNORECASE
)
COUNTED = re.compile(
    r"(?P<there>\d[\d,]*) of \d[\d,]* (?:pieces|pcs|units)\b"
    r"|\bcount(?:ed|s)?\b\D*(?P<counted>\d[\d,]*) of \d[\d,]*(?:$|[;.,]\s)",
    re.IGNORECASE,
)
# What all pieces were found to have of something that a term asks for.
ON_ALL = re.compile(
    r"(?P<measured>\d[\d,]*) ?(?P<unit>[A-Za-z]+)(?: on|,) (?:all|every|each)(?: \d[\d,]*)?(?: (?:of them|pieces?|units?))?(?:$|[;.,]\s)",
    re.IGNORECASE,
)
_UNITS = re.compile(r"\d ?([A-Za-z]+)\b")
ALL_HAVE = re.compile(
    r"\b(?:all|every|each)(?: of (?:the|all))?(?: \d[\d,]*)? (?:pieces?|units?|goods)(?: (?:are|were|was|is))? (?:measured?|tested|have|has|had|shows?|showed|hold|holds)"
    r"(?: (?:at|only|to have|with)\b)*:? (?P<measured>\d[\d,]*) ?(?P<unit>[A-Za-z]+)(?:$|[;.,]\s)",
    re.IGNORECASE,
)


def keeps_goods(text: str) -> bool:
    """Say whether the claimant keeps what came."""
    return any(_KEPT.fullmatch(clause.strip()) for clause in _CLAUSES.split(text))


def without_wishes(text: str) -> str:
    """Return what the evidence shows; giving goods back is what the rules take for granted."""
    clauses = (clause.strip() for clause in _CLAUSES.split(text))
    return "; ".join(c for c in clauses if not (_KEPT.fullmatch(c) or _GIVEN_BACK.fullmatch(c)))


def findings_in(
    text: str, dispute: Dispute, agreed: Sequence[Mapping[str, Any]]
) -> dict[str, Any] | None:
    """Read what was counted of the claimed pieces, or measured of the claimed term on all of them."""
    terms = _claimed_terms(dispute)
    if counted := COUNTED.search(text):
        there = counted["there"] or counted["counted"]
        return {"lot": int(there.replace(",", "")), **_where(dispute)}
    if (measured := MEASURED.search(text)) and terms:
        return {"findings": [f"{terms[0]}: {measured[0]}"], **_where(dispute)}
    found = measured_on_all(text, dispute, agreed)
    if found is None and terms and _names_a_measure(text, terms, agreed):
        raise NotTranslatedError(f"what of {terms[0]} was measured by {text!r}")
    return found


def _names_a_measure(text: str, terms: Sequence[str], agreed: Sequence[Mapping[str, Any]]) -> bool:
    """Say whether words tell of a measure: on all pieces, or in the unit in which a claimed term asks for one."""
    units = {
        unit
        for term in agreed
        if term["term"] in terms
        for unit in _UNITS.findall(term["requirement"])
    }
    return bool(
        ON_ALL.search(text)
        or ALL_HAVE.search(text)
        or any(re.search(rf"\d ?{re.escape(unit)}\b", text) for unit in units)
    )


def measured_on_all(
    text: str, dispute: Dispute, agreed: Sequence[Mapping[str, Any]]
) -> dict[str, Any] | None:
    """Read what all the pieces were found to have of something that a claimed term asks for."""
    measured = ON_ALL.search(text) or ALL_HAVE.search(text)
    if measured is None:
        return None
    unit = re.compile(rf"(\d[\d,]*) ?{re.escape(measured['unit'])}\b", re.IGNORECASE)
    asked = {term["term"]: unit.search(term["requirement"]) for term in agreed}
    for term in _claimed_terms(dispute):
        wanted = asked.get(term)
        if wanted is not None:
            told = f"{measured['measured']} {measured['unit']} instead of {wanted[0]}"
            return {"findings": [f"{term}: {told}"], **_where(dispute)}
    return None


def _claimed_terms(dispute: Dispute) -> list[str]:
    return [term for claim in dispute.claims for term in claim.term_ids]


def _where(dispute: Dispute) -> dict[str, Any]:
    """Return the line that is claimed, if it is one."""
    lines = {line for claim in dispute.claims for line in claim.lines}
    return {"line": lines.pop()} if len(lines) == 1 else {}
