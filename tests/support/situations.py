"""Situations in which an order can be: each status by real commands, and the stages that one status holds."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from fairlot.domain.order import commands as c
from fairlot.domain.order.state import (
    Condition,
    CreditDocument,
    InspectionStage,
    OfferKind,
    Right,
    Wish,
)
from fairlot.domain.order.terms import Mode, Party, Proof
from fairlot.domain.policy.model import Ground
from tests.support.given import (
    BANK,
    BUYER,
    GUARANTEE,
    HALVES,
    INSPECTOR,
    OPERATOR,
    PRICE,
    SUPPLIER,
    Given,
    booking,
    claim,
    days,
    given,
    payment,
    refund_offer,
    report,
    seconds,
    shipment,
)
from tests.support.plausible import CREDIT_DOCUMENTS, plausible

MANDATE = c.GrantMandate(agent_id="com_agent", rights=tuple(Right))


def _sampled() -> Given:
    here = given().drafted().by(BUYER, MANDATE, c.RequestSample(sample_id="a"))
    here = here.by(SUPPLIER, c.RecordSampleSent(sample_id="a", seal_hash="9" * 64))
    return here.by(BUYER, c.RequestSample(sample_id="b"))


def _changing() -> Given:
    here = given().paid()
    later = msgspec.structs.replace(here.terms, version_hash="2" * 64)
    return here.by(SUPPLIER, c.ProposeVersion(terms=later))


def _failed() -> Given:
    return given().paid().by(BUYER, booking()).by(INSPECTOR, report(major=9))


def _on_condition() -> Given:
    here = given().disputed()
    terms = c.OfferTerms(
        id="o1", kind=OfferKind.REPLACEMENT, quantity=10, until=here.now + days(20)
    )
    return here.by(SUPPLIER, c.MakeOffer(offer=terms)).by(BUYER, c.AcceptOffer(offer_id="o1"))


def _appealed() -> Given:
    decided = given().disputed().decided(100_000)
    return decided.by(BUYER, c.Appeal(ground="new_evidence", reason_hash="r"))


def _returning() -> Given:
    return given().disputed().decided(PRICE, condition=Condition.RETURN).final()


def _return_sent() -> Given:
    return _returning().by(BUYER, c.RecordReturnSent(mode=Mode.SEA, proof_hash="p"))


def _return_reported() -> Given:
    here = _return_sent().by(BANK, c.RecordReturnArrived(proof_hash="p"))
    return here.by(INSPECTOR, c.RecordCondition(before=False, same=False, report_hash="r"))


def _return_contested() -> Given:
    return _return_reported().by(BUYER, c.ContestReturn(reason_hash="r"))


def _awaited() -> Given:
    """A way to pay whose payments count after three banking days."""
    here = given()
    ways = tuple(
        msgspec.structs.replace(way, confirm_after_banking_days=3) if way.name == "wire" else way
        for way in here.policy.ways_to_pay
    )
    policy = msgspec.structs.replace(here.policy, ways_to_pay=ways)
    waiting = msgspec.structs.replace(here, policy=policy)
    return waiting.agreed().after(days(2)).by(BANK, payment(PRICE))


def _credit_stands() -> Given:
    """An order under a letter of credit, its goods shipped five days before the date."""
    here = given().agreed().after(days(2))
    advised = plausible(here.order, c.RecordCreditAdvised, now=here.now, terms=here.terms)
    here = here.by(BANK, advised)
    assert here.order.shipment_until is not None
    return here.at(here.order.shipment_until - days(5)).by(SUPPLIER, shipment())


def _presented(*documents: CreditDocument) -> Given:
    shown = c.PresentDocuments(amount_minor=PRICE, documents=documents, document_hash="d")
    return _credit_stands().by(SUPPLIER, shown)


def _discrepant() -> Given:
    return _presented()


def _credit_lapsed() -> Given:
    return _discrepant().after(days(10)).settled()


def _performing() -> Given:
    here = given().paid()
    assert here.order.shipment_until is not None
    late = here.at(here.order.shipment_until + days(2)).by(BUYER, claim(Ground.LATE))
    until = late.now + days(60)
    asked = late.by(BUYER, c.StateWish(wish=Wish.PERFORMANCE))
    return asked.decided(0, condition=Condition.PERFORM, until=until, otherwise_minor=PRICE).final()


def _late() -> Given:
    here = given().paid()
    assert here.order.shipment_until is not None
    return here.at(here.order.shipment_until + days(1)).settled()


def _charged_back() -> Given:
    here = given().paid(1_028_000, rail="card")
    return here.by(BANK, c.RecordChargebackOpened(chargeback_id="cb1", amount_minor=1_028_000))


def _refused() -> Given:
    return given().delivered().when(BUYER, claim(Ground.CUSTOMS_DELAY)).after


def _sought() -> Given:
    return given(GUARANTEE).disputed().decided(300_000).final()


def _completed() -> Given:
    return given().delivered().by(BUYER, c.ConfirmReceipt())


STATUSES: dict[str, Callable[[], Given]] = {
    "draft": _sampled,
    "proposed": lambda: given().proposed().by(BUYER, MANDATE),
    "agreed": lambda: given().agreed(),
    "in_production": lambda: given().paid(),
    "shipped": lambda: given().shipped(),
    "delivered": lambda: given().delivered(),
    "completed": _completed,
    "closed": lambda: given().delivered().quiet(),
    "refunded": lambda: given().disputed().decided(PRICE).final(),
    "settled": lambda: given().disputed().decided(300_000).final(),
    "cancelled": lambda: given().paid().quiet(),
    "expired": lambda: given().proposed().by(BUYER, MANDATE).quiet(),
}


def _paid_twice() -> Given:
    """Refunded in full before the bank took the payment back as well."""
    here = given().disputed(amount_minor=1_028_000, rail="card").decided(1_000_000).final()
    return here.by(
        BANK,
        c.RecordRefundConfirmed(refund_id="r1", amount_minor=1_000_000),
        c.RecordChargebackOpened(chargeback_id="cb1", amount_minor=1_028_000),
        c.RecordChargebackEnded(chargeback_id="cb1", won=False),
    )


STAGES: dict[str, Callable[[], Given]] = {
    "change proposed": _changing,
    "paid too much": lambda: given(instalments=HALVES).agreed().by(BANK, payment(550_000)),
    "paid by card": lambda: given().paid(1_028_000, rail="card"),
    "paid by card at the supplier's fee": lambda: given(fee_borne_by=Party.SUPPLIER).paid(
        PRICE, rail="card"
    ),
    "inspection booked": lambda: given().paid().by(BUYER, booking()),
    "inspection failed": _failed,
    "rework chosen": lambda: _failed().by(BUYER, c.RequestRework()),
    "number without movement": lambda: (
        given().paid().by(SUPPLIER, shipment(proof=Proof.CARRIER_NUMBER))
    ),
    "late": _late,
    "claim refused": _refused,
    "refusal appealed": lambda: _refused().by(
        BUYER, c.AppealRefusal(refusal_id="q1", reason_hash="r")
    ),
    "negotiation": lambda: given().disputed(),
    "answer lapsed": lambda: given().disputed().after(days(3) + seconds(1)).settled(),
    "offer stands": lambda: given().disputed().by(SUPPLIER, refund_offer(50_000)),
    "settled on condition": _on_condition,
    "mediator to be named": lambda: given().disputed().escalated(),
    "evidence round": lambda: given().disputed().heard().by(BUYER, c.SubmitEvidence(item_hash="e")),
    "inspection asked": lambda: given().disputed().heard().by(BUYER, c.AskInspection()),
    "inspection in the case": lambda: (
        given().disputed().heard().by(BUYER, booking("i1", InspectionStage.DISPUTE))
    ),
    "decision due": lambda: given().disputed().heard().after(days(5) + seconds(1)).settled(),
    "decided": lambda: given().disputed().decided(100_000),
    "appealed": _appealed,
    "appeal heard": lambda: _appealed().by(OPERATOR, c.NameMediator(mediator_id="per_second")),
    "performance ordered": _performing,
    "return opened": _returning,
    "return sent": _return_sent,
    "return arrived": lambda: _return_sent().by(BANK, c.RecordReturnArrived(proof_hash="p")),
    "return reported": _return_reported,
    "return contested": _return_contested,
    "payment awaited": _awaited,
    "credit advised": _credit_stands,
    "documents presented": lambda: _presented(*CREDIT_DOCUMENTS),
    "documents discrepant": _discrepant,
    "credit lapsed": _credit_lapsed,
    "chargeback open": _charged_back,
    "paid twice": _paid_twice,
    "refund sought": _sought,
    "fund to recover": lambda: _sought().quiet(),
}
