"""Write a camt.053.001.08 statement as a bank would: for examples, demonstrations and tests, which have no bank at hand."""

from __future__ import annotations

from datetime import date, datetime

import msgspec
from lxml import etree

from fairlot.providers.wire.amounts import decimal_text, find_exponent
from fairlot.providers.wire.payment_file_checks import is_iban
from fairlot.providers.wire.statement import Direction

NAMESPACE = "urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"
_INDICATOR = {Direction.CREDIT: "CRDT", Direction.DEBIT: "DBIT"}


class SampleEntry(msgspec.Struct, frozen=True, kw_only=True):
    """One entry; the counterparty pays a credit and receives a debit. With `parts` it is a batch of their sum."""

    amount_minor: int = 0
    booked_date: date
    direction: Direction = Direction.CREDIT
    status: str = "BOOK"
    booked_at: datetime | None = None
    value_date: date | None = None
    bank_reference: str | None = None
    end_to_end_id: str | None = None
    uetr: str | None = None
    counterparty_name: str | None = None
    counterparty_account: str | None = None
    counterparty_bic: str | None = None
    remittance_text: str | None = None
    creditor_reference: str | None = None
    return_code: str | None = None
    is_reversal: bool = False
    bank_transaction_code: tuple[str, str, str] = ("PMNT", "RCDT", "XBCT")
    parts: tuple[SampleEntry, ...] = ()

    @property
    def total_minor(self) -> int:
        """The entry's amount without its sign; a batch is the sum of its parts."""
        return sum(part.amount_minor for part in self.parts) if self.parts else self.amount_minor


class SampleStatement(msgspec.Struct, frozen=True, kw_only=True):
    """One statement of one account; the closing balance follows from the booked entries."""

    account_iban: str
    currency: str
    created_at: datetime
    opening_date: date
    closing_date: date
    entries: tuple[SampleEntry, ...]
    opening_minor: int = 0
    statement_id: str = "STMT-1"
    message_id: str = "MSG-1"
    sequence_number: int | None = 1
    bank_bic: str = "FLOTDEFFXXX"

    @property
    def closing_minor(self) -> int:
        """Opening balance plus everything booked."""
        return self.opening_minor + sum(
            e.total_minor if e.direction is Direction.CREDIT else -e.total_minor
            for e in self.entries
            if e.status == "BOOK"
        )


def write_statement(*statements: SampleStatement) -> bytes:
    """Return a file of one or more statements as UTF-8 XML; the first one's message id and instant head the file."""
    root = etree.Element(f"{{{NAMESPACE}}}Document", nsmap={None: NAMESPACE})
    message = _add(root, "BkToCstmrStmt")
    header = _add(message, "GrpHdr")
    _add(header, "MsgId", statements[0].message_id)
    _add(header, "CreDtTm", _instant(statements[0].created_at))
    for statement in statements:
        _add_statement(message, statement)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True))


def _add(parent: etree._Element, path: str, text: str | None = None) -> etree._Element:
    """Add the elements of a path, the last one with the text."""
    for name in path.split("/"):
        parent = etree.SubElement(parent, f"{{{NAMESPACE}}}{name}")
    parent.text = text
    return parent


def _add_optional(parent: etree._Element, path: str, text: str | None) -> None:
    if text is not None:
        _add(parent, path, text)


def _add_amount(parent: etree._Element, amount_minor: int, currency: str) -> None:
    exponent = find_exponent(currency)
    assert exponent is not None, f"{currency} has minor units"
    _add(parent, "Amt", decimal_text(amount_minor, exponent)).set("Ccy", currency)


def _instant(moment: datetime) -> str:
    assert moment.tzinfo is not None, "an instant has a zone"
    return moment.isoformat()


def _add_statement(message: etree._Element, sample: SampleStatement) -> None:
    statement = _add(message, "Stmt")
    _add(statement, "Id", sample.statement_id)
    if sample.sequence_number is not None:
        _add(statement, "ElctrncSeqNb", str(sample.sequence_number))
    _add(statement, "CreDtTm", _instant(sample.created_at))
    account = _add(statement, "Acct")
    _add(account, "Id/IBAN", sample.account_iban)
    _add(account, "Ccy", sample.currency)
    _add(account, "Svcr/FinInstnId/BICFI", sample.bank_bic)
    for kind, amount_minor, day in (
        ("OPBD", sample.opening_minor, sample.opening_date),
        ("CLBD", sample.closing_minor, sample.closing_date),
    ):
        balance = _add(statement, "Bal")
        _add(balance, "Tp/CdOrPrtry/Cd", kind)
        _add_amount(balance, abs(amount_minor), sample.currency)
        _add(balance, "CdtDbtInd", "CRDT" if amount_minor >= 0 else "DBIT")
        _add(balance, "Dt/Dt", day.isoformat())
    for number, entry in enumerate(sample.entries, start=1):
        _add_entry(statement, entry, sample.currency, number)


def _add_entry(statement: etree._Element, sample: SampleEntry, currency: str, number: int) -> None:
    entry = _add(statement, "Ntry")
    _add(entry, "NtryRef", str(number))
    _add_amount(entry, sample.total_minor, currency)
    _add(entry, "CdtDbtInd", _INDICATOR[sample.direction])
    if sample.is_reversal:
        _add(entry, "RvslInd", "true")
    _add(entry, "Sts/Cd", sample.status)
    if sample.booked_at is not None:
        _add(entry, "BookgDt/DtTm", _instant(sample.booked_at))
    else:
        _add(entry, "BookgDt/Dt", sample.booked_date.isoformat())
    _add(entry, "ValDt/Dt", (sample.value_date or sample.booked_date).isoformat())
    _add_optional(entry, "AcctSvcrRef", sample.bank_reference)
    domain = _add(entry, "BkTxCd/Domn")
    code, family, sub_family = sample.bank_transaction_code
    _add(domain, "Cd", code)
    families = _add(domain, "Fmly")
    _add(families, "Cd", family)
    _add(families, "SubFmlyCd", sub_family)
    details = _add(entry, "NtryDtls")
    if sample.parts:
        _add(details, "Btch/NbOfTxs", str(len(sample.parts)))
    for part in sample.parts or (sample,):
        _add_details(details, part, currency, sample.direction)


def _add_details(
    parent: etree._Element, sample: SampleEntry, currency: str, direction: Direction
) -> None:
    details = _add(parent, "TxDtls")
    references = _add(details, "Refs")
    _add_optional(references, "AcctSvcrRef", sample.bank_reference)
    _add(references, "EndToEndId", sample.end_to_end_id or "NOTPROVIDED")
    _add_optional(references, "UETR", sample.uetr)
    _add_amount(details, sample.total_minor, currency)
    _add(details, "CdtDbtInd", _INDICATOR[direction])
    role = "Dbtr" if direction is Direction.CREDIT else "Cdtr"
    if sample.counterparty_name is not None or sample.counterparty_account is not None:
        parties = _add(details, "RltdPties")
        _add_optional(parties, f"{role}/Pty/Nm", sample.counterparty_name)
        if sample.counterparty_account is not None:
            kind = "IBAN" if is_iban(sample.counterparty_account) else "Othr/Id"
            _add(parties, f"{role}Acct/Id/{kind}", sample.counterparty_account)
    if sample.counterparty_bic is not None:
        _add(details, f"RltdAgts/{role}Agt/FinInstnId/BICFI", sample.counterparty_bic)
    if sample.remittance_text is not None or sample.creditor_reference is not None:
        remittance = _add(details, "RmtInf")
        _add_optional(remittance, "Ustrd", sample.remittance_text)
        if sample.creditor_reference is not None:
            information = _add(remittance, "Strd/CdtrRefInf")
            _add(information, "Tp/CdOrPrtry/Cd", "SCOR")
            _add(information, "Ref", sample.creditor_reference)
    _add_optional(details, "RtrInf/Rsn/Cd", sample.return_code)
