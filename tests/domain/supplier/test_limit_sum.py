"""The sum behind a limit: its inputs from the record, its bytes, and that anybody comes to the same when redoing it."""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from fairlot.domain.cover.limit import LimitComputation, compute_limit
from fairlot.domain.order.state import Status
from fairlot.domain.policy.loading import shipped_policies
from fairlot.domain.policy.model import Offense
from fairlot.domain.supplier.limit_sum import (
    JudgedOffense,
    Standing,
    computation_bytes,
    computation_hash,
    limit_inputs,
    redone,
)
from fairlot.domain.supplier.order_entry import OffenseEntry, OrderEntry, Timeliness

RULES = shipped_policies()["escrow-2026"].limits
AT = dt.datetime(2027, 6, 10, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)
ENTRY = OrderEntry(
    supplier_id="com_supplier",
    currency="USD",
    total_minor=1_000_000,
    status=Status.CLOSED,
    assured=True,
    agreed_at=AT - 60 * DAY,
    paid_at=AT - 50 * DAY,
    completed_at=AT - 20 * DAY,
    timeliness=Timeliness.ON_TIME,
    made_good=True,
)
NEW = Standing(
    tier="visited on site", enrolled_at=AT - 100 * DAY, last_limit_minor=None, entries={}
)


def computed(standing: Standing, *, only_cut: bool = False) -> LimitComputation:
    return compute_limit(limit_inputs(standing, at=AT, rules=RULES, only_cut=only_cut), RULES)


def with_entries(*entries: OrderEntry) -> Standing:
    return replace(NEW, entries={f"ord_{n}": entry for n, entry in enumerate(entries)})


class TestInputs:
    def test_r3_a_worked_example(self) -> None:
        """Base 20,000; orders of USD 10,000 and EUR 10,000 (11,000 at 1.10) give half of 21,000: 30,500, rounded 30,000."""
        found = computed(with_entries(ENTRY, replace(ENTRY, currency="EUR")))
        assert found.sales_minor == 2_100_000
        assert found.sales_share_minor == 1_050_000
        assert found.limit_minor == 3_000_000

    def test_r3_an_upheld_claim_takes_the_order_out_and_gives_points(self) -> None:
        fined = replace(ENTRY, offenses=(OffenseEntry(offense=Offense.QUALITY, at=AT - 5 * DAY),))
        assert computed(with_entries(fined)).points == 3

    @pytest.mark.parametrize(("made_good", "points", "ends"), [(True, 6, False), (False, 48, True)])
    def test_r3_a_serious_offense_weighs_by_whether_it_was_made_good(
        self, *, made_good: bool, points: int, ends: bool
    ) -> None:
        offense = OffenseEntry(offense=Offense.NEVER_SHIPPED, at=AT - DAY)
        entry = replace(ENTRY, completed_at=None, offenses=(offense,), made_good=made_good)
        found = computed(with_entries(entry))
        assert (found.points, found.enrolment_ends) == (points, ends)

    def test_r6_asking_for_payment_outside_gives_points_too(self) -> None:
        judged = JudgedOffense(offense=Offense.PAYMENT_OUTSIDE, at=AT, made_good=True)
        assert computed(replace(NEW, judged=(judged,))).points == 6

    @pytest.mark.parametrize(
        "entry",
        [
            replace(ENTRY, assured=False),
            replace(ENTRY, paid_at=None),
            replace(ENTRY, completed_at=None),
            replace(ENTRY, completed_at=AT + DAY),
            replace(ENTRY, currency="XAU"),
        ],
        ids=["not assured", "not paid", "not completed", "completed later", "no rate"],
    )
    def test_r5_what_never_counts_adds_nothing(self, entry: OrderEntry) -> None:
        assert computed(with_entries(entry)).sales_minor == 0

    def test_r3_between_two_months_a_penalty_cuts_and_sales_do_not_add(self) -> None:
        standing = replace(with_entries(*[ENTRY] * 4), last_limit_minor=2_500_000)
        assert computed(standing).limit_minor == 3_500_000
        assert computed(standing, only_cut=True).limit_minor == 2_500_000


amounts = st.lists(st.integers(0, 10**9), max_size=5)
points = st.lists(st.sampled_from(list(Offense)), max_size=5)


def standing_of(values: list[int], offenses: list[Offense]) -> Standing:
    judged = tuple(JudgedOffense(offense=o, at=AT - DAY, made_good=True) for o in offenses)
    entries = [replace(ENTRY, total_minor=value) for value in values]
    return replace(with_entries(*entries), judged=judged)


class TestProperties:
    @given(amounts, points, st.integers(0, 10**9))
    def test_r3_another_good_order_never_lowers_the_limit(
        self, values: list[int], offenses: list[Offense], more: int
    ) -> None:
        before = computed(standing_of(values, offenses)).limit_minor
        assert computed(standing_of([*values, more], offenses)).limit_minor >= before

    @given(amounts, points, st.sampled_from(list(Offense)))
    def test_r3_another_offense_never_raises_the_limit(
        self, values: list[int], offenses: list[Offense], more: Offense
    ) -> None:
        before = computed(standing_of(values, offenses)).limit_minor
        assert computed(standing_of(values, [*offenses, more])).limit_minor <= before

    @given(st.lists(st.integers(0, 10**13), max_size=5), st.integers(0, 10**9))
    def test_r3_no_limit_exceeds_the_cap_or_grows_faster_than_allowed(
        self, values: list[int], last: int
    ) -> None:
        found = computed(replace(standing_of(values, []), last_limit_minor=last)).limit_minor
        growth = max(last * RULES.growth_percent_max // 100, RULES.growth_minor_min)
        assert found <= min(RULES.limit_minor_max, last + growth)
        assert found % RULES.rounded_to_minor == 0

    @given(amounts, points)
    def test_r3_the_same_facts_give_the_same_bytes_in_whatever_order_they_come(
        self, values: list[int], offenses: list[Offense]
    ) -> None:
        standing = standing_of(values, offenses)
        turned = replace(
            standing,
            entries=dict(reversed(list(standing.entries.items()))),
            judged=tuple(reversed(standing.judged)),
        )
        one, other = computation_bytes(computed(standing)), computation_bytes(computed(turned))
        assert computation_hash(one) == computation_hash(other)
        assert redone(one) == computed(standing)


def test_r3_a_sum_that_was_tampered_with_is_found_out() -> None:
    kept = computation_bytes(computed(with_entries(ENTRY)))
    raised = replace(msgspec.json.decode(kept, type=LimitComputation), limit_minor=9_000_000)
    with pytest.raises(ValueError, match="does not come to"):
        redone(computation_bytes(raised))
