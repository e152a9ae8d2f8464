"""Who pays a refund: what is held, then the supplier's unpaid payables, then the guarantee fund up to the cover.

Programme, section 5; rulings A20 to A22, A27. Inspection fees that come back are on top of the cover.
"""

from __future__ import annotations

import datetime as dt

from msgspec import UNSET
from msgspec.structs import replace

from fairlot.domain.order.asked import Story, in_business_days, in_hours
from fairlot.domain.order.events import (
    ChargebackCounted,
    RefundDecided,
    RefundFunded,
    SetOffCameLate,
)
from fairlot.domain.order.evolve.refunds import PRICE_CHANGE, SETTLEMENT, excess_cause
from fairlot.domain.order.ids import refund_id_for
from fairlot.domain.order.rules.charged_back import price_still_due_minor
from fairlot.domain.order.rules.given_back import NO_SHARES, Shares
from fairlot.domain.order.rules.inspection_fees import (
    failed_and_unreturned,
    fees_minor,
    returnable_fee_minor,
)
from fairlot.domain.order.standing import cover_left_minor, net_paid_minor, terms_of
from fairlot.domain.order.state import (
    Order,
    Seeking,
    Unanswered,
)
from fairlot.domain.policy.model import Policy

# How long a refund waits for word of the supplier's other payables before the fund pays; they answer within seconds.
SET_OFF_ANSWER_HOURS_MAX = 24


def add_refund(
    story: Story,
    *,
    cause: str,
    price_minor: int,
    at: dt.datetime,
    policy: Policy,
    inspection_ids: tuple[str, ...] = (),
    costs_minor: int = 0,
    less_fee_minor: int = 0,
    shares: Shares = NO_SHARES,
) -> None:
    """Decide a refund of part of the price, of named inspections' fees and of a return's costs, each once.

    `less_fee_minor`: what the buyer has got of fees and costs already. `shares`: of which goods it is the price. Nothing
    due adds nothing.
    """
    order = story.order
    price_minor = min(price_minor, net_paid_minor(order))
    currency = terms_of(order).currency
    inspections = tuple(i for i in failed_and_unreturned(order) if i.id in inspection_ids)
    fee_minor = costs_minor + sum(returnable_fee_minor(i, currency, policy) for i in inspections)
    fee_minor = max(0, fee_minor - less_fee_minor)
    if price_minor + fee_minor == 0:
        return
    from_held_minor = min(order.funds.held_minor, price_minor + fee_minor)
    seek_until = None
    if from_held_minor < price_minor + fee_minor:
        seek_until = _seek_until(order, cause, at, policy)
    # The programme's own days begin after those that a settlement gives its supplier to pay (ruling A78).
    starts_at = at if seek_until is None or cause != SETTLEMENT else seek_until
    story.add(
        RefundDecided(
            at=at,
            refund_id=refund_id_for(order),
            cause=cause,
            currency=currency,
            price_minor=price_minor,
            fee_minor=fee_minor,
            excess_minor=0,
            from_held_minor=from_held_minor,
            due_at=in_business_days(
                order, starts_at, policy.clocks.refund_sent_business_days, policy
            ),
            seek_until=seek_until,
            inspection_ids=tuple(i.id for i in inspections),
            unshipped_minor=shares.unshipped_minor or UNSET,
            shipped_minor=shares.shipped_minor or UNSET,
        )
    )


def add_found_due(
    story: Story,
    *,
    cause: str,
    amount_minor: int,
    at: dt.datetime,
    policy: Policy,
    inspection_ids: tuple[str, ...] = (),
    costs_minor: int = 0,
    shares: Shares = NO_SHARES,
) -> None:
    """Refund what was found due less all that lost chargebacks paid: what of it is beyond the price covers fees (A74)."""
    order = story.order
    funds = order.funds
    taken_minor = funds.charged_back_minor + funds.taken_minor - funds.goods_taken_minor
    left_minor = max(0, taken_minor - funds.charged_back_counted_minor)
    price_minor = price_still_due_minor(order, amount_minor)
    fee_minor = costs_minor + fees_minor(order, inspection_ids, policy)
    less_fee_minor = min(fee_minor, max(0, left_minor - amount_minor))
    add_refund(
        story,
        cause=cause,
        price_minor=price_minor,
        at=at,
        policy=policy,
        inspection_ids=inspection_ids,
        costs_minor=costs_minor,
        less_fee_minor=less_fee_minor,
        shares=shares,
    )
    add_counted(
        story,
        cause=cause,
        amount_minor=amount_minor - price_minor + less_fee_minor,
        at=at,
        refunded=story.order.refund_count > order.refund_count,
        inspection_ids=inspection_ids,
        shares=shares,
    )


def add_counted(
    story: Story,
    *,
    cause: str,
    amount_minor: int,
    at: dt.datetime,
    refunded: bool = True,
    inspection_ids: tuple[str, ...] = (),
    shares: Shares = NO_SHARES,
) -> None:
    """Use up what lost chargebacks paid of an amount; the refund of the rest, if any, says of which goods it is."""
    if amount_minor == 0:
        return
    said = NO_SHARES if refunded else shares
    story.add(
        ChargebackCounted(
            at=at,
            cause=cause,
            amount_minor=amount_minor,
            currency=terms_of(story.order).currency,
            inspection_ids=() if refunded else inspection_ids,
            unshipped_minor=said.unshipped_minor or UNSET,
            shipped_minor=said.shipped_minor or UNSET,
        )
    )


def _seek_until(order: Order, cause: str, at: dt.datetime, policy: Policy) -> dt.datetime:
    """After a settlement the supplier itself has its days to pay (ruling A78); else only an answer is awaited."""
    if cause == SETTLEMENT:
        days = policy.clocks.supplier_repays_business_days
        return in_business_days(order, at, days, policy)
    return in_hours(at, SET_OFF_ANSWER_HOURS_MAX)


def excess_refund(
    order: Order, *, payment_id: str, amount_minor: int, at: dt.datetime, policy: Policy
) -> RefundDecided:
    """Return the event by which an overpayment goes back."""
    return RefundDecided(
        at=at,
        refund_id=refund_id_for(order),
        cause=excess_cause(payment_id),
        currency=terms_of(order).currency,
        price_minor=0,
        fee_minor=0,
        excess_minor=amount_minor,
        from_held_minor=0,
        due_at=in_business_days(order, at, policy.clocks.refund_sent_business_days, policy),
    )


def funded(order: Order, seeking: Seeking, *, taken_minor: int, at: dt.datetime) -> RefundFunded:
    """Return where the sought part of a refund comes from once the supplier's part is known.

    Behind a price that was lowered stands the cover that was lowered with it, then what is left (ruling A11).
    """
    from_payables = taken_minor
    already = from_payables + seeking.from_supplier_minor
    price_left = max(0, seeking.price_minor - already)
    fee_left = max(0, seeking.fee_minor - max(0, already - seeking.price_minor))
    given_up = order.cover_given_up_minor if seeking.cause == PRICE_CHANGE else 0
    given_up_used = min(price_left, given_up)
    cover_used = min(price_left - given_up_used, cover_left_minor(order)) if order.enrolled else 0
    from_fund = given_up_used + cover_used + (fee_left if order.enrolled else 0)
    short = price_left + fee_left - from_fund
    return RefundFunded(
        at=at,
        refund_id=seeking.refund_id,
        currency=terms_of(order).currency,
        from_payables_minor=from_payables,
        from_fund_minor=from_fund,
        cover_used_minor=cover_used,
        uncovered_minor=0 if seeking.chargeback else short,
        platform_minor=short if seeking.chargeback else 0,
        chargeback=seeking.chargeback,
    )


def came_late(
    order: Order, late: Unanswered, *, taken_minor: int, at: dt.datetime, policy: Policy
) -> SetOffCameLate:
    """Return what an answer changes that comes after the fund has paid: who pays what is as it would have been in time."""
    before = replace(
        order,
        funds=replace(
            order.funds, cover_used_minor=order.funds.cover_used_minor - late.cover_used_minor
        ),
        cover_given_up_minor=order.cover_given_up_minor + late.given_up_used_minor,
    )
    in_time = funded(before, late.seeking, taken_minor=taken_minor, at=at)
    given_up_used_minor = 0
    if late.seeking.cause == PRICE_CHANGE:
        given_up_used_minor = in_time.from_fund_minor - in_time.cover_used_minor
    return SetOffCameLate(
        at=at,
        refund_id=late.seeking.refund_id,
        currency=terms_of(order).currency,
        to_fund_minor=late.from_fund_minor - in_time.from_fund_minor,
        to_buyer_minor=late.uncovered_minor - in_time.uncovered_minor,
        to_platform_minor=late.platform_minor - in_time.platform_minor,
        cover_back_minor=late.cover_used_minor - in_time.cover_used_minor,
        given_up_back_minor=late.given_up_used_minor - given_up_used_minor,
        chargeback=late.seeking.chargeback,
        back_id=refund_id_for(order),
        due_at=in_business_days(order, at, policy.clocks.refund_sent_business_days, policy),
    )
