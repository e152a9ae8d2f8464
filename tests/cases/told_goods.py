"""Retellings of the goods: what left, moved, arrived, was received or stayed, when and by whose proof."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from typing import Any

from fairlot.domain.calendar import end_of_date
from tests.cases.case_file import Act, Case
from tests.cases.story import NotTranslatedError
from tests.cases.telling import (
    AFTERWARD,
    DAY,
    INSTANT,
    LEAVING,
    first_act,
    last_at,
    moment,
    moved,
    patterns,
    unchanged,
    with_acts,
    without_acts,
)

AT = rf"(?:on |at )?(?P<at>{INSTANT[1:-1]})"
WAY_BACK = ("return_sent", "return_arrived")


def _delivered(case: Case, found: re.Match[str]) -> Case:
    """The delivery that is told of happened at another instant, or one happens that nobody told of."""
    at = moment(found["at"], case)
    told = [act for act in case.timeline if act.act == "delivery_proof"]
    proof = (
        moved(told[0], at, delivered=at.isoformat())
        if told
        else Act(at=at, by="carrier", act="delivery_proof", details={"delivered": at.isoformat()})
    )
    kept = tuple(act for act in case.timeline if act not in told[:1])
    return dataclasses.replace(case, timeline=(*kept, proof))


def _never_arrived(case: Case, found: re.Match[str]) -> Case:
    """What is on its way does not arrive: on its way back, where it was sent back."""
    sent_back = any(act.act == "return_sent" for act in case.timeline)
    return without_acts("return_arrived" if sent_back else "delivery_proof")(case, found)


def _delivered_sometime(case: Case, _: re.Match[str]) -> Case:
    """A delivery whose instant does not matter, unless the case tells of one."""
    if any(act.act == "delivery_proof" for act in case.timeline):
        return case
    return with_acts(case, _delivery(last_at(case) + AFTERWARD))


def _delivery(at: dt.datetime, **details: Any) -> Act:
    told = {"delivered": at.isoformat(), **details}
    return Act(at=at, by="carrier", act="delivery_proof", details=told)


def _in_time(case: Case, _: re.Match[str]) -> Case:
    """Everything leaves and arrives a day after all that was told, before the contract's date is over."""
    date = case.contract.get("shipment_date")
    at = last_at(case) + AFTERWARD
    if date is None or at + AFTERWARD > end_of_date(
        dt.date.fromisoformat(date), case.contract["zone"]
    ):
        raise NotTranslatedError("a shipment in time after its date")
    left = Act(at=at, by="supplier", act="ship_proof", details={"on_board": at.isoformat()})
    return with_acts(case, left, _delivery(at + AFTERWARD))


def _shipped(case: Case, found: re.Match[str]) -> Case:
    """The goods left at another instant than told, or leave now."""
    at = moment(found["at"], case)
    details = {"document": None, "on_board": at.isoformat()}
    left = [act for act in case.timeline if act.act in LEAVING]
    if len(left) == 1:
        case = dataclasses.replace(case, timeline=tuple(a for a in case.timeline if a not in left))
    return with_acts(case, Act(at=at, by="supplier", act="ship_proof", details=details))


def _shipped_told(case: Case, found: re.Match[str]) -> Case:
    """The goods left at one instant, and the programme was told of it at another."""
    case = _shipped(case, found)
    left = next(act for act in case.timeline[::-1] if act.act == "ship_proof")
    kept = tuple(act for act in case.timeline if act is not left)
    known = dataclasses.replace(left, at=moment(found["known"], case))
    return dataclasses.replace(case, timeline=(*kept, known))


def _on_board_date(case: Case, found: re.Match[str]) -> Case:
    """The one bill of lading bears another date, and no hour."""
    told = [act for act in case.timeline if act.act == "ship_proof"]
    if len(told) != 1:
        raise NotTranslatedError(f"whose date {found[0]!r} is")
    kept = {k: v for k, v in told[0].details.items() if not k.startswith("on_board")}
    details = {**kept, "on_board_date": found["day"] or found["bare"]}
    others = tuple(act for act in case.timeline if act is not told[0])
    return dataclasses.replace(
        case, timeline=(*others, dataclasses.replace(told[0], details=details))
    )


def _rest_shipped(case: Case, found: re.Match[str]) -> Case:
    """The quantity that had not left goes as a shipment of its own: of the one line of which just so much is left."""
    quantity = int(found["quantity"])
    left = {line["line"]: line["qty"] for line in case.contract["lines"]}
    for act in case.timeline:
        lines = act.details.get("lines") if act.act in LEAVING else None
        for line, gone in (lines or {}).items():
            left[int(line)] -= gone
    fitting = [line for line, rest in left.items() if rest == quantity]
    if len(fitting) != 1:
        raise NotTranslatedError(f"the lines of {found[0]!r}")
    at = moment(found["at"], case)
    details = {
        "shipment": found["shipment"],
        "lines": {str(fitting[0]): quantity},
        "on_board": at.isoformat(),
    }
    return with_acts(case, Act(at=at, by="supplier", act="ship_proof", details=details))


def _never_left(case: Case, found: re.Match[str]) -> Case:
    """Nothing left, so nothing arrived or was confirmed either."""
    return without_acts(*LEAVING, "delivery_proof", "confirm_receipt")(case, found)


def _ready(case: Case, found: re.Match[str]) -> Case:
    at = moment(found["at"], case)
    told = without_acts("goods_ready")(case, found)
    return with_acts(told, Act(at=at, by="supplier", act="goods_ready", details={}))


def _proof_comes(case: Case, found: re.Match[str]) -> Case:
    """The proof of the same delivery becomes known at another instant; what it proves stays."""
    told = first_act(case, "delivery_proof")
    delivered = told.details.get("delivered") or told.at.isoformat()
    kept = tuple(act for act in case.timeline if act is not told)
    proof = moved(told, moment(found["at"], case), delivered=delivered)
    return dataclasses.replace(case, timeline=(*kept, proof))


def _landed(case: Case, found: re.Match[str]) -> Case:
    """Goods that are at a port are not yet at the contract's place inland (ruling A47)."""
    at = moment(found["at"], case)
    return with_acts(without_acts("delivery_proof")(case, found), _delivery(at, at_port=True))


def _moves(case: Case, found: re.Match[str]) -> Case:
    """The carrier's number shows its first movement then."""
    at = moment(found["at"], case)
    told = without_acts("handed_over")(case, found)
    details = {"movement": at.isoformat()}
    return with_acts(told, Act(at=at, by="carrier", act="handed_over", details=details))


def _received(case: Case, found: re.Match[str]) -> Case:
    """The receipt that is told of was given at another instant."""
    at = moment(found["at"], case)
    told = first_act(case, "receipt")
    if found["by"] not in {None, told.by}:
        raise NotTranslatedError(f"who received by {found[0]!r}")
    receipt = moved(told, at, received=at.isoformat())
    kept = tuple(act for act in case.timeline if act is not told)
    return dataclasses.replace(case, timeline=(*kept, receipt))


def _handed_to_the_buyer(case: Case, found: re.Match[str]) -> Case:
    at = moment(found["at"], case)
    return with_acts(case, _delivery(at))


def _received_again(case: Case, found: re.Match[str]) -> Case:
    """The same receipt, given by a carrier."""
    del found
    receipt = first_act(case, "receipt")
    timeline = tuple(
        dataclasses.replace(act, by="carrier") if act is receipt else act for act in case.timeline
    )
    return dataclasses.replace(case, timeline=timeline)


def _known(case: Case, found: re.Match[str]) -> Case:
    """When the buyer came to know what it claims: at the end of the day that is named."""
    text = found["at"] or found["first"] or found["opened"]
    at = (
        moment(text, case)
        if "T" in text
        else end_of_date(dt.date.fromisoformat(text), case.contract["zone"])
    )
    return dataclasses.replace(case, known_at=at)


def _sent_back(case: Case, found: re.Match[str]) -> Case:
    return without_acts(*WAY_BACK)(case, found)


GOODS = patterns(
    (rf"(?:the goods (?:are|were) )?delivered {AT}", _delivered),
    (rf"the (?:forwarder|carrier|courier|post) (?:delivers|delivered) {AT}", _delivered),
    (r"(?:the goods (?:are|were) )?delivered(?: in time)?", _delivered_sometime),
    (r"shipped and delivered in time", _in_time),
    (
        rf"(?:shipped (?:on board )?|(?:the )?goods (?:left|leave|(?:(?:are|were) )?shipped) |(?:(?:bill of lading|B/L) )?on board (?:of the ship that the supplier booked,? )?|(?:bill of lading|B/L) )(?:only |late,? |in time,? )?{AT}(?: as proof)?",
        _shipped,
    ),
    (
        (
            r"(?:the (?:bill of lading|B/L|proof) (?:says|names|bears|has|carries) )?(?:the )?on[ _-]board[ _]date (?:is |was )?(?P<day>\d{4}-\d\d-\d\d)"
            r"|the (?:bill of lading|B/L) (?:(?:bears|has|carries) (?:only )?the date|(?:is|was) (?:only )?dated|says|said|is of|was of|of) (?P<bare>\d{4}-\d\d-\d\d)"
        ),
        _on_board_date,
    ),
    (r"the proof carries (?:this|an) instant instead of a date", unchanged),
    (
        rf"(?:shipped (?:on board )?|on board ){AT},? (?:told|known|proven)(?: only)? (?:on |at )?(?P<known>{INSTANT[1:-1]})",
        _shipped_told,
    ),
    (r"(?:there (?:is|was) )?no (?:earlier )?proof(?: of shipment)?", without_acts(*LEAVING)),
    (
        rf"(?P<shipment>S\d+) with the (?:other|remaining) (?P<quantity>\d+)(?: \w+)? on board {AT}",
        _rest_shipped,
    ),
    (
        (
            r"(?:and )?(?:(?:is|was) )?(?:never|not) shipped|the goods never (?:leave|left)|nothing (?:is|was|has been) (?:ever )?shipped|no shipment"
            r"|(?:the )?supplier (?:never (?:ships|shipped)|has not shipped|does not ship)(?: anything)?(?: yet)?"
        ),
        _never_left,
    ),
    (r"never collected|not collected|no collection(?: by then)?", without_acts("collected")),
    (
        r"no notice that (?:the )?goods are ready(?: and no collection(?: by then)?)?",
        without_acts("goods_ready", *LEAVING),
    ),
    (
        rf"(?:(?:the )?notice that )?(?:the )?goods (?:are |were )?ready(?: (?:is |was )?(?:notified|given|comes|came))? {AT}",
        _ready,
    ),
    (
        r"(?:the goods )?never (?:delivered|arrived?)|not delivered(?: yet)?|no (?:delivery|arrival)(?: (?:is|was) (?:ever )?(?:proven|recorded|reported|shown|known))?|the goods (?:(?:do|did) not arrive|(?:have|had) not arrived)(?: yet)?|nothing (?:has|had) been delivered(?: yet)?",
        _never_arrived,
    ),
    (rf"the same proof (?:arrives|comes) {AT}", _proof_comes),
    (
        rf"(?:the )?(?:carrier's )?(?:number (?:first )?move[sd](?: first)?|first movement(?: is| was)?) {AT}",
        _moves,
    ),
    (
        r"(?:the )?(?:carrier's )?number never (?:moves|moved)|(?:there (?:is|was) )?never a movement",
        without_acts("handed_over"),
    ),
    (
        rf"(?:the goods (?:are|were) )?received (?:by the (?P<by>carrier|forwarder) )?{AT}",
        _received,
    ),
    (rf"landed (?:at|in) [\w ]+? {AT}", _landed),
    (rf"handed over in [\w ]+? {AT}", _handed_to_the_buyer),
    (r"both proven on the day", unchanged),
    # What the product makes of an act is its own to say.
    (rf"the proof of (?:{DAY}) is refused", unchanged),
    (
        r"(?:the )?same receipt by the carrier|whose receipt (?:is of|bears|has|carries) (?:the same|that) (?:instant|day|date)",
        _received_again,
    ),
    (
        (
            rf"(?:the buyer (?:first )?(?:learns|learned|learnt|knows|knew) of it (?:first )?(?:only )?(?:(?:by|from|through) (?:an?|the) [a-z][a-z' -]*? (?:of|dated) )?{AT}"
            rf"|(?:it (?:is|was) )?(?:first |only |first only )?known (?:to the buyer )?(?:only )?(?:(?:by|from|through) (?:an?|the) [a-z][a-z' -]*? (?:of|dated) )?{AT.replace('<at>', '<first>')}"
            rf"|(?:the )?(?:parcels?|cartons?|boxes|goods) (?:are|were|was|is) opened {AT.replace('<at>', '<opened>')})"
        ),
        _known,
    ),
    (
        r"the claim window ends|the window ends|(?:still )?(?:inside|within|outside|before the end of|after) the (?:claim )?window",
        unchanged,
    ),
    # What somebody believed changes nothing of what was done.
    (
        r"the (?:buyer|supplier) (?:trusted|trusts|believed|believes|relied on|relies on) (?:the|that|this) (?:message|promise|word|answer|supplier)(?:'s (?:message|promise|word))?",
        unchanged,
    ),
    (
        r"never sent back|not sent back|nothing (?:is|was|had been) sent(?: back)?(?: before)?",
        _sent_back,
    ),
)
