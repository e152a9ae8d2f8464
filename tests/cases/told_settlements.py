"""Retellings of settlements, of the supplier's standing with the programme, and of a credit's documents."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from fractions import Fraction

from tests.cases.case_file import Act, Case
from tests.cases.story import NotTranslatedError
from tests.cases.telling import (
    AFTERWARD,
    AMOUNT,
    AMOUNT_PARTS,
    INSTANT,
    last_at,
    minor_units,
    moment,
    patterns,
    unchanged,
    with_acts,
)

ON = rf"(?: (?:on |at )?(?P<at>{INSTANT[1:-1]}))?"
LIMIT_EXPONENT = 2


def _instant(case: Case, found: re.Match[str]) -> dt.datetime:
    """Return when it happened, or else a day after all that is told."""
    return last_at(case) + AFTERWARD if found["at"] is None else moment(found["at"], case)


def _settled(case: Case, found: re.Match[str]) -> Case:
    details = {"amount": minor_units(case, found["amount"])}
    act = Act(at=_instant(case, found), by="both", act="settle", details=details)
    return with_acts(case, act)


def _offer_accepted(case: Case, found: re.Match[str]) -> Case:
    """The buyer accepts what the supplier offered: the offer of that amount, where one is named."""
    offered = [act for act in case.timeline if act.act in {"offer", "answer_dispute"}]
    if not offered:
        raise NotTranslatedError("which offer is accepted")
    details = {} if found["amount"] is None else {"amount": minor_units(case, found["amount"])}
    act = Act(at=_instant(case, found), by="buyer", act="accept_offer", details=details)
    return with_acts(case, act)


def _limit(case: Case, found: re.Match[str]) -> Case:
    limit = case.contract["supplier_limit"]
    if not limit:
        raise NotTranslatedError("a limit of a supplier that has none")
    amount = _in_limit_currency(case, found["amount"])
    if found["at"] is not None:
        at = moment(found["at"], case)
        return with_acts(
            case, Act(at=at, by="operator", act="limit_set", details={"amount": amount})
        )
    contract = {**case.contract, "supplier_limit": {**limit, "amount": amount}}
    return dataclasses.replace(case, contract=contract)


def _in_limit_currency(case: Case, text: str) -> int:
    """Read an amount of the currency in which the case states the supplier's limit."""
    currency = case.contract["supplier_limit"]["currency"]
    if currency == case.contract["currency"]:
        return minor_units(case, text)
    parts = AMOUNT_PARTS.fullmatch(text.strip())
    if parts is None or {parts["before"], parts["after"]} - {None, currency}:
        raise NotTranslatedError(f"the limit {text!r} in {currency}")
    figures = parts["figures"].replace(",", "")
    if figures.isdecimal() and parts["before"] is None:
        return int(figures)
    return int(Fraction(figures) * 10**LIMIT_EXPONENT)


def _taken_by_others(case: Case, found: re.Match[str]) -> Case:
    taken = _in_limit_currency(case, found["amount"])
    return dataclasses.replace(
        case, contract={**case.contract, "limit_taken_by_open_orders": taken}
    )


def _credit_advised(case: Case, found: re.Match[str]) -> Case:
    act = Act(at=_instant(case, found), by="bank", act="credit_advised", details={})
    kept = tuple(a for a in case.timeline if a.act != "credit_advised")
    return with_acts(dataclasses.replace(case, timeline=kept), act)


def _documents_refused(case: Case, found: re.Match[str]) -> Case:
    act = Act(at=_instant(case, found), by="bank", act="documents_refused", details={})
    return with_acts(case, act)


SETTLEMENTS = patterns(
    (
        rf"(?:(?:both|the parties|both sides) settled?|settled) (?:for|at|on) (?:a refund of )?{AMOUNT}{ON}",
        _settled,
    ),
    (
        rf"(?:the |an? )?offer(?: of {AMOUNT})? (?:(?:is|was) )?accepted{ON}",
        _offer_accepted,
    ),
    (
        rf"the buyer (?:accepts|accepted) (?:the|that) offer(?: of {AMOUNT})?{ON}",
        _offer_accepted,
    ),
    (
        rf"(?:with )?(?:a |the )?(?:supplier's )?limit(?: (?:is|was|of))?(?: (?:only|cut to|raised to|set to))? {AMOUNT}{ON}",
        _limit,
    ),
    (
        rf"(?:other )?open orders (?:take|took|have taken) {AMOUNT}(?: of the limit)?",
        _taken_by_others,
    ),
    (rf"(?:the )?credit (?:is|was) advised{ON}", _credit_advised),
    (
        rf"the (?:issuing )?bank (?:refuses|refused)(?: the documents)?{ON}",
        _documents_refused,
    ),
    (
        r"(?:the supplier pays nothing, |the supplier does not pay, )?the fund pays(?: the rest)?|nothing else is owed to the supplier",
        unchanged,
    ),
)
