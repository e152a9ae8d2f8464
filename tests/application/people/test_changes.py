"""Access that changes is written with who changed it, in one breath: neither stands without the other."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pytest_django import Settings

from fairlot.application.access import Identity, MemberRight
from fairlot.application.people import api_keys, invitations
from fairlot.application.people.identity import identity_of_person
from fairlot.domain.party import Role
from fairlot.store.people.models import AccessChange, ApiKey, Company, Invitation
from tests.support.people import NOW, company, member, person
from tests.support.postgres import Database


class KilledError(BaseException):
    """The process ended here."""


@pytest.fixture(autouse=True)
def accounts(django_database: Database, settings: Settings) -> None:
    settings.FAIRLOT_SECOND_FACTOR_REQUIRED = False


@pytest.fixture
def harbor() -> Company:
    made = company("harbor", person("anna"))
    member(made, person("bert"))
    return made


def manager() -> Identity:
    found = identity_of_person("per_bert")
    assert found is not None
    return found


def key_made(harbor: Company) -> None:
    api_keys.make_key(
        manager(),
        harbor.id,
        name="till",
        rights=[MemberRight.FOLLOW],
        days=1,
        is_sandbox=False,
        now=NOW,
    )


def member_invited(harbor: Company) -> None:
    invitations.invite_member(
        manager(), harbor.id, "eve@example.com", [MemberRight.FOLLOW], now=NOW
    )


def staff_invited(_: Company) -> None:
    invitations.invite_staff("ops@example.com", [Role.OPERATOR], by="", now=NOW)


@pytest.mark.parametrize("change", [key_made, member_invited, staff_invited])
def test_a_process_that_dies_before_it_writes_who_it_was_changes_nothing(
    harbor: Company, change: Callable[[Company], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(*_: object, **__: object) -> None:
        raise KilledError

    before = AccessChange.objects.count()
    for module in (api_keys, invitations):
        monkeypatch.setattr(module, "note", die)
    with pytest.raises(KilledError):
        change(harbor)
    assert (ApiKey.objects.count(), Invitation.objects.count()) == (0, 0)
    monkeypatch.undo()
    change(harbor)
    assert AccessChange.objects.count() == before + 1


def test_a_key_whose_end_was_not_written_is_still_good(
    harbor: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    key_made(harbor)
    key = ApiKey.objects.get()

    def die(*_: object, **__: object) -> None:
        raise KilledError

    monkeypatch.setattr(api_keys, "note", die)
    with pytest.raises(KilledError):
        api_keys.revoke_key(manager(), harbor.id, key.id, now=NOW)
    key.refresh_from_db()
    assert key.revoked_at is None
