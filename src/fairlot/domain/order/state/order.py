"""One order whole, folded from its events; one status field, a few optional parts, nothing decided here."""

from __future__ import annotations

import datetime as dt

import msgspec

from fairlot.domain.order.state.credit import Credit
from fairlot.domain.order.state.dispute import Claim, Dispute, RefusedClaim
from fairlot.domain.order.state.goods import GoodsReturn, Inspection, LotChoice, Shipment
from fairlot.domain.order.state.money import (
    AwaitedPayment,
    Chargeback,
    Funds,
    GivenBack,
    Payment,
    Refund,
    Seeking,
    SuspenseItem,
    Unanswered,
)
from fairlot.domain.order.state.status import Mandate, Proposal, Sample, Status
from fairlot.domain.order.terms import Party, Terms
from fairlot.domain.policy.model import Custody


class Order(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One order. Everything optional is absent until its event; `status` is the only place that says where it stands."""

    status: Status = Status.DRAFT
    policy_id: str = ""
    custody: Custody = Custody.HELD
    buyer_id: str = ""
    supplier_id: str = ""
    drafted_by: Party = Party.BUYER
    mandates: tuple[Mandate, ...] = ()
    samples: tuple[Sample, ...] = ()
    proposal: Proposal | None = None
    terms: Terms | None = None
    agreed_at: dt.datetime | None = None
    enrolled: bool = False
    cover_minor: int = 0
    # What lower totals took off the cover: it still stands behind what they give back (ruling A11).
    cover_given_up_minor: int = 0
    payment_until: dt.datetime | None = None
    payment_completed_at: dt.datetime | None = None
    cancelled_by_clock: bool = False
    balance_until: dt.datetime | None = None
    # Until when a balance was due that has been paid: should its payment bounce, it is due then again (ruling A18).
    balance_met_until: dt.datetime | None = None
    shipment_date: dt.date | None = None
    shipment_until: dt.datetime | None = None
    shipment_reminded_days: int = 0
    shipment_lapsed: bool = False
    ready_at: dt.datetime | None = None
    payments: tuple[Payment, ...] = ()
    awaited: tuple[AwaitedPayment, ...] = ()
    funds: Funds = Funds()
    credit: Credit | None = None
    suspense: tuple[SuspenseItem, ...] = ()
    refunds: tuple[Refund, ...] = ()
    refund_count: int = 0
    seeking: tuple[Seeking, ...] = ()
    unanswered: tuple[Unanswered, ...] = ()
    # Counts when these pieces are cancelled; forgotten then.
    given_back: tuple[GivenBack, ...] = ()
    # Since when a way to pay costs the buyer what it costs, where that is more than at the agreement (ruling A80).
    fees_consented: dict[str, dt.datetime] = {}
    inspections: tuple[Inspection, ...] = ()
    # Who said that it advances an inspection's fee; nobody is asked again (R36).
    inspection_fee_agreed_by: tuple[Party, ...] = ()
    lot_choice: LotChoice = LotChoice.NONE
    choice_until: dt.datetime | None = None
    shipments: tuple[Shipment, ...] = ()
    # Said to have left and never seen to move: nothing is shipped by them unless they move after all (ruling A34).
    unproven: tuple[Shipment, ...] = ()
    cancelled_quantities: dict[int, int] = {}
    # The price of cancelled goods that nobody had paid yet: it is not asked for any more.
    not_asked_minor: int = 0
    first_dispatched_at: dt.datetime | None = None
    seizure_wrong_goods: bool | None = None
    seized_at: dt.datetime | None = None
    price_demanded: bool = False
    dispute: Dispute | None = None
    past_disputes: tuple[Dispute, ...] = ()
    withdrawn_claims: tuple[Claim, ...] = ()
    refused_claims: tuple[RefusedClaim, ...] = ()
    goods_return: GoodsReturn | None = None
    chargeback: Chargeback | None = None
    # Since when the buyer owes money that it got twice for this order, and since when its card is blocked for such a
    # debt on any of its orders (ruling A76).
    paid_twice_at: dt.datetime | None = None
    card_blocked_at: dt.datetime | None = None
    # When the latest dispute, chargeback or return ended: clocks overdue by then act at that instant (ruling A38).
    resumed_at: dt.datetime | None = None
    breaches: int = 0


EMPTY = Order()


def open_dispute(order: Order) -> Dispute | None:
    """Return the dispute that is open now, or None."""
    return order.dispute if order.dispute is not None and order.dispute.is_open else None


def is_charged_back(order: Order) -> bool:
    """Say whether a chargeback is open: until it ends nothing is paid that it may take as well (R26, ruling A74)."""
    return order.chargeback is not None and order.chargeback.open


def has_open_refusal(order: Order) -> bool:
    """Say whether a claim refused at the door can still be appealed, or its appeal be decided (ruling A57)."""
    return any(not refused.ended for refused in order.refused_claims)


def is_suspended(order: Order) -> bool:
    """Say whether a dispute, chargeback, running return or appealed refusal stops the ordinary clocks (ruling A38)."""
    return (
        open_dispute(order) is not None
        or order.goods_return is not None
        or is_charged_back(order)
        or (
            bool(order.refused_claims)
            and any(refused.freezes and not refused.ended for refused in order.refused_claims)
        )
    )
