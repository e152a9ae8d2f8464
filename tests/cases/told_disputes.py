"""Retellings of a dispute: when it opens and for what, who answers, escalates, decides or appeals, and what was not done."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping
from typing import Any

from tests.cases.case_file import Act, Case
from tests.cases.story import NotTranslatedError
from tests.cases.telling import (
    AFTERWARD,
    AMOUNT,
    INSTANT,
    Change,
    first_act,
    last_at,
    minor_units,
    moment,
    patterns,
    unchanged,
    with_acts,
)
from tests.cases.vocabulary import GROUNDS, WRONG_GOODS, UnknownWordError, grounds, plain

AT = rf"(?:(?:already )?(?:on|at) )?(?P<at>{INSTANT[1:-1]})(?: already)?"
_PARTY = r"(?:the )?(?P<by>buyer|supplier|mediator|supervisor|platform|both sides|both parties|parties|both)"
HAD = r"(?:had |has |have )?"
_REASON = r"(?:with (?:its |a |the )?(?:written )?reason)"
WAS = r"(?:is |was |has been |had been |will be )?"

# What a claim consists of, beside its reason.
CLAIMED = ("claims", "lines", "evidence", "wish")


def put(case: Case, act: Act) -> Case:
    """Tell an act: it takes the place of the one of its kind by the same side, or of the clock's; else it is added."""
    told = next(
        (a for a in case.timeline if a.act == act.act and a.by in {act.by, "both", "clock"}), None
    )
    kept = tuple(a for a in case.timeline if a is not told)
    return dataclasses.replace(case, timeline=(*kept, act))


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
    named = (found["quoted"] or found["plainly"] or found["ground"] or "").strip("'\" ")
    details = {
        **claim_told(case, named),
        **_lines_told(found["lines"]),
        **_terms_told(found["terms"]),
    }
    at = moment(found["at"], case)
    return put(case, Act(at=at, by="buyer", act="open_dispute", details=details))


def _opened_at_once(case: Case, found: re.Match[str]) -> Case:
    """The same in the order of a sentence: the buyer opens a dispute, then when, then why."""
    named = (found["why"] or found["later"] or "").strip("()'\" ")
    details = claim_told(case, named)
    at = moment(found["at"], case)
    return put(case, Act(at=at, by="buyer", act="open_dispute", details=details))


def claimed_instead(case: Case, found: re.Match[str]) -> Case:
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


def _withdrawn_at_last(case: Case, _: re.Match[str]) -> Case:
    """A day after all that is told the claimant gives its claim up."""
    at = last_at(case) + AFTERWARD
    return put(case, Act(at=at, by="buyer", act="withdraw", details={"restates": "the claim"}))


def _confirmed_at_last(case: Case, _: re.Match[str]) -> Case:
    """A day after all that is told the buyer confirms."""
    at = last_at(case) + AFTERWARD
    return put(case, Act(at=at, by="buyer", act="confirm_receipt", details={}))


def answered(case: Case, found: re.Match[str]) -> Case:
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


def _answered_in_time(case: Case, _: re.Match[str]) -> Case:
    """A day after the dispute opened the supplier answers, as the case tells or else with something of its own."""
    at = first_act(case, "open_dispute").at + AFTERWARD
    told = next((act.details for act in case.timeline if act.act == "answer_dispute"), None)
    details = told or {"answer": "counter"}
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


def _appealed_as_asked(case: Case, found: re.Match[str]) -> Case:
    """Of an appeal that names nobody the questions say whose it is and what it names."""
    tried = [q.details for q in case.questions if str(q.details.get("act")).startswith("appeal")]
    kinds = {(str(asked["act"]), str(asked["by"])) for asked in tried}
    if len(kinds) != 1:
        raise NotTranslatedError(f"whose appeal {found[0]!r} is")
    ((name, by),) = kinds
    details = {"names": tried[0].get("names") or "new evidence"}
    return put(case, Act(at=moment(found["at"], case), by=by, act=name, details=details))


def _side(words: str | None) -> str:
    """Return who acts: one side, or both; where nobody is named, the buyer."""
    by = plain(words or "buyer")
    return "both" if by in {"both sides", "both parties", "parties", "both"} else by


def _by_party(name: str, **details: Any) -> Change:
    def change(case: Case, found: re.Match[str]) -> Case:
        by = _side(found["by"])
        at = moment(found["at"], case)
        return put(case, Act(at=at, by=by, act=name, details=details))

    return change


def _extended(case: Case, found: re.Match[str]) -> Case:
    clock = next((a.details for a in case.timeline if a.act == "extend"), {"clock": "negotiation"})
    by = _side(found.groupdict().get("by", "both"))
    at = moment(found["at"], case)
    return with_acts(case, Act(at=at, by=by, act="extend", details=clock))


def _waived(case: Case, found: re.Match[str]) -> Case:
    at = moment(found["at"] or found["later"], case)
    earlier = next((act.details for act in case.timeline if act.act == "waive"), {})
    details = {**earlier, "signed": True}
    return put(case, Act(at=at, by="buyer", act="waive", details=details))


def _inspection_booked(case: Case, found: re.Match[str]) -> Case:
    """The booking that is told of, else one at the usual fee, is made then."""
    earlier = [act for act in case.timeline if act.act == "inspection_book"]
    company = {"company": found["company"]} if found["company"] else {}
    details = {"fee_advanced": True, **(earlier[0].details if earlier else {}), **company}
    by = _side(found["by"]) if found["by"] else earlier[0].by if earlier else "buyer"
    return put(
        case, Act(at=moment(found["at"], case), by=by, act="inspection_book", details=details)
    )


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


def _decided_otherwise(case: Case, found: re.Match[str]) -> Case:
    """The decision that the case tells of is another."""
    told = next((act for act in case.timeline if act.act in {"decide", "decision_final"}), None)
    if told is None:
        raise NotTranslatedError("no decision to tell otherwise")
    details: dict[str, Any] = {"outcome": plain(found["outcome"])}
    if found["amount"]:
        details["amount"] = minor_units(case, found["amount"])
    return put(case, dataclasses.replace(told, details=details))


def _claimed_terms(case: Case, found: re.Match[str]) -> Case:
    """The dispute that the case tells of stands on other terms."""
    told = first_act(case, "open_dispute")
    details = {**told.details, **_lines_told(found["lines"]), **_terms_told(found["terms"])}
    return put(case, dataclasses.replace(told, details=details))


def sent_back(case: Case, found: re.Match[str]) -> Case:
    details = {"mode": found["mode"]} if found["mode"] else {}
    at = moment(found["at"], case)
    return put(case, Act(at=at, by="buyer", act="return_sent", details=details))


def _came_back(case: Case, found: re.Match[str]) -> Case:
    """What was sent back arrives; what was not cannot."""
    sent = any(act.act == "return_sent" for act in case.timeline)
    if not sent and not found["back"]:
        raise NotTranslatedError(f"what is meant by {found[0]!r}")
    at = moment(found["at"], case)
    return put(case, Act(at=at, by="carrier", act="return_arrived", details={}))


def _wished(case: Case, found: re.Match[str]) -> Case:
    at = moment(found["at"], case)
    details = {"wish": plain(found["wish"])}
    return with_acts(case, Act(at=at, by="buyer", act="state_wish", details=details))


def _evidence_given(case: Case, found: re.Match[str]) -> Case:
    at = moment(found["at"], case)
    details = {"items": [found["items"] or "evidence"]}
    by = plain(found["by"])
    return with_acts(case, Act(at=at, by=by, act="evidence", details=details))


_ON_LINES = r"(?: on O\d+)?(?: on (?P<lines>lines? \d+(?:(?:,| and) ?\d+)*))?"
_ON_TERMS = r"(?: (?:on|naming|about) (?P<terms>T\d+(?:(?:,| and) ?T\d+)*))?"
_OUTCOMES = r"(?P<outcome>for the supplier|full refund(?: (?:against|after|without) return)?|price reduction|partial refund)"
_OUTCOME = rf"(?:(?:for )?(?:a |the )?{_OUTCOMES}(?: of {AMOUNT})?)"

_OUTCOME_SHORT = rf"(?:for )?(?:a |the )?{_OUTCOMES}(?: (?:of )?{AMOUNT})?"

DISPUTES = patterns(
    (
        (
            r"(?:a |the )?(?:(?P<ground>'[^']+'|[\w -]+?) )?(?:dispute|claim)"
            r"(?: (?:for |of |about )?'(?P<quoted>[^']+)'| (?:for|about|over) (?P<plainly>[a-z][a-z -]*?))?"
            rf"{_ON_LINES}{_ON_TERMS} {WAS}(?:opened|filed|made) {AT}"
        ),
        _opened,
    ),
    (
        (
            r"(?:the )?(?:buyer (?:opens|opened|files|filed) a dispute|dispute (?:is |was )?opened|(?:the )?buyer (?:claims|claimed|disputes|disputed)|disputed|dispute)"
            rf"(?: (?:for |about |over |because of )?(?P<why>'[^']+'|\([a-z][a-z -]*\)|(?!on\b|at\b|already\b|for\b|about\b)[a-z][a-z -]*?))? {AT}"
            r"(?: (?:for|about|over|because of) (?P<later>'[^']+'|[a-z][a-z -]+))?"
        ),
        _opened_at_once,
    ),
    (
        (
            r"(?:the )?(?:claim|dispute) (?:is |was |stands )?(?:on|about|names|named) (?P<terms>T\d+(?:(?:,| and) ?T\d+)*)"
            rf"{_ON_LINES}(?: (?:instead(?: of T\d+)?|only))?"
        ),
        _claimed_terms,
    ),
    (
        r"(?:the )?claim (?:is |was )?(?:on|names|named) (?P<lines>lines? \d+(?:(?:,| and) ?\d+)*)(?: (?:instead|only))?(?P<terms>)",
        _claimed_terms,
    ),
    (
        (
            r"(?:the )?(?:claim|dispute) (?:is |was )?(?:for )?(?:'(?P<quoted>[^']+)'|(?P<ground>[A-Za-z][\w -]*?))"
            rf"{_ON_LINES}{_ON_TERMS} instead(?: of [\w ]+)?"
        ),
        claimed_instead,
    ),
    (
        (
            rf"(?:the (?:buyer|claim|dispute) )?{WAS}(?:withdrawn|withdrew|withdraws)(?: (?:the|its) (?:claim|dispute))?"
            rf" {AT}(?:,? restating (?P<what>.+))?"
        ),
        _withdrawn,
    ),
    (
        rf"the (?:buyer's )?withdrawal (?:(?:comes|came|is made|was made|is|was)(?: only)? )?{AT}(?:,? restating (?P<what>.+))?",
        _withdrawn,
    ),
    (r"(?:the )?(?:claim|dispute) (?:is|was) withdrawn|withdrawn", _withdrawn_at_last),
    (
        (
            rf"the supplier {HAD}(?:plainly |flatly |simply )?(?P<declined>declined|declines)(?: the (?:claim|dispute))?(?:,? {_REASON})?"
            rf"(?:,? (?:and )?without an offer)?,? {AT}(?:,? {_REASON})?"
        ),
        answered,
    ),
    (
        (
            rf"the supplier {HAD}(?:answered|answers|responded|responds)"
            rf"(?: (?P<how>with (?:a |an )?(?:counter-?offer|offer)))?,? {AT}"
        ),
        answered,
    ),
    (
        (
            rf"the supplier {HAD}(?:answered|answers|responded|responds),? {AT}"
            r" (?P<how>with (?:a |an )?(?:counter-?offer|offer))"
        ),
        answered,
    ),
    (rf"the supplier {HAD}(?:answered|answers|responded|responds) in time", _answered_in_time),
    (
        rf"the supplier's (?:(?P<declined>decline)|(?P<how>counter(?:-?offer)?|offer)|(?:answer|response|reply)) (?:comes|came|is given|was given)(?: only)? {AT}",
        answered,
    ),
    (rf"(?:the )?extension {WAS}agreed {AT}", _extended),
    (
        rf"(?:a |the )?(?:mediator|supervisor)(?: (?P<who>[A-Z]\d+))? {WAS}named(?: only)? {AT}",
        _named,
    ),
    (
        (
            rf"the (?P<by>buyer|supplier) {HAD}appeal(?:s|ed)(?: (?:the )?(?:decision|(?P<refusal>refusal)))?,? {AT}"
            r"(?:,? naming (?P<names>.+))?"
        ),
        _appealed,
    ),
    (rf"(?:the (?:decision|refusal) {WAS})?appealed {AT}", _appealed_as_asked),
    (rf"{_PARTY} {HAD}(?:escalated|escalates?) {AT}", _by_party("escalate")),
    (rf"{_PARTY} {HAD}(?:extended|extends?)(?: the negotiation)? {AT}", _extended),
    (
        rf"(?:{_PARTY} {HAD}(?:rejected|rejects) the lot|(?:the lot {WAS})?rejected) {AT}",
        _by_party("reject_lot"),
    ),
    (
        rf"(?:(?:the findings (?:are |were )?)?waived {AT}(?:, signed)?|a signed waiver {AT.replace('<at>', '<later>')})",
        _waived,
    ),
    (
        rf"{_PARTY} {HAD}(?:chose|chooses) the (?:refund|money) {AT}",
        _by_party("reject_lot"),
    ),
    (
        rf"{_PARTY} {HAD}(?:asked|asks|chose|chooses)(?: for)?(?: the)? rework {AT}",
        _by_party("ask_rework"),
    ),
    (
        rf"{_PARTY} {HAD}(?:waived|waives) the (?:findings|failed inspection|failure) {AT}",
        _by_party("waive", signed=True),
    ),
    (
        rf"(?:(?:the )?(?P<by>buyer) )?{HAD}(?:confirmed|confirms)(?: receipt)? {AT}",
        _by_party("confirm_receipt"),
    ),
    (r"(?:the )?buyer confirms(?: receipt)?|(?:received and )?confirmed", _confirmed_at_last),
    (
        rf"the buyer {HAD}(?:asked|asks|wished|wishes) for (?P<wish>performance) {AT}",
        _wished,
    ),
    (
        rf"{_PARTY} {HAD}(?:gave|gives|submitted|submits) (?:the )?(?P<items>.+) as evidence {AT}",
        _evidence_given,
    ),
    (
        rf"{_PARTY} {HAD}(?:gave|gives|submitted|submits) (?P<items>(?:new |more )?evidence) {AT}",
        _evidence_given,
    ),
    (
        rf"(?:{_PARTY} {HAD}(?:booked|books) (?P<company>[A-Z][\w ]+?)|(?:the )?inspection {WAS}booked) {AT}",
        _inspection_booked,
    ),
    (
        (
            rf"(?:(?:the )?(?:(?:mediator|supervisor) {HAD}(?:decided|decides)|case {WAS}decided)|(?:it {WAS})?decided)"
            rf"(?: {_OUTCOME})? {AT}"
        ),
        _decided,
    ),
    (
        rf"(?:(?:the )?(?:mediator|supervisor) {HAD}(?:decided|decides)|(?:it {WAS})?decided) {AT}:? {_OUTCOME_SHORT}",
        _decided,
    ),
    (rf"(?:the )?decision (?:is|was):? {_OUTCOME_SHORT}(?: instead)?", _decided_otherwise),
    (rf"(?:the goods (?:are|were) )?sent back(?: by (?P<mode>\w+))? {AT}", sent_back),
    (
        rf"(?:the (?:goods|return) )?(?:come|came|arrive|arrived|arrives)(?: (?P<back>back))? {AT}",
        _came_back,
    ),
    (r"the (?:buyer|supplier) (?:says|said|does|did) nothing", unchanged),
)
