"""The acts of which scripts are made: who may do what, as it would be done now."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import msgspec

from fairlot.domain.order import commands as c
from fairlot.domain.order.standing import net_paid_minor, terms_of
from fairlot.domain.order.state import (
    Claim,
    Condition,
    InspectionStage,
    OfferKind,
    Order,
    Outcome,
    Wish,
    open_dispute,
)
from fairlot.domain.order.terms import Instalment, Mode, Party, Proof
from fairlot.domain.order.transitions import RULES
from fairlot.domain.party import Actor, Role
from fairlot.domain.policy.model import Ground
from tests.support.given import (
    BANK,
    BUYER,
    INSPECTOR,
    MEDIATOR,
    OPERATOR,
    SUPERVISOR,
    SUPPLIER,
    claim_on,
)
from tests.support.plausible import BUILDERS, plausible

HASH = "f" * 64
Maker = Callable[[Order, dt.datetime], c.OrderCommand | None]


class Act(msgspec.Struct, frozen=True):
    """Something that somebody does; nothing where it would make no sense at all."""

    actor: Actor
    make: Maker

    def actor_of(self, order: Order) -> Actor:
        """Return who acts; a mediator is the one who hears the case."""
        dispute = order.dispute
        if self.actor.role is Role.MEDIATOR and dispute is not None and dispute.mediator_id:
            return msgspec.structs.replace(self.actor, person_id=dispute.mediator_id)
        return self.actor


ASKED_BY: dict[Role, Actor] = {
    Role.BUYER: BUYER,
    Role.SUPPLIER: SUPPLIER,
    Role.INSPECTOR: INSPECTOR,
    Role.MEDIATOR: MEDIATOR,
    Role.OPERATOR: OPERATOR,
    Role.SUPERVISOR: SUPERVISOR,
    Role.PROVIDER: BANK,
}
# Begun by the script itself, or nothing that a party asks.
LEFT_OUT = {c.OpenDraft, c.SettleDue, c.GrantMandate, c.RevokeMandate}


def _plausible(command_type: type[c.Command]) -> Maker:
    def make(order: Order, now: dt.datetime) -> c.OrderCommand | None:
        if order.status not in RULES[command_type].statuses:
            return None
        return plausible(order, command_type, now=now, terms=terms_of(order))

    return make


def _common() -> list[Act]:
    """Return every command in its plausible form, by every role that may ask it."""
    return [
        Act(actor, _plausible(command_type))
        for command_type in BUILDERS
        if command_type not in LEFT_OUT
        for role, actor in ASKED_BY.items()
        if role in RULES[command_type].roles
    ]


def _pay(amount_minor: int, rail: str = "wire", currency: str = "USD", days_ago: int = 0) -> Maker:
    def make(order: Order, now: dt.datetime) -> c.OrderCommand:
        number = len(order.payments) + len(order.suspense) + 1
        return c.RecordPayment(
            payment_id=f"p{number}",
            rail=rail,
            amount_minor=amount_minor,
            currency=currency,
            booked_at=now - dt.timedelta(days=days_ago),
        )

    return make


def _claim(ground: Ground, *lines: int, wish: Wish = Wish.NONE) -> Maker:
    claim = claim_on(ground, *lines)

    def make(order: Order, now: dt.datetime) -> c.OrderCommand | None:
        del now
        if not set(lines) <= {line.number for line in terms_of(order).lines}:
            return None
        known = order.first_dispatched_at if ground is Ground.COUNTERFEIT else None
        return c.OpenDispute(claims=(claim,), known_at=known, evidence_hashes=("x",), wish=wish)

    return make


def _ship(shipment_id: str, part: int, proof: Proof = Proof.BILL_OF_LADING) -> Maker:
    """Ship one in `part` pieces of every line that is not recorded yet."""

    def make(order: Order, now: dt.datetime) -> c.OrderCommand | None:
        del now
        quantities = {
            line.number: line.quantity // part for line in terms_of(order).lines if part > 1
        }
        return c.RecordShipment(
            shipment_id=f"{shipment_id}{len(order.shipments)}",
            proof=proof,
            document_hash=HASH,
            quantities=quantities,
        )

    return make


def _report(major: int, *, mandatory: bool = False, other_goods: bool = False) -> Maker:
    def make(order: Order, now: dt.datetime) -> c.OrderCommand | None:
        del now
        waiting = [i for i in order.inspections if i.report is None and not i.lapsed]
        if not waiting:
            return None
        return c.RecordInspectionReport(
            inspection_id=waiting[0].id,
            lot=1_000,
            critical=c.Finding(found=0),
            major=c.Finding(found=major),
            minor=c.Finding(found=0),
            mandatory_failed=("T2",) if mandatory else (),
            not_as_ordered=other_goods,
        )

    return make


def _book(stage: InspectionStage) -> Maker:
    def make(order: Order, now: dt.datetime) -> c.OrderCommand | None:
        del now
        return c.BookInspection(
            inspection_id=f"i{len(order.inspections) + 1}",
            company="SGS",
            stage=stage,
            fee_minor=25_000,
        )

    return make


def _offer(kind: OfferKind) -> Maker:
    def make(order: Order, now: dt.datetime) -> c.OrderCommand | None:
        dispute = open_dispute(order)
        if dispute is None:
            return None
        amount = max(1, net_paid_minor(order) // 3)
        return c.MakeOffer(
            offer=c.OfferTerms(
                id=f"o{len(dispute.offers)}{kind}",
                kind=kind,
                amount_minor=amount,
                quantity=5,
                until=now + dt.timedelta(days=20),
                kept_amount_minor=amount // 2 if kind is OfferKind.RETURN_AND_REFUND else 0,
            )
        )

    return make


def _decide(share: int, condition: Condition = Condition.NONE) -> Maker:
    """Decide that the buyer gets so many percent of what it paid."""

    def make(order: Order, now: dt.datetime) -> c.OrderCommand | None:
        whole = net_paid_minor(order)
        amount = whole * share // 100
        outcome = Outcome.PARTIAL_REFUND
        if amount in {0, whole}:
            outcome = Outcome.FULL_REFUND if amount else Outcome.FOR_SUPPLIER
        return c.Decide(
            outcome=outcome,
            amount_minor=amount,
            condition=condition,
            until=now + dt.timedelta(days=30),
            otherwise_minor=whole // 5,
            reason_hash=HASH,
        )

    return make


def _charge_back(share: int) -> Maker:
    def make(order: Order, now: dt.datetime) -> c.OrderCommand | None:
        del now
        paid = sum(p.amount_minor for p in order.payments if p.rail == "card")
        number = 1 if order.chargeback is None else int(order.chargeback.id[2:]) + 1
        return c.RecordChargebackOpened(
            chargeback_id=f"cb{number}", amount_minor=paid * share // 100
        )

    return make


def _end_chargeback(*, won: bool) -> Maker:
    def make(order: Order, now: dt.datetime) -> c.OrderCommand | None:
        del now
        if order.chargeback is None:
            return None
        return c.RecordChargebackEnded(
            chargeback_id=order.chargeback.id, won=won, network_fee_minor=1_500
        )

    return make


def _cheaper(order: Order, now: dt.datetime) -> c.OrderCommand | None:
    """Propose a lower price for the first line, in one payment, by a later date."""
    del now
    terms = terms_of(order)
    if len(terms.instalments) > 1 or terms.shipment_date is None:
        return None
    first = terms.lines[0]
    lower = msgspec.structs.replace(first, unit_price_minor=first.unit_price_minor - 50)
    lines = (lower, *terms.lines[1:])
    total = sum(line.price_minor for line in lines)
    return c.ProposeVersion(
        terms=msgspec.structs.replace(
            terms,
            version_hash=f"{total:064d}",
            lines=lines,
            total_minor=total,
            covered_minor=min(terms.covered_minor, total),
            instalments=(Instalment(name="full", amount_minor=total),),
            shipment_date=terms.shipment_date + dt.timedelta(days=10),
        )
    )


def _condition_report(*, before: bool, same: bool) -> Maker:
    command = c.RecordCondition(before=before, same=same, report_hash=HASH)
    return lambda order, now: command  # noqa: ARG005  (the same for every order)


def _two_claims(order: Order, now: dt.datetime) -> c.OrderCommand | None:
    del order, now
    claims = (claim_on(Ground.QUALITY), Claim(ground=Ground.SHORT_QUANTITY, lines=(1,)))
    return c.OpenDispute(claims=claims)


def _special() -> list[Act]:
    """Return the forms that lead to the rarer corners."""
    money = [
        Act(BANK, _pay(300_000)),
        Act(BANK, _pay(1_300_000)),
        Act(BANK, _pay(1_028_000, rail="card")),
        Act(BANK, _pay(514_000, rail="card")),
        Act(BANK, _pay(1_001_500, rail="e-checking")),
        Act(BANK, _pay(700_000, currency="EUR")),
        Act(BANK, _pay(1_000_000, days_ago=5)),
        Act(BANK, _charge_back(100)),
        Act(BANK, _charge_back(40)),
        Act(BANK, _end_chargeback(won=True)),
        Act(BANK, _end_chargeback(won=False)),
        Act(SUPPLIER, _cheaper),
    ]
    goods = [
        Act(SUPPLIER, _ship("a", 1)),
        Act(SUPPLIER, _ship("b", 2)),
        Act(SUPPLIER, _ship("n", 1, Proof.CARRIER_NUMBER)),
        Act(BUYER, _book(InspectionStage.PRE_SHIPMENT)),
        Act(BUYER, _book(InspectionStage.DISPUTE)),
        Act(INSPECTOR, _report(0)),
        Act(INSPECTOR, _report(9)),
        Act(INSPECTOR, _report(2, mandatory=True)),
        Act(INSPECTOR, _report(1, other_goods=True)),
    ]
    case = [
        *(Act(BUYER, _claim(ground)) for ground in Ground),
        Act(BUYER, _claim(Ground.QUALITY, 2)),
        Act(BUYER, _claim(Ground.LATE, wish=Wish.PERFORMANCE)),
        Act(BUYER, _two_claims),
        *(Act(SUPPLIER, _offer(kind)) for kind in OfferKind),
        Act(BUYER, _offer(OfferKind.REFUND)),
        *(Act(MEDIATOR, _decide(share)) for share in (0, 30, 100)),
        Act(MEDIATOR, _decide(100, Condition.RETURN)),
        Act(MEDIATOR, _decide(0, Condition.PERFORM)),
        Act(SUPERVISOR, _decide(60)),
        Act(INSPECTOR, _condition_report(before=True, same=False)),
        Act(INSPECTOR, _condition_report(before=False, same=False)),
        Act(
            BUYER,
            lambda order, now: c.RecordReturnSent(  # noqa: ARG005  (the same for every order)
                mode=Mode.AIR, proof_hash=HASH, carrier_chosen_by=Party.SUPPLIER
            ),
        ),
    ]
    return [*money, *goods, *case]


ACTS: tuple[Act, ...] = (*_common(), *_special(), *_special())

OF_A_CASE = {
    c.AddClaim,
    c.AnswerDispute,
    c.MakeOffer,
    c.WithdrawOffer,
    c.DeclineOffer,
    c.AcceptOffer,
    c.ConfirmFulfilled,
    c.ExtendNegotiation,
    c.Escalate,
    c.NameMediator,
    c.SubmitEvidence,
    c.ContestEvidence,
    c.StateWish,
    c.AskInspection,
    c.Decide,
    c.Appeal,
    c.WithdrawClaim,
}
OF_A_RETURN = {
    c.RecordCondition,
    c.RecordReturnSent,
    c.RecordReturnArrived,
    c.ContestReturn,
    c.DecideReturn,
    c.JudgeReturn,
}
OF_SAMPLES = {c.RequestSample, c.RecordSampleSent, c.ApproveSample, c.RejectSample}


def is_thinkable(order: Order, command: c.OrderCommand) -> bool:
    """Say whether somebody could think of asking this now; most of what cannot be is left to the golden matrix."""
    kind = type(command)
    if order.status not in RULES[kind].statuses or kind in OF_SAMPLES:
        return False
    if kind in OF_A_CASE:
        return open_dispute(order) is not None
    if kind in OF_A_RETURN:
        return order.goods_return is not None
    return not (kind is c.OpenDispute and not order.payments)
