"""Matching: our reference first, then an equal EndToEndId; everything else waits, with a suggestion at most."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairlot.providers.wire import (
    BankParty,
    BankTransaction,
    Direction,
    InstructedAmount,
    Match,
    MatchedBy,
    OpenOrder,
    PayoutConfirmed,
    PayoutReturned,
    ReturnReason,
    SentPayout,
    Suggestion,
    Unmatched,
    Why,
    bank_id_for,
    concerned_orders,
    match,
    match_payout,
    matching,
    printed,
    reference_for,
)
from tests.support.statements import ACCOUNT_IBAN, DAY


def open_order(order_id: str, instalment: int = 1, **facts: Any) -> OpenOrder:
    given_facts: dict[str, Any] = {
        "order_id": order_id,
        "instalment": instalment,
        "reference": reference_for(order_id, instalment),
        "due_minor": 594_000,
        "currency": "USD",
        "buyer_name": "Harbor Goods LLC",
    }
    return OpenOrder(**(given_facts | facts))


def paid(**facts: Any) -> BankTransaction:
    given_facts: dict[str, Any] = {
        "key": "btx_1.1",
        "entry_key": "btx_1.1",
        "account": ACCOUNT_IBAN,
        "direction": Direction.CREDIT,
        "amount_minor": 594_000,
        "currency": "USD",
        "booked_date": DAY,
    }
    return BankTransaction(**(given_facts | facts))


ONE, TWO = open_order("ord_one", 1), open_order("ord_one", 2, due_minor=1_386_000)
OTHER = open_order("ord_other", buyer_name="Signal Way Trading")
ORDERS = [ONE, TWO, OTHER]


class TestByReference:
    def test_stated_as_a_creditor_reference(self) -> None:
        found = match(paid(creditor_references=(printed(ONE.reference),)), ORDERS)
        assert found == Match(
            order_id="ord_one",
            instalments=(1,),
            references=(ONE.reference,),
            by=MatchedBy.CREDITOR_REFERENCE,
        )

    @pytest.mark.parametrize(
        "lines",
        [
            (ONE.reference,),
            (f"Deposit {printed(ONE.reference)} thank you",),
            (printed(ONE.reference).lower(),),
            (f"pay {ONE.reference[:11]}", f"{ONE.reference[11:]} deposit"),
            (f"/ROC/{ONE.reference}//URI/power banks",),
        ],
    )
    def test_written_anywhere_in_the_text(self, lines: tuple[str, ...]) -> None:
        found = match(paid(remittance_lines=lines), ORDERS)
        assert isinstance(found, Match)
        assert (found.order_id, found.instalments) == ("ord_one", (1,))

    def test_written_in_the_banks_own_text(self) -> None:
        assert isinstance(match(paid(additional_text=ONE.reference), ORDERS), Match)

    def test_an_equal_end_to_end_id(self) -> None:
        found = match(paid(end_to_end_id=ONE.reference), ORDERS)
        assert isinstance(found, Match)
        assert found.by is MatchedBy.END_TO_END_ID

    def test_another_amount_is_still_the_named_order(self) -> None:
        for amount_minor in (1, 593_999, 594_001):
            found = match(
                paid(amount_minor=amount_minor, creditor_references=(ONE.reference,)), ORDERS
            )
            assert isinstance(found, Match)

    def test_a13_a_payment_that_names_both_instalments_matches_both(self) -> None:
        text = f"{TWO.reference} and {ONE.reference}"
        found = match(paid(amount_minor=1_980_000, remittance_lines=(text,)), ORDERS)
        assert isinstance(found, Match)
        assert found.instalments == (1, 2)

    def test_a_paid_instalment_beside_the_open_one_does_not_disturb(self) -> None:
        text = f"deposit was {ONE.reference}, balance {TWO.reference}"
        found = match(paid(remittance_lines=(text,)), [TWO, OTHER])
        assert isinstance(found, Match)
        assert found.instalments == (2,)


class TestNeverGuessed:
    @pytest.mark.parametrize(
        "facts",
        [
            {"remittance_lines": (f"{ONE.reference} {OTHER.reference}",)},
            {"creditor_references": (ONE.reference,), "end_to_end_id": OTHER.reference},
            {"remittance_lines": (f"{ONE.reference} {reference_for('ord_closed', 1)}",)},
        ],
    )
    def test_several_orders_named_is_a_suggestion(self, facts: dict[str, Any]) -> None:
        found = match(paid(**facts), ORDERS)
        assert isinstance(found, Suggestion)
        assert found.why is Why.SEVERAL_ORDERS

    def test_another_currency_waits(self) -> None:
        found = match(paid(currency="EUR", creditor_references=(ONE.reference,)), ORDERS)
        assert found == Suggestion(candidates=(ONE,), why=Why.OTHER_CURRENCY)

    def test_a_reference_of_no_open_order_is_reported(self) -> None:
        closed = reference_for("ord_closed", 1)
        found = match(paid(remittance_lines=(closed,)), ORDERS)
        assert found == Unmatched(why=Why.REFERENCE_NOT_OPEN, references=(closed,))

    def test_a_mistyped_reference_is_only_a_suggestion(self) -> None:
        wrong = ONE.reference[:-3] + ("A" if ONE.reference[-3] != "A" else "C") + "01"
        for facts in ({"remittance_lines": (wrong,)}, {"creditor_references": (wrong,)}):
            found = match(paid(**facts), ORDERS)
            assert isinstance(found, Suggestion)
            assert found.why is Why.REFERENCE_MISTYPED
            assert ONE in found.candidates
            assert OTHER not in found.candidates

    @pytest.mark.parametrize(
        "name", ["Harbor Goods LLC", "HARBOR GOODS, llc", "Goods, Harbor", "Hárbor  Goods Ltd."]
    )
    def test_amount_and_name_are_only_a_suggestion(self, name: str) -> None:
        found = match(paid(debtor=BankParty(name=name)), ORDERS)
        assert found == Suggestion(candidates=(ONE,), why=Why.AMOUNT_AND_NAME)

    @pytest.mark.parametrize(
        "facts",
        [
            {"debtor": BankParty(name="Harbor Goods LLC"), "amount_minor": 594_001},
            {"debtor": BankParty(name="Harbor Goods LLC"), "currency": "EUR"},
            {"debtor": BankParty(name="Harbor LLC")},
            {"debtor": BankParty(name="LLC")},
            {},
        ],
    )
    def test_less_than_amount_and_name_is_nothing(self, facts: dict[str, Any]) -> None:
        assert match(paid(**facts), ORDERS) == Unmatched(why=Why.NOTHING_NAMED)

    def test_an_order_without_buyers_name_is_never_alike(self) -> None:
        nameless = [open_order("ord_one", buyer_name="")]
        assert match(paid(debtor=BankParty(name="")), nameless) == Unmatched(why=Why.NOTHING_NAMED)

    @pytest.mark.parametrize(
        ("facts", "why"),
        [
            ({"direction": Direction.DEBIT}, Why.NOT_A_PAYMENT),
            ({"amount_minor": 0}, Why.NOT_A_PAYMENT),
            ({"is_reversal": True}, Why.RETURNED),
            ({"return_reason": ReturnReason(code="AC04")}, Why.RETURNED),
        ],
    )
    def test_what_is_no_payment_pays_nothing(self, facts: dict[str, Any], why: Why) -> None:
        found = match(paid(creditor_references=(ONE.reference,), **facts), ORDERS)
        assert found == Unmatched(why=why)

    @given(st.permutations(ORDERS), st.sampled_from([ONE, TWO, OTHER, None]), st.text(max_size=40))
    def test_the_order_of_orders_does_not_matter(
        self, orders: list[OpenOrder], named: OpenOrder | None, text: str
    ) -> None:
        transaction = paid(remittance_lines=(f"{text} {named.reference if named else ''}",))
        assert match(transaction, orders) == match(transaction, ORDERS)

    @given(st.text(), st.text(max_size=35), st.lists(st.text(max_size=40), max_size=3))
    def test_no_text_at_all_matches_without_a_reference(
        self, name: str, end_to_end_id: str, lines: list[str]
    ) -> None:
        transaction = paid(
            debtor=BankParty(name=name),
            end_to_end_id=end_to_end_id,
            remittance_lines=tuple(lines),
        )
        assert not isinstance(match(transaction, ORDERS), Match)


class TestChoice:
    """Which orders a file's movements can mean is said from ids alone, so that their stories alone are read."""

    ORDER_IDS = tuple(f"ord_{number}" for number in range(6))

    def answers(self, transaction: BankTransaction, order_ids: Sequence[str]) -> object:
        waiting = [
            open_order(order_id, instalment, buyer_name="")
            for order_id in order_ids
            for instalment in (1, 2)
        ]
        return match(transaction, waiting)

    @given(
        named=st.lists(st.sampled_from(ORDER_IDS), max_size=2),
        changed=st.lists(st.tuples(st.integers(2, 24), st.sampled_from("079ACZ")), max_size=3),
        in_id=st.booleans(),
    )
    def test_leaving_the_others_out_changes_no_answer(
        self, named: list[str], changed: list[tuple[int, str]], *, in_id: bool
    ) -> None:
        written = [list(reference_for(order_id, 1)) for order_id in named]
        for place, sign in changed if written else ():
            written[0][place] = sign
        text = " ".join("".join(reference) for reference in written)
        transaction = paid(end_to_end_id=text) if in_id else paid(remittance_lines=(text,))
        concerned = concerned_orders([transaction], self.ORDER_IDS)
        assert self.answers(transaction, concerned) == self.answers(transaction, self.ORDER_IDS)

    def test_only_those_that_are_named_are_left(self) -> None:
        transaction = paid(remittance_lines=(printed(reference_for("ord_3", 2)),))
        assert concerned_orders([transaction], self.ORDER_IDS) == ["ord_3"]
        assert concerned_orders([paid()], self.ORDER_IDS) == []

    def test_a_choice_blind_to_misspellings_is_caught(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Planted: what is nearly written is not looked at, and a suggestion is lost."""
        reference = reference_for("ord_3", 1)
        wrong = reference[:10] + ("A" if reference[10] != "A" else "C") + reference[11:]
        transaction = paid(remittance_lines=(wrong,))
        assert isinstance(self.answers(transaction, self.ORDER_IDS), Suggestion)
        with monkeypatch.context() as planted:
            planted.setattr(matching, "_mistyped_in", lambda _: frozenset())
            concerned = concerned_orders([transaction], self.ORDER_IDS)
        assert isinstance(self.answers(transaction, concerned), Unmatched)


class TestPayouts:
    PAYOUT = SentPayout(payout_id="pay_one", amount_minor=120_000, currency="USD")

    def sent(self, **facts: Any) -> BankTransaction:
        given_facts: dict[str, Any] = {
            "direction": Direction.DEBIT,
            "amount_minor": 120_000,
            "end_to_end_id": bank_id_for("pay_one"),
        }
        return paid(**(given_facts | facts))

    def test_a_debit_with_our_id_confirms_it(self) -> None:
        assert match_payout(self.sent(), [self.PAYOUT]) == PayoutConfirmed(payout_id="pay_one")

    def test_charges_on_top_do_not_hide_what_was_instructed(self) -> None:
        charged = self.sent(
            amount_minor=121_500,
            instructed=InstructedAmount(amount_minor=120_000, currency="USD"),
        )
        assert match_payout(charged, [self.PAYOUT]) == PayoutConfirmed(payout_id="pay_one")

    def test_another_amount_confirms_nothing(self) -> None:
        found = match_payout(self.sent(amount_minor=119_999), [self.PAYOUT])
        assert found == Unmatched(why=Why.AMOUNT_DIFFERS)

    @pytest.mark.parametrize(
        "facts",
        [
            {"return_reason": ReturnReason(code="AC04")},
            {"is_reversal": True},
            {"bank_transaction_code": "PMNT/ICDT/RRTN"},
            {"bank_transaction_code": "NRTI"},
        ],
    )
    def test_what_the_bank_returns_is_the_payout_coming_back(self, facts: dict[str, Any]) -> None:
        back = self.sent(direction=Direction.CREDIT, amount_minor=118_000, **facts)
        assert match_payout(back, [self.PAYOUT]) == PayoutReturned(payout_id="pay_one")

    def test_a_payers_word_does_not_bring_a_payout_back(self) -> None:
        """A cent paid to us under a payout's id would otherwise have the payout sent twice."""
        lure = self.sent(direction=Direction.CREDIT, bank_transaction_code="PMNT/RCDT/ESCT")
        assert match_payout(lure, [self.PAYOUT]) == Unmatched(why=Why.NOT_A_RETURN)

    def test_a_direct_debit_under_our_id_confirms_nothing(self) -> None:
        drawn = self.sent(bank_transaction_code="PMNT/RDDT/ESDD")
        assert match_payout(drawn, [self.PAYOUT]) == Unmatched(why=Why.NOT_OUR_PAYOUT)

    @pytest.mark.parametrize("written", ["pay-one", "PAY-ONE", "PAYONE", "pay_one"])
    def test_banks_change_case_and_drop_signs(self, written: str) -> None:
        found = match_payout(self.sent(end_to_end_id=written), [self.PAYOUT])
        assert found == PayoutConfirmed(payout_id="pay_one")

    def test_another_id_is_not_ours(self) -> None:
        for end_to_end_id in ("pay-two", None, ""):
            found = match_payout(self.sent(end_to_end_id=end_to_end_id), [self.PAYOUT])
            assert found == Unmatched(why=Why.NOTHING_NAMED)

    def test_a_payout_never_pays_an_order(self) -> None:
        back = msgspec.structs.replace(
            self.sent(direction=Direction.CREDIT), return_reason=ReturnReason(code="AC04")
        )
        assert match(back, ORDERS) == Unmatched(why=Why.RETURNED)
