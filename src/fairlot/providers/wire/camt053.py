"""Read camt.053 bank statements of the versions .02 to .14, whole or not at all.

Every statement is proved: opening balance plus booked entries is the closing balance, and the details of a batch are its
entry. The structure follows the ISO 20022 message definitions; names of elements are theirs.
"""

from __future__ import annotations

import re
from datetime import tzinfo

from lxml import etree

from fairlot.providers.wire.assembly import StatementDraft, assemble
from fairlot.providers.wire.camt053_entry import (
    BOOKED,
    EntryContext,
    read_booked,
    read_unbooked,
    status_of,
)
from fairlot.providers.wire.camt053_fields import (
    account_number,
    bank_name,
    get_direction,
    read_amount,
    read_day,
    signed,
)
from fairlot.providers.wire.refusals import BankFileRefused
from fairlot.providers.wire.statement import BalancePair, Statement
from fairlot.providers.wire.xml_document import Element, parse_document

_NAMESPACE = re.compile(r"urn:iso:std:iso:20022:tech:xsd:(camt\.053\.001\.(?:0[2-9]|1[0-4]))")
# Booked balances: of the whole statement first, of one page (interim booked) where a statement has several.
_OPENING_TYPES = ("OPBD", "PRCD", "ITBD")
_CLOSING_TYPES = ("CLBD", "ITBD")


def read_camt053(data: bytes, *, bank_zone: tzinfo | None = None) -> tuple[Statement, ...]:
    """Read every statement of a file, or raise `BankFileRefused` and accept nothing.

    `bank_zone` tells the zone of times that the bank writes without one; unknown, such times give their day only.
    """
    document, version = _find_document(parse_document(data))
    message = document.get("BkToCstmrStmt")
    message_id, place = message.get_text("GrpHdr/MsgId"), message.place
    return assemble(
        [
            _read_statement(
                statement, version, message_id, bank_zone, place=f"{place}/Stmt[{number}]"
            )
            for number, statement in enumerate(message.all("Stmt"), start=1)
        ]
    )


def _find_document(root: etree._Element) -> tuple[Element, str]:
    """Return the one Document of a known version and that version, alone or in a transport envelope."""
    found = [
        (element, match)
        for element in root.iter("{*}Document")
        if (match := _NAMESPACE.fullmatch(etree.QName(element).namespace or ""))
    ]
    if len(found) != 1:
        name = etree.QName(root)
        raise BankFileRefused(
            "message_unknown",
            line=root.sourceline,
            found=f"{name.localname} of {name.namespace or 'no namespace'}",
        )
    element, match = found[0]
    return Element(element, match[0]), match[1]


def _read_statement(
    statement: Element, version: str, message_id: str, bank_zone: tzinfo | None, *, place: str
) -> StatementDraft:
    account_element = statement.get("Acct")
    account = account_number(account_element)
    if account is None:
        raise account_element.refused("field_missing", field="Id/IBAN or Id/Othr/Id")
    balances = _read_balances(statement, bank_zone)
    context = EntryContext(
        account=account,
        currencies=frozenset(pair.currency for pair in balances),
        bank_zone=bank_zone,
    )
    booked, unbooked = [], []
    for entry in statement.all("Ntry"):
        if status_of(entry) == BOOKED:
            booked.append(read_booked(entry, context))
        else:
            unbooked.append(read_unbooked(entry, context))
    created = statement.find("CreDtTm")
    servicer = account_element.find("Svcr/FinInstnId")
    return StatementDraft(
        format=version,
        account=account,
        bank=bank_name(servicer),
        message_id=message_id,
        statement_id=statement.get_text("Id"),
        sequence_number=_find_number(statement, "ElctrncSeqNb", "LglSeqNb"),
        page_number=_find_number(statement, "StmtPgntn/PgNb"),
        created_at=created.as_instant(bank_zone)[1] if created else None,
        balances=balances,
        entries=tuple(booked),
        unbooked=tuple(unbooked),
        line=statement.line,
        place=place,
    )


def _find_number(statement: Element, *paths: str) -> int | None:
    for path in paths:
        element = statement.find(path)
        if element is not None and element.text:
            if not re.fullmatch(r"[0-9]{1,18}", element.text):
                raise element.refused("field_unreadable", field=path, text=element.text)
            return int(element.text)
    return None


def _read_balances(statement: Element, bank_zone: tzinfo | None) -> tuple[BalancePair, ...]:
    """Pair the booked opening and closing balance of every currency that the statement gives."""
    found: dict[str, dict[str, list[Element]]] = {}
    for balance in statement.all("Bal"):
        kind = balance.find_text("Tp/CdOrPrtry/Cd") or ""
        if kind in _OPENING_TYPES or kind in _CLOSING_TYPES:
            currency = balance.get("Amt").attribute("Ccy")
            found.setdefault(currency, {}).setdefault(kind, []).append(balance)
    if not found:
        raise statement.refused("balance_missing", balance="opening")
    return tuple(
        _pair(statement, currency, by_kind, bank_zone)
        for currency, by_kind in sorted(found.items())
    )


def _pair(
    statement: Element,
    currency: str,
    by_kind: dict[str, list[Element]],
    bank_zone: tzinfo | None,
) -> BalancePair:
    interim = by_kind.get("ITBD", [])
    opening = by_kind.get("OPBD") or by_kind.get("PRCD") or interim[:1]
    closing = by_kind.get("CLBD") or interim[-1:]
    for name, balances in (("opening", opening), ("closing", closing)):
        if not balances:
            raise statement.refused("balance_missing", balance=name)
        if len({_signed_minor(balance) for balance in balances}) > 1:
            raise balances[1].refused("balance_ambiguous", balance=name, currency=currency)
    if opening[0] is closing[0]:
        raise statement.refused("balance_missing", balance="closing")
    return BalancePair(
        currency=currency,
        opening_minor=_signed_minor(opening[0]),
        opening_date=read_day(opening[0].get("Dt"), bank_zone)[0],
        closing_minor=_signed_minor(closing[0]),
        closing_date=read_day(closing[0].get("Dt"), bank_zone)[0],
    )


def _signed_minor(balance: Element) -> int:
    return signed(read_amount(balance.get("Amt"))[0], get_direction(balance))
