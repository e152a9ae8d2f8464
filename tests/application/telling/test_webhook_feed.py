"""Every event of an order for endpoints that name it: all of them once, to who may read them, and to nobody before they asked."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from typing import Any, get_args

import pytest

from fairlot.application.telling import webhook_feed
from fairlot.application.telling.webhook_endpoints import EndpointDesk, EndpointError
from fairlot.application.telling.webhook_events import EVENT_TYPES, PUBLIC_FACTS
from fairlot.application.telling.webhook_feed import EventFeed
from fairlot.application.telling.webhook_order_events import ORDER_EVENT_TYPES, type_of_event
from fairlot.application.telling.webhooks import WebhookDesk
from fairlot.domain.order import commands as c
from fairlot.domain.order.events import OrderEvent
from fairlot.domain.order.state import Right
from fairlot.store.telling.webhook_feed import event_takers, orders_behind
from fairlot.store.telling.webhooks import Endpoint
from tests.support.market import Market, whole_terms
from tests.support.postgres import Database
from tests.support.trades import BUYER, SUPPLIER

ORDER = "ord_1"
AGENT = "com_agent"
URL = "https://receiver.example/in"


class Feed:
    """A market whose companies listen."""

    def __init__(self, database: Database) -> None:
        self.market = Market(database).enrolled()
        connect = self.market.pool.connection
        self.webhooks = WebhookDesk(
            connect=connect,
            keys=("k" * 50,),
            clock=self.market.clock,
            order_clock=self.market.clock,
        )
        self.feed = EventFeed(connect=connect, clock=self.market.clock)

    def of(self, company_id: str) -> EndpointDesk:
        return EndpointDesk(
            webhooks=self.webhooks, company_id=company_id, person_id="per_1", loopback_http=False
        )

    def listen(self, company_id: str, *types: str) -> Endpoint:
        return self.of(company_id).add(URL, types)[0]

    def sent(self, endpoint: Endpoint) -> list[tuple[int, str]]:
        """Return number and type of what was kept for an endpoint, by number."""
        return sorted((body["data"]["seq"], body["type"]) for body in self.bodies(endpoint))

    def bodies(self, endpoint: Endpoint) -> list[Any]:
        found = self.of(endpoint.company_id).deliveries(endpoint, limit=100, before=None)
        return [json.loads(each.body) for each in found]

    def recorded(self) -> list[tuple[int, str]]:
        """Return number and type of every event of the order, as they are to be sent."""
        rows = self.market.rows("SELECT seq, type FROM order_event WHERE order_id = %s", ORDER)
        names = {one.__name__: kind for one, kind in NAMED.items()}
        return sorted((seq, names[type_]) for seq, type_ in rows)


NAMED = {one: type_of_event(one) for one in get_args(OrderEvent)}


@pytest.fixture
def house(database: Database) -> Iterator[Feed]:
    made = Feed(database)
    yield made
    made.market.close()


def test_each_event_is_sent_once_and_none_is_left_out(house: Feed) -> None:
    buyer = house.listen(BUYER.company_id, *ORDER_EVENT_TYPES)
    supplier = house.listen(SUPPLIER.company_id, *ORDER_EVENT_TYPES)
    platform = house.listen("", *ORDER_EVENT_TYPES)
    house.market.proposed(ORDER, whole_terms(1_000, 1_000))
    house.feed.publish_due()
    house.market.accept(ORDER)
    house.feed.publish_due()
    house.feed.publish_due()
    for endpoint in (buyer, supplier, platform):
        assert house.sent(endpoint) == house.recorded()
    assert len(house.recorded()) == 3


def test_an_order_that_was_tampered_with_holds_up_no_other(house: Feed) -> None:
    endpoint = house.listen(BUYER.company_id, *ORDER_EVENT_TYPES)
    house.market.proposed("ord_0", whole_terms(1_000, 1_000))
    with house.market.database.as_owner() as owner:
        owner.execute("UPDATE order_event SET payload = 'no story' WHERE order_id = 'ord_0'")
    house.market.proposed(ORDER, whole_terms(1_000, 1_000))
    assert house.feed.publish_due() == 1
    assert house.sent(endpoint) == house.recorded()


def test_only_what_was_named_is_sent_and_nothing_of_what_it_says(house: Feed) -> None:
    endpoint = house.listen(BUYER.company_id, "event.order_agreed", "order.cancelled")
    house.market.agreed(ORDER, whole_terms(1_000, 1_000))
    house.feed.publish_due()
    (body,) = house.bodies(endpoint)
    assert body["type"] == "event.order_agreed"
    assert body["data"] == {
        "order_id": ORDER,
        "seq": body["data"]["seq"],
        "status": "agreed",
        "dispute_status": None,
        "facts": {},
    }
    assert set(body["data"]) - {"seq", "status", "dispute_status", "facts"} <= PUBLIC_FACTS


def test_who_may_not_read_an_order_gets_nothing_of_it(house: Feed) -> None:
    stranger = house.listen("com_stranger", *ORDER_EVENT_TYPES)
    agent = house.listen(AGENT, *ORDER_EVENT_TYPES)
    house.market.agreed(ORDER, whole_terms(1_000, 1_000))
    house.market.ask(ORDER, BUYER, c.GrantMandate(agent_id=AGENT, rights=(Right.PAY,))).unwrap()
    house.feed.publish_due()
    assert house.sent(agent) == []
    house.market.ask(ORDER, BUYER, c.GrantMandate(agent_id=AGENT, rights=(Right.FOLLOW,))).unwrap()
    house.feed.publish_due()
    assert house.sent(agent) == house.recorded()[-1:]
    house.market.ask(ORDER, BUYER, c.RevokeMandate(agent_id=AGENT)).unwrap()
    house.feed.publish_due()
    assert len(house.sent(agent)) == 1
    assert house.sent(stranger) == []


def test_planted_fault_an_event_sent_without_asking_who_reads_would_be_caught(
    house: Feed, monkeypatch: pytest.MonkeyPatch
) -> None:
    everybody = (BUYER.company_id, AGENT)
    monkeypatch.setattr(webhook_feed, "companies_that_read", lambda _: everybody)
    agent = house.listen(AGENT, *ORDER_EVENT_TYPES)
    house.listen(BUYER.company_id, *ORDER_EVENT_TYPES)
    house.market.agreed(ORDER, whole_terms(1_000, 1_000))
    house.feed.publish_due()
    assert house.sent(agent) != []


def test_nothing_of_before_it_was_asked_for_is_sent(house: Feed) -> None:
    house.market.agreed(ORDER, whole_terms(1_000, 1_000))
    before = house.recorded()
    house.market.clock.move(seconds=1)
    late = house.listen(BUYER.company_id, *ORDER_EVENT_TYPES)
    house.feed.publish_due()
    assert house.sent(late) == []
    house.market.pay(ORDER, 1_000)
    house.feed.publish_due()
    assert house.sent(late) == house.recorded()[len(before) :]


def test_an_endpoint_that_chooses_more_goes_on_and_one_that_stops_begins_anew(house: Feed) -> None:
    endpoint = house.listen(BUYER.company_id, "event.order_drafted")
    house.market.agreed(ORDER, whole_terms(1_000, 1_000))
    desk = house.of(BUYER.company_id)
    changed = desk.change(endpoint, url=URL, event_types=ORDER_EVENT_TYPES)
    house.feed.publish_due()
    assert house.sent(changed) == house.recorded()
    stopped = desk.change(changed, url=URL, event_types=["order.agreed"])
    house.market.clock.move(seconds=1)
    house.market.pay(ORDER, 1_000)
    house.market.clock.move(seconds=1)
    before = len(house.sent(stopped))
    again = desk.change(stopped, url=URL, event_types=ORDER_EVENT_TYPES)
    house.feed.publish_due()
    assert len(house.sent(again)) == before


def test_while_nobody_asks_nothing_is_looked_at_or_written(house: Feed) -> None:
    house.listen(BUYER.company_id)
    house.listen("", "order.agreed")
    house.market.agreed(ORDER, whole_terms(1_000, 1_000))
    assert house.feed.publish_due() == 0
    assert house.market.rows("SELECT * FROM order_told") == []


def test_two_workers_send_each_event_once(house: Feed) -> None:
    endpoint = house.listen(BUYER.company_id, *ORDER_EVENT_TYPES)
    house.market.agreed(ORDER, whole_terms(1_000, 1_000))
    with house.market.pool.connection() as connection:
        takers = event_takers(connection)
        behind = orders_behind(connection, takers, limit=10)
    house.feed.publish_due()
    for each in behind:
        house.feed._offer(each, takers)
    assert house.sent(endpoint) == house.recorded()


def test_every_event_has_a_type_of_its_own_and_none_is_a_notices() -> None:
    assert len(ORDER_EVENT_TYPES) == len(get_args(OrderEvent))
    assert "event.goods_delivered" in ORDER_EVENT_TYPES
    assert all(name.count(".") == 1 for name in ORDER_EVENT_TYPES)
    assert not set(ORDER_EVENT_TYPES) & set(EVENT_TYPES)


def test_a_type_that_is_none_is_refused(house: Feed) -> None:
    with pytest.raises(EndpointError):
        house.listen(BUYER.company_id, "event.unheard_of")


def test_the_moment_is_the_events_own(house: Feed) -> None:
    endpoint = house.listen(BUYER.company_id, *ORDER_EVENT_TYPES)
    at = house.market.clock()
    house.market.agreed(ORDER, whole_terms(1_000, 1_000))
    house.market.clock.now += dt.timedelta(days=1)
    house.feed.publish_due()
    assert {body["timestamp"] for body in house.bodies(endpoint)} == {
        at.isoformat().replace("+00:00", "Z")
    }
