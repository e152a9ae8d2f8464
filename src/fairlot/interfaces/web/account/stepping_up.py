"""Asking once more who it is before anything that moves money or rights: five minutes of trust at most."""

from __future__ import annotations

from collections.abc import Callable

from allauth.account.decorators import reauthentication_required
from django.http import HttpResponse

View = Callable[..., HttpResponse]


def step_up(view: View) -> View:
    """Let a page be asked for only by who has shown a password or second factor in the last minutes."""
    guarded: View = reauthentication_required(view)
    return guarded
