"""The order that a request names, for whoever asks; what is foreign and what is absent end in the same answer."""

from __future__ import annotations

import re

import msgspec
from django.http import HttpRequest

from fairlot.application.access import Read
from fairlot.application.queries.order_view import terms_shown
from fairlot.application.queries.seen import SeenOrder, reader_of, see_orders
from fairlot.domain.order.refusals import Code
from fairlot.domain.order.state import Order
from fairlot.domain.party import Actor, Role
from fairlot.domain.words.speech import Speech
from fairlot.interfaces.api.auth import caller_of
from fairlot.interfaces.api.problems import Declined, language_of
from fairlot.reading_room import reading_room
from fairlot.writing_room import lent_connection

ORDER_ID = re.compile(r"[!-~]{1,64}")


class RoleQuery(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename={"role": "as"}
):
    """In which capacity to ask, for who has several; without it the first that may."""

    role: Role | None = None


def see(request: HttpRequest, order_id: str) -> SeenOrder:
    """Return an order that whoever asks has a capacity for. Raises Declined."""
    if not ORDER_ID.fullmatch(order_id):
        raise Declined(Code.UNKNOWN_ORDER)
    identity = caller_of(request).identity
    with lent_connection() as connection:
        found = see_orders(
            connection, [order_id], identity=identity, policies=reading_room().policies
        )
    if order_id not in found:
        raise Declined(Code.UNKNOWN_ORDER)
    return found[order_id]


def look(
    request: HttpRequest, order_id: str, read: Read, *, role: Role | None = None
) -> tuple[SeenOrder, Actor]:
    """Return an order and the capacity in which whoever asks may look at a part of it. Raises Declined."""
    seen = see(request, order_id)
    actor = reader_of(caller_of(request).identity, seen, read, role=role)
    if actor is None:
        raise Declined(Code.NOT_PERMITTED)
    return seen, actor


def speech_for(request: HttpRequest, order: Order) -> Speech:
    """Return how sentences about an order are written for whoever asks."""
    terms = terms_shown(order)
    language = language_of(request)
    if terms is None:
        return Speech(language=language)
    return Speech(language=language, currency=terms.currency, zone=terms.zone)
