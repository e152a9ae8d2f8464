"""The `fairlot` command's root: finds a subcommand's module only when it is asked for, so that start-up stays fast."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click

from fairlot.interfaces.cli.failures import (
    MisusedError,
    tell_in_json,
    understood_anywhere,
    wants_json,
)

# Subcommand name -> (module, attribute, one-line help). The module is imported only when used.
_HERE = "fairlot.interfaces.cli"
COMMANDS: dict[str, tuple[str, str, str]] = {
    "backup": (f"{_HERE}.running", "backup", "Write database and files into one archive."),
    "bank": (f"{_HERE}.bank", "bank", "Bank statements in, payment files out."),
    "check": (f"{_HERE}.keeping", "check", "List what is not safe, each with its mend."),
    "clock": (f"{_HERE}.clock", "clock", "What is due, and what happens by itself."),
    "contract": (f"{_HERE}.contract", "contract", "Contracts: assess, read, compare, print."),
    "demo": (f"{_HERE}.demo", "demo", "Example orders and a market, played and shown."),
    "erase": (f"{_HERE}.erasing", "erase", "Erase what leads to a person, for good."),
    "migrate": (
        f"{_HERE}.running",
        "migrate",
        "Make the tables, or bring them to the present schema.",
    ),
    "operator": (f"{_HERE}.operator", "operator", "The platform's people: let the first one in."),
    "order": (f"{_HERE}.order", "order", "Orders: begin, act, show."),
    "policy": (f"{_HERE}.policy", "policy", "Editions of the programme."),
    "restore": (f"{_HERE}.running", "restore", "Fill an empty database from an archive."),
    "rotate-key": (f"{_HERE}.keeping", "rotate_key", "Sign with a new key from the next start on."),
    "sampling": (f"{_HERE}.sampling", "sampling", "Sampling plans, curves and verdicts."),
    "screening": (f"{_HERE}.screening", "screening", "Companies against the sanctions list."),
    "serve": (f"{_HERE}.serving", "serve", "Serve the pages."),
    "upgrade": (f"{_HERE}.keeping", "upgrade", "Bring the tables to this version, or plan it."),
    "supplier": (f"{_HERE}.supplier", "supplier", "Suppliers: enrol, show, limits, search."),
    "verify": (f"{_HERE}.running", "verify", "Replay and compare everything recorded."),
    "worker": (f"{_HERE}.running", "worker", "Settle what is due, perform what waits."),
}


@contextmanager
def _told_in_json(ctx: click.Context) -> Iterator[None]:
    """Let whoever reads answers as JSON read failures so too."""
    try:
        yield
    except click.ClickException as error:
        if not wants_json(ctx):
            raise
        tell_in_json(ctx, error)


@contextmanager
def _faults_named() -> Iterator[None]:
    """Tell what cannot be used or asked, whichever command met it; what is left is a fault of ours."""
    try:
        yield
    except (click.ClickException, click.Abort, click.exceptions.Exit):
        raise
    except Exception as error:
        failure = _failure_of(error)
        if failure is None:
            raise
        raise failure from error


def _failure_of(error: Exception) -> click.ClickException | None:
    if isinstance(error, OSError) and error.filename is not None:
        return MisusedError(f"{error.filename}: {error.strerror}.")
    # Imported here: what goes well needs none of it.
    from fairlot.config import ConfigError  # noqa: PLC0415
    from fairlot.domain.policy.errors import PolicyError  # noqa: PLC0415
    from fairlot.interfaces.cli.house import NOT_ASKED, unavailable  # noqa: PLC0415

    if isinstance(error, ConfigError | PolicyError):
        return MisusedError(str(error))
    return unavailable(error) if isinstance(error, NOT_ASKED) else None


class LazyGroup(click.Group):
    """A group whose subcommands live in modules of their own, imported on first use."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        words = understood_anywhere(self, ctx, args)
        with _told_in_json(ctx):
            for word in words:
                try:
                    word.encode()
                except UnicodeEncodeError:
                    ctx.fail(f"{word!r} is not UTF-8 text.")
            return super().parse_args(ctx, words)

    def invoke(self, ctx: click.Context) -> Any:
        with _told_in_json(ctx), _faults_named():
            return super().invoke(ctx)

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted({*COMMANDS, *super().list_commands(ctx)})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return super().get_command(ctx, cmd_name)
        module_name, attribute, _ = COMMANDS[cmd_name]
        command = getattr(importlib.import_module(module_name), attribute)
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002  (signature of click)
        with formatter.section("Commands"):
            formatter.write_dl([(name, COMMANDS[name][2]) for name in sorted(COMMANDS)])


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="fairlot")
@click.option(
    "--json",
    is_flag=True,
    expose_value=False,
    help="Answer as JSON; it may stand before or after the command.",
)
def main() -> None:
    """Fairlot: trade assurance that anyone can host."""


if __name__ == "__main__":
    main()
