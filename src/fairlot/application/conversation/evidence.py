"""Evidence that is said to be uploaded is among the order's files; what lies elsewhere is taken by its hash (R38; decision 0031)."""

from __future__ import annotations

import psycopg

from fairlot.domain.order import commands as c
from fairlot.domain.order.refusals import Code, Refused
from fairlot.domain.order.state import Order
from fairlot.store.conversation import kept_hashes

# The origin of evidence that somebody put among the order's files, and of all that is laid down with a claim.
UPLOAD = "upload"
HASH_DIGITS = 64
GIVES_EVIDENCE = (c.OpenDispute, c.SubmitEvidence)


def refuse_unkept(
    connection: psycopg.Connection, order_id: str, command: c.OrderCommand, order: Order
) -> None:
    """Raise Refused where uploaded evidence is no file of the order, nor the contract that was agreed."""
    named = _uploaded(command)
    if not named:
        return
    known = {value.hex() for value in kept_hashes(connection, order_id=order_id)}
    if order.terms is not None:
        known.add(order.terms.version_hash)
    for item_hash in named:
        if item_hash not in known:
            raise Refused(Code.FILE_NOT_KEPT, reference=item_hash[:HASH_DIGITS])


def _uploaded(command: c.OrderCommand) -> tuple[str, ...]:
    match command:
        case c.OpenDispute():
            return command.evidence_hashes
        case c.SubmitEvidence(origin=origin) if origin == UPLOAD:
            return (command.item_hash,)
        case _:
            return ()
