"""Retellings of the way goods take: by which mode they are sent, who received them, and when whose proof told of it."""

from __future__ import annotations

import dataclasses
import re

from tests.cases.case_file import Act, Case
from tests.cases.telling import INSTANT, first_act, moment, patterns, with_acts
from tests.cases.told_disputes import AT, put
from tests.cases.vocabulary import MODES

_KNOWN_AT = rf"(?:on |at )?(?P<known>{INSTANT[1:-1]})"
_MODES = "|".join(MODES)


def _sent(case: Case, found: re.Match[str]) -> Case:
    contract = {**case.contract, "mode": found["mode"].casefold()}
    return dataclasses.replace(case, contract=contract)


def _received(case: Case, found: re.Match[str]) -> Case:
    """Who carries the goods, or the forwarder, took them over."""
    at = moment(found["at"], case)
    by = "forwarder" if "forwarder" in found["who"].casefold() else "carrier"
    return put(case, Act(at=at, by=by, act="receipt", details={"received": at.isoformat()}))


def _proven(case: Case, found: re.Match[str]) -> Case:
    """A delivery is proven on another day than it took place; the proof that is told of is this one."""
    delivered = moment(found["at"], case)
    told = [act for act in case.timeline if act.act == "delivery_proof"]
    kept = tuple(act for act in case.timeline if act not in told[:1])
    proof = Act(
        at=moment(found["known"], case),
        by="carrier",
        act="delivery_proof",
        details={"delivered": delivered.isoformat()},
    )
    return with_acts(dataclasses.replace(case, timeline=kept), proof)


def _seized(case: Case, found: re.Match[str]) -> Case:
    """Customs take the goods, for the reason that their notice gives."""
    at = moment(found["at"], case)
    details = {"notice": found["why"]}
    return put(case, Act(at=at, by="customs", act="seizure", details=details))


def _seized_then(case: Case, found: re.Match[str]) -> Case:
    """The seizure that is told of, at another instant."""
    told = first_act(case, "seizure")
    return put(case, dataclasses.replace(told, at=moment(found["at"], case)))


def _notice_says(case: Case, found: re.Match[str]) -> Case:
    """The notice of the seizure that is told of gives another reason."""
    told = first_act(case, "seizure")
    details = {**told.details, "notice": found["why"]}
    return put(case, dataclasses.replace(told, details=details))


ARRIVALS = patterns(
    (
        rf"(?:the goods (?:are|were) )?seized(?: by customs)? {AT},? (?:as|for|with the notice|(?:the )?notice:) (?P<why>.+)",
        _seized,
    ),
    (rf"(?:the goods (?:are|were) )?(?:sent|shipped|carried) by (?P<mode>{_MODES})", _sent),
    (
        rf"(?:(?:the goods (?:are|were) )?received|receipt) by (?P<who>the (?:post|courier|(?:first )?carrier|(?:buyer's )?(?:own )?forwarder)) {AT}",
        _received,
    ),
    (
        rf"(?P<who>the (?:post|courier|(?:first )?carrier|(?:buyer's )?(?:own )?forwarder)) (?:receives|received) (?:the goods|them) {AT}",
        _received,
    ),
    (
        rf"(?:the )?(?:carrier's )?proof of (?:(?:a|the) )?delivery (?:of |on |at )?{AT} (?:comes|arrives|came|is known)(?: only)? {_KNOWN_AT}",
        _proven,
    ),
    (
        rf"(?:the goods (?:are|were) )?delivered {AT},? (?:and )?(?:proven|known)(?: only)? {_KNOWN_AT}",
        _proven,
    ),
    (
        rf"(?:the goods (?:are|were) )?delivered (?:on |at )?(?P<known>(?P<at>{INSTANT[1:-1]})),? (?:and )?(?:proven|known) (?:on )?(?:that|the same) day",
        _proven,
    ),
    (
        rf"the (?:carrier's )?proof(?: of delivery)? (?:comes|arrives|came|arrived)(?: only)? {_KNOWN_AT}(?:,? before (?:any|the|an) arrival (?:is|was) counted)?(?:,? and says:?|,|:)? (?:delivered|handed over) {AT}(?: at the contract's destination)?",
        _proven,
    ),
    (
        rf"{_KNOWN_AT},? the (?:carrier's )?proof(?: of delivery)? (?:comes|arrives|came|arrived)(?:,|:| and says:?) (?:delivered|handed over) {AT}(?: at the contract's destination)?",
        _proven,
    ),
    (
        rf"(?:(?:the )?notice (?:of (?:the )?seizure )?(?:comes|came|is|was)(?: given)?|(?:the goods (?:are|were) )?seized(?: by customs)?)(?: only)? {AT}",
        _seized_then,
    ),
    (r"the notice (?:says|said|reads):? (?P<why>.+)", _notice_says),
    (
        rf"{_KNOWN_AT},? the carrier (?:proves|proved) (?:(?:a|the) )?delivery (?:of |on |at )?{AT}",
        _proven,
    ),
    (
        rf"the carrier (?:proves|proved) {_KNOWN_AT} (?:(?:a|the) )?delivery (?:of |on |at )?{AT}",
        _proven,
    ),
)
