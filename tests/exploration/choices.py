"""What may be done in worlds of letters of credit and of contested returns, and how a choice is written."""

from __future__ import annotations

import datetime as dt

from msgspec.structs import replace

from fairlot.domain.order import commands as c
from fairlot.domain.order.state import CreditDocument, Discrepancy, Order, Status
from fairlot.domain.order.terms import Instalment, Mode
from fairlot.domain.party import PROVIDER, Actor
from tests.exploration.explorer import Choice
from tests.exploration.starts import BUYER, INSPECTOR, MEDIATOR, SUPPLIER


def choice(actor: Actor, command: c.OrderCommand, *when: object) -> Choice:
    """Build a choice of one command under conditions on the order."""

    def act(order: Order) -> c.OrderCommand | None:
        return command if all(condition(order) for condition in when) else None  # type: ignore[operator]

    return Choice(actor, act)


def paid_once(order: Order) -> bool:
    return len(order.payments) + len(order.suspense) < 1


def contested_return_choices() -> tuple[Choice, ...]:
    """Return costs that the buyer states, and a return that is contested and decided."""
    return (
        choice(
            BUYER,
            c.RecordReturnSent(mode=Mode.AIR, proof_hash="p", freight_minor=7),
        ),
        choice(
            INSPECTOR,
            c.RecordCondition(before=True, same=True, report_hash="r", fee_minor=3),
            _not_reported,
        ),
        choice(BUYER, c.ContestReturn(reason_hash="r")),
        choice(SUPPLIER, c.ContestReturn(reason_hash="r")),
        choice(MEDIATOR, c.DecideReturn(refunds=True, reason_hash="r")),
        choice(MEDIATOR, c.DecideReturn(refunds=False, reason_hash="r")),
    )


def _not_reported(order: Order) -> bool:
    return order.goods_return is not None and order.goods_return.before_same is None


def credit_choices() -> tuple[Choice, ...]:
    """Return a credit that matches or does not, documents that comply or lack one, a bank that pays or refuses."""
    full = (CreditDocument.COMMERCIAL_INVOICE, CreditDocument.TRANSPORT_DOCUMENT)
    found = [
        choice(
            PROVIDER,
            c.RecordCreditAdvised(
                credit_id="lc",
                issuing_bank_bic="DEUTDEFF",
                amount_minor=amount,
                currency="USD",
                latest_shipment_date=dt.date(2026, 7, 5),
                expiry_date=dt.date(2026, 8, 1),
                documents=full,
            ),
            _unsecured,
        )
        for amount in (400, 500)
    ]
    found += [
        choice(
            SUPPLIER,
            c.PresentDocuments(amount_minor=500, documents=documents, document_hash="d"),
        )
        for documents in (full, full[1:])
    ]
    found += [
        choice(PROVIDER, c.RecordDocumentsRefused(discrepancies=(Discrepancy.FOUND_BY_BANK,))),
        choice(BUYER, c.WaiveDiscrepancies(signature_hash="w")),
        choice(PROVIDER, c.RecordCreditHonoured(payment_id="c1", amount_minor=500)),
        choice(PROVIDER, c.RecordCreditHonoured(payment_id="c1", amount_minor=300)),
        choice(
            PROVIDER,
            c.RecordPayment(payment_id="p1", rail="wire", amount_minor=500, currency="USD"),
            paid_once,
        ),
    ]
    return tuple(found)


def _unsecured(order: Order) -> bool:
    return order.credit is None or order.status is Status.AGREED


def dearer_choices(start: Order) -> tuple[Choice, ...]:
    """Return a change that costs one piece more, proposed and accepted once."""
    assert start.terms is not None
    first, *others = start.terms.lines
    total = start.terms.total_minor + first.unit_price_minor
    dearer = replace(
        start.terms,
        version_hash="h2",
        total_minor=total,
        lines=(replace(first, quantity=first.quantity + 1), *others),
        instalments=(Instalment(name="full", amount_minor=total),),
    )
    grant = c.Grant(enrolled=True, account_verified=True, cover_minor=0)
    return (
        choice(SUPPLIER, c.ProposeVersion(terms=dearer), _unchanged),
        choice(BUYER, c.AcceptVersion(version_hash="h2", grant=grant)),
    )


def _unchanged(order: Order) -> bool:
    return order.terms is not None and order.terms.version_hash == "h1" and order.proposal is None


def no_chargeback_yet(order: Order) -> bool:
    return order.chargeback is None and bool(order.payments)


def chargeback_choices() -> tuple[Choice, ...]:
    """Return one chargeback, whole or in part, won or lost."""
    found = [
        choice(
            PROVIDER,
            c.RecordChargebackOpened(chargeback_id="cb1", amount_minor=amount),
            no_chargeback_yet,
        )
        for amount in (200, 514)
    ]
    found += [
        choice(PROVIDER, c.RecordChargebackEnded(chargeback_id="cb1", won=won))
        for won in (True, False)
    ]
    return tuple(found)
