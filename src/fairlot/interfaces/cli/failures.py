"""What a failure is on the command line: one sentence with an exit code, and JSON wherever JSON was asked for."""

from __future__ import annotations

from typing import IO, Any

import click
import msgspec

MISUSED = 2
# What a failure is called in JSON, by the exit code that it ends with.
_KINDS = {1: "failed", MISUSED: "misused", 3: "unavailable"}
_WANTS_JSON = "fairlot.wants_json"
_FLAG = "--json"


class MisusedError(click.ClickException):
    """What was named cannot be used; how the command is written is not what was wrong, so that is not shown."""

    exit_code = MISUSED


class PaperRefusedError(click.ClickException):
    """A paper is not what it should be: said without more words around it, as JSON with where and why apart."""

    exit_code = MISUSED

    def __init__(self, message: str, **facts: object) -> None:
        super().__init__(message)
        self.facts = facts

    def show(self, file: IO[Any] | None = None) -> None:
        """Print the message alone: it opens with the paper's name and the line."""
        click.echo(self.message, file=file, err=True)


def wants_json(context: click.Context) -> bool:
    """Say whether whoever gave this command reads its answer as JSON."""
    return bool(context.meta.get(_WANTS_JSON))


def tell_in_json(context: click.Context, error: click.ClickException) -> None:
    """Print a failure as JSON and leave with its exit code; a refusal has said its own by now."""
    kind = _KINDS.get(error.exit_code, "failed")
    facts = error.facts if isinstance(error, PaperRefusedError) else {}
    # Who gives no command at all is shown the help, which is no sentence.
    is_help = isinstance(error, click.exceptions.NoArgsIsHelpError)
    sentence = "Missing command." if is_help else error.format_message()
    answer = {"error": kind, "sentence": sentence, **facts}
    click.echo(msgspec.json.encode(answer).decode())
    context.exit(error.exit_code)


def understood_anywhere(root: click.Group, context: click.Context, words: list[str]) -> list[str]:
    """Note whether JSON is asked for, and return the words with `--json` where its command looks for it.

    People write it before the command, after the command's group and after the command. A command whose answer is
    never JSON takes it too: then only its failures are.
    """
    options = words[: words.index("--")] if "--" in words else words
    context.meta[_WANTS_JSON] = _FLAG in options
    if not wants_json(context):
        return words
    rest = [word for word in options if word != _FLAG] + words[len(options) :]
    group = root
    for place, word in enumerate(rest):
        # What is no command of the group is an option of its own, or that option's value.
        found = group.get_command(context, word)
        if isinstance(found, click.Group):
            group = found
        elif found is not None:
            takes_it = any(_FLAG in one.opts for one in found.params)
            return [*rest[: place + 1], *([_FLAG] if takes_it else []), *rest[place + 1 :]]
    return rest
