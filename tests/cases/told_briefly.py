"""Retellings of one act that a case tells of: at another instant, of other content, by another side, or not at all."""

from __future__ import annotations

import dataclasses
import re
from typing import Any
from zoneinfo import ZoneInfo

from fairlot.domain.calendar import zone_named
from tests.cases.case_file import Act, Case
from tests.cases.story import NotTranslatedError
from tests.cases.telling import (
    AMOUNT,
    DAY,
    INSTANT,
    Change,
    day_told,
    minor_units,
    moment,
    patterns,
    unchanged,
    with_acts,
    without_acts,
)
from tests.cases.told_contracts import with_contract_changed
from tests.cases.told_disputes import put

AT = rf"(?:on |at )?(?P<at>{INSTANT[1:-1]})"
_ON = rf"(?:on|at|of) (?P<at>{INSTANT[1:-1]})"
_TERMS = r"(?P<terms>T\d+(?:(?:,| and|, and) ?T\d+)*)"
# Where goods are when their condition is recorded.
BEFORE, AFTER = "before leaving", "after arrival"


def the_only(case: Case, name: str, words: str) -> Act:
    """Return the one act of its kind that a case tells of. Raises NotTranslatedError for none or several."""
    told = [act for act in case.timeline if act.act == name]
    if len(told) != 1:
        raise NotTranslatedError(f"which {name} {words!r} means")
    return told[0]


def _instead(case: Case, told: Act, **changes: Any) -> Case:
    kept = tuple(act for act in case.timeline if act is not told)
    return with_acts(dataclasses.replace(case, timeline=kept), dataclasses.replace(told, **changes))


def _then(name: str) -> Change:
    """Let the one act of its kind come at another instant, with all that it says."""

    def change(case: Case, found: re.Match[str]) -> Case:
        told = the_only(case, name, found[0])
        return _instead(case, told, at=moment(found["at"], case))

    return change


def _waived_terms(case: Case, found: re.Match[str]) -> Case:
    """The waiver that is told of names other terms; what was found of them stays what a report says."""
    told = the_only(case, "waive", found[0])
    named = re.findall(r"T\d+", found["terms"])
    listed = [
        str(text)
        for act in case.timeline
        if act.act == "inspection_report" and isinstance(act.details.get("findings"), list)
        for text in act.details["findings"]
    ]
    findings = [next((t for t in listed if t.startswith(f"{n}:")), f"{n}: failed") for n in named]
    return _instead(case, told, details={**told.details, "findings": findings})


def _report_missing(case: Case, found: re.Match[str]) -> Case:
    """The report of a day never comes."""
    day = day_told(case, found["day"])
    told = [
        act
        for act in case.timeline
        if act.act == "inspection_report" and act.at.astimezone(_zone(case)).date() == day
    ]
    if len(told) != 1:
        raise NotTranslatedError(f"which report {found[0]!r} means")
    return dataclasses.replace(
        case, timeline=tuple(act for act in case.timeline if act is not told[0])
    )


def _zone(case: Case) -> ZoneInfo:
    return zone_named(case.contract["zone"])


def _condition(case: Case, found: re.Match[str]) -> Case:
    """What the reports on the condition of goods that go back say: both of them, or the one before or after the way."""
    same = found["not"] is None
    which = (found["which"] or "").casefold()
    wanted = {"both": (BEFORE, AFTER), "first": (BEFORE,), "second": (AFTER,)}[which]
    told = [act for act in case.timeline if act.act == "condition_report"]
    meant = [act for act in told if act.details.get("when") in wanted]
    if len(meant) != len(wanted):
        raise NotTranslatedError(f"which reports {found[0]!r} means")
    timeline = tuple(
        dataclasses.replace(act, details={**act.details, "same": same}) if act in meant else act
        for act in case.timeline
    )
    return dataclasses.replace(case, timeline=timeline)


def _no_condition_report(case: Case, found: re.Match[str]) -> Case:
    when = found["when"]
    wanted = {None: (BEFORE, AFTER), "before": (BEFORE,), "after": (AFTER,)}[when]
    kept = tuple(
        act
        for act in case.timeline
        if act.act != "condition_report" or act.details.get("when") not in wanted
    )
    return dataclasses.replace(case, timeline=kept)


def _fee(case: Case, found: re.Match[str]) -> Case:
    """The one fee that was advanced is another."""
    told = [act for act in case.timeline if act.details.get("fee_advanced")]
    if len(told) != 1:
        raise NotTranslatedError(f"which fee {found[0]!r} means")
    fee = minor_units(case, found["amount"])
    return _instead(case, told[0], details={**told[0].details, "fee_advanced": fee})


def _offer_met(case: Case, found: re.Match[str]) -> Case:
    """The buyer's counter-offer is accepted or declined by the supplier."""
    told = the_only(case, "counter_offer", found[0])
    accepts = "accept" in found[0].casefold()
    amount = told.details.get("amount")
    act = Act(
        at=moment(found["at"], case),
        by="supplier",
        act="accept_offer" if accepts else "decline_offer",
        details={} if amount is None else {"amount": amount},
    )
    return put(case, act)


def _booked_with(case: Case, found: re.Match[str]) -> Case:
    """The booking that is told of is made with another company, or at another instant."""
    told = the_only(case, "inspection_book", found[0])
    details = {**told.details, "company": found["company"]}
    return _instead(case, told, at=moment(found["at"], case), details=details)


def _cover_under(case: Case, found: re.Match[str]) -> Case:
    case = with_contract_changed(case, cover_kind=found["kind"].casefold())
    return dataclasses.replace(case, policy=found["edition"])


def _declined(case: Case, found: re.Match[str]) -> Case:
    act = Act(
        at=moment(found["at"], case),
        by="supplier",
        act="answer_dispute",
        details={"answer": "decline"},
    )
    return put(case, act)


BRIEFLY = patterns(
    (
        rf"the (?:buyer's )?waiver (?:names|named|covers|covered) (?:only )?{_TERMS}(?: only| alone)?",
        _waived_terms,
    ),
    (
        rf"the (?:buyer's )?waiver (?:(?:is|was) (?:given|signed)|comes|came)(?: only)? {AT}",
        _then("waive"),
    ),
    (rf"the report of (?P<day>{DAY}) never (?:came|comes)", _report_missing),
    (
        r"(?P<which>both) (?:condition )?reports (?:say|said) (?:they are |the goods are )?(?P<not>not )?(?:the same|in the same condition)",
        _condition,
    ),
    (
        r"the (?P<which>first|second) condition report (?:says|said) (?:the goods are )?(?P<not>not )?(?:the same|in the same condition)",
        _condition,
    ),
    (
        r"(?:there (?:is|was) )?no condition report(?: (?:(?:is|was) (?:ever )?made|(?:comes|came)))?(?: (?P<when>before|after)(?: (?:leaving|(?:the )?arrival))?)?",
        _no_condition_report,
    ),
    (rf"the (?:inspection(?:'s)? )?fee (?:is|was|of the inspection is) {AMOUNT}", _fee),
    (
        rf"(?:the supplier (?:had )?(?:accepts|accepted|declines|declined) the counter-?offer|the counter-?offer (?:is|was) (?:accepted|declined)) {AT}",
        _offer_met,
    ),
    (
        rf"(?P<company>SGS|Bureau Veritas|TÜV Rheinland) (?:is|was) booked(?: instead)? {AT}(?: instead)?",
        _booked_with,
    ),
    (
        rf"(?:SGS|Bureau Veritas|TÜV Rheinland|the inspector) (?:reports|reported)(?: only)? {AT}",
        _then("inspection_report"),
    ),
    (rf"the refund (?:is|was) (?:confirmed|sent|paid) {AT}", _then("refund_confirmed")),
    (
        rf"the supplier (?:answers|answered|responds|responded) {AT} with a (?:plain |flat |simple )?decline",
        _declined,
    ),
    (
        r"(?P<kind>pre-shipment|post-delivery) cover,? (?:under|in|with) (?:the )?(?P<edition>escrow-2026|guarantee-2017)(?: edition)?",
        _cover_under,
    ),
    (r"the supplier (?:answers|answered) nothing", without_acts("answer_dispute")),
    (
        r"the (?:mediator|platform|supervisor) (?:decides|decided) nothing",
        without_acts("decide", "decision_final"),
    ),
    (r"the fund (?:pays )?the rest", unchanged),
    (rf"the payment (?:is|was) (?:booked|paid) only {AT}", _then("payment_booked")),
    (rf"the seizure (?:comes|came|is|was)(?: known)?(?: only)? {_ON}", _then("seizure")),
    (
        rf"the confirmation (?:comes|came|is|was)(?: given)?(?: only)? {AT}",
        _then("confirm_receipt"),
    ),
    (rf"the (?:delivery )?proof (?:is|was) given only {AT}", _then("delivery_proof")),
)
