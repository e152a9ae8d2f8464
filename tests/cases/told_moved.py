"""Retellings of the whole story at another time: earlier or later, by a length, a year, or until its dispute fits."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from typing import Any

from tests.cases.case_file import Case, instant
from tests.cases.telling import INSTANT, first_act, moment, patterns


def _opened(case: Case, found: re.Match[str]) -> Case:
    """The same story, moved so that its dispute opens at another instant."""
    return _shifted(case, moment(found[1], case) - first_act(case, "open_dispute").at)


def _year_earlier(case: Case, _: re.Match[str]) -> Case:
    timeline = tuple(
        dataclasses.replace(
            act,
            at=_same_day(act.at, years=-1),
            details={name: _a_year_earlier(value) for name, value in act.details.items()},
        )
        for act in case.timeline
    )
    contract = {
        **case.contract,
        "shipment_date": _a_year_earlier(case.contract.get("shipment_date")),
    }
    return dataclasses.replace(case, timeline=timeline, contract=contract)


def _moved_by(case: Case, found: re.Match[str]) -> Case:
    """The same story, earlier or later by a length."""
    count = int(found["count"]) if found["count"].isdecimal() else 1
    length = dt.timedelta(**{f"{found['unit'].casefold()}s": count})
    return _shifted(case, length if found["way"] == "later" else -length)


def _a_year_earlier(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    return re.sub(r"^(\d{4})(?=-\d\d-\d\d)", lambda year: str(int(year[1]) - 1), value)


def _same_day(at: dt.datetime, *, years: int) -> dt.datetime:
    return at.replace(year=at.year + years)


def _shifted(case: Case, length: dt.timedelta) -> Case:
    """Move every act, and the dates of contract and acts, by a length."""
    days = dt.timedelta(days=round(length / dt.timedelta(days=1)))

    def shift(value: Any) -> Any:
        if not isinstance(value, str):
            return value
        try:
            if "T" in value:
                return (instant(value) + length).isoformat()
            return (dt.date.fromisoformat(value) + days).isoformat()
        except ValueError:
            return value

    timeline = tuple(
        dataclasses.replace(
            act,
            at=act.at + length,
            details={name: shift(value) for name, value in act.details.items()},
        )
        for act in case.timeline
    )
    contract = {**case.contract, "shipment_date": shift(case.contract.get("shipment_date"))}
    return dataclasses.replace(case, timeline=timeline, contract=contract)


MOVED = patterns(
    (rf"(?:the dispute is |the dispute was )?opened (?:on |at )?{INSTANT}", _opened),
    (r"all a year earlier", _year_earlier),
    (
        r"(?:all|everything|the same) (?P<count>an?|one|\d+) (?P<unit>second|minute|hour|day|week)s? (?P<way>earlier|later)",
        _moved_by,
    ),
)
