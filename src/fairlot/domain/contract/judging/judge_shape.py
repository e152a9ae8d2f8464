"""What words that no list knows are worth: the shape of the sentence and its topic say what kind of thing stands there."""

from __future__ import annotations

import re

from fairlot.domain.contract.judging.judge_happening import PRAISING_FORM, included, reacts, written
from fairlot.domain.contract.judging.judgement import Judgement, Parsed, make
from fairlot.domain.contract.wording.analysis import QUOTED, Clause
from fairlot.domain.contract.wording.codes import identifier_near
from fairlot.domain.contract.wording.turns import NOT_ALONG, TOO_MUCH

# What a thing named under a topic leaves open when nothing but its name is given.
_NAME_LEAVES_OPEN = {
    "material": "material_without_composition",
    "colour": "colour_without_system",
    "finish": "category_without_limit",
    "branding": "branding_incomplete",
    "packaging": "detail_missing",
    "stitching": "detail_missing",
}
_LOOKED_AT = frozenset({"appearance", "finish", "colour", "stitching", "material", "packaging"})
_DENIED_TOPICS = _LOOKED_AT | {"function", "certification", "size"}
# A name is short; what goes on for longer is a sentence.
_NAME_WORDS_MAX = 5
_NAME_SIGNS_MAX = 10
_ANY_MATERIAL = re.compile(r"\b(?:raw )?materials?\Z|材料\Z|料子?\Z|用料")
_STRENGTHENED = re.compile(r"reinforc|strengthen|doubled|backed|加固|加强|补强")
_COLOR_SIGN = re.compile(
    r"(?<![颜花配成上染变调])色(?![彩泽系调差])|[红绿蓝黄白黑灰紫粉橙棕青金银褐]"
)
_TREATED = re.compile(
    r"finish|coat|plat|lacquer|varnish|paint|enamel|glaz|oil|wax|oxid|dipp?|polish|blast|wash|patina|textur|lamina|anneal|cast|round|chamfer|ground|chrom|nickel|zinc|layer|gold|silver|brass|broken|\b[a-z]+ed\b"
    r"|处理|漆|镀|涂|膜|釉|[面光角色]\Z|纹|烤|磨|喷|氧化|擦|染|浸|蚀|磷|钝|搪|烫|洗|压|贴"
)
# What denies a thing and not an act.
_NOT_THERE = frozenset(
    {
        "no",
        "without",
        "free of",
        "free from",
        "no visible",
        "无",
        "没有",
        "不得有",
        "不能有",
        "不可有",
        "不允许有",
    }
)
_VERB_DENIED = re.compile(
    r"\b(?:not|never|won't|cannot|nor)\b|[不勿](?!得有|能有|可有|允许有|含|准有)"
)
_CONTAINS = re.compile(
    r"\w[ -]free\b|free (?:of|from)|contain|不含|不得含|未添加|不添加|无添加|without added"
)
_UNMISTAKABLE = re.compile(
    r"\b(?:missing|wrong|broken|mixed|torn|misplaced|misspelt|misspelled|incomplete|loose parts|swapped|upside)\b|[缺错漏混断少破反]"
)
_PACKED_IN = re.compile(
    r"\b(?:in|into|inside|with|per)\s(?:an?|one|its|individual|separate|the|their)\s\w+|(?:装|放|入|套|配|用|垫|裹|隔)[一-鿿]{2,}"
)
_PACKED_IN_ONE = re.compile(r"\b(?:in|into)\s(?:an?|one)\s[\w -]+")
_MOSTLY = re.compile(r"为主|主要(?:原料|成分|材料)|\bmain(?:ly)? (?:ingredient|material|made)")
_DEMAND = re.compile(
    r"\b(?:demands?|needs?|wish(?:es)?|requests?|requirements?|choice|liking|mood)\b|需|需求|要求|喜好|心意"
)
_PROOF = re.compile(r"\b[a-z]+[- ](?:resistant|proof|tight|repellent)\b")
_TIME = re.compile(r"\b(?:years?|months?|days?|yrs?)\b|[年月天]")
_ACRONYM = re.compile(r"(?<![A-Za-z])[A-Z][A-Z0-9]{1,5}(?![A-Za-z])")
_CONFORMS = re.compile(
    r"\b(?:compl(?:y|ies|iant)|conform\w*|approved|certified|certificat\w+|registered|tested|listed|according|suitable for|pass)\b|符合|认证|证书|批准|通过|过|备案|注册|标志|标识"
)


def judge_shape(clause: Clause, *, hint: str) -> Judgement | None:
    """Judge a clause none of whose content words is known; None where its shape tells nothing."""
    if clause.has("vague", "performance.words", "process.words"):
        return None
    for judge_one in (
        _identified, reacts, _mainly, _denied, _referred, _event, _warranty,
        _named_scheme, _mark, _construction, _performance, included, _container, _name,
    ):  # fmt: skip
        judged = judge_one(clause, hint)
        if judged is not None:
            return judged
    return None


def judge_wrapping(clause: Clause, *, hint: str) -> Judgement | None:
    """Judge praise of a thing that the goods come in: it is there or not, however nice ("in a nice sleeve")."""
    if hint != "packaging" or not clause.has("vague") or not _PACKED_IN_ONE.search(clause.body):
        return None
    parsed = Parsed(operator="present", value=written(clause))
    rules = ("detail_missing", "vague_word")
    return make(clause.start, clause.end, hint, rules, parsed, "packing")


def _identified(clause: Clause, hint: str) -> Judgement | None:
    """A file, an address or a bar code fits one thing only."""
    if clause.code("file") is None:
        return None
    parsed = Parsed(operator="ref", value=written(clause))
    return make(clause.start, clause.end, hint or "other", (), parsed, "reference")


def _denied(clause: Clause, hint: str) -> Judgement | None:
    """Something unknown must not be there or must not happen, or is allowed without a limit."""
    denials = clause.words("defect.absent_before")
    opens = (
        bool(denials)
        and denials[0].payload in _NOT_THERE
        and not clause.text[clause.start : denials[0].start].strip(" ,;:")
    )
    if hint not in _DENIED_TOPICS and not (hint == "" and opens):
        return None
    hint = hint or "appearance"
    allowed = clause.has("shape.allowed")
    if not denials and not allowed:
        return None
    if TOO_MUCH.search(clause.body):
        return make(clause.start, clause.end, hint, ("vague_word",))
    parsed = Parsed(operator="absent", value=written(clause))
    span = clause.start, clause.end
    if _CONTAINS.search(clause.body):
        return make(*span, hint, ("missing_test_method",), parsed, "substance")
    if allowed and not denials:
        return make(*span, hint, ("appearance_without_criterion",), parsed, "defect")
    denial = denials[0]
    if _UNMISTAKABLE.search(clause.text[denial.end : clause.end]) and hint in _LOOKED_AT:
        return make(*span, hint, (), parsed, "absence")
    if not clause.text[denial.end : clause.end].strip(" ,.;") and denial.start == clause.start:
        return None
    if NOT_ALONG.search(clause.body) and hint not in ("material", "appearance"):
        return make(*span, hint, (), parsed, "absence")
    happens = _VERB_DENIED.search(clause.text[denial.start : denial.end])
    if happens or hint == "function":
        return make(*span, hint, ("missing_test_method",), parsed, "failure")
    return make(*span, hint, ("appearance_without_criterion",), parsed, "defect")


def _referred(clause: Clause, hint: str) -> Judgement | None:
    """Something unknown decides: identified where it has a number, a revision or a day, else any would fit."""
    refers = clause.words("shape.refers")
    governs = clause.words("shape.governs")
    sealed = clause.words("shape.sealed")
    if not refers and not governs and not sealed:
        return None
    named = refers[0].end if refers else clause.start
    end = clause.end if refers or not governs else governs[0].start
    if not clause.text[named:end].strip(" ,.:") or _DEMAND.search(clause.text[named:end]):
        return None
    dated = any(code.identified and len(code.value) == 10 for code in clause.all_codes("date"))
    numbered = identifier_near(clause.text[: clause.end], named, named, end - named) is not None
    rules = () if dated or numbered else ("unidentified_reference",)
    if rules and not refers and not governs:
        return None
    parsed = Parsed(operator="ref", value=clause.raw[named:end].strip())
    return make(clause.start, clause.end, hint or "other", rules, parsed, "reference")


def _event(clause: Clause, hint: str) -> Judgement | None:
    """A shipment before or after something whose day is not known."""
    if hint != "shipment_date" or not clause.has("shape.event"):
        return None
    parsed = Parsed(operator="<", value=written(clause), unit="date")
    return make(clause.start, clause.end, hint, ("relative_date",), parsed, "shipment date")


def _warranty(clause: Clause, hint: str) -> Judgement | None:
    """A time of warranty whose start nobody names."""
    if not clause.has("shape.warranty") or not _TIME.search(clause.body):
        return None
    parsed = Parsed(operator=">=", value=written(clause))
    return make(clause.start, clause.end, hint or "other", ("relative_date",), parsed, "warranty")


def _named_scheme(clause: Clause, hint: str) -> Judgement | None:
    """A scheme, law or mark that is named, with nothing that binds it to this order."""
    if hint != "certification" or clause.has("shape.unnamed", "property", "defect.substances"):
        return None
    conforms = _CONFORMS.search(clause.body)
    acronym = _ACRONYM.search(clause.raw, clause.start, clause.end)
    if not acronym and (not conforms or _DEMAND.search(clause.body)):
        return None
    rule = "certificate_without_number" if acronym else "standard_not_identified"
    parsed = Parsed(operator="present", value=written(clause))
    return make(clause.start, clause.end, hint, (rule,), parsed)


def _mark(clause: Clause, hint: str) -> Judgement | None:
    """Something is to be put on the goods, and nobody says what it looks like."""
    if hint not in ("branding", "packaging") or not clause.has("shape.puts_on"):
        return None
    if hint == "packaging" and not clause.has("shape.ours"):
        return None
    parsed = Parsed(operator="present", value=written(clause))
    rules = () if QUOTED.search(clause.body) else ("branding_incomplete",)
    return make(clause.start, clause.end, hint, rules, parsed, "branding")


def _construction(clause: Clause, hint: str) -> Judgement | None:
    """A way of sewing is seen or not seen."""
    if hint != "stitching" or PRAISING_FORM.search(clause.body) or clause.has("colour.words"):
        return None
    if _STRENGTHENED.search(clause.body):
        return None
    if not clause.has("shape.sewing"):
        return None
    parsed = Parsed(operator="present", value=written(clause))
    rules = ("colour_without_system",) if clause.has("colour.names") else ()
    return make(clause.start, clause.end, hint, rules, parsed, "presence")


def _performance(clause: Clause, hint: str) -> Judgement | None:
    """A thing proof against something nobody measures ("chip resistant edges")."""
    if clause.quantities or clause.codes or not _PROOF.search(clause.body):
        return None
    topic = hint or "function"
    return make(clause.start, clause.end, topic, ("no_measure",), property_id="performance")


def _container(clause: Clause, hint: str) -> Judgement | None:
    """A wrapping that no list knows: it is there or not, and may be any."""
    if hint != "packaging" or PRAISING_FORM.search(clause.body):
        return None
    if not _PACKED_IN.search(clause.body) and not clause.has("packaging.plain"):
        return None
    parsed = Parsed(operator="present", value=written(clause))
    return make(clause.start, clause.end, hint, ("detail_missing",), parsed, "packing")


def _mainly(clause: Clause, hint: str) -> Judgement | None:
    """What a thing is mostly made of leaves the rest open."""
    if hint != "material" or not _MOSTLY.search(clause.body):
        return None
    parsed = Parsed(operator="=", value=written(clause))
    return make(clause.start, clause.end, hint, (_NAME_LEAVES_OPEN[hint],), parsed, hint)


def _name(clause: Clause, hint: str) -> Judgement | None:
    """A bare name under a topic: a material, a color, a finish that no list knows."""
    rule = _NAME_LEAVES_OPEN.get(hint)
    body = clause.body.strip(" .,;:")
    behind_caption = body.rpartition(":")[2].strip() or body
    if rule is None or not behind_caption or PRAISING_FORM.search(behind_caption):
        return None
    if hint in ("packaging", "branding") and clause.body.strip() != clause.text.strip():
        return None
    is_latin = behind_caption.isascii()
    short = (
        len(behind_caption.split()) <= _NAME_WORDS_MAX
        if is_latin
        else len(behind_caption) <= _NAME_SIGNS_MAX
    )
    if not short or (behind_caption == body and not _looks_like(body, hint, is_latin=is_latin)):
        return None
    parsed = Parsed(operator="=", value=written(clause))
    return make(clause.start, clause.end, hint, (rule,), parsed, hint)


def _looks_like(body: str, hint: str, *, is_latin: bool) -> bool:
    """Say whether a name without caption has the form of its topic: praise of "materials" or "colours" has not."""
    if hint == "material":
        return _ANY_MATERIAL.search(body) is None
    if hint == "colour":
        return _COLOR_SIGN.search(body) is not None if not is_latin else "colours" not in body
    if hint == "stitching":
        return _STRENGTHENED.search(body) is not None
    if hint == "finish":
        return _TREATED.search(body) is not None
    return True
