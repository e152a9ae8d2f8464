"""Retellings of inspections: what a report finds, when it comes, which there is, and what came of the lot."""

from __future__ import annotations

import dataclasses
import re
from typing import Any

from tests.cases.case_file import Act, Case
from tests.cases.story import NotTranslatedError
from tests.cases.telling import AFTERWARD, INSTANT, last_at, moment, patterns, with_acts
from tests.cases.vocabulary import plain

AT = rf"(?:(?:on|at|of) )?(?P<at>{INSTANT[1:-1]})"
CLASSES = ("critical", "major", "minor")
ORDINALS = {"failed": 0, "first": 0, "second": 1, "third": 2, "last": -1, "only": -1, "latest": -1}
_WHICH = rf"(?:the )?(?:(?P<which>{'|'.join(ORDINALS)}) )?(?:inspection )?"
_FINDS = r"(?:finds|found|shows|showed|counts|counted|says|said)"
_EACH = r"(?:,? each unit (?:is )?counted once(?: in its worst class)?)?"
_COUNTS = (
    r"(?P<counts>(?:critical|major|minor) \d+(?:(?:,| and|, and) (?:critical|major|minor) \d+)*"
    r"|\d+ (?:critical|major|minor)(?:(?:,| and|, and) \d+ (?:critical|major|minor))*)(?: defects?)?"
    r"(?: (?:in|on|of)(?: a sample of)? (?P<n>\d+))?"
)


def reports(case: Case) -> list[Act]:
    """Return the reports that a case tells of, the oldest first."""
    told = (act for act in case.timeline if act.act == "inspection_report")
    return sorted(told, key=lambda act: act.at)


def _report(case: Case, which: str | None) -> Act:
    """Return the report that is meant: the only one, or the one of that number. Raises NotTranslatedError."""
    told = reports(case)
    if which is None and len(told) == 1:
        return told[0]
    number = ORDINALS.get(plain(which or ""))
    if number is None or not -len(told) <= number < len(told):
        raise NotTranslatedError(f"which report is meant of {len(told)}")
    return told[number]


def _replaced(case: Case, told: Act, *instead: Act) -> Case:
    kept = tuple(act for act in case.timeline if act is not told)
    return dataclasses.replace(case, timeline=(*kept, *instead))


def _counted(text: str) -> dict[str, int]:
    """Read how many units failed by class; a class that is not named has none."""
    counts = dict.fromkeys(CLASSES, 0)
    for name in CLASSES:
        found = re.search(rf"{name} (\d+)|(\d+) {name}", text, re.IGNORECASE)
        if found is not None:
            counts[name] = int(found[1] or found[2])
    return counts


def _moved(case: Case, found: re.Match[str]) -> Case:
    """A report came at another instant; nothing that rests on it is moved."""
    told = _report(case, found["which"])
    return _replaced(case, told, dataclasses.replace(told, at=moment(found["at"], case)))


def _otherwise(case: Case, found: re.Match[str]) -> Case:
    """A report finds other numbers."""
    told = _report(case, found["which"])
    kept = {k: v for k, v in told.details.items() if k != "findings"}
    sample = {} if found["n"] is None else {"n": int(found["n"])}
    details = {**kept, **_counted(found["counts"]), **sample}
    return _replaced(case, told, dataclasses.replace(told, details=details))


def _bare_counts(case: Case, found: re.Match[str]) -> Case:
    """The one report finds other numbers of the classes named, and the same of the others."""
    told = _report(case, None)
    named = {name: n for name, n in _counted(found["counts"]).items() if name in plain(found[0])}
    kept = {k: v for k, v in told.details.items() if k != "findings"}
    return _replaced(case, told, dataclasses.replace(told, details={**kept, **named}))


def _instead_of(case: Case, found: re.Match[str]) -> Case:
    """One number of the report is another than the one it had."""
    name = found["name"].casefold()
    meant = [act for act in reports(case) if act.details.get(name) == int(found["was"])]
    if len(meant) != 1:
        raise NotTranslatedError(f"the report with {name} {found['was']}")
    kept = {k: v for k, v in meant[0].details.items() if k != "findings"}
    details = {**kept, name: int(found["is"])}
    return _replaced(case, meant[0], dataclasses.replace(meant[0], details=details))


def _passed(case: Case, found: re.Match[str]) -> Case:
    """A report finds nothing."""
    told = _report(case, found["which"])
    kept = {k: v for k, v in told.details.items() if k not in {"findings", "not_checked"}}
    details = {**kept, **dict.fromkeys(CLASSES, 0)}
    return _replaced(case, told, dataclasses.replace(told, details=details))


def _none(case: Case, found: re.Match[str]) -> Case:
    return _replaced(case, _report(case, found["which"]))


def _only_report(case: Case, found: re.Match[str]) -> Case:
    """Say nothing new where the case tells of one report, of that day if one is named."""
    days = {f"{act.at.day} {act.at:%B}".casefold() for act in reports(case)}
    dates = {act.at.date().isoformat() for act in reports(case)}
    named = found["day"]
    if len(reports(case)) != 1 or (named and plain(named) not in days | dates):
        raise NotTranslatedError(f"the report {found[0]!r}")
    return case


def _failed_on(case: Case, found: re.Match[str]) -> Case:
    """A further report finds one term failed on some of its sample: so many units of the term's class."""
    terms = {term["term"]: term for term in case.contract["terms"]}
    term = terms.get(found["term"])
    if term is None or "class" not in term:
        raise NotTranslatedError(f"the term {found['term']!r} and its class")
    lot = found["lot"]
    details = {
        "n": int(found["n"]),
        term["class"]: int(found["k"]),
        "findings": [f"{found['term']}: {found['k']} of {found['n']}"],
        **({} if lot is None else {"lot": int(lot)}),
    }
    return _with_report(case, found, details)


def _further(case: Case, found: re.Match[str]) -> Case:
    """A further report with its numbers by class."""
    sample = {} if found["n"] is None else {"n": int(found["n"])}
    return _with_report(case, found, {**_counted(found["counts"]), **sample})


def _with_report(case: Case, found: re.Match[str], details: dict[str, Any]) -> Case:
    groups = found.groupdict()
    at = moment(groups.get("passed") or found["at"], case)
    return with_acts(case, Act(at=at, by="inspector", act="inspection_report", details=details))


def _further_passed(case: Case, found: re.Match[str]) -> Case:
    return _with_report(case, found, dict.fromkeys(CLASSES, 0))


def _reworked(case: Case, found: re.Match[str]) -> Case:
    """The buyer asked for rework a day after the first report, if the case does not say when."""
    if any(act.act == "ask_rework" for act in case.timeline):
        return case
    if not reports(case):
        raise NotTranslatedError(f"what {found[0]!r} is about")
    at = reports(case)[0].at + AFTERWARD
    return with_acts(case, Act(at=at, by="buyer", act="ask_rework", details={}))


def _new_report(case: Case, found: re.Match[str]) -> Case:
    """A report comes a day after everything, with its numbers and the pieces on which each class was examined."""
    details: dict[str, Any] = _counted(found["counts"])
    details["findings"] = [
        f"{told[1]} class was examined on {told[2]} pieces"
        for told in re.finditer(r"(\w+) \d+ of (\d+)", found["counts"])
    ]
    at = last_at(case) + AFTERWARD
    return with_acts(case, Act(at=at, by="inspector", act="inspection_report", details=details))


REPORTS = patterns(
    (
        r"(?:the )?report: (?P<counts>(?:critical|major|minor) \d+(?: of \d+)?(?:(?:,| and|, and) (?:critical|major|minor) \d+(?: of \d+)?)*)",
        _new_report,
    ),
    (r"(?:the lot (?:is|was) )?reworked", _reworked),
    (
        rf"(?:(?:an?|the) )?(?:second |further |new |inspection )?(?:report {AT} (?:passes|passed|finds nothing|found nothing)|inspection (?:is |was )?passed {AT.replace('<at>', '<passed>')})",
        _further_passed,
    ),
    (
        rf"{_WHICH}report (?:came|comes|is made|was made|is|was)(?: only)? {AT}",
        _moved,
    ),
    (rf"{_WHICH}report {_FINDS} {_COUNTS}{_EACH}", _otherwise),
    (
        r"(?P<counts>(?:critical|major|minor) \d+(?:(?:,| and|, and) (?:critical|major|minor) \d+)*)",
        _bare_counts,
    ),
    (r"(?P<name>critical|major|minor) (?P<is>\d+) instead of (?P<was>\d+)", _instead_of),
    (
        rf"{_WHICH}(?:report|inspection)? ?(?:passes|passed|is passed|was passed|finds nothing|found nothing)",
        _passed,
    ),
    (
        r"(?:there (?:is|was) )?no (?P<which>second|third) (?:inspection|report)(?: report)?",
        _none,
    ),
    (
        r"the report(?: of (?P<day>\d{1,2} [A-Za-z]+|\d{4}-\d\d-\d\d))? is the only one",
        _only_report,
    ),
    (
        (
            rf"(?:a|the) (?:second |further |new |inspection )?report {AT} {_FINDS} (?P<term>T\d+) (?:failed|to fail|failing)"
            r" on (?P<k>\d+) of (?P<n>\d+)(?: of (?:a lot of )?(?P<lot>\d+))?"
        ),
        _failed_on,
    ),
    (
        rf"(?:(?:an?|the) )?(?:second |further |new |inspection )?report {AT}(?: {_FINDS}|:) {_COUNTS}",
        _further,
    ),
)
