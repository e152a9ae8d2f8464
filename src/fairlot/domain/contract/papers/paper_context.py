"""What holds for more of a paper than the line it stands on: headings, the unit and the tolerance of all sizes, a question before its answer."""

from __future__ import annotations

import re

import msgspec

from fairlot.domain.contract.judging.judgement import Label
from fairlot.domain.contract.lexicon import shadow
from fairlot.domain.contract.papers.asides import speaks_of_maker
from fairlot.domain.contract.papers.document_lines import Line, is_question
from fairlot.domain.contract.papers.layout import caption_kind, heading_kind
from fairlot.domain.contract.papers.reading import ProposedTerm
from fairlot.domain.contract.wording.analysis import Clause, read_text


class Context(msgspec.Struct):
    """What has been said so far: the topic of the heading, general rules on sizes, what was asked and by whom."""

    section: str = ""
    unit_given: bool = False
    tolerance_given: bool = False
    aside: bool = False
    asked: str = ""
    asker: str = ""


# A section named after a part of the goods tells all of that part, not only what it is made of.
_OF_STUFF = re.compile(r"material|fabric|composition|cloth|textile|材|料|成分|面布")


def open_section(content: str, context: Context) -> None:
    """Note what a heading says of all that stands under it."""
    section = heading_kind(content)
    of_part = section == "material" and not _OF_STUFF.search(content.lower())
    context.section = "" if of_part else section
    context.aside = speaks_of_maker(content)
    if content.rstrip().endswith((")", "]")):
        note_general_rules(read_text(content), context)


# What a question in a chat is about, where its words are no captions.
_ASKED = (
    ("quantity", r"how many|what quantity|\bqty\b|几个|多少[个件只条套台双把]|数量|多少\s*\?"),
    ("shipment_date", r"\bwhen\b|how (?:soon|long)|lead time|delivery|什么时候|何时|几号|哪天|交期|多久"),
    ("price", r"how much|what price|\bprice\b|多少钱|价格|单价|几块"),
    ("colour", r"colou?rs?\b|pantone|颜色|什么色|色号"),
    ("packaging", r"\bpack|how .{0,12}packed|怎么[包装]|包装|装箱|几个一箱"),
    ("size", r"\bsizes?\b|dimensions?|how (?:big|large|long|wide|thick|high)|尺寸|多大|多[长宽高厚]|规格|尺码"),
    ("weight", r"\bweight\b|how heavy|gsm|克重|多重|重量"),
    ("material", r"material|made of|fabric|材质|材料|什么料|面料"),
    ("branding", r"\blogo\b|\bprint|商标|印什么"),
    ("certification", r"certificat|which cert|test report|证书|认证"),
    ("capacity", r"capacit|how many m[al]|容量|多少毫升"),
)  # fmt: skip
_QUESTION_SIGNS_MAX = 60


def note_question(text: str, line: Line, context: Context) -> None:
    """Remember what a short question in a chat asks for; whatever else is said ends it."""
    said = shadow(text[line.start : line.end])
    if is_question(said) and len(said) <= _QUESTION_SIGNS_MAX and not re.search(r"\d", said):
        last = re.split(r"[.,;。!]", said.rstrip("? \uff1f"))[-1]
        kind = next((kind for kind, words in _ASKED if re.search(words, last)), "")
        context.asked, context.asker = kind or caption_kind(last), line.speaker
    elif line.speaker == context.asker:
        context.asked = ""


def answered(line: Line, context: Context) -> str:
    """Return the topic that a line answers, "" if nothing was asked of its speaker."""
    return context.asked if line.speaker and line.speaker != context.asker else ""


# A deviation without a size holds for the sizes stated elsewhere ("长宽±1cm", "size tolerance: ±1 cm").
_TOLERANCE_OF_ALL = re.compile(
    r"(?:尺寸|规格|长宽高?|长度?|宽度?)(?:的)?(?:公差|允差)?[:：]?[一-鿿]{0,4}\s*±|(?:size|dimensions?|dimensional) tolerances?|tolerance (?:of|on|for) (?:all )?(?:sizes|dimensions)|dimensions[^.;]{0,40}tolerance"
)


def note_general_rules(view: Clause, context: Context) -> None:
    if re.search(
        r"all dimensions|dimensions in mm|unless (?:otherwise )?(?:noted|stated|specified|indicated)|general tolerance|未注[^:;]{0,6}公差|without (?:a )?tolerance|尺寸单位|单位[::]?\s*mm|一般公差",
        view.body,
    ):
        context.unit_given = context.unit_given or bool(
            re.search(r"\bmm\b|\bcm\b|毫米|厘米", view.body)
        )
        context.tolerance_given = context.tolerance_given or any(
            b.plus is not None for b in view.bounds
        )
    if _TOLERANCE_OF_ALL.search(view.body) and any(b.plus is not None for b in view.bounds):
        context.tolerance_given = True


def in_context(term: ProposedTerm, context: Context) -> ProposedTerm:
    """Let what the paper says of all its sizes hold for each: the unit, the tolerance."""
    if term.kind not in ("size", "packaging"):
        return term
    dropped = {"missing_unit"} if context.unit_given else set()
    dropped |= {"missing_tolerance"} if context.tolerance_given and term.kind == "size" else set()
    rules = tuple(rule for rule in term.rules if rule not in dropped) or ("ok",)
    label: Label = "claimable" if rules == ("ok",) else term.label
    return msgspec.structs.replace(term, rules=rules, label=label)
