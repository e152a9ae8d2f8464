"""Write pain.001.001.09 credit transfers: SEPA, and cross-border in any currency; the same file is the same bytes.

There is no clock and no chance in here: every id, day and instant is given. Structure and order of elements follow the ISO
20022 message definition CustomerCreditTransferInitiationV09.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC

from lxml import etree

from fairlot.providers.wire.amounts import decimal_text, find_exponent
from fairlot.providers.wire.bank_ids import bank_id_for
from fairlot.providers.wire.payment_file import (
    CreditTransfer,
    CreditTransferBatch,
    PaymentAccount,
    PaymentBank,
    PaymentFile,
    PaymentParty,
    Scheme,
)
from fairlot.providers.wire.payment_file_checks import refuse_unfit
from fairlot.providers.wire.refusals import PaymentFileRefused

NAMESPACE = "urn:iso:std:iso:20022:tech:xsd:pain.001.001.09"
# DecimalNumber of the message definition.
_CONTROL_SUM_DIGITS_MAX = 18
_PURPOSE_CODE = re.compile(r"[A-Z]{4}")


def write_pain001(file: PaymentFile) -> bytes:
    """Return the file as UTF-8 XML, or raise `PaymentFileRefused` for what a bank would not carry."""
    refuse_unfit(file)
    root = etree.Element(f"{{{NAMESPACE}}}Document", nsmap={None: NAMESPACE})
    message = _add(root, "CstmrCdtTrfInitn")
    header = _add(message, "GrpHdr")
    _add(header, "MsgId", bank_id_for(file.message_id))
    created_at = file.created_at.astimezone(UTC).replace(microsecond=0, tzinfo=None)
    _add(header, "CreDtTm", f"{created_at.isoformat()}Z")
    _add_totals(header, [t for batch in file.batches for t in batch.transfers])
    _add(_add(header, "InitgPty"), "Nm", file.initiator_name)
    for batch in file.batches:
        _add_batch(message, batch)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True))


def _add(parent: etree._Element, name: str, text: str | None = None) -> etree._Element:
    element = etree.SubElement(parent, f"{{{NAMESPACE}}}{name}")
    element.text = text
    return element


def _add_totals(parent: etree._Element, transfers: Sequence[CreditTransfer]) -> None:
    """Add number and sum of amounts; the sum runs over currencies, as the message definition says."""
    _add(parent, "NbOfTxs", str(len(transfers)))
    decimals = max(_exponent(transfer) for transfer in transfers)
    total = sum(t.amount_minor * 10 ** (decimals - _exponent(t)) for t in transfers)
    if len(str(total)) > _CONTROL_SUM_DIGITS_MAX:
        raise PaymentFileRefused(
            "amount_out_of_range", place="control sum", amount_minor=total, currency=""
        )
    _add(parent, "CtrlSum", decimal_text(total, decimals))


def _exponent(transfer: CreditTransfer) -> int:
    exponent = find_exponent(transfer.currency)
    assert exponent is not None, "currencies were checked"
    return exponent


def _add_batch(message: etree._Element, batch: CreditTransferBatch) -> None:
    information = _add(message, "PmtInf")
    _add(information, "PmtInfId", bank_id_for(batch.batch_id))
    _add(information, "PmtMtd", "TRF")
    _add(information, "BtchBookg", "true" if batch.is_booked_as_one else "false")
    _add_totals(information, batch.transfers)
    kind = _add(information, "PmtTpInf")
    if batch.scheme is Scheme.SEPA:
        service_level, charge_bearer = "SEPA", "SLEV"
    else:
        _add(kind, "InstrPrty", "HIGH" if batch.is_urgent else "NORM")
        service_level = "URGP" if batch.is_urgent else "NURG"
        assert batch.charge_bearer is not None, "charges were checked"
        charge_bearer = batch.charge_bearer.value
    _add(_add(kind, "SvcLvl"), "Cd", service_level)
    _add(_add(information, "ReqdExctnDt"), "Dt", batch.execution_date.isoformat())
    _add_party(information, "Dbtr", batch.debtor)
    _add_account(information, "DbtrAcct", batch.debtor_account)
    _add_bank(information, "DbtrAgt", batch.debtor_bank)
    _add(information, "ChrgBr", charge_bearer)
    for transfer in batch.transfers:
        _add_transfer(information, transfer)


def _add_transfer(information: etree._Element, transfer: CreditTransfer) -> None:
    order = _add(information, "CdtTrfTxInf")
    identification = _add(order, "PmtId")
    _add(identification, "EndToEndId", bank_id_for(transfer.payout_id))
    if transfer.uetr is not None:
        _add(identification, "UETR", transfer.uetr)
    amount = _add(
        _add(order, "Amt"), "InstdAmt", decimal_text(transfer.amount_minor, _exponent(transfer))
    )
    amount.set("Ccy", transfer.currency)
    if transfer.intermediary_bank is not None:
        _add_bank(order, "IntrmyAgt1", transfer.intermediary_bank)
    if transfer.creditor_bank is not None:
        _add_bank(order, "CdtrAgt", transfer.creditor_bank)
    _add_party(order, "Cdtr", transfer.creditor)
    _add_account(order, "CdtrAcct", transfer.creditor_account)
    if transfer.purpose_code is not None:
        is_code = _PURPOSE_CODE.fullmatch(transfer.purpose_code)
        _add(_add(order, "Purp"), "Cd" if is_code else "Prtry", transfer.purpose_code)
    _add_remittance(order, transfer)


def _add_remittance(order: etree._Element, transfer: CreditTransfer) -> None:
    if transfer.creditor_reference is not None:
        structured = _add(_add(order, "RmtInf"), "Strd")
        information = _add(structured, "CdtrRefInf")
        kind = _add(information, "Tp")
        _add(_add(kind, "CdOrPrtry"), "Cd", "SCOR")
        _add(kind, "Issr", "ISO")
        _add(information, "Ref", transfer.creditor_reference)
    elif transfer.remittance_text is not None:
        _add(_add(order, "RmtInf"), "Ustrd", transfer.remittance_text)


def _add_party(parent: etree._Element, role: str, party: PaymentParty) -> None:
    element = _add(parent, role)
    _add(element, "Nm", party.name)
    if party.address is None:
        return
    address = _add(element, "PstlAdr")
    for name, text in (
        ("StrtNm", party.address.street),
        ("BldgNb", party.address.building_number),
        ("PstCd", party.address.post_code),
        ("TwnNm", party.address.town),
        ("Ctry", party.address.country),
    ):
        if text is not None:
            _add(address, name, text)


def _add_account(parent: etree._Element, role: str, account: PaymentAccount) -> None:
    identification = _add(_add(parent, role), "Id")
    if account.iban is not None:
        _add(identification, "IBAN", account.iban)
    else:
        _add(_add(identification, "Othr"), "Id", account.number)


def _add_bank(parent: etree._Element, role: str, bank: PaymentBank | None) -> None:
    """Add a bank; inside SEPA the payer's own may be left to the IBAN, which is said so."""
    institution = _add(_add(parent, role), "FinInstnId")
    if bank is None:
        _add(_add(institution, "Othr"), "Id", "NOTPROVIDED")
        return
    if bank.bic is not None:
        _add(institution, "BICFI", bank.bic)
    if bank.clearing_system is not None and bank.clearing_number is not None:
        clearing = _add(institution, "ClrSysMmbId")
        _add(_add(clearing, "ClrSysId"), "Cd", bank.clearing_system)
        _add(clearing, "MmbId", bank.clearing_number)
    if bank.name is not None:
        _add(institution, "Nm", bank.name)
