"""Sentences for refusals about a supplier's enrolment, its catalogue and reports of it."""

from __future__ import annotations

from fairlot.domain.order.refusals import Code
from fairlot.domain.words.language import Words

SUPPLIERS: dict[Code, Words] = {
    Code.CONDITIONS_NOT_ACCEPTED: Words(
        "The supplier has not accepted the programme's present conditions. It accepts them first.",
        "供应商尚未接受保障计划的现行条件，请先接受。",
    ),
    Code.DOCUMENTS_MISSING: Words(
        "The tier asks for documents that are missing or no longer valid: {documents}. Give them in first.",
        "该等级要求的文件缺失或已失效：{documents}。请先提交。",
    ),
    Code.PROFILE_MISSING: Words(
        "The supplier has no profile yet. Write its name and country first.",
        "供应商尚无资料页，请先填写名称和国家。",
    ),
    Code.REPORT_JUDGED: Words(
        "This report has been judged already and stays so. Make a new report of anything new.",
        "该举报已有结论，不再更改。如有新情况，请另行举报。",
    ),
    Code.COMPANY_LISTED: Words(
        "The company's name stands on the sanctions list {list_name}. Nothing is paid to it, and it is not enrolled, until "
        "the platform has looked into it and cleared it.",
        "该公司名称出现在制裁名单 {list_name} 上。平台核查并放行之前，不予付款，也不予入选。",
    ),
}
