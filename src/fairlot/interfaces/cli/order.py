"""`fairlot order`: begin an order from a contract file, act on it as one of its roles, and read it."""

from __future__ import annotations

import datetime as dt
import difflib
import json
import re
import secrets
from typing import Any

import click
import msgspec

from fairlot.application.asking import UNGRANTED, ask
from fairlot.application.drafting import propose_contract
from fairlot.application.outcome import Outcome
from fairlot.application.queries.order_view import OrderView, terms_shown
from fairlot.application.queries.orders import COMPANY_ROLES, find_order, find_orders
from fairlot.application.queries.payouts import payouts_of_order
from fairlot.application.queries.spoken import SpokenOrder, spoken_order
from fairlot.application.queries.spoken_parts import COMMANDS_BY_NAME
from fairlot.application.queries.spoken_row import SpokenRow, spoken_row
from fairlot.bootstrap import House
from fairlot.domain.audit.canonical import canonical_bytes
from fairlot.domain.contract.document import Contract
from fairlot.domain.money import amount_text
from fairlot.domain.order.commands import AcceptVersion, OpenDraft, OrderCommand
from fairlot.domain.order.commands.instants import in_whole_seconds
from fairlot.domain.order.refusal_words import refusal_sentence, tell_refusal
from fairlot.domain.order.refusals import Code
from fairlot.domain.order.state import Status
from fairlot.domain.party import Actor, Role
from fairlot.domain.words.events import tell_event
from fairlot.domain.words.language import Language, Words
from fairlot.domain.words.speech import Speech
from fairlot.interfaces.cli.contract_file import contract_of
from fairlot.interfaces.cli.house import (
    as_json,
    checked_command_id,
    checked_order_id,
    house,
    refuse,
    refuse_unknown_order,
    say,
)
from fairlot.interfaces.cli.papers import PAPER, Paper

PLATFORM = Actor(role=Role.OPERATOR)
OF_A_COMPANY = frozenset({*COMPANY_ROLES, Role.INSPECTOR})
ROWS_SHOWN_MAX = 100
# Bytes of chance in an id that nobody chose.
ID_BYTES = 12
SHOWN = {
    "money": Words("Money:", "款项："),
    "protected": Words("What is protected now:", "现在受到的保障："),
    "open": Words("can be claimed now", "现在可索赔"),
    "later": Words("protected", "受保障"),
    "actions": Words("What can be done now:", "现在可以做："),
    "times": Words("As of {at}. Times are those of {zone}.", "截至 {at}。时间所属时区：{zone}。"),
}
COUNTRY = re.compile("[A-Z]{2}")

at_option = click.option("--at", default=None, help="The instant it happens; demonstration only.")
as_option = click.option(
    "--as", "who", required=True, help="ROLE:COMPANY[:PERSON], such as buyer:com_harborgoods."
)
lang_option = click.option(
    "--lang", type=click.Choice(["en", "zh"]), default="en", help="Language of sentences."
)
id_option = click.option(
    "--command-id",
    default=None,
    callback=checked_command_id,
    help="Id under which it takes effect once for ever.",
)


def actor_named(who: str) -> Actor:
    """Return the actor of ROLE:COMPANY[:PERSON]."""
    role, _, rest = who.partition(":")
    company, _, person = rest.partition(":")
    if role not in set(Role):
        raise click.UsageError(f"--as begins with a role, one of {', '.join(Role)}; not {role!r}.")
    if role in OF_A_COMPANY and not company:
        raise click.UsageError(f"--as {role} names a company too, such as {role}:com_harborgoods.")
    return Actor(role=Role(role), company_id=company, person_id=person)


def command_of(name: str, data: str) -> OrderCommand:
    """Return the command of that name with its fields as JSON."""
    try:
        fields = json.loads(data)
    except json.JSONDecodeError as error:
        raise click.UsageError(
            f"--data is no JSON: line {error.lineno}, column {error.colno}: {error.msg}."
        ) from error
    if not isinstance(fields, dict):
        raise click.UsageError("--data takes a JSON object.")
    _refuse_unknown_fields(name, fields)
    if name == AcceptVersion.__name__:
        # The grant is the platform's word; whatever stands here is replaced by it.
        fields["grant"] = msgspec.to_builtins(UNGRANTED)
    try:
        read: OrderCommand = msgspec.convert({"type": name, **fields}, OrderCommand)
        plain = msgspec.to_builtins(read, builtin_types=(dt.datetime,), str_keys=True)
        asked = in_whole_seconds(plain, type(read))
        # What could not be recorded is refused here, before any rule of trade is asked.
        canonical_bytes(asked)
    except (msgspec.ValidationError, ValueError) as error:
        raise click.UsageError(f"{name}: {error}") from error
    return asked


def _refuse_unknown_fields(name: str, fields: dict[str, Any]) -> None:
    """A misspelt field would otherwise leave a default in force without a word."""
    command_type = COMMANDS_BY_NAME.get(name)
    if command_type is None:
        close = difflib.get_close_matches(name, COMMANDS_BY_NAME, n=1)
        hint = f"; did you mean {close[0]}?" if close else f": {', '.join(COMMANDS_BY_NAME)}."
        raise click.UsageError(f"There is no command {name!r}{hint}")
    unknown = sorted(set(fields) - set(command_type.__struct_fields__))
    if unknown:
        known = ", ".join(command_type.__struct_fields__) or "none"
        raise click.UsageError(f"{name} has no field {unknown[0]!r}; its fields: {known}.")


def _checked_country(_context: click.Context, _option: click.Parameter, given: str) -> str:
    if given and not COUNTRY.fullmatch(given):
        raise click.BadParameter("a country is two capital letters, such as US")
    return given


@click.group()
def order() -> None:
    """Orders: begin, act, show."""


@order.command()
@click.argument("file", type=PAPER)
@as_option
@click.option("--policy", "edition", default="escrow-2026", help="Edition of the programme.")
@click.option(
    "--id",
    "order_id",
    default=None,
    callback=checked_order_id,
    help="The order's id; else one is made.",
)
@click.option(
    "--buyer-country",
    default="",
    callback=_checked_country,
    help="Two letters, for ways to pay.",
)
@id_option
@at_option
@lang_option
@as_json
def create(
    file: Paper,
    *,
    who: str,
    edition: str,
    order_id: str | None,
    buyer_country: str,
    command_id: str | None,
    at: str | None,
    lang: Language,
    as_json: bool,
) -> None:
    """Begin an order by proposing the contract of a file, TOML or JSON."""
    contract = contract_of(file, lang)
    actor = _side_of(contract, actor_named(who), lang, as_json=as_json)
    chosen = order_id or f"ord_{secrets.token_hex(ID_BYTES)}"
    named = command_id or f"cmd_{secrets.token_hex(ID_BYTES)}"
    with house(at, again=f"--id {chosen} --command-id {named}") as opened:
        outcome = propose_contract(
            chosen,
            contract,
            policy_id=policy_id_of(opened, edition),
            actor=actor,
            command_id=named,
            buyer_country=buyer_country,
            desk=opened.desk,
            files=opened.files,
        )
        speech = Speech(language=lang, currency=contract.currency, zone=contract.shipment.zone)
        stored = opened.desk.read_order(chosen)
        is_draft = bool(stored.events) and stored.order.status is Status.DRAFT
    if outcome.code is not None and is_draft:
        # Whoever had the id made here learns it, whatever was refused.
        outcome = msgspec.structs.replace(outcome, facts={**outcome.facts, "order_id": chosen})
        if not as_json:
            click.echo(
                f"{chosen} stands as a draft; mend what is refused, then propose again with --id {chosen}.",
                err=True,
            )
    answer(chosen, outcome, speech=speech, as_json=as_json)


def _side_of(contract: Contract, actor: Actor, language: Language, *, as_json: bool) -> Actor:
    """Return who begins an order, which is a side of its contract: anybody else's draft would be of no use."""
    sides = {Role.BUYER: contract.buyer, Role.SUPPLIER: contract.supplier}
    side = sides.get(actor.role)
    if side is None or side.company_id != actor.company_id:
        facts = {name.value: each.company_id for name, each in sides.items()}
        sentence = refusal_sentence(Code.NOT_PERMITTED, {}, language)
        refuse(Code.NOT_PERMITTED.value, facts, sentence, as_json=as_json)
    return actor


def policy_id_of(opened: House, edition: str) -> str:
    """Return the policy id of an edition, by name or by id."""
    found = [key for key, policy in opened.policies.items() if edition in {key, policy.edition}]
    if not found:
        raise click.UsageError(f"There is no edition {edition!r}; see `fairlot policy list`.")
    return found[0]


@order.command()
@click.argument("order_id")
@click.argument("command_name")
@click.option("--data", default="{}", help="The command's fields as a JSON object.")
@as_option
@id_option
@at_option
@lang_option
@as_json
def act(
    order_id: str,
    command_name: str,
    *,
    data: str,
    who: str,
    command_id: str | None,
    at: str | None,
    lang: Language,
    as_json: bool,
) -> None:
    """Ask a command of an order, such as ConfirmReceipt, as one of its roles."""
    command = command_of(command_name, data)
    actor = actor_named(who)
    named = command_id or f"cmd_{secrets.token_hex(ID_BYTES)}"
    with house(at, again=f"--command-id {named}") as opened:
        outcome = ask(order_id, command, actor=actor, command_id=named, desk=opened.desk)
        stored = opened.desk.read_order(order_id)
        terms = terms_shown(stored.order)
    # Whoever asks something of an order that is not there has a wrong id, not a wrong role.
    if not stored.events and not isinstance(command, OpenDraft):
        refuse_unknown_order(order_id, lang, as_json=as_json)
    speech = Speech(language=lang)
    if terms is not None:
        speech = Speech(language=lang, currency=terms.currency, zone=terms.zone)
    answer(order_id, outcome, speech=speech, as_json=as_json)


def answer(order_id: str, outcome: Outcome, *, speech: Speech, as_json: bool) -> None:
    """Print what came of a command, or its refusal."""
    if outcome.code is not None:
        sentence = tell_refusal(outcome.code, outcome.facts, speech)
        refuse(outcome.code.value, dict(outcome.facts), sentence, as_json=as_json)
    names = [type(event).__name__ for event in outcome.events]
    told = [tell_event(event, speech) for event in outcome.events]
    again = " (already done)" if outcome.is_replay else ""
    lines = [f"{order_id}{again}", *[f"  {sentence}" for sentence in told or ["Nothing to do."]]]
    say(
        {"order_id": order_id, "events": names, "told": told, "again": outcome.is_replay},
        as_json=as_json,
        text="\n".join(lines),
    )


def _view(
    order_id: str, who: str | None, at: str | None, lang: Language, *, as_json: bool
) -> OrderView:
    viewer = actor_named(who) if who else PLATFORM
    with house(at) as opened, opened.desk.connect() as connection:
        view = find_order(
            connection,
            order_id,
            policies=opened.policies,
            now=opened.clock(),
            viewer=viewer,
        )
    if view is None:
        refuse_unknown_order(order_id, lang, as_json=as_json)
    return view


viewer_option = click.option(
    "--as", "who", default=None, help="ROLE:COMPANY to see it as; else the platform."
)


@order.command()
@click.argument("order_id")
@viewer_option
@at_option
@lang_option
@as_json
def show(order_id: str, *, who: str | None, at: str | None, lang: Language, as_json: bool) -> None:
    """Show where an order stands, what is protected, who must act by when, and what can be done."""
    view = _view(order_id, who, at, lang, as_json=as_json)
    told = spoken_order(view, lang)
    say(view, as_json=as_json, text=_shown(told))


def _shown(told: SpokenOrder) -> str:
    words = {name: each.say(told.language) for name, each in SHOWN.items()}
    head = "  ".join(part for part in (told.order_id, told.status_title, told.total) if part)
    turn = [line for line in (told.turn, told.headline, told.until, told.otherwise) if line]
    lists = {
        "money": [f"  {held.title}: {held.amount}. {held.next_step}" for held in told.holdings],
        "protected": [
            f"  {cover.title}: {words[cover.state]}, {cover.amount}  {cover.until}".rstrip()
            for cover in told.covers
            if cover.state != "none"
        ],
        "actions": [f"  {each.command}: {each.label}" for each in told.actions if each.allowed],
    }
    parts = [[head, *([told.dispute_title] if told.dispute_title else [])], turn]
    parts += [[words[name], *lines] for name, lines in lists.items() if lines]
    parts.append([words["times"].format(at=told.at, zone=told.zone)])
    return "\n\n".join("\n".join(part) for part in parts)


@order.command()
@click.argument("order_id")
@viewer_option
@at_option
@lang_option
@as_json
def timeline(
    order_id: str, *, who: str | None, at: str | None, lang: Language, as_json: bool
) -> None:
    """Show everything that happened, and what happens by itself if nobody acts."""
    told = spoken_order(_view(order_id, who, at, lang, as_json=as_json), lang)
    lines = [f"{event.seq:>4}  {event.at}  {event.who}: {event.told}" for event in told.story]
    lines += [f"   …  {step.at}  {step.title}: {' '.join(step.told)}" for step in told.foreseen]
    answer = {"story": told.story, "foreseen": told.foreseen}
    say(answer, as_json=as_json, text="\n".join(lines))


@order.command()
@click.argument("order_id")
@viewer_option
@at_option
@lang_option
@as_json
def statement(
    order_id: str, *, who: str | None, at: str | None, lang: Language, as_json: bool
) -> None:
    """Show who holds what now, what happens next to it, and every posting."""
    view = _view(order_id, who, at, lang, as_json=as_json)
    told = spoken_order(view, lang)
    lines = [f"  {h.title}: {h.amount}  {h.next_step}".rstrip() for h in told.holdings]
    lines += [""] + [
        f"{b.seq:>4}  {b.template:28} {b.account:30} {b.debit:>16} {b.credit:>16}"
        for b in told.bookings
    ]
    say(view.statement, as_json=as_json, text="\n".join(lines))


@order.command()
@click.argument("order_id")
@as_json
def payouts(order_id: str, *, as_json: bool) -> None:
    """Show which payouts carry the money that an order released, and which the bank has confirmed."""
    with house(None) as opened:
        if not opened.desk.read_order(order_id).events:
            refuse_unknown_order(order_id, "en", as_json=as_json)
        found = payouts_of_order(order_id, desk=opened.desk)
    lines = [
        f"{row.payout_id}: {amount_text(row.amount_minor, row.currency)}, {row.status.value}"
        + (f" by the bank on {row.confirmed_at}" if row.confirmed_at else "")
        for row in found
    ]
    say(found, as_json=as_json, text="\n".join(lines) or "Nothing of it is on its way.")


@order.command("list")
@viewer_option
@at_option
@lang_option
@as_json
def list_orders(*, who: str | None, at: str | None, lang: Language, as_json: bool) -> None:
    """List orders, those that wait for you first."""
    viewer = actor_named(who) if who else PLATFORM
    with house(at) as opened, opened.desk.connect() as connection:
        rows = find_orders(
            connection,
            policies=opened.policies,
            now=opened.clock(),
            viewer=viewer,
            limit=ROWS_SHOWN_MAX,
        )
    told = [spoken_row(row, lang) for row in rows]
    text = "\n".join(_listed(row) for row in told) or "No orders yet."
    say(told, as_json=as_json, text=text)


def _listed(row: SpokenRow) -> str:
    who = f"{row.who}: " if row.who else ""
    by = f" {row.until} ({row.zone}), {row.left}" if row.until else ""
    turn = f"{who}{row.act}{by}"
    parts = (row.order_id, row.status_title, row.dispute_title, row.total, turn)
    return "  ".join(part for part in parts if part)
