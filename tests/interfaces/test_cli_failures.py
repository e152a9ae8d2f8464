"""What goes wrong on the command line is one sentence with a code, in JSON wherever somebody asks for JSON."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.support.command_line import USAGE, CommandLine

PLAN = ("plan", "--lot-size", "3000", "--aql", "2.5")


def failed(*words: str) -> dict[str, Any]:
    """Run a command that is not understood, and return what it says, which is JSON alone."""
    told: dict[str, Any] = json.loads(CommandLine().misused(*words))
    assert told["error"] == "misused"
    return told


class TestJsonAnywhere:
    @pytest.mark.parametrize(
        "words",
        [
            ("--json", "policy", "list"),
            ("policy", "--json", "list"),
            ("policy", "list", "--json"),
            ("--json", "policy", "list", "--json"),
        ],
    )
    def test_it_stands_before_or_after_any_word(self, words: tuple[str, ...]) -> None:
        editions = {row["edition"] for row in json.loads(CommandLine().done(*words))}
        assert {"escrow-2026", "guarantee-2017"} <= editions

    @pytest.mark.parametrize(
        "words",
        [
            ("--json", "sampling", "--lang", "zh", *PLAN),
            ("sampling", "--json", "--lang", "zh", *PLAN),
            ("sampling", "--lang", "zh", "--json", *PLAN),
            ("sampling", "--lang", "zh", *PLAN, "--json"),
        ],
    )
    def test_beside_a_groups_own_option(self, words: tuple[str, ...]) -> None:
        assert json.loads(CommandLine().done(*words))["n"] == 125

    def test_a_word_after_two_dashes_is_no_option(self) -> None:
        said = CommandLine().misused("policy", "show", "--", "--json")
        assert "There is no edition '--json'" in said

    @pytest.mark.parametrize(
        ("words", "said"),
        [
            (("--nosuch", "--json"), "--nosuch"),
            (("--json", "nosuch"), "nosuch"),
            (("nosuch", "--json"), "nosuch"),
            (("--json",), "Missing command."),
            (("order", "--json"), "Missing command."),
            (("order", "--json", "nosuch"), "nosuch"),
            (("--json", "order", "show"), "ORDER_ID"),
            (("serve", "--port", "0", "--json"), "--port"),
            (("--json", "serve", "--port", "0"), "--port"),
            (("demo", "--only", "nosuch", "--json"), "--only"),
            (("contract", "schema", "nosuch", "--json"), "nosuch"),
            (("--json", "order", "show", "ord_\udcff"), "is not UTF-8 text"),
            (("sampling", "plan", "--lot-size", "x", "--aql", "2.5", "--json"), "not x"),
            (("sampling", "nosuch", "--json"), "nosuch"),
            (("contract", "hash", "not-there.toml", "--json"), "not-there.toml: No such file"),
            (("contract", "read", "--jsonl", "not-there", "--json"), "not-there: No such file"),
        ],
    )
    def test_what_was_not_understood_is_told_so(self, words: tuple[str, ...], said: str) -> None:
        assert said in failed(*words)["sentence"]

    def test_without_it_nothing_is_json(self) -> None:
        result = CommandLine().run("--nosuch")
        assert result.exit_code == USAGE
        assert "Error: No such option" in result.stderr
        assert result.stdout == ""
