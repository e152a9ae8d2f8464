"""`fairlot policy`: the editions there are, and whether a file is one."""

from __future__ import annotations

import click
import msgspec

from fairlot import config
from fairlot.domain.policy.errors import PolicyError
from fairlot.domain.policy.loading import load_policy, policy_id
from fairlot.interfaces.cli.house import REFUSED, as_json, say
from fairlot.interfaces.cli.papers import PAPER, Paper
from fairlot.reading_room import policies_at_hand


@click.group()
def policy() -> None:
    """Editions of the programme: policies are data."""


@policy.command("list")
@as_json
def list_policies(*, as_json: bool) -> None:
    """List the editions at hand."""
    found = policies_at_hand(config.settings())
    rows = [
        {"policy_id": key, "edition": p.edition, "title": p.title, "custody": p.money.custody}
        for key, p in found.items()
    ]
    text = "\n".join(f"{row['policy_id']}  {row['title']}" for row in rows)
    say(rows, as_json=as_json, text=text)


@policy.command()
@click.argument("file", type=PAPER)
@as_json
def check(file: Paper, *, as_json: bool) -> None:
    """Say whether a file is a valid edition, or name every fault by key and reason."""
    try:
        loaded = load_policy(file.text("en"), file.name)
    except PolicyError as error:
        say(
            {"valid": False, "faults": error.faults},
            as_json=as_json,
            text=str(error),
        )
        raise SystemExit(REFUSED) from error
    answer = {"valid": True, "policy_id": policy_id(loaded)}
    say(answer, as_json=as_json, text=f"{file.name} is edition {policy_id(loaded)}.")


@policy.command()
@click.argument("edition")
@as_json
def show(edition: str, *, as_json: bool) -> None:
    """Show every figure of an edition."""
    found = policies_at_hand(config.settings())
    chosen = [p for key, p in found.items() if edition in {key, p.edition}]
    if not chosen:
        raise click.UsageError(f"There is no edition {edition!r}; see `fairlot policy list`.")
    plain = msgspec.to_builtins(chosen[0])
    text = msgspec.json.format(msgspec.json.encode(plain), indent=2).decode()
    say(plain, as_json=as_json, text=text)
