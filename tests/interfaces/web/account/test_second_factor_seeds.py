"""Seeds of second factors at rest: a copy of the tables makes nobody's codes, and a rotated signing key locks nobody out."""

from __future__ import annotations

import psycopg
import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from pytest_django import Settings

from fairlot.application.people.second_factors import SecondFactors
from fairlot.store.people import second_factors as store
from fairlot.store.sealed import SealError
from fairlot.writing_room import lent_connection
from tests.support.people import person
from tests.support.postgres import Database

SEED = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
NEW_KEY = "n" * 50


@pytest.fixture(autouse=True)
def accounts(django_database: Database) -> Database:
    return django_database


def kept(database: Database) -> str:
    """Return the whole table of factors as text, as a copy of the tables would show it."""
    with database.as_owner() as owner:
        return " ".join(
            str(row[0]) for row in owner.execute("SELECT data::text FROM mfa_authenticator")
        )


def opens() -> bool:
    """Say whether the code that the person's own device shows now is taken."""
    code = format_hotp_value(hotp_value(SEED, next(iter(yield_hotp_counters_from_time()))))
    factor = Authenticator.objects.get(type=Authenticator.Type.TOTP)
    return bool(TOTP(factor).validate_code(code))


def rotate(settings: Settings, *, forget: bool) -> int:
    """Change the signing key as a restart after `rotate-key` does, and let a worker look."""
    if forget:
        settings.SECRET_KEY_FALLBACKS = []
    else:
        settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
        settings.SECRET_KEY = NEW_KEY
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return SecondFactors(connect=lent_connection, keys=keys).seal_anew()


def test_tables_hold_no_seed(accounts: Database) -> None:
    anna = person("anna")
    TOTP.activate(anna, SEED)
    RecoveryCodes.activate(anna)
    seeds = [each.data for each in Authenticator.objects.order_by("type")]
    assert all(str(each.get("secret", each.get("seed"))).startswith("sealed:") for each in seeds)
    assert SEED not in kept(accounts)
    assert opens()


def test_planted_fault_the_librarys_own_way_would_be_caught(
    accounts: Database, settings: Settings
) -> None:
    settings.MFA_ADAPTER = "allauth.mfa.adapter.DefaultMFAAdapter"
    TOTP.activate(person("anna"), SEED)
    assert SEED in kept(accounts)


def test_codes_go_on_through_a_rotated_key_and_one_forgotten(
    accounts: Database, settings: Settings
) -> None:
    anna = person("anna")
    TOTP.activate(anna, SEED)
    codes = RecoveryCodes.activate(anna).generate_codes()
    before = kept(accounts)
    assert rotate(settings, forget=False) == 2
    assert kept(accounts) != before
    assert rotate(settings, forget=True) == 0
    assert RecoveryCodes.activate(anna).generate_codes() == codes
    assert opens()


def test_planted_fault_a_worker_that_does_not_look_would_be_caught(settings: Settings) -> None:
    TOTP.activate(person("anna"), SEED)
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = NEW_KEY, []
    with pytest.raises(SealError):
        opens()


def test_seed_of_before_they_were_sealed_opens_and_is_sealed(
    accounts: Database, settings: Settings
) -> None:
    anna = person("anna")
    Authenticator.objects.create(user=anna, type=Authenticator.Type.TOTP, data={"secret": SEED})
    Authenticator.objects.create(
        user=anna, type=Authenticator.Type.RECOVERY_CODES, data={"seed": "ab" * 40, "used_mask": 5}
    )
    factors = SecondFactors(connect=lent_connection, keys=(settings.SECRET_KEY,))
    assert factors.seal_anew() == 2
    assert factors.seal_anew() == 0
    assert SEED not in kept(accounts)
    assert "ab" * 40 not in kept(accounts)
    assert Authenticator.objects.get(data__used_mask=5).data["seed"].startswith("sealed:")
    assert opens()


def test_seed_changed_meanwhile_is_left_alone(accounts: Database) -> None:
    factor = Authenticator.objects.create(
        user=person("anna"), type=Authenticator.Type.TOTP, data={"secret": "of now"}
    )
    read_before = store.KeptSeed(factor_id=factor.pk, name="secret", kept="of before")
    with psycopg.connect(accounts.app_dsn, autocommit=True) as connection:
        store.put_seed(connection, read_before, "sealed anew")
    assert Authenticator.objects.get().data == {"secret": "of now"}
