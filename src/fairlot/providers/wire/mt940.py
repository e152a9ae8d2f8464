"""Read MT940 statements through the mt-940 package, with every silent loss of that reading turned into a refusal.

The package splits the fields and knows the dialects of field 86; this module counts the fields before and after, reads the
amounts exactly, and proves the balances. Field 61's entry date is the booking day; MT940 knows no instants.
"""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import mt940 as mt940_package
from mt940.models import Amount, Balance, Transaction, Transactions

from fairlot.providers.wire.amounts import minor_units
from fairlot.providers.wire.assembly import StatementDraft, assemble
from fairlot.providers.wire.identity import BookedEntry, find_reference
from fairlot.providers.wire.refusals import BankFileRefused
from fairlot.providers.wire.statement import (
    BalancePair,
    BankParty,
    BankTransaction,
    Direction,
    Statement,
)
from fairlot.providers.wire.xml_document import FIELD_CHARACTERS_MAX, refuse_size

# The package logs lines that it cannot read, with the names and accounts in them; refusals say the same without.
logging.getLogger("mt940").setLevel(logging.CRITICAL + 1)

_TAG = re.compile(r"^:\n?(?P<tag>[0-9]{2}|NS)(?P<variant>[A-Z])?:", re.MULTILINE)
_BLOCK = re.compile(r"^(?=:20:)", re.MULTILINE)
# How often a statement has each field that it cannot do without or may not have twice.
_FIELD_COUNTS = {"20": (1, 1), "25": (1, 1), "28": (0, 1), "60": (1, 1), "62": (1, 1)}
# Words between slashes in field 86, as banks outside Germany write it (SWIFT's structured narrative).
_SLASHED = re.compile(r"/(EREF|ORDP|BENM|REMI|NAME|IBAN|BIC|RTRN)/([^/]*)")


def read_mt940(data: bytes) -> tuple[Statement, ...]:
    """Read every statement of a file, or raise `BankFileRefused` and accept nothing."""
    refuse_size(data)
    # The package's own tidying, done first so that what is counted is what it sees.
    lines = _decoded(data).replace("\r", "").split("\n")
    tidied = "\n".join(Transactions.strip(lines))
    blocks = [block for block in _BLOCK.split(tidied) if block.startswith(":20:")]
    starts = [number for number, line in enumerate(lines, start=1) if line.startswith(":20:")]
    return assemble([_read_block(b, start) for b, start in zip(blocks, starts, strict=True)])


def _decoded(data: bytes) -> str:
    """Decode as UTF-8 if it is that, else as Windows-1252, which banks write without saying so."""
    if b"\x00" in data:
        raise BankFileRefused("encoding_unsupported", encoding="UTF-16 or UTF-32")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    try:
        return data.decode("windows-1252")
    except UnicodeDecodeError as error:
        raise BankFileRefused(
            "text_undecodable", byte=error.start + 1, encoding="UTF-8 or Windows-1252"
        ) from error


def _read_block(block: str, line: int) -> StatementDraft:
    _refuse_field_counts(block, line)
    parsed = _parse(block, line)
    expected = sum(1 for match in _TAG.finditer(block) if match["tag"] == "61")
    if len(parsed) != expected:
        raise BankFileRefused(
            "line_count", line=line, tag="61", found=len(parsed), expected=expected
        )
    data: Mapping[str, Any] = parsed.data
    for fields in (data, *(transaction.data for transaction in parsed)):
        _refuse_long_fields(fields, line)
    account = _account(_find_text(data, "account_identification"))
    if account is None:
        raise BankFileRefused("field_missing", line=line, field=":25:")
    pair = _balance_pair(data, line)
    number = data.get("statement_number")
    page = data.get("sequence_number")
    reference = str(data["transaction_reference"] or "")
    return StatementDraft(
        format="mt940",
        account=account,
        bank=None,
        message_id=reference,
        statement_id=reference,
        # Banks that do not number their statements write zero.
        sequence_number=int(number or 0) or None,
        page_number=int(page or 0) or None,
        created_at=None,
        balances=(pair,),
        entries=tuple(_read_entry(t, account, pair.currency, line) for t in parsed),
        unbooked=(),
        line=line,
        place=":20:",
    )


def _refuse_field_counts(block: str, line: int) -> None:
    """Refuse a statement in which a field would replace another or is wanting."""
    found = [match["tag"] for match in _TAG.finditer(block)]
    for tag, (least, most) in _FIELD_COUNTS.items():
        if not least <= found.count(tag) <= most:
            raise BankFileRefused(
                "line_count", line=line, tag=tag, found=found.count(tag), expected=most
            )


def _refuse_long_fields(fields: Mapping[str, Any], line: int) -> None:
    """Refuse what no bank writes: nobody reads it, and it would be kept and shown."""
    for name, value in fields.items():
        if isinstance(value, str) and len(value) > FIELD_CHARACTERS_MAX:
            raise BankFileRefused(
                "field_too_long",
                line=line,
                field=name,
                characters=len(value),
                characters_max=FIELD_CHARACTERS_MAX,
            )


def _parse(block: str, line: int) -> Transactions:
    try:
        # A handle, because the package takes text that names a file for that file.
        return mt940_package.parse(io.StringIO(block), options=mt940_package.Options.all())
    except RuntimeError as error:
        tag = error.args[1].id if len(error.args) > 1 else "61"
        raise BankFileRefused("line_unreadable", line=line, tag=str(tag)) from error
    except (ArithmeticError, ValueError, OverflowError) as error:
        # An amount with two commas, a thirty-first of February.
        raise BankFileRefused("line_unreadable", line=line, tag="60 to 65") from error


def _balance_pair(data: Mapping[str, Any], line: int) -> BalancePair:
    opening_minor, currency, opening_date = _read_balance(data, "opening", line)
    closing_minor, closing_currency, closing_date = _read_balance(data, "closing", line)
    if closing_currency != currency:
        raise BankFileRefused("balance_missing", line=line, place=currency, balance="closing")
    return BalancePair(
        currency=currency,
        opening_minor=opening_minor,
        opening_date=opening_date,
        closing_minor=closing_minor,
        closing_date=closing_date,
    )


def _read_balance(data: Mapping[str, Any], which: str, line: int) -> tuple[int, str, date]:
    """Return a balance of the statement or of one of its pages: minor units, currency, day."""
    names = (f"final_{which}_balance", f"intermediate_{which}_balance", f"{which}_balance")
    balance = next((data[name] for name in names if name in data), None)
    if not isinstance(balance, Balance) or not isinstance(balance.amount, Amount):
        raise BankFileRefused("balance_missing", line=line, balance=which)
    currency = balance.amount.currency or ""
    assert balance.date is not None, "the package builds no balance without a day"
    return (
        _signed_minor(balance.amount.amount, currency, line),
        currency,
        _plain_date(balance.date),
    )


def _plain_date(day: date) -> date:
    """Return a date of the standard library in place of the package's own kind."""
    return date(day.year, day.month, day.day)


def _signed_minor(amount: Decimal, currency: str, line: int) -> int:
    minor = minor_units(f"{abs(amount):f}", currency, line=line)
    return -minor if amount < 0 else minor


def _read_entry(transaction: Transaction, account: str, currency: str, line: int) -> BookedEntry:
    data: dict[str, Any] = transaction.data
    signed_minor = _signed_minor(data["amount"].amount, currency, line)
    booked_date = _plain_date(data.get("entry_date") or data["date"])
    reference = find_reference(_find_text(data, "bank_reference"))
    is_reversal = str(data["status"]).upper().startswith("R")
    narrative = _narrative(_find_text(data, "transaction_details"))
    other = BankParty(
        name=_find_text(data, "applicant_name", "recipient_name") or narrative.get("NAME"),
        account=_account(
            _find_text(data, "applicant_iban", "gvc_applicant_iban") or narrative.get("IBAN")
        ),
        bank=_find_text(data, "applicant_bin", "gvc_applicant_bin") or narrative.get("BIC"),
    )
    is_credit = signed_minor >= 0
    return BookedEntry(
        account=account,
        booked_date=booked_date,
        signed_minor=signed_minor,
        currency=currency,
        is_reversal=is_reversal,
        bank_reference=reference,
        transactions=(
            BankTransaction(
                key="",
                entry_key="",
                account=account,
                direction=Direction.CREDIT if is_credit else Direction.DEBIT,
                amount_minor=abs(signed_minor),
                currency=currency,
                booked_date=booked_date,
                value_date=_plain_date(data["date"]),
                bank_reference=reference,
                end_to_end_id=find_reference(
                    _find_text(data, "end_to_end_reference") or narrative.get("EREF")
                ),
                instruction_id=find_reference(_find_text(data, "customer_reference")),
                debtor=other if is_credit else BankParty(),
                creditor=BankParty() if is_credit else other,
                remittance_lines=_remittance(data, narrative),
                additional_text=_find_text(data, "extra_details", "additional_purpose"),
                bank_transaction_code=_find_text(data, "id"),
                is_reversal=is_reversal,
            ),
        ),
    )


def _account(text: str | None) -> str | None:
    """Return an account in one spelling: no blanks, capital letters."""
    return text.replace(" ", "").upper() if text else None


def _narrative(details: str | None) -> dict[str, str]:
    """Read field 86 written as words between slashes; broken lines are one."""
    joined = (details or "").replace("\n", "")
    return {word: text.strip() for word, text in _SLASHED.findall(joined) if text.strip()}


def _remittance(data: Mapping[str, Any], narrative: Mapping[str, str]) -> tuple[str, ...]:
    """Return the payer's words: the structured purpose, else the remittance between slashes, else field 86 as it is."""
    text = _find_text(data, "purpose") or narrative.get("REMI")
    lines: Sequence[str] = (
        [text] if text else str(data.get("transaction_details") or "").split("\n")
    )
    return tuple(line for line in (" ".join(raw.split()) for raw in lines) if line)


def _find_text(data: Mapping[str, Any], *names: str) -> str | None:
    for name in names:
        text = str(data.get(name) or "").strip()
        if text:
            return text
    return None
