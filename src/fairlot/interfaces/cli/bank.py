"""`fairlot bank`: statements in, matched and booked once; references to quote; payment files out."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click
import msgspec

from fairlot.application.money.bank_import import import_bank_file
from fairlot.application.money.payout_file import PayingAccount, payout_file
from fairlot.application.money.suspense import (
    assign,
    assignment_id,
    return_id,
    send_back,
    unmatched,
)
from fairlot.application.outcome import Outcome
from fairlot.application.queries.order_view import terms_shown
from fairlot.bootstrap import House
from fairlot.domain.money import amount_text
from fairlot.domain.order.refusal_words import refusal_sentence
from fairlot.domain.party import Actor, Role
from fairlot.domain.suspense.state import SuspenseStatus
from fairlot.interfaces.cli.failures import MisusedError
from fairlot.interfaces.cli.house import as_json, house, refuse, refuse_unknown_order, say
from fairlot.providers.wire import (
    BankFileRefused,
    PaymentFileRefused,
    printed,
    reference_for,
)


@click.group()
def bank() -> None:
    """Bank statements in, payment files out."""


@bank.command("import")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--at", default=None, help="The instant it happens; demonstration only.")
@as_json
def import_statement(file: Path, *, at: str | None, as_json: bool) -> None:
    """Book a camt.053 or MT940 statement; importing it again changes nothing."""
    with house(at) as opened:
        try:
            done = import_bank_file(file.read_bytes(), desk=opened.desk)
        except BankFileRefused as error:
            refuse(error.code, dict(error.facts), error.sentence("en"), as_json=as_json)
    lines = [
        f"{row.order_id}: {amount_text(row.amount_minor, row.currency)}"
        + (f" refused: {row.refused}" if row.refused else "" if row.is_new else " (already booked)")
        for row in done.booked
    ]
    lines += [
        f"waits as {row.suspense_id}: {amount_text(row.amount_minor, row.currency)}, {row.why}"
        for row in done.left_over
    ]
    lines += [
        f"{row.payee} {row.aggregate_id} {row.reference}: "
        + ("came back" if row.came_back else "confirmed by the bank")
        + (f", refused: {row.refused}" if row.refused else "")
        for row in done.confirmed
    ]
    lines += [
        f"{row.transaction_key}: {amount_text(row.amount_minor, row.currency)} not booked again:"
        " it came before as one sum, and now in parts, or the reverse"
        for row in done.known_otherwise
    ]
    say(done, as_json=as_json, text="\n".join(lines) or "Nothing came in.")


@bank.command("unmatched")
@as_json
def unmatched_money(*, as_json: bool) -> None:
    """List the money that named no order, the oldest first."""
    with house(None) as opened:
        queue = unmatched(opened.desk)
    lines = [
        f"{row.suspense_id}: {amount_text(row.amount_minor, row.currency)}, {row.why}, goes back after {row.return_at}"
        for row in queue
    ]
    say(queue, as_json=as_json, text="\n".join(lines) or "Nothing waits.")


@bank.command("match")
@click.argument("suspense_id")
@click.argument("order_id")
@click.option("--person", default="", help="Who says so.")
@click.option("--at", default=None, help="The instant it happens; demonstration only.")
@as_json
def match_money(
    suspense_id: str, order_id: str, *, person: str, at: str | None, as_json: bool
) -> None:
    """Give unmatched money to an order; asked again it changes nothing."""
    with house(at) as opened:
        _refuse_unknown_money(suspense_id, opened, as_json=as_json)
        outcome = assign(
            suspense_id,
            order_id,
            actor=_operator(person),
            command_id=assignment_id(suspense_id, order_id, opened.desk),
            desk=opened.desk,
        )
    _answer(outcome, as_json=as_json, text=f"{suspense_id} is booked to {order_id}.")


@bank.command("return")
@click.argument("suspense_id")
@click.option("--person", default="", help="Who says so.")
@click.option("--at", default=None, help="The instant it happens; demonstration only.")
@as_json
def return_money(suspense_id: str, *, person: str, at: str | None, as_json: bool) -> None:
    """Send unmatched money back to who sent it; asked again it changes nothing."""
    with house(at) as opened:
        _refuse_unknown_money(suspense_id, opened, as_json=as_json)
        outcome = send_back(
            suspense_id,
            actor=_operator(person),
            command_id=return_id(suspense_id, opened.desk),
            desk=opened.desk,
        )
    _answer(outcome, as_json=as_json, text=f"{suspense_id} goes back to its sender.")


def _refuse_unknown_money(suspense_id: str, opened: House, *, as_json: bool) -> None:
    if opened.desk.read_suspense(suspense_id)[0].status is SuspenseStatus.UNKNOWN:
        said = (
            "No money that waited is known by this id; `fairlot bank unmatched` lists what waits."
        )
        refuse("not_found", {"suspense_id": suspense_id}, said, as_json=as_json)


def _operator(person: str) -> Actor:
    return Actor(role=Role.OPERATOR, person_id=person)


def _answer(outcome: Outcome, *, as_json: bool, text: str) -> None:
    """Say what was done, or refuse with the code, the facts and the sentence."""
    if outcome.code is not None:
        facts = dict(outcome.facts)
        refuse(
            outcome.code.value, facts, refusal_sentence(outcome.code, facts, "en"), as_json=as_json
        )
    events = [type(event).__name__ for event in outcome.events]
    say({"done": True, "replay": outcome.is_replay, "events": events}, as_json=as_json, text=text)


@bank.command()
@click.argument("order_id")
@click.argument("instalment", type=click.IntRange(min=1), default=1)
@as_json
def reference(order_id: str, instalment: int, *, as_json: bool) -> None:
    """Print the reference that the buyer quotes when paying an instalment."""
    with house(None) as opened:
        stored = opened.desk.read_order(order_id)
    # A reference for no order is a payment that waits unmatched.
    if not stored.events:
        refuse_unknown_order(order_id, "en", as_json=as_json)
    terms = terms_shown(stored.order)
    count = len(terms.instalments) if terms is not None else 0
    if instalment > count:
        said = f"This order names {count} instalments; ask for one of them."
        refuse("not_found", {"instalments": count}, said, as_json=as_json)
    found = reference_for(order_id, instalment)
    say({"reference": found, "printed": printed(found)}, as_json=as_json, text=printed(found))


@bank.command()
@click.argument("batch_id")
@click.argument("target", type=click.Path(path_type=Path, dir_okay=False))
@click.option(
    "--paying",
    required=True,
    type=click.Path(path_type=Path, exists=True),
    help="The account that pays, as JSON.",
)
@click.option("--currency", required=True)
@click.option("--date", "execution", required=True, help="Execution date, such as 2027-05-03.")
@click.option("--at", default=None, help="The instant it happens; demonstration only.")
@as_json
def payouts(
    batch_id: str,
    target: Path,
    *,
    paying: Path,
    currency: str,
    execution: str,
    at: str | None,
    as_json: bool,
) -> None:
    """Write the pain.001 file of a batch; the same id gives the same file for ever."""
    try:
        account = msgspec.json.decode(paying.read_bytes(), type=PayingAccount)
    except (msgspec.DecodeError, ValueError) as error:
        raise MisusedError(f"{paying}: {error}.") from error
    try:
        execution_date = dt.date.fromisoformat(execution)
    except ValueError as error:
        raise click.UsageError(
            f"--date takes a date such as 2027-05-03, not {execution!r}."
        ) from error
    with house(at) as opened:
        try:
            made = payout_file(
                batch_id,
                paying=account,
                currency=currency,
                execution_date=execution_date,
                desk=opened.desk,
            )
        except PaymentFileRefused as error:
            refuse(error.code, dict(error.facts), error.sentence("en"), as_json=as_json)
    if made.content:
        target.write_bytes(made.content)
    answer = {
        "payouts": [item.name for item in made.items],
        "left_out": made.left_out,
        "file": str(target) if made.content else None,
    }
    lines = [f"{len(made.items)} payouts in {target}." if made.items else "Nothing is to be paid."]
    lines += [f"left out: {row.account_id} {row.payout_id}: {row.code}" for row in made.left_out]
    say(answer, as_json=as_json, text="\n".join(lines))
