"""Telling people and endpoints what happened: who has to know is found out when it is told, once for every message.

A person is told in one role, the one that is called on to act where there is such a one. Calls to act go out by mail
at once; the rest as the person wishes, at once, once a day, or not at all.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec
import psycopg

from fairlot.application.access import MemberRight
from fairlot.application.desk import Desk
from fairlot.application.telling.webhook_events import companies_that_read, order_data, public_facts
from fairlot.application.telling.webhooks import WebhookDesk
from fairlot.domain.calendar import zone_named
from fairlot.domain.order.state import Order, Right
from fairlot.domain.party import Role
from fairlot.domain.words.notices import is_call
from fairlot.providers.outward import Notification
from fairlot.store.telling import notifications as store
from fairlot.store.telling.addressees import Addressee, find_addressee, members_with, staff_in
from fairlot.store.telling.notifications import StoredNotification, id_for
from fairlot.store.telling.webhooks import TakenDelivery

DIGEST_HOUR = 8
"""When a digest goes out, in the reader's own zone."""

NEWS_FOR = dt.timedelta(days=3)
"""What is told later than this, after a restore or a long outage, stands in the pages and goes into no mail."""

# What concerns a company's own money and access, and nobody who only follows orders.
OF_ACCOUNTS = frozenset({MemberRight.BANK, MemberRight.MANAGE})
OF_ORDERS = frozenset({MemberRight.FOLLOW})
OF_WEBHOOKS = frozenset({MemberRight.MANAGE})
WEBHOOK_DISABLED = "webhook_disabled"


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """Something to be told, with all that is known of it; without an order it concerns one company."""

    key: str
    kind: str
    recipients: tuple[Role, ...]
    at: dt.datetime
    facts: Mapping[str, Any]
    company_id: str = ""
    order_id: str = ""
    order: Order | None = None


class Telling:
    """Tells people in the application and by mail, and puts the event on its way to endpoints."""

    def __init__(self, desk: Desk, webhooks: WebhookDesk) -> None:
        self._desk = desk
        self._webhooks = webhooks

    def tell(self, notification: Notification) -> None:
        """Tell everybody who has to know, once for the notification's key."""
        told, data, companies = self._read(notification)
        with self._desk.connect() as connection:
            tell_people(connection, told, now=self._webhooks.clock())
        self._webhooks.publish(
            notification.key,
            family=notification.family,
            kind=notification.kind,
            at=notification.at,
            companies=companies,
            data={**data, "facts": public_facts(notification.facts)},
        )

    def _read(self, notification: Notification) -> tuple[Told, dict[str, Any], tuple[str, ...]]:
        told = Told(
            key=notification.key,
            kind=notification.kind,
            recipients=tuple(Role(role) for role in notification.recipients),
            at=notification.at,
            facts=notification.facts,
        )
        aggregate_id = notification.aggregate_id
        if notification.family == self._desk.orders.family.name:
            return self._read_order(told, notification)
        if notification.family == self._desk.suspense.family.name:
            # Money that names no order is no company's yet.
            return told, {"suspense_id": aggregate_id, "seq": notification.seq}, ()
        if notification.family == self._desk.payouts.family.name:
            company_id = self._desk.read_account(aggregate_id)[0].company_id
        else:
            company_id = self._desk.read_limit(aggregate_id)[0].company_id
        order_id = str(notification.facts.get("order_id", ""))
        told = msgspec.structs.replace(told, company_id=company_id, order_id=order_id)
        readers = (company_id,) if Role.SUPPLIER in told.recipients else ()
        return told, {"company_id": company_id, "seq": notification.seq}, readers

    def _read_order(
        self, told: Told, notification: Notification
    ) -> tuple[Told, dict[str, Any], tuple[str, ...]]:
        story = self._desk.read_order(notification.aggregate_id)
        then = self._desk.orders.fold(story.events[: notification.seq])
        facts = dict(told.facts)
        if story.order.terms is not None:
            facts.setdefault("currency", story.order.terms.currency)
        told = msgspec.structs.replace(
            told, order_id=notification.aggregate_id, order=story.order, facts=facts
        )
        data = order_data(notification.aggregate_id, then, seq=notification.seq)
        return told, data, companies_that_read(story.order)


def tell_people(connection: psycopg.Connection, told: Told, *, now: dt.datetime) -> int:
    """Keep what everybody concerned has to know, each once; return how many were told now."""
    roles: dict[str, tuple[Addressee, Role]] = {}
    for addressee, role in _addressees(connection, told):
        known = roles.get(addressee.person_id)
        if known is None or (is_call(told.kind, role) and not is_call(told.kind, known[1])):
            roles[addressee.person_id] = (addressee, role)
    return sum(
        _keep(connection, told, addressee, role, now=now) for addressee, role in roles.values()
    )


def tell_of_disabled_webhook(
    connection: psycopg.Connection, taken: TakenDelivery, at: dt.datetime
) -> None:
    """Tell an endpoint's owner that nothing more is sent there."""
    role = Role.SUPPLIER if taken.company_id else Role.OPERATOR
    told = Told(
        key=f"webhook:{taken.endpoint_id}:{at.isoformat()}",
        kind=WEBHOOK_DISABLED,
        recipients=(role,),
        at=at,
        facts={"endpoint_id": taken.endpoint_id},
        company_id=taken.company_id,
    )
    tell_people(connection, told, now=at)


def next_digest(now: dt.datetime, zone: str) -> dt.datetime:
    """Return the next morning in a zone, by its own clock."""
    local = now.astimezone(zone_named(zone))
    morning = local.replace(hour=DIGEST_HOUR, minute=0, second=0, microsecond=0, fold=0)
    if morning <= local:
        morning = (morning + dt.timedelta(days=1)).replace(hour=DIGEST_HOUR)
    return morning.astimezone(dt.UTC)


def _keep(
    connection: psycopg.Connection,
    told: Told,
    addressee: Addressee,
    role: Role,
    *,
    now: dt.datetime,
) -> bool:
    person_id = addressee.person_id
    is_news = now - told.at <= NEWS_FOR
    calls = is_call(told.kind, role)
    by_mail = is_news and (calls or store.wants_news(connection, person_id))
    at_once = by_mail and (calls or not store.wants_digest(connection, person_id))
    return store.add(
        connection,
        StoredNotification(
            notification_id=id_for("ntf", person_id, told.key),
            person_id=person_id,
            message_key=told.key,
            kind=told.kind,
            role=role.value,
            order_id=told.order_id,
            facts=dict(told.facts),
            happened_at=told.at,
            told_at=now,
            digest_due_at=next_digest(now, addressee.zone) if by_mail and not at_once else None,
        ),
        mail_at_once=at_once,
    )


def _addressees(connection: psycopg.Connection, told: Told) -> Iterator[tuple[Addressee, Role]]:
    for role in told.recipients:
        if role is Role.MEDIATOR:
            found = _mediator(connection, told.order)
        elif role in {Role.OPERATOR, Role.SUPERVISOR}:
            found = staff_in(connection, role.value)
        else:
            rights = {right.value for right in _rights_for(told)}
            found = [
                member
                for company_id in _companies(told, role)
                for member in members_with(connection, company_id, rights)
            ]
        yield from ((addressee, role) for addressee in found)


def _rights_for(told: Told) -> frozenset[MemberRight]:
    if told.kind == WEBHOOK_DISABLED:
        return OF_WEBHOOKS
    return OF_ORDERS if told.order is not None else OF_ACCOUNTS


def _companies(told: Told, role: Role) -> Iterator[str]:
    """Yield the companies that have a role: a buyer's agents hear what it hears, if they may follow."""
    order = told.order
    if order is None:
        yield told.company_id
    elif role is Role.SUPPLIER:
        yield order.supplier_id
    elif role is Role.BUYER:
        yield order.buyer_id
        yield from (m.agent_id for m in order.mandates if Right.FOLLOW in m.rights)
    elif role is Role.INSPECTOR:
        inspection_id = told.facts.get("inspection_id")
        yield from (each.company for each in order.inspections if each.id == inspection_id)


def _mediator(connection: psycopg.Connection, order: Order | None) -> list[Addressee]:
    if order is None or order.dispute is None:
        return []
    found = find_addressee(connection, order.dispute.mediator_id)
    return [] if found is None else [found]
