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
from fairlot.domain.order.refusal_words import refusal_sentence
from fairlot.domain.order.refusals import Code
from fairlot.domain.policy.errors import PolicyError
from fairlot.domain.words.language import Language
from fairlot.store.connection import UnsafeDatabaseError
from fairlot.store.server.embedded import EmbeddedError

REFUSED = 1
# Letters, digits and - _ . ~ stand in an address as they are.
ORDER_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.~-]{0,63}", re.ASCII)
COMMAND_ID = re.compile(r"[!-~]{1,64}")
# What `--at` takes: every zone has a clock for it, and every deadline after it a date.
YEARS = range(1970, 9000)
# The database could not be asked now: try again later, with the same command id.
UNAVAILABLE = 3
NOT_ASKED = (UnsafeDatabaseError, EmbeddedError, Unavailable, OperationalError)


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
    if at.year not in YEARS:
        raise click.UsageError(
            f"--at takes an instant of the years {YEARS.start} to {YEARS.stop - 1}."
        )
    if not config.settings().demo:
        raise click.UsageError(
            "--at moves the clock and works in a demonstration only: set FAIRLOT_DEMO=1."
        )
    return lambda: at.astimezone(dt.UTC)


@contextmanager
def house(at: str | None, *, again: str = "") -> Iterator[House]:
    """Open the database of this process's settings. `again` are options by which a command given again is the same one."""
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
    except NOT_ASKED as error:
        raise unavailable(error, again=again) from error


def unavailable(error: Exception, *, again: str = "") -> DatabaseUnavailableError:
    """Return the failure of a database that could not be asked, in one sentence with what to do."""
    told = str(error).strip()
    if not isinstance(error, OperationalError | Unavailable):
        return DatabaseUnavailableError(told)
    # Below its first line the driver guesses at reasons.
    told = told.partition("\n")[0].rstrip(".")
    same = f" with {again}: it takes effect once" if again else ""
    return DatabaseUnavailableError(
        f"The database could not be asked: {told}. Start it or mend DATABASE_URL, then give the same command again{same}."
    )


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


def refuse_unknown_order(order_id: str, language: Language, *, as_json: bool) -> NoReturn:
    """Refuse to tell of an order that is not there, or not there for whoever asks."""
    sentence = refusal_sentence(Code.UNKNOWN_ORDER, {}, language)
    refuse(Code.UNKNOWN_ORDER.value, {"order_id": order_id}, sentence, as_json=as_json)
