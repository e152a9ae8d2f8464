"""What materials are worth: shares, grades and species decide, families settle only the clear cases."""

from __future__ import annotations

import re

from fairlot.domain.contract.analysis import Clause
from fairlot.domain.contract.judge_quantity import judge_quantity
from fairlot.domain.contract.judge_reference import is_identified
from fairlot.domain.contract.judgement import Judgement, Parsed, make
from fairlot.domain.contract.lexicon import Hit
from fairlot.domain.contract.turns import asks_for_more

_PERCENT_FIBER = re.compile(r"(\d{1,3}(?:\.\d+)?)\s*%\s*(?:of\s+)?")


_SHARE_FIRST = re.compile(
    r"(?P<share>\d{1,3}(?:\.\d+)?)\s*%\s*(?:of\s)?(?P<name>[a-z][a-z-]+(?:\s[a-z]+)?|[一-鿿]{1,5})"
)
_NAME_FIRST = re.compile(r"(?P<name>[a-z][a-z-]+|[一-鿿]{1,5})\s*(?P<share>\d{1,3}(?:\.\d+)?)\s*%")
# What may stand between a fiber and its share (棉含量不低于60%).
_SHARE_RIGHT_BEHIND = re.compile(r"[ :]*[(含占]?[ :]*")
_SHARE_OF = re.compile(r"[ :(]*(?:含量?|占|比例)?[ :]*(?:为|不低于|不少于|不小于|至少|≥|>=)? *")
# What rounding leaves of a whole, in percent.
_WHOLE_MIN, _WHOLE_MAX = 99.5, 100.5


_CERTIFIED_CONTENT = re.compile(
    r"transaction certificate|\btc\b|证书(?:编)?号|certificate no|交易证书|cert\.? no|certificate number|证书[a-z0-9]"
)


# A share in a named polymer leaves the polymer as the rest ("30 % glass fiber in PA66").
_FILLED = re.compile(r"%[^,;%]{0,30}\b(?:in|filled|reinforced)\b|填充|增强")


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


def composition_shares(clause: Clause) -> list[tuple[str, str, int, int]]:
    """Read "95% cotton 5% spandex" and 棉95% as (fiber, percent, start, end)."""
    fibers = sorted(
        [
            *clause.words("material.fibers"),
            *clause.words("material.families"),
            *clause.words("material.polymers"),
        ],
        key=lambda hit: hit.start,
    )
    filled_up = _SHARE_OF if _REST.search(clause.text) else None
    found: list[tuple[str, str, int, int]] = []
    used: set[int] = set()
    for match in _PERCENT_FIBER.finditer(clause.text, clause.start, clause.end):
        after = next(
            (h for h in fibers if h.start not in used and _follows(clause.text, match.end(), h)),
            None,
        )
        before = next(
            (
                h
                for h in reversed(fibers)
                if h.start not in used
                and h.end <= match.start()
                and (filled_up or _SHARE_RIGHT_BEHIND).fullmatch(clause.text, h.end, match.start())
            ),
            None,
        )
        hit = after or before
        if hit is not None:
            used |= {h.start for h in fibers if hit.start <= h.start < hit.end}
            found.append(
                (
                    clause.raw[hit.start : hit.end],
                    match[1],
                    min(match.start(), hit.start),
                    max(match.end(), hit.end),
                )
            )
    stated = sum(float(percent) for _, percent, _, _ in found)
    return found if stated >= _WHOLE_MIN else (_unknown_shares(clause) or found)


def _unknown_shares(clause: Clause) -> list[tuple[str, str, int, int]]:
    """Read shares of words that no list knows; two and more that make a whole can be nothing but a composition."""
    for pattern in (_SHARE_FIRST, _NAME_FIRST):
        shares = [
            (clause.raw[m.start("name") : m.end("name")], m["share"], m.start(), m.end())
            for m in pattern.finditer(clause.text, clause.start, clause.end)
        ]
        total = sum(float(percent) for _, percent, _, _ in shares)
        if len(shares) > 1 and _WHOLE_MIN <= total <= _WHOLE_MAX:
            return shares
    return []


def _follows(text: str, position: int, hit: Hit) -> bool:
    gap = text[position : hit.start]
    return 0 <= hit.start - position <= 22 and not re.search(r"[\d%,;/+((]", gap)


def judge_composition(clause: Clause, *, hint: str) -> Judgement | None:  # noqa: ARG001  (all judges share one signature)
    """Judge shares of fibers; hidden content (recycled, organic) needs a certificate that fits the order."""
    shares = composition_shares(clause)
    if not shares:
        return None
    total = sum(float(percent) for _, percent, _, _ in shares)
    parsed = Parsed(
        operator="=", value=tuple((fiber, percent) for fiber, percent, _, _ in shares), unit="%"
    )
    rules: list[str] = []
    if (
        total > 100.5
        and len(shares) > 1
        and clause.body.count("100%") + clause.body.count("100 %") <= 1
    ):
        rules.append("contradiction")
    hidden = clause.has("material.hidden_content")
    certified = _CERTIFIED_CONTENT.search(clause.body) is not None
    filled = clause.has("material.polymers") and _FILLED.search(clause.body)
    if total < 99.5 and not (hidden and certified) and not filled and not _rest_named(clause):
        rules.append("material_without_composition")
    if hidden and not certified:
        rules.append("certificate_without_number")
    if clause.has("option.words"):
        rules.append("option_left_open")
    number = _yarn(clause, shares)
    if number is not None and number.label != "claimable":
        rules += number.rules
    return make(clause.start, clause.end, "material", rules, parsed, "composition")


# What the whole is filled up with (棉60%以上,其余涤纶).
_REST_REACH = 12
_REST = re.compile(r"其余|余量|余下|剩余|余为|\b(?:rest|balance|remainder)\b")


def _rest_named(clause: Clause) -> bool:
    """Say whether one material is named for all that the shares leave."""
    rest = _REST.search(clause.text, clause.start, clause.end)
    if rest is None:
        return False
    named = [*clause.words("material.fibers"), *clause.words("material.polymers")]
    return any(0 <= hit.start - rest.end() <= _REST_REACH for hit in named)


def _yarn(clause: Clause, shares: list[tuple[str, str, int, int]]) -> Judgement | None:
    left = tuple(
        q for q in clause.quantities
        if q.unit is not None and not any(a <= q.start < b for _, _, a, b in shares) and q.unit.name != "%"
    )  # fmt: skip
    if not left:
        return None
    import msgspec  # noqa: PLC0415  (kept out of the hot path)

    return judge_quantity(
        msgspec.structs.replace(clause, quantities=left), hint="material", inherited=None
    )


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


def _only_wished(clause: Clause, named: list[Hit]) -> bool:
    """Say whether no material is asked for, or only something of it (木料要干透)."""
    end = max((hit.end for hit in named), default=clause.end)
    if named and asks_for_more(clause.text[end : clause.end]):
        return True
    return not named or _ASKED_OF_IT.match(clause.text, end, clause.end) is not None


def _unnamed(clause: Clause) -> Judgement | None:
    """A material of which only its grade or its being new is told."""
    parsed = Parsed(operator="=", value=value(clause))
    if clause.has("material.food_grade") and not clause.has("vague"):
        rules = ("standard_not_identified",)
    elif re.search(r"virgin|全新料|原生料|新料", clause.body):
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
    if clause.has("material.hidden_content") and not _CERTIFIED_CONTENT.search(clause.body):
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
