"""From one aggregate's events to another's commands: what leaves orders arrives, once, whoever performs it how often."""

from __future__ import annotations

from fairlot.domain.order.state import Status
from tests.support.market import Market, whole_terms


def test_released_money_is_paid_out(market: Market) -> None:
    market.confirmed("ord_1", whole_terms(1_000_000, 1_000_000))
    market.work()
    assert market.order("ord_1").status is Status.COMPLETED
    account = market.account()
    assert (account.paid_minor, account.instructed_minor, account.available_minor) == (
        1_000_000,
        0,
        0,
    )
    assert market.balance("payout_clearing") == 0
    assert market.balance("supplier_payable") == 0
    assert market.balance("bank") == 0
    market.assert_sound()
