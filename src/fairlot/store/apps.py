"""Django's name for the only app with tables."""

from __future__ import annotations

from django.apps import AppConfig


class StoreConfig(AppConfig):
    """Tables, walls and migrations of Fairlot."""

    name = "fairlot.store"
    label = "store"
    verbose_name = "Fairlot"
    default_auto_field = "django.db.models.BigAutoField"
