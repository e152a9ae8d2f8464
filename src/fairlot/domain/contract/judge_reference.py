"""What a reference is worth: colors, dates, standards, certificates, samples, drawings, brand marks."""

from __future__ import annotations

import datetime as dt
import re

from fairlot.domain.contract.analysis import Clause
from fairlot.domain.contract.codes import Code, identifier_near
from fairlot.domain.contract.judgement import Judgement, Parsed, make, parsed_quantity
from fairlot.domain.contract.lexicon import Hit
from fairlot.domain.contract.quantities import Quantity

INCOTERM = re.compile(
    r"(?<![a-z])(?:exw|fca|fas|fob|cfr|cif|cpt|cip|dap|dpu|ddp)\s+[a-z一-鿿]|incoterms|(?<![a-z])(?:fob|cif|exw|ddp|dap|fca)[一-鿿]"
)
_ALTERNATIVE = re.compile(r"\s(?:or|and/or)\s|或")
_WITHIN_LOT = re.compile(
    r"within|between|inside|any two|same|one set|lot|batch|同批|同缸|任意|之间|同色|同一|against|vs\.?|pantone|ral|sample|封样|样"
)
_CERTIFICATE_NUMBER = re.compile(
    r"(?:(?:no|nr|number|dbid|licen[cs]e|lic|id|#|编号|证号|号码|号|证书|report|报告)\.?\s*[:：#]?\s*|(?<![a-z0-9]))(?=[a-z0-9./-]*\d[a-z0-9./-]*\d[a-z0-9./-]*\d)[a-z0-9][a-z0-9./-]{4,}"
)
_BOUND_REPORT = re.compile(
    r"(?:report|certificate|报告|证书|declaration|声明).{0,60}(?:this (?:model|order|lot|batch|po)|the shipped|naming|本型号|本批|本订单|本合同|po\s*\d+|shipment)|(?:本型号|本批|本订单).{0,40}(?:报告|证书)|transaction certificate"
)
_QUOTED = re.compile(r"[\"“”「『'‘][^\"“”」』'’]{2,60}[\"“”」』'’]")
_PLACED = re.compile(
    r"\b(?:on|at|in|onto|with|position|side|front|back)\b|印|贴|位置|车|绣|刻|压|打|附|按|logo\s*\d|面|侧|处"
)
_PERIOD_FROM_DATE = re.compile(r"(?:from|after|起|of|within|之日|\()")


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
    for code in codes:
        if code.kind != "coordinates":
            rules.append(code.rule)
        elif limit is None:
            rules.append("missing_tolerance")
    values = tuple(code.value for code in codes)
    parsed = Parsed(operator="ref", value=values[0] if len(values) == 1 else values)
    return make(clause.start, clause.end, "colour", rules, parsed, "colour code")


def _distance_alone(clause: Clause, limit: Quantity | None, delta: Code | None) -> Judgement:
    """Judge a color distance that names no color: enough within one lot, else from what?"""
    rules = [] if _WITHIN_LOT.search(clause.body) else ["unidentified_reference"]
    if limit is None:
        return make(clause.start, clause.end, "colour", [*rules, "missing_tolerance"])
    unit = "dE2000" if delta is not None and "2000" in delta.value else "dE"
    parsed = parsed_quantity(limit, operator=limit.operator or "<=", unit=unit)
    return make(clause.start, clause.end, "colour", rules, parsed, "colour code")


def judge_date(clause: Clause, *, hint: str) -> Judgement | None:
    """Judge shipment dates, lead times and seasons."""
    periods = [
        q
        for q in clause.quantities
        if q.unit is not None
        and q.unit.quantity == "time"
        and q.unit.name in ("d", "week", "month")
    ]
    dates = clause.all_codes("date")
    shipping = hint == "shipment_date" or clause.has("date.ship_words")
    if not shipping and hint:
        return None
    if not shipping and not (dates and _deadline(clause)):
        return None
    seasons = clause.words("date.holidays")
    if not dates and not periods and not seasons:
        return None
    if (
        not dates
        and not hint
        and not periods
        and not re.search(r"before|by|until|prior|前|之前", clause.body)
    ):
        return None
    soft = ["not_binding"] if clause.has("not_binding.words") else []
    if (
        clause.has("grammar.approx_before", "grammar.approx_after")
        and dates
        and re.search(r"around|about|approx|左右|前后|大约|约", clause.body)
    ):
        soft.append("not_binding")
    whole = [date for date in dates if date.identified]
    if (
        periods
        and (not dates or _PERIOD_FROM_DATE.search(clause.body))
        and not (dates and _deadline(clause) and not _counted(clause))
    ):
        return _period(clause, periods[0], whole[0].value if whole else "", soft)
    if dates:
        rules = (
            [*soft, *(date.rule for date in dates if not date.identified)] if not whole else soft
        )
        chosen = (whole or dates)[0]
        return make(
            clause.start,
            clause.end,
            "shipment_date",
            rules,
            Parsed(operator="<=", value=chosen.value, unit="date"),
            "shipment date",
        )
    rules = ["relative_date", "date_incomplete", *soft]
    return make(
        clause.start,
        clause.end,
        "shipment_date",
        rules,
        Parsed(operator="<", value=clause.raw[seasons[0].start : seasons[0].end], unit="date"),
        "shipment date",
    )


def _deadline(clause: Clause) -> bool:
    return bool(
        re.search(
            r"\b(?:by|before|until|till|not later|no later|latest|on or before)\b|前|之前|最迟|最晚|不迟于|以前",
            clause.body,
        )
    )


def _counted(clause: Clause) -> bool:
    return bool(
        re.search(
            r"\d\s*(?:个)?(?:days?|weeks?|months?|天|日|周|个月|工作日).{0,20}(?:from|after|of|起|内)|起\s*\d|起.{0,4}\d+\s*(?:天|日)",
            clause.body,
        )
    )


def _period(clause: Clause, period: Quantity, start: str, soft: list[str]) -> Judgement:
    days = int(
        period.values[-1]
        * {"d": 1, "week": 7, "month": 30}[period.unit.name if period.unit else "d"]
    )
    if start and not soft:
        due = dt.date.fromisoformat(start) + dt.timedelta(days=days) if len(start) == 10 else None
        if due is not None:
            parsed = Parsed(
                operator="<=",
                value=due.isoformat(),
                unit="date",
                reference=f"{days} d from {start}",
            )
            return make(clause.start, clause.end, "shipment_date", (), parsed, "shipment date")
    rules = ["relative_date", *soft]
    if period.approximate:
        rules.append("approx_10_percent")
    parsed = Parsed(operator="<=", value=str(days), unit="d", is_number=True)
    return make(clause.start, clause.end, "shipment_date", rules, parsed, "shipment date")


def judge_certificate(clause: Clause, *, hint: str) -> Judgement | None:
    """Judge standards named as a requirement, certificates and schemes."""
    standards = clause.all_codes("standard", "class")
    schemes = clause.words("certificate.schemes")
    families = clause.words("certificate.families")
    papers = clause.words("certificate.words")
    if not (standards or schemes or families or papers):
        if hint == "certification" and _CERTIFICATE_NUMBER.search(_without_standards(clause)):
            return make(
                clause.start,
                clause.end,
                hint,
                (),
                Parsed(operator="present", value=clause.raw[clause.start : clause.end].strip()),
            )
        return None
    if not standards and not schemes and not families and hint not in ("certification", ""):
        return None
    nothing_named = any(
        hit.payload[1] == "standard_not_identified" for hit in clause.words("vague")
    )
    if nothing_named and not standards and not schemes:
        return None
    numbered = bool(_CERTIFICATE_NUMBER.search(_without_standards(clause))) or bool(
        _BOUND_REPORT.search(clause.body)
    )
    value = clause.raw[clause.start : clause.end].strip(" ,;。.")
    parsed = Parsed(operator="ref" if standards and not schemes else "present", value=value)
    if numbered and (schemes or papers):
        return make(clause.start, clause.end, "certification", (), parsed)
    management = re.search(r"iso\s?(?:9001|14001|45001|13485|22000)", clause.body)
    identified = [
        code
        for code in standards
        if code.identified
        and not re.match(r"(?:iso|gb/t)\s?(?:9001|14001|45001|13485|17025)", code.value.lower())
    ]
    if identified and not (
        papers
        and re.search(r"certificate|certified|listed|approved|认证|证书", clause.body)
        and not re.search("report|报告", clause.body)
    ):
        return make(clause.start, clause.end, _standard_kind(clause, hint), (), parsed)
    if schemes or management or (papers and identified):
        return make(
            clause.start, clause.end, "certification", ("certificate_without_number",), parsed
        )
    if families or (standards and not identified):
        return make(clause.start, clause.end, "certification", ("standard_not_identified",), parsed)
    if papers and not clause.has("vague"):
        return make(clause.start, clause.end, "certification", ("standard_not_identified",), parsed)
    return None


def _standard_kind(clause: Clause, hint: str) -> str:
    named = clause.properties()
    return named[0][1].kind if named else (hint or "certification")


def _without_standards(clause: Clause) -> str:
    cells = list(clause.text)
    for code in clause.all_codes("standard", "class", "date", "version", "file"):
        cells[code.start : code.end] = " " * (code.end - code.start)
    for hit in clause.words("certificate.schemes"):
        cells[hit.start : hit.end] = " " * (hit.end - hit.start)
    return "".join(cells)[clause.start : clause.end]


def reference_hits(clause: Clause) -> list[Hit]:
    """Return the samples, pictures and documents named here."""
    return [
        *clause.words("reference.sample"),
        *clause.words("reference.picture"),
        *clause.words("reference.document"),
    ]


def is_identified(clause: Clause) -> bool:
    """Say whether a reference here fits only one thing: a file, a number, a revision, or a day with year beside it."""
    if clause.code("file") is not None:
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


def judge_reference(clause: Clause, *, hint: str) -> Judgement | None:
    """Judge "as per sample, picture, drawing, last order"."""
    hits = reference_hits(clause)
    previous = clause.words("reference.previous")
    if not hits and not previous:
        return None
    kind = hint or _reference_kind(clause)
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
    if named:
        return named[0][1].kind
    if clause.has("colour.words", "colour.names"):
        return "colour"
    if clause.has("packaging.words", "packaging.plain", "packaging.designed"):
        return "packaging"
    return "appearance"


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
        and not _PLACED.search(clause.body)
        and not is_identified(clause)
    ):
        rule = "vague_word" if clause.has("vague") else "no_measure"
        return make(clause.start, clause.end, kind, (rule,))
    if clause.has("defect.absent_before") and not _only_vague(clause):
        return make(
            clause.start, clause.end, kind, (), Parsed(operator="absent", value=value), "branding"
        )
    complete = (
        is_identified(clause)
        or _QUOTED.search(clause.raw, clause.start, clause.end)
        or clause.has("branding.complete")
    )
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


def _only_vague(clause: Clause) -> bool:
    return clause.has("vague") and not clause.has("branding.marks")


def _bare_size(clause: Clause) -> bool:
    return any(
        q.unit is not None
        and q.unit.quantity == "length"
        and not q.operator
        and q.tolerance is None
        and q.form != "range"
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
        and re.search(r"with|showing|stating|注明|包括|含", clause.body) is not None
    )
