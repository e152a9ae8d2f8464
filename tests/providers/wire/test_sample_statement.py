"""The example statement is what its writer writes, and reads as the story it tells."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

from fairlot.providers.wire import (
    Match,
    MatchedBy,
    OpenOrder,
    PayoutConfirmed,
    SentPayout,
    Suggestion,
    Unmatched,
    match,
    match_payout,
    read_bank_file,
    reference_for,
)
from fairlot.providers.wire.example_statement import example_statement
from fairlot.providers.wire.sample_statement import write_statement

EXAMPLE = Path(__file__).parents[3] / "examples" / "statement.camt053.xml"
ORDER_ID = "ord_01jd4m8q7vx2c9k5t3w6y1z0ab"
REFERENCE = reference_for(ORDER_ID, 1)
# The deposit of examples/power-banks.en.toml.
DEPOSIT_MINOR = 594_000


def test_the_example_is_as_written() -> None:
    written = write_statement(
        example_statement(REFERENCE, amount_minor=DEPOSIT_MINOR, booked_date=date(2026, 12, 21))
    )
    assert EXAMPLE.read_bytes() == written


def test_the_example_pays_the_order_and_guesses_nothing_else() -> None:
    (statement,) = read_bank_file(EXAMPLE.read_bytes())
    orders = [
        OpenOrder(
            order_id=ORDER_ID,
            instalment=1,
            reference=REFERENCE,
            due_minor=DEPOSIT_MINOR,
            currency="USD",
            buyer_name="Harbor Goods LLC",
        ),
        OpenOrder(
            order_id="ord_other",
            instalment=1,
            reference=reference_for("ord_other", 1),
            due_minor=1_240_000,
            currency="USD",
            buyer_name="Signal Way Trading",
        ),
    ]
    paid, unnamed, *parts, payout, fee = statement.transactions
    assert paid.amount_minor == DEPOSIT_MINOR
    assert paid.booked_at == datetime(2026, 12, 21, 9, 41, 7, tzinfo=UTC)
    assert paid.debtor.account == "4417829055"
    assert match(paid, orders) == Match(
        order_id=ORDER_ID,
        instalments=(1,),
        references=(REFERENCE,),
        by=MatchedBy.CREDITOR_REFERENCE,
    )
    assert isinstance(match(unnamed, orders), Suggestion)
    assert [p.amount_minor for p in parts] == [245_000, 310_050]
    assert all(isinstance(match(t, orders), Unmatched) for t in (*parts, payout, fee))
    sent = SentPayout(
        payout_id="pay_01jcz8m2k4q6r9t1v3x5y7b0cd", amount_minor=821_000, currency="USD"
    )
    assert match_payout(payout, [sent]) == PayoutConfirmed(payout_id=sent.payout_id)
    assert [(u.status, u.amount_minor) for u in statement.unbooked] == [("PDNG", 99_900)]
    (pair,) = statement.balances
    assert (
        pair.closing_minor - pair.opening_minor == 594_000 + 1_240_000 + 555_050 - 821_000 - 1_250
    )
