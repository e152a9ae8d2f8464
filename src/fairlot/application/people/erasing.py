"""Erasing what leads to a person, as an operator whom the law or a person asks to: what events know by hash alone goes for good.

Nothing goes that is still needed to move money, each erasure is noted with who did it and why, in codes, before it is
done, and every chain still holds.
"""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

import msgspec

from fairlot.application.desk import Desk
from fairlot.application.people import own_account
from fairlot.application.people.companies import note
from fairlot.application.people.people_refusals import PeopleCode, RefusedChange
from fairlot.domain.suspense.state import SuspenseStatus
from fairlot.store import conversation, suspense
from fairlot.store.people.models import Person
from fairlot.store.people.record import has_open_orders
from fairlot.store.streams import ids_of_company
from fairlot.store.supplier import suppliers


class Why(StrEnum):
    """Why something is erased."""

    ASKED_BY_PERSON = "asked_by_person"
    ORDERED_BY_LAW = "ordered_by_law"
    WRITTEN_BY_MISTAKE = "written_by_mistake"
    KEPT_LONG_ENOUGH = "kept_long_enough"


class Erasure(msgspec.Struct, frozen=True, kw_only=True):
    """Who erases, when and why."""

    by: str
    at: dt.datetime
    why: Why


class AccountsErased(msgspec.Struct, frozen=True, kw_only=True):
    """Receiving accounts of a company by hash: whose details went, and whose are still needed."""

    erased: tuple[str, ...]
    needed: tuple[str, ...]


def erase_person(who: str, erasure: Erasure) -> str:
    """Erase a person by id or e-mail address, as they could themselves, and return the id. Raises RefusedChange."""
    people = Person.objects.filter(erased_at=None)
    person = people.filter(email__iexact=who).first() or people.filter(id=who).first()
    if person is None:
        raise RefusedChange(PeopleCode.NOTHING_TO_ERASE)
    own_account.erase(person, now=erasure.at, by=erasure.by, why=erasure.why)
    return str(person.id)


def erase_message(order_id: str, number: int, erasure: Erasure, *, desk: Desk) -> None:
    """Erase the text of a message of an order; its place and hash stay. Raises RefusedChange."""
    with desk.connect() as connection:
        found = conversation.messages_of(connection, order_id=order_id, after=number - 1, limit=1)
    if not found or found[0].number != number or found[0].body is None:
        raise RefusedChange(PeopleCode.NOTHING_TO_ERASE)
    _note(order_id, "message", erasure, number=str(number))
    with desk.connect() as connection:
        conversation.erase_message(
            connection, order_id=order_id, number=number, erased_at=erasure.at
        )


def erase_bank_entry(suspense_id: str, erasure: Erasure, *, desk: Desk) -> None:
    """Erase what the bank said of money that named no order, once it was given to one or sent back. Raises RefusedChange."""
    with desk.connect() as connection:
        entry = suspense.find_entry(connection, suspense_id)
    if entry is None:
        raise RefusedChange(PeopleCode.NOTHING_TO_ERASE)
    state, _ = desk.read_suspense(suspense_id)
    if state.status not in {SuspenseStatus.ASSIGNED, SuspenseStatus.SENT_BACK}:
        raise RefusedChange(PeopleCode.STILL_NEEDED)
    _note(suspense_id, "bank_entry", erasure)
    with desk.connect() as connection:
        suspense.erase_entry(connection, suspense_id, at=erasure.at)


def erase_receiving_accounts(company_id: str, erasure: Erasure, *, desk: Desk) -> AccountsErased:
    """Erase the details of a company's receiving accounts but of those that money may still go to. Raises RefusedChange."""
    with desk.connect() as connection:
        kept = suppliers.receiving_accounts_of(connection, company_id)
    if not kept:
        raise RefusedChange(PeopleCode.NOTHING_TO_ERASE)
    needed = _needed_accounts(company_id, desk)
    erased = tuple(one for one in kept if one not in needed)
    for account_hash in erased:
        _note(company_id, "receiving_account", erasure, account_hash=account_hash)
        with desk.connect() as connection:
            suppliers.erase_receiving_account(connection, account_hash, at=erasure.at)
    return AccountsErased(erased=erased, needed=tuple(one for one in kept if one in needed))


def _needed_accounts(company_id: str, desk: Desk) -> set[str]:
    """Return the hashes of accounts that payouts are on their way to, or that the next ones would go to."""
    needed: set[str] = set()
    supplier = desk.suppliers.find(company_id)
    is_paid_yet = has_open_orders(company_id) or (supplier is not None and supplier.enrolled)
    with desk.connect() as connection:
        account_ids = ids_of_company(connection, desk.payouts.family, company_id)
    for account_id in account_ids:
        account, _ = desk.read_account(account_id)
        needed |= {payout.account_hash for payout in account.open_payouts}
        if account.receiving is not None and (is_paid_yet or account.payables):
            needed.add(account.receiving.account_hash)
    if supplier is not None and is_paid_yet:
        needed.add(supplier.account_hash)
    return needed


def _note(subject: str, what: str, erasure: Erasure, **facts: str) -> None:
    note(erasure.at, erasure.by, "", subject, "erased", what=what, why=erasure.why.value, **facts)
