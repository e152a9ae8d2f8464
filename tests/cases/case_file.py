"""A file of cases: one JSON object a line, with a contract, dated acts and questions; read strictly, judged elsewhere."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from fairlot.domain.policy.model import Policy

END = "end"
_ACT_FIELDS = frozenset({"at", "by", "act"})


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """Somebody did something at an instant; `details` are the fields that only this act has."""

    at: dt.datetime
    by: str
    act: str
    details: Mapping[str, Any] = dataclasses.field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.by}: {self.act} at {self.at.isoformat()}"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked, of which moment (`at_end`: after everything, money settled), and the answer worked out by hand."""

    id: str
    ask: str
    at: dt.datetime | None
    at_end: bool
    details: Mapping[str, Any]
    expected: Mapping[str, Any]

    @property
    def event_at(self) -> dt.datetime | None:
        """Return when the event happens that a question brings with it, or None."""
        event = self.details.get("event")
        return instant(event["at"]) if isinstance(event, Mapping) else None

    @property
    def worker_has_run(self) -> bool:
        """Say whether anybody may have run what was due before the question."""
        return self.details.get("worker_has_run", True) is not False


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One contract, what happened, and what is asked about it."""

    id: str
    title: str
    policy: str
    contract: Mapping[str, Any]
    timeline: tuple[Act, ...]
    questions: tuple[Question, ...]
    # What an operator changed in the edition, and when the buyer learned of a fraud, where a question tells of it.
    amendments: tuple[Callable[[Policy], Policy], ...] = ()
    known_at: dt.datetime | None = None

    def acts_until(self, question: Question) -> tuple[Act, ...]:
        """Return what is known when a question is asked.

        A question that carries an act comes just before that act; one that brings an event of its own has it happen in
        the place of what the timeline tells of that instant; any other comes after what happened at its instant.
        """
        if question.at is None:
            return self.timeline
        if question.ask == "admits" or "act" in question.details:
            told = self.act_asked(question)
            earlier = self.timeline if told is None else self.timeline[: self.timeline.index(told)]
            return tuple(
                act
                for act in self.timeline
                if act.at < question.at or (told and act.at == question.at and act in earlier)
            )
        return tuple(
            act for act in self.timeline if act.at <= question.at and act.at != question.event_at
        )

    def act_asked(self, question: Question) -> Act | None:
        """Return the act of the timeline that a question asks of by its version, or None: others share its instant."""
        asked = question.details
        version = asked.get("version")
        return next(
            (
                act
                for act in self.timeline
                if version is not None
                and (act.at, act.act, act.by) == (question.at, asked.get("act"), asked.get("by"))
                and act.details.get("version") == version
            ),
            None,
        )


def instant(text: str) -> dt.datetime:
    """Read an ISO instant with its offset, as the product keeps it: in UTC. Raises ValueError."""
    read = dt.datetime.fromisoformat(text)
    if read.tzinfo is None:
        raise ValueError(f"{text} has no offset")
    return read.astimezone(dt.UTC)


def read_act(raw: Mapping[str, Any]) -> Act:
    """Read one act of a timeline or of a question."""
    return Act(
        at=instant(raw["at"]),
        by=raw["by"],
        act=raw["act"],
        details={name: value for name, value in raw.items() if name not in _ACT_FIELDS},
    )


def read_cases(path: Path) -> list[Case]:
    """Read a file of cases. Raises ValueError or KeyError for a line that is none."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [_case(json.loads(line)) for line in lines if line.strip()]


def _case(raw: Mapping[str, Any]) -> Case:
    return Case(
        id=raw["id"],
        title=raw.get("title", ""),
        policy=raw["policy"],
        contract=raw["contract"],
        timeline=tuple(read_act(act) for act in raw["timeline"]),
        questions=tuple(_question(question) for question in raw["questions"]),
    )


def _question(raw: Mapping[str, Any]) -> Question:
    at = raw.get("at")
    return Question(
        id=raw["q"],
        ask=raw["ask"],
        at=None if at in {None, END} else instant(at),
        at_end=at == END,
        details=raw.get("args") or {},
        expected=raw["expected"],
    )
