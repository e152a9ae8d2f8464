"""Who begins an order as its buyer: a member of the company where it stands, if its rights there let it draft."""

from __future__ import annotations

from django.http import HttpRequest

from fairlot.application.access import Identity, has_right
from fairlot.domain.order.commands import OpenDraft
from fairlot.domain.party import Actor, Role
from fairlot.interfaces.web.account.standing_place import identity_of, place_of


def buyer_beginning(request: HttpRequest, identity: Identity | None = None) -> Actor | None:
    """Return as which buyer somebody would begin an order here and now, or None where it may not."""
    identity = identity_of(request) if identity is None else identity
    place = place_of(request, identity)
    able = [
        actor
        for member in identity.memberships
        if not member.is_inspector
        and has_right(identity, actor := _buyer(identity, member.company_id), OpenDraft)
    ]
    here = [actor for actor in able if place is not None and actor.company_id == place.name]
    return next(iter([*here, *able]), None)


def _buyer(identity: Identity, company_id: str) -> Actor:
    return Actor(role=Role.BUYER, company_id=company_id, person_id=identity.person_id)
