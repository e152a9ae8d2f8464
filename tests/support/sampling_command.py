"""`fairlot sampling` run as a user would, with what a test may ask of its answer."""

from __future__ import annotations

import csv
import json
from io import StringIO
from typing import Any

from click.testing import CliRunner, Result

from fairlot.interfaces.cli.main import main

PLAN_HEADER = "lot_size,level,aql,type,kind,edition"
CHANCE_HEADER = "kind,n,ac,re,distribution,lot,defectives,p"


def run(*words: str, given: str | bytes | None = None) -> Result:
    return CliRunner().invoke(main, ["sampling", *words], input=given)


def said(*words: str, given: str | None = None) -> str:
    result = run(*words, given=given)
    assert (result.exit_code, result.stderr) == (0, ""), result.output
    return result.stdout


def said_json(*words: str) -> Any:
    return json.loads(said(*words, "--json"))


def refused(*words: str, given: str | bytes | None = None) -> str:
    """The one sentence, after checking that it is one, that nothing else is printed, and that the exit code is 2."""
    result = run(*words, given=given)
    assert result.exit_code == 2, result.output
    assert result.stdout == ""
    assert result.stderr.startswith("Error: ")
    assert result.stderr.count("\n") == 1
    return result.stderr.removeprefix("Error: ").strip()


def table(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(text)))
