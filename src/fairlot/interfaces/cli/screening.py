"""`fairlot screening`: companies against the sanctions list: who stands on it, who was never checked, and clearing a match."""

from __future__ import annotations

import click

from fairlot.application.people.people_refusals import RefusedChange
from fairlot.application.supplier.screening import Occasion, clear, is_blocked, screen, standing
from fairlot.interfaces.cli.house import as_json, house, refuse, say
from fairlot.store.supplier.screenings import Screening


@click.group()
def screening() -> None:
    """Companies against the sanctions list."""


@screening.command("list")
@as_json
def list_(*, as_json: bool) -> None:
    """Show the companies that stand on the list or were never checked."""
    with house(None) as opened:
        found = standing(desk=opened.desk)
    lines = [_line(each) for each in found] or ["Every company that was asked about is clear."]
    say(found, as_json=as_json, text="\n".join(lines))


@screening.command()
@click.argument("company_id")
@as_json
def check(company_id: str, *, as_json: bool) -> None:
    """Check a company now."""
    with house(None) as opened:
        found = screen(company_id, Occasion.ASKED, desk=opened.desk)
    say(found, as_json=as_json, text=_line(found))


@screening.command("clear")
@click.argument("company_id")
@click.option("--reason", required=True, help="Why the match is no match, or allowed; it is kept.")
@click.option("--by", required=True, help="Who decides it.")
@as_json
def clear_(company_id: str, *, reason: str, by: str, as_json: bool) -> None:
    """Let a listed company pass; another match blocks it again."""
    with house(None) as opened:
        try:
            done = clear(company_id, reason=reason, by=by, desk=opened.desk)
        except RefusedChange as refused:
            refuse(refused.code.value, {}, refused.sentence("en"), as_json=as_json)
    text = "Cleared." if done else "Nothing stands against this company."
    say({"cleared": done}, as_json=as_json, text=text)


def _line(found: Screening) -> str:
    words = {
        "clear": "clear",
        "match": "listed, nothing is paid" if is_blocked(found) else "listed, cleared",
        "not_checked": "NOT CHECKED",
    }
    entries = ", ".join(f"“{entry.name}” {entry.country}".strip() for entry in found.matches)
    names = " / ".join(found.names) or "no name known"
    tail = f": {entries} on {found.list_name}" if entries else ""
    return f"{found.company_id} ({names}) {words[found.state.value]}{tail}; {found.checked_at:%Y-%m-%d %H:%M} UTC"
