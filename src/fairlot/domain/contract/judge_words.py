"""What words without numbers are worth: materials, defects, categories, performance, praise, presence and absence."""

from __future__ import annotations

import re

from fairlot.domain.contract.analysis import Clause
from fairlot.domain.contract.judge_quantity import has_method, judge_quantity
from fairlot.domain.contract.judge_reference import is_identified
from fairlot.domain.contract.judgement import Judgement, Parsed, make
from fairlot.domain.contract.lexicon import Hit

_PERCENT_FIBER = re.compile(r"(\d{1,3}(?:\.\d+)?)\s*%\s*(?:of\s+)?")
_CERTIFIED_CONTENT = re.compile(
    r"transaction certificate|\btc\b|证书(?:编)?号|certificate no|交易证书|cert\.? no|certificate number|证书[a-z0-9]"
)
_DEFECT_REACH = 22
_FORBIDS = re.compile(
    r"(?:^|[\s,:])(?:no|without|must not|shall not|may not|not allowed|never)\s|不得|不可|禁止|不能|不要|不允许|严禁|不准"
)


def _value(clause: Clause) -> str:
    return clause.raw[clause.start : clause.end].strip(" ,;。.")


def composition_shares(clause: Clause) -> list[tuple[str, str, int, int]]:
    """Read "95% cotton 5% spandex" and 棉95% as (fiber, percent, start, end)."""
    fibers = sorted(
        [*clause.words("material.fibers"), *clause.words("material.families")],
        key=lambda hit: hit.start,
    )
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
                and clause.text[h.end : match.start()].strip(" :") in ("", "(", "含", "占")
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
    return found


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
    elif total < 99.5:
        rules.append("material_without_composition")
    if clause.has("material.hidden_content") and not _CERTIFIED_CONTENT.search(clause.body):
        rules.append("certificate_without_number")
    if clause.has("option.words"):
        rules.append("option_left_open")
    number = _yarn(clause, shares)
    if number is not None and number.label != "claimable":
        rules += number.rules
    return make(clause.start, clause.end, "material", rules, parsed, "composition")


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


def judge_material(clause: Clause, *, hint: str) -> Judgement | None:
    """Judge materials named without shares."""
    grades, polymers = clause.words("material.grades"), clause.words("material.polymers")
    species, families = clause.words("material.species"), clause.words("material.families")
    fibers = clause.words("material.fibers")
    if not (grades or polymers or species or families or fibers):
        if hint == "material" and re.search(r"virgin|全新料|原生料|新料", clause.body):
            return make(
                clause.start,
                clause.end,
                "material",
                ("missing_test_method",),
                Parsed(operator="=", value=_value(clause)),
            )
        return None
    polymers = [
        hit
        for hit in polymers
        if clause.raw[hit.start : hit.end] not in ("as", "As", "pa", "san", "pc", "ps", "pe", "Pc")
        or hint == "material"
    ]
    identified = [*grades, *polymers, *species]
    vague = ["vague_word"] if clause.has("vague") else []
    parsed = Parsed(operator="=", value=_value(clause))
    if not identified and not families and not fibers:
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
    if identified and not (clause.has("material.engineered") and not grades and not polymers):
        return make(clause.start, clause.end, "material", (), parsed, "material")
    return make(
        clause.start,
        clause.end,
        "material",
        ("material_without_composition", *vague),
        parsed,
        "material",
    )


def _absent_target(clause: Clause, category: str) -> Hit | None:
    """Find a thing of the category that an absence word governs: "no ... scratches", 无划痕, or "scratches not allowed"."""
    denials = clause.words("defect.absent_before")
    for hit in clause.words(category):
        for denial in denials:
            if (
                denial.end <= hit.start <= denial.end + _DEFECT_REACH
                or denial.start <= hit.start < denial.end
            ):
                return hit
            if 0 <= denial.start - hit.end <= 14:
                return hit
    return None


def judge_absence(clause: Clause, *, hint: str) -> Judgement | None:
    """Judge what must not be there: defects, failures, substances, marks."""
    limit = any(q.operator or q.tolerance for q in clause.quantities)
    free = re.search(r"\w+[ -]free\b|free of|free from", clause.body)
    substance = _absent_target(clause, "defect.substances") or (
        clause.words("defect.substances")[0] if free and clause.has("defect.substances") else None
    )
    if substance is not None and not limit:
        decided = any(code.identified for code in clause.all_codes("standard"))
        rules = () if decided else ("missing_test_method",)
        return make(
            clause.start,
            clause.end,
            "certification" if hint != "material" else "material",
            rules,
            Parsed(operator="absent", value=clause.raw[substance.start : substance.end]),
            "substance",
        )
    act = _absent_target(clause, "defect.acts")
    if act is not None:
        return make(
            clause.start,
            clause.end,
            "other",
            (),
            Parsed(operator="absent", value=clause.raw[act.start : act.end]),
            "act",
        )
    failure = _absent_target(clause, "defect.failures") or (
        clause.words("pass_criterion.words")[0] if clause.has("pass_criterion.words") else None
    )
    failure = failure or (
        clause.words("defect.failures")[0] if free and clause.has("defect.failures") else None
    )
    gradual = _absent_target(clause, "defect.gradual")
    if gradual is not None and (failure is None or gradual.start <= failure.start):
        return _gradual(clause, gradual)
    if failure is not None:
        rules = () if has_method(clause, None, 2) else ("missing_test_method",)
        also = ("vague_word",) if rules and clause.has("vague") else ()
        kind = _failure_kind(clause, failure, hint)
        return make(
            clause.start,
            clause.end,
            kind,
            (*rules, *also),
            Parsed(operator="absent", value=clause.raw[failure.start : failure.end]),
            "failure",
        )
    discrete = _absent_target(clause, "defect.discrete") or _absent_target(
        clause, "defect.materials_absent"
    )
    if (
        discrete is None
        and clause.has("defect.gradual")
        and re.search(r"acceptable|allowed|permitted|accepted|允许|可接受", clause.body)
    ):
        return _gradual(clause, clause.words("defect.gradual")[0])
    if discrete is not None:
        kind = "appearance" if _absent_target(clause, "defect.discrete") else "material"
        return make(
            clause.start,
            clause.end,
            hint or kind,
            (),
            Parsed(operator="absent", value=clause.raw[discrete.start : discrete.end]),
            "absence",
        )
    return None


def _gradual(clause: Clause, hit: Hit) -> Judgement:
    parsed = Parsed(operator="absent", value=clause.raw[hit.start : hit.end])
    sized = any(
        q.unit is not None and q.unit.quantity in ("length", "area", "count", "points", "share")
        for q in clause.quantities
    )
    light = clause.has("defect.viewing") and bool(clause.quantities)
    if sized or light or is_identified(clause) or clause.code("standard"):
        return make(clause.start, clause.end, "appearance", (), parsed, "defect")
    rules = ["appearance_without_criterion"]
    if clause.has("vague"):
        rules.append("vague_word")
    return make(clause.start, clause.end, "appearance", rules, parsed, "defect")


def _failure_kind(clause: Clause, hit: Hit, hint: str) -> str:
    word = clause.text[hit.start : hit.end]
    if re.search(r"smell|odou?r|味", word):
        return "other"
    if re.search(r"fade|色|bleed|transfer", word):
        return "colour"
    named = clause.properties()
    return named[0][1].kind if named else (hint or "function")


def judge_category(clause: Clause, *, hint: str) -> Judgement | None:
    """Judge finishes, size letters and colors by name."""
    parsed = Parsed(operator="=", value=_value(clause))
    vague = ("vague_word",) if clause.has("vague") else ()
    if clause.has("category.finish") and hint in (
        "",
        "finish",
        "appearance",
        "material",
        "other",
        "packaging",
    ):
        if any(code.identified for code in clause.all_codes("standard", "class")) or is_identified(
            clause
        ):
            return make(clause.start, clause.end, "finish", (), parsed, "finish")
        only = [
            hit
            for hit in clause.words("category.finish")
            if clause.text[hit.start : hit.end] not in ("polished", "抛光")
        ]
        if only or not vague:
            return make(
                clause.start,
                clause.end,
                "finish",
                ("category_without_limit", *vague),
                parsed,
                "finish",
            )
    if clause.has("category.size_letters") and (
        hint == "size" or re.search(r"size|码|尺", clause.body)
    ):
        letters = [
            h
            for h in clause.words("category.size_letters")
            if h.end - h.start > 1
            or re.search(r"(?:size|码|尺寸|:)\W*\Z", clause.text[: h.start])
            or hint == "size"
        ]
        if letters:
            return make(
                clause.start, clause.end, "size", ("unidentified_reference",), parsed, "size"
            )
    if clause.has("colour.names") and (
        hint in ("", "colour", "quantity", "appearance", "finish", "branding", "material")
        or clause.has("colour.words")
    ):
        return make(
            clause.start,
            clause.end,
            "colour",
            ("colour_without_system", *vague),
            parsed,
            "colour name",
        )
    return None


def judge_presence(clause: Clause, *, hint: str) -> Judgement | None:
    """Judge things that must be there: packing, documents, stitches, connectors."""
    parsed = Parsed(operator="present", value=_value(clause))
    vague = ("vague_word",) if clause.has("vague") else ()
    if clause.has("packaging.designed") and hint in ("", "packaging", "branding", "other"):
        rules = () if is_identified(clause) else ("detail_missing", *vague)
        return make(clause.start, clause.end, "packaging", rules, parsed, "packing")
    if clause.has("things.documents"):
        known = (
            clause.has("things.languages")
            or is_identified(clause)
            or re.search(r"\b(?:en|de|fr|es|it|cn)\b", clause.body)
        )
        return make(
            clause.start,
            clause.end,
            "packaging",
            () if known else ("detail_missing",),
            parsed,
            "document",
        )
    if clause.has("category.discrete") and not clause.has("not_a_requirement.words"):
        kind = (
            "stitching"
            if re.search(r"stitch|needle|lock|seam|针|缝|线|边|枣", clause.body)
            else (hint or "function")
        )
        return make(clause.start, clause.end, kind, (), parsed, "presence")
    if clause.has("packaging.plain") and hint in ("", "packaging", "other") and not vague:
        return make(clause.start, clause.end, "packaging", (), parsed, "packing")
    if clause.code("version") is not None:
        return make(clause.start, clause.end, hint or "function", (), parsed, "version")
    return None


def judge_vague(clause: Clause, *, hint: str) -> Judgement | None:
    """Judge praise and performance words that name no level."""
    vague = clause.words("vague")
    if clause.has("performance.words"):
        return make(
            clause.start, clause.end, hint or "function", ("no_measure",), property_id="performance"
        )
    if vague:
        kind, rule = max(vague, key=lambda hit: hit.end - hit.start).payload
        rules = (rule,) if rule == "vague_word" else ("vague_word", rule)
        made = make(clause.start, clause.end, hint or kind, rules, property_id=f"vague {kind}")
        if rule == "standard_not_identified":
            import msgspec  # noqa: PLC0415  (rare)

            return msgspec.structs.replace(made, rules=(rule, "vague_word"))
        return made
    return None
