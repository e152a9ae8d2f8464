"""What each way to pay costs, where two cross, and which are offered to whom and when."""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairlot.domain.money import divide_half_up
from fairlot.domain.policy.fees import (
    Crossing,
    Offer,
    crossings,
    fee_of,
    fee_rise_minor,
    offered_ways,
    price_within,
    way_in_force,
    why_not_offered,
)
from fairlot.domain.policy.loading import shipped_policies
from fairlot.domain.policy.model import PaymentWay, Policy
from fairlot.domain.policy.not_offered import NOT_OFFERED_SENTENCES, NotOffered

AT = dt.datetime(2026, 5, 6, 6, 0, tzinfo=dt.UTC)
ESCROW = shipped_policies()["escrow-2026"]
GUARANTEE = shipped_policies()["guarantee-2017"]


def offers(
    policy: Policy = ESCROW,
    *,
    amount_minor: int = 1_000_000,
    currency: str = "USD",
    buyer_country: str = "US",
    at: dt.datetime = AT,
) -> dict[str, Offer]:
    found = offered_ways(
        policy, amount_minor=amount_minor, currency=currency, buyer_country=buyer_country, at=at
    )
    return {offer.name: offer for offer in found}


def with_ways(*ways: PaymentWay) -> Policy:
    return msgspec.structs.replace(ESCROW, ways_to_pay=ways)


class TestFees:
    @pytest.mark.parametrize(
        ("amount_minor", "card_minor"),
        [
            (1_000_000, 28_000),
            (53_553, 1_499),
            (53_554, 1_500),
            (53_571, 1_500),
            (53_589, 1_500),
            (53_590, 1_501),
            (54_000, 1_512),
        ],
    )
    def test_r24_card_and_e_checking_case_mo_06(self, amount_minor: int, card_minor: int) -> None:
        found = offers(amount_minor=amount_minor)
        assert found["card"].fee_minor == card_minor
        assert found["card"].total_minor == amount_minor + card_minor
        assert found["e-checking"].fee_minor == 1_500
        assert found["wire"].total_minor == amount_minor

    def test_r24_where_card_and_e_checking_cross(self) -> None:
        """The page says 535.53 and 535.90; M says about 540; 15 / 0.028 is 535.714..."""
        found = crossings(ESCROW, currency="USD", buyer_country="US", at=AT)
        assert (
            Crossing(
                cheaper_below="card",
                cheaper_above="e-checking",
                below_until_minor=53_553,
                above_from_minor=53_590,
                exact_numerator=15_000_000,
                exact_denominator=280,
            )
            in found
        )

    def test_nothing_crosses_where_only_one_of_them_is_offered(self) -> None:
        assert crossings(ESCROW, currency="USD", buyer_country="DE", at=AT) == ()

    @given(
        first=st.tuples(st.integers(0, 500), st.integers(0, 3_000)),
        second=st.tuples(st.integers(0, 500), st.integers(0, 3_000)),
        amount_minor=st.integers(0, 2_000_000),
    )
    def test_a_crossing_tells_the_cheaper_of_any_two(
        self, first: tuple[int, int], second: tuple[int, int], amount_minor: int
    ) -> None:
        ways = [
            PaymentWay(
                name=name,
                fee_basis_points=share,
                fee_fixed_minor={"USD": fixed},
                currencies=("USD",),
            )
            for name, (share, fixed) in (("card", first), ("wire", second))
        ]
        fees = {
            way.name: fee_of(way, amount_minor=amount_minor, currency="USD", at=AT) for way in ways
        }
        found = crossings(with_ways(*ways), currency="USD", buyer_country="US", at=AT)
        for crossing in found:
            assert divide_half_up(crossing.exact_numerator, crossing.exact_denominator) in range(
                crossing.below_until_minor, crossing.above_from_minor + 1
            )
            if amount_minor >= crossing.above_from_minor:
                assert fees[crossing.cheaper_above] < fees[crossing.cheaper_below]
            if amount_minor > crossing.below_until_minor:
                assert fees[crossing.cheaper_above] <= fees[crossing.cheaper_below]
        if not found:
            # One of them is never dearer than the other, but for rounding.
            lower, higher = sorted((first, second))
            assert lower[1] <= higher[1] or lower[0] == higher[0]

    def test_a_fee_is_only_asked_of_a_way_that_can_be_used(self) -> None:
        e_checking = way_in_force(ESCROW, "e-checking", AT)
        assert e_checking is not None
        with pytest.raises(AssertionError):
            fee_of(e_checking, amount_minor=100, currency="EUR", at=AT)

    @given(
        share=st.integers(0, 2_000),
        fixed=st.integers(0, 3_000),
        amount_minor=st.integers(0, 2_000_000),
        wanted_minor=st.integers(0, 2_000_000),
    )
    def test_an_amount_pays_as_much_of_the_price_as_it_can(
        self, share: int, fixed: int, amount_minor: int, wanted_minor: int
    ) -> None:
        way = PaymentWay(
            name="card",
            fee_basis_points=share,
            fee_fixed_minor={"USD": fixed},
            currencies=("USD",),
        )
        price_minor, fee_minor = price_within(
            way, amount_minor=amount_minor, wanted_minor=wanted_minor, currency="USD"
        )
        assert 0 <= price_minor <= wanted_minor
        assert price_minor + fee_minor <= amount_minor

        def cost(price: int) -> int:
            return price + fee_of(way, amount_minor=price, currency="USD", at=AT)

        if price_minor > 0:
            assert cost(price_minor) <= amount_minor
        if price_minor < wanted_minor:
            assert cost(price_minor + 1) > amount_minor


class TestOffers:
    def test_r24_e_checking_only_for_buyers_in_the_us_case_mo_09(self) -> None:
        canada = offers(GUARANTEE, buyer_country="CA")
        assert canada["e-checking"].reason is NotOffered.COUNTRY_NOT_SERVED
        assert canada["letter of credit"].reason is NotOffered.NOT_IN_EDITION
        assert [name for name, offer in canada.items() if offer.offered] == ["card", "wire"]
        assert offers(GUARANTEE)["e-checking"].offered

    def test_a_currency_that_a_way_does_not_take(self) -> None:
        assert offers(currency="EUR")["e-checking"].reason is NotOffered.CURRENCY_NOT_SERVED

    def test_paypal_in_2017_is_outside_the_programme_and_says_so(self) -> None:
        paypal = offers(GUARANTEE)["paypal"]
        assert (paypal.offered, paypal.protected) == (False, False)
        assert "outside the programme" in paypal.remark
        assert paypal.remark_zh

    @pytest.mark.parametrize(
        ("amount_minor", "currency", "remarked"),
        [
            (4_999_999, "USD", True),
            (5_000_000, "USD", False),  # From 50,000.00 on (ruling A16).
            (7_499_999, "JPY", True),
            (7_500_000, "JPY", False),
            (10**12, "CHF", True),  # No threshold of its own: the remark stands.
        ],
    )
    def test_a16_a_letter_of_credit_is_remarked_upon_below_its_own_currencys_threshold(
        self, amount_minor: int, currency: str, remarked: bool
    ) -> None:
        offer = offers(amount_minor=amount_minor, currency=currency)["letter of credit"]
        assert offer.offered
        assert bool(offer.remark) is bool(offer.remark_zh) is remarked

    def test_what_is_offered_is_protected(self) -> None:
        for policy in (ESCROW, GUARANTEE):
            assert all(offer.protected for offer in offers(policy).values() if offer.offered)

    def test_a_way_that_no_edition_names_is_not_offered(self) -> None:
        reason = why_not_offered(ESCROW, "barter", currency="USD", buyer_country="US", at=AT)
        assert reason is NotOffered.NOT_IN_EDITION

    def test_every_reason_has_its_sentences(self) -> None:
        assert set(NOT_OFFERED_SENTENCES) == set(NotOffered)


class TestEntriesInForce:
    """Ruling A80: the entry in force at the instant of payment, whole days in UTC."""

    BEFORE = PaymentWay(
        name="card", fee_basis_points=280, until_date=dt.date(2026, 6, 30), remark="", remark_zh=""
    )
    AFTER = PaymentWay(name="card", fee_basis_points=300, from_date=dt.date(2026, 7, 1))
    POLICY = with_ways(BEFORE, AFTER)
    LAST_SECOND = dt.datetime(2026, 6, 30, 23, 59, 59, 999_999, tzinfo=dt.UTC)
    NEXT = dt.datetime(2026, 7, 1, tzinfo=dt.UTC)

    def test_the_day_decides(self) -> None:
        assert way_in_force(self.POLICY, "card", self.LAST_SECOND) == self.BEFORE
        assert way_in_force(self.POLICY, "card", self.NEXT) == self.AFTER
        assert [offers(self.POLICY, at=at)["card"].fee_minor for at in (AT, self.NEXT)] == [
            28_000,
            30_000,
        ]

    def test_the_zone_of_the_instant_does_not(self) -> None:
        in_shanghai = self.LAST_SECOND.astimezone(dt.timezone(dt.timedelta(hours=8)))
        assert way_in_force(self.POLICY, "card", in_shanghai) == self.BEFORE

    def test_a_way_before_its_day_is_not_in_force(self) -> None:
        policy = with_ways(self.AFTER)
        assert offers(policy)["card"].reason is NotOffered.NOT_IN_FORCE

    def test_a_rise_after_agreement_is_named(self) -> None:
        rise = fee_rise_minor(
            self.POLICY,
            "card",
            amount_minor=1_000_000,
            currency="USD",
            agreed_at=AT,
            at=self.NEXT,
        )
        assert rise == 2_000

    def test_a_fall_needs_no_consent(self) -> None:
        rise = fee_rise_minor(
            self.POLICY,
            "card",
            amount_minor=1_000_000,
            currency="USD",
            agreed_at=self.NEXT,
            at=AT,
        )
        assert rise == 0
