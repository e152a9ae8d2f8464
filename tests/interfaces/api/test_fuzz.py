"""A11: requests made at random from the document find no 5xx, and no answer that the document does not declare."""

from __future__ import annotations

import pytest

from fairlot.interfaces.api import house, limits
from tests.support.api_fuzz import fuzz, orders_of
from tests.support.api_trades import Fair

CASES = 2_000
CASES_TO_CATCH = 200


@pytest.fixture(autouse=True)
def _without_rates(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "rates", limits.Rates(burst=10**9, per_second=1))


def test_a11_nothing_breaks_and_nothing_undeclared_comes_back(fair: Fair) -> None:
    found = fuzz(
        fair,
        orders_of(fair),
        cases=CASES,
        number=1,
        speakers=[fair.buyer, fair.supplier, fair.operator],
    )
    assert found.cases >= CASES
    assert found.failures == []
    # It got past the first refusal often enough to have seen something.
    assert found.by_status[200] > CASES // 20


def test_a11_answer_that_breaks_its_word_would_be_seen(
    fair: Fair, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The answer's own type is declared; this is none of it.
    monkeypatch.setattr(house, "Me", lambda **_: {"person_id": 7})
    found = fuzz(fair, orders_of(fair), cases=CASES_TO_CATCH, number=1, speakers=[fair.buyer])
    assert any("/api/v1/me" in failure for failure in found.failures)
