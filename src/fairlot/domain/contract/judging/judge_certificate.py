"""What standards, certificates and schemes are worth: the one that can be looked up counts."""

from __future__ import annotations

import re

from fairlot.domain.contract.judging.judgement import Judgement, Parsed, make
from fairlot.domain.contract.wording.analysis import Clause

_CERTIFICATE_NUMBER = re.compile(
    r"(?:(?:no|nr|number|dbid|licen[cs]e|lic|id|#|编号|证号|号码|号|证书|report|报告)\.?\s*[:：#]?\s*|(?<![a-z0-9]))(?=[a-z0-9./-]*\d[a-z0-9./-]*\d[a-z0-9./-]*\d)[a-z0-9][a-z0-9./-]{4,}"
)


_BOUND_REPORT = re.compile(
    r"(?:report|certificate|报告|证书|declaration|声明).{0,60}(?:(?:each|every|its|per|the delivered) (?:heat|drum|bag|lot|batch|delivery|shipment|roll|coil)|this (?:model|order|lot|batch|po)|the shipped|naming|本型号|本批|本订单|本单|这批|本合同|po\s*\d+|shipment)|(?:本型号|本批|本订单|本单|本次订单|这批).{0,40}(?:报告|证书)|transaction certificate"
)


# "The highest European standard" names none.
_SUPERLATIVE = re.compile(
    r"(?:highest|strictest|toughest|best)\s[\w ]{0,24}standards?\b|最[高严][^,;]{0,4}标准"
)


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
    nothing_named = nothing_named or _SUPERLATIVE.search(clause.body) is not None
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
    if papers and not clause.has("vague", "shape.unnamed"):
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
