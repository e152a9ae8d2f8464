"""A case's contract as terms that can be proposed: every version is the same contract with what changed in it."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
from collections.abc import Mapping
from typing import Any

from fairlot.domain.contract.assess_text import assess_text
from fairlot.domain.order.terms import (
    DefectClass,
    Incoterm,
    Instalment,
    InstalmentDue,
    LateRemedy,
    Line,
    Party,
    SamplingTerms,
    TermFact,
    Terms,
)
from fairlot.domain.policy.model import CoverKind
from tests.cases.vocabulary import (
    INSTALMENTS,
    MODES,
    PROOFS,
    TERM_ID,
    UnknownWordError,
    plain,
    word,
)

DEFAULT_PROOF_WORDS = "default"
LEAD_TIME = re.compile(
    r"(?P<days>\d+) ?(?:d|days) (?:after|from) (?:the )?first payment", re.IGNORECASE
)
OWN_FORWARDER = re.compile(r"own forwarder|buyer'?s forwarder")
TERM_NAMED = re.compile(r"(?:term )?(T\d+)")
TERM_TOLD = re.compile(
    r"(?P<what>[\w ]+): (?P<requirement>.+?)(?:, class (?P<class>critical|major|minor))?"
)
# Fields of a contract that a change may name, beside the price of one piece.
CHANGEABLE = frozenset(
    {"total", "covered_amount", "lines", "shipment_date", "cover_kind", "payment", "incoterm"}
    | {"mode", "zone", "terms", "late_remedy", "proves_shipment", "inspection_plan"}
)


def changed(contract: Mapping[str, Any], change: Mapping[str, Any]) -> dict[str, Any]:
    """Return the contract with a change applied: what follows from a field named follows it."""
    result = dict(contract)
    if isinstance(change.get("lines"), Mapping):
        # Quantities by line; lines that are not named stay.
        change = {**change, "lines": _requantified(contract["lines"], change["lines"])}
    if "unit_price" in change:
        result["lines"] = [
            {**line, "unit_price": change["unit_price"]} for line in contract["lines"]
        ]
    if "qty" in change:
        result["lines"] = [{**line, "qty": change["qty"]} for line in result["lines"]]
    for name in CHANGEABLE & change.keys():
        result[name] = change[name]
    for name in change:
        if named := TERM_NAMED.fullmatch(name):
            result["terms"] = _with_term(result["terms"], named[1], str(change[name]))
    if "lines" in change or "unit_price" in change or "qty" in change:
        result["total"] = sum(line["qty"] * line["unit_price"] for line in result["lines"])
    if "total" in change and result["total"] != sum(
        line["qty"] * line["unit_price"] for line in result["lines"]
    ):
        result["lines"] = _lines_for_total(result["lines"], result["total"])
    if result["total"] != contract["total"] and "payment" not in change:
        result["payment"] = _payment_for_total(contract["payment"], result["total"])
    if "covered_amount" not in change and contract["covered_amount"] == contract["total"]:
        # Who covers all of a price means all of the changed one.
        result["covered_amount"] = result["total"]
    result["covered_amount"] = min(result["covered_amount"], result["total"])
    return result


def _with_term(terms: list[dict[str, Any]], term: str, text: str) -> list[dict[str, Any]]:
    """Return the terms with one added or put in another's place: "what: requirement, class major"."""
    found = TERM_TOLD.fullmatch(text)
    if found is None:
        raise UnknownWordError(f"the term {text!r}")
    told = {
        "term": term,
        "what": found["what"],
        "requirement": found["requirement"],
        "class": found["class"] or DefectClass.MAJOR.value,
    }
    return [*(known for known in terms if known["term"] != term), told]


def _requantified(
    lines: list[dict[str, Any]], quantities: Mapping[str, Any]
) -> list[dict[str, Any]]:
    told = {int(line): quantity for line, quantity in quantities.items()}
    return [{**line, "qty": told.get(line["line"], line["qty"])} for line in lines]


def _lines_for_total(lines: list[dict[str, Any]], total: int) -> list[dict[str, Any]]:
    """Return one line's price to match a total that was named alone; several lines say nothing about their parts."""
    if len(lines) == 1 and total % lines[0]["qty"] == 0:
        return [{**lines[0], "unit_price": total // lines[0]["qty"]}]
    return lines


def _payment_for_total(payment: Mapping[str, Any], total: int) -> dict[str, Any]:
    """Return the schedule with its last instalment moved by what the total moved."""
    schedule = [dict(instalment) for instalment in payment["schedule"]]
    schedule[-1]["amount"] += total - sum(instalment["amount"] for instalment in schedule)
    return {**payment, "schedule": schedule}


def terms_of(
    contract: Mapping[str, Any],
    *,
    version: str,
    covered_minor: int | None = None,
    claimed: tuple[str, ...] = (),
) -> Terms:
    """Return the contract as terms; `claimed` are words that claims say the contract holds beside its listed terms."""
    incoterm = contract["incoterm"].split()[0]
    shipment_date, lead_time_days = _shipment_due(contract)
    proof_words = plain(contract.get("proves_shipment") or DEFAULT_PROOF_WORDS)
    own_forwarder = bool(OWN_FORWARDER.search(proof_words))
    named_proof = not own_forwarder and not proof_words.startswith(DEFAULT_PROOF_WORDS)
    covered = contract["covered_amount"] if covered_minor is None else covered_minor
    plan = contract.get("inspection_plan") or {}
    limits = plan.get("aql") or {}
    return Terms(
        version_hash=_version_hash(contract, version),
        currency=contract["currency"],
        total_minor=contract["total"],
        covered_minor=min(covered, contract["total"]),
        cover_kind=CoverKind(contract["cover_kind"]),
        lines=tuple(
            Line(number=line["line"], quantity=line["qty"], unit_price_minor=line["unit_price"])
            for line in contract["lines"]
        ),
        instalments=tuple(
            _instalment(raw, first=number == 0)
            for number, raw in enumerate(contract["payment"]["schedule"])
        ),
        zone=contract["zone"],
        incoterm=Incoterm(incoterm),
        mode=word(MODES, contract["mode"]),
        buyer_country=contract["payment"].get("buyer_country", ""),
        shipment_date=shipment_date,
        lead_time_days=lead_time_days,
        carrier_chosen_by=_carrier_chosen_by(contract),
        own_forwarder=own_forwarder,
        proof=word(PROOFS, proof_words) if named_proof else None,
        terms=tuple(_term(raw) for raw in contract["terms"])
        + tuple(_words_as_term(words) for words in claimed),
        sampling=SamplingTerms(
            level=plan.get("level", "II"),
            aql_critical=_limit(limits.get("critical", 0)),
            aql_major=_limit(limits.get("major", 2.5)),
            aql_minor=_limit(limits.get("minor", 4.0)),
        ),
        late_remedy=_late_remedy(contract.get("late_remedy")),
    )


def unlisted(contract: Mapping[str, Any], claims: tuple[str, ...]) -> tuple[str, ...]:
    """Return those claimed words that are none of the contract's listed terms."""
    listed = {raw["term"] for raw in contract["terms"]}
    return tuple(text for text in claims if term_id(text) not in listed)


def term_id(text: str) -> str:
    """Return the id of the term that a claim names: its number, or else its own words."""
    found = TERM_ID.match(text)
    return found[1] if found else text


def _version_hash(contract: Mapping[str, Any], version: str) -> str:
    told = json.dumps([version, contract["order"]], sort_keys=True)
    return hashlib.sha256(told.encode()).hexdigest()


def _shipment_due(contract: Mapping[str, Any]) -> tuple[dt.date | None, int | None]:
    """Return the contract's date, or how many days after the first payment it says to ship (ruling A09)."""
    told = contract.get("shipment_date")
    if told is None:
        return None, contract.get("lead_time_days")
    lead_time = LEAD_TIME.fullmatch(told.strip())
    if lead_time is not None:
        return None, int(lead_time["days"])
    return dt.date.fromisoformat(told), contract.get("lead_time_days")


def _instalment(raw: Mapping[str, Any], *, first: bool) -> Instalment:
    """What is due first is due at agreement; of a later one whose trigger is not named, the later counts (A65)."""
    due = raw.get("due")
    unnamed = InstalmentDue.AGREEMENT if first else InstalmentDue.INSPECTION_OR_READY
    return Instalment(
        name=raw["name"],
        amount_minor=raw["amount"],
        due=unnamed if due is None else word(INSTALMENTS, due),
    )


def _carrier_chosen_by(contract: Mapping[str, Any]) -> Party:
    """Return who ships; the cases' contracts do not say, so that it is the supplier unless one does."""
    return Party(contract.get("who_ships") or contract.get("carrier_chosen_by") or Party.SUPPLIER)


def _term(raw: Mapping[str, Any]) -> TermFact:
    """A term with a requirement can be claimed unless the assessment finds nothing in it to measure."""
    label = assess_text(raw["requirement"], kind=raw["what"]).judgement.label
    return TermFact(
        id=raw["term"],
        topic=raw["what"],
        claimable=label != "not_claimable",
        defect_class=DefectClass(raw["class"]),
        mandatory=raw["class"] == DefectClass.CRITICAL,
    )


def _words_as_term(text: str) -> TermFact:
    label = assess_text(text).judgement.label
    return TermFact(id=text, topic="other", claimable=label == "claimable")


def _limit(value: float) -> str:
    """Write an acceptance quality limit as the standard reads it: 2.5, 4.0, and 0 for none allowed."""
    return "0" if value == 0 else str(value)


def _late_remedy(raw: Mapping[str, Any] | None) -> LateRemedy | None:
    if raw is None:
        return None
    return LateRemedy(per_day_basis_points=raw["per_day_bp"], cap_basis_points=raw["cap_bp"])
