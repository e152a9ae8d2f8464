"""One-time ways in: into a company with rights, or into the platform's roles; good for a day, for one address, used once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from allauth.account.models import EmailAddress
from django.db import transaction
from django.db.models import Q, QuerySet

from fairlot.application.access import STAFF_ROLES, Identity, MemberRight
from fairlot.application.people.companies import managing_rights, note, words_of
from fairlot.application.people.people_refusals import PeopleCode, RefusedChange
from fairlot.domain.party import Role
from fairlot.store.people.ids import hash_of, new_token
from fairlot.store.people.models import Invitation, Membership, Person, StaffRole

GOOD_FOR = dt.timedelta(hours=24)
WRITTEN_MAX = 50
"""Invitations that one company, or one person, may write in a day, so that nobody writes to strangers in our name without end."""


def invite_member(
    identity: Identity,
    company_id: str,
    email: str,
    rights: Iterable[MemberRight],
    *,
    now: dt.datetime,
) -> str:
    """Invite an address into a company and return the link's token, which is kept nowhere. Raises RefusedChange."""
    wanted = frozenset(rights)
    if not wanted:
        raise RefusedChange(PeopleCode.NO_RIGHTS_GIVEN)
    if not wanted <= managing_rights(identity, company_id):
        raise RefusedChange(PeopleCode.MORE_THAN_ONES_OWN)
    if Membership.objects.filter(company_id=company_id, person__email__iexact=email).exists():
        raise RefusedChange(PeopleCode.ALREADY_A_MEMBER)
    # What was withdrawn was written all the same, and whoever founds one company founds another.
    lately = Invitation.objects.filter(created_at__gt=now - GOOD_FOR)
    written = lately.filter(Q(company_id=company_id) | Q(invited_by_id=identity.person_id))
    if written.count() >= WRITTEN_MAX:
        raise RefusedChange(PeopleCode.TOO_MANY_INVITATIONS)
    token = new_token()
    with transaction.atomic():
        made = Invitation.objects.create(
            token_hash=hash_of(token),
            email=email.lower(),
            company_id=company_id,
            rights=words_of(wanted),
            invited_by_id=identity.person_id,
            created_at=now,
            expires_at=now + GOOD_FOR,
        )
        note(now, identity.person_id, company_id, str(made.pk), "invited", rights=made.rights)
    return token


def invite_staff(email: str, roles: Iterable[Role], *, by: str, now: dt.datetime) -> str:
    """Invite an address into roles of the platform and return the link's token."""
    wanted = sorted(role.value for role in STAFF_ROLES.intersection(roles))
    assert wanted, "staff have a role of the platform"
    token = new_token()
    with transaction.atomic():
        made = Invitation.objects.create(
            token_hash=hash_of(token),
            email=email.lower(),
            staff_roles=wanted,
            invited_by_id=by or None,
            created_at=now,
            expires_at=now + GOOD_FOR,
        )
        note(now, by, "", str(made.pk), "invited", roles=wanted)
    return token


def withdraw(identity: Identity, company_id: str, number: int, *, now: dt.datetime) -> None:
    """Take an invitation back; one that is gone already stays gone. Raises RefusedChange."""
    managing_rights(identity, company_id)
    with transaction.atomic():
        changed = Invitation.objects.filter(
            id=number, company_id=company_id, accepted_at=None, withdrawn_at=None
        ).update(withdrawn_at=now)
        if changed:
            note(now, identity.person_id, company_id, str(number), "withdrawn")


def waiting(company_id: str, *, now: dt.datetime) -> QuerySet[Invitation]:
    """Return the invitations of a company that can still be accepted."""
    return Invitation.objects.filter(
        company_id=company_id, accepted_at=None, withdrawn_at=None, expires_at__gt=now
    )


def find_invitation(token: str, *, now: dt.datetime) -> Invitation | None:
    """Return the invitation that a link leads to, or None where it leads nowhere any more."""
    found = Invitation.objects.select_related("company").filter(
        token_hash=hash_of(token), accepted_at=None, withdrawn_at=None, expires_at__gt=now
    )
    return found.first()


def accept(token: str, person: Person, *, now: dt.datetime) -> Invitation:
    """Give a person what an invitation to its address holds, once. Raises RefusedChange."""
    with transaction.atomic():
        locked = Invitation.objects.select_for_update().filter(
            token_hash=hash_of(token), accepted_at=None, withdrawn_at=None, expires_at__gt=now
        )
        invitation = locked.first()
        if invitation is None or _has_lost_its_ground(invitation):
            raise RefusedChange(PeopleCode.INVITATION_GONE)
        if invitation.email.lower() != person.email.lower():
            raise RefusedChange(PeopleCode.INVITATION_FOR_ANOTHER)
        invitation.accepted_at = now
        invitation.accepted_by = person
        invitation.save(update_fields=["accepted_at", "accepted_by"])
        for role in invitation.staff_roles:
            StaffRole.objects.get_or_create(person=person, role=role, defaults={"since": now})
        if invitation.company_id:
            _join(invitation, person, now=now)
        note(now, person.id, invitation.company_id or "", str(invitation.pk), "accepted")
    return invitation


def make_person(token: str, name: str, password: str, *, language: str, now: dt.datetime) -> Person:
    """Make the person whom an invitation is for; the link reached the address, which is proof enough of it."""
    invitation = find_invitation(token, now=now)
    if invitation is None or Person.objects.filter(email__iexact=invitation.email).exists():
        raise RefusedChange(PeopleCode.INVITATION_GONE)
    with transaction.atomic():
        person = Person.objects.create_user(
            invitation.email, password, name=name, language=language, joined_at=now
        )
        EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    return person


def _join(invitation: Invitation, person: Person, *, now: dt.datetime) -> None:
    if Membership.objects.filter(company=invitation.company, person=person).exists():
        raise RefusedChange(PeopleCode.ALREADY_A_MEMBER)
    Membership.objects.create(
        company=invitation.company, person=person, rights=invitation.rights, since=now
    )


def _has_lost_its_ground(invitation: Invitation) -> bool:
    """Say whether whoever invited into a company could not do so now."""
    if not invitation.company_id:
        return False
    inviter = Membership.objects.filter(
        company_id=invitation.company_id,
        person_id=invitation.invited_by_id,
        person__is_active=True,
        company__closed_at=None,
    ).first()
    if inviter is None:
        return not _is_the_platforms(invitation)
    if MemberRight.MANAGE.value not in inviter.rights:
        return True
    return not set(invitation.rights) <= set(inviter.rights)


def _is_the_platforms(invitation: Invitation) -> bool:
    """Say whether an operator invites the first to come into a company that the platform entered."""
    if Membership.objects.filter(company_id=invitation.company_id).exists():
        return False
    return StaffRole.objects.filter(
        person_id=invitation.invited_by_id,
        role=Role.OPERATOR.value,
        person__is_active=True,
    ).exists()
