"""What a reference is worth: colors, dates, standards, certificates, samples, drawings, brand marks."""

from __future__ import annotations

import re

from fairlot.domain.contract.judging.judgement import Judgement, Parsed, make, parsed_quantity
from fairlot.domain.contract.lexicon import Hit
from fairlot.domain.contract.wording.analysis import Clause
from fairlot.domain.contract.wording.codes import Code, identifier_near
from fairlot.domain.contract.wording.quantities import Quantity

INCOTERM = re.compile(
    r"(?<![a-z])(?:exw|fca|fas|fob|cfr|cif|cpt|cip|dap|dpu|ddp)\s+[a-z一-鿿]|incoterms|(?<![a-z])(?:fob|cif|exw|ddp|dap|fca)[一-鿿]"
)


_ALTERNATIVE = re.compile(r"\s(?:or|and/or)\s|或")


# A number of one's own with its revision fits one paper only ("EMB-07 rev A", KJ-118第B版).
_REVISED = re.compile(
    r"(?<![a-z0-9])[a-z]{1,6}[-_ ]?\d+[a-z0-9-]*\s*(?:,\s*)?(?:(?:rev(?:ision)?\.?|issue|version|ver\.?|v)\s*[a-z0-9]+(?![a-z])|(?:第\s*)?[a-z0-9一二三四五六七八九]{1,2}\s?版)"
)
# A color that is only to be near another.
_NEARLY = re.compile(
    r"\b(?:approx\w*|about|around|near(?:ly|est)?|close to|similar to|like|circa|ca)\.?(?: to)?\s*\Z|(?:接近|近似|大约|约)\s*\Z"
)
# What is annexed under a letter or number ("as Annex B").
_ANNEXED = re.compile(
    r"\b(?:annex|appendix|exhibit|schedule|enclosure)\s(?:no\.?\s?)?(?:[a-h]|\d{1,2}|i{1,3}|iv|v)\b"
    r"|附[件录图表]\s*(?:[a-h]|\d{1,2}|[一二三四五六七八九十])(?![a-z\d])"
)
# The suffix of a book behind the name of a color in it ("Pantone 485 C and Black C").
_OF_BOOK = re.compile(r"\s?(?:\d\s)?(?:c|u|tcx|tpg|tpx)\b")
_FURTHER = re.compile(r"、|配|衬|加|还有|以及|和|\band\b|&|\+")
_WITHIN_LOT = re.compile(
    r"each other|left and right|left to right|one pair|within|between|inside|any two|same|one set|lot|batch|同批|同缸|任意|之间|同色|同一|against|vs\.?|pantone|ral|sample|封样|样"
)


def judge_colour(clause: Clause, *, hint: str) -> Judgement | None:  # noqa: ARG001  (all judges share one signature)
    """Judge color codes, coordinates and color distances."""
    codes = clause.all_codes("colour", "coordinates")
    delta = clause.code("delta_e")
    limit = next((q for q in clause.quantities if delta and q.start >= delta.start), None)
    if not codes and delta is None:
        return None
    if clause.has("to_be_confirmed.words"):
        return make(clause.start, clause.end, "colour", ("to_be_confirmed",))
    if not codes:
        return _distance_alone(clause, limit, delta)
    either = len(codes) > 1 and _ALTERNATIVE.search(clause.text[codes[0].end : codes[-1].start])
    rules = ["option_left_open"] if either or clause.has("option.words") else []
    if _NEARLY.search(clause.text[clause.start : codes[0].start]):
        rules.append("not_binding")
    for code in codes:
        if code.kind != "coordinates":
            rules.append(code.rule)
        elif limit is None:
            rules.append("missing_tolerance")
    rules += _further_names(clause, codes[-1].end)
    values = tuple(code.value for code in codes)
    parsed = Parsed(operator="ref", value=values[0] if len(values) == 1 else values)
    return make(clause.start, clause.end, "colour", rules, parsed, "colour code")


def _further_names(clause: Clause, end: int) -> list[str]:
    """A color by name alone behind the coded ones ("… TCX、还有荧光绿") is left to the eye."""
    named = any(
        hit.start >= end
        and _FURTHER.search(clause.text[end : hit.start])
        and not _OF_BOOK.match(clause.text, hit.end)
        for hit in clause.words("colour.names")
    )
    return ["colour_without_system"] if named else []


def _distance_alone(clause: Clause, limit: Quantity | None, delta: Code | None) -> Judgement:
    """Judge a color distance that names no color: enough within one lot, else from what?"""
    compared = _WITHIN_LOT.search(clause.body) or is_identified(clause)
    rules = [] if compared else ["unidentified_reference"]
    if limit is None:
        return make(clause.start, clause.end, "colour", [*rules, "missing_tolerance"])
    unit = "dE2000" if delta is not None and "2000" in delta.value else "dE"
    parsed = parsed_quantity(limit, operator=limit.operator or "<=", unit=unit)
    return make(clause.start, clause.end, "colour", rules, parsed, "colour code")


def reference_hits(clause: Clause) -> list[Hit]:
    """Return the samples, pictures and documents named here."""
    return [
        *clause.words("reference.sample"),
        *clause.words("reference.picture"),
        *clause.words("reference.document"),
    ]


def is_identified(clause: Clause) -> bool:
    """Say whether a reference here fits only one thing: a file, a number, a revision, or a day with year beside it."""
    if (
        clause.code("file") is not None
        or _REVISED.search(clause.body)
        or _ANNEXED.search(clause.body)
    ):
        return True
    for hit in reference_hits(clause):
        for code in clause.all_codes("date"):
            if code.identified and abs(code.start - hit.end) < 36 and len(code.value) == 10:
                return True
            if code.identified and 0 <= hit.start - code.end < 8:
                return True
        if identifier_near(clause.text, hit.start, min(hit.end, clause.end)) is not None:
            near = identifier_near(clause.text[: clause.end], hit.start, hit.end)
            if near is not None:
                return True
    return False


# What something is like in a figure of speech (像镜子一样亮).
_SIMILE = re.compile(
    r"[像如似](?![一-鿿]{0,6}[样图款批次年版货原老上前新])[一-鿿]{1,6}(?:一样|一般|似的|般)"
)


def judge_reference(clause: Clause, *, hint: str) -> Judgement | None:
    """Judge "as per sample, picture, drawing, last order"."""
    hits = reference_hits(clause)
    previous = clause.words("reference.previous")
    if not hits and not previous:
        return None
    if previous and not hits and _SIMILE.search(clause.body):
        return None
    kind = hint or _reference_kind(clause)
    if hint == "price" and clause.has("vague") and not clause.quantities:
        return None
    if is_identified(clause):
        value = clause.raw[clause.start : clause.end].strip(" ,;。.")
        return make(
            clause.start, clause.end, kind, (), Parsed(operator="ref", value=value), "reference"
        )
    attached = re.search(r"attached|enclosed|附后|见附|随附|附上", clause.body)
    if not (previous or attached or clause.has("reference.as_per", "reference.sample")):
        return None
    rules = ["unidentified_reference"]
    if clause.has("vague"):
        rules.append("vague_word")
    if clause.has("colour.names"):
        rules.append("colour_without_system")
    named = (hits or previous)[0]
    return make(
        clause.start,
        clause.end,
        kind,
        rules,
        Parsed(operator="ref", value=clause.raw[named.start : named.end]),
        "reference",
    )


def _reference_kind(clause: Clause) -> str:
    named = clause.properties()
    if clause.has("packaging.designed") and not clause.quantities:
        return "packaging"
    if named:
        return named[0][1].kind
    if clause.has("colour.words", "colour.names"):
        return "colour"
    if clause.has("packaging.words", "packaging.plain", "packaging.designed"):
        return "packaging"
    return "appearance"


def _sizes_by_chart(clause: Clause, number: Judgement) -> bool:
    """Say whether size numbers without unit are read from a chart that nobody can find."""
    bare = number.kind == "size" and number.parsed is not None and number.parsed.unit is None
    return bare and clause.has("shape.refers", "reference.document") and not is_identified(clause)


def with_reference(clause: Clause, number: Judgement) -> Judgement:
    """Add what an unclear design beside a packing number leaves open."""
    if _sizes_by_chart(clause, number):
        rules = (*(rule for rule in number.rules if rule != "ok"), "unidentified_reference")
        return make(number.start, number.end, "size", rules, number.parsed, number.property_id)
    given = clause.has("things.present_words") and number.parsed is not None
    counted = given and number.parsed is not None and number.parsed.unit in ("pcs", "set", "sheet")
    designed = number.kind == "packaging" and (clause.has("packaging.designed") or counted)
    if not designed or clause.code("file") is not None or not clause.has("vague"):
        return number
    rules = (*(rule for rule in number.rules if rule != "ok"), "detail_missing")
    return make(number.start, number.end, number.kind, rules, number.parsed, number.property_id)
