"""Clauses that go on with the requirement before them: lists, further sizes, steps of a treatment, counts of defects."""

from __future__ import annotations

import re

from fairlot.domain.contract.clauses.tells_more import tells_more
from fairlot.domain.contract.judging.numbers_of import PROCEDURES
from fairlot.domain.contract.lexicon import Property
from fairlot.domain.contract.wording.analysis import Clause

# Where else it must not be ("no PVC, not in the mat and not in the bag").
_NOT_THERE_EITHER = re.compile(
    r"\s*(?:and |but )?(?:also )?(?:not|neither|nor)(?: even)? (?:in|on|at|inside|under|around) (?:the|any|its)\b"
)
# A list goes on to its end ("no leather, fur or feathers").
_NAMES_ON = re.compile(
    r"\s*(?:[\w-]+\s){1,3}(?:or|nor)\s+(?!(?:better|more|less|higher|equivalent|similar)\b)[\w-]+"
)
# By how much a thing may stand off its place.
_STRAYS = re.compile(
    r"\b(?:offset|misalign\w*|mismatch|out of line|deviation)\b|偏移|错位|偏差|错开|偏位"
)
# An alternative belongs to what it is an alternative of.
_OR = re.compile(r"\s*(?:(?:or|none|nor)\b|或者|或)\s*(?!(?:else|otherwise)\b)[a-z一-鿿]")
# Whether a tax is in the price.
_TAX = re.compile(
    r"\s*(?:不?含|另加|plus|incl\w*|excl\w*|with|without|net of)\W*(?:\d+(?:\.\d+)?\s?%\s?)?(?:的)?(?:增值|专用?)?(?:税|票|vat|gst|tax)"
)
_INNER = re.compile(r"inner|内盒|中盒|内箱|/包|一包|/盒|一盒|/袋|一袋|dispenser|bundle|polybag")
_PER_PACK = re.compile(
    r"\d\s*\w*\s*(?:per|/)\s?(?:master|outer|carton|ctn|case|pallet)|/箱|一箱|/件|一件|每箱"
)
# How goods are looked at.
_VIEWED = frozenset({"length", "illuminance", "time", "angle"})
_WRONG = re.compile(r"\s*(?:missing|wrong|broken|torn|loose)\b|\s*[缺错漏断]")
# What is done to the goods in a test.
_HANDLED = frozenset({"time", "temperature", "angle", "mass", "force", "pressure", "cycles"})
# How far a further defect may stand behind its comma ("or a missing handle").
_NEXT_DEFECT = 8


def goes_on(group: Clause, clause: Clause, own: list[Property], head: list[Property]) -> bool:
    """Say whether a clause goes on with what the group began: an alternative, a list, a size, a test, a count, a place."""
    if _TAX.match(clause.body) and any(
        q.unit and q.unit.quantity == "money" for q in group.quantities
    ):
        return True
    if _lists_on(group, clause) or _goes_on_in_size(group, clause, own, head):
        return True
    if _continues_denial(group, clause) or _strays(group, clause):
        return True
    if tells_more(group, clause, own, head):
        return True
    if (
        _runs_from(group, clause)
        or _only_viewed(group, clause)
        or _lists_rejects(group, clause)
        or _dates(group, clause)
    ):
        return True
    if _packs_on(group, clause) or _caps(clause, own, head):
        return True
    if _limits_with_one_test(group, clause, own, head):
        return True
    if _is_the_test_of(group, clause, own, head):
        return True
    if _names_result(clause, own) and _TEST_CAPTION.match(group.body):
        return True
    return _tests_what_follows(group, clause) or _counts_defects(group, clause)


# How many of each size ("92 x 400, 98 x 600").
_ASSORTED = re.compile(r"\s*(?:and )?[\w/]{1,6}\s?[x×*:]\s?\d[\d,]*\s?(?:pcs|sets|pairs)?\s*,?")
_ENDS_ASSORTED = re.compile(
    r"(?:\A|[\s:])[\w/]{1,6}\s?[x×*:]\s?\d[\d,]*\s?(?:pcs|sets|pairs)?\s*,\s*\Z"
)
_COLOUR_REST = re.compile(r"[\s,.;/&]*(?:(?:and|or|customi[sz]ed|und|和|或|及|可选)[\s,.;/&]*)*")


def _lists_on(group: Clause, clause: Clause) -> bool:
    """Say whether a clause is a further entry of a list: an alternative, a size, a count for a size, a color."""
    if _OR.match(clause.body):
        return True
    if _ASSORTED.fullmatch(clause.body) and _ENDS_ASSORTED.search(group.body):
        return True
    if _ONLY_NUMBERS.fullmatch(clause.body) and _ENDS_IN_NUMBER.search(group.body):
        return True
    return _only_colours(clause) and _only_colours(group) and not group.all_codes("colour")


def _only_colours(clause: Clause) -> bool:
    """Say whether nothing but names of colors stands behind the caption of a clause."""
    said = clause.body.rpartition(":")[2]
    named = [clause.text[hit.start : hit.end] for hit in clause.words("colour.names")]
    for name in sorted(named, key=len, reverse=True):
        said = said.replace(name, " ")
    return bool(named) and _COLOUR_REST.fullmatch(said) is not None


# A list of bare sizes ("98, 110, 122 and 134").
_ONLY_NUMBERS = re.compile(
    r"\s*(?:and |or |to )?\d{1,6}(?:\s*(?:and|or|to|/|-)\s*\d{1,6})?(?:\s?[a-z]{1,3})?\s*[.,]?"
)
_ENDS_IN_NUMBER = re.compile(r"(?:\A|[\s,:])\d{1,6}\s*,\s*\Z")
# A test has its result behind it ("Carrying test: 15 kg for 24 h, no seam opening").
_TEST_CAPTION = re.compile(r"[^:]{0,24}(?:\btest|试验|测试)\s?:.*\d")


def _names_result(clause: Clause, own: list[Property]) -> bool:
    """Say whether a clause only tells what must not come of a test."""
    denied = clause.has("defect.absent_before", "pass_criterion.words")
    return denied and not clause.has("vague", "packaging.words") and not (own and clause.quantities)


def _only_viewed(group: Clause, clause: Clause) -> bool:
    """Say whether a clause only tells from where the defects before it are looked at (30cm目视)."""
    if not clause.has("defect.viewing") or not clause.quantities:
        return False
    if clause.has("property", "defect.absent_before") or not group.has("defect.gradual"):
        return False
    return all(
        q.unit is not None and q.unit.quantity in _VIEWED and not q.operator
        for q in clause.quantities
    )


def _lists_rejects(group: Clause, clause: Clause) -> bool:
    """Say whether a clause ends a list of defects with the word that forbids them ("missing rivets, holes = reject")."""
    if group.quantities or clause.quantities or group.has("defect.absent_before"):
        return False
    named = group.has("defect.discrete") or _WRONG.match(group.body) is not None
    return named and clause.has("defect.discrete") and clause.has("defect.absent_before")


def _dates(group: Clause, clause: Clause) -> bool:
    """Say whether a clause is only the day from which the period before it runs."""
    codes = clause.all_codes("date")
    if len(codes) != 1 or not codes[0].identified or group.all_codes("date"):
        return False
    rest = clause.body.replace(clause.text[codes[0].start : codes[0].end], "").strip(" .,;()")
    periods = [q for q in group.quantities if q.unit is not None and q.unit.quantity == "time"]
    return not rest and bool(periods)


def _runs_from(group: Clause, clause: Clause) -> bool:
    """Say whether the group is only the day from which the period behind it runs (从2027年4月1日起算,30天内交货)."""
    if (
        group.quantities
        or clause.code("date") is not None
        or not re.search("起算?|之日", group.body)
    ):
        return False
    if len(group.all_codes("date")) != 1 or not group.all_codes("date")[0].identified:
        return False
    return any(q.unit is not None and q.unit.quantity == "time" for q in clause.quantities)


def _is_the_test_of(
    group: Clause, clause: Clause, own: list[Property], head: list[Property]
) -> bool:
    """Say whether a standard stands before the level that is tested by it ("EN 581-2:2015, 110 kg static load")."""
    if head or group.quantities or not group.all_codes("standard") or clause.codes:
        return False
    return bool(clause.quantities) and any(prop.way in PROCEDURES for prop in own)


def _limits_with_one_test(
    group: Clause, clause: Clause, own: list[Property], head: list[Property]
) -> bool:
    """Say whether two substances have their limits by one standard, named behind the second ("lead …, cadmium … (EN 1388-1)")."""
    substances = all(any(prop.id == "substance content" for prop in named) for named in (own, head))
    limited = bool(group.quantities) and bool(clause.quantities)
    return (
        substances
        and limited
        and bool(clause.all_codes("standard"))
        and not group.all_codes("standard")
    )


def _packs_on(group: Clause, clause: Clause) -> bool:
    """Say whether a clause counts the inner packs of the count before it ("10 per inner box, 120 per carton")."""
    alone = not clause.has("property", "vague", "packaging.designed") and not clause.codes
    if not alone or len(clause.quantities) > 2 or not group.quantities:
        return False
    inner = _INNER.search(group.text[group.quantities[-1].start : group.end])
    return inner is not None and _PER_PACK.search(clause.body) is not None


def _caps(clause: Clause, own: list[Property], head: list[Property]) -> bool:
    """Say whether a clause only caps the remedy before it ("1 % per week, max. 6 %")."""
    remedy = any(prop.id == "late remedy" for prop in head) and not own
    return remedy and len(clause.quantities) == 1 and bool(clause.quantities[0].operator)


def _strays(group: Clause, clause: Clause) -> bool:
    """Say whether a clause only limits how far what stands before may be off its place."""
    limited = any(q.operator for q in clause.quantities)
    return limited and not group.quantities and _STRAYS.search(clause.body) is not None


def _continues_denial(group: Clause, clause: Clause) -> bool:
    """Say whether a clause only names further things that must not be there ("no hole, a missing part or …")."""
    if _NOT_THERE_EITHER.match(clause.body) and not clause.quantities:
        return group.has("defect.absent_before") and not group.quantities
    named_on = _NAMES_ON.match(clause.body) and not clause.quantities
    if named_on and group.has("defect.absent_before") and not group.quantities:
        return True
    defects = clause.words("defect.discrete")
    if not defects or clause.quantities or clause.has("defect.absent_before"):
        return False
    follows = defects[0].start - clause.start <= _NEXT_DEFECT
    return follows and group.has("defect.absent_before") and group.has("defect.discrete")


def _only_handled(clause: Clause) -> bool:
    """Say whether a clause only tells what is done to the goods ("180 °C for 30 min", 压5kg放1小时)."""
    return bool(clause.quantities) and all(
        q.unit is not None
        and q.unit.quantity in _HANDLED
        and not q.operator
        and q.tolerance is None
        for q in clause.quantities
    )


def _tests_what_follows(group: Clause, clause: Clause) -> bool:
    """Say whether the group is the treatment and the clause what must not come of it, or a further step."""
    if group.has("property") or clause.has("property") or not _only_handled(group):
        return False
    hot = any(q.unit is not None and q.unit.quantity == "temperature" for q in group.quantities)
    if hot and _only_handled(clause):
        return True
    denied = clause.has("pass_criterion.words") or (
        clause.has("defect.absent_before") and clause.has("defect.failures", "defect.gradual")
    )
    return denied and not clause.quantities and len(group.quantities) > 1


def _counts_defects(group: Clause, clause: Clause) -> bool:
    """Say whether a clause only limits how many of the defects before it may be there ("max. 2 per piece")."""
    counts = [q for q in clause.quantities if q.operator and (q.unit is None or q.unit.discrete)]
    alone = not clause.has("property", "packaging.words", "defect.absent_before")
    return bool(counts) and alone and group.has("defect.gradual") and bool(group.quantities)


def _goes_on_in_size(
    group: Clause, clause: Clause, own: list[Property], head: list[Property]
) -> bool:
    """Say whether a clause gives a further bare dimension, or the thickness of the coating before it."""
    if not clause.quantities or clause.codes or clause.has("branding.marks", "packaging.words"):
        return False
    bare = [
        q.unit.name for q in clause.quantities if q.unit is not None and q.unit.quantity == "length"
    ]
    if len(bare) != len(clause.quantities):
        return False
    if not own and group.has("category.finish") and not (group.quantities or group.codes):
        return all(name in ("µm", "丝") for name in bare)
    sizes = own and head and all(prop.id == "size" for prop in (*own, *head))
    every = (*group.quantities, *clause.quantities)
    return bool(sizes and group.quantities) and not any(q.operator or q.tolerance for q in every)
