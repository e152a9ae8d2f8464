"""Retellings of the course that a dispute took: what an answer was, what came instead of it, how all ended, what went back."""

from __future__ import annotations

import dataclasses
import re

from tests.cases.case_file import Act, Case
from tests.cases.story import ONE_SECOND, NotTranslatedError
from tests.cases.telling import (
    AFTERWARD,
    DAY,
    DECIDED_IN,
    INSTANT,
    first_act,
    last_at,
    moment,
    patterns,
    with_acts,
)
from tests.cases.told_disputes import AT, answered, claim_told, claimed_instead, put, sent_back
from tests.cases.vocabulary import MODES, plain


def _answer_was(case: Case, found: re.Match[str]) -> Case:
    """The one answer that is told of was of another kind; what it offered in words stays a word."""
    told = [act for act in case.timeline if act.act == "answer_dispute"]
    days = {f"{act.at.day} {act.at:%b}".casefold() for act in told}
    days |= {f"{act.at.day} {act.at:%B}".casefold() for act in told}
    days |= {act.at.date().isoformat() for act in told}
    if len(told) != 1 or plain(found["day"]) not in days:
        raise NotTranslatedError(f"which answer {found[0]!r} means")
    how = "decline" if found["how"] == "decline" else "counter"
    return put(case, dataclasses.replace(told[0], details={"answer": how}))


def _message_instead(case: Case, _: re.Match[str]) -> Case:
    """A message is no answer (ruling A48)."""
    kept = tuple(act for act in case.timeline if act.act != "answer_dispute")
    return dataclasses.replace(case, timeline=kept)


def _opened_and_withdrawn(case: Case, found: re.Match[str]) -> Case:
    """The dispute and the withdrawal that are told of, each at another instant."""
    for name, at in (("open_dispute", found["at"]), ("withdraw", found["withdrawn"])):
        case = put(case, dataclasses.replace(first_act(case, name), at=moment(at, case)))
    return case


def _opened_and_refunded(case: Case, found: re.Match[str]) -> Case:
    at = moment(found["at"], case)
    details = claim_told(case, "")
    case = put(case, Act(at=at, by="buyer", act="open_dispute", details=details))
    final_at = max(last_at(case), at) + DECIDED_IN
    final = {"outcome": found["outcome"].casefold()}
    return with_acts(case, Act(at=final_at, by="platform", act="decision_final", details=final))


def _opened_at_last(case: Case, found: re.Match[str]) -> Case:
    """A dispute of which no day is told opens a day after everything."""
    named = found["quoted"].strip("'")
    details = claim_told(case, named)
    at = last_at(case) + AFTERWARD
    return put(case, Act(at=at, by="buyer", act="open_dispute", details=details))


def _condition_reported(case: Case, _: re.Match[str]) -> Case:
    """The goods' condition is recorded before they leave, right after all that is told."""
    at = last_at(case) + ONE_SECOND
    details = {"when": "before leaving", "same": True}
    return with_acts(case, Act(at=at, by="inspector", act="condition_report", details=details))


_POSTED = r"(?:,? with (?:the carrier's |a )?proof of posting)?"

COURSES = patterns(
    (
        rf"(?:the |its )?(?:supplier's )?answer of (?P<day>{DAY}|\d{{1,2}} [A-Z][a-z]{{2}}) (?:was|is) (?:a |an )?(?:plain |flat |simple )?(?P<how>counter(?:-?offer)?|decline|offer)(?:,? (?:and )?not (?:a |an )?(?:plain |flat |simple )?(?:counter(?:-?offer)?|decline|offer)|: (?P<what>.+))?",
        _answer_was,
    ),
    (
        rf"(?:the )?only answer (?:is|was) (?:a |an )?(?P<how>counter(?:-?offer)?|offer) (?:of|on|at) (?P<at>{INSTANT[1:-1]})",
        answered,
    ),
    (
        r"instead of an answer (?:only )?a message(?: of [\w ]+?)?(?:: .+)?",
        _message_instead,
    ),
    (
        rf"opened {AT},? (?:and )?withdrawn so {AT.replace('<at>', '<withdrawn>')}",
        _opened_and_withdrawn,
    ),
    (
        r"the (?:dispute|claim) (?:is|was) (?:about|for) (?P<ground>[A-Za-z][\w -]*?) (?:alone|only)(?P<quoted>)(?P<lines>)(?P<terms>)",
        claimed_instead,
    ),
    (
        rf"(?:the goods (?:are|were) )?sent {AT} by (?P<mode>\w+){_POSTED}",
        sent_back,
    ),
    (
        rf"(?:the goods (?:are|were) )?sent by (?P<mode>{'|'.join(MODES)}) {AT}{_POSTED}",
        sent_back,
    ),
    (r"condition report before leaving", _condition_reported),
    (
        rf"a dispute (?:is |was )?opened {AT} ends in (?:a |the )?(?P<outcome>full refund)",
        _opened_and_refunded,
    ),
    (
        r"dispute for (?P<quoted>'[^']+'|[a-z][a-z -]*?)(?P<lines>)(?P<terms>)",
        _opened_at_last,
    ),
)
