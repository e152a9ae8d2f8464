"""Letters of credit: matched, presented to the day, waived, honoured, or the price is due another way (R24; A16, A17)."""

from __future__ import annotations

import datetime as dt
from typing import Any

import msgspec
import pytest

from fairlot.domain.ledger.accounts import Account
from fairlot.domain.order import commands as c
from fairlot.domain.order import events as e
from fairlot.domain.order.clocks import ClockKind
from fairlot.domain.order.refusals import Code
from fairlot.domain.order.state import (
    CreditDocument,
    CreditMismatch,
    CreditStatus,
    Discrepancy,
    Status,
)
from fairlot.domain.policy.model import Ground
from tests.support.given import (
    BANK,
    BUYER,
    ESCROW,
    GUARANTEE,
    OPERATOR,
    PRICE,
    SHIPMENT_DATE,
    SUPPLIER,
    TWO_LINES,
    Given,
    claim,
    days,
    delivery,
    given,
    local,
    payment,
    seconds,
    shipment,
)

DOCUMENTS = (CreditDocument.COMMERCIAL_INVOICE, CreditDocument.TRANSPORT_DOCUMENT)
LATEST = SHIPMENT_DATE[ESCROW]
EXPIRY = dt.date(2026, 8, 15)
WAIVED = c.WaiveDiscrepancies(signature_hash="w" * 64)
REFUSED = c.RecordDocumentsRefused(discrepancies=(Discrepancy.FOUND_BY_BANK,))


def advised(**changes: Any) -> c.RecordCreditAdvised:
    credit = c.RecordCreditAdvised(
        credit_id="lc1",
        issuing_bank_bic="DEUTDEFF500",
        amount_minor=PRICE,
        currency="USD",
        latest_shipment_date=LATEST,
        expiry_date=EXPIRY,
        documents=DOCUMENTS,
    )
    return msgspec.structs.replace(credit, **changes)


def presented(*documents: CreditDocument, amount_minor: int = PRICE) -> c.PresentDocuments:
    return c.PresentDocuments(
        amount_minor=amount_minor, documents=documents or DOCUMENTS, document_hash="d" * 64
    )


def honoured(amount_minor: int = PRICE) -> c.RecordCreditHonoured:
    return c.RecordCreditHonoured(payment_id="c1", amount_minor=amount_minor)


def secured(**changes: Any) -> Given:
    return given().agreed().after(days(2)).by(BANK, advised(**changes))


def shipped(on: str = "2026-06-20", **changes: Any) -> Given:
    """Return an order under a credit whose goods went on board on a day, recorded two days later."""
    here = secured(**changes).at(local(on) + days(2))
    return here.by(SUPPLIER, shipment(handed_over_date=dt.date.fromisoformat(on)))


class TestAdvised:
    def test_a17_a_matching_credit_puts_the_order_into_production(self) -> None:
        here = given().agreed().when(BANK, advised()).then(e.CreditAdvised, e.PaymentCompleted)
        here.stands(status=Status.IN_PRODUCTION, held_minor=0, paid_minor=0)
        assert here.balance_minor(Account.BANK) == 0
        assert here.clock(ClockKind.BALANCE) is None
        assert here.due_at(ClockKind.SHIPMENT_DUE) == local("2026-06-30 23:59:59")

    @pytest.mark.parametrize(
        ("changes", "mismatch"),
        [
            ({"currency": "EUR"}, CreditMismatch.OTHER_CURRENCY),
            ({"amount_minor": PRICE - 1}, CreditMismatch.AMOUNT_TOO_SMALL),
            ({"latest_shipment_date": LATEST - days(1)}, CreditMismatch.SHIPMENT_TOO_EARLY),
            ({"expiry_date": LATEST - days(1)}, CreditMismatch.EXPIRES_TOO_EARLY),
        ],
    )
    def test_a17_one_that_does_not_match_says_why_and_secures_nothing(
        self, changes: dict[str, Any], mismatch: CreditMismatch
    ) -> None:
        here = (
            given()
            .agreed()
            .when(BANK, advised(**changes))
            .then(e.CreditAdvised, mismatches=(mismatch,))
        )
        here.stands(status=Status.AGREED)
        here.when(BANK, advised()).then(e.CreditAdvised, e.PaymentCompleted)
        here.when(BANK, payment(PRICE)).then(e.PaymentReceived, e.PaymentCompleted)
        here.quiet().stands(status=Status.CANCELLED)

    def test_an_amendment_counts_only_if_it_matches(self) -> None:
        here = secured()
        later = advised(latest_shipment_date=dt.date(2026, 7, 10))
        amended = here.when(BANK, later).then(e.CreditAdvised)
        assert amended.order.credit is not None
        assert amended.order.credit.latest_shipment_date == dt.date(2026, 7, 10)
        here.when(BANK, advised(amount_minor=1)).refused(
            Code.CREDIT_MISMATCHED, mismatch="amount_too_small"
        )
        presented_already = shipped().by(SUPPLIER, presented())
        presented_already.when(BANK, later).refused(Code.CREDIT_ELSEWHERE, stage="presented")

    @pytest.mark.parametrize(
        "changes",
        [
            {"credit_id": ""},
            {"issuing_bank_bic": "Deutsche Bank"},
            {"documents": (CreditDocument.PACKING_LIST,)},
            {"presentation_days": 0},
        ],
    )
    def test_an_incomplete_credit_is_refused(self, changes: dict[str, Any]) -> None:
        given().agreed().when(BANK, advised(**changes)).refused(Code.CREDIT_INCOMPLETE)

    def test_r24_the_guarantee_edition_offers_none(self) -> None:
        given(GUARANTEE).agreed().when(BANK, advised()).refused(Code.WAY_TO_PAY_NOT_OFFERED)

    def test_a_credit_is_for_the_whole_price(self) -> None:
        here = given().agreed().by(BANK, payment(1_000))
        here.when(BANK, advised()).refused(Code.CREDIT_BESIDE_PAYMENT)

    def test_only_a_bank_tells_of_credits(self) -> None:
        for actor in (BUYER, SUPPLIER):
            given().agreed().when(actor, advised()).refused(Code.NOT_PERMITTED)

    def test_money_paid_beside_the_credit_goes_back(self) -> None:
        here = secured().by(BANK, payment(PRICE))
        assert here.balance_minor(Account.DUE_BUYER) == -PRICE
        here.stands(paid_minor=0)

    def test_a_lead_time_runs_from_the_credit(self) -> None:
        here = given(shipment_date=None, lead_time_days=30).agreed()
        here = here.by(BANK, advised(latest_shipment_date=dt.date(2026, 6, 30)))
        here.stands(shipment_date=dt.date(2026, 6, 3))

    def test_a45_goods_that_never_leave_end_the_order_with_nothing_moved(self) -> None:
        ended = secured().quiet().stands(status=Status.CANCELLED, paid_minor=0)
        assert ended.last(e.OrderCancelled).reason == "never_shipped"
        assert ended.balance_minor(Account.CREDIT_PAID) == 0


class TestPresented:
    def test_a17_documents_that_comply_are_examined_in_five_banking_days(self) -> None:
        here = shipped().when(SUPPLIER, presented()).then(e.DocumentsPresented, discrepancies=())
        # Presented on Monday, 22 June 2026.
        assert here.due_at(ClockKind.CREDIT_EXAMINATION) == local("2026-06-29 23:59:59")

    def test_a01_twenty_one_days_from_the_end_of_the_shipments_date(self) -> None:
        """A04: a bill of lading carries a date; its end starts the 21 days. A03: their last second is in time."""
        here = shipped()
        last = local("2026-07-11 23:59:59")
        assert here.due_at(ClockKind.CREDIT_PRESENTATION) == last
        here.when(SUPPLIER, presented(), at=last).then(e.DocumentsPresented, discrepancies=())
        here.when(SUPPLIER, presented(), at=last + seconds(1)).then(
            e.DocumentsPresented, discrepancies=(Discrepancy.LATE_PRESENTATION,)
        )

    def test_a_credit_ends_with_its_expiry_date(self) -> None:
        here = shipped(expiry_date=dt.date(2026, 7, 5))
        last = local("2026-07-05 23:59:59")
        assert here.due_at(ClockKind.CREDIT_PRESENTATION) == last
        here.when(SUPPLIER, presented(), at=last + seconds(1)).then(
            e.DocumentsPresented, discrepancies=(Discrepancy.CREDIT_EXPIRED,)
        )

    def test_the_credits_own_days_go_before_the_policys(self) -> None:
        here = shipped(presentation_days=10)
        assert here.due_at(ClockKind.CREDIT_PRESENTATION) == local("2026-06-30 23:59:59")

    def test_every_discrepancy_of_the_record_is_found(self) -> None:
        here = secured().at(local("2026-07-02"))
        late = here.by(SUPPLIER, shipment(handed_over_date=dt.date(2026, 7, 1)))
        shown = presented(CreditDocument.TRANSPORT_DOCUMENT, amount_minor=PRICE + 1)
        late.when(SUPPLIER, shown).then(
            e.DocumentsPresented,
            discrepancies=(
                Discrepancy.LATE_SHIPMENT,
                Discrepancy.DOCUMENT_MISSING,
                Discrepancy.AMOUNT_ABOVE_CREDIT,
            ),
        )

    def test_goods_that_have_not_all_left_are_a_discrepancy(self) -> None:
        here = given(lines=TWO_LINES).agreed().by(BANK, advised()).at(local("2026-06-20"))
        part = here.by(SUPPLIER, shipment(quantities={1: 600}))
        part.when(SUPPLIER, presented()).then(
            e.DocumentsPresented, discrepancies=(Discrepancy.GOODS_MISSING,)
        )

    def test_without_shipment_or_credit_there_is_nothing_to_present(self) -> None:
        secured().when(SUPPLIER, presented()).refused(Code.NOTHING_SHIPPED)
        given().shipped().when(SUPPLIER, presented()).refused(Code.NO_CREDIT)
        shipped().when(BANK, honoured()).refused(Code.CREDIT_ELSEWHERE, stage="advised")

    def test_documents_are_presented_three_times_at_most(self) -> None:
        here = shipped()
        for _ in range(3):
            here = here.by(SUPPLIER, presented(CreditDocument.PACKING_LIST))
        here.when(SUPPLIER, presented()).refused(Code.TOO_MANY_EVENTS, most=3)


class TestDiscrepant:
    def discrepant(self) -> Given:
        return shipped().by(SUPPLIER, presented(CreditDocument.TRANSPORT_DOCUMENT))

    def test_a17_the_buyer_waives_within_five_banking_days_to_the_second(self) -> None:
        here = self.discrepant()
        due = here.due_at(ClockKind.CREDIT_WAIVER)
        assert due == local("2026-06-29 23:59:59")
        waived = here.when(BUYER, WAIVED, at=due).then(e.DiscrepanciesWaived)
        waived.by(BANK, honoured()).stands(paid_minor=PRICE, released_minor=PRICE)
        here.when(BUYER, WAIVED, at=due + seconds(1)).refused(Code.CREDIT_ELSEWHERE)
        here.when(BUYER, c.WaiveDiscrepancies(signature_hash="")).refused(Code.NOT_SIGNED)
        here.when(SUPPLIER, WAIVED).refused(Code.NOT_PERMITTED)

    def test_a17_not_waived_the_price_is_due_another_way_then_mediation(self) -> None:
        here = self.discrepant()
        due = here.due_at(ClockKind.CREDIT_WAIVER)
        lapsed = here.when_nobody_acts(due + seconds(1)).then(
            e.CreditLapsed, reason="not_waived", balance_until=due + days(30)
        )
        assert lapsed.due_at(ClockKind.BALANCE) == due + days(30)
        paid = lapsed.by(BANK, payment(PRICE)).stands(held_minor=PRICE, status=Status.SHIPPED)
        assert paid.clock(ClockKind.BALANCE) is None
        heard = lapsed.when_nobody_acts(due + days(30) + seconds(1)).happened(e.DisputeOpened)
        heard.when(SUPPLIER, presented()).refused(Code.DISPUTE_ALREADY_OPEN)
        ended = heard.quiet().stands(status=Status.CANCELLED, paid_minor=0)
        assert ended.last(e.OrderCancelled).reason == "credit_unpaid"

    def test_a_case_about_the_balance_ends_when_the_bank_pays_after_all(self) -> None:
        here = self.discrepant().after(days(50)).settled()
        paid = here.when(BANK, honoured()).then(e.CreditHonoured, e.DisputeMoot, e.PaymentCompleted)
        paid.stands(status=Status.DELIVERED, released_minor=PRICE)

    def test_the_bank_may_find_what_the_record_does_not_show(self) -> None:
        here = shipped().by(SUPPLIER, presented())
        found = here.when(BANK, REFUSED).then(e.DocumentsRefused)
        waived = found.by(BUYER, WAIVED)
        waived.when(BANK, REFUSED).then(e.CreditLapsed, reason="refused")
        here.when(BANK, c.RecordDocumentsRefused(discrepancies=())).refused(Code.REASON_MISSING)

    def test_documents_may_be_mended_after_the_credit_lapsed(self) -> None:
        here = self.discrepant().after(days(10)).settled().stands(status=Status.SHIPPED)
        mended = here.when(SUPPLIER, presented()).then(e.DocumentsPresented, discrepancies=())
        assert mended.clock(ClockKind.BALANCE) is None
        paid = mended.by(BANK, honoured()).stands(paid_minor=PRICE)
        paid.when(SUPPLIER, presented()).refused(Code.NO_CREDIT)


class TestHonoured:
    def test_a17_honoured_it_is_paid_to_the_supplier_and_nothing_is_held(self) -> None:
        here = shipped().by(SUPPLIER, presented()).when(BANK, honoured()).then(e.CreditHonoured)
        here.stands(paid_minor=PRICE, released_minor=PRICE, held_minor=0)
        assert here.balance_minor(Account.CREDIT_PAID) == PRICE
        assert here.balance_minor(Account.CREDIT_DRAWN) == -PRICE
        assert here.balance_minor(Account.PAYOUT_CLEARING) == 0

    def test_a17_refunds_are_the_funds_up_to_the_cover(self) -> None:
        here = shipped(on="2026-06-20").by(SUPPLIER, presented()).by(BANK, honoured())
        there = here.after(days(30)).by(BANK, delivery())
        ended = there.by(BUYER, claim(Ground.QUALITY)).decided(300_000).final()
        ended.quiet().stands(fund_paid_minor=300_000, cover_used_minor=300_000)

    def test_not_paid_in_time_the_price_is_due_another_way(self) -> None:
        here = shipped().by(SUPPLIER, presented())
        due = here.due_at(ClockKind.CREDIT_EXAMINATION)
        here.when_nobody_acts(due + seconds(1)).then(e.CreditLapsed, reason="not_honoured")

    def test_paid_in_part_the_rest_is_due_another_way(self) -> None:
        here = shipped().by(SUPPLIER, presented()).by(BANK, honoured(900_000))
        assert here.due_at(ClockKind.BALANCE) == here.now + days(30)
        here.by(BANK, payment(100_000)).stands(paid_minor=PRICE, held_minor=100_000)
        here.when(BANK, honoured()).refused(Code.NO_CREDIT)

    def test_no_more_than_the_price_is_booked(self) -> None:
        here = shipped().by(SUPPLIER, presented())
        here.when(BANK, honoured(PRICE + 1)).refused(Code.MORE_THAN_DUE, due_minor=PRICE)

    def test_before_it_is_honoured_nothing_ends(self) -> None:
        """A confirmation is recorded, and the window that ends meanwhile waits for the price."""
        here = shipped().by(BANK, delivery()).by(BUYER, c.ConfirmReceipt())
        here.stands(status=Status.DELIVERED)
        assert here.clock(ClockKind.CLAIM_WINDOW) is None
        late = here.after(days(20)).by(SUPPLIER, presented()).after(days(5)).by(BANK, honoured())
        completed = late.at(here.now + days(31)).settled()
        completed.stands(status=Status.COMPLETED, held_minor=0)

    def test_goods_that_stay_behind_lower_what_the_bank_pays(self) -> None:
        here = given(lines=TWO_LINES).agreed().by(BANK, advised(expiry_date=dt.date(2026, 12, 1)))
        part = here.at(local("2026-06-20")).by(SUPPLIER, shipment(quantities={1: 600}))
        gone = part.at(local("2026-08-01")).settled()
        assert gone.last(e.MissingCancelled).amount_minor == 400_000
        assert gone.order.credit is not None
        assert gone.order.credit.status is CreditStatus.LAPSED
        shown = gone.by(SUPPLIER, presented(amount_minor=600_000)).by(BUYER, WAIVED)
        shown.when(BANK, honoured(600_001)).refused(Code.MORE_THAN_DUE, due_minor=600_000)
        shown.by(BANK, honoured(600_000)).stands(paid_minor=600_000)

    def test_operators_may_enter_what_the_bank_says(self) -> None:
        shipped().by(SUPPLIER, presented()).when(OPERATOR, honoured()).then(e.CreditHonoured)
