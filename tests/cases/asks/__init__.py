"""Every question of the cases by its name, each with what answers it; questions of no name here are not translated."""

from __future__ import annotations

from collections.abc import Mapping

from tests.cases.asks import claims, clocks, credit, figures, money, standing
from tests.cases.asks.asked import Answerer

ASKS: Mapping[str, Answerer] = {
    **claims.ASKS,
    **clocks.ASKS,
    **credit.ASKS,
    **figures.ASKS,
    **money.ASKS,
    **standing.ASKS,
}
