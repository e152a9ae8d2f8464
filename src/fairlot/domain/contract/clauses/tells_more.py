"""Clauses that tell more of what stands before them: what is measured along, how many, in which language, sealed when."""

from __future__ import annotations

import re

from fairlot.domain.contract.judging.numbers_of import PROCEDURES, SAMPLE_COUNT
from fairlot.domain.contract.lexicon import Property
from fairlot.domain.contract.wording.analysis import Clause

# What limits an allowance ("light marks are ok but nothing a customer would notice").
_BUT_NOT = re.compile(r"\s*but (?:nothing|none|no|not|never)\b")
# When and under which number a sample was sealed ("approved 2027-01-19", "art. 5520").
_OF_A_SAMPLE = re.compile(
    r"\s*(?:(?:was\s)?(?:approved|signed|sealed|dated|confirmed|submitted|received|released|accepted|of|from|stamped|sent)\b|(?:art|article|item|style|ref|lot|batch|code|sample)\.?\s)"
)
_INSIDE_EACH = re.compile(
    r"\s*(?:\w+ )?(?:in|inside|with|per|on top of)\s(?:each|every|the)?\s?[a-z]+\s*\.?"
)
# What is measured along with the thing ("wheels included", "without handle", "excl. lid").
_MEASURED_ALONG = re.compile(
    r"\s*(?:(?:incl(?:uding|udes|\.)?|excl(?:uding|udes|\.)?|without|with|not counting|not including|less|plus|counting|measured (?:with|without|incl\.?|excl\.?))\s(?:the\s|all\s|its\s)?[a-z-]+(?:\s(?:and|or|&)?\s?[a-z-]+)?"
    r"|(?:the\s|all\s)?[a-z-]+(?:\s(?:and|or|&)?\s?[a-z-]+)?\s(?:included|excluded|not included|not counted|counted|folded|removed|attached|closed|open|extended|retracted|empty|on|off))\s*[.)]?\s*"
)
_BODILY = frozenset({"length", "mass", "volume", "area"})


def tells_more(group: Clause, clause: Clause, own: list[Property], head: list[Property]) -> bool:
    """Say whether a clause asks for nothing new and only completes what the group asks for."""
    limits = group.has("shape.allowed") and _BUT_NOT.match(clause.body) is not None
    return (
        limits
        or _counts_sample(group, clause)
        or _measured_along(group, clause)
        or _lists_on(group, clause, own, head)
        or _names_languages(group, clause)
        or _dates_sample(group, clause)
        or _sealed_on(group, clause)
        or _limits_damage(clause, head)
    )


def _counts_sample(group: Clause, clause: Clause) -> bool:
    """Say whether a clause only tells from how many pieces the average before it is taken."""
    counted = SAMPLE_COUNT.search(clause.body) is not None and not clause.has("property")
    return group.has("average.words") and counted


# What must not be more than so much after a test ("no play above 0.5 mm").
_NO_MORE = re.compile(
    r"\s*(?:and |then |with )?(?:no|without) (?:visible |permanent |residual )?[a-z]+ (?:above|over|more than|greater than|bigger than|larger than|longer than|deeper than|exceeding|beyond|of more than)\s"
)


def _limits_damage(clause: Clause, head: list[Property]) -> bool:
    """Say whether a clause only tells how much damage a test may leave."""
    return any(prop.way in PROCEDURES for prop in head) and _NO_MORE.match(clause.body) is not None


def _sealed_on(group: Clause, clause: Clause) -> bool:
    """Say whether a clause only tells on what day the sample before it was sealed or signed."""
    if not group.has("reference.sample") or clause.quantities:
        return False
    return clause.has("shape.sealed") and clause.code("date") is not None


def _measured_along(group: Clause, clause: Clause) -> bool:
    """Say whether a clause only tells with or without which part the measure before it is taken."""
    bodily = any(q.unit is not None and q.unit.quantity in _BODILY for q in group.quantities)
    if not bodily or clause.quantities or clause.codes:
        return False
    return _MEASURED_ALONG.fullmatch(clause.body) is not None


def _lists_on(group: Clause, clause: Clause, own: list[Property], head: list[Property]) -> bool:
    """Say whether the group only names the first of several properties with one limit ("DEHP, DBP and BBP each max. …")."""
    if not head or not own or own[0].id != head[0].id or not clause.quantities:
        return False
    names = group.body.strip(" ,;")
    first = group.properties()[0][0]
    return not group.quantities and names == group.text[first.start : first.end]


def _names_languages(group: Clause, clause: Clause) -> bool:
    """Say whether a clause names the languages, or the place, of the paper before it ("German and Polish", "in each box")."""
    if not group.has("things.documents") or clause.quantities or clause.codes:
        return False
    return clause.has("things.languages") or (
        group.has("things.languages") and _INSIDE_EACH.fullmatch(clause.body) is not None
    )


def _dates_sample(group: Clause, clause: Clause) -> bool:
    """Say whether a clause tells when, or under which number, the sample before it was sealed."""
    if not group.has("reference.sample", "reference.document", "reference.picture"):
        return False
    if group.quantities or clause.has("date.ship_words", "property", "packaging.words"):
        return False
    return _OF_A_SAMPLE.match(clause.body) is not None and not clause.has("vague")
