"""Retellings of a dispute: when it opens and for what, who answers, escalates, decides or appeals, and what was not done."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping
from typing import Any

from tests.cases.case_file import Act, Case
from tests.cases.story import NotTranslatedError
from tests.cases.telling import (
    AMOUNT,
    INSTANT,
    Change,
    first_act,
    minor_units,
    moment,
    patterns,
    unchanged,
    with_acts,
    without_acts,
)
from tests.cases.vocabulary import GROUNDS, WRONG_GOODS, UnknownWordError, grounds, plain

AT = rf"(?:(?:already )?(?:on|at) )?(?P<at>{INSTANT[1:-1]})(?: already)?"
_PARTY = r"(?:the )?(?P<by>buyer|supplier|mediator|supervisor|platform|both(?: sides)?)"
_HAD = r"(?:had |has |have )?"
_REASON = r"(?:with (?:its |a |the )?(?:written )?reason)"
_WAS = r"(?:is |was |has been |had been |will be )?"

# The beginnings of the words for what people do in a dispute, and the acts that do it.
DEEDS: Mapping[str, frozenset[str]] = {
    "accept": frozenset({"accept", "accept_offer", "change_accepted"}),
    "answer": frozenset({"answer_dispute"}),
    "respon": frozenset({"answer_dispute"}),
    "appeal": frozenset({"appeal", "appeal_refusal"}),
    "book": frozenset({"inspection_book"}),
    "counter": frozenset({"counter_offer"}),
    "decid": frozenset({"decide", "decision_final"}),
    "decision": frozenset({"decide", "decision_final"}),
    "declin": frozenset({"decline_offer"}),
    "escalat": frozenset({"escalate", "escalated"}),
    "exten": frozenset({"extend"}),
    "named": frozenset({"name_mediator"}),
    "offer": frozenset({"offer"}),
    "reject": frozenset({"reject_lot"}),
    "settle": frozenset({"settle"}),
    "waive": frozenset({"waive"}),
    "withdr": frozenset({"withdraw"}),
}

# What a claim consists of, beside its reason.
CLAIMED = ("claims", "lines", "evidence", "wish")


def put(case: Case, act: Act) -> Case:
    """Tell an act: it takes the place of the one of its kind by the same side, or of the clock's; else it is added."""
    told = next(
        (a for a in case.timeline if a.act == act.act and a.by in {act.by, "both", "clock"}), None
    )
    kept = tuple(a for a in case.timeline if a is not told)
    return dataclasses.replace(case, timeline=(*kept, act))


def _not_done(case: Case, found: re.Match[str]) -> Case:
    """Nobody, or not the side that is named, has done it."""
    words = plain(found["deed"])
    undone = next(acts for stem, acts in DEEDS.items() if words.startswith(stem))
    by = plain(found.groupdict().get("by") or "")
    sides = {by, "both"} if by else {act.by for act in case.timeline}
    kept = tuple(a for a in case.timeline if a.act not in undone or a.by not in sides)
    return dataclasses.replace(case, timeline=kept)


def claim_told(case: Case, named: str) -> dict[str, Any]:
    """Return what a claim of a case is for: what is named, what its questions claim, or what customs found."""
    if named:
        try:
            grounds(named)
        except UnknownWordError:
            raise NotTranslatedError(f"the reason {named!r}") from None
    tried = [q.details for q in case.questions if q.details.get("act") == "open_dispute"]
    opened = [act.details for act in case.timeline if act.act == "open_dispute"]
    for details in (*opened, *tried):
        reason = details.get("reason") or "quality"
        if not named or _same_grounds(named, reason):
            return {"reason": reason, **{k: details[k] for k in CLAIMED if k in details}}
    if named:
        return {"reason": named}
    seized = (a for a in case.timeline if a.act == "seizure")
    if any(WRONG_GOODS.search(str(act.details.get("notice"))) for act in seized):
        return {"reason": "counterfeit"}
    if any(act.act == "delivery_proof" for act in case.timeline):
        # Of goods that are there, and of which nothing else is said, their quality is disputed.
        return {"reason": "quality"}
    raise NotTranslatedError("a dispute without a reason")


def _same_grounds(one: str, other: str) -> bool:
    try:
        return set(grounds(one)) == set(grounds(other))
    except UnknownWordError:
        return False


def _lines_told(text: str | None) -> dict[str, Any]:
    return {"lines": [int(number) for number in re.findall(r"\d+", text)]} if text else {}


def _terms_told(text: str | None) -> dict[str, Any]:
    return {"claims": re.findall(r"T\d+", text)} if text else {}


def _opened(case: Case, found: re.Match[str]) -> Case:
    """A dispute opens; one that the case tells of opens then instead."""
    named = (found["quoted"] or found["ground"] or "").strip("'\" ")
    details = {
        **claim_told(case, named),
        **_lines_told(found["lines"]),
        **_terms_told(found["terms"]),
    }
    at = moment(found["at"], case)
    return put(case, Act(at=at, by="buyer", act="open_dispute", details=details))


def _claimed_instead(case: Case, found: re.Match[str]) -> Case:
    """The dispute that the case tells of is for something else."""
    told = first_act(case, "open_dispute")
    named = (found["quoted"] or found["ground"]).strip()
    if plain(named) not in GROUNDS:
        raise NotTranslatedError(f"the reason {named!r}")
    details = {
        **{k: v for k, v in told.details.items() if k not in {"claims", "lines"}},
        "reason": named,
        **_lines_told(found["lines"]),
        **_terms_told(found["terms"]),
    }
    return put(case, dataclasses.replace(told, details=details))


def _withdrawn(case: Case, found: re.Match[str]) -> Case:
    at = moment(found["at"], case)
    earlier = next((act.details for act in case.timeline if act.act == "withdraw"), {})
    details = {"restates": found["what"]} if found["what"] else dict(earlier)
    return put(case, Act(at=at, by="buyer", act="withdraw", details=details))


def _answered(case: Case, found: re.Match[str]) -> Case:
    """The supplier answers then: with what is named, or as the case tells."""
    at = moment(found["at"], case)
    earlier = next((act.details for act in case.timeline if act.act == "answer_dispute"), {})
    groups = found.groupdict()
    if groups.get("declined"):
        details: Mapping[str, Any] = {"answer": "decline"}
    elif groups.get("how") and "offer" in earlier:
        details = earlier
    else:
        details = {"answer": "counter"} if groups.get("how") else earlier or {"answer": "counter"}
    return put(case, Act(at=at, by="supplier", act="answer_dispute", details=details))


def _named(case: Case, found: re.Match[str]) -> Case:
    details = {"who": found["who"]} if found["who"] else {}
    at = moment(found["at"], case)
    return put(case, Act(at=at, by="platform", act="name_mediator", details=details))


def _appealed(case: Case, found: re.Match[str]) -> Case:
    at = moment(found["at"], case)
    by = plain(found["by"])
    names = found["names"] or "new evidence"
    act = "appeal_refusal" if found["refusal"] else "appeal"
    return put(case, Act(at=at, by=by, act=act, details={"names": names}))


def _by_party(name: str, **details: Any) -> Change:
    def change(case: Case, found: re.Match[str]) -> Case:
        by = plain(found["by"]).removesuffix(" sides")
        at = moment(found["at"], case)
        return put(case, Act(at=at, by=by, act=name, details=details))

    return change


def _extended(case: Case, found: re.Match[str]) -> Case:
    clock = next((a.details for a in case.timeline if a.act == "extend"), {"clock": "negotiation"})
    by = plain(found["by"]).removesuffix(" sides")
    at = moment(found["at"], case)
    return with_acts(case, Act(at=at, by=by, act="extend", details=clock))


def _offer_met(case: Case, found: re.Match[str]) -> Case:
    """The offer that lies there is accepted or declined by the other side."""
    offers = [act for act in case.timeline if act.act in {"offer", "counter_offer"}]
    if not offers:
        raise NotTranslatedError("no offer to accept or decline")
    by = "buyer" if offers[-1].by == "supplier" else "supplier"
    act = "accept_offer" if found["end"].startswith("accept") else "decline_offer"
    amount = offers[-1].details.get("amount")
    details = {} if amount is None else {"amount": amount}
    return put(case, Act(at=moment(found["at"], case), by=by, act=act, details=details))


def _settled(case: Case, found: re.Match[str]) -> Case:
    details = {"amount": minor_units(case, found["amount"])}
    at = moment(found["at"], case)
    return put(case, Act(at=at, by="both", act="settle", details=details))


def _decided(case: Case, found: re.Match[str]) -> Case:
    """The mediator decides then: as is named, else as the case tells, else as the rules recommend."""
    at = moment(found["at"], case)
    earlier = next((act.details for act in case.timeline if act.act == "decide"), {})
    details = dict(earlier)
    if found["outcome"]:
        details = {"outcome": plain(found["outcome"])}
        if found["amount"]:
            details["amount"] = minor_units(case, found["amount"])
    return put(case, Act(at=at, by="mediator", act="decide", details=details))


def _wished(case: Case, found: re.Match[str]) -> Case:
    at = moment(found["at"], case)
    details = {"wish": plain(found["wish"])}
    return with_acts(case, Act(at=at, by="buyer", act="state_wish", details=details))


def _reports(case: Case) -> list[Act]:
    return [act for act in case.timeline if act.act == "inspection_report"]


def _report_moved(case: Case, found: re.Match[str]) -> Case:
    """The latest report came at another instant; nothing that rests on it is moved."""
    reports = _reports(case)
    if not reports:
        raise NotTranslatedError("no report that comes at another instant")
    moved = dataclasses.replace(reports[-1], at=moment(found["at"], case))
    kept = tuple(act for act in case.timeline if act is not reports[-1])
    return dataclasses.replace(case, timeline=(*kept, moved))


def _only_report(case: Case, found: re.Match[str]) -> Case:
    """Say nothing new where the case tells of one report, of that day if one is named."""
    days = {f"{act.at.day} {act.at:%B}".casefold() for act in _reports(case)}
    dates = {act.at.date().isoformat() for act in _reports(case)}
    named = found["day"]
    if len(_reports(case)) != 1 or (named and plain(named) not in days | dates):
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
    at = moment(found["at"], case)
    return with_acts(case, Act(at=at, by="inspector", act="inspection_report", details=details))


def _counted_in_report(case: Case, found: re.Match[str]) -> Case:
    """A further report with its counts by class."""
    counts = {name: int(found[name] or 0) for name in ("critical", "major", "minor")}
    sample = {} if found["n"] is None else {"n": int(found["n"])}
    at = moment(found["at"], case)
    details = {**counts, **sample}
    return with_acts(case, Act(at=at, by="inspector", act="inspection_report", details=details))


def _evidence_given(case: Case, found: re.Match[str]) -> Case:
    at = moment(found["at"], case)
    details = {"items": [found["items"] or "evidence"]}
    by = plain(found["by"])
    return with_acts(case, Act(at=at, by=by, act="evidence", details=details))


_DEED = rf"(?P<deed>(?:{'|'.join(DEEDS)})\w*)"
_ON_LINES = r"(?: on O\d+)?(?: on (?P<lines>lines? \d+(?:(?:,| and) ?\d+)*))?"
_ON_TERMS = r"(?: (?:on|naming) (?P<terms>T\d+(?:(?:,| and) ?T\d+)*))?"

DISPUTES = patterns(
    (
        (
            r"(?:a |the )?(?:(?P<ground>'[^']+'|[\w -]+?) )?(?:dispute|claim)(?: (?:for |of )?'(?P<quoted>[^']+)')?"
            rf"{_ON_LINES}{_ON_TERMS} {_WAS}opened {AT}"
        ),
        _opened,
    ),
    (
        (
            r"(?:the )?(?:claim|dispute) (?:is |was )?(?:for )?(?:'(?P<quoted>[^']+)'|(?P<ground>[\w -]+?))"
            rf"{_ON_LINES}{_ON_TERMS} instead"
        ),
        _claimed_instead,
    ),
    (
        rf"(?:the (?:buyer|claim|dispute) )?{_WAS}(?:withdrawn|withdrew|withdraws) {AT}(?:, restating (?P<what>.+))?",
        _withdrawn,
    ),
    (
        (
            rf"the supplier {_HAD}(?P<declined>declined|declines)(?: the (?:claim|dispute))?(?:,? {_REASON})?"
            rf"(?:,? (?:and )?without an offer)?,? {AT}"
        ),
        _answered,
    ),
    (
        (
            rf"the supplier {_HAD}(?:answered|answers|responded|responds)"
            rf"(?: (?P<how>with (?:a |an )?(?:counter-?offer|offer)))?,? {AT}"
        ),
        _answered,
    ),
    (
        rf"(?:a |the )?(?:mediator|supervisor)(?: (?P<who>[A-Z]\d+))? {_WAS}named {AT}",
        _named,
    ),
    (
        (
            rf"the (?P<by>buyer|supplier) {_HAD}appeal(?:s|ed)(?: (?:the )?(?:decision|(?P<refusal>refusal)))?,? {AT}"
            r"(?:,? naming (?P<names>.+))?"
        ),
        _appealed,
    ),
    (rf"{_PARTY} {_HAD}(?:escalated|escalates?) {AT}", _by_party("escalate")),
    (rf"{_PARTY} {_HAD}(?:extended|extends?)(?: the negotiation)? {AT}", _extended),
    (rf"{_PARTY} {_HAD}(?:rejected|rejects) the lot {AT}", _by_party("reject_lot")),
    (
        rf"{_PARTY} {_HAD}(?:asked|asks|chose|chooses)(?: for)?(?: the)? rework {AT}",
        _by_party("ask_rework"),
    ),
    (
        rf"the buyer {_HAD}(?:asked|asks|wished|wishes) for (?P<wish>performance) {AT}",
        _wished,
    ),
    (
        rf"(?:{_PARTY} {_HAD})?(?:gave|gives|submitted|submits) (?:the )?(?P<items>.+) as evidence {AT}",
        _evidence_given,
    ),
    (
        rf"(?:the |its )?offer {_WAS}(?P<end>accepted|declined) {AT}",
        _offer_met,
    ),
    (rf"(?:both |the parties |they )?(?:settled|settle) (?:for|on) {AMOUNT} {AT}", _settled),
    (
        (
            rf"(?:the )?(?:(?:mediator|supervisor) {_HAD}(?:decided|decides)|case {_WAS}decided|it {_WAS}decided)"
            r"(?: (?:for )?(?:a |the )?(?P<outcome>for the supplier|full refund|price reduction|partial refund)"
            rf"(?: of {AMOUNT})?)? {AT}"
        ),
        _decided,
    ),
    (
        rf"(?:the )?(?P<by>buyer|supplier|platform|both sides) (?:had|has|have) not {_DEED}(?: (?:yet|before))?",
        _not_done,
    ),
    (rf"never {_DEED}", _not_done),
    (rf"no {_DEED} (?:yet|before)", _not_done),
    (
        rf"(?:the )?(?:(?:second|last|only) )?report (?:came|comes|is made|was made|is|was) {AT}",
        _report_moved,
    ),
    (
        r"the report(?: of (?P<day>\d{1,2} [A-Za-z]+|\d{4}-\d\d-\d\d))? is the only one",
        _only_report,
    ),
    (
        (
            rf"(?:a|the) (?:second |further |new )?report of {AT} finds (?P<term>T\d+) failed on (?P<k>\d+) of (?P<n>\d+)"
            r"(?: of (?:a lot of )?(?P<lot>\d+))?"
        ),
        _failed_on,
    ),
    (
        (
            rf"(?:a|the) (?:second |further |new )?report of {AT}(?: on (?P<n>\d+))? finds critical (?P<critical>\d+),"
            r" major (?P<major>\d+),? (?:and )?minor (?P<minor>\d+)"
        ),
        _counted_in_report,
    ),
    (r"nothing is (?:ever )?sent back", without_acts("return_sent")),
    (r"nobody appeals(?: it)?", unchanged),
)
