"""Contracts before they are an order's: is it claimable, what does a text ask for, what changed, does a measurement meet it."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec
from django.http import HttpRequest, HttpResponse
from ninja import Router

from fairlot.domain.contract.assess import Assessment, assess
from fairlot.domain.contract.conformity import Conformity, Measurement, conforms
from fairlot.domain.contract.contradiction import Contradiction
from fairlot.domain.contract.difference import Change, difference
from fairlot.domain.contract.document import Contract, contract_hash
from fairlot.domain.contract.document import Term as ContractTerm
from fairlot.domain.contract.judging.judgement import Label, Parsed, ParsedTolerance
from fairlot.domain.contract.papers.read import read
from fairlot.domain.contract.papers.reading import ProposedTerm, Reading
from fairlot.domain.contract.template import TEMPLATES, new_contract
from fairlot.domain.contract.validation import validate
from fairlot.domain.words.language import Language
from fairlot.interfaces.api.asked import closed
from fairlot.interfaces.api.document import declared
from fairlot.interfaces.api.problems import Declined, Trouble, language_of
from fairlot.interfaces.api.wire import NoQuery, answer, body_of, query_of

TEXT_LENGTH_MAX = 40_000
MEASUREMENTS_MAX = 200

router = Router(tags=["Contracts"])


def refuse_faulty(contract: Contract, language: Language) -> None:
    """Raise Declined, with the first fault and where it is, for a contract that is not whole."""
    faults = validate(contract)
    if faults:
        first = faults[0]
        reason = first.zh if language == "zh" else first.en
        raise Declined(Trouble.CONTRACT_INVALID, key=first.key, reason=reason)


MeasurementAsked: Any = closed(Measurement, suffix="Asked")


class AssessAsked(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A contract to be assessed; what is known of the supplier's limit and the policy may be added."""

    contract: Contract
    free_limit_minor: Annotated[int, msgspec.Meta(ge=0)] | None = None
    split_payment_allowed: bool | None = None


class PartAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """A part of a term's text and what it is worth; half-open offsets."""

    start: int
    end: int
    kind: str
    label: Label
    rules: tuple[str, ...]


class FindingAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """One term's worth: label, rules (main cause first), a sentence, and a concrete mend where one is needed."""

    term_id: str
    topic: str
    text: str
    label: Label
    rules: tuple[str, ...]
    sentence: str
    mend: str
    parts: tuple[PartAnswer, ...]


class AssessmentAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """What the parties should know before they sign."""

    contract_sha256: str
    findings: tuple[FindingAnswer, ...]
    topics: dict[str, str]
    missing_topics: tuple[str, ...]
    contradictions: tuple[Contradiction, ...]
    notes: tuple[str, ...]
    summary: tuple[str, ...]


class TextAsked(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A pasted e-mail, invoice, specification or chat."""

    text: Annotated[str, msgspec.Meta(min_length=1, max_length=TEXT_LENGTH_MAX)]


class RequirementAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """A requirement as read: numbers as decimal strings; several for dimensions, lists and ranges."""

    operator: str
    value: Any
    unit: str | None
    tolerance: ParsedTolerance | None
    reference: str
    test: str


class TermAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """A term found in a text, and the span it came from."""

    start: int
    end: int
    line: int
    text: str
    kind: str
    label: Label
    rules: tuple[str, ...]
    requirement: RequirementAnswer | None


class ReadingAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """All proposed terms, and which of the seven topics the text leaves out. Nothing is invented."""

    terms: tuple[TermAnswer, ...]
    missing_topics: tuple[str, ...]


class DiffAsked(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Two versions of a contract."""

    old: Contract
    new: Contract


class DiffAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """Every difference in the order of the document."""

    old_sha256: str
    new_sha256: str
    changes: tuple[Change, ...]


class ConformsAsked(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A term and what was measured."""

    term: ContractTerm
    measurements: Annotated[
        tuple[MeasurementAsked, ...],
        msgspec.Meta(max_length=MEASUREMENTS_MAX),
    ]


class TemplateList(msgspec.Struct, frozen=True, kw_only=True):
    """The trades for which there is a contract to begin from."""

    templates: tuple[str, ...]


class LanguageQuery(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """In which language the contract is written."""

    language: Literal["en", "zh"] = "en"


@router.post(
    "/contracts/assess",
    summary="Assess a contract",
    openapi_extra=declared(answer=AssessmentAnswer, body=AssessAsked),
)
def assess_contract(request: HttpRequest) -> HttpResponse:
    """Say term by term what could be claimed, what is missing, and what contradicts itself."""
    query_of(request, NoQuery)
    asked = body_of(request, AssessAsked)
    language = language_of(request)
    refuse_faulty(asked.contract, language)
    found = assess(
        asked.contract,
        language=language,
        free_limit_minor=asked.free_limit_minor,
        split_payment_allowed=asked.split_payment_allowed,
    )
    return answer(_assessment(asked.contract, found))


def _assessment(contract: Contract, found: Assessment) -> AssessmentAnswer:
    return AssessmentAnswer(
        contract_sha256=contract_hash(contract),
        findings=tuple(
            FindingAnswer(
                term_id=finding.term_id,
                topic=finding.topic,
                text=finding.text,
                label=finding.label,
                rules=finding.rules,
                sentence=finding.sentence,
                mend=finding.mend,
                parts=tuple(
                    PartAnswer(
                        start=part.start,
                        end=part.end,
                        kind=part.kind,
                        label=part.label,
                        rules=part.rules,
                    )
                    for part in finding.parts
                ),
            )
            for finding in found.findings
        ),
        topics=found.topics,
        missing_topics=found.missing_topics,
        contradictions=found.contradictions,
        notes=found.notes,
        summary=found.summary,
    )


@router.post(
    "/contracts/read",
    summary="Read terms out of a text",
    openapi_extra=declared(answer=ReadingAnswer, body=TextAsked),
)
def read_text(request: HttpRequest) -> HttpResponse:
    """Propose terms from what was pasted, each with the span that it came from."""
    query_of(request, NoQuery)
    return answer(reading_answer(read(body_of(request, TextAsked).text)))


def reading_answer(reading: Reading) -> ReadingAnswer:
    """Tell what was read."""
    return ReadingAnswer(
        terms=tuple(_term(term) for term in reading.terms), missing_topics=reading.missing_topics
    )


def _term(term: ProposedTerm) -> TermAnswer:
    return TermAnswer(
        start=term.start,
        end=term.end,
        line=term.line,
        text=term.text,
        kind=term.kind,
        label=term.label,
        rules=term.rules,
        requirement=None if term.parsed is None else _requirement(term.parsed),
    )


def _requirement(parsed: Parsed) -> RequirementAnswer:
    return RequirementAnswer(
        operator=parsed.operator,
        value=parsed.value,
        unit=parsed.unit,
        tolerance=parsed.tolerance,
        reference=parsed.reference,
        test=parsed.test,
    )


@router.post(
    "/contracts/diff",
    summary="Compare two versions",
    openapi_extra=declared(answer=DiffAnswer, body=DiffAsked),
)
def compare_contracts(request: HttpRequest) -> HttpResponse:
    """Say in words what changes from one contract to another."""
    query_of(request, NoQuery)
    asked = body_of(request, DiffAsked)
    language = language_of(request)
    for contract in (asked.old, asked.new):
        refuse_faulty(contract, language)
    return answer(
        DiffAnswer(
            old_sha256=contract_hash(asked.old),
            new_sha256=contract_hash(asked.new),
            changes=difference(asked.old, asked.new, language=language),
        )
    )


@router.post(
    "/contracts/conforms",
    summary="Does a measurement meet a term?",
    openapi_extra=declared(answer=Conformity, body=ConformsAsked),
)
def judge_measurements(request: HttpRequest) -> HttpResponse:
    """Compare measurements with a term: yes, no with the margin, or undecidable with the reason."""
    query_of(request, NoQuery)
    asked = body_of(request, ConformsAsked)
    taken = msgspec.convert(msgspec.to_builtins(asked.measurements), tuple[Measurement, ...])
    return answer(conforms(asked.term, taken))


@router.get(
    "/contracts/templates",
    summary="Templates",
    openapi_extra=declared(answer=TemplateList),
)
def list_templates(request: HttpRequest) -> HttpResponse:
    """The trades for which there is a contract to begin from."""
    query_of(request, NoQuery)
    return answer(TemplateList(templates=tuple(TEMPLATES)))


@router.get(
    "/contracts/templates/{name}",
    summary="One template",
    openapi_extra=declared(answer=Contract, query=LanguageQuery),
)
def one_template(request: HttpRequest, name: str) -> HttpResponse:
    """A contract to begin from, with the terms that people of this trade forget."""
    query = query_of(request, LanguageQuery)
    if name not in TEMPLATES:
        raise Declined(Trouble.NOT_FOUND)
    return answer(new_contract(name, language=query.language))
