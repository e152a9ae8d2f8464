"""Retellings of what the sides of a dispute offer each other: made, of another amount, accepted, declined, or settled on."""

from __future__ import annotations

import dataclasses
import re

from tests.cases.case_file import Act, Case
from tests.cases.story import NotTranslatedError
from tests.cases.telling import AMOUNT, OtherReadingError, minor_units, moment, patterns, with_acts
from tests.cases.told_disputes import AT, HAD, WAS, put
from tests.cases.vocabulary import plain


def _offer_met(case: Case, found: re.Match[str]) -> Case:
    """The offer that lies there is accepted or declined by the other side."""
    offers = [act for act in case.timeline if act.act in {"offer", "counter_offer"}]
    if not offers:
        raise NotTranslatedError("no offer to accept or decline")
    by = "buyer" if offers[-1].by == "supplier" else "supplier"
    act = "accept_offer" if found["end"].startswith("accept") else "decline_offer"
    amount = offers[-1].details.get("amount")
    details = {} if amount is None else {"amount": amount}
    return put(case, Act(at=moment(found["at"], case), by=by, act=act, details=details))


def _offer_accepted(case: Case, found: re.Match[str]) -> Case:
    """Who accepts accepts the offer that lies there, where a case tells of one."""
    if not any(act.act in {"offer", "counter_offer"} for act in case.timeline):
        raise OtherReadingError
    return _offer_met(case, found)


def _settled(case: Case, found: re.Match[str]) -> Case:
    details = {"amount": minor_units(case, found["amount"])}
    at = moment(found["at"], case)
    return put(case, Act(at=at, by="both", act="settle", details=details))


def _offered(case: Case, found: re.Match[str]) -> Case:
    """A side offers a refund of an amount, beside what was offered before."""
    by = plain(found["by"])
    act = "offer" if by == "supplier" else "counter_offer"
    details = {"kind": "refund", "amount": minor_units(case, found["amount"])}
    return with_acts(case, Act(at=moment(found["at"], case), by=by, act=act, details=details))


def _offer_of(case: Case, found: re.Match[str]) -> Case:
    """The one offer that the case tells of is of another amount."""
    offers = [act for act in case.timeline if act.act == "offer"]
    if len(offers) != 1:
        raise NotTranslatedError(f"which offer {found[0]!r} means")
    amount = minor_units(case, found["amount"])
    return put(
        case, dataclasses.replace(offers[0], details={**offers[0].details, "amount": amount})
    )


def _offer_kept(case: Case, found: re.Match[str]) -> Case:
    """The one offer of a return says what is paid if nothing is sent (ruling A70)."""
    offers = [act for act in case.timeline if act.act == "offer"]
    if len(offers) != 1 or "return" not in plain(offers[0].details.get("kind") or ""):
        raise NotTranslatedError(f"which offer {found[0]!r} means")
    details = {**offers[0].details, "else_price_reduction": minor_units(case, found["amount"])}
    return put(case, dataclasses.replace(offers[0], details=details))


OFFERS = patterns(
    (rf"(?:the (?:buyer|supplier) )(?P<end>accepted|accepts|accept) {AT}", _offer_accepted),
    (
        rf"(?:the |its |that )?offer {WAS}(?P<end>accepted|declined) {AT}",
        _offer_met,
    ),
    (
        rf"the (?:buyer|supplier) {HAD}(?P<end>accepted|declined) (?:the |that )offer {AT}",
        _offer_met,
    ),
    (
        rf"the (?P<by>buyer|supplier) {HAD}(?:offered|offers|countered(?: with)?|counters(?: with)?)(?: a refund of)? {AMOUNT} {AT}",
        _offered,
    ),
    (
        rf"(?:both |(?:both |the )parties |they )?(?:had )?(?:settled|settle) (?:for|on) {AMOUNT} {AT}",
        _settled,
    ),
    (rf"the offer {WAS}(?:of|over|for) {AMOUNT}", _offer_of),
    (
        rf"the (?:accepted )?(?:return )?offer (?:had named|names|named|has|had|says|said|carries|carried) {AMOUNT} (?:if|in case) (?:nothing is sent|(?:the goods are|they are|it is) not sent(?: back)?)",
        _offer_kept,
    ),
)
