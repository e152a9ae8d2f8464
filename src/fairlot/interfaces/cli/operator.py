"""`fairlot operator`: the platform's people; the first of them is let in by one command and a link that works once."""

from __future__ import annotations

import os

import click

from fairlot import config
from fairlot.clock import system_clock
from fairlot.domain.party import Role
from fairlot.interfaces.cli.house import as_json, house, refuse, say

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
        _set_up_accounts()
        from django.core.exceptions import ValidationError  # noqa: PLC0415
        from django.core.validators import validate_email  # noqa: PLC0415
        from django.urls import reverse  # noqa: PLC0415

        from fairlot.application.people.invitations import invite_staff  # noqa: PLC0415

        try:
            validate_email(email)
        except ValidationError as error:
            raise click.UsageError(f"{email!r} is no e-mail address.") from error
        token = invite_staff(email, [Role(role) for role in roles], by="", now=system_clock())
        link = config.settings().base_url + reverse("invitation", args=[token])
    text = f"Send this link to {email}; it works once, within 24 hours:\n{link}"
    say({"email": email, "roles": roles, "link": link}, as_json=as_json, text=text)


@operator.command("inspection-company")
@click.argument("company_id")
@click.option("--name", required=True, help="The company's legal name.")
@click.option("--country", required=True, help="Two letters, such as CH.")
@click.option("--manager", required=True, help="E-mail address of whoever is to manage it.")
@click.option("--by", required=True, help="E-mail address of the operator who enters it.")
@as_json
def inspection_company(
    company_id: str, *, name: str, country: str, manager: str, by: str, as_json: bool
) -> None:
    """Enter an inspection company under the id that an edition names, such as SGS, and print its first manager's link.

    Again, until somebody has come: a new link, and the earlier one ends.
    """
    with house(None):
        _set_up_accounts()
        from django.urls import reverse  # noqa: PLC0415

        from fairlot.application.people.inspection_companies import (  # noqa: PLC0415
            InspectionCompany,
            enter_inspection_company,
            operator_with_address,
        )
        from fairlot.application.people.people_refusals import RefusedChange  # noqa: PLC0415

        wanted = InspectionCompany(
            company_id=company_id, legal_name=name, country=country, manager_email=manager
        )
        try:
            person_id = operator_with_address(by)
            token = enter_inspection_company(wanted, by=person_id, now=system_clock())
        except RefusedChange as refused:
            refuse(refused.code.value, refused.facts, refused.sentence("en"), as_json=as_json)
        link = config.settings().base_url + reverse("invitation", args=[token])
    text = f"Send this link to {manager}; it works once, within 24 hours:\n{link}"
    say({"company_id": company_id, "link": link}, as_json=as_json, text=text)


def _set_up_accounts() -> None:
    """Let Django be set up: no other command needs accounts."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fairlot.settings")
    import django  # noqa: PLC0415

    django.setup()
