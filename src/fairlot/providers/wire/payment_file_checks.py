"""What a bank would refuse is refused here first, by field, before a byte is written: signs, lengths, accounts, schemes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from fairlot.domain.money import AMOUNT_MINOR_MAX
from fairlot.providers.wire.amounts import find_exponent
from fairlot.providers.wire.bank_ids import bank_id_for
from fairlot.providers.wire.payment_file import (
    CreditTransfer,
    CreditTransferBatch,
    PaymentAccount,
    PaymentBank,
    PaymentFile,
    PaymentParty,
    PostalAddress,
    Scheme,
)
from fairlot.providers.wire.references import is_reference, remainder_97
from fairlot.providers.wire.refusals import PaymentFileRefused

# The Latin set that every bank in SEPA and SWIFT carries (EPC217-08); no low line, no ampersand, no accents.
_NOT_CARRIED = re.compile(r"[^A-Za-z0-9/\-?:().,'+ ]")
TRANSFERS_MAX = 10_000
ID_CHARACTERS_MAX = 35
NAME_CHARACTERS_MAX = 70
REMITTANCE_CHARACTERS_MAX = 140
NUMBER_CHARACTERS_MAX = 34
# EPC rulebook: EUR 0.01 to 999,999,999.99.
SEPA_AMOUNT_MINOR_MAX = 99_999_999_999

_ADDRESS_CHARACTERS_MAX = {
    "street": 70,
    "building_number": 16,
    "post_code": 16,
    "town": 35,
}
_BIC = re.compile(r"[A-Z0-9]{4}[A-Z]{2}[A-Z0-9]{2}(?:[A-Z0-9]{3})?")
_IBAN = re.compile(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}")
_COUNTRY = re.compile(r"[A-Z]{2}")
_UETR = re.compile(r"[a-f0-9]{8}-[a-f0-9]{4}-4[a-f0-9]{3}-[89ab][a-f0-9]{3}-[a-f0-9]{12}")


def refuse_unfit(file: PaymentFile) -> None:
    """Raise `PaymentFileRefused` for the first thing in the file that a bank would not carry."""
    _refuse_id(file.message_id, "message_id")
    if file.created_at.tzinfo is None:
        raise PaymentFileRefused("instant_without_zone", place="created_at")
    _refuse_text(file.initiator_name, "initiator_name", NAME_CHARACTERS_MAX)
    count = sum(len(batch.transfers) for batch in file.batches)
    if count == 0 or not all(batch.transfers for batch in file.batches):
        raise PaymentFileRefused("no_payments", place="batches")
    if count > TRANSFERS_MAX:
        raise PaymentFileRefused("too_many_payments", count=count, count_max=TRANSFERS_MAX)
    _refuse_repeated((batch.batch_id for batch in file.batches), "batch_id")
    payout_ids = (transfer.payout_id for batch in file.batches for transfer in batch.transfers)
    _refuse_repeated(payout_ids, "payout_id")
    for batch in file.batches:
        _refuse_batch(batch)


def refuse_unpayable(
    party: PaymentParty,
    account: PaymentAccount,
    bank: PaymentBank | None,
    *,
    place: str,
    is_sepa: bool,
) -> None:
    """Raise `PaymentFileRefused` for the first thing by which no bank could pay to an account; `place` stands before it."""
    _refuse_party(party, place, is_sepa=is_sepa)
    _refuse_account(account, f"{place}_account", is_sepa=is_sepa)
    if bank is not None:
        _refuse_bank(bank, f"{place}_bank")
    elif not is_sepa:
        raise PaymentFileRefused("bank_missing", place=f"{place}_bank")


def _refuse_repeated(public_ids: Iterable[str], place: str) -> None:
    counted = Counter(map(bank_id_for, public_ids))
    for text, count in counted.items():
        if count > 1:
            raise PaymentFileRefused("id_repeated", place=place, text=text)


def _refuse_batch(batch: CreditTransferBatch) -> None:
    place = f"batch {batch.batch_id}"
    is_sepa = batch.scheme is Scheme.SEPA
    _refuse_id(batch.batch_id, f"{place}: batch_id")
    _refuse_party(batch.debtor, f"{place}: debtor", is_sepa=is_sepa)
    _refuse_account(batch.debtor_account, f"{place}: debtor_account", is_sepa=is_sepa)
    if batch.debtor_bank is not None:
        _refuse_bank(batch.debtor_bank, f"{place}: debtor_bank")
    elif not is_sepa:
        raise PaymentFileRefused("bank_missing", place=f"{place}: debtor_bank")
    if is_sepa and batch.charge_bearer is not None:
        raise PaymentFileRefused("charges_fixed", place=f"{place}: charge_bearer")
    if not is_sepa and batch.charge_bearer is None:
        raise PaymentFileRefused("charges_missing", place=f"{place}: charge_bearer")
    for transfer in batch.transfers:
        _refuse_transfer(transfer, f"payout {transfer.payout_id}", is_sepa=is_sepa)


def _refuse_transfer(transfer: CreditTransfer, place: str, *, is_sepa: bool) -> None:
    _refuse_id(transfer.payout_id, f"{place}: payout_id")
    _refuse_amount(transfer, f"{place}: amount_minor", is_sepa=is_sepa)
    refuse_unpayable(
        transfer.creditor,
        transfer.creditor_account,
        transfer.creditor_bank,
        place=f"{place}: creditor",
        is_sepa=is_sepa,
    )
    if transfer.intermediary_bank is not None:
        if is_sepa:
            raise PaymentFileRefused("field_not_sepa", place=place, field="intermediary_bank")
        _refuse_bank(transfer.intermediary_bank, f"{place}: intermediary_bank")
    _refuse_remittance(transfer, place)
    if transfer.purpose_code is not None:
        _refuse_text(transfer.purpose_code, f"{place}: purpose_code", ID_CHARACTERS_MAX)
    if transfer.uetr is not None and not _UETR.fullmatch(transfer.uetr):
        raise PaymentFileRefused("uetr_invalid", place=f"{place}: uetr", uetr=transfer.uetr)


def _refuse_amount(transfer: CreditTransfer, place: str, *, is_sepa: bool) -> None:
    if find_exponent(transfer.currency) is None:
        raise PaymentFileRefused("currency_unknown", place=place, currency=transfer.currency)
    if is_sepa and transfer.currency != "EUR":
        raise PaymentFileRefused("currency_not_euro", place=place, currency=transfer.currency)
    amount_minor_max = SEPA_AMOUNT_MINOR_MAX if is_sepa else AMOUNT_MINOR_MAX
    if not 0 < transfer.amount_minor <= amount_minor_max:
        raise PaymentFileRefused(
            "amount_out_of_range",
            place=place,
            amount_minor=transfer.amount_minor,
            currency=transfer.currency,
        )


def _refuse_remittance(transfer: CreditTransfer, place: str) -> None:
    text, reference = transfer.remittance_text, transfer.creditor_reference
    if text is not None and reference is not None:
        raise PaymentFileRefused("remittance_twice", place=place)
    if text is not None:
        _refuse_text(text, f"{place}: remittance_text", REMITTANCE_CHARACTERS_MAX)
    if reference is not None and not is_reference(reference):
        raise PaymentFileRefused(
            "reference_invalid", place=f"{place}: creditor_reference", reference=reference
        )


def _refuse_party(party: PaymentParty, place: str, *, is_sepa: bool) -> None:
    _refuse_text(party.name, f"{place}.name", NAME_CHARACTERS_MAX)
    if party.address is not None:
        _refuse_address(party.address, f"{place}.address")
    elif not is_sepa:
        raise PaymentFileRefused("address_missing", place=f"{place}.address")


def _refuse_address(address: PostalAddress, place: str) -> None:
    for field, characters_max in _ADDRESS_CHARACTERS_MAX.items():
        text = getattr(address, field)
        if text is not None:
            _refuse_text(text, f"{place}.{field}", characters_max)
    if not _COUNTRY.fullmatch(address.country):
        raise PaymentFileRefused(
            "country_invalid", place=f"{place}.country", country=address.country
        )


def _refuse_account(account: PaymentAccount, place: str, *, is_sepa: bool) -> None:
    if (account.iban is None) == (account.number is None):
        raise PaymentFileRefused("account_ambiguous", place=place)
    if account.iban is not None:
        if not is_iban(account.iban):
            raise PaymentFileRefused("iban_invalid", place=f"{place}.iban", iban=account.iban)
    elif is_sepa:
        raise PaymentFileRefused("iban_needed", place=place)
    if account.number is not None:
        _refuse_text(account.number, f"{place}.number", NUMBER_CHARACTERS_MAX)


def _refuse_bank(bank: PaymentBank, place: str) -> None:
    if bank.bic is None and not (bank.clearing_system and bank.clearing_number and bank.name):
        raise PaymentFileRefused("bank_missing", place=place)
    if bank.bic is not None and not _BIC.fullmatch(bank.bic):
        raise PaymentFileRefused("bic_invalid", place=f"{place}.bic", bic=bank.bic)
    if bank.clearing_system is not None:
        _refuse_text(bank.clearing_system, f"{place}.clearing_system", 5)
    if bank.clearing_number is not None:
        _refuse_text(bank.clearing_number, f"{place}.clearing_number", ID_CHARACTERS_MAX)
    if bank.name is not None:
        _refuse_text(bank.name, f"{place}.name", NAME_CHARACTERS_MAX)


def is_iban(text: str) -> bool:
    """Say whether a compact text has the form of an IBAN and right check digits (ISO 13616)."""
    return bool(_IBAN.fullmatch(text)) and remainder_97(text[4:] + text[:4]) == 1


def _refuse_id(public_id: str, place: str) -> None:
    text = bank_id_for(public_id)
    _refuse_text(text, place, ID_CHARACTERS_MAX)
    if text.startswith("/") or text.endswith("/") or "//" in text:
        raise PaymentFileRefused("text_slashes", place=place)


def _refuse_text(text: str, place: str, characters_max: int) -> None:
    if not text.strip():
        raise PaymentFileRefused("text_missing", place=place)
    match = _NOT_CARRIED.search(text)
    if match is not None:
        raise PaymentFileRefused(
            "text_not_latin", place=place, character=match[0], position=match.start() + 1
        )
    if len(text) > characters_max:
        raise PaymentFileRefused(
            "text_too_long", place=place, characters=len(text), characters_max=characters_max
        )
