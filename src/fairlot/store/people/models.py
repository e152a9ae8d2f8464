"""People, companies, who may do what for whom, invitations and keys; ids are public and stay, names can go."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Lower

from fairlot.clock import system_clock
from fairlot.store.people.ids import new_company_id, new_key_id, new_person_id

ID_LENGTH_MAX = 64
WORD_LENGTH_MAX = 32
NAME_LENGTH_MAX = 200
LANGUAGES = (("en", "English"), ("zh-hans", "简体中文"))


def _words() -> ArrayField[Any, Any]:
    return ArrayField(models.CharField(max_length=WORD_LENGTH_MAX), default=list, blank=True)


class People(BaseUserManager["Person"]):
    """Finds and makes people by their e-mail address, whatever its capitals."""

    def get_by_natural_key(self, username: str | None) -> Person:
        """Return the person who signs in with an address. Raises Person.DoesNotExist."""
        return self.get(email__iexact=username or "")

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> Person:
        """Make a person; without a password nobody can sign in as them until they set one."""
        person = self.model(email=email.lower(), **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person


class Person(AbstractBaseUser):
    """Somebody with an account. Events know the id alone; name and address can be erased, the id stays."""

    id = models.CharField(primary_key=True, max_length=ID_LENGTH_MAX, default=new_person_id)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=NAME_LENGTH_MAX, blank=True)
    language = models.CharField(max_length=WORD_LENGTH_MAX, choices=LANGUAGES, default="en")
    zone = models.CharField(max_length=64, default="UTC")
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(default=system_clock)
    erased_at = models.DateTimeField(null=True, blank=True)

    objects = People()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("email"), name="people_one_person_per_address")
        ]

    def get_full_name(self) -> str:
        """Return what to call the person by."""
        return str(self.name or self.email)


class Company(models.Model):
    """A company for which people act; orders know its id alone."""

    id = models.CharField(primary_key=True, max_length=ID_LENGTH_MAX, default=new_company_id)
    legal_name = models.CharField(max_length=NAME_LENGTH_MAX)
    country = models.CharField(max_length=2)
    trades = models.BooleanField(default=True)
    is_sourcing_agent = models.BooleanField(default=False)
    is_inspection_company = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=system_clock)
    created_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)


class Membership(models.Model):
    """A person's rights in a company; taken away, the row is gone and the change stays written."""

    company_id: str
    person_id: str

    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="memberships")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="memberships")
    rights = _words()
    since = models.DateTimeField(default=system_clock)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "company"], name="people_member_once")
        ]


class StaffRole(models.Model):
    """A role that a person has on the platform itself."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="staff_roles")
    role = models.CharField(max_length=WORD_LENGTH_MAX)
    since = models.DateTimeField(default=system_clock)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "role"], name="people_role_once")]


class Invitation(models.Model):
    """A one-time way into a company, or without a company into the platform's own roles; known by its token's hash."""

    company_id: str | None
    invited_by_id: str | None

    token_hash = models.CharField(max_length=64, unique=True)
    email = models.EmailField()
    company = models.ForeignKey(
        Company, null=True, blank=True, on_delete=models.PROTECT, related_name="invitations"
    )
    rights = _words()
    staff_roles = _words()
    invited_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)


class ApiKey(models.Model):
    """A key that acts for its maker within a company, or without one for the platform; only the secret's hash is kept."""

    company_id: str | None
    created_by_id: str

    id = models.CharField(primary_key=True, max_length=ID_LENGTH_MAX, default=new_key_id)
    name = models.CharField(max_length=NAME_LENGTH_MAX)
    prefix = models.CharField(max_length=WORD_LENGTH_MAX)
    secret_hash = models.CharField(max_length=64, unique=True)
    company = models.ForeignKey(
        Company, null=True, blank=True, on_delete=models.PROTECT, related_name="keys"
    )
    rights = _words()
    staff_roles = _words()
    is_sandbox = models.BooleanField(default=False)
    created_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="keys")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True, blank=True)
    last_used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)


class AccessChange(models.Model):
    """Who changed whose access when; ids and codes only, and never changed itself."""

    at = models.DateTimeField()
    by_person_id = models.CharField(max_length=ID_LENGTH_MAX, blank=True)
    company_id = models.CharField(max_length=ID_LENGTH_MAX, blank=True, db_index=True)
    subject_id = models.CharField(max_length=ID_LENGTH_MAX, blank=True, db_index=True)
    kind = models.CharField(max_length=WORD_LENGTH_MAX)
    facts = models.JSONField(default=dict)
