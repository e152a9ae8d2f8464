"""Django's name for the app that keeps people and companies."""

from __future__ import annotations

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """People, companies, memberships, invitations and keys."""

    name = "fairlot.store.people"
    label = "people"
    verbose_name = "People and companies"
    default_auto_field = "django.db.models.BigAutoField"
