"""Requirements on money through the API: who holds it, that the service is free, what is itemized, and that nothing is paid twice."""

from __future__ import annotations

from typing import Any

import pytest

from fairlot.domain.contract.document import ContractLine, ExtraFee
from fairlot.providers.wire import reference_for
from tests.support.api_orders import EDITIONS, ESCROW, FEE, GUARANTEE, PRICE, ApiOrder
from tests.support.api_trades import Fair

CARD_FEE = 28_000
DEFECTIVE: dict[str, Any] = {"major": {"found": 9}}
# What an order's statement may move: no account of it is the platform's income.
OF_TRADES = {"bank", "held", "payout_clearing", "due_buyer", "inspection_fee", "processor_fee"}


@pytest.fixture
def fair(shared_fair: Fair) -> Fair:
    """The same two companies for the whole module: no test minds the others' orders, and time only goes on."""
    return shared_fair


def there(fair: Fair, *, edition: str = ESCROW, rail: str = "wire") -> ApiOrder:
    """Return an order whose goods have arrived."""
    amount_minor = PRICE + CARD_FEE if rail == "card" else PRICE
    order = ApiOrder(fair, edition=edition).agreed().pay(amount_minor, rail)
    return order.shipped().delivered()


class TestR20:
    @pytest.mark.parametrize("edition", EDITIONS)
    def test_r20_the_payment_itself_is_protected(self, fair: Fair, edition: str) -> None:
        """Neither party says that it was paid, and no account number is told to anybody."""
        order = ApiOrder(fair, edition=edition).agreed()
        said = {"payment_id": "p1", "rail": "wire", "amount_minor": PRICE, "currency": "USD"}
        for role in ("buyer", "supplier"):
            assert order.ask(role, "RecordPayment", **said).code == "not_permitted"
        order.pay()
        for part in ("", "/events", "/statement", "/contract", "/account-holder"):
            assert "44201502400052500" not in str(order.read(part, "buyer"))


class TestR22:
    def test_r22_under_the_escrow_the_money_is_held_until_the_buyer_confirms(
        self, fair: Fair
    ) -> None:
        order = there(fair)
        totals = order.totals("supplier")
        assert (totals["held_minor"], totals["released_minor"]) == (PRICE, 0)
        order.by("buyer", "ConfirmReceipt")
        totals = order.totals("supplier")
        assert (totals["held_minor"], totals["released_minor"]) == (0, PRICE)

    def test_r22_under_the_guarantee_it_goes_on_at_once_and_the_refund_is_guaranteed(
        self, fair: Fair
    ) -> None:
        order = ApiOrder(fair, edition=GUARANTEE).paid()
        totals = order.totals("buyer")
        assert (totals["held_minor"], totals["released_minor"]) == (0, PRICE)
        late = order.past("shipment_due").cover("late")["answer"]
        assert (late["held_minor"], late["fund_minor"]) == (0, PRICE)
        order.past("never_shipped").past("set_off")
        assert order.back_minor() == PRICE
        assert order.totals()["fund_minor"] == PRICE

    def test_r22_an_order_keeps_the_edition_under_which_it_was_begun(self, fair: Fair) -> None:
        orders = [ApiOrder(fair, edition=edition).paid() for edition in EDITIONS]
        assert [order.order()["edition"] for order in orders] == list(EDITIONS)
        assert [order.totals()["held_minor"] for order in orders] == [PRICE, 0]


class TestR23:
    @pytest.mark.parametrize("edition", EDITIONS)
    def test_r23_what_the_buyer_pays_the_supplier_gets_to_the_last_cent(
        self, fair: Fair, edition: str
    ) -> None:
        order = there(fair, edition=edition).by("buyer", "ConfirmReceipt")
        totals = order.totals()
        assert totals["received_minor"] == order.order()["total_minor"] == PRICE
        assert (totals["released_minor"], totals["fees_minor"]) == (PRICE, 0)
        moved = {booking["account"] for booking in order.read("/statement")["bookings"]}
        assert moved <= OF_TRADES

    @pytest.mark.parametrize("edition", EDITIONS)
    def test_r23_a_dispute_costs_neither_side_anything_of_the_platforms(
        self, fair: Fair, edition: str
    ) -> None:
        order = there(fair, edition=edition).disputed()
        offer = {"id": "o1", "kind": "refund", "amount_minor": 300_000}
        order.by("supplier", "MakeOffer", offer=offer).by("buyer", "AcceptOffer", offer_id="o1")
        order.funded()
        assert order.back_minor() == 300_000
        released = order.totals()["released_minor"]
        assert released == (PRICE if edition == GUARANTEE else PRICE - 300_000)


class TestR25:
    def test_r25_price_and_fee_are_told_apart_in_the_record_and_in_the_statement(
        self, fair: Fair
    ) -> None:
        order = ApiOrder(fair).agreed().pay(PRICE + CARD_FEE, "card")
        received = order.last("PaymentReceived")
        itemized = {
            "rail": "card",
            "amount_minor": PRICE + CARD_FEE,
            "price_minor": PRICE,
            "fee_minor": CARD_FEE,
            "fee_basis_points": 280,
            "currency": "USD",
        }
        assert {name: received[name] for name in itemized} == itemized
        totals = order.totals("buyer")
        assert totals["received_minor"] == totals["held_minor"] + totals["fees_minor"]
        assert totals["fees_minor"] == CARD_FEE
        by_check = ApiOrder(fair).agreed().pay(PRICE + 1_500, "e-checking")
        assert by_check.last("PaymentReceived")["fee_fixed_minor"] == 1_500

    def test_r25_a_fee_that_the_contract_lays_on_the_supplier_is_none_of_the_buyers(
        self, fair: Fair
    ) -> None:
        order = ApiOrder(fair, payment_fee_borne_by="supplier").agreed()
        ways = {way["name"]: way for way in order.order("buyer")["ways_to_pay"]}
        card = ways["card"]
        assert (card["fee_minor"], card["total_minor"]) == (CARD_FEE, PRICE)
        assert card["fee_borne_by_supplier"]
        assert "borne by the supplier" in card["told"]
        order.pay(PRICE, "card").shipped().delivered()
        told = order.read("/statement", "supplier")["holdings"]
        advanced = next(one for one in told if one["account"] == "platform_cost")
        assert (advanced["part"], advanced["amount_minor"]) == ("payment_fee", CARD_FEE)
        assert advanced["next_step"] == "payment_fee_taken"
        held = next(one for one in told if one["account"] == "held")
        assert (held["next_step"], held["next_minor"]) == ("funds_released", PRICE)
        order.by("buyer", "ConfirmReceipt")
        totals = order.totals("supplier")
        assert (totals["released_minor"], totals["fees_minor"]) == (PRICE - CARD_FEE, CARD_FEE)
        assert totals["received_minor"] == PRICE

    @pytest.mark.parametrize(
        ("language", "article", "told"),
        [
            ("en", "Alibaba handling fee 3 %", "reads like a fee and not like goods"),
            ("en", "Transaction fee to receive the money", "The programme itself is free"),
            ("zh-CN", "平台手续费", "本计划本身免费"),
        ],
    )
    def test_r25_a_fee_that_the_supplier_adds_as_goods_is_pointed_out(
        self, fair: Fair, language: str, article: str, told: str
    ) -> None:
        order = ApiOrder(fair)
        goods = ContractLine(number=1, article="Lamp", quantity=970, unit="pcs", unit_price_minor=1_000)  # fmt: skip
        fee = ContractLine(number=2, article=article, quantity=30, unit="lot", unit_price_minor=1_000)  # fmt: skip
        headers = {"Accept-Language": language}

        def notes(*lines: ContractLine, total_minor: int) -> list[str]:
            body = {"contract": order.contract(lines=lines, total_minor=total_minor)}
            asked = fair.buyer.post("/contracts/assess", body, headers=headers)
            found: list[str] = asked.ok()["notes"]
            return found

        (note,) = notes(goods, fee, total_minor=PRICE)
        assert told in note
        assert article in note
        clean = ContractLine(number=1, article="Power bank", quantity=1_000, unit="pcs", unit_price_minor=1_000)  # fmt: skip
        assert notes(clean, total_minor=PRICE) == []

    def test_r25_a_declared_extra_fee_is_pointed_out_and_never_part_of_the_price(
        self, fair: Fair
    ) -> None:
        order = ApiOrder(fair)
        extra = ExtraFee(name="transaction fee", amount_minor=30_000, added_by="supplier")
        total_minor = PRICE + 30_000
        whole = {"payments": [{"name": "whole", "amount_minor": total_minor, "due": "agreement"}]}
        contract = order.contract(extra_fees=(extra,), total_minor=total_minor) | whole
        told = fair.buyer.post("/contracts/assess", {"contract": contract}).ok()["notes"]
        assert [note for note in told if "transaction fee" in note]
        refused = order.ask("supplier", "ProposeVersion", contract=contract)
        assert refused.code == "total_not_sum_of_lines"
        facts = {"total_minor": total_minor, "sum_minor": PRICE}
        assert refused.json["facts"] == facts


class TestR26:
    @pytest.mark.parametrize("edition", EDITIONS)
    def test_r26_a_chargeback_and_a_refund_never_both_pay_the_same_money(
        self, fair: Fair, edition: str
    ) -> None:
        order = there(fair, edition=edition, rail="card").disputed().heard()
        taken = 400_000
        order.by("operator", "RecordChargebackOpened", chargeback_id="cb1", amount_minor=taken)
        order.decided(PRICE)
        assert order.back_minor() == 0, "the decision waits for the bank"
        order.by("operator", "RecordChargebackEnded", chargeback_id="cb1", won=False)
        order.funded()
        assert order.back_minor() == PRICE - taken

    def test_r26_the_right_to_a_chargeback_stays_and_freezes_what_is_held(self, fair: Fair) -> None:
        order = there(fair, rail="card")
        opened = {"chargeback_id": "cb1", "amount_minor": PRICE + CARD_FEE}
        order.by("operator", "RecordChargebackOpened", **opened)
        order.by("buyer", "ConfirmReceipt")
        totals = order.totals()
        assert (totals["held_minor"], totals["released_minor"]) == (PRICE, 0)
        order.by("operator", "RecordChargebackEnded", chargeback_id="cb1", won=False)
        assert order.order()["status"] == "refunded"
        totals = order.totals()
        assert (totals["held_minor"], totals["released_minor"], order.back_minor()) == (0, 0, 0)

    def test_r26_only_what_was_paid_by_card_can_be_charged_back(self, fair: Fair) -> None:
        opened = {"chargeback_id": "cb1", "amount_minor": 1}
        refused = there(fair).ask("operator", "RecordChargebackOpened", **opened)
        assert refused.code == "chargeback_above_payment"


class TestR27:
    @pytest.mark.parametrize("edition", EDITIONS)
    def test_r27_what_was_paid_elsewhere_counts_for_nothing(self, fair: Fair, edition: str) -> None:
        order = ApiOrder(fair, edition=edition).agreed()
        said = {"body": "I have wired USD 10,000.00 to your own account, here is the slip."}
        fair.buyer.post(f"{order.path}/messages", said).ok()
        assert order.order("buyer")["missing_minor"] == PRICE
        assert order.claim("late").code == "not_paid"
        assert order.cover("paid_outside")["answer"]["covered"] is False
        order.past("first_payment_due")
        assert order.order()["status"] == "cancelled"
        assert order.read("/statement", "buyer")["bookings"] == []

    def test_r27_what_comes_to_the_platforms_account_counts_by_its_reference(
        self, fair: Fair
    ) -> None:
        order = ApiOrder(fair).agreed()
        reference = reference_for(order.id, 1)
        booked = (
            ":20:START\r\n:25:DE89370400440532013000\r\n:28C:1/1\r\n:60F:C260301USD0,00\r\n"
            f":61:2603020302C10000,00NTRFNONREF//{order.id[-8:]}\r\n"
            f":86:PAYMENT {reference}\r\n:62F:C260302USD10000,00\r\n-\r\n"
        ).encode()
        fair.operator.post("/bank/statements", booked, content_type="text/plain").ok()
        assert order.order("supplier")["status"] == "in_production"


class TestR28:
    @pytest.mark.parametrize("edition", EDITIONS)
    @pytest.mark.parametrize("amount_minor", [112_500, PRICE])
    def test_r28_upheld_the_amount_found_due_comes_with_the_inspections_fee(
        self, fair: Fair, edition: str, amount_minor: int
    ) -> None:
        order = there(fair, edition=edition).disputed().inspected("d1", "dispute", **DEFECTIVE)
        order.heard().decided(amount_minor).funded()
        assert order.last("DecisionMade")["decision"]["inspection_fee_minor"] == FEE
        assert order.back_minor() == amount_minor + FEE

    @pytest.mark.parametrize("edition", EDITIONS)
    def test_r28_not_upheld_neither_comes_back(self, fair: Fair, edition: str) -> None:
        order = there(fair, edition=edition).disputed().inspected("d1", "dispute")
        order.heard().decided(0)
        assert order.back_minor() == 0
