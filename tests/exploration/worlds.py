"""The bounded worlds: small amounts, two lines, split payment, one dispute with appeal, one return, one chargeback."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from msgspec.structs import replace

from fairlot.domain.order import commands as c
from fairlot.domain.order.rules.charged_back import at_stake_minor
from fairlot.domain.order.state import (
    Condition,
    DisputeStatus,
    InspectionStage,
    OfferKind,
    Order,
    Outcome,
    open_dispute,
)
from fairlot.domain.order.terms import (
    Mode,
    Party,
    Proof,
)
from fairlot.domain.party import PROVIDER
from fairlot.domain.policy.fees import way_in_force
from fairlot.domain.policy.loading import shipped_policies
from fairlot.domain.policy.model import CoverKind, Custody, Ground, Policy, Rail
from tests.exploration.choices import (
    chargeback_choices,
    choice,
    contested_return_choices,
    credit_choices,
    dearer_choices,
    paid_once,
)
from tests.exploration.explorer import Act, Choice, World
from tests.exploration.starts import (
    AGREED_AT,
    BUYER,
    INSPECTOR,
    MEDIATOR,
    OPERATOR,
    SECOND_MEDIATOR,
    SUPPLIER,
    after_payment,
    agreed,
    claim,
    heard,
    small_terms,
    to_be_returned,
    with_awaited_payments,
)


def paid_twice(order: Order) -> bool:
    return len(order.payments) + len(order.suspense) == 1


def no_dispute_yet(order: Order) -> bool:
    return order.dispute is None


def none_refused_yet(order: Order) -> bool:
    return not order.refused_claims


def in_dispute(order: Order) -> bool:
    return open_dispute(order) is not None


def is_heard(order: Order) -> bool:
    dispute = open_dispute(order)
    return dispute is not None and dispute.status in {
        DisputeStatus.MEDIATION,
        DisputeStatus.APPEALED,
    }


def no_offer(order: Order) -> bool:
    dispute = open_dispute(order)
    return dispute is not None and not dispute.offers


def booked_none(order: Order) -> bool:
    return not order.inspections


def booked_one(order: Order) -> bool:
    return len(order.inspections) == 1


def money_choices() -> tuple[Choice, ...]:
    """Return ways for money to come, to be too much, to bounce and to go back."""
    found = []
    for number, when in (("p1", paid_once), ("p2", paid_twice)):
        for amount in (257, 514, 600):
            command = c.RecordPayment(
                payment_id=number, rail="card", amount_minor=amount, currency="USD"
            )
            found.append(choice(PROVIDER, command, when))
        foreign = c.RecordPayment(payment_id=number, rail="wire", amount_minor=300, currency="EUR")
        found.append(choice(PROVIDER, foreign, when))
    found.append(choice(PROVIDER, c.RecordPaymentReversed(payment_id="p1", code="R01")))
    found.append(choice(BUYER, c.KeepExcess(payment_id="p1")))
    found.append(Choice(PROVIDER, _confirm_first_refund))
    found.append(Choice(PROVIDER, _answer_set_off(0)))
    found.append(Choice(PROVIDER, _answer_set_off(50)))
    return tuple(found)


def full_payment_choice() -> tuple[Choice, ...]:
    """Return the one plain payment."""
    command = c.RecordPayment(payment_id="p1", rail="card", amount_minor=514, currency="USD")
    return (choice(PROVIDER, command, paid_once), Choice(PROVIDER, _answer_set_off(50)))


def _confirm_first_refund(order: Order) -> c.OrderCommand | None:
    if not order.refunds or order.refunds[0].amount_minor == 0:
        return None
    refund = order.refunds[0]
    return c.RecordRefundConfirmed(
        refund_id=refund.id, amount_minor=refund.amount_minor - refund.confirmed_minor or 1
    )


def _answer_set_off(taken_minor: int) -> Act:
    def act(order: Order) -> c.OrderCommand | None:
        sought = (*order.seeking, *(late.seeking for late in order.unanswered))
        if not sought:
            return None
        return c.RecordSetOff(refund_id=sought[0].refund_id, taken_minor=taken_minor)

    return act


def goods_choices() -> tuple[Choice, ...]:
    """Return ways for goods to leave and arrive, whole or in two shipments."""
    bill = Proof.BILL_OF_LADING
    return (
        choice(SUPPLIER, c.RecordShipment(shipment_id="S1", proof=bill, document_hash="d")),
        choice(
            SUPPLIER,
            c.RecordShipment(shipment_id="S1", proof=bill, document_hash="d", quantities={1: 3}),
        ),
        choice(
            SUPPLIER,
            c.RecordShipment(shipment_id="S2", proof=bill, document_hash="d", quantities={2: 2}),
        ),
        choice(
            SUPPLIER,
            c.RecordShipment(
                shipment_id="S3",
                proof=Proof.CARRIER_NUMBER,
                document_hash="d",
                quantities={2: 2},
            ),
        ),
        choice(PROVIDER, c.RecordDelivery(shipment_id="S1", document_hash="d")),
        choice(PROVIDER, c.RecordDelivery(shipment_id="S2", document_hash="d")),
        choice(PROVIDER, c.RecordDelivery(shipment_id="S3", document_hash="d")),
        choice(BUYER, c.ExtendArrival(shipment_id="S1")),
        choice(SUPPLIER, c.ExtendArrival(shipment_id="S1")),
        choice(BUYER, c.ConfirmReceipt()),
        choice(SUPPLIER, c.NotifyGoodsReady()),
    )


def giving_up_choice() -> tuple[Choice, ...]:
    """Return the platform's own cancellation, with whatever was paid by then."""
    return (choice(OPERATOR, c.CancelByPlatform(reason_hash="r")),)


def plain_goods_choices() -> tuple[Choice, ...]:
    """Return the plain way: all goods leave, arrive, are confirmed."""
    return (
        choice(
            SUPPLIER,
            c.RecordShipment(shipment_id="S1", proof=Proof.BILL_OF_LADING, document_hash="d"),
        ),
        choice(PROVIDER, c.RecordDelivery(shipment_id="S1", document_hash="d")),
        choice(BUYER, c.ConfirmReceipt()),
    )


def _report(inspection_id: str, major: int) -> c.OrderCommand:
    return c.RecordInspectionReport(
        inspection_id=inspection_id,
        lot=5,
        critical=c.Finding(found=0),
        major=c.Finding(found=major),
        minor=c.Finding(found=0),
    )


def inspection_choices(stage: InspectionStage) -> tuple[Choice, ...]:
    """Return two inspections that pass or fail, and what the buyer makes of a failure."""
    found = [
        choice(
            BUYER,
            c.BookInspection(inspection_id=i, company="SGS", stage=stage, fee_minor=30),
            when,
        )
        for i, when in (("i1", booked_none), ("i2", booked_one))
    ]
    for i in ("i1", "i2"):
        found += [choice(INSPECTOR, _report(i, major)) for major in (0, 2)]
    found += [
        choice(BUYER, c.RejectLot(), no_dispute_yet),
        choice(BUYER, c.RequestRework()),
        choice(BUYER, c.WaiveFindings(term_ids=("T1",), signature_hash="w")),
    ]
    return tuple(found)


def claim_choices(*grounds: Ground) -> tuple[Choice, ...]:
    """Return one dispute per ground, and a claim refused at the door with its appeal."""
    found = [
        choice(BUYER, c.OpenDispute(claims=(claim(g),)), no_dispute_yet, none_refused_yet)
        for g in grounds
    ]
    found += [
        choice(
            BUYER,
            c.OpenDispute(claims=(claim(Ground.CUSTOMS_DELAY),)),
            no_dispute_yet,
            none_refused_yet,
        ),
        choice(BUYER, c.AppealRefusal(refusal_id="q1", reason_hash="r")),
        choice(
            MEDIATOR,
            c.DecideRefusal(refusal_id="q1", admit=True, reason_hash="r"),
            no_dispute_yet,
        ),
        choice(MEDIATOR, c.DecideRefusal(refusal_id="q1", admit=False, reason_hash="r")),
    ]
    return tuple(found)


def line_claim_choices() -> tuple[Choice, ...]:
    """Return claims that name single lines: opened, added, given up, refused at the door; and a confirmation beside them."""
    found = [
        choice(BUYER, c.OpenDispute(claims=claims), no_dispute_yet, none_refused_yet)
        for claims in (
            (claim(Ground.QUALITY, 2),),
            (claim(Ground.QUALITY, 1), claim(Ground.COUNTERFEIT, 2)),
            (claim(Ground.CUSTOMS_DELAY, 2),),
        )
    ]
    found += [
        choice(BUYER, c.AddClaim(claim=claim(Ground.COUNTERFEIT, 1)), in_dispute),
        choice(BUYER, c.WithdrawClaim(claims=(claim(Ground.QUALITY, 1),), statement_hash="w")),
        choice(BUYER, c.ConfirmReceipt()),
        choice(BUYER, c.AppealRefusal(refusal_id="q1", reason_hash="r")),
        choice(
            MEDIATOR,
            c.DecideRefusal(refusal_id="q1", admit=True, reason_hash="r"),
            no_dispute_yet,
        ),
    ]
    return tuple(found)


def talk_choices() -> tuple[Choice, ...]:
    """Return what the parties do before mediation."""
    soon = AGREED_AT + dt.timedelta(days=300)
    return (
        choice(SUPPLIER, c.AnswerDispute(decline=True, reason_hash="r"), in_dispute),
        choice(SUPPLIER, c.AnswerDispute(decline=False, reason_hash=""), in_dispute),
        choice(BUYER, c.ExtendNegotiation(), in_dispute),
        choice(SUPPLIER, c.ExtendNegotiation(), in_dispute),
        choice(BUYER, c.Escalate(), in_dispute),
        choice(SUPPLIER, c.Escalate(), in_dispute),
        choice(SUPPLIER, _offer("o1", OfferKind.REFUND, amount_minor=100), no_offer),
        choice(
            SUPPLIER,
            _offer("o2", OfferKind.REPLACEMENT, quantity=1, until=soon),
            no_offer,
        ),
        choice(
            SUPPLIER,
            _offer("o3", OfferKind.RETURN_AND_REFUND, amount_minor=200, kept_amount_minor=20),
            no_offer,
        ),
        choice(BUYER, c.AcceptOffer(offer_id="o1"), in_dispute),
        choice(BUYER, c.AcceptOffer(offer_id="o2"), in_dispute),
        choice(BUYER, c.AcceptOffer(offer_id="o3"), in_dispute),
        choice(BUYER, c.DeclineOffer(offer_id="o1"), in_dispute),
        choice(BUYER, c.ConfirmFulfilled(), in_dispute),
        Choice(BUYER, _withdraw_all),
    )


def _offer(offer_id: str, kind: OfferKind, **fields: object) -> c.OrderCommand:
    return c.MakeOffer(offer=c.OfferTerms(id=offer_id, kind=kind, **fields))  # type: ignore[arg-type]


def _withdraw_all(order: Order) -> c.OrderCommand | None:
    dispute = open_dispute(order)
    if dispute is None or not dispute.claims:
        return None
    return c.WithdrawClaim(claims=dispute.claims, statement_hash="w")


def mediation_choices() -> tuple[Choice, ...]:
    """Return what the platform does in a case: names, decides in four ways, hears an appeal."""
    found = [
        choice(OPERATOR, c.NameMediator(mediator_id="m1"), is_heard),
        choice(OPERATOR, c.NameMediator(mediator_id="m2"), is_heard),
        choice(BUYER, c.Appeal(ground="new_evidence", reason_hash="r"), in_dispute),
        choice(SUPPLIER, c.Appeal(ground="rule_misapplied", reason_hash="r"), in_dispute),
        choice(BUYER, c.SubmitEvidence(item_hash="e"), in_dispute),
        choice(BUYER, c.AskInspection(), in_dispute),
    ]
    for mediator in (MEDIATOR, SECOND_MEDIATOR):
        found += [
            Choice(mediator, _decide(Outcome.FULL_REFUND, whole=True)),
            Choice(mediator, _decide(Outcome.PARTIAL_REFUND, amount_minor=120)),
            Choice(mediator, _decide(Outcome.FOR_SUPPLIER)),
            Choice(mediator, _decide(Outcome.FULL_REFUND, whole=True, returned=True)),
        ]
    return tuple(found)


def _decide(
    outcome: Outcome, *, whole: bool = False, amount_minor: int = 0, returned: bool = False
) -> Act:
    def act(order: Order) -> c.OrderCommand | None:
        if not is_heard(order):
            return None
        amount = at_stake_minor(order) if whole else amount_minor
        return c.Decide(
            outcome=outcome,
            amount_minor=amount,
            condition=Condition.RETURN if returned else Condition.NONE,
            otherwise_minor=min(60, amount) if returned else 0,
            reason_hash="r",
        )

    return act


def return_choices() -> tuple[Choice, ...]:
    """Return goods going back, judged by reports in either direction."""
    return (
        choice(INSPECTOR, c.RecordCondition(before=True, same=True, report_hash="r")),
        choice(INSPECTOR, c.RecordCondition(before=True, same=False, report_hash="r")),
        choice(INSPECTOR, c.RecordCondition(before=False, same=False, report_hash="r")),
        choice(BUYER, c.RecordReturnSent(mode=Mode.AIR, proof_hash="p")),
        choice(
            BUYER,
            c.RecordReturnSent(mode=Mode.AIR, proof_hash="p", carrier_chosen_by=Party.SUPPLIER),
        ),
        choice(PROVIDER, c.RecordReturnArrived(proof_hash="p")),
        choice(SUPPLIER, c.JudgeReturn()),
    )


def worlds() -> Iterator[World]:
    """Return every bounded world, in both editions."""
    for edition, policy in shipped_policies().items():
        for kind in CoverKind:
            yield from _worlds_of(edition, policy, kind)


def _parts_released(name: str, policy: Policy, start: Order) -> World:
    """Return the world of an operator whose policy releases each shipment by itself (ruling A45)."""
    money = replace(policy.money, release_per_shipment=True)
    choices = (*full_payment_choice(), *goods_choices(), *claim_choices(Ground.LATE))
    label = f"{name}: goods in parts, released in parts"
    return World(label, start, AGREED_AT, replace(policy, money=money), choices)


def _lines_frozen(edition: str, policy: Policy, start: Order, there: Order) -> Iterator[World]:
    """Return the worlds of an operator whose policy freezes what claims name and no more (ruling A60)."""
    of_lines = replace(policy, money=replace(policy.money, freeze_whole_order=False))
    label = f"{edition}: claims that freeze their lines alone"
    case = (
        *line_claim_choices(),
        *talk_choices(),
        *mediation_choices(),
        *return_choices(),
        *chargeback_choices(),
    )
    yield World(label, there, AGREED_AT, of_lines, case)
    in_parts = replace(of_lines, money=replace(of_lines.money, release_per_shipment=True))
    goods = (*full_payment_choice(), *goods_choices(), *line_claim_choices())
    yield World(f"{label}, released in parts", start, AGREED_AT, in_parts, goods)


def _fees_of_supplier(edition: str, policy: Policy) -> Iterator[World]:
    """Return the worlds of a contract that lays the fees of ways to pay on the supplier."""
    terms = small_terms(kind=CoverKind.POST_DELIVERY, split=False)
    start = agreed(policy, replace(terms, fee_borne_by=Party.SUPPLIER))
    label = f"{edition}: fees on the supplier"
    money = (
        *money_choices(),
        *plain_goods_choices(),
        *giving_up_choice(),
        *chargeback_choices(),
    )
    yield World(label, start, AGREED_AT, policy, money)
    if policy.money.custody is Custody.HELD:
        in_parts = replace(
            policy,
            money=replace(policy.money, release_per_shipment=True, freeze_whole_order=False),
        )
        goods = (*full_payment_choice(), *goods_choices(), *line_claim_choices())
        yield World(f"{label}, released in parts", start, AGREED_AT, in_parts, goods)


def _worlds_of(edition: str, policy: Policy, kind: CoverKind) -> Iterator[World]:
    plain = small_terms(kind=kind, split=False)
    name = f"{edition} {kind}"

    def world(label: str, start: Order, *choices: tuple[Choice, ...]) -> World:
        flat = tuple(one for group in choices for one in group)
        return World(f"{name}: {label}", start, AGREED_AT, policy, flat)

    start = agreed(policy, plain)
    yield world("money", start, money_choices(), plain_goods_choices(), giving_up_choice())
    if policy.cover_rules(kind).split_payment:
        split = agreed(policy, small_terms(kind=kind, split=True))
        pre = inspection_choices(InspectionStage.PRE_SHIPMENT)
        yield world("split payment and inspections", split, money_choices(), pre)
    yield world(
        "goods in parts",
        start,
        full_payment_choice(),
        goods_choices(),
        claim_choices(Ground.LATE),
    )
    if not policy.money.release_per_shipment and policy.money.custody is Custody.HELD:
        yield _parts_released(name, policy, start)
    there = after_payment(start, policy, shipped=True, delivered=True)
    yield world(
        "dispute with appeal",
        there,
        claim_choices(Ground.QUALITY, Ground.COUNTERFEIT),
        talk_choices(),
        mediation_choices(),
        return_choices(),
    )
    if kind is CoverKind.POST_DELIVERY:
        yield from _rarer_worlds(edition, policy, start, there)
        if policy.money.custody is Custody.HELD:
            yield from _lines_frozen(edition, policy, start, there)
    made = after_payment(start, policy, shipped=False, delivered=False)
    yield world(
        "dispute before shipment",
        made,
        inspection_choices(InspectionStage.PRE_SHIPMENT),
        claim_choices(Ground.LATE),
        mediation_choices(),
        plain_goods_choices(),
        giving_up_choice(),
    )
    gone = after_payment(start, policy, shipped=True, delivered=False)
    yield world(
        "chargeback beside a case",
        gone,
        chargeback_choices(),
        claim_choices(Ground.NOT_RECEIVED),
        mediation_choices(),
        plain_goods_choices(),
        money_choices()[-3:],
    )


def _rarer_worlds(edition: str, policy: Policy, start: Order, there: Order) -> Iterator[World]:
    """Return what no kind of cover changes: goods on their way back, money that counts later."""
    back, final_at = to_be_returned(there, policy)
    going_back = (
        *return_choices(),
        *contested_return_choices(),
        *chargeback_choices(),
        *money_choices()[-3:],
    )
    yield World(f"{edition}: goods on the way back", back, final_at, policy, going_back)
    ruling = (*mediation_choices(), *return_choices(), *chargeback_choices())
    yield World(f"{edition}: a case that is heard", heard(there, policy), AGREED_AT, policy, ruling)
    if way_in_force(policy, Rail.LETTER_OF_CREDIT, AGREED_AT) is not None:
        goods = (*goods_choices(), Choice(PROVIDER, _answer_set_off(50)))
        claims = (*claim_choices(Ground.NOT_RECEIVED), *giving_up_choice())
        by_credit = (*credit_choices(), *goods, *claims)
        yield World(f"{edition}: letter of credit", start, AGREED_AT, policy, by_credit)
    yield from _fees_of_supplier(edition, policy)
    patient = with_awaited_payments(policy)
    later = (
        *money_choices(),
        *plain_goods_choices(),
        *dearer_choices(start),
        *giving_up_choice(),
        *chargeback_choices(),
    )
    yield World(f"{edition}: money that counts later", start, AGREED_AT, patient, later)
