"""Praise and wishes beside a measure of the same property are decoration; beside nothing they are all that was said."""

from __future__ import annotations

import re

from fairlot.domain.contract.judging.completed_later import is_completed_later
from fairlot.domain.contract.judging.judgement import Judgement
from fairlot.domain.contract.judging.numbers_of import PROCEDURES
from fairlot.domain.contract.wording.analysis import Clause

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
    "weight": re.compile(r"heav|thick|加厚|加重|厚"),
    "fabric weight": re.compile(r"heav|thick|加厚|加重|厚"),
    "battery capacity": re.compile(r"last|capacity|续航|容量|耐用|电量"),
}


_STRENGTHS = frozenset(
    {"layers", "area mass", "force", "force per length", "pressure", "mass", "length"}
)
_STRONG = re.compile(r"strong|sturdy|solid|robust|stable|坚固|牢固|结实|牢|硬|耐")
_NEUTRAL = re.compile(r"neutral|中性")


def without_decoration(
    groups: list[Clause], judged: list[Judgement], *, keep_praise: bool = False
) -> list[Judgement]:
    """Drop praise and wishes that stand beside a measure of the same property; keep at least one judgement."""
    measured = [
        (group, part) for group, part in zip(groups, judged, strict=True) if part.parsed is not None
    ]
    kept: list[Judgement] = []
    for index, (group, part) in enumerate(zip(groups, judged, strict=True)):
        named = part.rules == ("material_without_composition",) and not is_completed_later(
            group, part, measured
        )
        of_paper = keep_praise and (part.rules[0] == "vague_word" or named)
        if measured and not of_paper and _is_decoration(group, part, index, measured):
            continue
        kept.append(part)
    return kept or judged


# What went wrong before, and what may be ordered later, ask for nothing (上次漏放垫圈,这次每盒放1只; 好卖再加).
_ONLY_TOLD = re.compile(
    r"\s*(?:上次|上批|上一?批|上回|上一?单|之前|以前|去年)(?!一样|的)[^,;±≥≤]{0,6}?(?:漏|少|错|坏|掉|忘|没|偏|脱|破|裂|退|投诉)[^±≥≤]*\Z"
    r"|[^,;\d]{0,8}(?:再|后续|以后|后面)(?:加|补|追|返|下|订|翻|说|续)[单量订货]*[,.]?\Z"
)


def _is_decoration(
    group: Clause, part: Judgement, index: int, measured: list[tuple[Clause, Judgement]]
) -> bool:
    others = [(clause, other) for clause, other in measured if clause is not group]
    if not others:
        return False
    if _ONLY_TOLD.match(group.body):
        return True
    if part.rules[0] == "not_binding" and any(
        other.rules[0] != "not_binding" and part.kind in (other.kind, "other", "function")
        for _, other in others
    ):
        return True
    if part.rules[0] == "colour_without_system":
        return index == 0 and _names_colour_of_code(group, others)
    if is_completed_later(group, part, others):
        return True
    if part.label != "not_claimable":
        return False
    if (
        part.rules[0] == "no_measure"
        and part.property_id == ""
        and len(group.body.strip()) < 40
        and not group.has("performance.words", "no_level.words")
        and not _names_a_test(group)
    ):
        return True
    return part.rules[0] in ("vague_word", "no_measure") and _praises(group, part, others)


def _names_a_test(group: Clause) -> bool:
    """Say whether a Chinese clause names something that a test would tell, and no level (五层纸箱,耐破)."""
    tested = any(prop.way in PROCEDURES for _, prop in group.properties())
    return tested and not group.body.isascii()


# "Not too heavy" beside a mass is that mass (每箱不要太重,20公斤左右).
_NOT_TOO = re.compile(r"(?:不要|别|不能|不可|不宜|不得)(?:太|过)于?(.)")
_TOO = {
    "重": "mass", "轻": "mass", "大": "length", "小": "length", "长": "length", "短": "length", "高": "length",
    "矮": "length", "宽": "length", "窄": "length", "厚": "length", "薄": "length", "粗": "length", "细": "length",
    "响": "sound", "吵": "sound", "贵": "money", "多": "count", "少": "count", "慢": "time", "久": "time",
}  # fmt: skip


def _wishes_the_measure(group: Clause, others: list[tuple[Clause, Judgement]]) -> bool:
    """Say whether it only says in words what another clause says in numbers."""
    wished = _NOT_TOO.search(group.body)
    measured = _TOO.get(wished[1]) if wished else None
    return measured is not None and any(
        q.unit is not None and q.unit.quantity == measured
        for clause, _ in others
        for q in clause.quantities
    )


def _names_what_follows(group: Clause, others: list[tuple[Clause, Judgement]]) -> bool:
    """Say whether praise names the property of a number behind it that names none (缝隙均匀,2mm±0.5mm)."""
    kinds = {prop.kind for _, prop in group.properties()}
    return not group.body.isascii() and any(
        clause.start >= group.end and other.kind in kinds and not clause.has("property")
        for clause, other in others
    )


def _praises(group: Clause, part: Judgement, others: list[tuple[Clause, Judgement]]) -> bool:
    """Say whether it only praises what another clause measures."""
    word = group.body
    if _wishes_the_measure(group, others) or _names_what_follows(group, others):
        return True
    for _, other in others:
        named = other.property_id or _property_by_unit(other)
        pattern = _PRAISE_OF_PROPERTY.get(named)
        if pattern is not None and pattern.search(word):
            return True
        if _NEUTRAL.search(word) and other.kind == "branding":
            return True
        vague_kind = part.property_id.removeprefix("vague ")
        holds = other.kind in _HOLDS_FOR.get(vague_kind, ())
        if _LASTING.search(word) and other.kind == "function" and named not in _LASTS:
            holds = False
        if vague_kind == "packaging" and _STRONG.search(word) and not _measures_strength(others):
            holds = False
        if part.property_id.startswith("vague ") and holds:
            return True
    return False


# A number of how long something lasts, and a word that it lasts long.
_LASTS = frozenset({"run time", "endurance", "battery capacity", "energy", "switching time"})
_LASTING = re.compile(r"\b(?:long|longer|longest)[- ](?:lasting|life|lived)\b|寿命长|长寿命|经久")
# Units that tell by themselves what is measured.
_PROPERTY_OF_UNIT = {
    "dB(A)": "noise", "dB": "noise", "lm": "luminous flux", "lux": "luminous flux", "mAh": "battery capacity",
    "Ah": "battery capacity", "Wh": "battery capacity", "cycles": "endurance", "h": "run time",
    "g/m2": "fabric weight", "oz/yd2": "fabric weight", "kg": "weight", "g": "weight", "oz": "weight", "lb": "weight",
    "W": "electrical", "N": "strength", "rpm": "speed",
}  # fmt: skip


def _property_by_unit(part: Judgement) -> str:
    unit = part.parsed.unit if part.parsed is not None else None
    return _PROPERTY_OF_UNIT.get(unit or "", "")


def _measures_strength(others: list[tuple[Clause, Judgement]]) -> bool:
    """Say whether a clause tells how strong the packing is: layers, board, thickness, crush, weight, a named test."""
    return any(
        clause.all_codes("standard", "class")
        or any(q.unit is not None and q.unit.quantity in _STRENGTHS for q in clause.quantities)
        for clause, _ in others
    )


def _names_colour_of_code(group: Clause, others: list[tuple[Clause, Judgement]]) -> bool:
    """Say whether a color's name only introduces its code ("navy, Pantone 19-4052 TCX")."""
    following = any(
        clause.start >= group.end
        and other.property_id == "colour code"
        and not _names_a_part(clause)
        for clause, other in others
    )
    part_named = re.search(r"body|lid|base|neck|大身|帽", group.body)
    return following and len(group.body) < 24 and not part_named


# What stands before a code of color without naming what has that color.
_ONLY_INTRODUCES = re.compile(
    r"[\W\d]*(?:(?:colou?rs?|exact|exactly|shade|match|matching|as per|acc\w*|according|to|like|in|pantone|tcx|tpg|颜色|色号|对应|参照|按|即|为|近似|接近|颜色号|潘通|国际|号|色)[\W\d]*)*\Z"
)


def _names_a_part(clause: Clause) -> bool:
    """Say whether a code of color stands behind the part that has it, and not behind its own name (面巾白色,地巾潘通14-4102TCX)."""
    code = clause.code("colour")
    return code is not None and not _ONLY_INTRODUCES.match(clause.text[clause.start : code.start])
