"""What a dispute comes down to: the facts that an order's record gives the remedy (programme, section 8; A54, A68)."""

from __future__ import annotations

import pytest

from fairlot.domain.order import commands as c
from fairlot.domain.order.case import recommendation_for
from fairlot.domain.order.state import InspectionStage
from fairlot.domain.policy.model import Ground
from fairlot.domain.remedy.recommendation import Remedy
from tests.support.given import (
    BUYER,
    EDITIONS,
    INSPECTOR,
    TWO_LINES,
    Given,
    booking,
    claim_on,
    days,
    given,
    report,
)

IN_DISPUTE = booking(stage=InspectionStage.DISPUTE)


def amount_of(here: Given) -> tuple[Remedy, int]:
    advice = recommendation_for(here.order, now=here.now, policy=here.policy)
    return advice.remedy, advice.amount_minor


class TestCounted:
    @pytest.mark.parametrize("edition", EDITIONS)
    def test_a68_pieces_that_the_inspector_did_not_find_cost_their_price(
        self, edition: str
    ) -> None:
        """A carrier proves cartons: 1,000 delivered, 940 counted, 10.00 each."""
        here = given(edition).disputed(Ground.SHORT_QUANTITY)
        assert amount_of(here) == (Remedy.NOTHING_DUE, 0)
        counted = here.by(BUYER, IN_DISPUTE).by(INSPECTOR, report(lot=940))
        assert amount_of(counted) == (Remedy.MISSING_QUANTITY, 60_000)

    def test_a66_the_share_defective_is_of_the_pieces_that_were_found(self) -> None:
        """60 missing at 10.00, and 8 of 80 defective of the other 940."""
        opened = c.OpenDispute(claims=(claim_on(Ground.SHORT_QUANTITY), claim_on(Ground.QUALITY)))
        here = given().delivered().after(days(1)).by(BUYER, opened, IN_DISPUTE)
        found = here.by(INSPECTOR, report(lot=940, major=8))
        assert amount_of(found)[1] == 60_000 + 94_000

    def test_a_lot_of_one_line_says_nothing_of_another(self) -> None:
        here = given(lines=TWO_LINES).disputed(Ground.SHORT_QUANTITY)
        line = here.by(BUYER, IN_DISPUTE).by(INSPECTOR, report(lot=590, line=1))
        assert amount_of(line) == (Remedy.MISSING_QUANTITY, 10_000)
