"""The assessment of a contract as its page tells it: in plain words first, then what contradicts itself, then term by term."""

from __future__ import annotations

from typing import Any

from fairlot.domain.contract.assess import Finding, assess
from fairlot.domain.contract.document import Contract
from fairlot.domain.contract.rules import rule_book
from fairlot.domain.words.language import Language
from fairlot.interfaces.web.proposing.words import PROPOSING
from fairlot.interfaces.web.viewer import html_language

GOOD = "claimable"
# What needs a mend most is read first.
WORST_FIRST = ("not_claimable", "weak")
BADGES = {GOOD: "completed", "weak": "dispute", "not_claimable": "cancelled"}


def findings_of(
    contract: Contract, *, may_split: bool | None, language: Language
) -> dict[str, Any]:
    """Return what could be claimed under a contract; `may_split` is what the edition says of payment in parts."""
    found = assess(contract, language=language, split_payment_allowed=may_split)
    book = rule_book(language)
    missing = PROPOSING["missing"].say(language)
    return {
        "plainly": found.summary,
        "against": (*(each.sentence for each in found.contradictions), *found.notes),
        "to_mend": [
            _row(each, language)
            for label in WORST_FIRST
            for each in found.findings
            if each.label == label
        ],
        "good": [_row(each, language) for each in found.findings if each.label == GOOD],
        "topics": [
            (book.topic[topic], book.label.get(label, missing))
            for topic, label in found.topics.items()
        ],
        "language": html_language(contract.language),
    }


def _row(finding: Finding, language: Language) -> dict[str, Any]:
    return {
        "id": finding.term_id,
        "text": finding.text,
        "label": rule_book(language).label[finding.label],
        "kind": BADGES[finding.label],
        "why": finding.sentence,
        "mend": finding.mend,
    }
