"""Read one entry of camt.053: what was booked, and its details, which must be the entry to the cent.

The entry's amount is the money. Details only say whose it is: a batch whose details do not add up refuses the file, a batch
whose details name no amounts stays whole, and no part of it is attributed to anybody.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, tzinfo

import msgspec

from fairlot.providers.wire.camt053_fields import (
    find_day,
    find_direction,
    find_indicator,
    get_direction,
    read_amount,
    read_charges,
    read_day,
    read_party,
    signed,
)
from fairlot.providers.wire.identity import BookedEntry, find_reference
from fairlot.providers.wire.statement import (
    BankCharge,
    BankTransaction,
    Direction,
    InstructedAmount,
    ReturnReason,
    UnbookedEntry,
)
from fairlot.providers.wire.xml_document import Element

BOOKED = "BOOK"
_INSTRUCTED = "AmtDtls/InstdAmt/Amt"
# Where details state what was booked, best first; a lone detail's instructed amount is not what was booked.
_BOOKED_AMOUNTS = ("Amt", "AmtDtls/TxAmt/Amt", "AmtDtls/CntrValAmt/Amt")


class EntryContext(msgspec.Struct, frozen=True, kw_only=True):
    """What an entry needs from its statement: account, the currencies of its balances, the bank's zone if known."""

    account: str
    currencies: frozenset[str]
    bank_zone: tzinfo | None


class _Booking(msgspec.Struct, frozen=True, kw_only=True):
    """What all parts of an entry share."""

    account: str
    currency: str
    signed_minor: int
    booked_date: date
    booked_at: datetime | None
    value_date: date | None
    bank_reference: str | None
    is_reversal: bool
    instructed: InstructedAmount | None


def status_of(entry: Element) -> str:
    """Return the status: a code of its own since version .08, plain text before."""
    status = entry.get("Sts")
    text = status.find_text("Cd", "Prtry") or status.text
    if not text:
        raise status.refused("field_missing", field="Sts")
    return text


def read_booked(entry: Element, context: EntryContext) -> BookedEntry:
    """Read a booked entry with its parts, or refuse the file."""
    amount_minor, currency = _booked_amount(entry, context)
    booked_date, booked_at = read_day(entry.get("BookgDt"), context.bank_zone)
    details = [*entry.all("NtryDtls/TxDtls")]
    reference = find_reference(entry.find_text("AcctSvcrRef"))
    if reference is None and len(details) == 1:
        reference = find_reference(details[0].find_text("Refs/AcctSvcrRef"))
    booking = _Booking(
        account=context.account,
        currency=currency,
        signed_minor=signed(amount_minor, get_direction(entry)),
        booked_date=booked_date,
        booked_at=booked_at,
        value_date=find_day(entry, "ValDt", context.bank_zone),
        bank_reference=reference,
        is_reversal=find_indicator(entry, "RvslInd") or False,
        instructed=_find_instructed(entry) or _stated_otherwise(entry, currency),
    )
    return BookedEntry(
        account=booking.account,
        booked_date=booking.booked_date,
        signed_minor=booking.signed_minor,
        currency=booking.currency,
        is_reversal=booking.is_reversal,
        bank_reference=booking.bank_reference,
        transactions=tuple(_read_parts(entry, details, booking)),
    )


def read_unbooked(entry: Element, context: EntryContext) -> UnbookedEntry:
    """Read an entry that is not booked: shown, never money."""
    amount_minor, currency = read_amount(entry.get("Amt"))
    details = entry.find("NtryDtls/TxDtls")
    return UnbookedEntry(
        status=status_of(entry),
        direction=get_direction(entry),
        amount_minor=amount_minor,
        currency=currency,
        booked_date=find_day(entry, "BookgDt", context.bank_zone),
        value_date=find_day(entry, "ValDt", context.bank_zone),
        bank_reference=find_reference(entry.find_text("AcctSvcrRef")),
        end_to_end_id=find_reference(details.find_text("Refs/EndToEndId")) if details else None,
        debtor_name=read_party(details, "Dbtr").name if details else None,
        text=(details.find_text("RmtInf/Ustrd") if details else None)
        or entry.find_text("AddtlNtryInf"),
    )


def _booked_amount(entry: Element, context: EntryContext) -> tuple[int, str]:
    """Return what the account was booked with: the entry's amount, or its counter-value in a currency of the balances."""
    amount = entry.get("Amt")
    amount_minor, currency = read_amount(amount)
    if currency in context.currencies:
        return amount_minor, currency
    holders = [entry]
    details = [*entry.all("NtryDtls/TxDtls")]
    if len(details) == 1:
        holders += details
    for holder in holders:
        for path in ("AmtDtls/CntrValAmt/Amt", "AmtDtls/TxAmt/Amt", "Amt"):
            found = holder.find(path)
            if found is not None and found.attribute("Ccy") in context.currencies:
                return read_amount(found)
    raise amount.refused(
        "account_currency_missing",
        currency=currency,
        currencies=", ".join(sorted(context.currencies)),
    )


def _read_parts(
    entry: Element, details: Sequence[Element], booking: _Booking
) -> Iterator[BankTransaction]:
    shares = _shares(entry, details, booking)
    if shares is None:
        yield _transaction(entry, None, booking, booking.signed_minor)
        return
    for detail, share_minor in zip(details, shares, strict=True):
        yield _transaction(entry, detail, booking, share_minor, is_alone=len(details) == 1)


def _shares(entry: Element, details: Sequence[Element], booking: _Booking) -> list[int] | None:
    """Return each detail's signed part of the entry; None if there are no details or they name no amounts.

    Details may be stated before charges: then amount less charges must add up, exactly.
    """
    if not details:
        return None
    is_alone = len(details) == 1
    charges = [read_charges(d) or (read_charges(entry) if is_alone else ()) for d in details]
    charged = [_charged_minor(c, booking.currency) for c in charges]
    closest: list[int] | None = None
    for gross in _stated_amounts(details, booking):
        net = [amount - charge for amount, charge in zip(gross, charged, strict=True)]
        for shares in (gross, net):
            if sum(shares) == booking.signed_minor:
                return shares
        closest = closest or gross
    if closest is None:
        return [booking.signed_minor] if is_alone else None
    raise entry.refused(
        "details_disagree",
        details_minor=sum(closest),
        entry_minor=booking.signed_minor,
        currency=booking.currency,
    )


def _stated_amounts(details: Sequence[Element], booking: _Booking) -> Iterator[list[int]]:
    """Give the signed amounts of all details, first as each best states them, then each way that all of them share."""
    is_alone = len(details) == 1
    paths = _BOOKED_AMOUNTS if is_alone else (*_BOOKED_AMOUNTS, _INSTRUCTED)
    for ways in (paths, *((path,) for path in paths)):
        amounts = [_find_stated(d, ways, booking, is_alone=is_alone) for d in details]
        known = [amount for amount in amounts if amount is not None]
        if len(known) == len(details):
            yield known


def _find_stated(
    detail: Element, paths: Sequence[str], booking: _Booking, *, is_alone: bool
) -> int | None:
    """Return what a detail states in the booked currency; a lone detail has the entry's direction, whatever it says."""
    for path in paths:
        found = detail.find(path)
        if found is not None and found.attribute("Ccy") == booking.currency:
            direction = None if is_alone else find_direction(detail)
            if direction is None:
                direction = Direction.CREDIT if booking.signed_minor >= 0 else Direction.DEBIT
            return signed(read_amount(found)[0], direction)
    return None


def _charged_minor(charges: Sequence[BankCharge], currency: str) -> int:
    return -sum(signed(c.amount_minor, c.direction) for c in charges if c.currency == currency)


def _transaction(
    entry: Element,
    detail: Element | None,
    booking: _Booking,
    share_minor: int,
    *,
    is_alone: bool = True,
) -> BankTransaction:
    """Build one transaction; an entry's own words belong to it only where it is the whole entry."""
    plain = _plain_transaction(entry, booking)
    if detail is None:
        return plain
    return msgspec.structs.replace(
        plain,
        direction=Direction.CREDIT if share_minor >= 0 else Direction.DEBIT,
        amount_minor=abs(share_minor),
        bank_reference=(plain.bank_reference if is_alone else None)
        or find_reference(detail.find_text("Refs/AcctSvcrRef"))
        or plain.bank_reference,
        end_to_end_id=find_reference(detail.find_text("Refs/EndToEndId")),
        instruction_id=find_reference(detail.find_text("Refs/InstrId")),
        transaction_id=find_reference(detail.find_text("Refs/TxId")),
        uetr=(detail.find_text("Refs/UETR") or "").lower() or None,
        instructed=_find_instructed(detail) or (plain.instructed if is_alone else None),
        debtor=read_party(detail, "Dbtr"),
        creditor=read_party(detail, "Cdtr"),
        remittance_lines=tuple(_remittance_lines(detail)),
        creditor_references=tuple(
            reference.text
            for reference in detail.all("RmtInf/Strd/CdtrRefInf/Ref")
            if reference.text
        ),
        additional_text=detail.find_text("AddtlTxInf")
        or (plain.additional_text if is_alone else None),
        bank_transaction_code=_bank_transaction_code(detail) or plain.bank_transaction_code,
        return_reason=_find_return_reason(detail),
        charges=read_charges(detail) or (plain.charges if is_alone else ()),
    )


def _plain_transaction(entry: Element, booking: _Booking) -> BankTransaction:
    """Build the transaction of an entry without details."""
    return BankTransaction(
        key="",
        entry_key="",
        account=booking.account,
        direction=Direction.CREDIT if booking.signed_minor >= 0 else Direction.DEBIT,
        amount_minor=abs(booking.signed_minor),
        currency=booking.currency,
        booked_date=booking.booked_date,
        booked_at=booking.booked_at,
        value_date=booking.value_date,
        bank_reference=booking.bank_reference,
        entry_reference=entry.find_text("NtryRef"),
        instructed=booking.instructed,
        additional_text=entry.find_text("AddtlNtryInf"),
        bank_transaction_code=_bank_transaction_code(entry),
        is_reversal=booking.is_reversal,
        charges=read_charges(entry),
    )


def _find_instructed(element: Element) -> InstructedAmount | None:
    found = element.find(_INSTRUCTED)
    if found is None:
        return None
    amount_minor, currency = read_amount(found)
    rate = element.find("AmtDtls/InstdAmt/CcyXchg/XchgRate")
    for name in ("TxAmt", "CntrValAmt"):
        rate = rate or element.find(f"AmtDtls/{name}/CcyXchg/XchgRate")
    return InstructedAmount(
        amount_minor=amount_minor,
        currency=currency,
        exchange_rate=rate.as_decimal_text() if rate else None,
    )


def _stated_otherwise(entry: Element, booked_currency: str) -> InstructedAmount | None:
    """Keep the amount of an entry that is stated in another currency than it was booked in."""
    amount_minor, currency = read_amount(entry.get("Amt"))
    if currency == booked_currency:
        return None
    return InstructedAmount(amount_minor=amount_minor, currency=currency)


def _remittance_lines(detail: Element) -> Iterator[str]:
    for path in ("RmtInf/Ustrd", "RmtInf/Strd/AddtlRmtInf", "RmtInf/Strd/RfrdDocInf/Nb"):
        yield from (element.text for element in detail.all(path) if element.text)


def _bank_transaction_code(element: Element) -> str | None:
    """Join domain, family and sub-family (`PMNT/RCDT/ESCT`), or return the bank's own code."""
    domain = element.find("BkTxCd/Domn")
    if domain is None:
        return element.find_text("BkTxCd/Prtry/Cd")
    codes = (domain.find_text(path) for path in ("Cd", "Fmly/Cd", "Fmly/SubFmlyCd"))
    return "/".join(code for code in codes if code) or None


def _find_return_reason(detail: Element) -> ReturnReason | None:
    found = detail.find("RtrInf")
    if found is None:
        return None
    words = " ".join(element.text for element in found.all("AddtlInf"))
    return ReturnReason(code=found.find_text("Rsn/Cd", "Rsn/Prtry"), text=words or None)
