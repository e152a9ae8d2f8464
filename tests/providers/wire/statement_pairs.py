"""Generated pairs of bank files against a known account: whatever way they overlap, nothing is lost and nothing doubled (M8).

Run in full: `python -m tests.providers.wire.statement_pairs --pairs 5000 --json`.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from time import monotonic

from fairlot.providers.wire import (
    BankTransaction,
    Statement,
    keys_to_remember,
    new_transactions,
    read_bank_file,
)
from fairlot.providers.wire.sample_statement import SampleEntry, SampleStatement, write_statement
from fairlot.providers.wire.statement import Direction
from tests.support.statements import build_mt940

PAIRS_IN_FULL = 5_000
PAIRS_PER_RUN = 500
SEED = 20261121
# How many pairs a planted fault may need until it shows.
PAIRS_UNTIL_FAULT = 60
BOOKINGS_PER_DAY_MAX = 5
DAYS_MAX = 6

# How banks number what they book. Only unique references let a statement begin or end within a day without doubt.
UNIQUE, YEARLY, SHARED, NONE = "unique", "yearly", "shared", "none"
# Statement identities, which say nothing about the bookings inside.
Names = Iterator[int]
Importer = Callable[[set[str], Statement], Sequence[tuple[str, BankTransaction]]]


@dataclass(frozen=True, slots=True)
class Account:
    """What truly happened on an account, in order, and how its bank writes it."""

    style: str
    is_mt940: bool
    bookings: tuple[SampleEntry, ...]

    def day_ends(self) -> list[int]:
        """Positions at which a statement may begin or end."""
        cuts = [0, len(self.bookings)]
        for i in range(1, len(self.bookings)):
            is_new_day = self.bookings[i - 1].booked_date != self.bookings[i].booked_date
            if self.style in {UNIQUE, YEARLY} or is_new_day:
                cuts.append(i)
        return sorted(set(cuts))


def make_account(rng: random.Random) -> Account:
    """Make up an account around a turn of the year, or a year apart, with many payments alike."""
    style = rng.choice([UNIQUE, YEARLY, SHARED, NONE])
    first = date(2026, 12, 31) - timedelta(days=rng.randrange(DAYS_MAX))
    days = [first + timedelta(days=i) for i in range(rng.randint(1, DAYS_MAX))]
    if style == YEARLY:
        # The same numbers on the same days a year later.
        days += [day.replace(year=day.year + 1) for day in days if (day.month, day.day) != (2, 29)]
    bookings: list[SampleEntry] = []
    for day in sorted(days):
        for number in range(rng.randint(0, BOOKINGS_PER_DAY_MAX)):
            reference = {
                UNIQUE: f"U{day:%y%m%d}{number}",
                YEARLY: f"Y{day:%m%d}{number}",
                SHARED: f"S{day:%d}",
                NONE: None,
            }[style]
            alike = bookings and rng.random() < 0.4
            drawn = rng.choice(bookings) if alike else _booking(rng, day)
            bookings.append(_moved(drawn, day, reference))
    return Account(style=style, is_mt940=rng.random() < 0.3, bookings=tuple(bookings))


def _booking(rng: random.Random, day: date) -> SampleEntry:
    name = rng.choice(["Harbor Goods LLC", "Signal Way Trading", None])
    return SampleEntry(
        amount_minor=rng.choice([100, 9_900, 594_000]),
        booked_date=day,
        direction=rng.choice([Direction.CREDIT, Direction.CREDIT, Direction.DEBIT]),
        end_to_end_id=rng.choice([None, "PO-1", "PO-2"]),
        counterparty_name=name,
        counterparty_account="GB82WEST12345698765432" if name else None,
        remittance_text=rng.choice(["Deposit", "Balance"]),
        is_reversal=rng.random() < 0.1,
    )


def _moved(booking: SampleEntry, day: date, reference: str | None) -> SampleEntry:
    return SampleEntry(
        amount_minor=booking.amount_minor,
        booked_date=day,
        direction=booking.direction,
        bank_reference=reference,
        end_to_end_id=booking.end_to_end_id,
        counterparty_name=booking.counterparty_name,
        counterparty_account=booking.counterparty_account,
        remittance_text=booking.remittance_text,
        is_reversal=booking.is_reversal,
    )


def window(
    account: Account, rng: random.Random, begin: int, end: int, names: Names
) -> SampleStatement:
    """Cut a statement out of the account, its entries in any order, under an identity of its own."""
    inside = list(account.bookings[begin:end])
    rng.shuffle(inside)
    number = next(names)
    before = SampleStatement(
        account_iban="DE89370400440532013000",
        currency="USD",
        created_at=datetime(2027, 1, 31, tzinfo=UTC),
        opening_date=date(2026, 12, 1),
        closing_date=date(2027, 12, 31),
        entries=account.bookings[:begin],
    )
    return SampleStatement(
        account_iban=before.account_iban,
        currency=before.currency,
        created_at=before.created_at,
        opening_date=before.opening_date,
        closing_date=before.closing_date,
        entries=tuple(inside),
        opening_minor=before.closing_minor,
        statement_id=f"STMT-{number}",
        message_id=f"MSG-{number}",
        sequence_number=number,
    )


def write(account: Account, *statements: SampleStatement) -> bytes:
    """Write one file in the bank's format."""
    return build_mt940(*statements) if account.is_mt940 else write_statement(*statements)


def import_new(known: set[str], statement: Statement) -> Sequence[tuple[str, BankTransaction]]:
    """Import as the product does: what is new, with the key to remember it by."""
    return [(t.key, t) for t in new_transactions(known, statement)]


def import_files(
    importer: Importer, files: Sequence[bytes], *, broken_off: tuple[bytes, int] | None = None
) -> Counter[tuple[object, ...]]:
    """Import files one after the other into an empty world; return what was booked, by what tells bookings apart.

    A file `broken_off` after so many bookings comes before them, as if the machine had stopped there.
    """
    known: set[str] = set()
    booked: Counter[tuple[object, ...]] = Counter()
    attempts = [(data, None) for data in files]
    for data, count in [broken_off, *attempts] if broken_off else attempts:
        for statement in _read(data):
            for key, transaction in importer(known, statement)[:count]:
                booked[_content(transaction)] += 1
                known.add(key)
            if count is None:
                known |= keys_to_remember(statement)
    return booked


@lru_cache(maxsize=32)
def _read(data: bytes) -> tuple[Statement, ...]:
    """Read a file once for all laws; reading is pure."""
    return read_bank_file(data)


def _content(t: BankTransaction) -> tuple[object, ...]:
    party = t.debtor if t.direction is Direction.CREDIT else t.creditor
    words = "".join(t.remittance_lines)
    return (t.booked_date, t.signed_minor, t.end_to_end_id, party.name, words, t.is_reversal)


def _truth(bookings: Sequence[SampleEntry]) -> Counter[tuple[object, ...]]:
    return Counter(
        (
            b.booked_date,
            b.amount_minor if b.direction is Direction.CREDIT else -b.amount_minor,
            b.end_to_end_id,
            b.counterparty_name,
            b.remittance_text or "",
            b.is_reversal,
        )
        for b in bookings
    )


def broken_laws(seed: int, importer: Importer = import_new) -> list[str]:
    """Make one account and one pair of overlapping files; return the laws that importing them breaks."""
    rng = random.Random(seed)
    account = make_account(rng)
    cuts = account.day_ends()
    begin, end, other_begin, other_end = (rng.choice(cuts) for _ in range(4))
    begin, end = sorted((begin, end))
    other_begin, other_end = sorted((other_begin, other_end))
    middle = rng.choice([cut for cut in cuts if begin <= cut <= end])
    names = iter(range(1, 100))

    def cut_out(first: int, last: int) -> SampleStatement:
        return window(account, rng, first, last, names)

    once = cut_out(begin, end)
    file = write(account, once)
    again = write(account, cut_out(begin, end))
    other = write(account, cut_out(other_begin, other_end))
    halves = (cut_out(begin, middle), cut_out(middle, end))
    covered = set(range(begin, end))
    both = covered | set(range(other_begin, other_end))
    truth = _truth([account.bookings[i] for i in sorted(covered)])
    union = _truth([account.bookings[i] for i in sorted(both)])
    laws = {
        "a file brings what was booked": ([file], truth),
        "the same file twice is once": ([file, file], truth),
        "under another name, in another order": ([file, again], truth),
        "overlap is union": ([file, other], union),
        "overlap is union in either order": ([other, file], union),
        "overlap is union however often": ([file, other, again, file, other], union),
        "split and whole": ([*(write(account, half) for half in halves), file], truth),
        "whole and split": ([file, *(write(account, half) for half in halves)], truth),
        "merged in one file": ([write(account, *halves), file], truth),
        "merged after split": (
            [*(write(account, half) for half in halves), write(account, *halves)],
            truth,
        ),
    }
    broken = [
        law for law, (files, expected) in laws.items() if import_files(importer, files) != expected
    ]
    done = rng.randint(0, end - begin)
    for law, next_file in (
        ("broken off and done again", file),
        ("broken off and done again under another name", again),
    ):
        if import_files(importer, [next_file], broken_off=(file, done)) != truth:
            broken.append(law)
    return broken


def run(pairs: int, seed: int = SEED, importer: Importer = import_new) -> list[str]:
    """Return what broke over so many pairs, each with the seed that shows it again."""
    return [
        f"{law} (seed {number})"
        for number in range(seed, seed + pairs)
        for law in broken_laws(number, importer)
    ]


def by_the_payers_reference(
    known: set[str], statement: Statement
) -> Sequence[tuple[str, BankTransaction]]:
    """Import by a name that the payer chose and may choose again: the planted fault."""
    found = {transaction.end_to_end_id or "": transaction for transaction in statement.transactions}
    return [(name, transaction) for name, transaction in found.items() if name not in known]


def main() -> int:
    """Run and print the result as JSON; exit code 1 if anything broke, or the planted fault was not caught."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pairs", type=int, default=PAIRS_IN_FULL)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--json", action="store_true", help="the result is JSON in any case")
    given = parser.parse_args()
    started = monotonic()
    failures = run(given.pairs, given.seed)
    caught = bool(run(PAIRS_UNTIL_FAULT, given.seed, by_the_payers_reference))
    result = {
        "guarantee": "M8",
        "trials": given.pairs,
        "failures": len(failures),
        "first_failures": failures[:10],
        "seed": given.seed,
        "seconds": round(monotonic() - started, 1),
        "planted_fault": "payments are named by the payer's reference",
        "planted_fault_caught": caught,
    }
    print(json.dumps(result))
    return 0 if caught and not failures else 1


if __name__ == "__main__":
    sys.exit(main())
