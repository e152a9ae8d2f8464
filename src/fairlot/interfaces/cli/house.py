"""What all commands on a database share: opening it, and saying what went wrong in one line with the right exit code."""

from __future__ import annotations

import datetime as dt
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NoReturn

import click
import msgspec
from psycopg import OperationalError
from psycopg.errors import UndefinedTable

from fairlot import config
from fairlot.application.outcome import Unavailable
from fairlot.application.queries.orders import NotReadableError
from fairlot.bootstrap import House, open_house
from fairlot.clock import Clock
from fairlot.domain.policy.errors import PolicyError
from fairlot.store.connection import UnsafeDatabaseError
from fairlot.store.server.embedded import EmbeddedError

REFUSED = 1
# Letters, digits and - _ . ~ stand in an address as they are.
ORDER_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.~-]{0,63}", re.ASCII)
COMMAND_ID = re.compile(r"[!-~]{1,64}")
# The database could not be asked now: try again later, with the same command id.
UNAVAILABLE = 3


class DatabaseUnavailableError(click.ClickException):
    """Nothing was refused and nothing is known to be done; the same command may be given again."""

    exit_code = UNAVAILABLE


as_json = click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")


def checked_order_id(
    _context: click.Context, _option: click.Parameter, given: str | None
) -> str | None:
    """Return the id of a new order, or refuse one that no address could hold."""
    if given is not None and not ORDER_ID.fullmatch(given):
        raise click.BadParameter("an order's id has 1 to 64 letters, digits and - _ . ~")
    return given


def checked_command_id(
    _context: click.Context, _option: click.Parameter, given: str | None
) -> str | None:
    """Return a command's id as the API takes it too."""
    if given is not None and not COMMAND_ID.fullmatch(given):
        raise click.BadParameter("it has 1 to 64 visible characters of ASCII")
    return given


def moved_clock(instant: str | None) -> Clock | None:
    """Return the clock that stands at an instant, or None for the house's own; only a demonstration may move it."""
    if instant is None:
        return None
    try:
        at = dt.datetime.fromisoformat(instant)
    except ValueError:
        raise click.UsageError(
            f"--at takes an instant such as 2027-01-04T09:00:00+08:00, not {instant!r}."
        ) from None
    if at.tzinfo is None:
        raise click.UsageError("--at needs a zone, such as +08:00 or Z.")
    if not config.settings().demo:
        raise click.UsageError(
            "--at moves the clock and works in a demonstration only: set FAIRLOT_DEMO=1."
        )
    return lambda: at.astimezone(dt.UTC)


@contextmanager
def house(at: str | None) -> Iterator[House]:
    """Open the database of this process's settings."""
    try:
        settings = config.settings()
        with open_house(settings, clock=moved_clock(at)) as opened:
            yield opened
    except (config.ConfigError, PolicyError, NotReadableError) as error:
        raise click.UsageError(str(error)) from error
    except UndefinedTable as error:
        raise click.ClickException(
            "The database has no tables yet; run `fairlot upgrade`."
        ) from error
    except (UnsafeDatabaseError, EmbeddedError, Unavailable, OperationalError) as error:
        raise DatabaseUnavailableError(str(error).strip()) from error


def say(answer: Any, *, as_json: bool, text: str) -> None:
    """Print an answer in the form asked for."""
    if as_json:
        click.echo(msgspec.json.format(msgspec.json.encode(answer), indent=2).decode())
    else:
        click.echo(text)


def refuse(code: str, facts: dict[str, Any], sentence: str, *, as_json: bool) -> NoReturn:
    """Print a refusal and leave with its exit code."""
    if as_json:
        refusal = {"refused": code, "facts": facts, "sentence": sentence}
        click.echo(msgspec.json.encode(refusal).decode())
    else:
        click.echo(f"Refused ({code}): {sentence}", err=True)
    sys.exit(REFUSED)
