"""What logos, labels and prints are worth: artwork, size, place and technique leave nothing to choose."""

from __future__ import annotations

import re

from fairlot.domain.contract.judging.judge_reference import is_identified
from fairlot.domain.contract.judging.judgement import Judgement, Parsed, make
from fairlot.domain.contract.judging.numbers_of import is_condition
from fairlot.domain.contract.wording.analysis import Clause

_QUOTED = re.compile(r"[\"“”「『'‘][^\"“”」』'’]{2,60}[\"“”」』'’]")


_LABEL = re.compile(r"label|tag|sticker|plate|warning|made in|marking|carton|唛|标|牌|贴|警告|箱")
_PLACED = re.compile(
    r"\b(?:on|at|in|onto|with|position|side|front|back)\b|印|贴|位置|车|绣|刻|压|打|附|按|logo\s*\d|面|侧|处"
)


def judge_branding(clause: Clause, *, hint: str) -> Judgement | None:  # noqa: ARG001  (all judges share one signature)
    """Judge logos, labels and prints."""
    marks, labels = clause.words("branding.marks"), clause.words("branding.labels")
    if not marks and not labels:
        return None
    kind = "branding"
    value = clause.raw[clause.start : clause.end].strip(" ,;。.")
    parsed = Parsed(operator="present", value=value)
    if (
        clause.has("vague", "performance.words")
        and not clause.has("reference.previous")
        and not _PLACED.search(re.sub("印刷|印得|[丝移烫热转压]印|印花", "", clause.body))
        and not is_identified(clause)
    ):
        rule = "vague_word" if clause.has("vague") else "no_measure"
        return make(clause.start, clause.end, kind, (rule,))
    if clause.has("defect.absent_before") and not _only_vague(clause):
        return make(
            clause.start, clause.end, kind, (), Parsed(operator="absent", value=value), "branding"
        )
    complete = is_identified(clause) or _text_given(clause) or clause.has("branding.complete")
    complete = complete or _content_given(clause)
    if complete:
        rules = (
            ["missing_tolerance"]
            if _bare_size(clause) and not clause.code("file") and not is_identified(clause)
            else []
        )
        return make(clause.start, clause.end, kind, rules, parsed, "branding")
    rules = ["branding_incomplete"]
    if clause.has("reference.document", "reference.picture", "reference.sample") and clause.has(
        "reference.as_per"
    ):
        rules.append("unidentified_reference")
    if _bare_size(clause):
        rules.append("missing_tolerance")
    if re.search(r"care label|instruction|eu rules|洗水|水洗标", clause.body) and clause.has(
        "certificate.families"
    ):
        rules = ["detail_missing", "standard_not_identified"]
    if clause.has("vague"):
        rules.append("vague_word")
    return make(clause.start, clause.end, kind, rules, parsed, "branding")


def _text_given(clause: Clause) -> bool:
    """Words in quotation marks leave nothing to choose on a label, or where their size is given."""
    if not _QUOTED.search(clause.raw, clause.start, clause.end):
        return False
    sized = any(q.unit is not None and q.unit.quantity == "length" for q in clause.quantities)
    return sized or bool(_LABEL.search(clause.body))


def _only_vague(clause: Clause) -> bool:
    return clause.has("vague") and not clause.has("branding.marks")


def _bare_size(clause: Clause) -> bool:
    return any(
        q.unit is not None
        and q.unit.quantity == "length"
        and not q.operator
        and q.tolerance is None
        and q.form != "range"
        and not is_condition(clause, q)
        for q in clause.quantities
    )


def _content_given(clause: Clause) -> bool:
    """A label whose content follows from a standard, a list, a price or named languages leaves nothing to choose."""
    if any(q.unit is not None and q.unit.quantity == "money" for q in clause.quantities):
        return True
    named_standard = any(code.identified for code in clause.all_codes("standard"))
    return named_standard or (
        len(re.findall(r"[,、/]", clause.body)) >= 3
        and clause.has("branding.labels")
        and re.search(r"with|showing|stating|注明|包括|含|内容|标明|写明|印有|标注", clause.body)
        is not None
    )
