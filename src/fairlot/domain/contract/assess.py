"""What could be claimed under a contract: per term, per topic, and where it contradicts itself; said before anyone signs."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal

import msgspec

from fairlot.domain.contract.assess_text import assess_text
from fairlot.domain.contract.contradiction import Contradiction, contradictions
from fairlot.domain.contract.document import Contract, Measure, Presence, Reference, Term
from fairlot.domain.contract.fee_lines import fee_lines
from fairlot.domain.contract.judging.judgement import STRENGTH, Judgement, Label, Parsed, make
from fairlot.domain.contract.judging.numbers_of import PROCEDURES
from fairlot.domain.contract.lexicon import units_by_name
from fairlot.domain.contract.rules import mend_for, rule_book
from fairlot.domain.contract.vocabulary import REQUIRED_TOPICS, Language
from fairlot.domain.contract.wording.analysis import read_text

_PANTONE_SUFFIX = re.compile(r"(?i)(?:tcx|tpx|tpg|tsx|tn|[cum]|cp|up)\Z|\A[a-z ]+\Z")


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """One term's worth: label, rules (main cause first), a sentence, and a concrete mend (empty if none is needed)."""

    term_id: str
    topic: str
    text: str
    label: Label
    rules: tuple[str, ...]
    sentence: str
    mend: str
    parts: tuple[Judgement, ...] = ()


class Assessment(msgspec.Struct, frozen=True, kw_only=True):
    """What the parties should know before signing; `topics` maps the seven topics to their best label or "missing"."""

    findings: tuple[Finding, ...]
    topics: dict[str, str]
    missing_topics: tuple[str, ...]
    contradictions: tuple[Contradiction, ...]
    notes: tuple[str, ...]
    summary: tuple[str, ...]


def assess(
    contract: Contract,
    *,
    language: Language | None = None,
    free_limit_minor: int | None = None,
    split_payment_allowed: bool | None = None,
    first_payment_on: dt.date | None = None,
) -> Assessment:
    """Assess a whole contract; what the policy and the supplier's limit say comes in as arguments, None if unknown."""
    tongue: Language = language or contract.language
    findings = tuple(assess_term(term, language=tongue) for term in contract.terms)
    topics = _topics(contract, findings)
    against = contradictions(
        contract,
        language=tongue,
        free_limit_minor=free_limit_minor,
        split_payment_allowed=split_payment_allowed,
        first_payment_on=first_payment_on,
    )
    missing = tuple(topic for topic in REQUIRED_TOPICS if topics[topic] == "missing")
    return Assessment(
        findings=findings,
        topics=topics,
        missing_topics=missing,
        contradictions=against,
        notes=_notes(contract, tongue),
        summary=_summary(contract, findings, missing, tongue),
    )


def assess_term(term: Term, *, language: Language) -> Finding:
    """Assess one term by its words and by its requirement; the stronger of the two is what a claim could stand on."""
    judged, parts = _by_words(term)
    stated = _by_requirement(term)
    if stated is not None and (judged is None or STRENGTH[stated.label] >= STRENGTH[judged.label]):
        judged, parts = stated, ()
    assert judged is not None, "a valid term has words or a requirement"
    return Finding(
        term_id=term.id,
        topic=term.topic,
        text=term.text or _shown(term),
        label=judged.label,
        rules=judged.rules,
        sentence=rule_book(language).named(judged.rules[0]).sentence,
        mend=mend_for(judged, language),
        parts=parts,
    )


def _by_words(term: Term) -> tuple[Judgement | None, tuple[Judgement, ...]]:
    if not term.text.strip():
        return None, ()
    said = ", ".join(part for part in (term.text, term.test_method) if part.strip())
    found = assess_text(said, kind=term.topic)
    weakest = min(found.parts, key=lambda part: STRENGTH[part.label])
    named = found.judgement
    return msgspec.structs.replace(
        named, property_id=weakest.property_id or named.property_id
    ), found.parts


def _shown(term: Term) -> str:
    match term.requirement:
        case Measure() as measure:
            upper = f" - {measure.upper}" if measure.upper else ""
            return f"{term.topic} {measure.operator} {measure.value}{upper} {measure.unit}".strip()
        case Reference() as reference:
            return f"{term.topic}: {reference.kind} {reference.value}"
        case Presence() as presence:
            return presence.thing if presence.present else f"no {presence.thing}"
        case None:
            return ""


def _by_requirement(term: Term) -> Judgement | None:
    match term.requirement:
        case Measure() as measure:
            return make(0, 0, term.topic, _measure_rules(term, measure), _parsed(measure))
        case Reference() as reference:
            parsed = Parsed(operator="ref", value=reference.value)
            return make(0, 0, term.topic, _reference_rules(term, reference), parsed)
        case Presence() as presence:
            operator = "present" if presence.present else "absent"
            return make(0, 0, term.topic, (), Parsed(operator=operator, value=presence.thing))
        case None:
            return None


def _parsed(measure: Measure) -> Parsed:
    value = (measure.value, measure.upper) if measure.upper else measure.value
    single = isinstance(value, str) and " x " not in value
    return Parsed(
        operator=measure.operator, value=value, unit=measure.unit or None, is_number=single
    )


def _measure_rules(term: Term, measure: Measure) -> list[str]:
    rules: list[str] = []
    unit = units_by_name().get(measure.unit)
    counted = (unit is not None and unit.discrete) or measure.unit in ("pcs/ctn", "pcs/bag", "AQL")
    if not measure.unit:
        rules.append("missing_unit")
    if measure.operator == "=" and measure.tolerance is None and not counted:
        rules.append("missing_tolerance")
    words = read_text(term.text)
    tested = bool(term.test_method.strip()) or bool(words.all_codes("standard", "class"))
    if any(prop.way in PROCEDURES for _, prop in words.properties()) and not tested:
        rules.append("missing_test_method")
    return rules


def _reference_rules(term: Term, reference: Reference) -> list[str]:
    """A reference is identified by a file's hash, a number or a date; a color by its book or its distance."""
    value = reference.value.strip()
    match reference.kind:
        case "pantone":
            known = _PANTONE_SUFFIX.search(value.rpartition(" ")[2] if " " in value else value[-1:])
            return [] if known else ["unidentified_reference"]
        case "ral" | "ncs":
            return [] if any(char.isdigit() for char in value) else ["unidentified_reference"]
        case "lab":
            return [] if reference.delta_e is not None else ["missing_tolerance"]
        case "standard":
            judged = assess_text(value, kind=term.topic).judgement
            return (
                []
                if judged.label == "claimable"
                else [rule for rule in judged.rules if rule != "ok"]
            )
        case _:
            named = reference.file_sha256 is not None or any(char.isdigit() for char in value)
            missing = (
                "certificate_without_number"
                if reference.kind == "certificate"
                else "unidentified_reference"
            )
            return [] if named else [missing]


def _topics(contract: Contract, findings: tuple[Finding, ...]) -> dict[str, str]:
    """Rate the seven topics; date and quantity are fields of the contract itself."""
    best: dict[str, str] = dict.fromkeys(REQUIRED_TOPICS, "missing")
    if contract.shipment.date is not None or contract.shipment.lead_time_days is not None:
        best["shipment_date"] = "claimable"
    if contract.lines:
        best["quantity"] = "claimable"
    for finding in findings:
        kinds = {finding.topic, *(part.kind for part in finding.parts)} & best.keys()
        if finding.rules[0] == "to_be_confirmed":
            continue
        for kind in kinds:
            label = next((part.label for part in finding.parts if part.kind == kind), finding.label)
            if best[kind] == "missing" or STRENGTH[label] > STRENGTH[best[kind]]:
                best[kind] = label
    return best


def _notes(contract: Contract, language: Language) -> tuple[str, ...]:
    book = rule_book(language).contradiction
    party = {
        "buyer": {"en": "The buyer", "zh": "买方"},
        "supplier": {"en": "The supplier", "zh": "卖方"},
    }
    declared = tuple(
        book["extra_fee"].format(
            party=party[fee.added_by][language], name=fee.name, amount=fee.amount_minor
        )
        for fee in contract.extra_fees
    )
    as_goods = tuple(
        book["fee_line"].format(
            number=line.number, article=line.article, amount=line.quantity * line.unit_price_minor
        )
        for line in fee_lines(contract)
    )
    return declared + as_goods


def _summary(
    contract: Contract, findings: tuple[Finding, ...], missing: tuple[str, ...], language: Language
) -> tuple[str, ...]:
    book = rule_book(language)
    lines = [
        book.summary[finding.label].format(text=finding.text, sentence=finding.sentence)
        for finding in findings
    ]
    lines += [book.summary["missing"].format(topic=book.topic[topic]) for topic in missing]
    remedy = contract.late_remedy
    if "shipment_date" in missing:
        lines.append(book.summary["late_never"])
    elif remedy is None:
        lines.append(book.summary["late_nothing"])
    else:
        per_day, cap = (
            format((Decimal(points) / 100).normalize(), "f")
            for points in (remedy.per_day_basis_points, remedy.cap_basis_points)
        )
        lines.append(book.summary["late"].format(per_day=per_day, cap=cap))
    return tuple(lines)
