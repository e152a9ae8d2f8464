"""`fairlot operator`: the platform's people; the first of them is let in by one command and a link that works once."""

from __future__ import annotations

import os

import click

from fairlot import config
from fairlot.clock import system_clock
from fairlot.domain.party import Role
from fairlot.interfaces.cli.house import as_json, house, say

ROLES = ("operator", "supervisor", "mediator", "auditor")


@click.group()
def operator() -> None:
    """The platform's people."""


@operator.command()
@click.argument("email")
@click.option(
    "--role",
    "roles",
    multiple=True,
    type=click.Choice(ROLES),
    default=("operator",),
    show_default=True,
    help="What the person may do; may be given several times.",
)
@as_json
def add(email: str, roles: tuple[str, ...], *, as_json: bool) -> None:
    """Print a link that lets EMAIL in as the platform's; it works once, within 24 hours."""
    with house(None):
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fairlot.settings")
        # Imported here: no other command needs accounts, and Django wants to be set up before them.
        import django  # noqa: PLC0415

        django.setup()
        from django.core.exceptions import ValidationError  # noqa: PLC0415
        from django.core.validators import validate_email  # noqa: PLC0415
        from django.urls import reverse  # noqa: PLC0415

        from fairlot.application.invitations import invite_staff  # noqa: PLC0415

        try:
            validate_email(email)
        except ValidationError as error:
            raise click.UsageError(f"{email!r} is no e-mail address.") from error
        token = invite_staff(email, [Role(role) for role in roles], by="", now=system_clock())
        link = config.settings().base_url + reverse("invitation", args=[token])
    text = f"Send this link to {email}; it works once, within 24 hours:\n{link}"
    say({"email": email, "roles": roles, "link": link}, as_json=as_json, text=text)
