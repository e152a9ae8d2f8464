"""Contracts, goods and money told in other words: each clause changes what it says and nothing else."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from fairlot.domain.order.terms import InstalmentDue
from fairlot.domain.policy.loading import shipped_policies
from tests.cases.case_file import Case, Question, read_cases
from tests.cases.contract import terms_of
from tests.cases.story import NotTranslatedError
from tests.cases.telling import day_told, minor_units
from tests.cases.variants import applied

GOLDEN = Path(__file__).parents[1] / "golden" / "cases" / "own_b2.jsonl"
CASES = {case.id.removeprefix("b2-"): case for case in read_cases(GOLDEN)}


def told(case_id: str, words: str, **details: Any) -> Case:
    """Return a case as it is told in other words."""
    question = Question(
        id="q",
        ask="state",
        at=None,
        at_end=True,
        details={"variant": words, **details},
        expected={},
    )
    return applied(CASES[case_id], question)


def acts(case: Case, name: str) -> list[dict[str, Any]]:
    return [{"by": act.by, **act.details} for act in case.timeline if act.act == name]


class TestContracts:
    @pytest.mark.parametrize(
        ("words", "field", "value"),
        [
            ("CPT Frankfurt", "incoterm", "CPT Frankfurt"),
            ("by rail", "mode", "rail"),
            ("h1 says: shipment 30 days after the first payment", "lead_time_days", 30),
            ("the shipment date is 2026-08-01", "shipment_date", "2026-08-01"),
            ("with pre-shipment cover", "cover_kind", "pre-shipment"),
            ("covered for 6,000.00 only", "covered_amount", 600_000),
            (
                "late remedy 0.5 % a day, at most 5 %",
                "late_remedy",
                {"per_day_bp": 50, "cap_bp": 500},
            ),
            ("no late remedy", "late_remedy", None),
            (
                "the supplier's limit is 5,000.00",
                "supplier_limit",
                {"amount": 500_000, "currency": "USD"},
            ),
        ],
    )
    def test_a_field_changes(self, words: str, field: str, value: Any) -> None:
        case = told("CV-56", words)
        assert case.contract[field] == value
        assert case.timeline == CASES["CV-56"].timeline

    def test_a_forwarders_receipt_takes_the_place_of_another(self) -> None:
        words = (
            "FOB Ningbo, the contract names the buyer's own forwarder,"
            " who received the goods 2026-06-29T18:00:00+08:00"
        )
        case = told("SH-53", words)
        assert case.contract["incoterm"] == "FOB Ningbo"
        assert [act["by"] for act in acts(case, "receipt")] == ["forwarder"]

    def test_rates_and_fees_amend_the_edition(self) -> None:
        case = told(
            "MO-55", "the rate is 120 JPY for 1 USD; the card fee rises to 3.2 % from 2026-05-05"
        )
        policy = shipped_policies()["escrow-2026"]
        for amended in case.amendments:
            policy = amended(policy)
        (rate,) = (r for r in policy.limits.rates if r.currency == "JPY")
        # 120 yen, which have no smaller unit, are worth 100 cents.
        assert rate.amount_minor * 100 == rate.worth_minor * 120
        cards = [way for way in policy.ways_to_pay if way.name == "card"]
        assert [way.fee_basis_points for way in cards] == [280, 320]
        assert cards[1].from_date == dt.date(2026, 5, 5)

    def test_a_later_instalment_without_a_trigger_waits_for_the_later(self) -> None:
        """A65: the one the schedule names, else the later of a passed inspection and readiness."""
        contract = dict(CASES["CV-52"].contract)
        parts = [{"name": "deposit", "amount": 1}, {"name": "balance", "amount": 2}]
        contract["payment"] = {**contract["payment"], "schedule": parts}
        due = [part.due for part in terms_of(contract, version="h1").instalments]
        assert due == [InstalmentDue.AGREEMENT, InstalmentDue.INSPECTION_OR_READY]

    def test_another_edition_is_asked_of(self) -> None:
        assert told("AG-59", "the edition is escrow-2026").policy == "escrow-2026"


class TestGoods:
    def test_never_shipped_takes_all_that_left_and_arrived_away(self) -> None:
        case = told("CV-52", "never shipped, nobody acts")
        assert {act.act for act in case.timeline} == {"agree", "payment_booked", "open_dispute"}

    def test_another_instant_takes_the_place_of_the_one_told(self) -> None:
        case = told("CV-52", "on board 2026-07-01T00:00:00+08:00; delivered 2026-08-09")
        assert [proof["on_board"] for proof in acts(case, "ship_proof")] == [
            "2026-06-30T16:00:00+00:00"
        ]
        assert [proof["delivered"] for proof in acts(case, "delivery_proof")] == [
            "2026-08-09T04:00:00+00:00"
        ]

    def test_a_port_is_not_the_place(self) -> None:
        words = "landed at Zurich airport 2026-06-24T15:00:00+08:00, handed over in Basel 2026-07-01T18:00:00+08:00"
        proofs = acts(told("SH-58", words), "delivery_proof")
        assert [proof.get("at_port", False) for proof in proofs] == [True, False]

    def test_what_left_may_be_told_of_later(self) -> None:
        case = told("CV-52", "on board 2026-06-20T12:00:00+08:00, told on 2026-06-22")
        (left,) = (act for act in case.timeline if act.act == "ship_proof")
        assert left.at.isoformat() == "2026-06-22T04:00:00+00:00"
        assert left.details["on_board"] == "2026-06-20T04:00:00+00:00"

    def test_a_proof_tells_of_an_earlier_delivery(self) -> None:
        words = (
            "the proof arrives at 2026-08-20T09:00:00+08:00, delivered 2026-08-12T09:00:00+08:00"
        )
        case = told("CV-52", words)
        (proof,) = (act for act in case.timeline if act.act == "delivery_proof")
        assert proof.at.isoformat() == "2026-08-20T01:00:00+00:00"
        assert proof.details["delivered"] == "2026-08-12T01:00:00+00:00"


class TestMoney:
    def test_a_clause_may_begin_with_its_day(self) -> None:
        words = "on 2026-12-02 the supplier pays 700.00 into the programme"
        (paid,) = (act for act in told("CV-52", words).timeline if act.act == "supplier_pays_in")
        assert (paid.at.date(), paid.details["amount"]) == (dt.date(2026, 12, 2), 70_000)

    def test_the_end_of_a_chargeback_may_name_its_amount(self) -> None:
        case = told("CB-52", "chargeback lost for 5,000.00 only, on 2017-10-02")
        assert [act["amount"] for act in acts(case, "chargeback_opened")] == [500_000]

    @pytest.mark.parametrize(
        ("words", "minor"),
        [("10,000.00", 1_000_000), ("USD 5", 500), ("500000", 500_000), ("20.00 USD", 2_000)],
    )
    def test_amounts_are_read_as_cases_write_them(self, words: str, minor: int) -> None:
        assert minor_units(CASES["CV-52"], words) == minor

    @pytest.mark.parametrize("words", ["5 EUR", "0.001", "a fortune", "5 yen"])
    def test_an_amount_of_something_else_is_not_guessed(self, words: str) -> None:
        with pytest.raises(NotTranslatedError):
            minor_units(CASES["CV-52"], words)

    def test_days_are_those_of_the_cases_year(self) -> None:
        assert day_told(CASES["CV-52"], "10 June") == dt.date(2026, 6, 10)
        with pytest.raises(NotTranslatedError):
            day_told(CASES["CV-52"], "the day after")

    def test_what_is_told_instead_takes_its_place(self) -> None:
        case = told("CB-52", "instead of being lost the chargeback is won on 2017-09-20")
        assert not acts(case, "chargeback_lost")
        assert len(acts(case, "chargeback_won")) == 1
        assert not acts(told("MO-54", "instead of the return"), "ach_return")

    def test_payables_of_other_orders_come_with_what_was_paid_out_before(self) -> None:
        words = "the supplier has released and unpaid payables of USD 1,500.00 and EUR 4,000.00 from other orders"
        case = told("CB-55", words)
        owed = [(act["amount"], act["currency"]) for act in acts(case, "supplier_payable")]
        assert owed == [(150_000, "USD"), (400_000, "EUR")]
        assert len(acts(case, "payout_confirmed")) == 1

    def test_what_nobody_told_of_is_not_told_otherwise(self) -> None:
        for words in ("the third transfer never comes", "the chargeback is for 300000 only"):
            with pytest.raises(NotTranslatedError):
                told("CV-52", words)

    def test_a_settlement_is_of_both(self) -> None:
        assert acts(told("CV-52", "both settled for 1,000.00"), "settle") == [
            {"by": "both", "amount": 100_000}
        ]
