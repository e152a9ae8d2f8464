"""Every house rule is run over the repository, and every rule is shown to catch what it is for."""

from __future__ import annotations

from pathlib import PurePosixPath

import pytest

from tests.tidy.repository import Rule, covered, file_paths, is_source, read
from tests.tidy.rules import RULES, time
from tests.tidy.rules.documents import DECISIONS
from tests.tidy.rules.habits import CATCHES_ALL, catches_all
from tests.tidy.rules.names import NAMED_BY_OTHERS
from tests.tidy.rules.sizes import LONG_FUNCTIONS, LONG_MODULES, lines_max, long_functions
from tests.tidy.rules.values import WRITTEN_WHILE_READING, thawed

every_rule = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name.replace(" ", "-"))


@every_rule
def test_the_repository_keeps_the_rule(rule: Rule) -> None:
    findings = [finding for path, source in covered(rule) for finding in rule.check(path, source)]

    if findings:
        pytest.fail("\n".join([f"{rule.name}:", *findings]), pytrace=False)


@every_rule
def test_the_rule_catches_its_samples(rule: Rule) -> None:
    assert rule.caught
    for path, source in rule.caught:
        assert rule.covers(PurePosixPath(path)), path
        assert rule.check(PurePosixPath(path), source), source


@every_rule
def test_the_rule_lets_the_innocent_pass(rule: Rule) -> None:
    for path, source in rule.passed:
        assert rule.check(PurePosixPath(path), source) == []


def test_the_rules_see_the_source() -> None:
    assert sum(1 for path in file_paths() if is_source(path)) > 10


def test_exceptions_to_sizes_are_still_needed() -> None:
    long_functions_now = {
        name
        for path in {PurePosixPath(listed.partition("::")[0]) for listed in LONG_FUNCTIONS}
        for name, _ in long_functions(path, read(path))
    }
    long_modules_now = {
        listed
        for listed in LONG_MODULES
        if len(read(PurePosixPath(listed)).splitlines()) > lines_max(PurePosixPath(listed))
    }

    assert set(LONG_FUNCTIONS) == long_functions_now
    assert set(LONG_MODULES) == long_modules_now


def test_exceptions_to_names_are_still_needed() -> None:
    assert set(NAMED_BY_OTHERS) <= {str(path) for path in file_paths()}


def test_exceptions_to_catching_are_still_needed() -> None:
    assert {listed for listed in CATCHES_ALL if catches_all(read(PurePosixPath(listed)))} == set(
        CATCHES_ALL
    )


def test_exceptions_to_names_of_moments_are_still_needed() -> None:
    listed = {PurePosixPath(name.partition("::")[0]) for name in time.NAMED_OTHERWISE}
    found = {name for path in listed for _, name, _ in time.misnamed(path, read(path))}

    assert found == set(time.NAMED_OTHERWISE)


def test_exceptions_to_frozen_values_are_still_needed() -> None:
    listed = {PurePosixPath(name.partition("::")[0]) for name in WRITTEN_WHILE_READING}

    assert {name for path in listed for name in thawed(path, read(path))} == set(
        WRITTEN_WHILE_READING
    )


def test_decisions_are_numbered_without_gaps_and_listed() -> None:
    pages = [path for path in file_paths() if path.parent == DECISIONS]
    overview = read(PurePosixPath("docs/architecture.md"))

    assert [path.name[:4] for path in pages] == [f"{n:04}" for n in range(1, len(pages) + 1)]
    assert [path.name for path in pages if f"(decisions/{path.name})" not in overview] == []
