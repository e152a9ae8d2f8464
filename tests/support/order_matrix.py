"""The golden matrix: every command in every status and stage, asked by every role, and the first answer it gets.

`make docs` writes it to tests/golden/order_matrix.txt; a reviewer reads its differences.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from fairlot.domain.order import commands as c
from fairlot.domain.order.decide import decide
from fairlot.domain.order.refusals import Code, Refused
from fairlot.domain.order.state import Order
from fairlot.domain.party import CLOCK, Actor, Role
from tests.support.given import (
    AGENT,
    AUDITOR,
    BANK,
    BUYER,
    INSPECTOR,
    MEDIATOR,
    OPERATOR,
    SUPERVISOR,
    SUPPLIER,
    Given,
)
from tests.support.plausible import ALL_COMMANDS, plausible
from tests.support.situations import STAGES, STATUSES

PATH = Path(__file__).resolve().parents[1] / "golden" / "order_matrix.txt"
ACTORS: dict[Role, Actor] = {
    Role.BUYER: BUYER,
    Role.AGENT: AGENT,
    Role.SUPPLIER: SUPPLIER,
    Role.INSPECTOR: INSPECTOR,
    Role.MEDIATOR: MEDIATOR,
    Role.SUPERVISOR: SUPERVISOR,
    Role.OPERATOR: OPERATOR,
    Role.PROVIDER: BANK,
    Role.CLOCK: CLOCK,
    Role.AUDITOR: AUDITOR,
}
HEADER = """\
Every command, asked of an order in every status and in the stages that a status holds: its first answer.
Roles that are not named get not_permitted everywhere. An agent here has every right of its buyer. A grant names the
events it brings about. Under escrow-2026, but for "refund sought" and "fund to recover". Written by `make docs`.
"""
LINE_WIDTH = 118

# Per situation the first answer.
Row = dict[str, str]


def situations() -> dict[str, Given]:
    """Return every status and every stage, by name."""
    return {name: make() for name, make in (STATUSES | STAGES).items()}


def actor_of(role: Role, order: Order) -> Actor:
    """Return who asks in a role; a mediator is the one who hears the case."""
    if role is Role.MEDIATOR and order.dispute is not None and order.dispute.mediator_id:
        return Actor(role=role, company_id="com_platform", person_id=order.dispute.mediator_id)
    return ACTORS[role]


def first_answer(here: Given, command_type: type[c.Command], role: Role) -> str:
    """Return the code of a refusal, or the names of the events."""
    command = plausible(here.order, command_type, now=here.now, terms=here.terms)
    actor = actor_of(role, here.order)
    try:
        made = decide(here.order, command, actor=actor, now=here.now, policy=here.policy)
    except Refused as refusal:
        return refusal.code.value
    return " + ".join(type(event).__name__ for event in made) or "nothing is due"


def rows_of(command_type: type[c.Command], found: dict[str, Given]) -> dict[Role, Row]:
    """Return each role's answers, situation by situation."""
    return {
        role: {name: first_answer(here, command_type, role) for name, here in found.items()}
        for role in ACTORS
    }


def matrix() -> str:
    """Return the whole matrix as text."""
    found = situations()
    parts = [HEADER]
    for command_type in ALL_COMMANDS:
        parts.append(f"\n{command_type.__name__}\n")
        for roles, row in _grouped(rows_of(command_type, found)):
            parts.append(f"  {', '.join(role.value for role in roles)}\n")
            parts.extend(_lines(row))
    return "".join(parts)


def _grouped(rows: dict[Role, Row]) -> Iterator[tuple[list[Role], Row]]:
    """Yield roles with the same answers together, without those that are never permitted."""
    left = dict(rows)
    while left:
        first = next(iter(left))
        row = left[first]
        same = [role for role, other in left.items() if other == row]
        for role in same:
            del left[role]
        if set(row.values()) != {Code.NOT_PERMITTED.value}:
            yield same, row


def _lines(row: Row) -> Iterator[str]:
    """Yield one line per answer with the situations that earn it, wrapped."""
    for answer in dict.fromkeys(row.values()):
        names = [name for name, given_answer in row.items() if given_answer == answer]
        text = f"    {answer}: "
        for number, name in enumerate(names):
            piece = name + (", " if number < len(names) - 1 else "")
            if len(text) + len(piece.rstrip()) > LINE_WIDTH:
                yield text.rstrip() + "\n"
                text = " " * 8
            text += piece
        yield text.rstrip() + "\n"
