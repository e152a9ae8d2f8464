"""Who may hear a case: somebody with the platform's role for it, who belongs to no company of the order (R43).

What keeps a person from a case is found out here; nobody's word for it is taken.
"""

from __future__ import annotations

from msgspec.structs import replace

from fairlot.domain.order.commands import Decide, DecideRefusal, DecideReturn, NameMediator
from fairlot.domain.order.refusals import Code, Refused
from fairlot.domain.order.state import Order
from fairlot.domain.party import Role
from fairlot.store.people.standing import find_person_standing

HEARING_ROLES = frozenset({Role.MEDIATOR.value, Role.SUPERVISOR.value})
RULINGS = (Decide, DecideRefusal, DecideReturn)
"""Commands that rule on somebody's claim; whoever has a side in the order asks none of them."""


def named(command: NameMediator, order: Order) -> NameMediator:
    """Return the command with everything that keeps its mediator from the case. Raises Refused for who hears no cases."""
    found = find_person_standing(command.mediator_id)
    if found is None or not found.staff_roles & HEARING_ROLES:
        raise Refused(Code.UNKNOWN_REFERENCE, reference=command.mediator_id)
    return replace(command, conflicts=conflicts_of(command.mediator_id, order))


def refuse_own_case(person_id: str, order: Order) -> None:
    """Raise Refused where somebody would rule on a case of its own."""
    if conflicts_of(person_id, order):
        raise Refused(Code.MEDIATOR_IS_PARTY)


def conflicts_of(person_id: str, order: Order) -> tuple[str, ...]:
    """Return the companies of the order that a person belongs to."""
    found = find_person_standing(person_id)
    own = frozenset() if found is None else {place.company_id for place in found.places}
    return tuple(sorted(own & _companies(order)))


def _companies(order: Order) -> frozenset[str]:
    agents = (mandate.agent_id for mandate in order.mandates)
    inspectors = (inspection.company for inspection in order.inspections)
    return frozenset({order.buyer_id, order.supplier_id, *agents, *inspectors})
