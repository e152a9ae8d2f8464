"""Retellings of chargebacks: opened, won or lost, over which amount and when."""

from __future__ import annotations

import dataclasses
import re

from tests.cases.case_file import Act, Case
from tests.cases.telling import (
    AFTERWARD,
    AMOUNT,
    CHARGEBACK_LENGTH,
    INSTANT,
    OtherReadingError,
    last_at,
    minor_units,
    moment,
    patterns,
    with_acts,
    without_acts,
)


def _chargeback(case: Case, found: re.Match[str]) -> Case:
    """The buyer's bank decides while the case still runs: for the buyer is against the programme."""
    told = found["at"]
    ended_at = last_at(case) + AFTERWARD + CHARGEBACK_LENGTH if told is None else moment(told, case)
    opened_at = min(last_at(case) + AFTERWARD, ended_at - AFTERWARD)
    end = "chargeback_lost" if found["end"] in {"wins", "won"} else "chargeback_won"
    details = {} if found["amount"] is None else {"amount": minor_units(case, found["amount"])}
    return with_acts(
        case,
        Act(at=opened_at, by="provider", act="chargeback_opened", details=details),
        Act(at=ended_at, by="provider", act=end, details={}),
    )


def _chargeback_ends(case: Case, found: re.Match[str]) -> Case:
    """The card network decides: lost is lost by the programme; one that nobody told of begins a day after everything."""
    opened = any(act.act == "chargeback_opened" for act in case.timeline)
    ended_at = None if found["at"] is None else moment(found["at"], case)
    opened_at = last_at(case) + AFTERWARD
    if ended_at is not None:
        opened_at = min(opened_at, ended_at - AFTERWARD)
    details = {} if found["amount"] is None else {"amount": minor_units(case, found["amount"])}
    if not opened:
        begun = Act(at=opened_at, by="provider", act="chargeback_opened", details=details)
        case = with_acts(case, begun)
    at = ended_at or opened_at + CHARGEBACK_LENGTH
    return with_acts(case, Act(at=at, by="provider", act=f"chargeback_{found['end']}", details={}))


def _chargeback_ends_for(case: Case, found: re.Match[str]) -> Case:
    """The end names the amount: the chargeback that is told of is of that amount."""
    amount = {"amount": minor_units(case, found["amount"])}
    timeline = tuple(
        dataclasses.replace(act, details={**act.details, **amount})
        if act.act == "chargeback_opened"
        else act
        for act in case.timeline
    )
    return _chargeback_ends(dataclasses.replace(case, timeline=timeline), found)


def _chargeback_opened(case: Case, found: re.Match[str]) -> Case:
    details = {} if found["amount"] is None else {"amount": minor_units(case, found["amount"])}
    at = moment(found["at"], case)
    case = without_acts("chargeback_opened")(case, found)
    return with_acts(case, Act(at=at, by="provider", act="chargeback_opened", details=details))


def _opened_chargeback_ends(case: Case, found: re.Match[str]) -> Case:
    """What is lost or won is the chargeback that was told of."""
    if not any(act.act == "chargeback_opened" for act in case.timeline):
        raise OtherReadingError
    ended = without_acts("chargeback_lost", "chargeback_won")(case, found)
    at = moment(found["at"], case)
    return with_acts(ended, Act(at=at, by="provider", act=f"chargeback_{found['end']}", details={}))


def _won_or_lost_by(case: Case, found: re.Match[str]) -> Case:
    """Who wins a chargeback has the other side lose it: the words for its end are the programme's."""
    if not any(act.act == "chargeback_opened" for act in case.timeline):
        raise OtherReadingError
    won = found["end"] in {"wins", "won"}
    for_programme = won == (found["who"].casefold() != "buyer")
    at = last_at(case) + AFTERWARD if found["at"] is None else moment(found["at"], case)
    ended = without_acts("chargeback_lost", "chargeback_won")(case, found)
    name = "chargeback_won" if for_programme else "chargeback_lost"
    return with_acts(ended, Act(at=at, by="provider", act=name, details={}))


CHARGEBACKS = patterns(
    (
        rf"the (?P<who>buyer|programme|platform|supplier) (?P<end>wins|won|loses|lost) the chargeback(?: on (?P<at>{INSTANT[1:-1]}))?",
        _won_or_lost_by,
    ),
    (
        rf"the buyer (?:also )?(?P<end>wins|won|loses|lost) a chargeback(?: (?:of|for|over) {AMOUNT})?(?: on (?P<at>{INSTANT[1:-1]}))?",
        _chargeback,
    ),
    (
        rf"(?:a |the )?chargeback(?: (?:of|for|over) {AMOUNT})? (?:is |was )?opened(?: by the buyer)? (?:on |at )?(?P<at>{INSTANT[1:-1]})",
        _chargeback_opened,
    ),
    (rf"(?:and )?(?P<end>lost|won) (?:on |at )?(?P<at>{INSTANT[1:-1]})", _opened_chargeback_ends),
    (
        rf"(?:and |then |and then )?(?:the |a )?chargeback(?: (?:for|of) {AMOUNT})? (?:is |was )?(?:then )?(?P<end>lost|won)(?: (?:on |at )?(?P<at>{INSTANT[1:-1]}))?",
        _chargeback_ends,
    ),
    (
        rf"(?:the |a )?chargeback (?:is |was )?(?P<end>lost|won) (?:for|over) {AMOUNT}(?: only)?(?:,? on (?P<at>{INSTANT[1:-1]}))?",
        _chargeback_ends_for,
    ),
)
