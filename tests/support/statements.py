"""Bank statements for tests, in the real structure of the formats, from as few words as possible."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

from fairlot.providers.wire.amounts import decimal_text, find_exponent
from fairlot.providers.wire.sample_statement import SampleEntry, SampleStatement, write_statement
from fairlot.providers.wire.statement import Direction

ACCOUNT_IBAN = "DE89370400440532013000"
DAY = date(2026, 11, 20)


def sample_statement(*entries: SampleEntry, **facts: Any) -> SampleStatement:
    """Return a statement of our account over the days of its entries; any field of `SampleStatement` may be given."""
    days = [entry.booked_date for entry in entries] or [DAY]
    given: dict[str, Any] = {
        "account_iban": ACCOUNT_IBAN,
        "currency": "USD",
        "created_at": datetime(2026, 11, 21, 5, tzinfo=UTC),
        "opening_date": min(days),
        "closing_date": max(days),
        "entries": entries,
    }
    return SampleStatement(**(given | facts))


def build_statement(*entries: SampleEntry, **facts: Any) -> bytes:
    """Write one statement as camt.053.001.08; any field of `SampleStatement` may be given, such as `currency`."""
    return write_statement(sample_statement(*entries, **facts))


def build_mt940(*statements: SampleStatement) -> bytes:
    """Write statements as MT940; only booked entries, names and text in field 86 as words between slashes."""
    return "\r\n".join(line for s in statements for line in _mt940_lines(s)).encode()


def _mt940_lines(statement: SampleStatement) -> Sequence[str]:
    exponent = find_exponent(statement.currency)
    assert exponent is not None
    lines = [
        f":20:{statement.statement_id[:16]}",
        f":25:{statement.account_iban}",
        f":28C:{(statement.sequence_number or 1) % 100_000}",
        _mt940_balance("60F", statement.opening_date, statement.opening_minor, statement.currency),
    ]
    for entry in statement.entries:
        mark = "C" if entry.direction is Direction.CREDIT else "D"
        # A reversed debit is a credit and the reverse, so the mark turns with the R.
        mark = f"R{'D' if mark == 'C' else 'C'}" if entry.is_reversal else mark
        amount = decimal_text(entry.total_minor, exponent).replace(".", ",")
        amount = amount if "," in amount else f"{amount},"
        day = entry.booked_date
        reference = f"//{entry.bank_reference}" if entry.bank_reference else ""
        lines.append(f":61:{day:%y%m%d}{day:%m%d}{mark}{amount}NTRFNONREF{reference}")
        words = {
            "EREF": entry.end_to_end_id,
            "NAME": entry.counterparty_name,
            "IBAN": entry.counterparty_account,
            "REMI": entry.remittance_text,
        }
        lines.append(":86:" + "".join(f"/{k}/{v}" for k, v in words.items() if v) + "/")
    lines.append(
        _mt940_balance("62F", statement.closing_date, statement.closing_minor, statement.currency)
    )
    lines.append("-")
    return lines


def _mt940_balance(tag: str, day: date, amount_minor: int, currency: str) -> str:
    exponent = find_exponent(currency)
    assert exponent is not None
    amount = decimal_text(abs(amount_minor), exponent).replace(".", ",")
    amount = amount if "," in amount else f"{amount},"
    return f":{tag}:{'C' if amount_minor >= 0 else 'D'}{day:%y%m%d}{currency}{amount}"
