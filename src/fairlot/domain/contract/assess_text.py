"""Could a claim stand on this text? One term in, its judgement and its parts out; pure and without memory of examples."""

from __future__ import annotations

import re
from typing import Protocol

import msgspec

from fairlot.domain.contract.clauses.grouping import requirement_groups
from fairlot.domain.contract.clauses.splitting import caption, split
from fairlot.domain.contract.judging.assortment import judge_assortment, lists_sizes
from fairlot.domain.contract.judging.clashes import clashing, contradicts_itself
from fairlot.domain.contract.judging.decoration import without_decoration
from fairlot.domain.contract.judging.exclusion import excluded, kind_of_words
from fairlot.domain.contract.judging.judge_absence import judge_absence
from fairlot.domain.contract.judging.judge_branding import judge_branding
from fairlot.domain.contract.judging.judge_certificate import judge_certificate
from fairlot.domain.contract.judging.judge_composition import judge_composition
from fairlot.domain.contract.judging.judge_date import judge_date
from fairlot.domain.contract.judging.judge_material import judge_material
from fairlot.domain.contract.judging.judge_quantity import judge_quantity
from fairlot.domain.contract.judging.judge_reference import (
    INCOTERM,
    judge_colour,
    judge_reference,
    with_reference,
)
from fairlot.domain.contract.judging.judge_sampling import judge_sampling, speaks_of_sampling
from fairlot.domain.contract.judging.judge_shape import judge_shape, judge_wrapping
from fairlot.domain.contract.judging.judge_words import (
    judge_bare_test,
    judge_category,
    judge_presence,
    judge_vague,
    judge_wish,
)
from fairlot.domain.contract.judging.judgement import STRENGTH, Judgement, Parsed, make
from fairlot.domain.contract.judging.left_open import shared_out
from fairlot.domain.contract.judging.soften import softened
from fairlot.domain.contract.lexicon import Property
from fairlot.domain.contract.wording.analysis import Clause, read_text
from fairlot.domain.contract.wording.passages import passages

TEXT_CHARACTERS_MAX = 4_000
_COMPARISON_IS_ADVERTISING = re.compile(
    r"\d+\s*(?:times|x)\s+(?:(?!per|over|under|after)\w+er|more|faster|as)\b|(?:than other|than others)|倍于"
)


class Judge(Protocol):
    """Judges one clause of a topic, or leaves it to the next."""

    def __call__(self, clause: Clause, *, hint: str) -> Judgement | None: ...


class TextAssessment(msgspec.Struct, frozen=True, kw_only=True):
    """The worth of a text: the weakest part decides the label; `parts` are the distinct requirements in their order."""

    judgement: Judgement
    parts: tuple[Judgement, ...]


def assess_text(text: str, *, kind: str = "", inherited: Property | None = None) -> TextAssessment:
    """Assess one term; `kind` is its topic where known, `inherited` a property that a heading gives it."""
    written = " ".join(text[:TEXT_CHARACTERS_MAX].split())
    kept: list[Judgement] = []
    for start, end in passages(written):
        parts = _requirements(read_text(written[start:end]), kind, inherited)
        kept += [_moved(part, start) for part in parts] if start else parts
    return _gathered(kept, kind, end=len(written))


def _moved(part: Judgement, by: int) -> Judgement:
    return msgspec.structs.replace(part, start=part.start + by, end=part.end + by)


def _requirements(whole: Clause, kind: str, inherited: Property | None) -> list[Judgement]:
    """Judge each requirement of a passage; what only decorates another is left out."""
    one = speaks_of_sampling(whole) or lists_sizes(whole, kind)
    groups = [whole] if one else requirement_groups(split(whole) or [whole])
    head = caption(whole)
    passed_on = inherited
    if head is not None and head.properties():
        passed_on = head.properties()[-1][1]
    judged = [
        judge_with_options(group, hint=_hint(kind, index, group), inherited=passed_on)
        for index, group in enumerate(groups)
    ]
    clash = clashing(groups)
    if clash is None and contradicts_itself(whole, kind):
        clash = next((i for i, part in enumerate(judged) if part.parsed is not None), None)
    if clash is not None:
        made = judged[clash]
        rules = ("contradiction", *(rule for rule in made.rules if rule != "ok"))
        judged[clash] = make(made.start, made.end, made.kind, rules, made.parsed, made.property_id)
    return without_decoration(groups, judged)


def _gathered(kept: list[Judgement], kind: str, *, end: int) -> TextAssessment:
    """Gather the requirements of a text that ends at `end` into one judgement: the weakest decides."""
    weakest = min(kept, key=lambda part: STRENGTH[part.label])
    first = next((part for part in kept if part.parsed is not None), weakest)
    rules = tuple(
        dict.fromkeys((*weakest.rules, *(r for part in kept for r in part.rules if r != "ok")))
    )
    rules = tuple(rule for rule in rules if rule != "ok") or ("ok",)
    merged = Judgement(
        start=0,
        end=end,
        kind=kind or first.kind,
        label=weakest.label,
        rules=rules,
        parsed=first.parsed,
        property_id=first.property_id or weakest.property_id,
    )
    return TextAssessment(judgement=merged, parts=tuple(kept))


def _hint(kind: str, index: int, group: Clause) -> str:
    """Use the given topic for the first clause, and for later ones that name no property of their own."""
    if not index or kind in ("price", "quantity"):
        return kind
    if kind == "shipment_date" and group.code("date") is not None:
        return kind
    counted = any(q.unit is not None and q.unit.name == "colours" for q in group.quantities)
    denied = kind in ("packaging", "branding") and group.has("defect.absent_before")
    return kind if denied or (kind == "colour" and counted) else ""


_NO_CHOICE = re.compile(
    r"\bor\s+(?:more|better|less|higher|above|over|lower|below|longer|greater|fewer|under|before|after|up|smaller|shorter|thicker|heavier|newer|later|equal|so)\b|(?:on|and/)\s*or|或以上|或更"
)
_CHOICE_KINDS = frozenset({"packaging", "branding", "material", "finish", "colour", "stitching"})


def judge_with_options(
    clause: Clause, *, hint: str = "", inherited: Property | None = None
) -> Judgement:
    """Judge one requirement and see whether "or" leaves the choice open."""
    made = softened(clause, judge(clause, hint=hint, inherited=inherited))
    open_choice = re.search(r"\sor\s|或", _NO_CHOICE.sub("", clause.body))
    if (
        not (open_choice or clause.has("option.words"))
        or made.kind not in _CHOICE_KINDS
        or made.label == "not_claimable"
        or clause.has("defect.absent_before")
    ):
        return made
    if (
        "option_left_open" in made.rules
        or shared_out(clause)
        or any(code.kind == "standard" for code in clause.codes)
    ):
        return made
    rules = [rule for rule in made.rules if rule != "ok"]
    return make(
        made.start, made.end, made.kind, (*rules, "option_left_open"), made.parsed, made.property_id
    )


def judge(clause: Clause, *, hint: str = "", inherited: Property | None = None) -> Judgement:
    """Judge one requirement by the order of decision: is it a requirement, is there a measure, is anything open?"""
    apart = excluded(clause, hint)
    if apart is not None:
        return apart
    sampling = judge_sampling(clause)
    if sampling is not None:
        return sampling
    assortment = judge_assortment(clause)
    if assortment is not None:
        return assortment
    dated = clause.code("date") is not None
    if INCOTERM.search(clause.body) and not clause.quantities and not dated:
        value = clause.raw[clause.start : clause.end].strip()
        return make(
            clause.start, clause.end, "price", (), Parsed(operator="ref", value=value), "incoterm"
        )
    for judge_one in (judge_date, judge_colour):
        judged = judge_one(clause, hint=hint)
        if judged is not None:
            return judged
    judged = judge_composition(clause, hint=hint)
    if judged is not None:
        return judged
    if _COMPARISON_IS_ADVERTISING.search(clause.body):
        return make(clause.start, clause.end, hint or "function", ("vague_word",))
    return _measured_or_named(clause, hint, inherited)


# Topics under which the name of a material is only a word ("all papers in order").
_OTHER_TOPICS = frozenset({"certification", "price", "quantity", "shipment_date"})


def _order(clause: Clause, hint: str) -> list[Judge]:
    """Ask first what the topic is about."""
    order: list[Judge] = [
        judge_reference,
        judge_certificate,
        judge_branding,
        judge_presence,
        judge_material,
        judge_category,
    ]
    if hint == "certification" or clause.has("certificate.schemes"):
        order = [judge_certificate, judge_reference, *order[2:]]
    if hint == "material":
        order = [judge_reference, judge_material, judge_certificate, *order[2:]]
    if hint == "colour":
        order = [judge_reference, judge_certificate, judge_branding, judge_category, *order[3:]]
    if hint == "finish" or (hint == "appearance" and not clause.has("reference.sample")):
        order = [judge_reference, judge_category, judge_material, judge_certificate, *order[2:]]
    if hint == "stitching":
        order = [judge_presence, *order]
    if hint in _OTHER_TOPICS:
        order.remove(judge_material)
    return order


def _measured_or_named(clause: Clause, hint: str, inherited: Property | None) -> Judgement:
    wish = judge_wish(clause, hint=hint)
    if wish is not None:
        return wish
    absence = judge_absence(clause, hint=hint)
    if absence is not None and not _measures_something(clause, absence):
        return absence
    branding = judge_branding(clause, hint=hint)
    if branding is not None and hint in ("", "branding", "packaging") and not _has_limit(clause):
        return branding
    number = judge_quantity(clause, hint=hint, inherited=inherited)
    if number is not None and not _only_detail(clause, number):
        return with_reference(clause, number)
    order = _order(clause, hint)
    for judge_one in order:
        judged = judge_one(clause, hint=hint)
        if judged is not None:
            return judged
    tested = judge_bare_test(clause)
    return (
        number
        or absence
        or tested
        or judge_wrapping(clause, hint=hint)
        or judge_vague(clause, hint=hint)
        or judge_shape(clause, hint=hint)
        or _default(clause, hint)
    )


def _has_limit(clause: Clause) -> bool:
    """Say whether a packing number stands beside a label ("PE bag ≥ 0.04 mm with warning label")."""
    return clause.has("packaging.plain") and any(
        q.operator or q.tolerance or q.per for q in clause.quantities
    )


def _measures_something(clause: Clause, absence: Judgement) -> bool:
    if absence.property_id in ("defect", "substance"):
        return False
    for quantity in clause.quantities:
        if (quantity.operator or quantity.tolerance or quantity.unit is not None) and clause.has(
            "property"
        ):
            fits = any(prop.id not in ("size", "quantity") for _, prop in clause.properties())
            if fits and absence.label == "weak":
                return True
            if fits and quantity.operator:
                return True
    return False


def _only_detail(clause: Clause, number: Judgement) -> bool:
    """A bare number inside a named document, certificate or version is no measure."""
    return number.rules[0] == "missing_unit" and (
        bool(clause.codes)
        or clause.has("certificate.schemes", "certificate.families", "things.documents")
    )


def _default(clause: Clause, hint: str) -> Judgement:
    """Nothing known stands here, and its shape tells nothing: nobody could decide it."""
    return make(clause.start, clause.end, hint or kind_of_words(clause), ("no_measure",))
