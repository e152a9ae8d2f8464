"""Enrolment: what a tier asks for, and that the badge comes and goes with its facts."""

from __future__ import annotations

import datetime as dt
import itertools

import pytest
from msgspec.structs import replace

from fairlot.domain.policy.loading import shipped_policies
from fairlot.domain.supplier.enrolment import (
    BadgeFacts,
    BadgeFault,
    DocumentKind,
    KeptDocument,
    badge_of,
    conditions_hash,
    conditions_now,
    missing_documents,
)

NOW = conditions_now()
DATE = dt.date(2027, 6, 1)
GOOD = BadgeFacts(
    enrolled=True, accepted_hash=conditions_hash(NOW), account_named=True, account_verified=True
)


class TestConditions:
    def test_r1_every_tier_of_every_edition_has_its_documents(self) -> None:
        for policy in shipped_policies().values():
            for tier in policy.limits.tiers:
                assert NOW.documents_for(tier.name)

    def test_r1_a_higher_tier_asks_for_all_that_the_one_below_asks(self) -> None:
        for lower, higher in itertools.pairwise(NOW.tiers):
            assert set(lower.documents) < set(higher.documents)

    def test_r1_changed_conditions_have_another_hash(self) -> None:
        assert conditions_hash(replace(NOW, version="2026-2")) != conditions_hash(NOW)

    def test_r1_both_languages_are_there(self) -> None:
        assert all(condition.en and condition.zh for condition in NOW.conditions)


class TestDocuments:
    def test_r1_what_is_missing_is_named(self) -> None:
        kept = [KeptDocument(kind=DocumentKind.BUSINESS_LICENSE, content_hash="a" * 64)]
        assert missing_documents("documents verified", kept, date=DATE, conditions=NOW) == (
            DocumentKind.LEGAL_REPRESENTATIVE,
            DocumentKind.ACCOUNT_PROOF,
        )

    @pytest.mark.parametrize(("days", "is_missing"), [(-1, True), (0, False)])
    def test_r1_a_document_is_valid_through_its_last_day(
        self, days: int, *, is_missing: bool
    ) -> None:
        kept = [
            KeptDocument(
                kind=kind, content_hash="a" * 64, expires_date=DATE + dt.timedelta(days=days)
            )
            for kind in DocumentKind
        ]
        assert bool(missing_documents("audited", kept, date=DATE, conditions=NOW)) is is_missing

    def test_an_unknown_tier_is_refused(self) -> None:
        with pytest.raises(ValueError, match="gold"):
            missing_documents("gold", [], date=DATE, conditions=NOW)


class TestBadge:
    def test_r1_it_is_shown_when_nothing_is_missing(self) -> None:
        assert badge_of(GOOD, conditions=NOW).shown

    @pytest.mark.parametrize(
        ("facts", "faults"),
        [
            (replace(GOOD, enrolled=False), (BadgeFault.NOT_ENROLLED,)),
            (replace(GOOD, accepted_hash=""), (BadgeFault.CONDITIONS_NOT_ACCEPTED,)),
            (
                replace(GOOD, account_named=False, account_verified=False),
                (BadgeFault.NO_ACCOUNT,),
            ),
            (replace(GOOD, account_verified=False), (BadgeFault.ACCOUNT_NOT_VERIFIED,)),
        ],
    )
    def test_r7_it_is_lost_with_any_of_its_facts_and_says_which(
        self, facts: BadgeFacts, faults: tuple[BadgeFault, ...]
    ) -> None:
        assert badge_of(facts, conditions=NOW).faults == faults

    def test_r1_new_conditions_have_to_be_accepted_again(self) -> None:
        assert not badge_of(GOOD, conditions=replace(NOW, version="2026-2")).shown
