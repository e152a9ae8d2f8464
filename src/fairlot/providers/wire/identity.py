"""Which movement is which, for ever: keys that stay the same when a file comes twice, overlaps, or bears another name.

An entry is named by account, day, direction, amount and the bank's reference, never by the statement that carried it and
never by what the payer wrote alone. Where the bank gives no reference, the content stands in. Entries that are still
alike are numbered: two truly identical payments in one statement are two.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from datetime import date

import msgspec

from fairlot.providers.wire.statement import BalancePair, BankTransaction, Statement

# What banks write where they have no reference.
_NO_REFERENCE = frozenset({"NONREF", "NOREF", "NOTPROVIDED", "NOTPROVIDEDBYBANK", "NONE", "NA"})
_KEY_HEX_DIGITS = 40


class BookedEntry(msgspec.Struct, frozen=True, kw_only=True):
    """An entry as read, its transactions not named yet: one for a plain entry, several for an itemized batch."""

    account: str
    booked_date: date
    signed_minor: int
    currency: str
    is_reversal: bool
    bank_reference: str | None
    transactions: tuple[BankTransaction, ...]


class Import(msgspec.Struct, frozen=True, kw_only=True):
    """What a statement adds to what is known.

    `new` is money to book. `known` was imported before. `doubtful` is part of `known` and deserves a person's look: it was
    recognized by content alone in a statement not seen before, or comes itemized otherwise than the first time.
    """

    new: tuple[BankTransaction, ...]
    known: tuple[BankTransaction, ...]
    doubtful: tuple[BankTransaction, ...]


def find_reference(text: str | None) -> str | None:
    """Return a reference, or None where the bank only says that it has none."""
    if text is None:
        return None
    compact = "".join(c for c in text.upper() if c.isalnum())
    return None if not compact.strip("0") or compact in _NO_REFERENCE else text


def statement_key(
    *,
    account: str,
    statement_id: str,
    sequence_number: int | None,
    page_number: int | None,
    balances: Sequence[BalancePair],
) -> str:
    """Name a statement. Some banks give every statement the same id and no number, and numbers begin again each year:
    so its days and balances are part of the name.
    """
    facts = [account, statement_id, sequence_number, page_number or 1, *balances]
    return "bst_" + _digest(facts)


def name_transactions(statements: Sequence[Sequence[BookedEntry]]) -> list[list[BankTransaction]]:
    """Give the entries of statements that follow each other without a gap their keys.

    Alike entries are numbered through all of them, so that the pages of one day hold two identical payments as two.
    """
    counted: Counter[str] = Counter()
    named = []
    for entries in statements:
        numbers: dict[int, str] = {}
        # Alike entries are numbered by content, so that the file's order does not say which is which.
        for index in sorted(range(len(entries)), key=lambda i: _contents(entries[i])):
            base = _entry_base(entries[index])
            counted[base] += 1
            numbers[index] = f"{base}.{counted[base]}"
        named.append(
            [
                part
                for index, entry in enumerate(entries)
                for part in _name_parts(entry, numbers[index])
            ]
        )
    return named


def sort_out(known_keys: AbstractSet[str], statement: Statement) -> Import:
    """Tell new money from known money. Pure: the same answer whatever the order or number of imports before."""
    new, known, doubtful = [], [], []
    is_seen = statement.identity_key in known_keys
    for transaction in statement.transactions:
        if transaction.key in known_keys:
            known.append(transaction)
            if not is_seen and not find_reference(transaction.bank_reference):
                doubtful.append(transaction)
        elif _other_itemization(transaction) in known_keys:
            known.append(transaction)
            doubtful.append(transaction)
        else:
            new.append(transaction)
    return Import(new=tuple(new), known=tuple(known), doubtful=tuple(doubtful))


def new_transactions(
    known_keys: AbstractSet[str], statement: Statement
) -> tuple[BankTransaction, ...]:
    """Return the transactions of a statement that no earlier file brought."""
    return sort_out(known_keys, statement).new


def keys_to_remember(statement: Statement) -> frozenset[str]:
    """Return the keys to store after a statement was imported: its transactions' and its own."""
    return frozenset({statement.identity_key, *(t.key for t in statement.transactions)})


def _entry_base(entry: BookedEntry) -> str:
    """Hash what every delivery of an entry has in common."""
    reference = find_reference(entry.bank_reference)
    only = entry.transactions[0] if len(entry.transactions) == 1 else None
    facts: list[object] = [
        entry.account,
        entry.booked_date,
        entry.signed_minor,
        entry.currency,
        entry.is_reversal,
    ]
    if reference is not None:
        # Some banks put one reference on several entries; the payer's reference tells them apart. Batches are told apart
        # by their sum, itemized or not.
        facts += ["reference", reference, only.end_to_end_id if only else None]
    else:
        facts += ["content", *_contents(entry)]
    return "btx_" + _digest(facts)


def _contents(entry: BookedEntry) -> list[str]:
    return sorted(_content(transaction) for transaction in entry.transactions)


def _content(transaction: BankTransaction) -> str:
    """Everything that tells payments apart and that all versions of the formats carry, in one line."""
    return msgspec.json.encode(
        [
            transaction.signed_minor,
            transaction.bank_reference,
            transaction.value_date,
            transaction.end_to_end_id,
            transaction.instruction_id,
            transaction.transaction_id,
            transaction.debtor.name,
            transaction.debtor.account,
            transaction.creditor.name,
            transaction.creditor.account,
            transaction.creditor_references,
            transaction.remittance_lines,
            transaction.additional_text,
        ]
    ).decode()


def _name_parts(entry: BookedEntry, entry_key: str) -> Iterable[BankTransaction]:
    """Name the parts of an entry in an order of their own, so that the file's order does not matter."""
    parts = entry.transactions
    if len(parts) == 1:
        yield msgspec.structs.replace(parts[0], key=entry_key, entry_key=entry_key)
        return
    in_order = sorted(range(len(parts)), key=lambda i: _content(parts[i]))
    numbers = {index: number for number, index in enumerate(in_order, start=1)}
    for index, part in enumerate(parts):
        yield msgspec.structs.replace(
            part, key=f"{entry_key}.{numbers[index]}", entry_key=entry_key
        )


def _other_itemization(transaction: BankTransaction) -> str:
    """Return the key under which this money was booked if it came whole before and itemized now, or the reverse."""
    is_whole = transaction.key == transaction.entry_key
    return f"{transaction.entry_key}.1" if is_whole else transaction.entry_key


def _digest(facts: Iterable[object]) -> str:
    return hashlib.sha256(msgspec.json.encode(list(facts))).hexdigest()[:_KEY_HEX_DIGITS]
