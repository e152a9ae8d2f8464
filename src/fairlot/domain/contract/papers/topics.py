"""Which topic a requirement has in its paper: its own, that of its caption or heading, or that of what it praises."""

from __future__ import annotations

import re

import msgspec

from fairlot.domain.contract.judging.judgement import Judgement
from fairlot.domain.contract.judging.kind_of_number import OF_WORKING
from fairlot.domain.contract.wording.analysis import Clause

# What stands under a caption of packing or marking is packing or marking, whatever it measures.
_STRONG_CAPTIONS = frozenset({"packaging", "branding"})
_UNDER_THEM = frozenset(
    {
        "material",
        "size",
        "weight",
        "quantity",
        "function",
        "appearance",
        "capacity",
        "finish",
        "other",
        "packaging",
    }
)
# What a test is held with is not what the goods weigh or are packed in.
_OF_A_TEST = frozenset({"packaging", "weight", "size", "quantity", "other"})
_TEST = re.compile(r"\btest:|试验:|测试:")
# Praise of this kind may be meant of anything.
_OF_ANYTHING = frozenset({"function", "other", "appearance", "stitching", "material"})
# Headings that speak of the goods, so that praise under them is praise of that.
_OF_THE_GOODS = frozenset(
    {"packaging", "branding", "appearance", "stitching", "material", "colour", "finish", "size", "function"}
)  # fmt: skip
_CLOTH = re.compile(
    r"fabric|cloth|material|textile|leather|wool|cotton|yarn|lining|hand ?feel|touch|wood|steel|[面布衣里]料|手感|材|棉|毛|皮|纱|料|蜡|玻璃|瓷|胶"
)
_TOUCH = re.compile(r"hand ?feel|\btouch\b|手感|触感|亲肤|肤感|skin[- ]friendly")
_PACKS = re.compile(
    r"pack|box|carton|bag|case|pallet|wrap|transport|shipping|export|mail|courier|sea|包|箱|盒|袋|托|运输|海运|装"
)


def under_caption(
    groups: list[Clause], judged: list[Judgement], captioned: str, section: str
) -> list[Judgement]:
    """Give each judgement the topic of its line: of the caption, and for praise of the requirement before it."""
    named: list[Judgement] = []
    for group, made in zip(groups, judged, strict=True):
        kind = _of_measure(group, made, captioned, named)
        if section == "branding" and not captioned and kind in ("size", "function", "other"):
            kind = section
        packed = captioned in _STRONG_CAPTIONS and kind in _UNDER_THEM
        if packed or (captioned == "material" and kind == "quantity"):
            kind = captioned
        elif (
            captioned in ("", "other")
            and section not in _STRONG_CAPTIONS
            and made.rules[0] != "vague_word"
        ):
            kind = _by_words(group, msgspec.structs.replace(made, kind=kind))
        elif made.rules[0] == "vague_word":
            kind = _praised(group, kind, named, captioned, section)
        elif made.rules[0] == "no_measure" and section in _STRONG_CAPTIONS:
            kind = section if kind in ("function", "other") else kind
        named.append(msgspec.structs.replace(made, kind=kind))
    return named


def _of_measure(group: Clause, made: Judgement, captioned: str, named: list[Judgement]) -> str:
    """Say what a clause speaks of by what it measures, tests or proves."""
    kind = made.kind
    if captioned == "function" and kind in _OF_A_TEST and _TEST.search(group.body):
        return captioned
    if captioned == "branding" and kind == "colour" and group.code("file") is not None:
        return captioned
    if kind == "size" and group.quantities and _measures_only(group, OF_WORKING):
        return "function"
    if kind == "packaging" and group.quantities and captioned != kind:
        measured = _measures_only(group, OF_WORKING) and not group.has("packaging.words")
        kind = "function" if measured else kind
    if kind == "weight" and captioned == "function" and not group.properties():
        return "function"
    if kind == "weight" and _weighs_box(group, made, named):
        return "packaging"
    if kind == "appearance" and _PROCEDURE & {prop.id for _, prop in group.properties()}:
        return "function"
    if captioned == "certification" and kind in ("function", "other") and _proves(group):
        return captioned
    return kind


# Tests after which the goods must show no damage.
_PROCEDURE = frozenset({"drop", "impact", "load", "vibration"})


def _measures_only(group: Clause, quantities: frozenset[str]) -> bool:
    return all(q.unit is not None and q.unit.quantity in quantities for q in group.quantities)


def _weighs_box(group: Clause, made: Judgement, named: list[Judgement]) -> bool:
    """Say whether a bare limit of weight stands behind what is asked of the carton ("strong carton, max. 17.5 kg")."""
    bare = not group.properties() and made.parsed is not None and made.parsed.operator == "<="
    return bare and bool(named) and named[-1].kind == "packaging"


def _proves(group: Clause) -> bool:
    return group.code("standard") is not None or group.has("certificate.schemes")


_SPARE = re.compile(r"\bspares?\b|\bspare parts?\b|备品|备件|备用")
_WRAPPED = re.compile(
    r"\b(?:wrapped|packed|shrink-?wrapped|bagged) (?:in|with|into)\b|包裹|包好|独立包"
)
_OVER_UNDER = re.compile(
    r"\b(?:over|under)[ -]?(?:or|/|and)?[ -]?(?:under)?[ -]?deliver|\bmore or less\b|\bover[ -]?shipment|溢短|多交|少交|溢装|短装"
)
_CONTENT = re.compile(
    r"含量(?![^,;]{0,8}(?:水|铅|镉))|\b(?:wax|cotton|wool|down|fib(?:re|er)) content\b"
)
_RANGE = re.compile(
    r"\b(?:wireless |bluetooth |working |operating |transmission )?range\b|传输距离|遥控距离|有效距离"
)
_SEWN = re.compile(r"缝|车线|打叉|双针|走线|打枣|\bstitch|\bsewn\b|\bbar ?tack")
_SCENT = re.compile(r"香味|气味|味道|\b(?:smell|scent|fragrance|taste)\b")
_LOADED = re.compile(
    r"\b(?:hold|holds|carry|carries|bear|bears|support|supports|withstand|lift)\b|承重|负重|[挂吊]\s?\d|承受|承载|吊挂|能[提挂拎装]|提\d"
)
# A coating named after its color (黑胶涂层, "black coating").
_COATED = re.compile(r"[黑银白彩]胶涂层|\b(?:black|silver|white) (?:glue |pu )?coating\Z")
_TACKED = re.compile(r"打叉|打枣|加固缝|\bbar ?tack|\bcross[- ]?stitch")
# Parts that the goods have ("左右背带各1条", "one on each side").
_ON_EACH_SIDE = re.compile(
    r"(?:左右|前后|上下|两侧|两端|两边|内外|四角)[^,;\d]{0,6}各|\b(?:on|at) (?:each|every|both) (?:side|end|corner)s?\b"
)
# What is packed with every piece.
_WITH_EACH = re.compile(
    r"每[一-鿿]{1,2}(?:另|随|均|各)?(?:配|附|送|带|随附)|\A\s*(?:1|one) [a-z -]{3,24} per (?!carton|box|bag)[a-z]+|\b(?:with|comes with) each\b"
)
_COLOURS = frozenset({"colours", "色"})


_LOOKS = re.compile(r"好看|漂亮|美观|\blooks? (?:good|nice)|good[- ]looking|nice[- ]looking")
_FITS = re.compile(r"\bsuitable\b|\bfit\b|适用|合适")
# What a clause without caption speaks of: the kinds its figure might be taken for, its words, and the topic they mean.
_WORDS_OF_TOPIC = (
    (frozenset({"function", "other", "size"}), _SPARE, "quantity"),
    (frozenset({"function", "other", "quantity", "size"}), _OVER_UNDER, "quantity"),
    (frozenset({"function", "other"}), _CONTENT, "material"),
    (frozenset({"quantity"}), _ON_EACH_SIDE, "function"),
    (frozenset({"quantity"}), _WITH_EACH, "packaging"),
    (frozenset({"function"}), _TACKED, "stitching"),
    (frozenset({"quantity"}), _SEWN, "stitching"),
    (frozenset({"size"}), _RANGE, "function"),
    (frozenset({"appearance"}), _SCENT, "other"),
    (frozenset({"material"}), _WRAPPED, "packaging"),
    (frozenset({"weight"}), _LOADED, "function"),
)  # fmt: skip


def _by_words(group: Clause, made: Judgement) -> str:
    """Say what a requirement without caption speaks of where its figure alone would mislead."""
    kind = made.kind
    for kinds, words, topic in _WORDS_OF_TOPIC:
        measured = bool(group.quantities) or topic not in ("quantity", "material")
        if kind in kinds and measured and words.search(group.body):
            return topic
    if made.property_id == "reference" and group.has("colour.words"):
        return "colour"
    if kind == "colour" and _COATED.search(group.body):
        return "finish"
    if kind == "quantity" and made.rules[0] == "no_measure":
        return "function"
    if kind == "quantity" and "百格" in group.body:
        return "finish"
    if kind == "function" and group.has("packaging.words", "packaging.designed"):
        return "packaging"
    unit = made.parsed.unit if made.parsed is not None else None
    if kind == "quantity" and unit in _COLOURS:
        return "branding" if group.has("branding.labels", "branding.marks") else "colour"
    return kind


def _praised(group: Clause, kind: str, named: list[Judgement], captioned: str, section: str) -> str:
    """Say what praise is meant of: what is measured before it, what the caption names, what it speaks of itself."""
    heading = captioned or section
    if kind == "packaging" and heading != kind and not _PACKS.search(group.body):
        return _of_goods(heading, "function")
    if kind == "material" and heading != kind:
        if _TOUCH.search(group.body):
            return kind
        kind = kind if _CLOTH.search(group.body) else "function"
    if kind == "size" and heading != kind and group.has("packaging.words"):
        return "packaging"
    if kind == "finish" and _LOOKS.search(group.body):
        return "appearance"
    if kind not in _OF_ANYTHING:
        return kind
    if captioned in _OF_THE_GOODS and captioned != "function":
        return captioned
    before = named[-1].kind if named and named[-1].parsed is not None else ""
    measured = before == "capacity" or before in _OF_THE_GOODS
    praised = named[-1].kind if measured else _of_goods(heading, kind)
    fits = praised == "other" and _FITS.search(group.body) is not None
    return "function" if praised == "size" or fits else praised


def _of_goods(heading: str, kind: str) -> str:
    return heading if heading in _OF_THE_GOODS else kind
