"""Retellings of what was not done: by nobody, by one side alone, not yet, or never."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping

from fairlot.domain.calendar import zone_named
from tests.cases.case_file import Act, Case
from tests.cases.story import NotTranslatedError
from tests.cases.telling import (
    DAY,
    LEAVING,
    Change,
    OtherReadingError,
    day_told,
    first_act,
    patterns,
    unchanged,
)
from tests.cases.vocabulary import plain

# The beginnings of the words for what people do, and the acts that do it.
DEEDS: Mapping[str, frozenset[str]] = {
    "accept": frozenset({"accept", "accept_offer", "change_accepted"}),
    "answer": frozenset({"answer_dispute"}),
    "respon": frozenset({"answer_dispute"}),
    "repl": frozenset({"answer_dispute"}),
    "appeal": frozenset({"appeal", "appeal_refusal"}),
    "book": frozenset({"inspection_book"}),
    "confirm": frozenset({"confirm_receipt"}),
    "counter": frozenset({"counter_offer"}),
    "decid": frozenset({"decide", "decision_final"}),
    "decision": frozenset({"decide", "decision_final"}),
    "declin": frozenset({"decline_offer"}),
    "escalat": frozenset({"escalate", "escalated"}),
    "exten": frozenset({"extend"}),
    "named": frozenset({"name_mediator"}),
    "offer": frozenset({"offer"}),
    "mov": frozenset({"handed_over"}),
    "reject": frozenset({"reject_lot"}),
    "seiz": frozenset({"seizure"}),
    "settle": frozenset({"settle"}),
    "waive": frozenset({"waive"}),
    "withdr": frozenset({"withdraw"}),
}
# What "nothing was" is said of, and the acts that did it.
THINGS_DONE: Mapping[str, frozenset[str]] = {
    "shipped": LEAVING | {"delivery_proof", "confirm_receipt"},
    "sent": LEAVING | {"delivery_proof", "confirm_receipt"},
    "delivered": frozenset({"delivery_proof"}),
    "paid": frozenset({"payment_booked", "card_event", "statement"}),
    "inspected": frozenset({"inspection_book", "inspection_report"}),
    "reworked": frozenset(),
}
_THINGS = rf"(?:{'|'.join(THINGS_DONE)})"
# What has happened may be named in these words too.
OTHER_DEEDS: Mapping[str, frozenset[str]] = {
    "agree": frozenset({"agree"}),
    "chargeback": frozenset({"chargeback_opened"}),
    "deliver": frozenset({"delivery_proof"}),
    "inspection": frozenset({"inspection_report"}),
    "pay": frozenset({"payment_booked", "card_event", "statement"}),
    "refund": frozenset({"refund_confirmed"}),
    "report": frozenset({"inspection_report"}),
    "ship": LEAVING,
}
_SIDES = r"(?P<by>buyer|supplier|platform|mediator|carrier|inspector|both sides|both|parties)"
_DEED = rf"(?P<deed>(?:{'|'.join(DEEDS)})\w*)"
_OBJECT = (
    r"(?: (?:by anybody|(?:the |its |their |an? |any |to the |to )?"
    r"(?:offer|dispute|claim|refusal|decision|findings|lot|negotiation|change|receipt|mediator|inspection|goods)))?"
)
_YET = r"(?: (?:yet|before|so far|at all|in time))?"
_ON_DAY = (
    rf"(?: (?:on|of) (?P<day>{DAY})(?P<never>,? (?:n?or|and not) (?:later|after(?:ward)?s?))?)?"
)
PAYING_OUT = frozenset({"payout_confirmed", "payout_event"})


def has_happened(case: Case, text: str) -> bool:
    """Say whether a case tells of what a name or an act's word means: "the withdrawal", "confirm_receipt"."""
    words = plain(text.replace("_", " "))
    words = words.removeprefix("the ").removeprefix("its ").removeprefix("a ")
    told = {act.act for act in case.timeline}
    if words in {act.replace("_", " ") for act in told}:
        return True
    meant = [acts for stem, acts in {**DEEDS, **OTHER_DEEDS}.items() if words.startswith(stem)]
    return len(words.split()) == 1 and any(acts & told for acts in meant)


def _undone(text: str) -> frozenset[str]:
    words = plain(text)
    return next(acts for stem, acts in DEEDS.items() if words.startswith(stem))


def _without(case: Case, acts: frozenset[str], by: str = "") -> Case:
    """Return the case without some acts, of one side where it is named; who did it with another did not."""
    sides = {by, "both"} if by else {act.by for act in case.timeline}
    kept = tuple(a for a in case.timeline if a.act not in acts or a.by not in sides)
    return dataclasses.replace(case, timeline=kept)


def _not_done(case: Case, found: re.Match[str]) -> Case:
    by = plain(found.groupdict().get("by") or "")
    sides = "" if by in {"both sides", "both", "parties"} else by
    return _without_on(case, _undone(found["deed"]), sides, found)


def _without_on(case: Case, acts: frozenset[str], by: str, found: re.Match[str]) -> Case:
    """Leave acts out, of a day only if one is named; what is left out of a day is told of that day."""
    if found["day"] is None or found["never"] is not None:
        return _without(case, acts, by)
    day = day_told(case, found["day"])
    zone = zone_named(case.contract["zone"])
    undone = [
        act
        for act in case.timeline
        if act.act in acts and by in {"", act.by} and act.at.astimezone(zone).date() == day
    ]
    if not undone:
        raise NotTranslatedError(f"what {found[0]!r} leaves out")
    kept = tuple(act for act in case.timeline if act not in undone)
    return dataclasses.replace(case, timeline=kept)


def _only(case: Case, found: re.Match[str]) -> Case:
    """One side did it, and the other did not; what both did together this side did alone."""
    acts = _undone(found["deed"])
    by = plain(found["by"])
    told: list[Act] = []
    for act in case.timeline:
        if act.act not in acts or act.by == by:
            told.append(act)
        elif act.by == "both":
            told.append(dataclasses.replace(act, by=by))
    if not any(act.act in acts for act in told):
        raise NotTranslatedError(f"what {found[0]!r} leaves")
    return dataclasses.replace(case, timeline=tuple(told))


def _said_nothing(case: Case, found: re.Match[str]) -> Case:
    """One side had not judged what came back."""
    if not any(act.act == "return_judged" for act in case.timeline):
        raise OtherReadingError
    return _without_on(case, frozenset({"return_judged"}), plain(found["by"]), found)


def _silent(case: Case, found: re.Match[str]) -> Case:
    """One side neither judges what came back nor, before anything goes back, answers."""
    by = plain(found["by"])
    judged = frozenset({"return_judged"})
    told = {act.act for act in case.timeline if act.by == by}
    returned = any(act.act == "return_sent" for act in case.timeline)
    return _without(case, judged if told & judged or returned else DEEDS["answer"], by)


def _nothing_done(case: Case, found: re.Match[str]) -> Case:
    """Nothing was done of what is listed, each by the word for it."""
    for deed in re.findall(_THINGS, found["deeds"]):
        case = _without(case, THINGS_DONE[deed.casefold()])
    return case


def _no_second_report(case: Case, found: re.Match[str]) -> Case:
    """Of the two reports on the condition of goods that go back, the second is not made."""
    told = [act for act in case.timeline if act.act == "condition_report"]
    sent = [act.at for act in case.timeline if act.act == "return_sent"]
    if not sent:
        raise OtherReadingError
    after = [act for act in told if act.at > min(sent)]
    if len(after) > 1:
        raise NotTranslatedError(f"which report {found[0]!r} means")
    kept = tuple(act for act in case.timeline if act not in after)
    return dataclasses.replace(case, timeline=kept)


def _nothing_opened(case: Case, found: re.Match[str]) -> Case:
    return _without_on(case, frozenset({"open_dispute"}), "buyer", found)


def _acts_undone(*names: str) -> Change:
    def change(case: Case, _: re.Match[str]) -> Case:
        return _without(case, frozenset(names))

    return change


def _not_paid_out(case: Case, _: re.Match[str]) -> Case:
    """Nothing has left for the supplier: the provider has only begun."""
    timeline = tuple(
        dataclasses.replace(a, by="provider", act="payout_event", details={"type": "pending"})
        if a.act in PAYING_OUT
        else a
        for a in case.timeline
    )
    return dataclasses.replace(case, timeline=timeline)


def _unsigned(case: Case, _: re.Match[str]) -> Case:
    """Nobody has signed the waiver that is told of."""
    told = first_act(case, "waive")
    kept = tuple(act for act in case.timeline if act is not told)
    unsigned = dataclasses.replace(told, details={**told.details, "signed": False})
    return dataclasses.replace(case, timeline=(*kept, unsigned))


def _no_report(case: Case, found: re.Match[str]) -> Case:
    """The one report that is told of never comes."""
    told = [act for act in case.timeline if act.act == "inspection_report"]
    if len(told) > 1:
        raise NotTranslatedError(f"which report {found[0]!r} means")
    return _without(case, frozenset({"inspection_report"}))


UNDONE = patterns(
    (
        r"(?:then |after that |from then on |from there on )?(?:nobody acts|silence(?: from then on)?|(?:everybody|both sides|both parties) (?:is|are|stays?) silent)",
        unchanged,
    ),
    (
        r"nobody (?:disputes?|claims|opens a dispute|complains)(?: anything| it)?",
        _acts_undone("open_dispute"),
    ),
    (
        rf"(?:(?:the )?(?P<by>buyer) )?(?:opens|opened|claims|claimed|disputes|disputed) (?:nothing|no dispute){_YET}{_ON_DAY}",
        _nothing_opened,
    ),
    (
        r"nobody chooses|(?:the )?buyer (?:does not choose|chooses nothing|makes no choice)",
        _acts_undone("ask_rework", "reject_lot", "waive"),
    ),
    (
        r"nobody advances (?:the|its) fee|(?:the )?inspection (?:is|was) (?:not|never) booked",
        _acts_undone("inspection_book"),
    ),
    (
        r"(?:the report|no report) (?:ever )?(?:never )?comes|(?:the inspector|SGS|Bureau Veritas|TÜV Rheinland) (?:never reports|does not report(?: in time)?)",
        _no_report,
    ),
    (r"(?:the )?platform names nobody", _acts_undone("name_mediator")),
    (
        r"(?:the )?buyer (?:has not paid|never pays|does not pay)(?: yet)?|not paid yet",
        _acts_undone("payment_booked", "card_event", "statement"),
    ),
    (r"(?:the )?waiver (?:is|was) (?:not |un)signed", _unsigned),
    (
        rf"(?:the )?{_SIDES} (?:(?:had|has|have|did|does|do) not|never|has never|had never) {_DEED}{_OBJECT}{_YET}{_ON_DAY}",
        _not_done,
    ),
    (
        rf"(?:nobody|no one|neither side|none of them) (?:(?:has|had|ever) )?{_DEED}{_OBJECT}{_YET}{_ON_DAY}",
        _not_done,
    ),
    (
        rf"(?:it |(?:the |an? )?(?:offer|decision|dispute|lot|receipt|mediator|change|negotiation) )?(?:(?:is|was|were|has been) )?(?:never|not) {_DEED}(?: by anybody)?{_YET}{_ON_DAY}",
        _not_done,
    ),
    (
        rf"(?:there (?:is|was) )?(?:no|without (?:the|an?|any)) {_DEED}(?: (?:is|was|has been|had been) (?:agreed|made|given|opened|known))?{_YET}{_ON_DAY}",
        _not_done,
    ),
    (
        rf"(?:the )?(?P<by>buyer|supplier) (?:(?:had|has) )?(?:said|says|judged|judges) nothing(?: before)?{_ON_DAY}",
        _said_nothing,
    ),
    (r"(?:the )?(?P<by>buyer|supplier) (?:is|stays|remains|keeps) silent", _silent),
    (
        rf"nothing (?:is|was|has been|had been) (?:ever )?(?P<deeds>{_THINGS}(?:,? (?:or|nor|and) {_THINGS})+)",
        _nothing_done,
    ),
    (
        r"no second report (?:is|was) (?:ever )?made|no (?:second )?report (?:is|was) made after (?:the )?arrival",
        _no_second_report,
    ),
    (r"nobody judges(?: (?:it|them|the goods))?", _acts_undone("return_judged")),
    (
        rf"only the {_SIDES} (?:has |had )?(?:(?:asked for|made) (?:the |an? )?)?{_DEED}{_OBJECT}",
        _only,
    ),
    (
        rf"the {_SIDES} alone (?:has |had )?(?:(?:asked for|made) (?:the |an? )?)?{_DEED}{_OBJECT}",
        _only,
    ),
    (
        r"(?:there (?:is|was) )?no seizure|(?:the goods (?:are|were) )?not seized",
        _acts_undone("seizure"),
    ),
    (
        r"(?:there (?:is|was) )?no movement(?: (?:is|was))? (?:ever )?(?:shown|seen|known)|(?:the )?(?:carrier's )?number (?:(?:does|did) not move|shows? no movement)",
        _acts_undone("handed_over"),
    ),
    (
        r"(?:the )?(?:claim )?window ends without (?:a|any) claim|no dispute is (?:ever )?opened",
        _acts_undone("open_dispute"),
    ),
    (
        r"(?:there (?:is|was) )?no mediator (?:is|was|has been) named(?: yet)?",
        _acts_undone("name_mediator"),
    ),
    (
        r"(?:the )?payout (?:has|had) not been confirmed(?: yet)?|not (?:yet )?paid out(?: yet)?|nothing (?:is|was|has been) paid out(?: yet)?",
        _not_paid_out,
    ),
)
