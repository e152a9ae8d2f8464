"""Retellings of money: payments, chargebacks, letters of credit, payouts, and what the supplier is owed or pays in."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from decimal import Decimal
from fractions import Fraction
from typing import Any

from fairlot.domain.calendar import end_of_date
from tests.cases.case_file import Act, Case
from tests.cases.story import ONE_SECOND, NotTranslatedError
from tests.cases.telling import (
    AFTERWARD,
    AMOUNT,
    AMOUNT_PARTS,
    CURRENCIES_IN_WORDS,
    INSTANT,
    Change,
    last_at,
    minor_units,
    moment,
    patterns,
    unchanged,
    with_acts,
    without_acts,
)

AT = rf"(?:on |at )?(?P<at>{INSTANT[1:-1]})"
PAYMENTS = ("payment_booked", "card_event", "statement")
ORDINALS = ("first", "second", "third", "fourth", "fifth")
RAILS = "card|wire|e-checking|paypal"
PERCENT_WHOLE = 100
# What a retelling may put something else in the place of, and the acts by which the case tells it.
INSTEAD_OF = {
    "the return": ("ach_return",),
    "the bounce": ("ach_return",),
    "the payment": PAYMENTS,
    "the chargeback": ("chargeback_opened", "chargeback_won", "chargeback_lost"),
    "the dispute": ("open_dispute",),
    "the confirmation": ("confirm_receipt",),
    "the delivery": ("delivery_proof",),
    "the withdrawal": ("withdraw",),
    "the appeal": ("appeal",),
}
# By then every clock before the fund's payment has run out, and none after it that would change what is owed.
UNTIL_THE_FUND_PAID = dt.timedelta(days=90)


def _paid(case: Case, found: re.Match[str]) -> Case:
    """Whatever the schedule still asks for is paid, by the contract's rail or the one named, with its fee."""
    paid = sum(act.details["amount"] for act in case.timeline if act.act == "payment_booked")
    rest = case.contract["total"] - paid
    if rest <= 0:
        return _paid_otherwise(case, found)
    percent = found["percent"]
    fee = Fraction(0) if percent is None else rest * Fraction(Decimal(percent)) / PERCENT_WHOLE
    details = {
        "rail": (found["rail"] or case.contract["payment"]["rail"]).casefold(),
        "amount": rest + int(fee + Fraction(1, 2)),
        "currency": case.contract["currency"],
    }
    at = moment(found["at"], case)
    return with_acts(case, Act(at=at, by="provider", act="payment_booked", details=details))


def _paid_amount(case: Case, found: re.Match[str]) -> Case:
    """A payment of just so much is booked, beside those that are told of."""
    details = {
        "rail": (found["rail"] or case.contract["payment"]["rail"]).casefold(),
        "amount": minor_units(case, found["amount"]),
        "currency": case.contract["currency"],
    }
    at = moment(found["at"], case)
    return with_acts(case, Act(at=at, by="provider", act="payment_booked", details=details))


def _paid_otherwise(case: Case, found: re.Match[str]) -> Case:
    """All is paid as the case tells: its one payment came at another instant."""
    payments = [act for act in case.timeline if act.act in PAYMENTS]
    if len(payments) != 1 or payments[0].act != "payment_booked" or found["percent"]:
        raise NotTranslatedError(f"which payment {found[0]!r} means")
    if found[0].startswith("booked") and any(a.act == "inspection_book" for a in case.timeline):
        raise NotTranslatedError(f"what is meant by {found[0]!r}")
    if (found["rail"] or payments[0].details["rail"]).casefold() != payments[0].details["rail"]:
        raise NotTranslatedError(f"the fee of {found[0]!r}")
    moved = dataclasses.replace(payments[0], at=moment(found["at"], case))
    kept = tuple(act for act in case.timeline if act is not payments[0])
    return with_acts(dataclasses.replace(case, timeline=kept), moved)


def _deposit_paid(case: Case, found: re.Match[str]) -> Case:
    """Only what the schedule asks for first is paid."""
    schedule = case.contract["payment"]["schedule"]
    if len(schedule) < len(("deposit", "balance")) or any(a.act in PAYMENTS for a in case.timeline):
        raise NotTranslatedError(f"the deposit of {found[0]!r}")
    details = {
        "rail": case.contract["payment"]["rail"],
        "amount": schedule[0]["amount"],
        "currency": case.contract["currency"],
    }
    at = moment(found["at"], case)
    return with_acts(case, Act(at=at, by="provider", act="payment_booked", details=details))


def _balance_missing(case: Case, _: re.Match[str]) -> Case:
    """Of what the case tells of payments, only the first is made."""
    paid = [act for act in case.timeline if act.act in PAYMENTS]
    kept = tuple(act for act in case.timeline if act not in paid[1:])
    return dataclasses.replace(case, timeline=kept)


def _payment_missing(case: Case, found: re.Match[str]) -> Case:
    """One of several payments never comes."""
    paid = [act for act in case.timeline if act.act in PAYMENTS]
    number = ORDINALS.index(found["number"].casefold())
    if number >= len(paid):
        raise NotTranslatedError(f"the payment of {found[0]!r}")
    kept = tuple(act for act in case.timeline if act is not paid[number])
    return dataclasses.replace(case, timeline=kept)


def _entries(case: Case, **fields: Any) -> Case:
    """Every entry of the bank's statements says something else besides."""
    timeline = tuple(
        dataclasses.replace(
            act,
            details={
                **act.details,
                "entries": [{**entry, **fields} for entry in act.details["entries"]],
            },
        )
        if act.act == "statement"
        else act
        for act in case.timeline
    )
    return dataclasses.replace(case, timeline=timeline)


def _booked(case: Case, found: re.Match[str]) -> Case:
    text = found["at"]
    return _entries(case, **({"booked_at": text} if "T" in text else {"booked": text}))


def _payment_says(case: Case, found: re.Match[str]) -> Case:
    """The payments carry words of their own, by which they may name what they are for."""
    timeline = tuple(
        dataclasses.replace(act, details={**act.details, "remittance": found["words"]})
        if act.act == "payment_booked"
        else act
        for act in case.timeline
    )
    return dataclasses.replace(case, timeline=timeline)


def _instead_of(case: Case, found: re.Match[str]) -> Case:
    return without_acts(*INSTEAD_OF[found["what"].casefold()])(case, found)


def _instead_of_all_after(case: Case, found: re.Match[str]) -> Case:
    """Nothing of what came after an instant happened."""
    at = moment(found["at"], case)
    if "T" not in found["at"]:
        at = end_of_date(dt.date.fromisoformat(found["at"]), case.contract["zone"])
    kept = tuple(act for act in case.timeline if act.at <= at)
    return dataclasses.replace(case, timeline=kept)


def _chargeback_otherwise(case: Case, found: re.Match[str]) -> Case:
    """The chargeback that is told of ends otherwise, or is of another amount."""
    if not any(act.act == "chargeback_opened" for act in case.timeline):
        raise NotTranslatedError("no chargeback to tell otherwise")
    groups = found.groupdict()
    amount = groups.get("amount")
    told = {} if amount is None else {"amount": minor_units(case, amount)}
    case = dataclasses.replace(
        case,
        timeline=tuple(
            dataclasses.replace(act, details={**act.details, **told})
            if act.act == "chargeback_opened"
            else act
            for act in case.timeline
        ),
    )
    if found["end"] is None:
        return case
    ended = [a for a in case.timeline if a.act in {"chargeback_won", "chargeback_lost"}]
    if found["at"] is None and not ended:
        raise NotTranslatedError("when the chargeback ends")
    at = ended[-1].at if found["at"] is None else moment(found["at"], case)
    kept = tuple(act for act in case.timeline if act not in ended)
    end = Act(at=at, by="provider", act=f"chargeback_{found['end'].casefold()}", details={})
    return dataclasses.replace(case, timeline=(*kept, end))


def _presented(case: Case, found: re.Match[str]) -> Case:
    at = moment(found["at"], case)
    return with_acts(case, Act(at=at, by="supplier", act="present_documents", details={}))


def _honoured(case: Case, found: re.Match[str]) -> Case:
    at = moment(found["at"], case)
    return with_acts(case, Act(at=at, by="bank", act="credit_honoured", details={}))


def _platform_cancels(case: Case, found: re.Match[str]) -> Case:
    at = moment(found["at"], case)
    return with_acts(case, Act(at=at, by="platform", act="cancel", details={}))


def _payout_confirmed(case: Case, found: re.Match[str]) -> Case:
    """The bank confirms a payout, and may say so twice."""
    told = [moment(found[name], case) for name in ("at", "again") if found[name] is not None]
    details = {"amount": minor_units(case, found["amount"])}
    return with_acts(
        case, *(Act(at=at, by="bank", act="payout_confirmed", details=details) for at in told)
    )


def _payables(case: Case, found: re.Match[str]) -> Case:
    """Other orders released money to the supplier, and nothing of it was paid out; one act for each sum named."""
    at = last_at(case) - ONE_SECOND
    # What this order released to it before has left.
    acts = [Act(at=at - ONE_SECOND, by="bank", act="payout_confirmed", details={})]
    for text in re.split(r",? and ", found["amounts"]):
        amount, currency = _money(case, text.rstrip(",."))
        details = {"amount": amount, "currency": currency}
        acts.append(Act(at=at, by="ledger", act="supplier_payable", details=details))
    return with_acts(case, *acts)


def _money(case: Case, text: str) -> tuple[int, str]:
    """Read an amount with its currency, which may be another than the order's and then has two decimals."""
    parts = AMOUNT_PARTS.fullmatch(text.strip())
    if parts is None:
        raise NotTranslatedError(f"the amount {text!r}")
    own = case.contract["currency"]
    after = parts["after"] and CURRENCIES_IN_WORDS.get(parts["after"].casefold(), parts["after"])
    currency = parts["before"] or after or own
    if currency == own:
        return minor_units(case, text), own
    figures = parts["figures"].replace(",", "")
    minor = Fraction(figures) * PERCENT_WHOLE if "." in figures else Fraction(figures)
    if minor.denominator != 1:
        raise NotTranslatedError(f"the amount {text!r}")
    return int(minor), currency


def _payable_told(name: str) -> Change:
    """The payables that the case tells of are of another amount or currency."""

    def change(case: Case, found: re.Match[str]) -> Case:
        told = minor_units(case, found["amount"]) if name == "amount" else found["currency"]
        timeline = tuple(
            dataclasses.replace(act, details={**act.details, name: told})
            if act.act == "supplier_payable"
            else act
            for act in case.timeline
        )
        return dataclasses.replace(case, timeline=timeline)

    return change


def _pays_after_the_fund(case: Case, found: re.Match[str]) -> Case:
    """The supplier pays in once the fund has paid the buyer."""
    date = case.contract.get("shipment_date")
    ends = [last_at(case)]
    if date is not None:
        ends.append(end_of_date(dt.date.fromisoformat(date), case.contract["zone"]))
    details = {"amount": minor_units(case, found["amount"])}
    at = max(ends) + UNTIL_THE_FUND_PAID
    return with_acts(case, Act(at=at, by="supplier", act="supplier_pays_in", details=details))


def _consents(case: Case, _: re.Match[str]) -> Case:
    """The buyer agrees to what a way to pay costs now, before it pays."""
    at = last_at(case) + AFTERWARD
    paid = [act.at for act in case.timeline if act.act in PAYMENTS]
    at = min([at, *(told - dt.timedelta(hours=1) for told in paid)])
    return with_acts(case, Act(at=at, by="buyer", act="consent_to_fee", details={}))


MONEY = patterns(
    (
        (
            rf"(?:(?:(?:O\d+|the balance|the rest|the payment|the transfer|the wire|the whole price|the price) )?(?:(?:is|was) )?(?:paid|booked)|the (?:payment|transfer|wire) (?:comes|came|arrives|arrived))(?: in full)?(?: by (?P<rail>{RAILS}))?(?: late,?)? {AT}"
            rf"(?: with (?P<percent>\d+(?:\.\d+)?) ?%)?"
        ),
        _paid,
    ),
    (
        rf"by (?P<rail>{RAILS}) {AT}(?: with (?P<percent>\d+(?:\.\d+)?) ?%)?",
        _paid,
    ),
    (
        (
            rf"(?:the|a|another) (?:further )?(?:balance|rest|payment|transfer|instalment) of {AMOUNT} (?:(?:is|was) )?(?:paid|booked|comes|came|arrives|arrived)"
            rf"(?: by (?P<rail>{RAILS}))? {AT}"
        ),
        _paid_amount,
    ),
    (rf"(?:only )?the deposit (?:is|was) paid {AT}", _deposit_paid),
    (
        r"the balance (?:(?:is|was) (?:never|not)|has not been) paid(?: yet)?|no balance is (?:ever )?paid|only the deposit is paid",
        _balance_missing,
    ),
    (
        r"(?:it (?:is|stays) )?unpaid|no payment (?:ever )?(?:comes|is made)|nothing is (?:ever )?paid",
        without_acts(*PAYMENTS),
    ),
    (
        rf"the (?P<number>{'|'.join(ORDINALS)}) (?:transfer|payment) never comes",
        _payment_missing,
    ),
    (rf"the entry (?:is|was) (?:booked|dated) {AT}", _booked),
    (rf"the bank gives the instant of the booking: (?P<at>{INSTANT[1:-1]})", _booked),
    (r"the (?:transfer|payment) (?:says|names) '(?P<words>[^']+)'", _payment_says),
    (rf"instead of (?P<what>{'|'.join(INSTEAD_OF)})", _instead_of),
    (rf"instead of all after {AT}", _instead_of_all_after),
    (
        rf"instead of being (?:won|lost),? the chargeback is (?P<end>won|lost)(?: {AT})?",
        _chargeback_otherwise,
    ),
    (
        rf"(?:instead: )?the chargeback is for {AMOUNT} only(?:,? and(?: is)? (?P<end>won|lost)(?: {AT})?)?",
        _chargeback_otherwise,
    ),
    (
        rf"(?:(?:the )?documents (?:(?:are|were) )?|the supplier )?(?:presented|presents) {AT}(?: \((?:late|in time)\))?",
        _presented,
    ),
    (
        rf"(?:(?:the credit is )?hono(?:u)?red|the (?:issuing )?bank hono(?:u)?rs(?: the credit)?) {AT}",
        _honoured,
    ),
    (
        rf"{AT} the platform cancels(?: the order)?(?: (?:through a fault of its own|by its own fault))?",
        _platform_cancels,
    ),
    (
        rf"the bank confirms the payout of {AMOUNT} {AT}(?: and says it again on (?P<again>{INSTANT[1:-1]}))?",
        _payout_confirmed,
    ),
    (rf"the payable is {AMOUNT}", _payable_told("amount")),
    (r"the payable is in (?P<currency>[A-Z]{3})", _payable_told("currency")),
    (
        r"the [\d,.]+ are still held for another order(?: O\d+)?(?:, not released)?",
        without_acts("supplier_payable"),
    ),
    (
        (
            r"(?:the supplier (?:has (?:(?:a|one other|another) )?(?:(?:released(?:,| and) )?unpaid )?payables? of|is owed)"
            r"|(?:a|one) (?:(?:released and )?unpaid )?payable of the supplier from (?:another|one other) order(?:,? released and unpaid,?)?(?: of)?)"
            r" (?P<amounts>(?:[A-Z]{3} )?\d[\d,.]*(?: [A-Z]{3})?(?:,? and (?:[A-Z]{3} )?\d[\d,.]*(?: [A-Z]{3})?)*)"
            r"(?: from (?:order O\d+|other orders|another order))?"
            r"(?:, and (?:[A-Z]{3} )?\d[\d,.]* still held for (?:a third|another)(?: order)?)?"
            r"(?:,? stands? in the ledger)?"
        ),
        _payables,
    ),
    (
        rf"(?:after|once) the fund has paid,? the supplier pays {AMOUNT}(?: (?:in)?to the programme)?",
        _pays_after_the_fund,
    ),
    (
        r"the supplier pays nothing(?: back| itself)?(?: and has no other payables)?|(?:it )?has no other (?:payables|sales|orders)|(?:it )?is owed nothing|no other claim(?: is made)?",
        unchanged,
    ),
    (r"the buyer has consented|with the buyer's consent", _consents),
    (r"no claim(?: is made)?", unchanged),
    (r"the buyer has not consented|without the buyer's consent", unchanged),
)
