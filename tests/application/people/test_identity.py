"""Identity is what stands now: A6 for people and keys, and a key that is never more than its maker."""

from __future__ import annotations

import datetime as dt

import pytest
from pytest_django import Settings

from fairlot.application.access import Identity, MemberRight
from fairlot.application.access import Membership as Place
from fairlot.application.people import identity as subject
from fairlot.application.people.identity import (
    identity_of_key,
    identity_of_person,
    must_set_up_second_factor,
)
from fairlot.domain.party import Role
from fairlot.store.people.ids import hash_of
from fairlot.store.people.models import Company, Membership, Person, StaffRole
from fairlot.store.people.standing import find_key_standing
from tests.support.people import NOW, company, key, member, person
from tests.support.postgres import Database

SOON = NOW + dt.timedelta(hours=1)


@pytest.fixture(autouse=True)
def accounts(django_database: Database, settings: Settings) -> None:
    """Accounts as they are outside a demonstration: a second factor is asked for."""
    settings.FAIRLOT_SECOND_FACTOR_REQUIRED = True


@pytest.fixture
def anna() -> Person:
    return person("anna", second_factor=True)


@pytest.fixture
def harbor(anna: Person) -> Company:
    made = company("harbor", anna)
    member(made, anna)
    return made


def by_person(who: Person) -> Identity:
    found = identity_of_person(who.id)
    assert found is not None
    return found


def by_key(secret: str) -> Identity:
    found = identity_of_key(secret, NOW)
    assert found is not None
    return found[0]


class TestPerson:
    def test_nobody_is_nobody(self) -> None:
        assert identity_of_person("per_none") is None

    def test_each_company_has_its_own_rights(self, anna: Person, harbor: Company) -> None:
        mill = company("mill", anna, inspects=True)
        member(mill, anna, {MemberRight.FOLLOW})
        assert by_person(anna).memberships == (
            Place(company_id=harbor.id, rights=frozenset(MemberRight)),
            Place(company_id=mill.id, rights=frozenset({MemberRight.FOLLOW}), is_inspector=True),
        )

    def test_a6_right_taken_away_is_gone_at_the_next_asking(
        self, anna: Person, harbor: Company
    ) -> None:
        assert MemberRight.PAY in by_person(anna).memberships[0].rights
        Membership.objects.filter(person=anna).update(rights=["follow"])
        assert by_person(anna).memberships[0].rights == {MemberRight.FOLLOW}
        Membership.objects.filter(person=anna).delete()
        assert by_person(anna).memberships == ()

    def test_a6_locked_person_is_nobody(self, anna: Person) -> None:
        Person.objects.filter(id=anna.id).update(is_active=False)
        assert identity_of_person(anna.id) is None

    def test_a6_closed_company_has_no_members(self, anna: Person, harbor: Company) -> None:
        Company.objects.filter(id=harbor.id).update(closed_at=NOW)
        assert by_person(anna).memberships == ()

    def test_staff_role_of_the_parties_is_none(self, anna: Person) -> None:
        StaffRole.objects.create(person=anna, role="buyer")
        assert by_person(anna).staff_roles == frozenset()


class TestSecondFactor:
    def test_without_it_staff_have_no_roles_and_members_no_bank(self) -> None:
        bare = person("bare", roles=[Role.OPERATOR])
        member(company("mill", bare), bare)
        found = by_person(bare)
        assert found.staff_roles == frozenset()
        assert found.memberships[0].rights == frozenset(MemberRight) - {MemberRight.BANK}
        assert must_set_up_second_factor(bare.id)

    def test_with_it_they_have_them(self) -> None:
        safe = person("safe", roles=[Role.OPERATOR], second_factor=True)
        assert by_person(safe).staff_roles == {Role.OPERATOR}
        assert not must_set_up_second_factor(safe.id)

    def test_recovery_codes_alone_are_none(self, anna: Person) -> None:
        StaffRole.objects.create(person=anna, role="operator")
        anna.authenticator_set.update(type="recovery_codes")  # type: ignore[attr-defined]  # made by allauth
        assert by_person(anna).staff_roles == frozenset()

    def test_who_moves_no_money_is_not_asked_for_it(self) -> None:
        plain = person("plain")
        member(company("mill", plain), plain, {MemberRight.FOLLOW})
        assert not must_set_up_second_factor(plain.id)

    def test_demonstration_is_spared_it(self, settings: Settings) -> None:
        settings.FAIRLOT_SECOND_FACTOR_REQUIRED = False
        assert by_person(person("bare", roles=[Role.OPERATOR])).staff_roles == {Role.OPERATOR}


class TestKey:
    def test_gives_its_rights_in_its_company_alone(self, anna: Person, harbor: Company) -> None:
        member(company("mill", anna), anna)
        _, secret = key(anna, harbor, rights=[MemberRight.FOLLOW, MemberRight.PAY])
        found = identity_of_key(secret, NOW)
        assert found is not None
        identity, facts = found
        assert [m.company_id for m in identity.memberships] == [harbor.id]
        assert identity.memberships[0].rights == {MemberRight.FOLLOW, MemberRight.PAY}
        assert all(type(right) is MemberRight for right in identity.memberships[0].rights)
        assert (identity.person_id, identity.key_id) == (anna.id, facts.key_id)
        assert facts.company_id == harbor.id
        assert secret.startswith(facts.prefix)

    def test_a6_key_loses_what_its_maker_loses(self, anna: Person, harbor: Company) -> None:
        _, secret = key(anna, harbor)
        Membership.objects.filter(person=anna).update(rights=["follow"])
        assert by_key(secret).memberships[0].rights == {MemberRight.FOLLOW}
        Membership.objects.filter(person=anna).delete()
        assert by_key(secret).memberships == ()
        Person.objects.filter(id=anna.id).update(is_active=False)
        assert identity_of_key(secret, NOW) is None

    def test_a6_revoked_key_opens_nothing(self, anna: Person, harbor: Company) -> None:
        made, secret = key(anna, harbor)
        made.revoked_at = NOW
        made.save()
        assert identity_of_key(secret, NOW) is None

    def test_expired_key_opens_nothing(self, anna: Person, harbor: Company) -> None:
        _, secret = key(anna, harbor, expires_at=SOON)
        assert identity_of_key(secret, NOW) is not None
        assert identity_of_key(secret, SOON) is None

    @pytest.mark.parametrize("wrong", ["", "flk_live_", "per_anna", "x" * 5000])
    def test_unknown_key_opens_nothing(self, anna: Person, harbor: Company, wrong: str) -> None:
        key(anna, harbor)
        assert identity_of_key(wrong, NOW) is None

    def test_platforms_key_has_roles_and_no_company(self, harbor: Company) -> None:
        boss = person("boss", roles=[Role.OPERATOR, Role.AUDITOR], second_factor=True)
        member(harbor, boss)
        _, secret = key(boss, None, roles=[Role.AUDITOR, Role.SUPERVISOR])
        found = by_key(secret)
        assert found.staff_roles == {Role.AUDITOR}
        assert found.memberships == ()
        assert all(type(role) is Role for role in found.staff_roles)

    def test_companys_key_has_no_staff_role(self, harbor: Company) -> None:
        boss = person("boss", roles=[Role.OPERATOR], second_factor=True)
        _, secret = key(boss, harbor, roles=[Role.OPERATOR])
        assert by_key(secret).staff_roles == frozenset()

    def test_last_use_is_kept_to_the_minute(self, anna: Person, harbor: Company) -> None:
        made, secret = key(anna, harbor)
        for seconds, kept in ((0, 0), (30, 0), (60, 60)):
            assert identity_of_key(secret, NOW + dt.timedelta(seconds=seconds)) is not None
            made.refresh_from_db()
            assert made.last_used_at == NOW + dt.timedelta(seconds=kept)

    def test_secret_is_kept_nowhere(self, anna: Person, harbor: Company) -> None:
        made, secret = key(anna, harbor)
        kept = " ".join(str(value) for value in vars(made).values())
        assert secret not in kept

    def test_planted_key_that_ignores_its_maker_would_be_caught(
        self, anna: Person, harbor: Company, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        _, secret = key(anna, harbor)
        before = find_key_standing(hash_of(secret), now=NOW)
        monkeypatch.setattr(subject, "find_key_standing", lambda *_, **__: before)
        with pytest.raises(AssertionError):
            self.test_a6_key_loses_what_its_maker_loses(anna, harbor)
