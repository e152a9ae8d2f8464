"""A supplier's limit: each step of the sum, growth that is bounded, penalties that cut at once, cover that is never shared."""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairlot.domain.cover.limit import (
    CompletedOrder,
    CoverGrant,
    LimitComputation,
    LimitInputs,
    Penalty,
    compute_limit,
    grant_cover,
    next_recomputation,
    penalty_percent,
    points_for,
    points_in_force,
    rate_at,
    to_limit_currency,
)
from fairlot.domain.policy.loading import shipped_policies
from fairlot.domain.policy.model import LimitRules, Offense

RULES = shipped_policies()["escrow-2026"].limits
AT = dt.datetime(2026, 11, 10, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)
AUDITED = LimitInputs(tier="audited", enrolled_at=AT - 400 * DAY, computed_at=AT)


def order(value_minor: int, days_ago: int = 10, *, claim_upheld: bool = False) -> CompletedOrder:
    return CompletedOrder(
        order_id=f"ord_{value_minor}_{days_ago}",
        value_minor=value_minor,
        completed_at=AT - days_ago * DAY,
        claim_upheld=claim_upheld,
    )


def penalty(points: int, days_ago: int = 10) -> Penalty:
    return Penalty(offense=Offense.QUALITY, points=points, given_at=AT - days_ago * DAY)


def limit(**more: object) -> LimitComputation:
    return compute_limit(msgspec.structs.replace(AUDITED, **more), RULES)


class TestTheSum:
    @pytest.mark.parametrize(
        ("tier", "limit_minor"),
        [("documents verified", 500_000), ("visited on site", 2_000_000), ("audited", 5_000_000)],
    )
    def test_r3_a_tier_gives_its_base(self, tier: str, limit_minor: int) -> None:
        assert limit(tier=tier).limit_minor == limit_minor

    def test_half_of_recent_orders_is_added(self) -> None:
        found = limit(orders=(order(3_000_000), order(1_000_000, 179)))
        assert (found.sales_minor, found.sales_count) == (4_000_000, 2)
        assert found.limit_minor == 5_000_000 + 2_000_000

    @pytest.mark.parametrize(
        "not_counted",
        [order(4_000_000, 180), order(4_000_000, -1), order(4_000_000, claim_upheld=True)],
        ids=["180 days ago", "tomorrow", "upheld claim"],
    )
    def test_what_does_not_count(self, not_counted: CompletedOrder) -> None:
        assert limit(orders=(not_counted,)).limit_minor == 5_000_000

    def test_it_is_rounded_down_to_a_thousand(self) -> None:
        assert limit(orders=(order(399_998),)).limit_minor == 5_100_000
        assert limit(orders=(order(400_000),)).limit_minor == 5_200_000

    def test_it_never_exceeds_the_cap(self) -> None:
        assert limit(orders=(order(10**12),)).limit_minor == RULES.limit_minor_max

    @pytest.mark.parametrize(
        ("points", "percent", "limit_minor"),
        [
            (0, 100, 5_000_000),
            (11, 100, 5_000_000),
            (12, 75, 3_700_000),
            (23, 75, 3_700_000),
            (24, 50, 2_500_000),
            (35, 50, 2_500_000),
            (36, 25, 1_200_000),
            (47, 25, 1_200_000),
            (48, 0, 0),
        ],
    )
    def test_penalty_points_cut_it(self, points: int, percent: int, limit_minor: int) -> None:
        found = limit(penalties=(penalty(points),))
        assert penalty_percent(points, RULES) == found.penalty_percent == percent
        assert found.limit_minor == limit_minor
        assert found.enrolment_ends is (percent == 0)

    def test_points_are_forgotten_after_a_year(self) -> None:
        assert points_in_force((penalty(30, 364), penalty(12, 365)), AT, RULES) == 30

    def test_an_unknown_tier_is_an_error(self) -> None:
        with pytest.raises(ValueError, match="friend"):
            limit(tier="friend")


class TestGrowth:
    def test_at_most_a_quarter_more_than_last_month(self) -> None:
        found = limit(orders=(order(90_000_000),), last_limit_minor=8_000_000)
        assert (found.growth_bound_minor, found.limit_minor) == (10_000_000, 10_000_000)

    def test_or_ten_thousand_more_if_that_is_more(self) -> None:
        assert limit(orders=(order(90_000_000),), last_limit_minor=1_000_000).limit_minor == (
            2_000_000
        )

    def test_the_first_has_nothing_to_grow_from(self) -> None:
        assert limit().growth_bound_minor is None

    def test_penalties_cut_at_once(self) -> None:
        found = limit(penalties=(penalty(48),), last_limit_minor=8_000_000)
        assert (found.limit_minor, found.enrolment_ends) == (0, True)

    def test_a_computation_after_a_penalty_never_raises(self) -> None:
        found = limit(orders=(order(90_000_000),), last_limit_minor=1_000_000, only_cut=True)
        assert found.limit_minor == 1_000_000


class TestPoints:
    @pytest.mark.parametrize(
        ("offense", "made_good", "points"),
        [
            (Offense.LATE_SHIPMENT, False, 1),
            (Offense.QUALITY, False, 3),
            *((offense, True, 6) for offense in list(Offense)[2:]),
            *((offense, False, 48) for offense in list(Offense)[2:]),
        ],
    )
    def test_the_table(self, offense: Offense, made_good: bool, points: int) -> None:
        assert points_for(offense, RULES, made_good=made_good) == points


ORDERS = st.lists(
    st.builds(order, st.integers(0, 10**10), st.integers(-5, 400), claim_upheld=st.booleans()),
    max_size=5,
).map(tuple)
PENALTIES = st.lists(st.builds(penalty, st.integers(0, 20), st.integers(0, 400)), max_size=4).map(
    tuple
)
INPUTS = st.builds(
    LimitInputs,
    tier=st.sampled_from([tier.name for tier in RULES.tiers]),
    enrolled_at=st.just(AT - 400 * DAY),
    computed_at=st.just(AT),
    last_limit_minor=st.none() | st.integers(0, 5_000).map(lambda thousands: thousands * 100_000),
    orders=ORDERS,
    penalties=PENALTIES,
    only_cut=st.booleans(),
)


class TestEveryComputation:
    @given(INPUTS)
    def test_it_stays_within_every_bound(self, inputs: LimitInputs) -> None:
        assert within_bounds(compute_limit(inputs, RULES))

    @given(INPUTS)
    def test_anybody_can_redo_it_from_what_is_kept(self, inputs: LimitInputs) -> None:
        kept = msgspec.json.decode(
            msgspec.json.encode(compute_limit(inputs, RULES)), type=LimitComputation
        )
        assert compute_limit(kept.inputs, kept.rules) == kept

    @given(INPUTS, st.integers(1, 48))
    def test_more_points_never_give_more(self, inputs: LimitInputs, points: int) -> None:
        worse = msgspec.structs.replace(inputs, penalties=(*inputs.penalties, penalty(points, 0)))
        assert compute_limit(worse, RULES).limit_minor <= compute_limit(inputs, RULES).limit_minor

    def test_a_limit_beyond_its_growth_would_be_caught(self) -> None:
        found = limit(orders=(order(90_000_000),), last_limit_minor=8_000_000)
        assert not within_bounds(msgspec.structs.replace(found, limit_minor=10_100_000))


def within_bounds(found: LimitComputation) -> bool:
    return (
        0 <= found.limit_minor <= min(found.rules.limit_minor_max, found.earned_minor)
        and found.limit_minor % found.rules.rounded_to_minor == 0
        and (found.growth_bound_minor is None or found.limit_minor <= found.growth_bound_minor)
    )


class TestRecomputation:
    @pytest.mark.parametrize(
        ("at", "next_at"),
        [
            ("2026-11-09T23:59:59", "2026-11-10T00:00:00"),
            ("2026-11-10T00:00:00", "2026-12-10T00:00:00"),
            ("2026-12-31T12:00:00", "2027-01-10T00:00:00"),
            ("2028-01-30T12:00:00", "2028-02-10T00:00:00"),
        ],
    )
    def test_on_the_tenth_at_midnight_utc(self, at: str, next_at: str) -> None:
        found = next_recomputation(dt.datetime.fromisoformat(at).replace(tzinfo=dt.UTC), RULES)
        assert found == dt.datetime.fromisoformat(next_at).replace(tzinfo=dt.UTC)

    @given(
        st.datetimes(dt.datetime(2000, 1, 1), dt.datetime(2040, 1, 1), timezones=st.just(dt.UTC))
    )
    def test_it_is_the_next_of_a_monthly_row(self, at: dt.datetime) -> None:
        found = next_recomputation(at, RULES)
        assert at < found <= at + 31 * DAY
        assert (found.day, found.hour, found.minute, found.second) == (10, 0, 0, 0)


class TestOtherCurrencies:
    def test_the_latest_rate_not_after_the_day_counts(self) -> None:
        older, newer = (
            RULES.rates[0],
            msgspec.structs.replace(
                RULES.rates[0], from_date=dt.date(2026, 11, 11), worth_minor=120
            ),
        )
        rules = msgspec.structs.replace(RULES, rates=(newer, older))
        assert rate_at(rules, "EUR", AT) == older
        assert rate_at(rules, "EUR", AT + DAY) == newer

    def test_without_a_rate_there_is_none(self) -> None:
        assert rate_at(RULES, "BRL", AT) is None
        assert rate_at(RULES, "EUR", dt.datetime(2024, 12, 31, tzinfo=dt.UTC)) is None

    def test_the_limit_s_own_currency_is_worth_itself(self) -> None:
        rate = rate_at(RULES, "USD", AT)
        assert rate is not None
        assert (rate.amount_minor, rate.worth_minor) == (1, 1)

    def test_yen_are_weighed_in_whole_yen(self) -> None:
        rate = rate_at(RULES, "JPY", AT)
        assert rate is not None
        worth_minor = to_limit_currency(
            1_500_000, numerator=rate.worth_minor, denominator=rate.amount_minor
        )
        assert worth_minor == 1_000_000  # JPY 1,500,000 are worth USD 10,000.00.


def grant(covered_minor: int, total_minor: int, free_minor: int) -> CoverGrant:
    return grant_cover(
        covered_minor=covered_minor,
        total_minor=total_minor,
        free_limit_minor=free_minor,
        numerator=1,
        denominator=1,
    )


class TestGrants:
    def test_r4_cover_stops_at_the_limit(self) -> None:
        found = grant(3_000_000, 3_000_000, 2_000_000)
        assert (found.cover_minor, found.uncovered_minor) == (2_000_000, 1_000_000)

    def test_the_covered_amount_may_be_less_than_the_total(self) -> None:
        """Case CV-06."""
        found = grant(600_000, 1_000_000, 5_000_000)
        assert (found.cover_minor, found.uncovered_minor) == (600_000, 400_000)

    def test_an_overtaken_limit_gives_nothing(self) -> None:
        """Case CV-04: cut to 5,000.00 with 10,000.00 taken."""
        found = grant(300_000, 300_000, 500_000 - 1_000_000)
        assert (found.cover_minor, found.uncovered_minor, found.taken_minor) == (0, 300_000, 0)

    @given(st.integers(0, 10**10), st.integers(0, 10**10), st.integers(1, 500), st.integers(1, 500))
    def test_two_orders_never_share_the_same_dollar(
        self, covered_minor: int, free_minor: int, numerator: int, denominator: int
    ) -> None:
        left_minor = free_minor
        for _ in range(2):
            found = grant_cover(
                covered_minor=covered_minor,
                total_minor=covered_minor,
                free_limit_minor=left_minor,
                numerator=numerator,
                denominator=denominator,
            )
            assert 0 <= found.taken_minor <= left_minor
            assert found.cover_minor + found.uncovered_minor == covered_minor
            left_minor -= found.taken_minor

    def test_rules_of_both_editions_compute(self) -> None:
        for policy in shipped_policies().values():
            rules: LimitRules = policy.limits
            assert compute_limit(AUDITED, rules).limit_minor == 5_000_000
