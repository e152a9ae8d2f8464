"""Whether the messages and files of every order stand as they were sent: the part of verification beside the chain."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg

from fairlot.application.verification.faults import Fault
from fairlot.domain.audit.chain import GENESIS
from fairlot.store.conversation import body_hash
from fairlot.store.strands import Strand, Text, strands, strays


def strand_faults(connection: psycopg.Connection) -> Iterator[Fault]:
    """Yield every message and file that is missing, altered or added; inside a transaction."""
    for strand in strands(connection):
        yield from _faults(strand)
    for order_id, kind in strays(connection):
        yield Fault(
            family="order",
            aggregate_id=order_id,
            seq=0,
            kind=kind,
            detail="there is no such strand",
        )


def _faults(strand: Strand) -> Iterator[Fault]:
    expected_number, previous_hash = 1, GENESIS
    for row in strand.rows:
        number = row.link.number
        if number != expected_number:
            yield _fault(strand, expected_number, "is missing")
        if row.hash != row.expected_hash(previous_hash):
            yield _fault(strand, number, "was altered, or does not follow on the one before it")
        if row.text is not None and (problem := _text_problem(row.text)):
            yield _fault(strand, number, problem)
        expected_number, previous_hash = number + 1, row.hash or b""
    if strand.last is None:
        yield _fault(strand, expected_number - 1, "is not kept as the last one")
    elif expected_number <= strand.last.seq:
        yield _fault(strand, expected_number, f"is missing; the last one is {strand.last.seq}")
    elif expected_number > strand.last.seq + 1:
        yield _fault(strand, strand.last.seq + 1, "stands behind the last one")
    elif strand.last.hash != previous_hash:
        yield _fault(strand, strand.last.seq, "is not the one that is kept as the last")


def _text_problem(text: Text) -> str:
    if text.body is None:
        is_erased = text.salt is None and text.erased_at is not None
        return "" if is_erased else "has no text and was not erased"
    if text.salt is None or text.erased_at is not None:
        return "has a text and was erased"
    if body_hash(text.body, text.salt) != text.body_hash:
        return "has another text than was sent"
    return ""


def _fault(strand: Strand, number: int, detail: str) -> Fault:
    return Fault(
        family="order", aggregate_id=strand.order_id, seq=number, kind=strand.kind, detail=detail
    )
