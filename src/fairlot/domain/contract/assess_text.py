"""Could a claim stand on this text? One term in, its judgement and its parts out; pure and without memory of examples."""

from __future__ import annotations

import re

import msgspec

from fairlot.domain.contract.analysis import Clause, caption, read_text, split
from fairlot.domain.contract.judge_quantity import judge_quantity
from fairlot.domain.contract.judge_reference import (
    judge_branding,
    judge_certificate,
    judge_colour,
    judge_date,
    is_identified,
    judge_reference,
)
from fairlot.domain.contract.judge_words import (
    judge_absence,
    judge_category,
    judge_composition,
    judge_material,
    judge_presence,
    judge_vague,
)
from fairlot.domain.contract.judgement import STRENGTH, Judgement, Parsed, make
from fairlot.domain.contract.lexicon import Property, properties

TEXT_CHARACTERS_MAX = 4_000
_COMPARISON_IS_ADVERTISING = re.compile(
    r"\d+\s*(?:times|x)\s+(?:\w+er|more|faster|as)\b|(?:than other|than others)|倍于"
)
_COUNT_OF_THINGS = re.compile(r"(?<![\w.])\d{1,4}\s*(?:x\s*)?[a-z]{3,}")
_HOLDS_FOR = {
    "capacity": ("capacity", "function"),
    "shipment_date": ("shipment_date",),
    "weight": ("weight",),
    "size": ("size",),
    "colour": ("colour",),
    "packaging": ("packaging",),
    "price": ("price",),
    "quantity": ("quantity",),
    "stitching": ("stitching",),
    "branding": ("branding",),
    "finish": ("finish",),
    "certification": ("certification",),
    "material": ("material",),
    "appearance": ("appearance",),
}
# Praise that belongs to a property: beside a number of that property it is decoration.
_PRAISE_OF_PROPERTY = {
    "noise": re.compile(r"quiet|silent|low noise|noise free|静音|噪音小|低噪|声音小"),
    "run time": re.compile(r"last|battery life|续航|持久|保温好|insulation"),
    "accuracy": re.compile(r"accura|precis|精度|精准|准确"),
    "luminous flux": re.compile(r"bright|亮"),
    "load": re.compile(r"strong|sturdy|robust|solid|结实|坚固|牢固|stable|稳"),
    "strength": re.compile(r"strong|sturdy|robust|firm|结实|牢固|坚固|强"),
    "endurance": re.compile(r"durab|long|lasting|reliab|耐用|寿命长|结实"),
    "speed": re.compile(r"fast|powerful|speed|strong|快|强劲|动力"),
    "charging time": re.compile(r"fast|quick|快"),
    "heat resistance": re.compile(r"heat|temperature|耐热|耐高温"),
    "water column": re.compile(r"water|防水"),
    "light blocking": re.compile(r"clear|transparent|blackout|高透|遮光"),
    "electrical": re.compile(r"power|energy|省电|节能|功率|强劲|fast|快充"),
    "salt spray": re.compile(r"rust|corrosion|防锈|不锈|耐腐"),
    "battery capacity": re.compile(r"last|capacity|续航|容量|耐用|电量"),
}


class TextAssessment(msgspec.Struct, frozen=True, kw_only=True):
    """The worth of a text: the weakest part decides the label; `parts` are the distinct requirements in their order."""

    judgement: Judgement
    parts: tuple[Judgement, ...]


def assess_text(text: str, *, kind: str = "", inherited: Property | None = None) -> TextAssessment:
    """Assess one term; `kind` is its topic where known, `inherited` a property that a heading gives it."""
    whole = read_text(" ".join(text[:TEXT_CHARACTERS_MAX].split()))
    return assess_clause(whole, kind=kind, inherited=inherited)


def assess_clause(
    whole: Clause, *, kind: str = "", inherited: Property | None = None
) -> TextAssessment:
    """Assess a text already read."""
    groups = (
        [whole] if whole.has("sampling.plan") else requirement_groups(split(whole) or [whole], kind)
    )
    head = caption(whole)
    passed_on = inherited
    if head is not None and head.properties():
        passed_on = head.properties()[-1][1]
    judged = [
        judge_with_options(group, hint=_hint(kind, index, group), inherited=passed_on)
        for index, group in enumerate(groups)
    ]
    kept = without_decoration(groups, judged)
    weakest = min(kept, key=lambda part: STRENGTH[part.label])
    first = next((part for part in kept if part.parsed is not None), weakest)
    rules = tuple(
        dict.fromkeys((*weakest.rules, *(r for part in kept for r in part.rules if r != "ok")))
    )
    rules = tuple(rule for rule in rules if rule != "ok") or ("ok",)
    merged = Judgement(
        start=whole.start,
        end=whole.end,
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
    return ""


_NO_CHOICE = re.compile(
    r"\bor\s+(?:more|better|less|higher|above|over|lower|below|longer|greater|fewer|under|before|after|up|smaller|shorter|thicker|heavier|newer|later|equal|so)\b|(?:on|and/)\s*or|或以上|或更"
)
_CHOICE_KINDS = frozenset({"packaging", "branding", "material", "finish", "colour"})


def judge_with_options(
    clause: Clause, *, hint: str = "", inherited: Property | None = None
) -> Judgement:
    """Judge one requirement and see whether "or" leaves the choice open."""
    made = judge(clause, hint=hint, inherited=inherited)
    open_choice = re.search(r"\sor\s|或", _NO_CHOICE.sub("", clause.body))
    if (
        not open_choice
        or made.kind not in _CHOICE_KINDS
        or made.label == "not_claimable"
        or clause.has("defect.absent_before")
    ):
        return made
    if "option_left_open" in made.rules or any(code.kind == "standard" for code in clause.codes):
        return made
    rules = [rule for rule in made.rules if rule != "ok"]
    return make(
        made.start, made.end, made.kind, (*rules, "option_left_open"), made.parsed, made.property_id
    )


def judge(clause: Clause, *, hint: str = "", inherited: Property | None = None) -> Judgement:
    """Judge one requirement by the order of decision: is it a requirement, is there a measure, is anything open?"""
    excluded = _excluded(clause, hint)
    if excluded is not None:
        return excluded
    sampling = _sampling(clause)
    if sampling is not None:
        return sampling
    if _ASSORTMENT.search(clause.body):
        value = clause.raw[clause.start : clause.end].strip()
        return make(
            clause.start,
            clause.end,
            "quantity",
            (),
            Parsed(operator="=", value=value, unit="pcs"),
            "assortment",
        )
    if _INCOTERM.search(clause.body) and not clause.quantities:
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


def _measured_or_named(clause: Clause, hint: str, inherited: Property | None) -> Judgement:
    absence = judge_absence(clause, hint=hint)
    if absence is not None and not _measures_something(clause, absence):
        return absence
    branding = judge_branding(clause, hint=hint)
    if (
        branding is not None
        and hint in ("", "branding", "packaging")
        and not _has_limit(clause, "packaging")
    ):
        return branding
    number = judge_quantity(clause, hint=hint, inherited=inherited)
    if number is not None and not _only_detail(clause, number):
        return _with_reference(clause, number)
    order = [
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
    if hint == "finish" or (hint == "appearance" and not clause.has("reference.sample")):
        order = [judge_reference, judge_category, judge_material, judge_certificate, *order[2:]]
    if hint == "stitching":
        order = [judge_presence, *order]
    for judge_one in order:
        judged = judge_one(clause, hint=hint)
        if judged is not None:
            return judged
    tested = _test_without_level(clause, hint)
    return number or absence or tested or judge_vague(clause, hint=hint) or _default(clause, hint)


def _test_without_level(clause: Clause, hint: str) -> Judgement | None:
    """A named test that must be passed, without method or level: something to repeat, but not how."""
    procedure = next(
        (prop for _, prop in clause.properties() if prop.way in ("procedure", "rating")), None
    )
    if procedure is None or not re.search(r"pass|test|测试|试验|通过", clause.body):
        return None
    return make(
        clause.start,
        clause.end,
        procedure.kind,
        ("missing_test_method",),
        Parsed(operator="=", value="pass"),
        procedure.id,
    )


def _has_limit(clause: Clause, kind: str) -> bool:
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


def _with_reference(clause: Clause, number: Judgement) -> Judgement:
    """Add what an unclear design or reference beside the number leaves open."""
    extra: list[str] = []
    if (
        number.kind == "packaging"
        and clause.has("packaging.designed")
        and not _identified(clause)
        and clause.has("vague")
    ):
        extra.append("detail_missing")
    if not extra:
        return number
    return make(
        number.start,
        number.end,
        number.kind,
        (*(r for r in number.rules if r != "ok"), *extra),
        number.parsed,
        number.property_id,
    )


def _identified(clause: Clause) -> bool:
    return clause.code("file") is not None


def _excluded(clause: Clause, hint: str) -> Judgement | None:
    """Sort out what is no requirement on this order."""
    fixed = any(q.operator or q.tolerance for q in clause.quantities)
    anchored = (
        fixed
        or clause.code("colour", "file") is not None
        or any(code.kind == "date" and code.identified for code in clause.codes)
    )
    kind = hint or _kind_of_words(clause)
    if clause.has("to_be_confirmed.words") and not anchored:
        return make(clause.start, clause.end, kind, ("to_be_confirmed",))
    if _HISTORY.search(clause.body):
        return make(clause.start, clause.end, kind, ("not_a_requirement",))
    if clause.has("not_a_requirement.words") and _no_requirement(
        clause, fixed=fixed, anchored=anchored, hint=hint
    ):
        rules = ("not_a_requirement",)
        return make(clause.start, clause.end, kind, rules)
    if clause.has("no_level.words") and not fixed:
        return make(clause.start, clause.end, kind, ("no_measure",))
    if (
        clause.has("process.words")
        and not fixed
        and not clause.has("pass_criterion.words", "sampling.plan", "reference.sample")
    ):
        if (
            clause.words("sampling.open")
            and not re.search(r"100\s*%|strict|严格|全检|every|each|逐|我们|we ", clause.body)
            and not clause.has("not_a_requirement.words")
        ):
            return make(
                clause.start,
                clause.end,
                "other",
                ("missing_sample_size",),
                Parsed(operator="=", value="pass"),
            )
        return make(clause.start, clause.end, hint or "other", ("process_not_goods",))
    return None


_HISTORY = re.compile(
    r"\d+\s*(?:多)?年(?:了|的?(?:生产)?经验|历史)|做了.{0,6}年|(?:since|established in|founded in)\s+(?:19|20)\d\d|for (?:over |more than )?\d+ years\b(?=.*(?:made|making|produc|export|factory|we ))|(?:have|has) been (?:making|produc|export)"
)
_ASSORTMENT = re.compile(
    r"(?<!\d)\d{1,3}(?::\d{1,3}){2,}(?!\d)|\b(?:xs|s|m|l|xl)\s*[:=]?\s*\d{1,4}\s*[/,;]\s*(?:s|m|l|xl|xxl|2xl)\s*[:=]?\s*\d{1,4}"
)
_INCOTERM = re.compile(
    r"(?<![a-z])(?:exw|fca|fas|fob|cfr|cif|cpt|cip|dap|dpu|ddp)\s+[a-z一-鿿]|incoterms|(?<![a-z])(?:fob|cif|exw|ddp|dap|fca)[一-鿿]"
)
_FIRM_NO_REQUIREMENT = re.compile(
    r"moq|minimum order|起订|起批|hs code|编码|税号|capacity of|output|产能|experience|经验|last year|去年|上一批|投诉|complain|we sold|sold|我厂|本公司|我司|our factory|our company|成立|welcome|欢迎|different monitors|属正常|is normal|可定制|可来|article name|model|型号|品名|货号|款号|item no|sku|valid|有效期|suggested retail|建议零售|样品费|打样费"
)


def _no_requirement(clause: Clause, *, fixed: bool, anchored: bool, hint: str) -> bool:
    found = clause.words("not_a_requirement.words")
    words = [clause.text[hit.start : hit.end] for hit in found]
    if all(
        word
        in (
            "model",
            "型号",
            "model no",
            "available",
            "optional",
            "usage",
            "staff",
            "report",
            "库存",
            "亲",
            "output",
            "适合",
        )
        for word in words
    ):
        if re.search(r"本型号|this model", clause.body):
            return False
        return not anchored and (
            words[0] in ("model", "型号", "model no", "available", "optional", "亲")
            or not clause.quantities
        )
    if any(_FIRM_NO_REQUIREMENT.search(word) for word in words):
        return not (fixed and re.search(r"[±]|tolerance|公差", clause.body))
    return not anchored


def _kind_of_words(clause: Clause) -> str:
    named = clause.properties()
    if named:
        return named[0][1].kind
    if clause.has("branding.marks"):
        return "branding"
    if clause.has("packaging.words", "packaging.designed"):
        return "packaging"
    if clause.has("colour.words"):
        return "colour"
    if clause.has("date.ship_words"):
        return "shipment_date"
    return "other"


def _sampling(clause: Clause) -> Judgement | None:
    """Judge acceptance sampling: an AQL needs its level or its standard."""
    value = clause.raw[clause.start : clause.end].strip(" ,;。.")
    if clause.has("sampling.plan"):
        known = (
            clause.has("sampling.level")
            or any(
                re.search(r"2859|2828|z1\.4|z1\.9|3951|105e", code.value.lower())
                for code in clause.all_codes("standard")
            )
            or re.search(r"2859|2828|z1\.4", clause.body) is not None
        )
        return make(
            clause.start,
            clause.end,
            "other",
            () if known else ("missing_sample_size",),
            Parsed(operator="<=", value=value, unit="AQL"),
            "sampling",
        )
    if clause.has("sampling.open") and not clause.quantities:
        return make(
            clause.start,
            clause.end,
            "other",
            ("missing_sample_size",),
            Parsed(operator="=", value="pass"),
            "sampling",
        )
    return None


def _default(clause: Clause, hint: str) -> Judgement:
    """Nothing known stands here: counted things and things marked as present are decided by looking, the rest by nobody."""
    if (
        clause.has("packaging.words")
        and clause.has("things.present_words")
        and not clause.has("vague")
    ):
        return make(
            clause.start,
            clause.end,
            "packaging",
            (),
            Parsed(operator="present", value=clause.raw[clause.start : clause.end].strip()),
        )
    return make(clause.start, clause.end, hint or _kind_of_words(clause), ("no_measure",))


def requirement_groups(clauses: list[Clause], kind: str) -> list[Clause]:
    """Join to each requirement the clauses that only complete it: tolerance, method, place, content."""
    groups: list[Clause] = []
    for clause in clauses:
        if clause.bounds and not clause.quantities and not (groups and groups[-1].quantities):
            owner = next((k for k in range(len(groups) - 1, -1, -1) if groups[k].quantities), None)
            if owner is not None:
                while len(groups) > owner + 1:
                    following = groups.pop(owner + 1)
                    groups[owner] = _joined(groups[owner], following)
        if groups and (_completes(groups[-1], clause, kind) or _details(groups, clause)):
            groups[-1] = _joined(groups[-1], clause)
        elif groups and _announces(groups[-1]):
            groups[-1] = _joined(groups[-1], clause)
        else:
            groups.append(clause)
    return groups


def _details(groups: list[Clause], clause: Clause) -> bool:
    """A finish named after an identified artwork or sample belongs to it and leaves nothing open."""
    identified = any(group.code("file") is not None for group in groups)
    if identified and clause.has("category.finish") and not clause.quantities:
        return True
    return (
        groups[-1].has("reference.sample")
        and is_identified(groups[-1])
        and not (
            clause.quantities
            or clause.codes
            or clause.has("vague", "performance.words", "defect.gradual")
        )
    )


def _joined(first: Clause, second: Clause) -> Clause:
    hits = {name: list(found) for name, found in first.hits.items()}
    for name, found in second.hits.items():
        hits.setdefault(name, []).extend(found)
    return Clause(
        raw=first.raw,
        text=first.text,
        start=first.start,
        end=second.end,
        hits=hits,
        codes=first.codes + second.codes,
        quantities=first.quantities + second.quantities,
        bounds=first.bounds + second.bounds,
    )


def _announces(clause: Clause) -> bool:
    """A clause that only names its subject ("Inner: each piece in PE bag", "按GB/T 2828.1") waits for what follows."""
    body = clause.body.strip()
    if body.endswith(":"):
        return True
    if (
        clause.has("defect.viewing")
        and len(clause.quantities) == 1
        and not clause.has("defect.gradual", "defect.discrete", "property")
    ):
        return True
    if clause.quantities or clause.has(
        "vague", "performance.words", "to_be_confirmed.words", "not_a_requirement.words"
    ):
        return False
    standards = clause.all_codes("standard")
    return (
        bool(standards)
        and not clause.has("certificate.schemes")
        and len(body) < 24
        and any(re.search(r"2859|2828|z1\.4|6330|4915", code.value) for code in standards)
    )


_TEST_OPENING = re.compile(
    r"\s*(?:and\s)?(?:issued by|由|出具|tested|measured|test|method|per |acc|according|as per|in accordance|viewed|judged|sample|sampling|based on|按|测试|方法|依|抽|试验|经|试后|参照|single|normal|general|level|一般|正常|正常一次|d65|under d65|within|centred|centered|居中|after|at |on |from |against|date of|on-board|signed|dated|rev)"
)


def _completes(group: Clause, clause: Clause, kind: str) -> bool:
    body = clause.body.strip(" .")
    own = [prop for _, prop in clause.properties()]
    head = [prop for _, prop in group.properties()]
    if (
        _only_standards(clause)
        and (group.quantities or group.has("property"))
        and not group.has("certificate.schemes")
    ):
        return True
    if re.search(r"laborator|实验室", body) and group.has("certificate.words"):
        return True
    if _passes(group, clause) or _only_conditions(group, clause, own):
        return True
    if (
        group.has("certificate.schemes")
        and clause.has("certificate.words")
        and re.search(r"\d{3}", clause.body)
    ):
        return True
    if (
        clause.has("material.food_grade")
        and group.has("material.polymers", "material.families")
        and not clause.has("material.polymers", "material.families")
    ):
        return True
    if clause.bounds and not clause.quantities and (group.quantities or head):
        return True
    if (
        clause.has(
            "vague",
            "performance.words",
            "to_be_confirmed.words",
            "not_a_requirement.words",
            "process.words",
        )
        and not clause.quantities
        and not clause.codes
    ):
        return False
    if (
        group.code("colour", "coordinates") is not None
        and clause.code("delta_e") is not None
        and clause.code("colour") is None
    ):
        return True
    if (
        _TEST_OPENING.match(body)
        and (group.quantities or group.codes or head)
        and not _own_topic(group, clause)
    ):
        return True
    if clause.has("option.words") and not clause.quantities and group.quantities:
        return True
    if (
        group.has("certificate.words")
        and clause.has("certificate.schemes")
        and _names_issuer(clause)
    ):
        return True
    procedure = any(prop.way in ("procedure", "rating") for prop in head)
    if (
        procedure
        and not _own_topic(group, clause)
        and not (
            own
            and any(prop.way == "direct" and prop.id not in ("electrical", "size") for prop in own)
        )
    ):
        return bool(
            clause.quantities
            or clause.codes
            or clause.has(
                "pass_criterion.words", "condition.words", "defect.failures", "defect.absent_before"
            )
        )
    if (
        clause.has("pass_criterion.words")
        and (group.quantities or group.has("condition.words"))
        and not own
    ):
        return True
    if (
        group.has("condition.words")
        and clause.has("condition.words")
        and not own
        and not group.has("vague")
    ):
        return True
    if group.has("branding.marks", "branding.labels") and not clause.has("vague"):
        inside = all(
            prop.kind in ("size", "colour", "branding", "finish", "capacity") for prop in own
        )
        return (
            inside
            and not clause.has(
                "packaging.words", "packaging.plain", "material.families", "to_be_confirmed.words"
            )
            and not clause.has("defect.gradual")
        )
    if (
        group.code("file") is not None
        and (clause.has("category.finish", "material.families") or clause.has("branding.labels"))
        and not own
    ):
        return True
    if (
        group.has("material.families", "material.hidden_content")
        and clause.has("certificate.words", "certificate.schemes")
        and group.has("material.hidden_content")
    ):
        return True
    if (
        clause.code("file") is not None
        and not clause.quantities
        and not own
        and group.has("packaging.designed", "branding.labels", "packaging.plain")
    ):
        return True
    if group.has("packaging.designed") and clause.has("reference.document") and not own:
        return True
    return _nothing_own(clause) and bool(group.quantities or group.codes or head)


def _only_schemes(clause: Clause) -> bool:
    """Say whether nothing but names of schemes and families of standards stands in the clause ("LFGB, FDA")."""
    named = [
        *clause.words("certificate.schemes"),
        *clause.words("certificate.families"),
        *clause.all_codes("standard"),
    ]
    covered = sum({(hit.start, hit.end): hit.end - hit.start for hit in named}.values())
    return bool(named) and covered + 4 >= len(clause.body.strip(" ,;."))


def _only_standards(clause: Clause) -> bool:
    """Say whether nothing but standards stands in the clause."""
    codes = clause.all_codes("standard")
    if not codes or clause.quantities:
        return False
    left = list(clause.text)
    for code in codes:
        left[code.start : code.end] = " " * (code.end - code.start)
    return not "".join(left[clause.start : clause.end]).strip(" ,;.()&+/")


def _passes(group: Clause, clause: Clause) -> bool:
    """Say whether the clause only tells when the test before it is passed ("no tipping", 功能正常)."""
    tested = group.code("standard") is not None or any(
        prop.way in ("procedure", "rating") for _, prop in group.properties()
    )
    denied = clause.has("pass_criterion.words") or (
        clause.has("defect.absent_before") and clause.has("defect.failures")
    )
    return tested and denied and not clause.has("property", "packaging.words", "colour.words")


def _only_conditions(group: Clause, clause: Clause, own: list[Property]) -> bool:
    """Say whether the clause only gives temperature, time or angle of the measure before it."""
    looked_at = group.has("defect.gradual") and group.has("defect.absent_before")
    if (
        own
        or not clause.quantities
        or not ((group.quantities and group.has("property")) or looked_at)
    ):
        return False
    measured = {q.unit.quantity for q in clause.quantities if q.unit is not None}
    return (
        bool(measured)
        and measured <= {"temperature", "time", "angle", "illuminance", "speed", "rotation"}
        and not any(q.operator for q in clause.quantities)
        and not _own_topic(group, clause)
    )


def _names_issuer(clause: Clause) -> bool:
    return bool(
        re.match(
            r"\s*(?:by\s)?(?:tuv|tüv|sgs|intertek|bureau veritas|ul|莱茵|必维|天祥)", clause.body
        )
    )


def _own_topic(group: Clause, clause: Clause) -> bool:
    """Say whether the clause speaks of another matter: colors, packing, marks, dates, materials."""
    for category in (
        "packaging.words",
        "packaging.plain",
        "branding.marks",
        "date.ship_words",
        "colour.names",
        "colour.words",
        "packaging.designed",
    ):
        if clause.has(category) and not group.has(category):
            return True
    return False


def _nothing_own(clause: Clause) -> bool:
    return not (
        clause.quantities
        or clause.codes
        or any(
            name not in ("date.partial", "category.size_letters")
            and not name.startswith(("grammar.", "things.present", "condition."))
            for name in clause.hits
        )
    )


def without_decoration(
    groups: list[Clause], judged: list[Judgement], *, keep_praise: bool = False
) -> list[Judgement]:
    """Drop praise and wishes that stand beside a measure of the same property; keep at least one judgement."""
    measured = [
        (group, part) for group, part in zip(groups, judged, strict=True) if part.parsed is not None
    ]
    kept: list[Judgement] = []
    for index, (group, part) in enumerate(zip(groups, judged, strict=True)):
        praise = keep_praise and part.rules[0] == "vague_word"
        if measured and not praise and _is_decoration(group, part, index, measured):
            continue
        kept.append(part)
    return kept or judged


def _is_decoration(
    group: Clause, part: Judgement, index: int, measured: list[tuple[Clause, Judgement]]
) -> bool:
    others = [(clause, other) for clause, other in measured if clause is not group]
    if not others:
        return False
    if part.rules[0] == "not_binding" and any(
        other.rules[0] != "not_binding" for _, other in others
    ):
        return True
    if part.rules[0] == "colour_without_system":
        following = [
            c for c, other in others if other.property_id == "colour code" and c.start >= group.end
        ]
        return (
            bool(following)
            and index == 0
            and len(group.body) < 24
            and not re.search(r"body|lid|base|neck|大身|帽", group.body)
        )
    if part.label != "not_claimable":
        return False
    if (
        part.rules[0] == "no_measure"
        and part.property_id == ""
        and len(group.body.strip()) < 40
        and not group.has("performance.words", "no_level.words")
    ):
        return True
    if part.rules[0] not in ("vague_word", "no_measure"):
        return False
    word = group.body
    for _, other in others:
        pattern = _PRAISE_OF_PROPERTY.get(other.property_id)
        if pattern is not None and pattern.search(word):
            return True
        vague_kind = part.property_id.removeprefix("vague ")
        if part.property_id.startswith("vague ") and other.kind in _HOLDS_FOR.get(vague_kind, ()):
            return True
    return False


def property_named(name: str) -> Property:
    """Return a property of the lexicon by id."""
    return properties()[name]
