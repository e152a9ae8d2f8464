"""`fairlot bank`: statements in, matched and booked once; references to quote; payment files out."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click
import msgspec

from fairlot.application.bank_import import import_bank_file
from fairlot.application.payout_file import PayingAccount, payout_file
from fairlot.domain.money import amount_text
from fairlot.interfaces.cli.house import as_json, house, refuse, say
from fairlot.providers.wire import BankFileRefused, printed, reference_for


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
        f"left over: {amount_text(row.amount_minor, row.currency)}, {row.why}"
        for row in done.left_over
    ]
    say(done, as_json=as_json, text="\n".join(lines) or "Nothing came in.")


@bank.command()
@click.argument("order_id")
@click.argument("instalment", type=int, default=1)
@as_json
def reference(order_id: str, instalment: int, *, as_json: bool) -> None:
    """Print the reference that the buyer quotes when paying an instalment."""
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
        execution_date = dt.date.fromisoformat(execution)
    except (msgspec.DecodeError, ValueError) as error:
        raise click.UsageError(str(error)) from error
    with house(at) as opened:
        made = payout_file(
            batch_id,
            paying=account,
            currency=currency,
            execution_date=execution_date,
            desk=opened.desk,
        )
    if made.content:
        target.write_bytes(made.content)
    answer = {
        "payouts": [item.name for item in made.items],
        "left_out": made.left_out,
        "file": str(target) if made.content else None,
    }
    text = f"{len(made.items)} payouts in {target}." if made.items else "Nothing is to be paid."
    say(answer, as_json=as_json, text=text)
