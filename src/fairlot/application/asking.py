"""Asking an order a command for a person: in which capacity, and what is found out before the order decides.

Pages and the API go this one way; how somebody proves who they are stays with each.
"""

from __future__ import annotations

from fairlot.application.access import Identity, is_anothers_inspection, may
from fairlot.application.agreement import accept_version
from fairlot.application.conversation.evidence import GIVES_EVIDENCE, refuse_unkept
from fairlot.application.desk import Desk
from fairlot.application.hearing import RULINGS, named, refuse_own_case
from fairlot.application.outcome import Outcome
from fairlot.application.queries.seen import SeenOrder
from fairlot.domain.order import commands as c
from fairlot.domain.order.refusals import Code
from fairlot.domain.order.state import Order
from fairlot.domain.party import Actor, Role

# They let money go, award it, or let another company act: an open browser alone is not enough.
WEIGHTY: tuple[type[c.Command], ...] = (
    c.ConfirmReceipt,
    c.AcceptOffer,
    c.ConfirmFulfilled,
    c.GrantMandate,
    c.Decide,
    c.DecideRefusal,
    c.DecideReturn,
)
# What an acceptance says of its cover until the platform has found out what it grants.
UNGRANTED = c.Grant(enrolled=False, account_verified=False, cover_minor=0)


def capacity_for(
    identity: Identity,
    seen: SeenOrder,
    command_type: type[c.Command],
    *,
    role: Role | None = None,
    inspection_id: str = "",
) -> Actor | Code:
    """Return in which capacity somebody may ask a command, the named role's or the first that may, or why in none."""
    why = Code.NOT_PERMITTED
    for actor in seen.actors:
        if role is not None and actor.role is not role:
            continue
        if is_anothers_inspection(actor, inspection_id, seen.order):
            continue
        code = may(identity, actor, command_type, seen.order)
        if code is None:
            return actor
        why = code if code is Code.NOT_MANDATED else why
    return why


def vetted(
    command: c.OrderCommand, order_id: str, order: Order, *, person_id: str, desk: Desk
) -> c.OrderCommand:
    """Return the command with what the platform alone knows of it. Raises Refused.

    Nobody rules on a case of its own, evidence that is said to be uploaded is kept here, and what keeps a mediator from a
    case is found out and not believed.
    """
    if isinstance(command, RULINGS):
        refuse_own_case(person_id, order)
    if isinstance(command, GIVES_EVIDENCE):
        with desk.connect() as connection:
            refuse_unkept(connection, order_id, command, order)
    return named(command, order) if isinstance(command, c.NameMediator) else command


def ask(
    order_id: str,
    command: c.OrderCommand,
    *,
    actor: Actor,
    command_id: str,
    desk: Desk,
    expected_seq: int | None = None,
) -> Outcome:
    """Ask an order; an acceptance goes through the process that reserves its cover, and names what it accepts by its hash.

    Raises Outdated where the order is not at `expected_seq`, and Unavailable.
    """
    if isinstance(command, c.AcceptVersion):
        return accept_version(
            order_id, command.version_hash, actor=actor, command_id=command_id, desk=desk
        )
    return desk.ask_order(
        order_id, command, command_id=command_id, actor=actor, expected_seq=expected_seq
    )
