"""Comparing an answer with the one worked out by hand: what is admitted, instants, amounts, states; never mere words."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from tests.cases.vocabulary import clock_kinds, plain

# Words for people: what they say is compared elsewhere, or nowhere.
WORDS = frozenset(
    {
        "rule",
        "rule_named",
        "outcome",
        "note",
        "what",
        "says",
        "tolerance",
        "because",
        "next",
        "needs",
    }
)
HOLDERS = frozenset({"waits_for"})
FLAGS = frozenset({"flag", "flags", "discrepancy", "discrepancies", "needs"})
MAY_BE_WORDS = frozenset({"second"})
# Whether something is shown, and to whom.
SHOWN = frozenset({"shown_before"})
NOT_RUNNING = re.compile(r"\b(?:not|no|none|stop\w*|suspend\w*|ended|off)\b")
AT_MOST = "_at_most"
BY_CURRENCY = frozenset({"suspense"})
PERCENT = re.compile(r"(\d+(?:\.\d+)?)\s*%")
UNKNOWN = "unknown"
INSTANT_IN_WORDS = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:[+-]\d\d:\d\d|Z)")


class Missing:
    """Stands for a part of an answer that the product was not asked for."""


def differences(expected: Mapping[str, Any], answer: Mapping[str, Any]) -> dict[str, Any]:
    """Return what differs, by key; a key whose answer is missing maps to `Missing`."""
    found: dict[str, Any] = {}
    for name, wanted in expected.items():
        if name in WORDS:
            continue
        if name == "would_change":
            _compare_instants(found, str(wanted), answer)
        elif name not in answer:
            found[name] = Missing
        elif not _agrees(name, wanted, answer[name], expected):
            found[name] = answer[name]
    return found


def _compare_instants(found: dict[str, Any], words: str, answer: Mapping[str, Any]) -> None:
    """Instants that stand in words must be among the instants that the refusal names."""
    wanted = [_instant(text) for text in INSTANT_IN_WORDS.findall(words)]
    named = answer.get("instants", ())
    if any(instant not in named for instant in wanted):
        found["would_change"] = list(named)


def _agrees(name: str, wanted: Any, given: Any, expected: Mapping[str, Any]) -> bool:
    if name == "steps":
        return _steps_agree(wanted, given)
    if name == "exact":
        return _exact_agrees(wanted, given)
    if name == "level":
        return bool(_level(wanted) == given)
    if name == "method":
        return any(told in plain(wanted) for told in given)
    if name == "never_shipped_clock":
        runs, lines = _clock_runs(wanted)
        told_runs, told_lines = _clock_runs(given)
        return runs == told_runs and (not lines or lines == told_lines)
    if name in MAY_BE_WORDS and not isinstance(wanted, Mapping):
        return isinstance(wanted, str) or (given is not None and wanted == given["cover"])
    if name in SHOWN and not isinstance(wanted, Mapping):
        return bool(wanted) == bool(given)
    if isinstance(wanted, int) and isinstance(given, Mapping) and not isinstance(wanted, bool):
        # All currencies together; what is expected of one is expected of the only one.
        return wanted == sum(given.values())
    if name in FLAGS:
        # Whether something is remarked; in which words is for people.
        return bool(wanted) == bool(given)
    if name in HOLDERS:
        # Who is meant may be said in a sentence.
        return given is not None and plain(given) in plain(wanted)
    if name == "since":
        return _instant(wanted) in given
    if name.endswith(AT_MOST):
        return bool(given <= wanted)
    if isinstance(wanted, bool) and isinstance(given, int):
        # Asked whether, answered how much.
        return wanted == bool(given)
    if isinstance(wanted, float) and isinstance(given, int | float):
        return abs(wanted - given) <= (expected.get("tolerance") or 0.0005)
    if isinstance(wanted, Mapping) and isinstance(given, Mapping):
        if name in BY_CURRENCY:
            # A currency that is not named holds nothing.
            given = {**dict.fromkeys(wanted, 0), **given}
        return not differences(wanted, given)
    if isinstance(wanted, str):
        return _text_agrees(wanted, given)
    if isinstance(given, Mapping) and "offered" in given:
        return bool(given["offered"] == wanted)
    if isinstance(wanted, list) and isinstance(given, list):
        return _lists_agree(wanted, given)
    return bool(wanted == given)


def _clock_runs(told: Any) -> tuple[bool, tuple[str, ...]]:
    """Whether a clock runs, and for which lines where they are named."""
    words = plain(told)
    runs = told is not None and NOT_RUNNING.search(words) is None
    return runs, tuple(re.findall(r"\d+", words)) if runs else ()


def _text_agrees(wanted: str, given: Any) -> bool:
    if isinstance(given, list):
        return wanted == UNKNOWN or plain(wanted) in given or _lists_agree([wanted], given)
    if isinstance(given, dt.datetime):
        return _instant(wanted) == given
    if isinstance(given, Fraction):
        return Fraction(wanted.replace(" ", "")) == given
    if isinstance(given, Mapping) and "offered" in given:
        return bool(given["offered"]) == ("not" not in plain(wanted).split())
    return given is not None and plain(wanted) == plain(given)


def _lists_agree(wanted: Sequence[Any], given: Sequence[Any]) -> bool:
    if given and isinstance(given[0], dt.datetime):
        return sorted(_instant(text) for text in wanted) == sorted(given)
    return list(wanted) == list(given)


def _level(wanted: Any) -> Any:
    """Read a level of confidence, which may be written in percent."""
    percent = PERCENT.search(str(wanted))
    return float(percent[1]) / 100 if percent else wanted


def _exact_agrees(wanted: Any, given: Any) -> bool:
    """An amount before rounding, written in whole or minor units."""
    figures = re.search(r"\d[\d,]*(?:\.\d+)?", str(wanted))
    if figures is None or given is None:
        return False
    told = Fraction(figures[0].replace(",", ""))
    decimals = len(figures[0].partition(".")[2])
    return any(round(given / scale, decimals) == told for scale in (1, 100, 1000))


def _steps_agree(wanted: Sequence[Mapping[str, Any]], given: Sequence[Mapping[str, Any]]) -> bool:
    """Every expected step is foreseen at its instant, in this order; a case may leave steps out."""
    left = iter(given)
    return all(any(_is_step(step, candidate) for candidate in left) for step in wanted)


def _is_step(wanted: Mapping[str, Any], given: Mapping[str, Any]) -> bool:
    return given["kind"] in clock_kinds(wanted["clock"]) and given["at"] == _instant(wanted["at"])


def _instant(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text)
