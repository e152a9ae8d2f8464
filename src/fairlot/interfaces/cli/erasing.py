"""`fairlot erase`: what leads to a person goes for good, while every chain still holds (docs/operate/accounts.md)."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

from fairlot.application.desk import Desk
from fairlot.clock import system_clock
from fairlot.interfaces.cli.house import as_json, house, refuse, say

if TYPE_CHECKING:
    from fairlot.application.people.erasing import Erasure

CommandT = TypeVar("CommandT", bound=Callable[..., Any])
ResultT = TypeVar("ResultT")
REASONS = ("asked_by_person", "ordered_by_law", "written_by_mistake", "kept_long_enough")


def _by_an_operator(command: CommandT) -> CommandT:
    """Add the options that say who erases and why."""
    by = click.option("--by", required=True, help="E-mail address of the operator who does it.")
    why = click.option("--why", required=True, type=click.Choice(REASONS), help="Kept as noted.")
    return by(why(as_json(command)))


@click.group()
def erase() -> None:
    """Erase what leads to a person, for good: the record knows it by id or hash, and still holds."""


@erase.command()
@click.argument("who")
@_by_an_operator
def person(who: str, *, by: str, why: str, as_json: bool) -> None:
    """Erase the account of WHO, an e-mail address or an id: name, address, ways to sign in, sessions and keys.

    What they did on orders stays under their id; texts that they wrote go by `fairlot erase message`.
    """

    def act(erasure: Erasure, _: Desk) -> str:
        from fairlot.application.people.erasing import erase_person  # noqa: PLC0415

        return erase_person(who, erasure)

    person_id = _erased(act, by=by, why=why, as_json=as_json)
    say({"erased": person_id}, as_json=as_json, text=f"{person_id} is erased.")


@erase.command()
@click.argument("order_id")
@click.argument("number", type=click.IntRange(min=1))
@_by_an_operator
def message(order_id: str, number: int, *, by: str, why: str, as_json: bool) -> None:
    """Erase the text of a message of an order, by the number under which the API lists it; that it was there stays."""

    def act(erasure: Erasure, desk: Desk) -> None:
        from fairlot.application.people.erasing import erase_message  # noqa: PLC0415

        erase_message(order_id, number, erasure, desk=desk)

    _erased(act, by=by, why=why, as_json=as_json)
    text = f"The text of message {number} of {order_id} is erased."
    say({"erased": {"order_id": order_id, "number": number}}, as_json=as_json, text=text)


@erase.command("bank-entry")
@click.argument("suspense_id")
@_by_an_operator
def bank_entry(suspense_id: str, *, by: str, why: str, as_json: bool) -> None:
    """Erase what the bank said of money that named no order, once it was given to an order or sent back."""

    def act(erasure: Erasure, desk: Desk) -> None:
        from fairlot.application.people.erasing import erase_bank_entry  # noqa: PLC0415

        erase_bank_entry(suspense_id, erasure, desk=desk)

    _erased(act, by=by, why=why, as_json=as_json)
    text = f"What the bank said of {suspense_id} is erased."
    say({"erased": suspense_id}, as_json=as_json, text=text)


@erase.command("receiving-accounts")
@click.argument("company_id")
@_by_an_operator
def receiving_accounts(company_id: str, *, by: str, why: str, as_json: bool) -> None:
    """Erase the details of a supplier's bank accounts, but of those that money may still go to.

    A payment file with an erased account cannot be written again.
    """

    def act(erasure: Erasure, desk: Desk) -> Any:
        from fairlot.application.people.erasing import erase_receiving_accounts  # noqa: PLC0415

        return erase_receiving_accounts(company_id, erasure, desk=desk)

    done = _erased(act, by=by, why=why, as_json=as_json)
    lines = [f"erased: {account_hash}" for account_hash in done.erased]
    lines += [f"still needed: {account_hash}" for account_hash in done.needed]
    say(done, as_json=as_json, text="\n".join(lines))


def _erased(
    act: Callable[[Erasure, Desk], ResultT], *, by: str, why: str, as_json: bool
) -> ResultT:
    """Let an act erase something for an operator, or leave with why it was refused."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fairlot.settings")
    with house(None) as opened:
        # Imported here: few commands need accounts, and Django has to be set up before them.
        import django  # noqa: PLC0415

        django.setup()
        from fairlot.application.people.erasing import Erasure, Why  # noqa: PLC0415
        from fairlot.application.people.inspection_companies import (  # noqa: PLC0415
            operator_with_address,
        )
        from fairlot.application.people.people_refusals import RefusedChange  # noqa: PLC0415

        try:
            erasure = Erasure(by=operator_with_address(by), at=system_clock(), why=Why(why))
            return act(erasure, opened.desk)
        except RefusedChange as refused:
            refuse(refused.code.value, refused.facts, refused.sentence("en"), as_json=as_json)
