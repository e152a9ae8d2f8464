"""The agreement: one version accepted by both, its cover fixed, its changes (R4, R16; A07, A10, A11, A24 to A26)."""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest

from fairlot.domain.cover.explain import explain_cover
from fairlot.domain.order import commands as c
from fairlot.domain.order import events as e
from fairlot.domain.order.clocks import ClockKind
from fairlot.domain.order.refusals import Code
from fairlot.domain.order.state import ENDED_STATUSES, Status
from fairlot.domain.order.terms import Instalment, InstalmentDue, Line
from fairlot.domain.policy.model import Ground
from tests.support.given import (
    BANK,
    BUYER,
    EDITIONS,
    ESCROW,
    GUARANTEE,
    HALVES,
    INSPECTOR,
    POST_DELIVERY,
    PRE_SHIPMENT,
    PRICE,
    SUPPLIER,
    Given,
    booking,
    claim,
    claim_on,
    days,
    given,
    local,
    payment,
    report,
    seconds,
    shipment,
    terms_under,
)

GRANT = c.Grant(enrolled=True, account_verified=True, cover_minor=PRICE)
FIRST = "1" * 64
SECOND = "2" * 64


def changed(here: Given, **changes: object) -> c.ProposeVersion:
    """Return a proposal of the agreed terms with changes, as a second version."""
    terms = msgspec.structs.replace(here.terms, version_hash=SECOND, **changes)
    return c.ProposeVersion(terms=terms)


def accept(version_hash: str = FIRST, **grant: object) -> c.AcceptVersion:
    return c.AcceptVersion(version_hash=version_hash, grant=msgspec.structs.replace(GRANT, **grant))


class TestVersions:
    def test_r10_nothing_counts_until_the_other_side_accepts(self) -> None:
        given().proposed().when(BUYER, accept()).refused(Code.OWN_PROPOSAL).stands(
            status=Status.PROPOSED, terms=None
        )

    def test_r16_what_is_accepted_is_that_very_version(self) -> None:
        here = given().proposed()
        newer = here.by(SUPPLIER, changed(here))
        newer.when(SUPPLIER, accept(FIRST)).refused(Code.VERSION_SUPERSEDED, version_hash=SECOND)
        newer.when(BUYER, accept(SECOND)).then(e.OrderAgreed, version_hash=SECOND)

    def test_a07_a_new_version_starts_its_own_thirty_days(self) -> None:
        here = given().proposed()
        assert here.due_at(ClockKind.PROPOSAL) == here.now + days(30)
        later = here.after(days(29)).by(SUPPLIER, changed(here))
        assert later.due_at(ClockKind.PROPOSAL) == here.now + days(59)

    def test_a07_the_proposer_alone_may_withdraw_and_only_before_acceptance(self) -> None:
        withdrawal = c.WithdrawVersion(version_hash=FIRST)
        given().proposed().when(SUPPLIER, withdrawal).refused(Code.NOT_PROPOSER)
        given().proposed().when(BUYER, withdrawal).then(e.VersionWithdrawn).stands(
            status=Status.DRAFT, proposal=None
        )
        given().agreed().when(BUYER, withdrawal).refused(Code.NO_PROPOSAL)

    def test_the_other_side_alone_declines(self) -> None:
        refusal = c.DeclineVersion(version_hash=FIRST)
        given().proposed().when(BUYER, refusal).refused(Code.OWN_PROPOSAL)
        given().proposed().when(SUPPLIER, refusal).then(e.VersionDeclined).stands(
            status=Status.DRAFT
        )

    def test_a03_the_last_second_of_a_proposal_still_counts(self) -> None:
        here = given().proposed()
        here.when(SUPPLIER, accept(), after=days(30)).then(e.OrderAgreed)
        here.when(SUPPLIER, accept(), after=days(30) + seconds(0.9)).then(e.OrderAgreed)
        here.when(SUPPLIER, accept(), after=days(30) + seconds(1)).refused(
            Code.WRONG_STATUS, status=Status.EXPIRED
        )

    def test_a_proposal_lapses_at_its_own_deadline_whoever_looks_when(self) -> None:
        here = given().proposed()
        after = here.when_nobody_acts(here.now + days(400)).then(
            e.ProposalExpired, at=here.now + days(30)
        )
        after.stands(status=Status.EXPIRED)


class TestTerms:
    @pytest.mark.parametrize(
        ("changes", "code"),
        [
            ({"lines": (), "total_minor": 0, "covered_minor": 0}, Code.LINES_MISSING),
            (
                {"lines": (Line(number=1, quantity=0, unit_price_minor=1_000),)},
                Code.AMOUNT_NOT_POSITIVE,
            ),
            (
                {"lines": (Line(number=1, quantity=500, unit_price_minor=1_000),) * 2},
                Code.REFERENCE_REUSED,
            ),
            ({"total_minor": PRICE - 1}, Code.TOTAL_NOT_SUM_OF_LINES),
            (
                {
                    "lines": (Line(number=1, quantity=10**9, unit_price_minor=10**7),),
                    "total_minor": 10**16,
                },
                Code.AMOUNT_TOO_LARGE,
            ),
            ({"instalments": ()}, Code.INSTALMENTS_NOT_WHOLE),
            (
                {"instalments": (Instalment(name="part", amount_minor=PRICE - 1),)},
                Code.INSTALMENTS_NOT_WHOLE,
            ),
            (
                {
                    "instalments": (
                        Instalment(
                            name="all", amount_minor=PRICE, due=InstalmentDue.PASSED_INSPECTION
                        ),
                    )
                },
                Code.INSTALMENTS_NOT_WHOLE,
            ),
            ({"covered_minor": PRICE + 1}, Code.COVER_ABOVE_TOTAL),
            ({"shipment_date": dt.date(2026, 5, 3)}, Code.SHIPMENT_DATE_PAST),
            ({"lead_time_days": 0}, Code.SHIPMENT_DATE_MISSING),
            ({"approved_sample_hash": "9" * 64}, Code.SAMPLE_NOT_APPROVED),
        ],
        ids=lambda value: value.value if isinstance(value, Code) else "",
    )
    def test_terms_that_cannot_be_agreed_are_refused(
        self, changes: dict[str, object], code: Code
    ) -> None:
        here = given().drafted()
        terms = msgspec.structs.replace(here.terms, **changes)
        here.when(BUYER, c.ProposeVersion(terms=terms)).refused(code)

    def test_a10_terms_without_a_shipment_date_are_refused(self) -> None:
        here = given(shipment_date=None).drafted()
        here.when(BUYER, c.ProposeVersion(terms=here.terms)).refused(Code.SHIPMENT_DATE_MISSING)

    def test_a09_a_lead_time_runs_from_the_first_payment(self) -> None:
        here = given(shipment_date=None, lead_time_days=45).agreed()
        here.stands(shipment_date=None, shipment_until=None)
        paid = here.at(local("2026-05-20 23:00")).by(BANK, payment(PRICE))
        paid.stands(shipment_date=dt.date(2026, 7, 4), shipment_until=local("2026-07-04 23:59:59"))

    def test_a_kind_of_cover_that_the_edition_does_not_offer_is_refused(self) -> None:
        here = given(cover=PRE_SHIPMENT).drafted()
        narrow = msgspec.structs.replace(here.policy, cover_kinds=(POST_DELIVERY,))
        here = msgspec.structs.replace(here, policy=narrow)
        here.when(BUYER, c.ProposeVersion(terms=here.terms)).refused(Code.COVER_KIND_NOT_OFFERED)


class TestSplitPayment:
    """R19: where the policy allows it for the kind of cover; the editions differ for pre-shipment cover."""

    @pytest.mark.parametrize(
        ("edition", "cover", "allowed"),
        [
            (ESCROW, PRE_SHIPMENT, True),
            (ESCROW, POST_DELIVERY, True),
            (GUARANTEE, PRE_SHIPMENT, False),
            (GUARANTEE, POST_DELIVERY, True),
        ],
    )
    def test_r19_split_payment_by_edition_and_kind(
        self, edition: str, cover: str, allowed: bool
    ) -> None:
        here = given(edition, cover, instalments=HALVES).drafted()  # type: ignore[arg-type]
        answer = here.when(BUYER, c.ProposeVersion(terms=here.terms))
        if allowed:
            answer.then(e.VersionProposed)
        else:
            answer.refused(Code.SPLIT_NOT_ALLOWED, kind=cover)

    @pytest.mark.parametrize("edition", EDITIONS)
    def test_r19_the_second_half_falls_due_with_the_passed_inspection(self, edition: str) -> None:
        here = given(edition, instalments=HALVES).paid(500_000).by(BUYER, booking())
        here.when(BANK, payment(500_000, "p2")).happened(e.PaymentReceived, e.RefundDecided)
        passed = here.by(INSPECTOR, report())
        assert passed.due_at(ClockKind.BALANCE) == passed.now + days(30)
        passed.when(BANK, payment(500_000, "p2")).happened(
            e.PaymentReceived, e.PaymentCompleted
        ).stands(paid_minor=PRICE)


class TestCover:
    @pytest.mark.parametrize("edition", EDITIONS)
    def test_r4_cover_stops_at_what_was_granted(self, edition: str) -> None:
        """R4, A20: an order of 30,000 with 20,000 of free limit is covered for 20,000; held money comes on top of it."""
        line = Line(number=1, quantity=3_000, unit_price_minor=1_000)
        here = given(
            edition,
            lines=(line,),
            total_minor=3_000_000,
            covered_minor=2_000_000,
            instalments=(Instalment(name="full", amount_minor=3_000_000),),
        ).paid(3_000_000)
        here.stands(cover_minor=2_000_000)
        answer = explain_cover(
            here.order, claim_on(Ground.NOT_RECEIVED), now=here.now, policy=here.policy
        )
        assert answer.covered is False, "nothing was shipped yet"
        late = here.at(local(f"{here.order.shipment_date} 23:59:59") + seconds(1)).settled()
        answer = explain_cover(late.order, claim_on(Ground.LATE), now=late.now, policy=late.policy)
        held = 3_000_000 if edition == ESCROW else 0
        assert (answer.held_minor, answer.fund_minor) == (held, 0 if held else 2_000_000)

    def test_r4_a24_less_free_limit_than_the_version_says_is_refused_with_the_figure(self) -> None:
        given().proposed().when(SUPPLIER, accept(cover_minor=400_000)).refused(
            Code.COVER_CHANGED, cover_minor=400_000, covered_minor=PRICE
        ).stands(status=Status.PROPOSED)

    def test_a25_the_rate_of_the_limit_is_in_the_record(self) -> None:
        accepted = accept(limit_currency="USD", rate_numerator=110, rate_denominator=100)
        given().proposed().when(SUPPLIER, accepted).then(
            e.OrderAgreed, limit_currency="USD", rate_numerator=110, rate_denominator=100
        )

    def test_a26_enrolment_at_agreement_counts(self) -> None:
        accepted = accept(enrolled=False, cover_minor=0)
        given().proposed().when(SUPPLIER, accepted).then(e.OrderAgreed).stands(
            enrolled=False, cover_minor=0
        )

    def test_r21_a_supplier_that_is_not_enrolled_is_not_covered(self) -> None:
        given().shipped(enrolled=False, cover_minor=0).when(BUYER, claim(Ground.QUALITY)).refused(
            Code.SUPPLIER_NOT_ENROLLED
        )

    def test_a19_the_receiving_account_is_verified_before_the_first_agreement(self) -> None:
        given().proposed().when(SUPPLIER, accept(account_verified=False)).refused(
            Code.ACCOUNT_NOT_VERIFIED
        )


class TestChanges:
    def test_a11_a_lower_price_goes_back_at_once_and_lowers_the_cover(self) -> None:
        here = given().paid()
        cheaper = changed(
            here,
            lines=(Line(number=1, quantity=1_000, unit_price_minor=950),),
            total_minor=950_000,
            covered_minor=950_000,
            instalments=(Instalment(name="full", amount_minor=950_000),),
        )
        after = (
            here.by(SUPPLIER, cheaper)
            .when(BUYER, accept(SECOND))
            .then(e.ChangeAgreed, e.RefundDecided, cover_minor=950_000)
        )
        after.stands(paid_minor=950_000, held_minor=950_000, returned_minor=0)
        assert after.last(e.RefundDecided).from_held_minor == 50_000

    def test_a11_under_the_guarantee_a_lower_price_is_refunded_by_the_waterfall(self) -> None:
        here = given(GUARANTEE).paid()
        cheaper = changed(
            here,
            lines=(Line(number=1, quantity=1_000, unit_price_minor=950),),
            total_minor=950_000,
            covered_minor=950_000,
            instalments=(Instalment(name="full", amount_minor=950_000),),
        )
        after = here.by(SUPPLIER, cheaper).when(BUYER, accept(SECOND)).granted()
        assert after.last(e.RefundDecided).seek_until is not None
        after.after(days(2)).settled().stands(fund_paid_minor=50_000, receivable_minor=50_000)

    def test_a11_the_fund_stands_behind_what_a_lower_total_gives_back(self) -> None:
        """The cover that falls with the total pays that refund, and what is left covers the new total whole."""
        here = given(GUARANTEE).paid()
        cheaper = changed(
            here,
            lines=(Line(number=1, quantity=1_000, unit_price_minor=400),),
            total_minor=400_000,
            covered_minor=400_000,
            instalments=(Instalment(name="full", amount_minor=400_000),),
        )
        after = here.by(SUPPLIER, cheaper).by(BUYER, accept(SECOND)).after(days(2)).settled()
        after.stands(
            cover_minor=400_000,
            fund_paid_minor=600_000,
            receivable_minor=600_000,
            uncovered_minor=0,
            cover_used_minor=0,
            cover_given_up_minor=0,
        )
        told = explain_cover(
            after.order, claim_on(Ground.NEVER_SHIPPED), now=after.now, policy=after.policy
        )
        assert (told.covered, told.amount_minor) == (True, 400_000)
        after.quiet().stands(fund_paid_minor=1_000_000, uncovered_minor=0)

    def test_a11_with_less_cover_than_the_total_the_fund_pays_no_more_than_was_granted(
        self,
    ) -> None:
        here = given(GUARANTEE, covered_minor=600_000).paid()
        cheaper = changed(
            here,
            lines=(Line(number=1, quantity=1_000, unit_price_minor=500),),
            total_minor=500_000,
            covered_minor=500_000,
            instalments=(Instalment(name="full", amount_minor=500_000),),
        )
        after = here.by(SUPPLIER, cheaper).by(BUYER, accept(SECOND)).quiet()
        after.stands(cover_minor=500_000, fund_paid_minor=600_000, uncovered_minor=400_000)

    @pytest.mark.parametrize("edition", EDITIONS)
    def test_r45_a_supplier_that_wants_more_for_the_same_is_recorded_as_that(
        self, edition: str
    ) -> None:
        here = given(edition).paid()
        dearer = changed(
            here,
            lines=(Line(number=1, quantity=1_000, unit_price_minor=1_100),),
            total_minor=1_100_000,
            instalments=(Instalment(name="full", amount_minor=1_100_000),),
        )
        asked = here.when(SUPPLIER, dearer).then(e.VersionProposed, e.PriceDemanded)
        assert asked.last(e.PriceDemanded).amount_minor == 100_000
        asked.stands(price_demanded=True, paid_minor=PRICE)
        here.when(BUYER, dearer).then(e.VersionProposed)
        more_goods = changed(
            here,
            lines=(Line(number=1, quantity=1_200, unit_price_minor=1_000),),
            total_minor=1_200_000,
            instalments=(Instalment(name="full", amount_minor=1_200_000),),
        )
        here.when(SUPPLIER, more_goods).then(e.VersionProposed).stands(price_demanded=False)

    def test_a11_a_higher_price_gets_its_own_grant(self) -> None:
        here = given().paid()
        dearer = changed(
            here,
            lines=(Line(number=1, quantity=1_100, unit_price_minor=1_000),),
            total_minor=1_100_000,
            covered_minor=1_100_000,
            instalments=(Instalment(name="full", amount_minor=1_100_000),),
        )
        after = here.by(SUPPLIER, dearer).when(BUYER, accept(SECOND, cover_minor=100_000)).granted()
        after.stands(cover_minor=1_100_000, status=Status.IN_PRODUCTION)

    @pytest.mark.parametrize("edition", EDITIONS)
    def test_r19_a_higher_price_is_due_like_a_balance_and_the_order_still_ends(
        self, edition: str
    ) -> None:
        here = given(edition).paid()
        dearer = changed(
            here,
            lines=(Line(number=1, quantity=1_100, unit_price_minor=1_000),),
            total_minor=1_100_000,
            instalments=(Instalment(name="full", amount_minor=1_100_000),),
        )
        after = (
            here.by(SUPPLIER, dearer)
            .when(BUYER, accept(SECOND))
            .then(e.ChangeAgreed, e.BalanceFellDue)
        )
        assert after.due_at(ClockKind.BALANCE) == after.now + days(30)
        paid = after.by(BANK, payment(100_000, "p2"))
        assert paid.clock(ClockKind.BALANCE) is None
        assert paid.clock(ClockKind.SHIPMENT_DUE) is not None
        left = after.quiet()
        assert left.order.status in ENDED_STATUSES
        left.stands(held_minor=0)

    def test_a37_the_clock_runs_from_the_date_in_force(self) -> None:
        here = given().paid()
        later = changed(here, shipment_date=dt.date(2026, 7, 15))
        asked = here.at(local("2026-06-25 09:00")).by(SUPPLIER, later)
        assert asked.due_at(ClockKind.NEVER_SHIPPED) == local("2026-07-30 23:59:59")
        agreed = asked.when(BUYER, accept(SECOND)).then(e.ChangeAgreed)
        assert agreed.due_at(ClockKind.SHIPMENT_DUE) == local("2026-07-15 23:59:59")
        assert agreed.due_at(ClockKind.NEVER_SHIPPED) == local("2026-08-14 23:59:59")

    def test_a_change_after_the_date_may_leave_the_date_as_it_was(self) -> None:
        here = given().paid().at(local("2026-07-10"))
        kept = changed(
            here,
            lines=(Line(number=1, quantity=1_000, unit_price_minor=900),),
            total_minor=900_000,
            covered_minor=900_000,
            instalments=(Instalment(name="full", amount_minor=900_000),),
        )
        here.when(SUPPLIER, kept).then(e.VersionProposed)
        past = changed(here, shipment_date=dt.date(2026, 7, 1))
        here.when(SUPPLIER, past).refused(Code.SHIPMENT_DATE_PAST)

    def test_a_change_neither_touches_the_currency_nor_the_kind_of_cover(self) -> None:
        here = given().paid()
        here.when(SUPPLIER, changed(here, currency="EUR")).refused(Code.CURRENCY_FIXED)
        here.when(SUPPLIER, changed(here, cover_kind=PRE_SHIPMENT)).refused(
            Code.COVER_KIND_NOT_OFFERED
        )

    def test_a_change_never_goes_below_what_was_shipped(self) -> None:
        here = given().paid().by(SUPPLIER, shipment(quantities={1: 800}))
        fewer = changed(
            here,
            lines=(Line(number=1, quantity=700, unit_price_minor=1_000),),
            total_minor=700_000,
            covered_minor=700_000,
            instalments=(Instalment(name="full", amount_minor=700_000),),
        )
        here.when(SUPPLIER, fewer).refused(Code.BELOW_SHIPPED, line=1, shipped=800)

    def test_a_cheaper_version_can_complete_the_payment(self) -> None:
        here = given().agreed().by(BANK, payment(900_000))
        cheaper = changed(
            here,
            lines=(Line(number=1, quantity=900, unit_price_minor=1_000),),
            total_minor=900_000,
            covered_minor=900_000,
            instalments=(Instalment(name="full", amount_minor=900_000),),
        )
        here.by(SUPPLIER, cheaper).when(BUYER, accept(SECOND)).then(
            e.ChangeAgreed, e.PaymentCompleted
        ).stands(status=Status.IN_PRODUCTION)


class TestAftermath:
    @pytest.mark.parametrize("edition", EDITIONS)
    def test_unpaid_after_sixty_days_is_cancelled_and_what_was_paid_goes_back(
        self, edition: str
    ) -> None:
        here = given(edition).agreed().by(BANK, payment(300_000))
        until = here.due_at(ClockKind.FIRST_PAYMENT)
        assert until == here.now + days(60)
        after = here.when_nobody_acts(until + seconds(1)).happened(
            e.OrderCancelled, e.RefundDecided
        )
        after.stands(status=Status.CANCELLED, returned_minor=300_000)
        assert after.last(e.OrderCancelled).at == until


def test_terms_under_both_editions_end_their_date_in_the_contracts_zone() -> None:
    """A01: a contract's date ends at 23:59:59 in its zone."""
    for edition in EDITIONS:
        here = given(edition).agreed()
        date = terms_under(edition, POST_DELIVERY).shipment_date
        assert here.order.shipment_until == local(f"{date} 23:59:59")
