"""Retellings of how a case ends: what is decided and final, what goes back, who keeps what."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from typing import Any

from fairlot.domain.calendar import zone_named
from tests.cases.acts.mediation import UNDATED
from tests.cases.case_file import Act, Case
from tests.cases.story import NotTranslatedError
from tests.cases.telling import (
    AFTERWARD,
    AMOUNT,
    DAY,
    DECIDED_IN,
    FINAL_AFTERWARD,
    INSTANT,
    LEAVING,
    Change,
    day_told,
    first_act,
    last_at,
    minor_units,
    moment,
    patterns,
    with_acts,
)
from tests.cases.vocabulary import plain

# Acts by which goods may have to go back.
DECIDING = frozenset({"decide", "decision_final", "accept_offer", "settle"})
# Papers on which a decision may be said to rest, and the acts that bring them.
DOCUMENTS = {
    "bill of lading": frozenset({"ship_proof"}),
    "b/l": frozenset({"ship_proof"}),
    "receipt": frozenset({"receipt"}),
    "report": frozenset({"inspection_report"}),
    "delivery": frozenset({"delivery_proof"}),
}


def _final(outcome: str | None) -> Change:
    """A decision becomes final: the outcome named, or what the rules recommend; at the instant named, or at the end."""

    def change(case: Case, found: re.Match[str]) -> Case:
        told = found.groupdict().get("at")
        at = None if told is None else moment(told, case)
        if not any(act.act in {"open_dispute", "reject_lot"} for act in case.timeline):
            case = _claimed(case, before=at)
        details: dict[str, Any] = {} if outcome is None else {"outcome": outcome}
        if at is None:
            at = last_at(case) + FINAL_AFTERWARD
            details = {**details, UNDATED: True}
        return with_acts(case, Act(at=at, by="platform", act="decision_final", details=details))

    return change


def _claimed(case: Case, *, before: dt.datetime | None) -> Case:
    """What is decided was claimed: a lot that is still there is rejected, goods that have left are bad."""
    gone = [act for act in case.timeline if act.act in LEAVING]
    reason = "late" if any(_is_late(case, act) for act in gone) else "quality"
    name, details = ("open_dispute", {"reason": reason}) if gone else ("reject_lot", {})
    at = last_at(case) + AFTERWARD if before is None else before - DECIDED_IN
    return with_acts(case, Act(at=at, by="buyer", act=name, details=details))


def _is_late(case: Case, left: Act) -> bool:
    """Say whether goods left after the contract's date; arrival is not looked at."""
    date = case.contract.get("shipment_date")
    told = left.details.get("on_board_date") or left.details.get("on_board") or left.at.isoformat()
    at = moment(str(told), case).astimezone(zone_named(case.contract["zone"]))
    return date is not None and at.date() > dt.date.fromisoformat(date)


def _is_final(case: Case, found: re.Match[str]) -> Case:
    """What was decided before is final; else what the rules recommend."""
    told = any(act.act == "decision_final" for act in case.timeline)
    return case if told else _final(None)(case, found)


def _kept(case: Case, _: re.Match[str]) -> Case:
    return wishing_to_keep(case)


def wishing_to_keep(case: Case) -> Case:
    """The claimant wishes to keep what came."""
    timeline = tuple(
        dataclasses.replace(act, details={**act.details, "wish": "keep"})
        if act.act == "open_dispute"
        else act
        for act in case.timeline
    )
    return dataclasses.replace(case, timeline=timeline)


def _decided_for(case: Case, found: re.Match[str]) -> Case:
    """A decision becomes final, with the amount that its words name."""
    outcome = found["outcome"].casefold()
    if not any(act.act in {"open_dispute", "reject_lot"} for act in case.timeline):
        case = _claimed(case, before=None)
    at = last_at(case) + FINAL_AFTERWARD
    details = {UNDATED: True, "outcome": outcome, "amount": minor_units(case, found["amount"])}
    return with_acts(case, Act(at=at, by="platform", act="decision_final", details=details))


def _decided_as_recommended(case: Case, found: re.Match[str]) -> Case:
    """What the rules recommend is decided; which outcome that is, they say themselves."""
    if found["kept"]:
        case = wishing_to_keep(case)
    return _final(None)(case, found)


def _decided_for_told(case: Case, found: re.Match[str]) -> Case:
    """What the rules recommend for the facts as they are told, of which a document's date is named."""
    told = DOCUMENTS[next(name for name in DOCUMENTS if name in plain(found["document"]))]
    day = day_told(case, found["day"]).isoformat()
    said = [act for act in case.timeline if act.act in told]
    dates = {
        str(value)[:10]
        for act in said
        for value in (
            act.at.astimezone(zone_named(case.contract["zone"])).isoformat(),
            *act.details.values(),
        )
    }
    if day not in dates:
        raise NotTranslatedError(f"which document {found[0]!r} means")
    return _final(None)(case, found)


def _returned(case: Case, _: re.Match[str]) -> Case:
    """The goods go back and arrive, and both reports on their condition are the same; before a decision it is a wish."""
    if not any(act.act in DECIDING for act in case.timeline):
        return case
    at = last_at(case) + AFTERWARD
    acts: tuple[tuple[str, str, dict[str, Any]], ...] = (
        ("inspector", "condition_report", {"when": "before leaving", "same": True}),
        ("buyer", "return_sent", {}),
        ("carrier", "return_arrived", {}),
        ("inspector", "condition_report", {"when": "after arrival", "same": True}),
    )
    return with_acts(
        case,
        *(
            Act(at=at + AFTERWARD * place, by=by, act=name, details=details)
            for place, (by, name, details) in enumerate(acts)
        ),
    )


def _returned_finally(case: Case, found: re.Match[str]) -> Case:
    """A return is decided, becomes final, and takes place."""
    return _returned(_final("full refund against return")(case, found), found)


def _appeal_decided(case: Case, found: re.Match[str]) -> Case:
    """The first decision was appealed in its last hour, and the appeal decided as the decision was."""
    decided = first_act(case, "decide")
    appealed_at = decided.at + dt.timedelta(days=6, hours=23)
    return with_acts(
        case,
        Act(
            at=appealed_at,
            by=found["by"],
            act="appeal",
            details={"names": "new evidence"},
        ),
        Act(
            at=moment(found[2], case),
            by="mediator",
            act="decide",
            details=decided.details,
        ),
    )


ENDINGS = patterns(
    (
        (
            rf"(?:a |the )?full refund(?:,? and|,|;)? (?:(?:it )?(?:becomes|became|is) )?final(?: too)?"
            rf"(?:,? after the chargeback is lost| on (?P<at>{INSTANT[1:-1]}))?"
        ),
        _final("full refund"),
    ),
    (
        (
            r"decided so(?: \([^)]*\))?(?:(?: and|, it becomes| and it becomes) final)?"
            r"|(?:the )?recommendation (?:(?:is|becomes) )?final"
            r"|(?:(?:the [\w ]+ claim is )?decided |(?:the )?decision )?as (?:recommended|the rules (?:recommend|call for))(?: on the report(?: as it is)?)?"
            r"(?:(?:,? and|,|, it becomes|,? and it becomes) final)?"
        ),
        _final(None),
    ),
    (
        rf"(?:decided )?(?:so )?as (?:recommended|the rules (?:recommend|call for)) (?:for|on) the (?P<document>bill of lading|B/L|(?:carrier's |forwarder's )?receipt|(?:inspection )?report|(?:proof of )?delivery) (?:of|dated) (?P<day>{DAY})(?:,? (?:and )?(?:it becomes )?final)?",
        _decided_for_told,
    ),
    (
        # What is destroyed does not come back.
        r"(?:(?:it is )?decided:? )?(?:(?:a |the )?destruction (?:with|and) (?:a |the )?full refund|(?:a |the )?full refund (?:with|and|against) (?:the )?destruction)(?: of the goods)?(?:,? (?:(?:and|is|becomes) )?final)?",
        _final("full refund without return"),
    ),
    (r"(?:and )?(?:it (?:is|becomes) )?final", _is_final),
    (
        r"(?:the )?(?:goods are kept|buyer (?:keeps|wants to keep|wishes to keep) (?:the goods|them)|goods kept)",
        _kept,
    ),
    (
        (
            r"decided: (?:a |the )?(?:price reduction|partial refund|full refund|late remedy) as recommended(?P<kept> for goods kept)?"
            r"|(?:a |the )?(?:price reduction|partial refund|late remedy)(?: as recommended)?,? (?:(?:is|becomes) )?final"
        ),
        _decided_as_recommended,
    ),
    (
        rf"(?:a |the )?(?P<outcome>price reduction|partial refund|full refund|late remedy)(?: of)? {AMOUNT}(?:,|;)? (?:(?:becomes|became|is|decided and|and it becomes|it becomes) )?final",
        _decided_for,
    ),
    (
        r"(?:(?:it is )?decided )?for the supplier(?:(?:,| and)?(?: becomes| is)? final)|(?:it is )?decided for the supplier",
        _final("for the supplier"),
    ),
    (r"(?:it is )?decided for the buyer(?:(?:,| and)?(?: becomes)? final)?", _final("full refund")),
    (
        r"(?:a |the )?full refund (?:against|after) return(?: of the goods)?(?:,| and)? (?:(?:is|becomes) )?final",
        _final("full refund against return"),
    ),
    (
        r"(?:a |the )?full refund (?:against|after) return,? (?:and )?(?:the )?goods (?:(?:are|were) )?returned(?: and accepted)?,? (?:and )?final",
        _returned_finally,
    ),
    (
        r"(?:a |the )?full refund without return(?:,| and)? (?:(?:is|becomes) )?final",
        _final("full refund without return"),
    ),
    (
        r"(?:the )?goods (?:go back|(?:(?:are|were) )?(?:sent back|returned))(?: and both reports (?:are|say) the same| and judged)?|returned in the same condition",
        _returned,
    ),
    (
        rf"the (?:appeal of the )?(?P<by>buyer|supplier)(?:'s appeal)? was decided on {INSTANT}",
        _appeal_decided,
    ),
)
