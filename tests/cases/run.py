"""One case from its file to its findings: per question `agrees`, `differs` or `not translated`, with both answers."""

from __future__ import annotations

import dataclasses
import datetime as dt
import traceback
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import Any

import psycopg

from fairlot.application.outcome import Unavailable
from fairlot.domain.order.refusals import Refused
from tests.cases.acts import ACTS
from tests.cases.acts.mediation import with_decisions_made, with_hearings_held
from tests.cases.asks import ASKS
from tests.cases.asks.asked import Asked
from tests.cases.case_file import Case, Question
from tests.cases.compare import Missing, differences
from tests.cases.desk import Office
from tests.cases.story import NotTranslatedError, Story
from tests.cases.supplier import NoRateError
from tests.cases.variants import applied
from tests.cases.vocabulary import UnknownWordError

# A case without acts is asked so long before its shipment date.
BEFORE_SHIPMENT = dt.timedelta(days=60)
# What a case told otherwise than expected, or a fault of the product, may raise.
FAILURES = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    NameError,
    TypeError,
    ValueError,
    Refused,
    Unavailable,
    psycopg.Error,
)
PRODUCT = f"{Path('src') / 'fairlot'}"


class Verdict(StrEnum):
    """How an answer of the product compares with the one worked out by hand."""

    AGREES = "agrees"
    DIFFERS = "differs"
    NOT_TRANSLATED = "not translated"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What became of one question; `notes` are acts that the product refused on the way."""

    question: str
    ask: str
    verdict: Verdict
    expected: Mapping[str, Any]
    answer: Mapping[str, Any] | None = None
    differs_in: tuple[str, ...] = ()
    reason: str = ""
    notes: tuple[str, ...] = ()


def run_case(office: Office, case: Case) -> list[Finding]:
    """Ask every question of a case, each of a story of its own."""
    return [_found(office, case, question) for question in case.questions]


def _found(office: Office, case: Case, question: Question) -> Finding:
    try:
        return _asked(office, case, question)
    except (NotTranslatedError, NoRateError, UnknownWordError) as gap:
        return _untranslated(question, str(gap))
    except FAILURES as error:
        # Where it broke says whose fault it is: a case told otherwise than expected, or the product.
        where = traceback.extract_tb(error.__traceback__)[-1]
        told = f"{type(error).__name__}: {error} in {where.name}"
        if PRODUCT in where.filename:
            return _finding(question, Verdict.DIFFERS, reason=f"the product failed: {told}")
        return _untranslated(question, f"could not be read: {told}")


def _untranslated(question: Question, reason: str) -> Finding:
    return _finding(question, Verdict.NOT_TRANSLATED, reason=reason)


def _finding(question: Question, verdict: Verdict, **more: Any) -> Finding:
    return Finding(
        question=question.id,
        ask=question.ask,
        verdict=verdict,
        expected=question.expected,
        **more,
    )


def _asked(office: Office, case: Case, question: Question) -> Finding:
    answerer = ASKS.get(question.ask)
    if answerer is None:
        raise NotTranslatedError(f"no translation of the question {question.ask!r}")
    told = applied(case, question)
    stories: list[Story] = []

    def again() -> Story:
        story = _played(office, told, question)
        stories.append(story)
        return story

    asked = Asked(story=again(), question=question, again=again)
    answer = answerer(asked)
    differing = differences(question.expected, answer)
    missing = [name for name, given in differing.items() if given is Missing]
    notes = tuple(stories[0].refused)
    if len(missing) < len(differing):
        verdict = Verdict.DIFFERS
    elif missing:
        verdict = Verdict.NOT_TRANSLATED
    else:
        verdict = Verdict.AGREES
    return _finding(
        question,
        verdict,
        answer=answer,
        differs_in=tuple(name for name in differing if name not in missing),
        reason=f"no answer to {', '.join(missing)}" if missing else "",
        notes=notes,
    )


def _played(office: Office, case: Case, question: Question) -> Story:
    """Play a case up to a question, with a worker that is always there, or with none at all."""
    if case.policy not in office.policies:
        raise NotTranslatedError(f"no edition {case.policy!r} ships with the product")
    office.now = _beginning(case, question)
    story = Story(office, case, acts=ACTS, worker_runs=question.worker_has_run)
    policy = story.desk.policy
    acts = with_decisions_made(case.acts_until(question), policy)
    story.play(with_hearings_held(acts, policy))
    asked_at = question.event_at or question.at
    if asked_at is not None:
        story.wait_until(asked_at)
    if question.worker_has_run:
        story.run_worker()
    return story


def _beginning(case: Case, question: Question) -> dt.datetime:
    if case.timeline:
        return min(act.at for act in case.timeline)
    if question.at is not None:
        return question.at
    date = case.contract.get("shipment_date")
    if date is None:
        raise NotTranslatedError("a case without any date")
    shipped_at = dt.datetime.combine(dt.date.fromisoformat(date), dt.time(12), tzinfo=dt.UTC)
    return shipped_at - BEFORE_SHIPMENT
