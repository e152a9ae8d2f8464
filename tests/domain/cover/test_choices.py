"""The kinds of cover to choose from: both are there, each with its windows, its place of inspection and what that costs."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from fairlot.domain.cover.choices import GoodsPlace, cover_choices
from fairlot.domain.policy.loading import SHIPPED_EDITIONS, shipped_policies
from fairlot.domain.policy.model import CoverKind


@pytest.mark.parametrize("edition", SHIPPED_EDITIONS)
def test_r18_two_kinds_with_place_and_cost_of_an_inspection(edition: str) -> None:
    policy = shipped_policies()[edition]
    before, after = cover_choices(policy, proposed=CoverKind.POST_DELIVERY)
    assert (before.kind, before.inspected_at) == (CoverKind.PRE_SHIPMENT, GoodsPlace.ORIGIN)
    assert (after.kind, after.inspected_at) == (CoverKind.POST_DELIVERY, GoodsPlace.DESTINATION)
    # G: usually 200 to 300 dollars; M: many times more where the goods have arrived.
    assert (before.inspection_low_minor, before.inspection_high_minor) == (20_000, 30_000)
    assert (after.inspection_low_minor, after.inspection_high_minor) == (80_000, 120_000)
    assert before.inspection_currency == after.inspection_currency == "USD"
    assert (before.is_proposed, after.is_proposed) == (False, True)


@pytest.mark.parametrize("edition", SHIPPED_EDITIONS)
def test_r18_each_kind_says_what_its_own_rules_say(edition: str) -> None:
    policy = shipped_policies()[edition]
    for choice in cover_choices(policy):
        rules = policy.cover_rules(choice.kind)
        assert (choice.quality, choice.late) == (rules.quality, rules.late)
        assert choice.split_payment is rules.split_payment


def test_r18_cost_follows_the_edition() -> None:
    policy = shipped_policies()["escrow-2026"]
    dearer = replace(
        policy, post_delivery=replace(policy.post_delivery, inspection_cost_percent=250)
    )
    (_, after) = cover_choices(dearer)
    assert (after.inspection_low_minor, after.inspection_high_minor) == (50_000, 75_000)


def test_an_edition_offers_what_it_offers() -> None:
    policy = replace(shipped_policies()["escrow-2026"], cover_kinds=(CoverKind.POST_DELIVERY,))
    assert [one.kind for one in cover_choices(policy)] == [CoverKind.POST_DELIVERY]
