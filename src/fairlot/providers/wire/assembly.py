"""From what a file says to statements: every balance is proved, no statement comes twice, then the entries get their keys."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise

import msgspec

from fairlot.providers.wire.identity import BookedEntry, name_transactions, statement_key
from fairlot.providers.wire.refusals import BankFileRefused
from fairlot.providers.wire.statement import BalancePair, BankTransaction, Statement, UnbookedEntry


class StatementDraft(msgspec.Struct, frozen=True, kw_only=True):
    """One statement as read from a file, nothing proved yet; `line` and `place` are for refusals."""

    format: str
    account: str
    bank: str | None
    message_id: str
    statement_id: str
    sequence_number: int | None
    page_number: int | None
    created_at: datetime | None
    balances: tuple[BalancePair, ...]
    entries: tuple[BookedEntry, ...]
    unbooked: tuple[UnbookedEntry, ...]
    line: int | None
    place: str

    @property
    def identity_key(self) -> str:
        """The key of the statement, whatever file it comes in."""
        return statement_key(
            account=self.account,
            statement_id=self.statement_id,
            sequence_number=self.sequence_number,
            page_number=self.page_number,
            balances=self.balances,
        )


def assemble(drafts: Sequence[StatementDraft]) -> tuple[Statement, ...]:
    """Prove and name the statements of one file, all or none."""
    if not drafts:
        raise BankFileRefused("statement_missing")
    seen: set[str] = set()
    for draft in drafts:
        _refuse_disagreeing_balances(draft)
        if draft.identity_key in seen:
            raise BankFileRefused(
                "statement_twice", line=draft.line, place=draft.place, statement=draft.statement_id
            )
        seen.add(draft.identity_key)
    statements: list[Statement] = []
    for run in _unbroken_runs(drafts):
        named = name_transactions([draft.entries for draft in run])
        statements += [_statement(d, named_of) for d, named_of in zip(run, named, strict=True)]
    return tuple(statements)


def _refuse_disagreeing_balances(draft: StatementDraft) -> None:
    for pair in draft.balances:
        booked_minor = sum(e.signed_minor for e in draft.entries if e.currency == pair.currency)
        if pair.opening_minor + booked_minor != pair.closing_minor:
            raise BankFileRefused(
                "balances_disagree",
                line=draft.line,
                place=draft.place,
                opening_minor=pair.opening_minor,
                booked_minor=booked_minor,
                closing_minor=pair.closing_minor,
                currency=pair.currency,
            )
    covered = {pair.currency for pair in draft.balances}
    assert all(e.currency in covered for e in draft.entries), "a reader books in a proved currency"


def _unbroken_runs(drafts: Sequence[StatementDraft]) -> list[list[StatementDraft]]:
    runs = [[drafts[0]]]
    for before, after in pairwise(drafts):
        if _follows(before, after):
            runs[-1].append(after)
        else:
            runs.append([after])
    return runs


def _follows(before: StatementDraft, after: StatementDraft) -> bool:
    """Say whether one statement begins where the other ends, so that they cannot share an entry."""
    closings = {(p.currency, p.closing_minor) for p in before.balances}
    openings = {(p.currency, p.opening_minor) for p in after.balances}
    if before.account != after.account or closings != openings:
        return False
    if before.sequence_number is None or after.sequence_number is None:
        # Without numbers only a changed balance shows that time went on.
        return any(p.opening_minor != p.closing_minor for p in before.balances)
    step = after.sequence_number - before.sequence_number
    return step == 1 or (step == 0 and (after.page_number or 0) - (before.page_number or 0) == 1)


def _statement(draft: StatementDraft, transactions: Sequence[BankTransaction]) -> Statement:
    return Statement(
        identity_key=draft.identity_key,
        format=draft.format,
        account=draft.account,
        bank=draft.bank,
        message_id=draft.message_id,
        statement_id=draft.statement_id,
        sequence_number=draft.sequence_number,
        page_number=draft.page_number,
        created_at=draft.created_at,
        balances=draft.balances,
        transactions=tuple(transactions),
        unbooked=draft.unbooked,
    )
