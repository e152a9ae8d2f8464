"""Secrets of webhook endpoints: sealed in the tables, the same whenever they are asked for again, two of them for a day."""

from __future__ import annotations

import datetime as dt
import hmac

import pytest
from standardwebhooks import Webhook

from fairlot.application.telling.webhook_endpoints import BOTH_VALID_FOR, EndpointDesk, secret_text
from fairlot.application.telling.webhooks import WebhookDesk
from fairlot.store.telling import webhooks as store
from fairlot.store.telling.webhooks import Endpoint
from tests.support.postgres import Database
from tests.support.webhook_office import KEYS, Office, verified


class TestSecrets:
    def test_tables_hold_no_secret(self, office: Office, database: Database) -> None:
        _, secret = office.endpoint()
        office.publish()
        office.deliver()
        raw = Webhook(secret)._whsecret
        with database.as_owner() as owner:
            kept = owner.execute("SELECT secret FROM webhook_endpoint").fetchall()
        assert all(raw not in bytes(sealed) for (sealed,) in kept)

    def test_after_the_signing_key_was_rotated_secrets_stay_and_are_sealed_anew(
        self, office: Office
    ) -> None:
        _, secret = office.endpoint()
        rotated = WebhookDesk(
            connect=office.pool.connection, keys=("n" * 50, *KEYS), clock=office.clock
        )
        assert rotated.seal_anew() == 1
        assert rotated.seal_anew() == 0
        office.desk = WebhookDesk(
            connect=office.pool.connection, keys=("n" * 50,), clock=office.clock
        )
        office.publish()
        office.deliver()
        assert verified(secret, office.listener.heard[0])

    def signing_with(self, office: Office, *keys: str) -> EndpointDesk:
        office.desk = WebhookDesk(connect=office.pool.connection, keys=keys, clock=office.clock)
        office.desk.seal_anew()
        return office.of()

    def answers_of_a_rotation(self, office: Office) -> set[str]:
        """Ask for one rotation again and again while signing keys come and go; return all answers."""
        endpoint, _ = office.endpoint()
        answers = {office.of().rotate(endpoint, key="once")}
        for keys in [("n" * 50, *KEYS), ("n" * 50,), ("m" * 50, "n" * 50), ("m" * 50,)]:
            answers.add(self.signing_with(office, *keys).rotate(endpoint, key="once"))
        return answers

    def test_rotation_asked_again_after_the_signing_key_was_rotated_is_the_same(
        self, office: Office
    ) -> None:
        assert len(self.answers_of_a_rotation(office)) == 1

    def test_planted_fault_rotation_that_is_not_kept_would_be_caught(
        self, office: Office, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def forgetful(*_: object, secret: bytes, **__: object) -> tuple[bytes, bool]:
            return secret, True

        monkeypatch.setattr(store, "keep_rotation", forgetful)
        assert len(self.answers_of_a_rotation(office)) > 1

    def test_overlap_lives_through_a_rotated_signing_key_and_is_not_begun_anew(
        self, office: Office
    ) -> None:
        # Receivers go by the machine's clock: what they verify is signed at the present.
        office.clock.now -= BOTH_VALID_FOR / 2
        endpoint, earlier = office.endpoint()
        fresh = office.of().rotate(endpoint, key="once")
        office.clock.now += BOTH_VALID_FOR / 2
        self.signing_with(office, "n" * 50, *KEYS)
        assert self.signing_with(office, "n" * 50).rotate(endpoint, key="once") == fresh
        office.publish()
        office.deliver()
        assert verified(earlier, office.listener.heard[-1])
        assert verified(fresh, office.listener.heard[-1])
        office.clock.now += BOTH_VALID_FOR / 2 + dt.timedelta(seconds=1)
        office.publish()
        office.deliver()
        assert len(office.listener.heard[-1].headers["webhook-signature"].split()) == 1

    def test_earlier_rotation_asked_again_leaves_the_latest_in_place(self, office: Office) -> None:
        endpoint, _ = office.endpoint()
        first = office.of().rotate(endpoint, key="first")
        second = office.of().rotate(endpoint, key="second")
        assert len({first, second}) == 2
        assert office.of().rotate(endpoint, key="first") == first
        office.publish()
        office.deliver()
        assert verified(second, office.listener.heard[0])

    def test_rotation_of_before_they_were_kept_is_known_by_what_it_followed_from(
        self, office: Office
    ) -> None:
        endpoint, earlier = office.endpoint()
        asked = f"webhook secret:{endpoint.endpoint_id}:once".encode()
        derived = hmac.digest(KEYS[0].encode(), asked, "sha256")
        with office.pool.connection() as connection:
            store.rotate_secret(
                connection,
                endpoint.endpoint_id,
                secret=office.desk.seal(derived),
                earlier_until=office.clock() + BOTH_VALID_FOR,
            )
        assert office.of().rotate(endpoint, key="once") == secret_text(derived)
        assert self.answers_after(office, endpoint) == {secret_text(derived)}
        office.publish()
        office.deliver()
        assert verified(earlier, office.listener.heard[0])

    def answers_after(self, office: Office, endpoint: Endpoint) -> set[str]:
        answers = {self.signing_with(office, "n" * 50, *KEYS).rotate(endpoint, key="once")}
        return answers | {self.signing_with(office, "n" * 50).rotate(endpoint, key="once")}
