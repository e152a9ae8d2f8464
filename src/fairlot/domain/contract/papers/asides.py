"""What headings, captions and titles put outside the requirements: the paper itself, its maker, samples, findings, reviews."""

from __future__ import annotations

import functools
import re

from fairlot.domain.contract.lexicon.spotting import spot
from fairlot.domain.contract.papers.document_lines import heading_words
from fairlot.domain.contract.papers.layout import heading_kind
from fairlot.domain.contract.wording.analysis import Clause

_TITLE_OF_PAPER = re.compile(
    r"(?:\A|\s{2,})(?:doc(?:ument)?\.?\s?(?:no|nr)|rev(?:ision)?|version|edition|issue|sheet|page|版本|版次|文件编号|页码)\b\.?\s?:?\s?[a-z\d]"
)


# Headings under which the maker speaks of himself, or others of him.
_MAKER = re.compile(
    r"(?i)\b(?:about us|about our|company (?:profile|introduction|info\w*)|our (?:company|factory|advantages?|services?)|why (?:choose )?us|reviews?|customer (?:reviews|feedback)|faq|revision history|change (?:log|history)|trade shows?|exhibitions?|factory tour|production (?:lines?|flow))\b|公司(?:简介|介绍|概况|优势)|关于我们|我们的优势|企业(?:简介|文化)|工厂(?:简介|实力|展示)|(?:客户|买家)?评价|修订记录|变更记录|修改记录|版本记录|常见问题|参展|售后服务承诺|服务承诺"
)


def speaks_of_maker(content: str) -> bool:
    """Say whether a heading opens what is told of the maker and not of the goods."""
    return _MAKER.search(content) is not None


# Somebody is quoted ("Very nice seller, the battery holds 10 hours.").
_QUOTATION = re.compile(r"[\"“][^\"“”]{24,}[\"”]\s*(?:[-–—].{0,30})?\Z")


def is_quotation(content: str) -> bool:
    """Say whether a line only quotes what somebody said, as reviews do."""
    return _QUOTATION.match(content.strip()) is not None


_CONTENTS = frozenset(
    {
        "in the box", "in box", "box contents", "contents", "package contents", "package includes", "package content", "set contents", "included",
        "includes", "scope of delivery", "accessories", "what s in the box", "kit contents", "包装清单", "装箱清单", "配件清单", "盒内物品", "包装内含",
        "内含", "配件", "随附",
    }
)  # fmt: skip


def lists_contents(caption: str) -> bool:
    """Say whether a caption announces a list of what comes along, which is one requirement."""
    return " ".join(heading_words(caption).split()) in _CONTENTS


def names_the_paper(whole: Clause) -> bool:
    """Say whether a line gives number, revision or page of the paper itself."""
    measured = any(q.unit is not None or q.operator for q in whole.quantities)
    parted = "   " in whole.text.strip() or whole.text.count(":") > 1
    return parted and not measured and _TITLE_OF_PAPER.search(whole.text) is not None


_CAPTIONS_KEPT = 1_024
# Captions under which nothing is required of the goods.
_NO_TERMS_UNDER = frozenset(
    {
        "sample", "samples", "样品", "loading", "loading qty", "loading quantity", "container loading", "loadability",
        "打样", "打样时间", "打样周期", "样品时间", "sampling", "sampling time", "sample time", "sample lead time", "samples lead time",
        "request for quotation", "purchase order", "proforma invoice", "sales contract", "sales confirmation", "order confirmation",
        "quotation", "inspection report", "test report", "invoice", "contract", "采购订单", "采购合同", "购销合同", "销售合同", "形式发票",
        "报价单", "询价单", "检验报告", "验货报告", "产品规格书", "规格书", "found", "actual", "measured", "result", "results", "findings",
        "finding", "defects found", "shipped quantity", "quantity shipped",
        "presented quantity", "quantity presented", "inspected quantity", "quantity inspected", "checked quantity", "actual quantity", "出货数量",
        "实际数量", "实际出货数量", "抽检数量", "抽样数量", "送检数量", "检出不良", "缺陷数", "发现问题", "存在问题", "问题点", "检查发现", "observed", "inspected", "实测", "实测值", "检验结果", "检测结果", "实际", "发现", "不良数", "不良描述", "结论",
        "判定", "检验结论", "conclusion", "inspector", "inspection date", "检验日期", "检验员", "装柜量", "装柜数", "装柜数量", "production capacity", "supply ability", "产能", "valid", "validity", "有效期", "报价有效期",
    }
)  # fmt: skip


_OF_SAMPLES = re.compile(
    r"(?:free )?sampl(?:e|es|ing) (?:price|prices|cost|costs|fee|charge|time|order|policy|qty|availab)|样品(?:价|费|单价)|打样(?:价|费)"
)
# How the parties came to it ("price as on the phone").
_AS_SAID = re.compile(
    r"\s(?:as )?(?:agreed |discussed |said |told )?(?:on|by|over|per) (?:the |our )?(?:phone|call|telephone|whatsapp|wechat|mail|email)\b"
)
# What an inspector saw is no requirement.
_FOUND = re.compile(
    r"(?:presented|drawn|shipped|packed|counted|opened|inspected|checked|produced|finished|completed|observed|actually)\b|实抽|现场|已包装|已装箱|已完成|已生产|实际(?!要求)|抽样台数|(?:验货|检验|质检|复核|审核|批准|编制|制单|制表|联系|经办|跟单|采购|业务|负责)(?:员|人|者)\Z|(?:复核|审核|批准|编制|制单|制表|经办|跟单)\Z|(?:验货|检验|检测)?(?:地点|天气|时间|日期)\Z"
)


@functools.lru_cache(maxsize=_CAPTIONS_KEPT)
def caption_excludes(caption: str) -> bool:
    """Say whether a caption announces no term: minimum order, samples, article numbers."""
    words = _AS_SAID.sub("", " ".join(heading_words(caption).split()))
    if words in _NO_TERMS_UNDER or _OF_SAMPLES.match(words) or _FOUND.match(words):
        return True
    if heading_kind(words):
        return False
    named = spot(words)
    return "not_a_requirement.words" in named or "no_term_line.words" in named
