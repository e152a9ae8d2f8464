"""Which order a bank transaction pays: by our reference, else by an equal EndToEndId; a likeness is only ever a suggestion.

Nothing is guessed: what names no open order, names several, or comes in another currency is not matched and waits in
suspense. How a wrong amount is treated is the order's business; here it only has to say which order is meant.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from enum import StrEnum
from operator import ne

import msgspec

from fairlot.providers.wire.bank_ids import bank_id_for
from fairlot.providers.wire.identity import find_reference
from fairlot.providers.wire.references import (
    compact,
    find_mistyped,
    find_references,
    is_reference,
    same_order,
    stem_for,
    stem_of,
)
from fairlot.providers.wire.statement import BankTransaction, Direction


class OpenOrder(msgspec.Struct, frozen=True, kw_only=True):
    """One instalment that waits for money; `reference` is `reference_for(order_id, instalment)`."""

    order_id: str
    instalment: int
    reference: str
    due_minor: int
    currency: str
    buyer_name: str = ""


class SentPayout(msgspec.Struct, frozen=True, kw_only=True):
    """A payout that was sent to the bank and is not confirmed, or may still come back."""

    payout_id: str
    amount_minor: int
    currency: str


class MatchedBy(StrEnum):
    """What named the order."""

    CREDITOR_REFERENCE = "creditor_reference"
    END_TO_END_ID = "end_to_end_id"


class Why(StrEnum):
    """Why money is not matched."""

    NOT_A_PAYMENT = "not_a_payment"
    RETURNED = "returned"
    NOTHING_NAMED = "nothing_named"
    REFERENCE_NOT_OPEN = "reference_not_open"
    SEVERAL_ORDERS = "several_orders"
    OTHER_CURRENCY = "other_currency"
    REFERENCE_MISTYPED = "reference_mistyped"
    AMOUNT_AND_NAME = "amount_and_name"
    AMOUNT_DIFFERS = "amount_differs"
    NOT_A_RETURN = "not_a_return"
    NOT_OUR_PAYOUT = "not_our_payout"


class Match(msgspec.Struct, frozen=True, kw_only=True):
    """The order that the payer named; several instalments if the payer named several of the same order (ruling A13)."""

    order_id: str
    instalments: tuple[int, ...]
    references: tuple[str, ...]
    by: MatchedBy


class Suggestion(msgspec.Struct, frozen=True, kw_only=True):
    """Orders a person should look at; the money stays in suspense until that person decides."""

    candidates: tuple[OpenOrder, ...]
    why: Why


class Unmatched(msgspec.Struct, frozen=True, kw_only=True):
    """No order is named; `references` are well-formed ones found that belong to no open order."""

    why: Why
    references: tuple[str, ...] = ()


class PayoutConfirmed(msgspec.Struct, frozen=True, kw_only=True):
    """The bank booked the payout out of our account."""

    payout_id: str


class PayoutReturned(msgspec.Struct, frozen=True, kw_only=True):
    """A payout came back, perhaps less charges: the transaction says how much and why."""

    payout_id: str


def match(
    transaction: BankTransaction, open_orders: Sequence[OpenOrder]
) -> Match | Suggestion | Unmatched:
    """Say which open order a transaction pays. Pure; the order of `open_orders` does not matter."""
    if transaction.direction is not Direction.CREDIT or transaction.amount_minor == 0:
        return Unmatched(why=Why.NOT_A_PAYMENT)
    if transaction.is_return:
        return Unmatched(why=Why.RETURNED)
    stated = references_in(transaction)
    names = _names_in(transaction)
    named = [order for order in open_orders if order.reference in names]
    if named:
        return _named(transaction, named, stated)
    if stated:
        return Unmatched(why=Why.REFERENCE_NOT_OPEN, references=tuple(sorted(stated)))
    mistyped = _mistyped_in(transaction)
    meant = [order for order in open_orders if _is_nearly(order.reference, mistyped)]
    if meant:
        return Suggestion(candidates=_in_order(meant), why=Why.REFERENCE_MISTYPED)
    alike = [order for order in open_orders if _is_alike(transaction, order)]
    if alike:
        return Suggestion(candidates=_in_order(alike), why=Why.AMOUNT_AND_NAME)
    return Unmatched(why=Why.NOTHING_NAMED)


def concerned_orders(
    transactions: Iterable[BankTransaction], order_ids: Iterable[str]
) -> list[str]:
    """Return those of many orders that `match` could name or suggest for any of the transactions, from their ids alone.

    An order that is left out changes no answer, as long as no buyers' names are given.
    """
    written: set[str] = set()
    mistyped: set[str] = set()
    for transaction in transactions:
        written |= {stem_of(name) for name in _names_in(transaction)}
        mistyped |= {stem_of(text) for text in _mistyped_in(transaction)}
    written.discard("")
    if not written and not mistyped:
        return []
    concerned = []
    for order_id in order_ids:
        stem = stem_for(order_id)
        if stem in written or _is_nearly(stem, mistyped):
            concerned.append(order_id)
    return concerned


def match_payout(
    transaction: BankTransaction, sent_payouts: Iterable[SentPayout]
) -> PayoutConfirmed | PayoutReturned | Unmatched:
    """Say which payout a transaction confirms (a debit) or brings back (a credit), by the EndToEndId that we gave it.

    Anybody can pay us a cent under a payout's id: only what the bank itself calls a return brings a payout back.
    """
    by_id = {compact(bank_id_for(payout.payout_id)): payout for payout in sent_payouts}
    payout = by_id.get(compact(transaction.end_to_end_id or ""))
    if payout is None:
        return Unmatched(why=Why.NOTHING_NAMED)
    if transaction.direction is Direction.CREDIT:
        if transaction.is_return:
            return PayoutReturned(payout_id=payout.payout_id)
        return Unmatched(why=Why.NOT_A_RETURN)
    if transaction.is_return or _DIRECT_DEBIT in (transaction.bank_transaction_code or ""):
        return Unmatched(why=Why.NOT_OUR_PAYOUT)
    if not _paid_out_exactly(transaction, payout):
        return Unmatched(why=Why.AMOUNT_DIFFERS)
    return PayoutConfirmed(payout_id=payout.payout_id)


def references_in(transaction: BankTransaction) -> frozenset[str]:
    """Return every creditor reference with right check digits: stated as one, or anywhere in the payer's words."""
    stated = {compact(reference) for reference in transaction.creditor_references}
    written = {reference for text in _words(transaction) for reference in find_references(text)}
    return frozenset({reference for reference in stated if is_reference(reference)} | written)


def _names_in(transaction: BankTransaction) -> frozenset[str]:
    """Return all that may name an order: references, and what the payer chose as the payment's id."""
    return references_in(transaction) | {compact(transaction.end_to_end_id or "")}


def _words(transaction: BankTransaction) -> tuple[str, ...]:
    """Return the texts in which a reference may stand; lines are joined because banks break a reference over two."""
    return ("".join(transaction.remittance_lines), transaction.additional_text or "")


def _named(
    transaction: BankTransaction, orders: Sequence[OpenOrder], stated: frozenset[str]
) -> Match | Suggestion:
    """Match if one order is meant and no other; a second reference of the same order may be a paid instalment's."""
    in_order = _in_order(orders)
    first = in_order[0]
    meant = {order.reference for order in orders} | stated
    if len({order.order_id for order in orders}) > 1 or not all(
        same_order(first.reference, reference) for reference in meant
    ):
        return Suggestion(candidates=in_order, why=Why.SEVERAL_ORDERS)
    if any(order.currency != transaction.currency for order in orders):
        return Suggestion(candidates=in_order, why=Why.OTHER_CURRENCY)
    is_stated = any(order.reference in stated for order in orders)
    return Match(
        order_id=first.order_id,
        instalments=tuple(order.instalment for order in in_order),
        references=tuple(order.reference for order in in_order),
        by=MatchedBy.CREDITOR_REFERENCE if is_stated else MatchedBy.END_TO_END_ID,
    )


def _in_order(orders: Sequence[OpenOrder]) -> tuple[OpenOrder, ...]:
    return tuple(sorted(orders, key=lambda order: (order.order_id, order.instalment)))


def _paid_out_exactly(transaction: BankTransaction, payout: SentPayout) -> bool:
    """Compare with what was booked, or with what was instructed where the bank exchanged or charged on top."""
    expected = (payout.amount_minor, payout.currency)
    instructed = transaction.instructed
    return expected == (transaction.amount_minor, transaction.currency) or (
        instructed is not None and expected == (instructed.amount_minor, instructed.currency)
    )


# Legal forms say nothing about who a company is, and payers leave them out.
_LEGAL_FORMS = frozenset(
    {
        "co",
        "company",
        "corp",
        "corporation",
        "inc",
        "incorporated",
        "limited",
        "llc",
        "llp",
        "lp",
        "ltd",
        "plc",
        "pte",
        "pty",
    }
    | {"ab", "ag", "bv", "gmbh", "kg", "nv", "oy", "sa", "sarl", "sas", "spa", "srl"}
)
_MISTYPED_SIGNS_MAX = 2
# Others draw direct debits from our account, under an EndToEndId of their choice.
_DIRECT_DEBIT = "/RDDT/"


def _mistyped_in(transaction: BankTransaction) -> frozenset[str]:
    texts = (*_words(transaction), *transaction.creditor_references)
    return frozenset(written for text in texts for written in find_mistyped(text))


def _is_nearly(reference: str, mistyped: AbstractSet[str]) -> bool:
    """Say whether something was written that is the reference, or its stem, but for a sign or two."""
    return any(
        len(written) == len(reference) and sum(map(ne, written, reference)) <= _MISTYPED_SIGNS_MAX
        for written in mistyped
    )


def _is_alike(transaction: BankTransaction, order: OpenOrder) -> bool:
    if (transaction.amount_minor, transaction.currency) != (order.due_minor, order.currency):
        return False
    payer = _name_words(transaction.debtor.name)
    return bool(payer) and payer == _name_words(order.buyer_name)


def _name_words(name: str | None) -> frozenset[str]:
    """Return what distinguishes a name: its words without accents, case, punctuation and legal forms."""
    plain = unicodedata.normalize("NFKD", find_reference(name) or "").casefold()
    unaccented = "".join(c for c in plain if not unicodedata.combining(c))
    return frozenset(re.findall(r"\w+", unaccented)) - _LEGAL_FORMS
