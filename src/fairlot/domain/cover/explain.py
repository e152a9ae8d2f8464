"""explain_cover(): what an order is protected against now; the same answer decides whether a claim is admitted.

So a page can never promise what the claim desk refuses (programme, section 5). Checks run in a fixed order.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import msgspec

from fairlot.domain.calendar import whole_second
from fairlot.domain.cover.windows import NotAdmitted, claim_lines
from fairlot.domain.order import quantities
from fairlot.domain.order.refusals import Code
from fairlot.domain.order.rules.charged_back import at_stake_minor, price_still_due_minor
from fairlot.domain.order.rules.frozen import held_for_minor
from fairlot.domain.order.rules.given_back import (
    left_of_gone_minor,
    lines_left_minor,
    price_left_minor,
)
from fairlot.domain.order.standing import cover_left_minor, net_paid_minor, terms_of
from fairlot.domain.order.state import Claim, Dispute, DisputeStatus, OfferKind, Order, Status
from fairlot.domain.policy.model import EXCLUDED_GROUNDS, Ground, Policy

CLAIMABLE_STATUSES = frozenset(
    {Status.IN_PRODUCTION, Status.SHIPPED, Status.DELIVERED, Status.COMPLETED, Status.AGREED}
)


class CoverAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """What holds for one trouble. `covered` is protection, `admitted` whether a claim would be taken this second.

    `opens_at`: the claim is admitted after that instant. `until`: the last instant, or None while it is not known.
    `lines` are those whose claim would be taken. Amounts are in minor units of the order's currency.
    """

    ground: Ground
    covered: bool
    admitted: bool
    code: Code | None = None
    facts: dict[str, str | int] = {}
    amount_minor: int = 0
    held_minor: int = 0
    fund_minor: int = 0
    opens_at: dt.datetime | None = None
    until: dt.datetime | None = None
    lines: tuple[int, ...] = ()


def explain_cover(
    order: Order,
    claim: Claim,
    *,
    now: dt.datetime,
    policy: Policy,
    known_at: dt.datetime | None = None,
    as_claim: bool = False,
) -> CoverAnswer:
    """Answer for one claim: covered or not, by which rule, for how much, from when and until when.

    A claim without lines means every line. `as_claim` also demands the terms a real claim must name; `known_at` is when
    the buyer learned of a fraud.
    """
    now = whole_second(now)
    lines = claim.lines or _all_lines(order)
    try:
        _check_order(order, claim, policy)
        window = claim_lines(
            order, claim, lines, now=now, policy=policy, known_at=known_at, as_claim=as_claim
        )
    except NotAdmitted as no:
        covered = no.opens_at is not None or no.code is Code.CLAIM_TOO_EARLY
        answer = _amounts(order, claim.ground, lines, policy, covered=covered)
        return msgspec.structs.replace(
            answer, code=no.code, facts=no.facts, opens_at=no.opens_at, lines=()
        )
    answer = _amounts(order, claim.ground, window.lines, policy, covered=True)
    return msgspec.structs.replace(answer, admitted=True, until=window.until, lines=window.lines)


def explain_all(order: Order, *, now: dt.datetime, policy: Policy) -> tuple[CoverAnswer, ...]:
    """Answer for every trouble there is, in the order of the grounds."""
    return tuple(
        explain_cover(order, Claim(ground=ground, lines=()), now=now, policy=policy)
        for ground in Ground
    )


def _all_lines(order: Order) -> tuple[int, ...]:
    return tuple(line.number for line in order.terms.lines) if order.terms else ()


def _amounts(
    order: Order, ground: Ground, lines: Sequence[int], policy: Policy, *, covered: bool
) -> CoverAnswer:
    """Return the amount protected: the lines' price as paid, from what is held and then the fund."""
    if not covered or order.terms is None:
        return CoverAnswer(ground=ground, covered=False, admitted=False)
    found_due = min(_price_at_stake(order, ground, lines), at_stake_minor(order))
    price = price_still_due_minor(order, found_due)
    held = min(price, held_for_minor(order, lines, policy))
    fund = min(price - held, cover_left_minor(order))
    return CoverAnswer(
        ground=ground,
        covered=True,
        admitted=False,
        amount_minor=held + fund,
        held_minor=held,
        fund_minor=fund,
    )


def _price_at_stake(order: Order, ground: Ground, lines: Sequence[int]) -> int:
    """Return the price of what a trouble may concern: of a line that is partly gone or there, only the rest (ruling A45)."""
    if ground is Ground.NEVER_SHIPPED:
        missing = quantities.missing(order)
        return price_left_minor(order, {n: missing[n] for n in lines if n in missing})
    if ground is Ground.NOT_RECEIVED:
        pieces = quantities.on_the_way(order)
        return left_of_gone_minor(order, {n: pieces[n] for n in lines if n in pieces})
    return lines_left_minor(order, lines)


def _check_order(order: Order, claim: Claim, policy: Policy) -> None:
    if order.status not in CLAIMABLE_STATUSES:
        raise NotAdmitted(Code.WRONG_STATUS, status=order.status)
    if net_paid_minor(order) <= 0:
        raise NotAdmitted(Code.NOT_PAID)
    if not order.enrolled:
        raise NotAdmitted(Code.SUPPLIER_NOT_ENROLLED)
    if claim.ground in EXCLUDED_GROUNDS or claim.ground in policy.exclusions:
        raise NotAdmitted(Code.GROUND_EXCLUDED, ground=claim.ground)
    for number in claim.lines:
        if terms_of(order).line(number) is None:
            raise NotAdmitted(Code.UNKNOWN_LINE, line=number)
    if any(_same_claim(claim, given_up) for given_up in order.withdrawn_claims):
        raise NotAdmitted(Code.CLAIM_GIVEN_UP, ground=claim.ground)
    decided = [*order.past_disputes, *([order.dispute] if order.dispute else [])]
    for dispute in decided:
        if _is_handled(dispute) and any(_same_claim(claim, done) for done in dispute.claims):
            raise NotAdmitted(Code.CLAIM_DECIDED, ground=claim.ground)


def _is_handled(dispute: Dispute) -> bool:
    """Say whether its claims are handled for good (R43): decided, or settled otherwise than by other goods."""
    if dispute.status is DisputeStatus.EXECUTED:
        return True
    offer = dispute.settled_offer
    if dispute.status is not DisputeStatus.SETTLED or offer is None:
        return False
    return offer.kind not in {OfferKind.REWORK, OfferKind.REPLACEMENT}


def _same_claim(claim: Claim, earlier: Claim) -> bool:
    """Say whether a claim repeats an earlier one: same ground, common lines, and common terms where it names any."""
    if claim.ground is not earlier.ground:
        return False
    lines = not claim.lines or not earlier.lines or set(claim.lines) & set(earlier.lines)
    terms = (
        not claim.term_ids or not earlier.term_ids or set(claim.term_ids) & set(earlier.term_ids)
    )
    return bool(lines) and bool(terms)
