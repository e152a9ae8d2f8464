"""Acts of inspections: bookings, fees, reports, and what the buyer makes of a failed one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from fairlot.domain.order import commands as c
from fairlot.domain.order import quantities
from fairlot.domain.order.rules.verdict import plan_for
from fairlot.domain.order.standing import terms_of
from fairlot.domain.order.state import (
    CreditStatus,
    Inspection,
    InspectionStage,
    MeasuredFailure,
    Order,
)
from fairlot.domain.order.terms import Party
from fairlot.domain.party import Role
from tests.cases.case_file import Act
from tests.cases.story import INSPECTOR, NotTranslatedError, Player, Story, text_hash
from tests.cases.vocabulary import TERM_ID

COMPANY_USUAL = "SGS"
CLASSES = ("critical", "major", "minor")
_MEASURED = re.compile(
    r"^\s*(?P<term>T\d+)\b.*?(?P<measured>\d[\d,]*)\s*\S*\s*(?:instead of|against|of|<)\s*(?P<agreed>\d[\d,]*)"
)
# How many of the sample failed a term, which its class counts; with a unit it is a measure.
_COUNTED = re.compile(
    r"^\s*(?P<term>T\d+)\b[^\d]*(?P<found>\d+) of (?P<n>\d+)\b(?! ?(?:m?Ah|[cmk]?m|k?g|m?W|V|lm|N|h|s|%)(?![\w]))"
)
_EXAMINED = re.compile(
    r"(?:the )?(?P<name>critical|major|minor) class was examined on (?:the first )?(?P<n>\d+) (?:pieces|units)",
    re.IGNORECASE,
)
_COUNT_IN_WORDS = re.compile(r"\s*(\d+ of \d+)\b")
_FAILED = re.compile(r"^\s*(?P<term>T\d+)\b.*\b(?:fail|not met|missing)", re.IGNORECASE)


def book(story: Story, act: Act) -> bool | None:
    """A booking by the platform is one in the place of a company that did not report; the fee is still the buyer's."""
    actor = story.actor(act.by)
    if actor.role is Role.OPERATOR:
        actor = story.buyer
    company = act.details.get("company") or COMPANY_USUAL
    _book(story, actor, company=company, fee_minor=fee_of(story, act))
    return None


def fee_of(story: Story, act: Act) -> int:
    """Return the fee that an act says was advanced; a bare "yes" means the usual one."""
    fee = act.details.get("fee_advanced") or 0
    if fee is True:
        return story.desk.policy.inspection.usual_fee_low_minor
    return int(fee)


def _book(story: Story, actor: Any, *, company: str, fee_minor: int) -> str:
    inspection_id = f"i{len(story.order.inspections) + 1}"
    booking = c.BookInspection(
        inspection_id=inspection_id,
        company=company,
        stage=_stage(story.order),
        fee_minor=fee_minor,
    )
    story.ask(actor, booking)
    return inspection_id


def _stage(order: Order) -> InspectionStage:
    """Before anything left, an inspection looks at the lot; afterward, at what arrived."""
    gone = order.terms is not None and any(quantities.dispatched(order).values())
    return InspectionStage.DISPUTE if gone else InspectionStage.PRE_SHIPMENT


def request(story: Story, act: Act) -> bool | None:
    """Who advances the fee books; who does not only asks."""
    if act.details.get("fee_advanced"):
        return book(story, act)
    if story.dispute() is None:
        asking = story.actor(act.by)
        # Whoever has agreed to the fee is not asked again.
        by = Party.SUPPLIER if asking.role is Role.SUPPLIER else Party.BUYER
        if by not in story.order.inspection_fee_agreed_by:
            story.ask(asking, c.AgreeInspectionFee())
        return None
    story.ask(story.actor(act.by), c.AskInspection())
    return None


def agree_fee(story: Story, act: Act) -> bool | None:
    story.ask(story.actor(act.by), c.AgreeInspectionFee())
    return None


def order_inspection(story: Story, act: Act) -> bool | None:
    story.ask(story.actor(act.by), c.AskInspection())
    return None


def report(story: Story, act: Act) -> bool | None:
    """Report on the booked inspection; one that nobody booked before was booked for it."""
    if story.order.terms is None:
        return False
    waiting = _waiting(story.order)
    if waiting is None:
        inspection_id = _book(
            story, story.buyer, company=COMPANY_USUAL, fee_minor=fee_of(story, act)
        )
    else:
        inspection_id = waiting.id
    story.ask(INSPECTOR, _report(story, act, inspection_id))
    return None


def _waiting(order: Order) -> Inspection | None:
    waiting = [i for i in order.inspections if i.report is None and not i.lapsed]
    return waiting[-1] if waiting else None


def _report(story: Story, act: Act, inspection_id: str) -> c.RecordInspectionReport:
    details = act.details
    order = story.order
    line = details.get("line")
    lot = details.get("lot") or sum(
        quantity for number, quantity in quantities.ordered(order).items() if line in {None, number}
    )
    plan = plan_for(terms_of(order), lot)
    told = details.get("n")
    size = None if told is None or told == plan.sample_size else told
    findings = _listed(details.get("findings"))
    counts = _counts(story, details, findings)
    sizes = _sizes(findings)
    said = {f"{counts[name]} of {told}" for name in CLASSES if details.get(name)}
    measured, failed = _findings(text for text in findings if not _says_nothing_new(text, said))
    return c.RecordInspectionReport(
        inspection_id=inspection_id,
        lot=lot,
        line=line,
        critical=c.Finding(found=counts["critical"], sample_size=sizes.get("critical", size)),
        major=c.Finding(found=counts["major"], sample_size=sizes.get("major", size)),
        minor=c.Finding(found=counts["minor"], sample_size=sizes.get("minor", size)),
        not_checked=tuple(details.get("not_checked") or ()),
        measured_failures=measured,
        mandatory_failed=failed,
        term_findings=_term_findings(story, findings, counts),
    )


def _sizes(findings: Iterable[str]) -> dict[str, int]:
    """Return on how many pieces a class was examined, where a finding says so."""
    told = (_EXAMINED.match(text) for text in findings)
    return {found["name"].casefold(): int(found["n"]) for found in told if found}


def _says_nothing_new(text: str, said: set[str]) -> bool:
    """Say whether a finding names no term and is what the numbers of a class say already, or on what it was examined."""
    counted = _COUNT_IN_WORDS.match(text)
    return bool(_EXAMINED.match(text)) or (counted is not None and counted[1] in said)


def _listed(raw: Any) -> list[str]:
    """Return findings one by one, however a case lists them."""
    if isinstance(raw, Mapping):
        return [f"{term}: {text}" for term, text in raw.items()]
    return re.split(r";\s+", raw) if isinstance(raw, str) else [str(text) for text in raw or ()]


def _counts(story: Story, details: Mapping[str, Any], findings: Iterable[str]) -> dict[str, int]:
    """Return how many units failed by class: as told, else the most that a term of the class failed on."""
    counts = {name: details.get(name) for name in CLASSES}
    classes = {term["term"]: term.get("class") for term in story.contract["terms"]}
    for text in findings:
        found = _COUNTED.search(text)
        name = classes.get(found["term"]) if found else None
        if found and name in CLASSES and details.get(name) is None:
            counts[name] = max(counts[name] or 0, int(found["found"]))
    return {name: count or 0 for name, count in counts.items()}


def _term_findings(
    story: Story, findings: Iterable[str], counts: Mapping[str, int]
) -> tuple[c.TermFinding, ...]:
    """Return on how many units each term failed of which a finding counts some, among those of its class."""
    classes = {term.id: term.defect_class.value for term in terms_of(story.order).terms}
    counted: dict[str, int] = {}
    for found in map(_COUNTED.search, findings):
        if found and 0 < int(found["found"]) <= counts.get(classes.get(found["term"], ""), 0):
            counted[found["term"]] = int(found["found"])
    return tuple(c.TermFinding(term_id=name, found=count) for name, count in counted.items())


def _findings(findings: Iterable[str]) -> tuple[tuple[MeasuredFailure, ...], tuple[str, ...]]:
    """Read findings on terms: measured short on all pieces, or failed outright. Raises NotTranslatedError."""
    measured: list[MeasuredFailure] = []
    failed: list[str] = []
    for text in findings:
        if _COUNTED.search(text):
            continue
        if found := _MEASURED.search(text):
            measured.append(
                MeasuredFailure(
                    term_id=found["term"],
                    agreed=int(found["agreed"].replace(",", "")),
                    measured=int(found["measured"].replace(",", "")),
                )
            )
        elif found := _FAILED.search(text):
            failed.append(found["term"])
        else:
            raise NotTranslatedError(f"the finding {text!r}")
    return tuple(measured), tuple(failed)


def reject_lot(story: Story, act: Act) -> bool | None:
    story.ask(story.actor(act.by), c.RejectLot())
    return None


def ask_rework(story: Story, act: Act) -> bool | None:
    story.ask(story.actor(act.by), c.RequestRework())
    return None


def waive(story: Story, act: Act) -> bool | None:
    """Waive the findings named, or what documents lack under a credit; only a signed act is one."""
    if story.order.terms is None:
        return False
    named = [
        found[1] for found in map(TERM_ID.match, _listed(act.details.get("findings"))) if found
    ]
    known = {term.id for term in terms_of(story.order).terms}
    signed = act.details.get("signed", story.preparing)
    signature_hash = text_hash(f"{act.by} signs") if signed else ""
    credit = story.order.credit
    if credit is not None and credit.status is CreditStatus.DISCREPANT and not named:
        waived: c.OrderCommand = c.WaiveDiscrepancies(signature_hash=signature_hash)
    else:
        term_ids = tuple(term for term in named if term in known)
        waived = c.WaiveFindings(term_ids=term_ids, signature_hash=signature_hash)
    story.ask(story.actor(act.by), waived)
    return None


def ask_consent(story: Story, act: Act) -> bool | None:
    """Agreeing to pay is asked for once; there is no way to ask it again (R36)."""
    agreed = any(i.advanced_by == "buyer" for i in story.order.inspections) or any(
        type(event).__name__ == "InspectionFeeAgreed" for event in story.events
    )
    if agreed:
        return False
    story.ask(story.actor(act.by), c.AskInspection())
    return None


ACTS: Mapping[str, Player] = {
    "inspection_book": book,
    "inspection_request": request,
    "inspection_agree_fee": agree_fee,
    "inspection_ordered": order_inspection,
    "inspection_report": report,
    "ask_inspection_consent": ask_consent,
    "reject_lot": reject_lot,
    "ask_rework": ask_rework,
    "waive": waive,
}
