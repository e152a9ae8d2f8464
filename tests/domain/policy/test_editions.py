"""The two editions that ship: every figure of the programme's table, and each figure with its source beside it."""

from __future__ import annotations

import re

import pytest

from fairlot.domain.policy.loading import SHIPPED_EDITIONS, shipped_policies
from fairlot.domain.policy.model import CoverKind, CoverRules, Custody, Ground, WindowStart
from tests.support.policies import text_of

BOTH = pytest.mark.parametrize("edition", SHIPPED_EDITIONS)
SOURCE = re.compile(r"#.*(\b[GM]\b|\bours\b|\bA\d\d\b|\bUCP\b|as in escrow-2026|nothing is held)")


def windows(rules: CoverRules) -> tuple[tuple[WindowStart, int], tuple[WindowStart, int]]:
    return (rules.quality.start, rules.quality.days), (rules.late.start, rules.late.days)


class TestWhereTheEditionsDiffer:
    def test_r22_money_is_held_in_one_and_goes_at_once_in_the_other(self) -> None:
        assert shipped_policies()["escrow-2026"].money.custody is Custody.HELD
        assert shipped_policies()["guarantee-2017"].money.custody is Custody.DIRECT

    def test_r19_only_2017_forbids_to_split_with_pre_shipment_cover(self) -> None:
        split = {
            (edition, kind): policy.cover_rules(kind).split_payment
            for edition, policy in shipped_policies().items()
            for kind in CoverKind
        }
        assert [key for key, allowed in split.items() if not allowed] == [
            ("guarantee-2017", CoverKind.PRE_SHIPMENT)
        ]

    def test_r18_claim_windows_by_kind_of_cover(self) -> None:
        delivery, shipment = WindowStart.DELIVERY, WindowStart.SHIPMENT
        escrow, guarantee = (shipped_policies()[edition] for edition in SHIPPED_EDITIONS)
        assert windows(escrow.pre_shipment) == ((delivery, 30), (delivery, 30))
        assert windows(escrow.post_delivery) == ((delivery, 30), (delivery, 30))
        assert windows(guarantee.pre_shipment) == ((shipment, 0), (shipment, 30))
        assert windows(guarantee.post_delivery) == ((delivery, 30), (shipment, 30))

    def test_ways_to_pay(self) -> None:
        offered = {
            edition: [way.name for way in policy.ways_to_pay if way.offered]
            for edition, policy in shipped_policies().items()
        }
        assert offered == {
            "escrow-2026": ["card", "e-checking", "wire", "paypal", "letter of credit"],
            "guarantee-2017": ["card", "e-checking", "wire"],
        }


@BOTH
class TestWhatBothSay:
    def test_the_clocks_of_section_3(self, edition: str) -> None:
        clocks = shipped_policies()[edition].clocks
        assert clocks.arrival_asked_days == {
            "sea": 45,
            "land": 30,
            "air": 15,
            "express": 15,
            "post": 60,
        }
        assert (clocks.supplier_answer_hours, clocks.negotiation_hours) == (72, 168)
        assert (clocks.first_payment_due_days, clocks.never_shipped_days) == (60, 30)
        assert (clocks.decision_business_days, clocks.decision_by_rule_business_days) == (5, 10)
        assert clocks.claim_warning_days == clocks.shipment_reminder_days == (7, 3, 1)
        assert (clocks.fraud_knowledge_days, clocks.fraud_shipment_days_max) == (30, 180)

    def test_r34_the_inspection_s_limits(self, edition: str) -> None:
        rules = shipped_policies()[edition].inspection
        assert (rules.level, rules.aql_critical, rules.aql_major, rules.aql_minor) == (
            "II",
            "0",
            "2.5",
            "4.0",
        )

    def test_r33_three_designated_companies(self, edition: str) -> None:
        assert shipped_policies()[edition].inspection.companies == (
            "Bureau Veritas",
            "TÜV Rheinland",
            "SGS",
        )

    def test_r21_the_exclusions(self, edition: str) -> None:
        assert set(shipped_policies()[edition].exclusions) == {
            Ground.DAMAGED_ON_THE_WAY,
            Ground.CUSTOMS_DELAY,
            Ground.CARRIER_FAULT,
            Ground.PAID_OUTSIDE,
        }

    def test_business_days_are_those_of_the_contract_s_zone(self, edition: str) -> None:
        assert shipped_policies()[edition].zone_of_business("Asia/Shanghai") == "Asia/Shanghai"

    def test_every_figure_names_its_source(self, edition: str) -> None:
        """A figure's own line or the comment at the head of its block says where it comes from."""
        assert unsourced(text_of(edition)) == []

    def test_a_figure_without_a_source_would_be_caught(self, edition: str) -> None:
        broken = text_of(edition).replace("appeal_days = 7 # ours; A56", "appeal_days = 7")
        assert unsourced(broken) == ["appeal_days = 7"]


# Blocks of figures that share the source named in the comment before them; texts and names need none.
HEADED = ("[limits]", "[limits.points]", "[calendar]")
NAMELESS = re.compile(r"(edition|title|source|name|remark|remark_zh|version|offered|protected) =")
FIGURE = re.compile(r"\w+ = .*")


def unsourced(text: str) -> list[str]:
    """Return the lines that state a figure whose source neither they nor the comment right before them names."""
    found, headed, before = [], False, ""
    for line in text.splitlines():
        if line.startswith("["):
            headed = line in HEADED
        is_figure = FIGURE.match(line) and not NAMELESS.match(line)
        if is_figure and not headed and not SOURCE.search(line) and not SOURCE.search(before):
            found.append(line)
        before = line if line.startswith("#") else ""
    return found
