"""Webhooks on a real database and real servers of this machine: once, signed, tried again, ended, replayed."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping

import pytest
from standardwebhooks import Webhook, WebhookVerificationError

from fairlot.application.telling import webhooks
from fairlot.application.telling.notices import NOTICES
from fairlot.application.telling.webhook_endpoints import (
    BOTH_VALID_FOR,
    ENDPOINTS_MAX,
    EndpointError,
    Refused,
)
from fairlot.application.telling.webhook_events import EVENT_TYPES, PUBLIC_FACTS, WITHHELD_FACTS
from fairlot.application.telling.webhooks import (
    JITTER_PERCENT,
    LEASE,
    RETRY_AFTER,
    TRIES_MAX,
    next_try,
)
from fairlot.providers.webhook.sender import Posted
from tests.support.listener import Reply
from tests.support.postgres import Database
from tests.support.webhook_office import Office, verified

NOON = dt.datetime(2027, 3, 1, 12, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)


class TestDelivery:
    def test_an_event_arrives_signed_once(self, office: Office) -> None:
        endpoint, secret = office.endpoint()
        key = office.publish(order_id="ord_1", seq=3)
        office.publish(key=key, order_id="ord_1", seq=3)
        assert office.deliver() == 1
        assert office.deliver() == 0
        (heard,) = office.listener.heard
        assert verified(secret, heard) == {
            "type": "order.agreed",
            "timestamp": office.clock().isoformat().replace("+00:00", "Z"),
            "data": {"order_id": "ord_1", "seq": 3},
        }
        assert office.states(endpoint) == ["delivered"]

    def test_an_altered_body_or_another_secret_is_noticed(self, office: Office) -> None:
        _, secret = office.endpoint()
        _, other = office.endpoint()
        assert secret != other
        office.publish()
        office.deliver()
        heard = office.listener.heard[0]
        with pytest.raises(WebhookVerificationError):
            Webhook(secret).verify(heard.body + b" ", heard.headers)
        results = []
        for each in (secret, other):
            try:
                results.append(bool(verified(each, heard)))
            except WebhookVerificationError:
                results.append(False)
        assert sorted(results) == [False, True]

    def test_only_the_types_asked_for_are_sent(self, office: Office) -> None:
        office.endpoint("order.cancelled")
        office.publish("order_agreed")
        office.publish("order_cancelled")
        office.deliver()
        assert [json.loads(heard.body)["type"] for heard in office.listener.heard] == [
            "order.cancelled"
        ]

    def test_another_companys_events_are_not_sent_and_the_platforms_endpoint_gets_all(
        self, office: Office
    ) -> None:
        stranger, _ = office.endpoint(company_id="com_stranger")
        platform, _ = office.endpoint(company_id="")
        office.publish()
        office.deliver()
        assert office.states(stranger) == []
        assert office.states(platform) == ["delivered"]

    def test_a_worker_that_dies_leaves_its_deliveries_to_the_next(self, office: Office) -> None:
        endpoint, _ = office.endpoint()
        office.publish()
        taken = office.desk._take()
        assert len(taken) == 1
        assert office.deliver() == 0
        office.clock.now += LEASE
        assert office.deliver() == 1
        assert office.states(endpoint) == ["delivered"]
        assert [heard.headers["webhook-id"] for heard in office.listener.heard] == [
            taken[0].delivery_id
        ]

    def test_a_worker_that_dies_again_and_again_does_not_try_for_ever(self, office: Office) -> None:
        endpoint, _ = office.endpoint()
        office.listener.reply = lambda _: Reply(status=500)
        office.publish()
        for _ in range(TRIES_MAX):
            assert office.desk._take()
            office.clock.now += LEASE
        office.deliver()
        assert office.states(endpoint) == ["failed"]

    def test_a_mistake_of_ours_is_not_made_for_ever(self, office: Office) -> None:
        class Mistaken:
            tried = 0

            def post(self, url: str, *, headers: Mapping[str, str], body: bytes) -> Posted:
                self.tried += 1
                raise RuntimeError("a mistake")

        endpoint, _ = office.endpoint()
        office.publish()
        mistaken = Mistaken()
        for _ in range(TRIES_MAX):
            with pytest.raises(RuntimeError):
                office.desk.deliver_due(mistaken, disabled=office._disabled)
            office.clock.now += LEASE
        office.desk.deliver_due(mistaken, disabled=office._disabled)
        assert mistaken.tried == TRIES_MAX
        assert office.states(endpoint) == ["failed"]

    def test_a_secret_that_nobody_can_open_is_a_failed_try(
        self, office: Office, database: Database
    ) -> None:
        endpoint, _ = office.endpoint()
        office.publish()
        with database.as_owner() as owner:
            owner.execute("UPDATE webhook_endpoint SET secret = '\\x00'")
        assert office.deliver() == 1
        assert office.listener.connections == 0
        assert office.states(endpoint) == ["waiting"]

    def test_workers_side_by_side_send_each_event_once(self, office: Office) -> None:
        office.endpoint()
        for _ in range(20):
            office.publish()
        first = office.desk._take()
        second = office.desk._take()
        assert {each.delivery_id for each in first}.isdisjoint(each.delivery_id for each in second)
        assert len(first) == len(second) == 2


class TestTryingAgain:
    def test_the_same_id_and_body_until_it_arrives(self, office: Office) -> None:
        endpoint, secret = office.endpoint()
        office.listener.reply = lambda _: Reply(
            status=503 if len(office.listener.heard) < 3 else 200
        )
        office.publish()
        assert office.until_settled(endpoint) == 3
        assert office.states(endpoint) == ["delivered"]
        heard = office.listener.heard
        assert len({each.headers["webhook-id"] for each in heard}) == 1
        assert len({each.body for each in heard}) == 1
        # The second try is within the tolerance of receivers; each is signed for its own time.
        assert verified(secret, heard[1])
        assert len({each.headers["webhook-timestamp"] for each in heard}) == 3
        (delivery,) = office.of().deliveries(endpoint, limit=10, before=None)
        log = office.of().attempts(endpoint, delivery.delivery_id)
        assert [(each.attempt_no, each.status, each.outcome) for each in log] == [
            (1, 503, "answered_no"),
            (2, 503, "answered_no"),
            (3, 200, "delivered"),
        ]

    def test_after_three_days_the_endpoint_is_off_and_its_owner_told_once(
        self, office: Office
    ) -> None:
        endpoint, _ = office.endpoint()
        office.listener.reply = lambda _: Reply(status=500, chunks=(b"<b>broken</b>",))
        began = office.clock()
        office.publish()
        office.publish()
        assert office.until_settled(endpoint) <= 2 * TRIES_MAX
        assert 2 * DAY < office.clock() - began < 4 * DAY
        found = office.of().find(endpoint.endpoint_id)
        assert found is not None
        assert (found.disabled_why, office.told) == ("failing", [endpoint.endpoint_id])
        assert "failed" in office.states(endpoint)
        # What happens meanwhile is held and not sent.
        before = office.listener.connections
        office.publish()
        office.deliver()
        assert office.listener.connections == before
        assert office.states(endpoint)[0] == "held"

    def test_one_event_that_never_arrives_does_not_switch_off_what_works(
        self, office: Office
    ) -> None:
        endpoint, _ = office.endpoint()
        office.listener.reply = lambda heard: Reply(status=500 if b"poison" in heard.body else 200)
        office.publish(order_id="poison")
        office.deliver()
        office.clock.now += dt.timedelta(seconds=1)
        office.publish(order_id="ord_2")
        office.until_settled(endpoint)
        assert sorted(office.states(endpoint)) == ["delivered", "failed"]
        found = office.of().find(endpoint.endpoint_id)
        assert found is not None
        assert found.disabled_at is None
        assert office.told == []

    def test_an_endpoint_that_is_gone_is_off_at_once(self, office: Office) -> None:
        endpoint, _ = office.endpoint()
        office.listener.reply = lambda _: Reply(status=410)
        office.publish()
        office.deliver()
        found = office.of().find(endpoint.endpoint_id)
        assert found is not None
        assert (found.disabled_why, office.told) == ("gone", [endpoint.endpoint_id])

    def test_the_schedule_lasts_three_days_and_spreads(self) -> None:
        whole = sum(RETRY_AFTER, dt.timedelta())
        assert 2.9 * DAY < whole < 3.1 * DAY
        assert next_try("msg_1", TRIES_MAX, at=NOON) is None
        for tries in range(1, TRIES_MAX):
            waits = [next_try(f"msg_{n}", tries, at=NOON) for n in range(100)]
            low = NOON + RETRY_AFTER[tries - 1] * (100 - JITTER_PERCENT) // 100
            high = NOON + RETRY_AFTER[tries - 1] * (100 + JITTER_PERCENT) // 100
            assert all(wait is not None and low <= wait <= high for wait in waits)
            assert len(set(waits)) > 10

    def test_a_schedule_without_end_is_caught(
        self, office: Office, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Planted: always another try."""
        endpoint, _ = office.endpoint()
        office.listener.reply = lambda _: Reply(status=500)
        monkeypatch.setattr(webhooks, "next_try", lambda _id, _tries, at: at + DAY)
        office.publish()
        for _ in range(2 * TRIES_MAX):
            office.deliver()
            office.clock.now += DAY
        assert office.states(endpoint) == ["waiting"]


class TestOwner:
    def test_replay_of_one_and_of_all_since(self, office: Office) -> None:
        endpoint, _ = office.endpoint()
        office.publish()
        office.deliver()
        office.clock.now += DAY
        since = office.clock()
        office.publish()
        office.deliver()
        assert office.of().replay_since(endpoint, since) == 1
        assert office.deliver() == 1
        first = office.of().deliveries(endpoint, limit=10, before=None)[-1]
        assert office.of().replay(endpoint, first.delivery_id)
        assert office.deliver() == 1
        ids = [heard.headers["webhook-id"] for heard in office.listener.heard]
        assert len(ids) == 4
        assert len(set(ids)) == 2
        assert not office.of().replay(endpoint, "msg_nothing")

    def test_after_mending_what_was_held_goes_out_on_demand(self, office: Office) -> None:
        endpoint, _ = office.endpoint()
        office.of().disable(endpoint)
        began = office.clock()
        office.publish()
        office.of().enable(endpoint)
        assert office.deliver() == 0
        assert office.of().replay_since(endpoint, began) == 1
        assert office.deliver() == 1

    def test_both_secrets_are_good_for_a_day_after_a_rotation(self, office: Office) -> None:
        endpoint, earlier = office.endpoint()
        fresh = office.of().rotate(endpoint)
        office.publish()
        office.deliver()
        (heard,) = office.listener.heard
        assert verified(earlier, heard)
        assert verified(fresh, heard)
        office.clock.now += BOTH_VALID_FOR + dt.timedelta(seconds=1)
        office.publish()
        office.deliver()
        assert len(office.listener.heard[-1].headers["webhook-signature"].split()) == 1

    def test_ping_is_a_delivery_like_any_other(self, office: Office) -> None:
        endpoint, secret = office.endpoint("order.agreed")
        delivery_id = office.of().ping(endpoint)
        office.deliver()
        (heard,) = office.listener.heard
        assert heard.headers["webhook-id"] == delivery_id
        assert verified(secret, heard)["type"] == "webhook.ping"

    def test_another_companys_endpoint_is_as_absent_as_none(self, office: Office) -> None:
        endpoint, _ = office.endpoint()
        office.publish()
        stranger = office.of("com_stranger")
        assert stranger.find(endpoint.endpoint_id) is None
        assert stranger.find("whe_nothing") is None
        # Even with the endpoint in hand, row security shows none of its log.
        assert stranger.deliveries(endpoint, limit=10, before=None) == []
        assert stranger.all() == []

    @pytest.mark.parametrize(
        ("url", "detail"),
        [
            ("http://trade.example/in", "not_https"),
            ("https://10.0.0.1/in", "forbidden_address"),
            ("https://[::1]/in", "forbidden_address"),
            ("https://user:secret@trade.example/", "credentials"),
            ("https://2130706433/", "host"),
        ],
    )
    def test_addresses_that_can_never_be_reached_are_refused_at_once(
        self, office: Office, url: str, detail: str
    ) -> None:
        with pytest.raises(EndpointError) as caught:
            office.of().add(url, ())
        assert (caught.value.code, caught.value.detail) == (Refused.URL, detail)

    def test_unknown_types_and_too_many_endpoints_are_refused(self, office: Office) -> None:
        with pytest.raises(EndpointError) as caught:
            office.of().add("https://trade.example/", ["order.unheard_of"])
        assert caught.value.code is Refused.TYPE
        for _ in range(ENDPOINTS_MAX):
            office.endpoint()
        with pytest.raises(EndpointError) as caught:
            office.endpoint()
        assert caught.value.code is Refused.TOO_MANY

    def test_a_removed_endpoint_gets_nothing(self, office: Office) -> None:
        endpoint, _ = office.endpoint()
        office.publish()
        office.of().remove(endpoint)
        office.publish()
        assert office.deliver() == 0
        assert office.of().all() == []


def test_of_every_fact_somebody_decided_whether_it_goes_out() -> None:
    facts = {fact for notice in NOTICES.values() for fact in notice.facts}
    assert facts - PUBLIC_FACTS - WITHHELD_FACTS == set()
    assert not PUBLIC_FACTS & WITHHELD_FACTS


def test_types_have_a_family_and_a_name() -> None:
    assert {"order.agreed", "payout.sent", "limit.set", "webhook.ping"} <= set(EVENT_TYPES)
    assert all(name.count(".") == 1 for name in EVENT_TYPES)
