"""What is no requirement on this order: things left open, offers, history, names, promises about the process."""

from __future__ import annotations

import re

from fairlot.domain.contract.judging.judge_composition import composition_shares
from fairlot.domain.contract.judging.judgement import Judgement, Parsed, make
from fairlot.domain.contract.wording.analysis import Clause

_HISTORY = re.compile(
    r"(?:给|报|回复?|确认|告知|通知)(?:我们?|客户)?交期|\bsamples? (?:was|were)\b|\bin (?:19|20)\d\d we\b|已(?:于|经)?[^,;]{0,10}(?:寄|付清|收到|打样)|一式[两三四]份|(?:already|has been|have been|were|was) (?:sent|shipped|paid|dispatched|delivered)|\d+\s*(?:多)?年(?:了|的?(?:生产)?经验|历史)|做[^,;]{0,8}\d+年|做了.{0,6}年|(?:since|established in|founded in)\s+(?:19|20)\d\d|for (?:over |more than )?\d+ years\b(?=.*(?:made|making|produc|export|factory|we ))|(?:have|has) been (?:making|produc|export)|(?:19|20)\d\d年?(?:起|以来|开始)[^,;]{0,5}(?:合作|做|生产|经营|供)|valid(?:ity)?\s*(?:for|until|:)?\s*\d"
)
# What a supplier wants sold at least.
_LEAST_ORDER = re.compile(
    r"\bmin(?:imum)?\.?\s[\w ]{0,12}\d[\d,]*\s?\w*\s(?:per|each|/)\s?(?:design|colou?r|style|model|sku|item|print|order)|起批|起做|起定|(?:最少|起码|至少)要?(?:定|订|拿|下)"
)
# Somebody tells of himself and asks for nothing.
_SPEAKS_OF_ITSELF = re.compile(
    r"\s*(?:(?:we|i)\s(?!need|want|require|expect|ask|order|request|insist|demand|accept|will|must|cannot|can't|do not|don't)|our\s(?!order|buyer|logo|brand|standard|spec|drawing)|(?:我们|我司|我厂|本厂)(?!要|需|希望|不|只|的))"
)
# What somebody offers to do, without being asked.
_OFFERS = re.compile(
    r"(?:\A|[\s,])(?:我们|我司|我厂)?(?:可以|可|能)(?:免费|代|帮|给|为|按|替|您|你|客户)+[^,;]{0,4}(?:印|刻|镭|绣|定制|打样|提供|加|做|改|换)"
)
_FIRM_NO_REQUIREMENT = re.compile(
    r"销量|累计|报价|vendor rating|moq|reply|回复|minimum order|起订|起批|hs code|编码|税号|capacity of|output|产能|experience|经验|last year|去年|上一批|投诉|complain|we sold|sold|我厂|本公司|我司|our factory|our company|成立|welcome|欢迎|different monitors|属正常|is normal|可定制|可来|article name|model|型号|品名|货号|款号|item no|sku|有效期|suggested retail|建议零售|样品费|打样费"
)


# "To follow" without an object means later; "to follow our standard" points to something.
_FOLLOWS_SOMETHING = re.compile(r"to follow (?:our|your|the|this|buyer|customer)")
_PRINTED_OR_PROVEN = re.compile(r"印|标|注|喷|打码|内容|标明|print|mark|ink|stamp|label")


# Whose mark or drawing it is, and no word about the company itself ("our company logo").
_OURS = frozenset({"我司", "我们公司", "本公司", "our company"})
# What a label shows, one field beside the other.
_FIELDS = frozenset(
    {
        "sku",
        "型号",
        "货号",
        "款号",
        "品名",
        "产品名称",
        "商品名称",
        "model",
        "item no",
        "有效期",
        "税号",
    }
)
# Who made the goods, where it must not be seen on them.
_MAKERS = frozenset({"oem", "odm", "代工", "代工厂", "贴牌"})
# What may be printed on the goods or hold for a certificate; alone it is how long an offer stands.
_SHELF_LIFE = frozenset({"有效期", "validity"})
_NAMED_AFTER_US = (
    "reference.document", "reference.sample", "reference.picture", "packaging.designed", "packaging.plain",
)  # fmt: skip
# Who can accept something asks for it ("we can accept USD 4.05").
_AGREES = re.compile(
    r"\bwe (?:can|are able to) (?:only |just )?(?:accept|agree|take|go (?:with|ahead|for)|live with|pay|order)\b"
)
# What is at hand may decide a choice ("1,000 to 1,200, depends on the fabric we have").
_HAVE = frozenset({"we have", "available", "in stock", "库存", "现货"})
# What one may choose from ("more than 60 colours available").
_ON_OFFER = re.compile(
    r"\b(?:colou?rs?|sizes?|designs?|patterns?|styles?|models?|variants?|shades?|prints?|flavou?rs?|finishes|versions?|options?|types?|scents?|shapes?|widths?|lengths?)\s(?:(?:are|is|also|always|all|to|now)\s)*(?:available|choose from|select from|in stock|on offer|possible|on request|optional)\b"
    r"|\b(?:available in|choose from|a choice of|wide range of|over|more than)\s(?:over\s|more than\s)?\d+\s(?:different\s|other\s|nice\s)?(?:colou?rs|designs|patterns|styles|models|variants|shades|versions|options|flavou?rs)\b(?!\s(?:per|in each|mixed|assorted))"
)
_DEMANDED = re.compile(r"\b(?:must|shall|has to|have to|needs? to)\b")
_MAY_BE = re.compile(r"可(?:以)?接受|能接受")
# Words that announce a name or an offer; beside a number the number may be the requirement.
_NAMES_AND_OFFERS = frozenset({"model", "型号", "model no", "available", "optional", "亲"})
_ALONE_A_NAME = _NAMES_AND_OFFERS | {
    "款号",
    "货号",
    "usage",
    "staff",
    "report",
    "库存",
    "output",
    "适合",
}
# What the goods are called, before what they are made of ("Model Nordic: frame solid beech").
_CALLED = re.compile(r"[^:]{0,12}\b(?:model|article|style|item)\s[^:.]{2,30}:\s*\S")
_SETTLES = ("material.grades", "material.polymers", "material.species", "category.discrete")
_THIS_MODEL = re.compile(r"本型号|本款号|this (?:\w+ ){0,2}(?:model|style)")
# A model that is only what something is like.
_LIKE_ANOTHER = re.compile(r"\bas\b.+\bas\b|\blike\b|\bthan\b|\bsame\b|[跟和与同].*一样|参照|参考")
# An earlier year tells of the past, unless something is to be as it was then.
_EARLIER = frozenset({"last year", "去年"})


_IN_STOCK = re.compile(
    r"\s*(?:(?:current|available|actual|our|free|remaining)\s)?stocks?\s?(?:level|now|quantity)?\s?:|\s*(?:we have )?(?:still |currently |now )?(?:in|on|ex) stock\b|\s*(?:我们|我司|我厂|目前|现|现有|常备|工厂|仓库|厂里|还有)*(?:库存|现货)(?!为准|情况|量定|定)"
)


# What a supplier does before the goods leave, and nobody can see on them.
_BEFORE_LEAVING = re.compile(
    r"\bby (?:our |your |the )?(?:experienced|skilled|trained|professional|qualified|expert|master|careful|specialised|specialized|senior)\s[a-z]+|(?:出厂|出货|发货|装箱|包装|装柜)前[^,;]{0,10}(?:检查|检验|全检|测试|试机|试用|开合)|\b(?:checked|inspected|tested|cleaned)\b[^,;]{0,30}\bbefore (?:packing|shipment|shipping|leaving|dispatch|delivery)\b"
)


def excluded(clause: Clause, hint: str) -> Judgement | None:
    """Sort out what is no requirement on this order."""
    fixed = any(q.operator or q.tolerance for q in clause.quantities)
    anchored = (
        fixed
        or clause.code("colour", "file") is not None
        or any(code.kind == "date" and code.identified for code in clause.codes)
        or (hint in ("", "material") and "%" in clause.body and bool(composition_shares(clause)))
    )
    kind = hint or kind_of_words(clause)
    if _ON_OFFER.search(clause.body) and not _DEMANDED.search(clause.body):
        return make(clause.start, clause.end, kind, ("not_a_requirement",))
    if (
        hint in ("other", "certification")
        and not anchored
        and not clause.codes
        and _SPEAKS_OF_ITSELF.match(clause.body)
    ):
        return make(clause.start, clause.end, hint, ("not_a_requirement",))
    later = clause.has("to_be_confirmed.words") and not _FOLLOWS_SOMETHING.search(clause.body)
    if later and not anchored:
        return make(clause.start, clause.end, kind, ("to_be_confirmed",))
    if hint == "quantity" and (_LEAST_ORDER.search(clause.body) or _IN_STOCK.match(clause.body)):
        return make(clause.start, clause.end, kind, ("not_a_requirement",))
    if _HISTORY.search(clause.body) or _OFFERS.search(clause.body):
        return make(clause.start, clause.end, kind, ("not_a_requirement",))
    if clause.has("not_a_requirement.words") and _no_requirement(
        clause, fixed=fixed, anchored=anchored
    ):
        rules = ("not_a_requirement",)
        return make(clause.start, clause.end, kind, rules)
    if clause.has("no_level.words") and not fixed:
        return make(clause.start, clause.end, kind, ("no_measure",))
    if (
        (clause.has("process.words") or _BEFORE_LEAVING.search(clause.body))
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


def _owns(clause: Clause, end: int) -> bool:
    """Say whether a word of the company only tells whose something is (我们公司的蓝色)."""
    return clause.text[end : end + 1] == "的"


def _no_requirement(clause: Clause, *, fixed: bool, anchored: bool) -> bool:
    found = clause.words("not_a_requirement.words")
    words = [clause.text[hit.start : hit.end] for hit in found]
    if all(_owns(clause, hit.end) for hit in found) or _means_otherwise(clause, set(words)):
        return False
    if set(words) <= _ALONE_A_NAME:
        if _CALLED.match(clause.body) and clause.has(*_SETTLES):
            return False
        if _THIS_MODEL.search(clause.body) or _LIKE_ANOTHER.search(clause.body):
            return False
        return not anchored and (words[0] in _NAMES_AND_OFFERS or not clause.quantities)
    if any(_FIRM_NO_REQUIREMENT.search(word) for word in words):
        return not (fixed and re.search(r"[±]|tolerance|公差", clause.body))
    return not anchored


def _means_otherwise(clause: Clause, words: set[str]) -> bool:
    """Say whether words that mostly announce no requirement belong to one here: a choice, a mark, a date on the goods."""
    decided = clause.has("option.words") and (clause.quantities or clause.has("material.grades"))
    if decided and words <= _HAVE:
        return True
    if words <= {"we can", "we are able"} and _AGREES.search(clause.body):
        return True
    if words <= {"available"} and _DEMANDED.search(clause.body):
        return True
    if words <= {"接受"} and _MAY_BE.search(clause.body):
        return True
    if (
        words <= _FIELDS
        and _PRINTED_OR_PROVEN.search(clause.body)
        and clause.has("branding.labels")
    ):
        return True
    if words <= _MAKERS and clause.has("defect.absent_before"):
        return True
    if words <= _EARLIER and clause.has("reference.as_per", "shape.governs"):
        return True
    if words <= _SHELF_LIFE:
        return bool(_PRINTED_OR_PROVEN.search(clause.body)) or clause.has(
            "certificate.words", "certificate.schemes"
        )
    if words <= _OURS and any(code.identified for code in clause.all_codes("date")):
        return True
    return words <= _OURS and clause.has(
        "branding.marks", "branding.labels", "date.ship_words", *_NAMED_AFTER_US
    )


def kind_of_words(clause: Clause) -> str:
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
