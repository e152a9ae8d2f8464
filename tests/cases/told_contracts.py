"""Retellings of what was agreed: other terms of the contract, who accepted what, rates and fees that an operator set."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from decimal import Decimal
from fractions import Fraction
from typing import Any

from msgspec.structs import replace

from fairlot.domain.policy.model import DatedRate, PaymentWay, Policy
from tests.cases.case_file import Act, Case
from tests.cases.contract import DEFAULT_PROOF_WORDS
from tests.cases.story import ONE_SECOND, NotTranslatedError
from tests.cases.telling import (
    AMOUNT,
    DAY,
    INSTANT,
    day_told,
    last_at,
    minor_units,
    moment,
    patterns,
    with_acts,
    without_acts,
)

AT = rf"(?:on |at )?(?P<at>{INSTANT[1:-1]})"
OWN_FORWARDER_WORDS = "receipt of the buyer's own forwarder"
SUPPLIERS_CARRIER = (
    "the supplier (?:chose|chooses) the carrier|(?:by )?the supplier's (?:own )?carrier"
)
BUYERS_CARRIER = "the buyer (?:chose|chooses) the carrier|(?:by )?the buyer's (?:own )?carrier"
_INCOTERMS = "EXW|FCA|CPT|CIP|FAS|FOB|CFR|CIF|DAP|DPU|DDP"
# How the words that change a contract may begin.
_SAYS = r"(?:(?:h\d+|the contract) (?:says|names|has|with):? )?"
_PERCENT = r"(\d+(?:\.\d+)?) ?%"
_ALL_OF_A_LINE = 1
# Cases state limits in whole units of two decimals or of the order's own.
_EXPONENTS = {
    "JPY": 0,
    "KRW": 0,
    "CLP": 0,
    "VND": 0,
    "KWD": 3,
    "BHD": 3,
    "TND": 3,
    "OMR": 3,
    "JOD": 3,
}
_USUAL_EXPONENT = 2


def with_contract_changed(case: Case, **fields: Any) -> Case:
    """Return the case with other fields of its contract."""
    return dataclasses.replace(case, contract={**case.contract, **fields})


def _incoterm(case: Case, found: re.Match[str]) -> Case:
    return with_contract_changed(case, incoterm=f"{found['incoterm'].upper()} {found['place']}")


def _suppliers_carrier(case: Case, _: re.Match[str]) -> Case:
    """The supplier's carrier proves shipment by what the Incoterm asks for."""
    return with_contract_changed(case, who_ships="supplier", proves_shipment=DEFAULT_PROOF_WORDS)


def _carrier_proves(case: Case, _: re.Match[str]) -> Case:
    return with_contract_changed(case, proves_shipment="carrier's receipt")


def _buyers_carrier(case: Case, _: re.Match[str]) -> Case:
    return with_contract_changed(case, who_ships="buyer")


def _buyers_forwarder(case: Case, found: re.Match[str]) -> Case:
    """The contract names the buyer's own forwarder, whose receipt takes the place of any other (R17)."""
    case = with_contract_changed(case, proves_shipment=OWN_FORWARDER_WORDS)
    if found["at"] is None:
        return case
    at = moment(found["at"], case)
    received = Act(at=at, by="forwarder", act="receipt", details={"received": at.isoformat()})
    return with_acts(without_acts("receipt")(case, found), received)


def _lead_time(case: Case, found: re.Match[str]) -> Case:
    days = int(found["days"])
    return with_contract_changed(case, shipment_date=None, lead_time_days=days)


def _shipment_date(case: Case, found: re.Match[str]) -> Case:
    return with_contract_changed(case, shipment_date=found[1])


def _no_trigger(case: Case, _: re.Match[str]) -> Case:
    """The schedule does not say when its later instalments are due."""
    payment = case.contract["payment"]
    schedule = [{k: v for k, v in part.items() if k != "due"} for part in payment["schedule"]]
    return with_contract_changed(case, payment={**payment, "schedule": schedule})


def _no_late_remedy(case: Case, _: re.Match[str]) -> Case:
    return with_contract_changed(case, late_remedy=None)


def _late_remedy(case: Case, found: re.Match[str]) -> Case:
    per_day, cap = (int(Decimal(found[number]) * 100) for number in (1, 2))
    return with_contract_changed(case, late_remedy={"per_day_bp": per_day, "cap_bp": cap})


def _covered(case: Case, found: re.Match[str]) -> Case:
    return with_contract_changed(case, covered_amount=minor_units(case, found["amount"]))


def _cover_kind(case: Case, found: re.Match[str]) -> Case:
    return with_contract_changed(case, cover_kind=found[1].casefold())


def _another_order(case: Case, found: re.Match[str]) -> Case:
    """An order over another sum in another currency; the supplier's limit stays what it is."""
    currency = found["currency"].upper()
    exponent = _EXPONENTS.get(currency, _USUAL_EXPONENT)
    total = Fraction(found["amount"].replace(",", "")) * 10**exponent
    if total.denominator != 1 or found["minor"] not in {None, str(total)}:
        raise NotTranslatedError(f"the amount {found['amount']!r} of {currency}")
    line = {**case.contract["lines"][0], "qty": _ALL_OF_A_LINE, "unit_price": int(total)}
    schedule = [{"name": "full", "amount": int(total)}]
    return with_contract_changed(
        case,
        currency=currency,
        exponent=exponent,
        total=int(total),
        covered_amount=int(total),
        lines=[line],
        payment={**case.contract["payment"], "schedule": schedule},
    )


def _accepted(case: Case, found: re.Match[str]) -> Case:
    """Somebody accepts, or tries to accept, a version: the one named, or else the one that lies there."""
    versions = [act.details["version"] for act in case.timeline if act.details.get("version")]
    version = found["version"] or (versions[-1] if versions else "h1")
    after = last_at(case) + ONE_SECOND
    at = after if found["at"] is None else moment(found["at"], case)
    if found["at"] is not None and "T" not in found["at"] and at.date() == after.date():
        at = max(at, after)
    by = (found["by"] or "buyer").casefold()
    return with_acts(case, Act(at=at, by=by, act="accept", details={"version": version}))


def _dated_rate(case: Case, found: re.Match[str]) -> Case:
    """The policy's rate between two currencies, of which one is that in which it keeps limits."""
    since = None if found["since"] is None else day_told(case, found["since"])
    numbers = {
        found["currency"].upper(): Fraction(found["amount"].replace(",", "")),
        found["other"].upper(): Fraction(found["worth"].replace(",", "")),
    }

    def amended(policy: Policy) -> Policy:
        limits = policy.limits
        others = [currency for currency in numbers if currency != limits.currency]
        if len(others) != 1 or limits.currency not in numbers:
            raise NotTranslatedError(f"a rate between {sorted(numbers)}")
        other = others[0]
        ratio = (numbers[other] * 10 ** _exponent(other)) / (
            numbers[limits.currency] * 10 ** _exponent(limits.currency)
        )
        rate = DatedRate(
            currency=other,
            from_date=since or dt.date.min,
            amount_minor=ratio.numerator,
            worth_minor=ratio.denominator,
        )
        kept = tuple(r for r in limits.rates if since is not None or r.currency != other)
        return replace(policy, limits=replace(limits, rates=(*kept, rate)))

    return dataclasses.replace(case, amendments=(*case.amendments, amended))


def _exponent(currency: str) -> int:
    return _EXPONENTS.get(currency, _USUAL_EXPONENT)


def _way_to_pay(case: Case, found: re.Match[str]) -> Case:
    """An operator sets another fee of a way to pay, from a day on: the entry before it ends the day before."""
    name = found["way"].casefold()
    # Entries are in force for whole days; one that begins with a day of the contract's zone begins with that date.
    date = dt.date.fromisoformat(found["since"][:10])
    basis_points = int(Decimal(found["percent"]) * 100)

    def amended(policy: Policy) -> Policy:
        ways: list[PaymentWay] = []
        for way in policy.ways_to_pay:
            if way.name != name or not way.offered or way.until_date is not None:
                ways.append(way)
                continue
            ways.append(replace(way, until_date=date - dt.timedelta(days=1)))
            ways.append(
                replace(way, fee_basis_points=basis_points, from_date=date, until_date=None)
            )
        return replace(policy, ways_to_pay=tuple(ways))

    return dataclasses.replace(case, amendments=(*case.amendments, amended))


CONTRACTS = patterns(
    (
        rf"{_SAYS}(?:under )?(?:(?:the )?Incoterm (?:is |says )?)?(?P<incoterm>{_INCOTERMS}) (?P<place>[A-Z][\w-]+(?: [A-Z][\w-]+)?)(?: instead(?: of (?:{_INCOTERMS}) [A-Z][\w-]+(?: [A-Z][\w-]+)?)?)?",
        _incoterm,
    ),
    (
        f"{SUPPLIERS_CARRIER}|the supplier ships|(?:no|without an) own forwarder(?: is named)?",
        _suppliers_carrier,
    ),
    (r"the buyer ships", _buyers_carrier),
    (
        r"receipt by (?:its|the) (?:first )?carrier proves shipment",
        _carrier_proves,
    ),
    (BUYERS_CARRIER, _buyers_carrier),
    (
        rf"(?:the contract names )?the buyer's own forwarder(?:,? who received the goods {AT})?",
        _buyers_forwarder,
    ),
    (
        rf"{_SAYS}'?shipment (?P<days>\d+) ?(?:d|days) after the first payment'?(?: instead of (?:a|the) (?:shipment )?date)?",
        _lead_time,
    ),
    (
        r"(?:the contract (?:gives|names|says|states|sets|has) )?(?:the |a )?(?:contract's )?(?:shipment date|date of shipment) (?:is |says |as |of |given as )?'?(?P<days>\d+) ?(?:d|days) (?:after|from) the first payment'?",
        _lead_time,
    ),
    (
        rf"{_SAYS}(?:the |a )?shipment date (?:is |was |of )?(?:moved to )?(\d{{4}}-\d\d-\d\d)",
        _shipment_date,
    ),
    (
        r"the (?:payment )?schedule (?:names|says|has) no (?:trigger|due date)(?: for the balance)?",
        _no_trigger,
    ),
    (
        r"(?:the contract names )?no late remedy(?: is (?:named|agreed))?|without (?:a |any )?late remedy",
        _no_late_remedy,
    ),
    (
        rf"{_SAYS}(?:with )?(?:a )?late remedy(?: is| of)? {_PERCENT} (?:a|per) day,? (?:at most|up to|capped at|cap) {_PERCENT}",
        _late_remedy,
    ),
    (rf"{_SAYS}(?:the |a )?(?:covered amount|cover) (?:is |of )?{AMOUNT}", _covered),
    (rf"covered (?:for|up to) {AMOUNT}(?: only)?", _covered),
    (rf"{_SAYS}(?:(?:h\d+ )?with )?(pre-shipment|post-delivery) cover(?: instead)?", _cover_kind),
    (
        (
            r"(?:instead of O\d+: an order|the order is) (?:of|over) (?P<currency>[A-Z]{3}) (?P<amount>[\d,]+(?:\.\d+)?)"
            r"(?: \((?P<minor>\d+) minor units\))?"
        ),
        _another_order,
    ),
    (
        (
            rf"(?:the (?P<by>buyer|supplier|agent) )?(?:had |has )?(?:accepted|tried to accept)"
            rf"(?: (?:version )?(?P<version>[a-z]\d+))?(?: {AT})?"
        ),
        _accepted,
    ),
    (
        r"(?:the )?agent(?: \w+)?'s mandate comes from another buyer|(?:the agent has )?no mandate",
        without_acts("mandate_granted"),
    ),
    (
        (
            r"(?:the )?(?:policy's )?(?:dated )?rate(?: (?:on [\w ]+?|at agreement))?(?: is|:)? (?P<amount>[\d,]+(?:\.\d+)?) (?P<currency>[A-Z]{3})"
            r" (?:for|=) (?P<worth>[\d,]+(?:\.\d+)?) (?P<other>[A-Z]{3})"
            rf"(?: since (?P<since>{DAY}))?"
        ),
        _dated_rate,
    ),
    (
        (
            rf"(?:the )?(?:policy's )?(?P<way>card|paypal) (?:entry|fee) (?:is|becomes|rises to|falls to|changes to) (?P<percent>\d+(?:\.\d+)?) ?%"
            rf" (?:from|since|on) (?P<since>{INSTANT[1:-1]})(?: on)?"
        ),
        _way_to_pay,
    ),
)
