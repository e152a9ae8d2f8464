"""postings_for(): what an event of unmatched money means in the platform's books; from the event alone, always balanced."""

from __future__ import annotations

from fairlot.domain.ledger.accounts import Account, Entry, entry
from fairlot.domain.suspense import events as e

RULES_VERSION = 1


def postings_for(event: e.SuspenseEvent) -> tuple[Entry, ...]:
    """Return the entries of an event; events without money have none.

    What is assigned leaves these books with its bank money, for the order's own books book it as a payment.
    """
    match event:
        case e.TakenIn():
            return (_suspended("unmatched_taken_in", event.amount_minor, event),)
        case e.Assigned():
            return (_suspended("unmatched_assigned", -event.amount_minor, event),)
        case e.AssignmentUndone():
            return (_suspended("unmatched_assignment_undone", event.amount_minor, event),)
        case e.ReturnDecided():
            return (
                entry(
                    "unmatched_return_decided",
                    event.currency,
                    (Account.SUSPENSE, event.amount_minor),
                    (Account.DUE_SENDER, -event.amount_minor),
                ),
            )
        case e.SentBack():
            return (
                entry(
                    "unmatched_sent_back",
                    event.currency,
                    (Account.DUE_SENDER, event.amount_minor),
                    (Account.BANK, -event.amount_minor, event.rail),
                ),
            )
        case e.PlatformBreached():
            return ()


def _suspended(
    template: str, amount_minor: int, event: e.TakenIn | e.Assigned | e.AssignmentUndone
) -> Entry:
    return entry(
        template,
        event.currency,
        (Account.BANK, amount_minor, event.rail),
        (Account.SUSPENSE, -amount_minor),
    )
