"""The question of a presentation: do the documents comply with their letter of credit, and if not, why (ruling A17)."""

from __future__ import annotations

from collections.abc import Mapping

from fairlot.domain.order.events import DocumentsPresented
from tests.cases.asks.asked import Answer, Answerer, Asked
from tests.cases.story import NotTranslatedError, Result

PRESENT = "present_documents"


def presentation(asked: Asked) -> Answer:
    """Present now if the question says so; else tell of the latest presentation."""
    story = asked.story
    if asked.details.get("act"):
        result = story.attempt(asked.act())
        if not result.admitted:
            refusal = result.refusal
            return {"refused as": result.words if refusal is None else str(refusal.code)}
    found = [event for event in story.events if isinstance(event, DocumentsPresented)]
    if not found:
        raise NotTranslatedError("nothing was presented")
    return {
        "complying": not found[-1].discrepancies,
        "discrepancies": [discrepancy.value for discrepancy in found[-1].discrepancies],
    }


def check_due_by(result: Result) -> Answer:
    """Return by when a presentation that was just taken is examined, or may be waived, and what it lacks."""
    events = [event for outcome in result.outcomes for event in outcome.events]
    shown = next((event for event in events if isinstance(event, DocumentsPresented)), None)
    if shown is None:
        return {}
    return {
        "check_due_by": shown.examine_until or shown.waive_until,
        "discrepancy": [discrepancy.value for discrepancy in shown.discrepancies],
    }


ASKS: Mapping[str, Answerer] = {"presentation": presentation}
