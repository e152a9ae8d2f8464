"""One sentence for every event of an order's story; facts come from the event alone, so anyone can tell it again."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import Any

import msgspec

from fairlot.domain.order import events as e
from fairlot.domain.order.evolve.released import UNDISPUTED
from fairlot.domain.words.case_event_tables import AFTERMATH, DISPUTE
from fairlot.domain.words.credit_tables import CREDIT_EVENTS
from fairlot.domain.words.event_tables import AGREEMENT, FUNDING, GOODS
from fairlot.domain.words.language import Language, Words
from fairlot.domain.words.speech import Speech
from fairlot.domain.words.standing import said

EVENTS: dict[type[e.Event], Words] = {
    **AGREEMENT,
    **FUNDING,
    **CREDIT_EVENTS,
    **GOODS,
    **DISPUTE,
    **AFTERMATH,
}


def event_sentence(
    event: e.OrderEvent, language: Language, *, currency: str = "", zone: str = "UTC"
) -> str:
    """Return what happened, in one sentence; amounts take the event's own currency before the one given."""
    return tell_event(event, Speech(language=language, currency=currency, zone=zone))


def tell_event(event: e.OrderEvent, speech: Speech) -> str:
    """Return what happened, in one sentence, written as `speech` writes."""
    return speech.words(EVENTS[type(event)], event_facts(event, speech.language))


def event_facts(event: e.OrderEvent, language: Language) -> dict[str, Any]:
    """Return the event's fields that can stand in a sentence; lists and parts are brought into one word each."""
    facts: dict[str, Any] = {}
    for name in event.__struct_fields__:
        value = getattr(event, name)
        if not isinstance(value, tuple | dict | msgspec.Struct):
            facts[name] = value
    read = _PARTS.get(type(event))
    if read is not None:
        facts.update(read(event, language))
    return facts


def _version(event: e.VersionProposed, _: Language) -> dict[str, Any]:
    terms = event.terms
    return {"currency": terms.currency, "total_minor": terms.total_minor}


def _change(event: e.ChangeAgreed, _: Language) -> dict[str, Any]:
    return {"counted_minor": event.counted_minor or None}


def _offer(event: e.OfferMade | e.OfferAccepted, _: Language) -> dict[str, Any]:
    offer = event.offer
    return {"by": offer.by, "kind": offer.kind, "amount_minor": offer.amount_minor or None}


def _decision(event: e.DecisionMade | e.DecisionFinal, _: Language) -> dict[str, Any]:
    decision = event.decision
    return {
        "outcome": decision.outcome,
        "amount_minor": decision.amount_minor,
        "condition": decision.condition,
        "by_rule": decision.by_rule,
        "departs": decision.departs,
    }


def _pieces(event: e.ShipmentRecorded | e.MissingCancelled, _: Language) -> dict[str, Any]:
    return {"pieces": sum(event.quantities.values())}


def _grounds(event: e.DisputeOpened | e.ClaimWithdrawn, language: Language) -> dict[str, Any]:
    return {"grounds": joined((claim.ground for claim in event.claims), language)}


def _ground(event: e.ClaimAdded | e.ClaimRefused, _: Language) -> dict[str, Any]:
    return {"ground": event.claim.ground}


def _rights(event: e.MandateGranted, language: Language) -> dict[str, Any]:
    return {"rights": joined(event.rights, language)}


def _verdict(event: e.InspectionReported, _: Language) -> dict[str, Any]:
    return {"verdict": event.report.verdict}


def _findings(event: e.FindingsWaived, _: Language) -> dict[str, Any]:
    return {"term_ids": ", ".join(event.term_ids)}


def _chargeback(event: e.ChargebackEnded, _: Language) -> dict[str, Any]:
    return {event.outcome: True}


def _mismatches(event: e.CreditAdvised, language: Language) -> dict[str, Any]:
    return {"mismatches": joined(event.mismatches, language)}


def _discrepancies(
    event: e.DocumentsPresented | e.DocumentsRefused, language: Language
) -> dict[str, Any]:
    return {"discrepancies": joined(event.discrepancies, language)}


def _reason(event: e.CreditLapsed | e.OrderCancelled, _: Language) -> dict[str, Any]:
    return {event.reason: True}


def _cause(event: e.FundsReleased, _: Language) -> dict[str, Any]:
    return {"undisputed": event.cause == UNDISPUTED}


_PARTS: dict[type[e.Event], Callable[[Any, Language], dict[str, Any]]] = {
    e.VersionProposed: _version,
    e.ChangeAgreed: _change,
    e.OfferMade: _offer,
    e.OfferAccepted: _offer,
    e.DecisionMade: _decision,
    e.DecisionFinal: _decision,
    e.ShipmentRecorded: _pieces,
    e.MissingCancelled: _pieces,
    e.DisputeOpened: _grounds,
    e.ClaimWithdrawn: _grounds,
    e.ClaimAdded: _ground,
    e.ClaimRefused: _ground,
    e.MandateGranted: _rights,
    e.InspectionReported: _verdict,
    e.FindingsWaived: _findings,
    e.ChargebackEnded: _chargeback,
    e.CreditAdvised: _mismatches,
    e.DocumentsPresented: _discrepancies,
    e.DocumentsRefused: _discrepancies,
    e.CreditLapsed: _reason,
    e.OrderCancelled: _reason,
    e.FundsReleased: _cause,
}


def joined(members: Iterable[StrEnum], language: Language) -> str:
    """Return the words for members of a closed list, one after the other."""
    return ("、" if language == "zh" else ", ").join(said(member, language) for member in members)
