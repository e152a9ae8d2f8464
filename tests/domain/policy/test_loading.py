"""A policy file is read whole or refused with file, key and reason."""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest

from fairlot.domain.policy.errors import PolicyError
from fairlot.domain.policy.loading import (
    SHIPPED_EDITIONS,
    canonical_bytes,
    load_policy,
    policy_hash,
    policy_id,
    shipped_policies,
)
from tests.support.policies import text_of

ESCROW = text_of("escrow-2026")


def changed(before: str, after: str, text: str = ESCROW) -> str:
    assert text.count(before) >= 1, before
    return text.replace(before, after, 1)


def faults_of(text: str) -> dict[str, str]:
    with pytest.raises(PolicyError) as caught:
        load_policy(text, "mine.toml")
    assert caught.value.name == "mine.toml"
    assert str(caught.value).startswith("mine.toml: ")
    return {fault.key: fault.reason for fault in caught.value.faults}


class TestShape:
    def test_no_toml(self) -> None:
        assert "the file" in faults_of("edition = ")

    def test_an_unknown_key_names_the_nearest_known_one(self) -> None:
        faults = faults_of(changed("appeal_days =", "apeal_days ="))
        assert faults == {
            "clocks.apeal_days": "is no key of a policy; the nearest is appeal_days",
            "clocks.appeal_days": "is missing",
        }

    def test_all_faults_of_the_shape_at_once(self) -> None:
        text = changed("edition =", "edishun =", changed("sales_days = 180", "sales_days = 1.5"))
        assert set(faults_of(text)) == {"edishun", "edition", "limits.sales_days"}

    @pytest.mark.parametrize(
        ("before", "after", "key"),
        [
            ("appeal_days = 7", "appeal_days = 7.0", "clocks.appeal_days"),
            ("appeal_days = 7", 'appeal_days = "7"', "clocks.appeal_days"),
            ("appeal_days = 7", "appeal_days = true", "clocks.appeal_days"),
            ('custody = "held"', 'custody = "kept"', "money.custody"),
            ("{ USD = 1_500 }", "{ USD = 15.00 }", "ways_to_pay[1].fee_fixed_minor.USD"),
            ("base_minor = 500_000", "base_minor = 5e5", "limits.tiers[0].base_minor"),
            ("effective_from = 2025-01-01", 'effective_from = "soon"', "effective_from"),
            (
                "[limits.points]",
                "[limits.points]\nlies = { made_good = 1, not_made_good = 1 }",
                "limits.points",
            ),
            ("weekdays = [0, 1, 2, 3, 4]", "weekday = [0]", "calendar.weekday"),
        ],
    )
    def test_the_wrong_kind_of_value(self, before: str, after: str, key: str) -> None:
        assert key in faults_of(changed(before, after))


class TestSense:
    @pytest.mark.parametrize(
        ("before", "after", "key"),
        [
            ('edition = "escrow-2026"', 'edition = "Mine!"', "edition"),
            ('title = "Held', 'title = "  " # "', "title"),
            (
                "effective_from = 2025-01-01",
                "effective_until = 2024-01-01\neffective_from = 2025-01-01",
                "effective_until",
            ),
            ('cover_kinds = ["pre-shipment", "post-delivery"]', "cover_kinds = []", "cover_kinds"),
            (
                'cover_kinds = ["pre-shipment", "post-delivery"]',
                'cover_kinds = ["pre-shipment", "pre-shipment"]',
                "cover_kinds",
            ),
            ('"customs_delay", ', '"counterfeit", ', "exclusions"),
            (', "paid_outside"]', "]", "exclusions"),
            ('business_zone = ""', 'business_zone = "Mars/North"', "business_zone"),
            (
                "deposit_kept_percent = 100",
                "deposit_kept_percent = 101",
                "money.deposit_kept_percent",
            ),
            ("{ USD = 200_000 }", "{ usd = 200_000 }", "money.return_freight_minor_max.usd"),
            ("{ USD = 200_000 }", "{ USD = -1 }", "money.return_freight_minor_max.USD"),
            (
                '{ start = "delivery", days = 30 }',
                '{ start = "delivery", days = -1 }',
                "pre_shipment.quality.days",
            ),
            (
                "inspection_cost_percent = 100",
                "inspection_cost_percent = 0",
                "pre_shipment.inspection_cost_percent",
            ),
            ("appeal_days = 7", "appeal_days = 0", "clocks.appeal_days"),
            (
                "refund_sent_business_days = 7",
                "refund_sent_business_days = 400",
                "clocks.refund_sent_business_days",
            ),
            (
                "decision_by_rule_business_days = 10",
                "decision_by_rule_business_days = 5",
                "clocks.decision_by_rule_business_days",
            ),
            ("negotiation_hours = 168", "negotiation_hours = 71", "clocks.negotiation_hours"),
            (
                "fraud_shipment_days_max = 180",
                "fraud_shipment_days_max = 29",
                "clocks.fraud_shipment_days_max",
            ),
            (", post = 60 }", " }", "clocks.arrival_asked_days.post"),
            ("post = 60 }", "post = 60, rocket = 1 }", "clocks.arrival_asked_days.rocket"),
            (
                "claim_warning_days = [7, 3, 1]",
                "claim_warning_days = [30, 3]",
                "clocks.claim_warning_days",
            ),
            (
                "claim_warning_days = [7, 3, 1]",
                "claim_warning_days = [1, 3, 7]",
                "clocks.claim_warning_days",
            ),
            (
                "claim_warning_days = [7, 3, 1]",
                "claim_warning_days = []",
                "clocks.claim_warning_days",
            ),
            (
                "shipment_reminder_days = [7, 3, 1]",
                "shipment_reminder_days = [7, 0]",
                "clocks.shipment_reminder_days",
            ),
            (
                "told_of_delivery_days_min = 7",
                "told_of_delivery_days_min = 31",
                "clocks.told_of_delivery_days_min",
            ),
            ('name = "wire"', 'name = "barter"', "ways_to_pay[2].name"),
            ("fee_basis_points = 280", "fee_basis_points = -1", "ways_to_pay[0].fee_basis_points"),
            (
                "fee_basis_points = 280",
                "fee_basis_points = 10_000",
                "ways_to_pay[0].fee_basis_points",
            ),
            ('currencies = ["USD"]', "currencies = []", "ways_to_pay[1].currencies"),
            (
                'buyer_countries = ["US"]',
                'buyer_countries = ["USA"]',
                "ways_to_pay[1].buyer_countries",
            ),
            ('name = "wire"', 'name = "card"', "ways_to_pay[2].from_date"),
            (
                'name = "wire"',
                'name = "wire"\nfrom_date = 2026-01-02\nuntil_date = 2026-01-01',
                "ways_to_pay[2].until_date",
            ),
            ("remark_zh = ", 'remark_zh = "" # ', "ways_to_pay[3].remark_zh"),
            ('name = "wire"', 'name = "wire"\noffered = false', "ways_to_pay[2].remark"),
            ('"SGS"]', '"Bureau Veritas"]', "inspection.companies"),
            ('level = "II"', 'level = "IV"', "inspection.level"),
            ('aql_major = "2.5"', 'aql_major = "2.6"', "inspection.aql_major"),
            (
                "usual_fee_high_minor = 30_000",
                "usual_fee_high_minor = 10_000",
                "inspection.usual_fee_high_minor",
            ),
            (
                'fee_advanced_by = "buyer"',
                'fee_advanced_by = "mediator"',
                "inspection.fee_advanced_by",
            ),
            (
                'name = "visited on site", base_minor = 2_000_000',
                'name = "visited on site", base_minor = 100',
                "limits.tiers",
            ),
            ("points = 12, percent = 75", "points = 12, percent = 20", "limits.penalties"),
            ("points = 0, percent = 100", "points = 1, percent = 100", "limits.penalties"),
            ("quality = { made_good = 3", "quality = { made_good = 4", "limits.points.quality"),
            (
                "false_proof = { made_good = 6, not_made_good = 48 }",
                "",
                "limits.points.false_proof",
            ),
            ("rounded_to_minor = 100_000", "rounded_to_minor = 0", "limits.rounded_to_minor"),
            ("recomputed_on_day = 10", "recomputed_on_day = 29", "limits.recomputed_on_day"),
            (
                'currency = "EUR", from_date',
                'currency = "USD", from_date',
                "limits.rates[0].currency",
            ),
            (
                "amount_minor = 100, worth_minor = 110",
                "amount_minor = 0, worth_minor = 110",
                "limits.rates[0]",
            ),
            (
                'currency = "GBP", from_date',
                'currency = "EUR", from_date',
                "limits.rates[1].from_date",
            ),
            ("weekdays = [0, 1, 2, 3, 4]", "weekdays = [0, 7]", "calendar.weekdays"),
            (
                "holidays = []",
                "holidays = [2026-10-01]\nworking_dates = [2026-10-01]",
                "calendar.working_dates",
            ),
        ],
    )
    def test_figures_that_do_not_go_together(self, before: str, after: str, key: str) -> None:
        assert key in faults_of(changed(before, after))

    def test_nothing_is_released_where_nothing_is_held(self) -> None:
        text = changed("release_per_shipment = false", "release_per_shipment = true")
        assert load_policy(text, "mine.toml").money.release_per_shipment
        assert set(faults_of(changed('custody = "held"', 'custody = "direct"', text))) == {
            "money.release_per_shipment"
        }

    def test_a60_disputed_lines_alone_may_be_frozen_where_money_is_held(self) -> None:
        text = changed("freeze_whole_order = true", "freeze_whole_order = false")
        assert not load_policy(text, "mine.toml").money.freeze_whole_order
        assert set(faults_of(changed('custody = "held"', 'custody = "direct"', text))) == {
            "money.freeze_whole_order"
        }

    def test_two_entries_of_one_way_may_follow_each_other(self) -> None:
        entries = (
            'name = "card"\nuntil_date = 2026-06-30\nfee_basis_points = 280\n\n'
            '[[ways_to_pay]]\nname = "card"\nfrom_date = 2026-07-01\nfee_basis_points = 300'
        )
        text = changed('name = "card"\nfee_basis_points = 280', entries)
        assert len(load_policy(text, "mine.toml").ways_to_pay) == 6


class TestIdentity:
    def test_the_same_figures_have_the_same_hash_however_they_are_written(self) -> None:
        spread = changed("appeal_days = 7 ", "appeal_days  =  7 # seven\n#")
        assert policy_hash(load_policy(spread, "a.toml")) == policy_hash(
            shipped_policies()["escrow-2026"]
        )

    def test_any_figure_changes_the_hash(self) -> None:
        policy = load_policy(changed("appeal_days = 7", "appeal_days = 8"), "a.toml")
        assert policy_hash(policy) != policy_hash(shipped_policies()["escrow-2026"])

    def test_the_id_names_edition_and_hash(self) -> None:
        policy = shipped_policies()["guarantee-2017"]
        edition, _, beginning = policy_id(policy).partition("@")
        assert edition == "guarantee-2017"
        assert len(beginning) == 16
        assert policy_hash(policy).startswith(beginning)

    def test_the_shipped_editions_keep_the_names_that_orders_have_pinned(self) -> None:
        """An order is folded by its edition for life: whatever changes a figure needs an edition of its own."""
        assert [policy_id(policy) for policy in shipped_policies().values()] == [
            "escrow-2026@2e7ee69f10b72fa2",
            "guarantee-2017@d73d04ecebe224de",
        ]

    def test_holidays_are_hashed_in_their_order(self) -> None:
        policy = shipped_policies()["escrow-2026"]
        dates = [dt.date(2026, 10, day) for day in range(1, 9)]
        hashes = {
            policy_hash(
                msgspec.structs.replace(
                    policy,
                    calendar=msgspec.structs.replace(policy.calendar, holidays=frozenset(order)),
                )
            )
            for order in (dates, dates[::-1])
        }
        assert len(hashes) == 1

    @pytest.mark.parametrize("edition", SHIPPED_EDITIONS)
    def test_canonical_bytes_read_back(self, edition: str) -> None:
        policy = shipped_policies()[edition]
        assert msgspec.json.decode(canonical_bytes(policy), type=type(policy)) == policy

    def test_the_shipped_policies_are_read_once_and_can_not_be_changed(self) -> None:
        assert shipped_policies() is shipped_policies()
        with pytest.raises(TypeError):
            shipped_policies()["mine"] = shipped_policies()["escrow-2026"]  # type: ignore[index]  # That is the point.
