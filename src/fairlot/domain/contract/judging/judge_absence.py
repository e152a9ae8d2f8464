"""What must not be there: defects, failures, substances, and what each needs before a claim can stand on it."""

from __future__ import annotations

import re

from fairlot.domain.contract.judging.defect_or_failure import happens, is_seen, named_inside
from fairlot.domain.contract.judging.judge_reference import is_identified
from fairlot.domain.contract.judging.judgement import Judgement, Parsed, make
from fairlot.domain.contract.judging.numbers_of import PROCEDURES, has_method
from fairlot.domain.contract.lexicon import Hit
from fairlot.domain.contract.wording.analysis import Clause

_DEFECT_REACH = 22


# What denies that something will happen, and not that it is there.
_NEVER = frozenset(
    {
        "never",
        "does not",
        "do not",
        "cannot",
        "can not",
        "won't",
        "will not",
        "not",
        "不会",
        "不易",
        "不容易",
        "不再",
        "未",
    }
)
_ON_THE_WAY = re.compile(
    r"transit|transport|shipping|handling|damage|dirty|dirt|stain|运输|途中|破损|破碎|脏|污"
)
_FORBIDS = re.compile(
    r"(?:^|[\s,:])(?:no|without|must not|shall not|may not|not allowed|never)\s|不得|不可|禁止|不能|不要|不允许|严禁|不准"
)


def _absent_target(clause: Clause, category: str) -> Hit | None:
    """Find a thing of the category that an absence word governs: "no ... scratches", 无划痕, or "scratches not allowed"."""
    denials = [*clause.words("defect.absent_before"), *clause.words("defect.removed")]
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


# What happens to packing and is not put there (不能蹭花, 不得压瘪).
_HARMED = re.compile(
    r"(?:[不勿别]|不[得能可要许准会应]|不允许|禁止|避免)(?:[一-鿿]{0,2}?)(?:[蹭刮擦磨弄]花|蹭|刮|磨损|压[瘪扁坏变塌烂]|变形|塌|破(?!坏性)|裂|烂|散[架开包]|脱[落胶开层]|掉(?!包)|漏[液水气油出粉]|[受打淋弄]湿|受潮|返潮|潮湿(?!纸|的)|发霉|长霉|鼓[包起胀]|胀[气裂开]|起皱|翘[边曲起]|折断|断裂|晃|移位|松[动开脱散]|滑[落动移]|爆|褪|[模发]糊|串[色味]|撞|[碰摔压打]碎|碎裂|碰[坏伤]|受损|损[坏伤])"
)


def _kept_out(clause: Clause, hint: str) -> Judgement | None:
    """What must not be in the packing or on the goods is seen at once; what must not happen on the way is not."""
    if hint not in ("packaging", "branding") or not clause.has("defect.absent_before"):
        return None
    open_to_doubt = clause.has(
        "vague", "performance.words", "defect.failures", "pass_criterion.words"
    )
    plainly = _absent_target(clause, "defect.materials_absent") is not None
    happens = any(denial.payload in _NEVER for denial in clause.words("defect.absent_before"))
    if (
        happens
        or (_HARMED.search(clause.body) and not plainly)
        or (open_to_doubt and not plainly)
        or clause.quantities
        or _ON_THE_WAY.search(clause.body)
    ):
        return None
    value = clause.raw[clause.start : clause.end].strip(" ,;。.")
    return make(
        clause.start, clause.end, hint, (), Parsed(operator="absent", value=value), "absence"
    )


def _after_a_test(clause: Clause) -> bool:
    """Say whether a load or a treatment is measured, so that what must not come of it is seen afterwards."""
    stressed = any(prop.way in PROCEDURES for _, prop in clause.properties())
    measured = [q for q in clause.quantities if q.unit is not None]
    return stressed and len(measured) > 1 and not clause.has("defect.viewing")


def judge_absence(clause: Clause, *, hint: str) -> Judgement | None:
    """Judge what must not be there: defects, failures, substances, marks."""
    kept_out = _kept_out(clause, hint)
    if kept_out is not None:
        return kept_out
    limit = any(q.operator or q.tolerance for q in clause.quantities)
    free = re.search(r"\w+[ -]free\b|free of|free from", clause.body)
    family = re.match(r"\s*(?:completely |100 ?% )?([a-z]+)[- ]free\b", clause.body)
    if family and clause.has("material.families") and not clause.has("defect.substances"):
        parsed = Parsed(operator="absent", value=family[1])
        return make(clause.start, clause.end, "material", (), parsed, "absence")
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
        parsed = Parsed(operator="absent", value=clause.raw[act.start : act.end])
        return make(clause.start, clause.end, "other", (), parsed, "act")
    failure = _absent_target(clause, "defect.failures") or _passing(clause)
    failure = failure or (
        clause.words("defect.failures")[0] if free and clause.has("defect.failures") else None
    )
    gradual = _absent_target(clause, "defect.gradual") or named_inside(clause, failure)
    sized = any(q.unit is not None and q.unit.quantity == "length" for q in clause.quantities)
    if gradual is not None and failure is not None and is_seen(clause, failure, gradual):
        failure = None
    if gradual is not None and failure is not None and happens(clause, failure, gradual):
        gradual = None
    inside = gradual is not None and failure is not None and gradual.end <= failure.end and sized
    loaded = failure is not None and _after_a_test(clause)
    if (
        gradual is not None
        and not loaded
        and (failure is None or inside or gradual.start <= failure.start)
    ):
        return _gradual(clause, gradual)
    if failure is not None:
        return _failing(clause, failure, hint)
    harmed = _HARMED.search(clause.body) if hint in ("packaging", "branding") else None
    if harmed is not None and _absent_target(clause, "defect.materials_absent") is None:
        at = clause.start + harmed.start()
        word = Hit(at, clause.start + harmed.end(), "defect.failures", harmed[0])
        return _failing(clause, word, hint)
    return _discrete(clause, hint)


def _failing(clause: Clause, failure: Hit, hint: str) -> Judgement:
    """Judge what must not happen: it decides where the conditions are written out."""
    limited = any(q.form == "range" or q.operator for q in clause.quantities)
    seen = clause.has("defect.viewing") and bool(clause.quantities)
    decided = seen or has_method(clause, None, 2 if limited else 3)
    rules = () if decided else ("missing_test_method",)
    also = ("vague_word",) if rules and clause.has("vague") else ()
    parsed = Parsed(operator="absent", value=clause.raw[failure.start : failure.end])
    kind = _failure_kind(clause, failure, hint)
    return make(clause.start, clause.end, kind, (*rules, *also), parsed, "failure")


_DENIES = re.compile(r"no |not |without |does not |un|[不无未没]")


def _passing(clause: Clause) -> Hit | None:
    """Find what tells that a test is passed; that something works is no test ("Bluetooth works great")."""
    words = clause.words("pass_criterion.words")
    if any(quantity.up_to for quantity in clause.quantities):
        return None
    tested = clause.quantities or clause.codes or clause.has("condition.words")
    decided = tested or not clause.has("vague")
    return next((hit for hit in words if decided or _DENIES.match(hit.payload)), None)


def _left_out(clause: Clause) -> Hit | None:
    """Find a material that must not be used; what never happens to it is another matter."""
    if any(denial.payload in _NEVER for denial in clause.words("defect.absent_before")):
        return None
    return _absent_target(clause, "material.families") or _absent_target(
        clause, "material.polymers"
    )


_COMES_APART = re.compile(r"开线|爆线|断线|破损|断裂|碎裂|发霉|霉变|掉扣|开胶|脱针")


def _happens_later(clause: Clause, hit: Hit) -> bool:
    """Say whether it is denied that something will come apart, and not that it is so (缝合处不开线)."""
    before = clause.text[clause.start : hit.start]
    return bool(
        _COMES_APART.match(clause.text, hit.start)
        and re.search(r"(?:不|不要|别|不能|不会)\Z", before)
    )


_ALLOWED_SOME = re.compile(
    r"\b(?:is|are)\s(?:ok|okay|fine|acceptable|allowed|tolerated)\b.*\b(?:but|no|none)\b"
)


def _discrete(clause: Clause, hint: str) -> Judgement | None:
    """Judge unmistakable things that must not be there, forbidden packing and marks, and allowed defects."""
    discrete = (
        _absent_target(clause, "defect.discrete")
        or _absent_target(clause, "defect.materials_absent")
        or _left_out(clause)
    )
    unknown = discrete is None and hint in ("branding", "packaging")
    praise = clause.has("vague", "performance.words", "defect.gradual")
    praise = praise or _ON_THE_WAY.search(clause.body) is not None
    if unknown and not praise and _FORBIDS.search(clause.body):
        forbidden = clause.raw[clause.start : clause.end].strip(" ,;。.")
        parsed = Parsed(operator="absent", value=forbidden)
        return make(clause.start, clause.end, hint, (), parsed, "absence")
    if (
        discrete is None
        and clause.has("defect.gradual")
        and re.search(
            r"acceptable|allowed|permitted|accepted|no more than|not more than|at most|nothing worse than|only (?:light|minor|small|slight|tiny|minimal)|允许|可接受",
            clause.body,
        )
    ):
        return _gradual(clause, clause.words("defect.gradual")[0])
    if discrete is not None and _ALLOWED_SOME.search(clause.body) and not clause.quantities:
        return _gradual(clause, discrete)
    if discrete is not None and _happens_later(clause, discrete):
        parsed = Parsed(operator="absent", value=clause.raw[discrete.start : discrete.end])
        return make(
            clause.start,
            clause.end,
            hint or "function",
            ("missing_test_method",),
            parsed,
            "failure",
        )
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
        q.unit is not None and q.unit.quantity in ("length", "area", "points", "share")
        for q in clause.quantities
    )
    light = clause.has("defect.viewing") and bool(clause.quantities)
    tested = has_method(clause, None, 4)
    if tested and not (sized or light):
        kind = next((prop.kind for _, prop in clause.properties()), "function")
        return make(clause.start, clause.end, kind, (), parsed, "failure")
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
