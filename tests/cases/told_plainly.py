"""Retellings that name an act and its instant in few words: "collected on …", "badge withdrawn …", "the return never arrives"."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping
from typing import Any

from tests.cases.case_file import Act, Case
from tests.cases.story import ONE_SECOND, NotTranslatedError
from tests.cases.telling import (
    AMOUNT,
    INSTANT,
    LEAVING,
    Change,
    first_act,
    last_at,
    minor_units,
    moment,
    patterns,
    unchanged,
    with_acts,
    without_acts,
)
from tests.cases.told_contracts import with_contract_changed
from tests.cases.told_disputes import put
from tests.cases.told_undone import DEEDS, OTHER_DEEDS

AT = rf"(?:on |at )?(?P<at>{INSTANT[1:-1]})"
_WAS = r"(?:(?:is|was|has been) )?"
_NAMED: Mapping[str, frozenset[str]] = {
    **{stem: acts for stem, acts in DEEDS.items() if stem != "named"},
    **OTHER_DEEDS,
    "mediator": frozenset({"name_mediator"}),
    "confirmation": frozenset({"confirm_receipt"}),
    "receipt": frozenset({"receipt"}),
    "return": frozenset({"return_sent", "return_arrived"}),
    "notice": frozenset({"goods_ready"}),
}
_NOUN = rf"(?P<noun>(?:{'|'.join(_NAMED)})[a-z]*)"
PAYMENTS = frozenset({"payment_booked", "card_event", "statement"})


def _happened(by: str, name: str, **details: Any) -> Change:
    """Let one act happen at the instant named, in the place of its like."""

    def change(case: Case, found: re.Match[str]) -> Case:
        told = next((a.details for a in case.timeline if a.act == name), {})
        at = moment(found["at"], case)
        return put(case, Act(at=at, by=by, act=name, details={**told, **details}))

    return change


def _noun_acts(case: Case, text: str) -> frozenset[str]:
    """Return the acts of a case that a noun names. Raises NotTranslatedError if it tells of none."""
    fitting = [stem for stem in _NAMED if text.casefold().startswith(stem)]
    acts = _NAMED[max(fitting, key=len)]
    if not any(act.act in acts for act in case.timeline):
        raise NotTranslatedError(f"{text!r}, of which the case does not tell")
    return acts


def _leave_out(case: Case, acts: frozenset[str]) -> Case:
    return dataclasses.replace(
        case, timeline=tuple(act for act in case.timeline if act.act not in acts)
    )


def _not_happened(case: Case, found: re.Match[str]) -> Case:
    """What a noun names has not come: where a case tells of it, it is left out."""
    fitting = [stem for stem in _NAMED if found["noun"].casefold().startswith(stem)]
    return _leave_out(case, _NAMED[max(fitting, key=len)])


def _instead_of(case: Case, found: re.Match[str]) -> Case:
    return _leave_out(case, _noun_acts(case, found["noun"]))


def _change_accepted(case: Case, found: re.Match[str]) -> Case:
    """The change that lies there is accepted, by the side that did not propose it."""
    proposed = [act for act in case.timeline if act.act == "change_proposed"]
    if not proposed:
        raise NotTranslatedError(f"which change {found[0]!r} means")
    last = proposed[-1]
    by = "buyer" if last.by == "supplier" else "supplier"
    if found["by"] not in {None, by}:
        raise NotTranslatedError(f"who accepts by {found[0]!r}")
    details = {"version": last.details["version"]} if "version" in last.details else {}
    at = moment(found["at"], case)
    return put(case, Act(at=at, by=by, act="change_accepted", details=details))


def _extended(case: Case, found: re.Match[str]) -> Case:
    """Both extend the negotiation, or one side the day on which goods count as arrived."""
    clock = "arrival asked" if "arrival" in found[0].casefold() else "negotiation"
    by = (found.groupdict().get("by") or "both").casefold()
    told = found.groupdict()
    at = moment(told.get("agreed") or found["at"], case)
    return with_acts(case, Act(at=at, by=by, act="extend", details={"clock": clock}))


def _bounced(case: Case, found: re.Match[str]) -> Case:
    """The one payment by e-checking comes back."""
    paid = [act for act in case.timeline if act.act == "payment_booked"]
    if len(paid) != 1 or paid[0].details.get("rail") != "e-checking":
        raise NotTranslatedError(f"which payment {found[0]!r} means")
    details = {"amount": paid[0].details["amount"], "code": found["code"] or "R01"}
    at = moment(found["at"], case)
    return put(case, Act(at=at, by="provider", act="ach_return", details=details))


def _payment_is(case: Case, found: re.Match[str]) -> Case:
    """The one payment that is told of is of another amount."""
    paid = [act for act in case.timeline if act.act in PAYMENTS]
    if len(paid) != 1 or paid[0].act != "payment_booked":
        raise NotTranslatedError(f"which payment {found[0]!r} means")
    details = {**paid[0].details, "amount": minor_units(case, found["amount"])}
    instead = dataclasses.replace(paid[0], details=details)
    return with_acts(_leave_out(case, frozenset({"payment_booked"})), instead)


def _without_shipment(case: Case, found: re.Match[str]) -> Case:
    """One shipment of several does not leave, so that it does not arrive either."""
    named = found["shipment"].upper()
    kept = tuple(act for act in case.timeline if act.details.get("shipment") != named)
    if len(kept) == len(case.timeline):
        raise NotTranslatedError(f"the shipment {named!r}")
    return dataclasses.replace(case, timeline=kept)


def _without_line(case: Case, found: re.Match[str]) -> Case:
    """One line does not leave: only shipments that carry nothing else can be left out whole."""
    line = found["line"]
    carrying = [
        act
        for act in case.timeline
        if act.act in LEAVING and line in {str(n) for n in act.details.get("lines") or ()}
    ]
    alone = [act for act in carrying if len(act.details["lines"]) == 1]
    if not carrying or len(alone) != len(carrying):
        raise NotTranslatedError(f"the shipment of line {line}")
    names = {act.details.get("shipment") for act in alone} - {None}
    kept = tuple(
        act
        for act in case.timeline
        if act not in alone and act.details.get("shipment") not in names
    )
    return dataclasses.replace(case, timeline=kept)


def _shipment_delivered(case: Case, found: re.Match[str]) -> Case:
    named = found["shipment"].upper()
    at = moment(found["at"], case)
    details = {"shipment": named, "delivered": at.isoformat()}
    kept = tuple(
        act
        for act in case.timeline
        if act.act != "delivery_proof" or act.details.get("shipment") != named
    )
    proof = Act(at=at, by="carrier", act="delivery_proof", details=details)
    return with_acts(dataclasses.replace(case, timeline=kept), proof)


def _delivered_then(case: Case, found: re.Match[str]) -> Case:
    """The delivery that is told of took place then, as its proof says."""
    if sum(act.act == "delivery_proof" for act in case.timeline) > 1:
        raise NotTranslatedError(f"which delivery {found[0]!r} means")
    at = moment(found["at"], case)
    return _happened("carrier", "delivery_proof", delivered=at.isoformat())(case, found)


def _paid_out(case: Case, found: re.Match[str]) -> Case:
    at = moment(found["at"] or found["left"], case)
    return put(case, Act(at=at, by="bank", act="payout_confirmed", details={}))


def _judged(case: Case, found: re.Match[str]) -> Case:
    details = {"says": found["says"]}
    at = moment(found["at"], case)
    return put(case, Act(at=at, by="supplier", act="return_judged", details=details))


def _performance_wished(case: Case, _: re.Match[str]) -> Case:
    at = last_at(case) + ONE_SECOND
    wish = Act(at=at, by="buyer", act="state_wish", details={"wish": "performance"})
    return with_acts(case, wish)


def _zone(case: Case, found: re.Match[str]) -> Case:
    return with_contract_changed(case, zone=found["zone"])


def _no_date(case: Case, _: re.Match[str]) -> Case:
    return with_contract_changed(case, shipment_date=None)


def _statement_comes(case: Case, found: re.Match[str]) -> Case:
    """The bank's statement that is told of comes at another instant; what it says stays."""
    told = first_act(case, "statement")
    kept = tuple(act for act in case.timeline if act is not told)
    moved = dataclasses.replace(told, at=moment(found["at"], case))
    return with_acts(dataclasses.replace(case, timeline=kept), moved)


PLAINLY = patterns(
    (
        (
            rf"(?:the |an? )?{_NOUN} (?:has|had) (?:not|never) (?:yet )?(?:come|happened|arrived"
            r"|been (?:made|given|recorded|reported|proven|named|opened|booked|paid|received|known|answered))(?: yet| so far)?"
        ),
        _not_happened,
    ),
    (rf"instead of (?:the |an? )?{_NOUN}", _instead_of),
    (
        rf"(?:the (?P<by>buyer|supplier) (?:accepts|accepted) (?:the|that) change|(?:the )?change {_WAS}accepted) {AT}",
        _change_accepted,
    ),
    (rf"(?:the )?mandate {_WAS}revoked {AT}", _happened("buyer", "mandate_revoked")),
    (
        rf"(?:the )?(?:goods )?(?:(?:is|are|was|were|has been|have been) )?collected {AT}",
        _happened("forwarder", "collected"),
    ),
    (
        rf"(?:the )?payout {_WAS}confirmed {AT}|{_WAS}paid out {AT.replace('<at>', '<left>')}",
        _paid_out,
    ),
    (rf"the platform cancels(?: the order)? {AT}", _happened("platform", "cancel")),
    (rf"(?:the )?return {_WAS}sent {AT}", _happened("buyer", "return_sent")),
    (rf"escalated {AT}", _happened("both", "escalate")),
    (r"the return never (?:arrives|arrived)", without_acts("return_arrived")),
    (
        r"no (?:delivery proof|proof of delivery)(?: (?:comes|is (?:ever )?given))?|(?:the )?delivery is never proven",
        without_acts("delivery_proof"),
    ),
    (
        rf"(?:the )?(?:arrival|delivery)(?: (?:is |was )?proven)? {AT}",
        _delivered_then,
    ),
    (rf"the supplier (?:says|said|judges|judged):? '(?P<says>[^']+)' {AT}", _judged),
    (r"the buyer (?:asks|asked|wishes|wished) for performance", _performance_wished),
    (
        rf"(?:the )?negotiation {_WAS}extended {AT}|both (?:sides |parties )?(?:agree|agreed) to extend the negotiation {AT.replace('<at>', '<agreed>')}",
        _extended,
    ),
    (
        rf"the (?P<by>buyer|supplier) (?:extends|extended) (?:arrival asked|the arrival) {AT}",
        _extended,
    ),
    (
        rf"(?:the )?(?:(?:e-checking |ACH )?payment {_WAS}returned|ACH return) {AT}(?: with (?:the )?(?:return )?code (?P<code>R\d\d))?",
        _bounced,
    ),
    (rf"(?:only |the payment is (?:of )?){AMOUNT}(?: {_WAS}(?:paid|booked))?", _payment_is),
    (rf"(?P<shipment>S\d+) (?:never (?:leaves|left)|{_WAS}never shipped)", _without_shipment),
    (rf"line (?P<line>\d+) (?:never (?:leaves|left)|{_WAS}never shipped)", _without_line),
    (rf"(?P<shipment>S\d+) {_WAS}(?:delivered|arrives|arrived) {AT}", _shipment_delivered),
    (rf"(?:a |the )?(?:camt\.053 |MT940 )?statement (?:comes|came) {AT}", _statement_comes),
    (r"(?:there is )?no evidence(?: is (?:ever )?given)?", unchanged),
    (r"(?:in )?(?:the )?(?:contract's )?zone (?:is )?(?P<zone>[A-Z]\w+/\w+)", _zone),
    (r"the contract names no shipment date", _no_date),
)
