"""Suppliers as people keep them: enrolment, limit, receiving account; what concerns money is said to each account as well.

A supplier's row is changed under its lock, and its accounts are told of it under the same: two who change it at once
follow each other, and what the accounts hear last is what stands.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import msgspec
from msgspec.structs import replace

from fairlot.application.desk import Connect, Desk, account_id_for, derived_id, limit_id_for
from fairlot.domain.audit.canonical import canonical_bytes
from fairlot.domain.cover.grants.commands import SetLimit
from fairlot.domain.order.refusals import Code
from fairlot.domain.payout import commands as payout
from fairlot.domain.payout.state import PayoutAccount
from fairlot.providers.wire import PaymentAccount, PaymentBank, PaymentParty
from fairlot.store.streams import ids_of_company
from fairlot.store.supplier import suppliers
from fairlot.store.supplier.supplier_room import lock_supplier
from fairlot.store.supplier.suppliers import Supplier


class ReceivingDetails(msgspec.Struct, frozen=True, kw_only=True):
    """A receiving account as a bank needs it; kept outside the chain, which knows it by hash."""

    holder: PaymentParty
    account: PaymentAccount
    bank: PaymentBank | None = None
    is_sepa: bool = False


class StoredSuppliers:
    """What the platform knows of suppliers, in its own table."""

    def __init__(self, connect: Connect) -> None:
        self._connect = connect

    def find(self, company_id: str) -> Supplier | None:
        """Return what is known of a company as a supplier."""
        with self._connect() as connection:
            return suppliers.find_supplier(connection, company_id)


def enrol(company_id: str, *, tier: str, desk: Desk) -> None:
    """Take a supplier into the programme, or change its tier."""
    with desk.connect() as connection, connection.transaction():
        lock_supplier(connection, company_id)
        known = suppliers.find_supplier(connection, company_id) or Supplier(company_id=company_id)
        suppliers.save_supplier(connection, replace(known, enrolled=True, tier=tier))


def set_limit(
    company_id: str,
    *,
    limit_minor: int,
    currency: str,
    computation_hash: str,
    command_id: str,
    desk: Desk,
) -> None:
    """Set a supplier's limit to what its computation came to. Raises Refused."""
    command = SetLimit(
        company_id=company_id,
        currency=currency,
        limit_minor=limit_minor,
        computation_hash=computation_hash,
    )
    desk.ask_limit(limit_id_for(company_id), command, command_id=command_id).unwrap()


def name_account(
    company_id: str, details: ReceivingDetails, *, salt: bytes, command_id: str, desk: Desk
) -> str:
    """Name the account a supplier receives to, and return its hash; it takes nothing before it is verified (R7).

    The same command again names the same account, and does not take the place of one named since.
    """
    with desk.connect() as connection, connection.transaction():
        lock_supplier(connection, company_id)
        account_hash, is_new = suppliers.save_receiving_account(
            connection,
            company_id=company_id,
            details=canonical_bytes(details),
            salt=salt,
            named_by=command_id,
        )
        known = suppliers.find_supplier(connection, company_id) or Supplier(company_id=company_id)
        if known.account_hash != account_hash:
            if not is_new:
                return account_hash
            changed = replace(known, account_hash=account_hash, account_verified=False)
            suppliers.save_supplier(connection, changed)
    with _held(company_id, desk=desk) as (known, account_ids):
        if known.account_hash == account_hash:
            command = payout.ChangeAccount(account_hash=account_hash)
            _tell(
                account_ids,
                command,
                command_id=derived_id(command_id, "name"),
                known_as=Code.REFERENCE_REUSED,
                desk=desk,
            )
    return account_hash


def verify_account(company_id: str, account_hash: str, *, command_id: str, desk: Desk) -> bool:
    """Say that the account a supplier named is its own; False where it has named another one meanwhile."""
    return _judge(company_id, account_hash, verified=True, command_id=command_id, desk=desk)


def revoke_account(company_id: str, account_hash: str, *, command_id: str, desk: Desk) -> bool:
    """Say that nothing is to be paid to the account any more; False where it is not the one in use."""
    return _judge(company_id, account_hash, verified=False, command_id=command_id, desk=desk)


def _judge(
    company_id: str, account_hash: str, *, verified: bool, command_id: str, desk: Desk
) -> bool:
    with desk.connect() as connection, connection.transaction():
        lock_supplier(connection, company_id)
        known = suppliers.find_supplier(connection, company_id)
        if known is None or known.account_hash != account_hash:
            return False
        suppliers.save_supplier(connection, replace(known, account_verified=verified))
    command: payout.PayoutCommand = (
        payout.VerifyAccount(account_hash=account_hash)
        if verified
        else payout.RevokeAccount(account_hash=account_hash)
    )
    with _held(company_id, desk=desk) as (known, account_ids):
        if (known.account_hash, known.account_verified) == (account_hash, verified):
            _tell(
                account_ids,
                command,
                command_id=derived_id(command_id, "judge"),
                known_as=Code.UNKNOWN_REFERENCE,
                desk=desk,
            )
    return True


@contextmanager
def _held(company_id: str, *, desk: Desk) -> Iterator[tuple[Supplier, Sequence[str]]]:
    """Let nobody change a supplier for the length of a block, and yield how it stands and the ids of its accounts."""
    with desk.connect() as connection, connection.transaction():
        lock_supplier(connection, company_id)
        known = suppliers.find_supplier(connection, company_id) or Supplier(company_id=company_id)
        yield known, ids_of_company(connection, desk.payouts.family, company_id)


def _tell(
    account_ids: Sequence[str],
    command: payout.PayoutCommand,
    *,
    command_id: str,
    known_as: Code,
    desk: Desk,
) -> None:
    """Say the same to every account; `known_as` refuses those whose receiving account makes it no news."""
    for account_id in account_ids:
        outcome = desk.ask_account(account_id, command, command_id=command_id)
        assert outcome.is_done or outcome.code is known_as, outcome


def read_details(account_hash: str, *, desk: Desk) -> ReceivingDetails | None:
    """Return the details of a receiving account, or None where they were never kept or were erased."""
    with desk.connect() as connection:
        kept = suppliers.find_receiving_account(connection, account_hash)
    return None if kept is None else msgspec.json.decode(kept, type=ReceivingDetails)


def prepared_account(company_id: str, currency: str, *, key: str, desk: Desk) -> str:
    """Return the id of a supplier's account, opened, and with the receiving account that is verified now."""
    account_id = account_id_for(company_id, currency)
    account, _ = desk.read_account(account_id)
    if account.company_id == "":
        opening = payout.OpenAccount(company_id=company_id, currency=currency)
        desk.ask_account(account_id, opening, command_id=derived_id(account_id, "open")).unwrap()
    supplier = desk.suppliers.find(company_id)
    if supplier is None or not supplier.account_verified or _pays_to(account, supplier):
        return account_id
    with _held(company_id, desk=desk) as (known, _):
        if known.account_verified:
            verification = payout.VerifyAccount(account_hash=known.account_hash)
            command_id = derived_id(key, "account", known.account_hash)
            desk.ask_account(account_id, verification, command_id=command_id).unwrap()
    return account_id


def _pays_to(account: PayoutAccount, supplier: Supplier) -> bool:
    """Say whether an account pays to the receiving account that its supplier named, and believes in it."""
    receiving = account.receiving
    return (
        receiving is not None
        and receiving.verified
        and receiving.account_hash == supplier.account_hash
    )
