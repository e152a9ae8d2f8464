"""What materials are worth: grades and species decide, families settle only the clear cases."""

from __future__ import annotations

import re

from fairlot.domain.contract.judging.judge_composition import CERTIFIED_CONTENT
from fairlot.domain.contract.judging.judge_reference import is_identified
from fairlot.domain.contract.judging.judgement import Judgement, Parsed, make
from fairlot.domain.contract.lexicon import Hit
from fairlot.domain.contract.wording.analysis import Clause
from fairlot.domain.contract.wording.turns import asks_for_more

# A material named for its look or touch ("cotton feel", 皮质感) is none.
_LOOK = re.compile(
    r"[ -](?:feel|feeling|touch|look|like|effect|imitation)\b(?! (?:fabric|cloth|material|leather|paper|panel|board|upholstery|on|in|the|our|your|last|before|sample)\b)|般?的?(?:手感|质感|触感|观感)"
)

# What is made of a plant and is no wood of it ("bamboo charcoal fabric").
_SOFT = re.compile(
    r"\s?(?:charcoal|fabric|fib(?:re|er)|yarn|pulp|viscose|fleece|[一-鿿]{0,2}(?:面料|纤维|布|浆|炭|纱))"
)

# A figure of speech ("light as a feather").
_COMPARED = re.compile(r"(?:\b(?:as|like) an?|像)\s*\Z")

_IMITATION = re.compile(r"(?:仿|像|imitation|like|like an?|as an?|look of|imitating)\s*\Z")

_ASKED_OF_IT = re.compile(
    r"[子料件质面布类]?(?:一定|必须|都|务必|尽量)?[要须需得](?:求)?(?!用|是|为|含|采用|选|带|做|和|与|达到|符合|按|求用|求为)[一-鿿]"
)

# Words that are no polymers, and symbols that in small letters are polymers only where materials are the topic.
_ORDINARY = frozenset({"as", "As", "pets", "Pets"})

_SMALL_LETTERS = frozenset({"pa", "san", "pc", "ps", "pe", "Pc", "pet"})


def value(clause: Clause) -> str:
    return clause.raw[clause.start : clause.end].strip(" ,;。.")


def _solid_woods(clause: Clause) -> list[Hit]:
    """Return the woods that are there as wood, neither imitated nor spun."""
    return [
        hit
        for hit in clause.words("material.species")
        if not _SOFT.match(clause.text, hit.end) and not _IMITATION.search(clause.text[: hit.start])
    ]


def _meant(clause: Clause, category: str) -> list[Hit]:
    """Return the materials of a category that are meant as such, not only for their look or in a figure of speech."""
    return [
        hit
        for hit in clause.words(category)
        if not _COMPARED.search(clause.text[: hit.start]) and not _LOOK.match(clause.text, hit.end)
    ]


_VIRGIN = re.compile(r"virgin|全新料|原生料|新料")


def _only_wished(clause: Clause, named: list[Hit]) -> bool:
    """Say whether no material is asked for, or only something of it (木料要干透)."""
    end = max((hit.end for hit in named), default=clause.end)
    if named and asks_for_more(clause.text[end : clause.end]):
        return True
    if _VIRGIN.search(clause.body):
        return not named
    return not named or _ASKED_OF_IT.match(clause.text, end, clause.end) is not None


def _unnamed(clause: Clause) -> Judgement | None:
    """A material of which only its grade or its being new is told."""
    parsed = Parsed(operator="=", value=value(clause))
    if clause.has("material.food_grade") and not clause.has("vague"):
        rules = ("standard_not_identified",)
    elif _VIRGIN.search(clause.body):
        rules = ("missing_test_method",)
    else:
        return None
    return make(clause.start, clause.end, "material", rules, parsed)


# The wood of a veneer is named behind it or right before it (木皮:黑胡桃, 黑胡桃木皮).
_VENEER = frozenset({"木皮", "贴皮"})


def _engineered(clause: Clause, species: list[Hit]) -> bool:
    """Say whether a wood is named only for what a board is made from, and not as the veneer that is seen."""
    boards = clause.words("material.engineered")
    if not species or clause.has("material.families"):
        return bool(boards)
    return any(
        clause.text[hit.start : hit.end] not in _VENEER
        or not (
            clause.text[hit.end : hit.end + 1] in (":", "为", "用")
            or any(wood.end == hit.start for wood in species)
        )
        for hit in boards
    )


def judge_material(clause: Clause, *, hint: str) -> Judgement | None:
    """Judge materials named without shares."""
    grades, polymers = clause.words("material.grades"), clause.words("material.polymers")
    species, families = _solid_woods(clause), _meant(clause, "material.families")
    fibers = _meant(clause, "material.fibers")
    if not (grades or polymers or species or families or fibers):
        return _unnamed(clause) if hint == "material" else None
    polymers = [
        hit
        for hit in polymers
        if clause.raw[hit.start : hit.end] not in _ORDINARY
        and (hint == "material" or clause.raw[hit.start : hit.end] not in _SMALL_LETTERS)
    ]
    identified = [*grades, *polymers, *species]
    vague = ["vague_word"] if clause.has("vague") else []
    parsed = Parsed(operator="=", value=value(clause))
    if not identified and _only_wished(clause, [*families, *fibers]):
        return None
    boxed = clause.has("packaging.plain", "packaging.designed") and hint != "material"
    if boxed and vague and not identified:
        return None
    if clause.has("option.words") or re.search(r"\s(?:or|and/or)\s|或", clause.body):
        return make(clause.start, clause.end, "material", ("option_left_open", *vague), parsed)
    if clause.has("material.hidden_content") and not CERTIFIED_CONTENT.search(clause.body):
        rule = (
            "missing_test_method"
            if re.search(r"virgin|new material|全新|新料|原生", clause.body)
            else "certificate_without_number"
        )
        return make(clause.start, clause.end, "material", (rule, *vague), parsed)
    if clause.has("material.food_grade") and not clause.code("standard"):
        return make(
            clause.start,
            clause.end,
            "material",
            ("standard_not_identified",),
            parsed,
        )
    if any(code.identified for code in clause.all_codes("standard", "class")) or is_identified(
        clause
    ):
        return make(clause.start, clause.end, "material", (), parsed, "material")
    mixed = re.search(r"\b(?:mix|blend|mixed|blended)\b|混纺|混合", clause.body)
    if (
        identified
        and not mixed
        and not (_engineered(clause, species) and not grades and not polymers)
    ):
        return make(clause.start, clause.end, "material", (), parsed, "material")
    return make(
        clause.start,
        clause.end,
        "material",
        ("material_without_composition", *vague),
        parsed,
        "material",
    )
