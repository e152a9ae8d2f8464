"""Comparators as written before or after a number: at least, max., or more, about, up to; 不低于, 以上, 约, 可达."""

from __future__ import annotations

import re
from collections.abc import Sequence

from fairlot.domain.contract.lexicon import Hit
from fairlot.domain.contract.wording.numerals import NumberText
from fairlot.domain.contract.wording.tolerances import Bound

_BETWEEN_COMPARATOR = re.compile(
    r"[\s:=(]*(?:(?:an?|of|the|be|is|are|total|标示[值量]?|标称[值量]?|标明[值量]?|公称[值量]?|名义[值量]?|净含量|额定[值量]?|rated|to|为|是|在|到|的|usd|us\$|\$|eur|€|rmb|¥|than|φ|ø|dia\.?|ac|dc|grade|class|level|rating|nominal|every|each|any|about|[::])[\s:]*)*\Z"
)
# A limit that opens a statement reaches over the property that it limits ("Max pallet height 180 cm").
_OPENING_WORDS = frozenset({"max", "min", "maximum", "minimum"})
_OPENED_BY = ("", *",;:(")
# "Must not exceed the cabin bag limit of 55 x 40 x 23 cm".
_LIMIT_OF = re.compile(
    r"\s(?:(?:the|an?)\s)?(?:[a-z-]+\s){0,4}(?:limit|allowance|maximum|dimensions?|envelope)\s(?:of|for|:)?\s?\Z"
)
_NAMED_PROPERTY = re.compile(r"\s+[a-z-]+(?: [a-z-]+){0,5}[\s:=]*\Z")
_LEAST_OF = re.compile(r"(?:最小|最低|最少|最薄|最短|最窄|最轻)\Z")
_MOST_OF = re.compile(r"(?:最大|最高|最厚|最长|最宽|最重)\Z")
_WHAT = re.compile(r"[一-鿿]{1,6}[\s:=为是]*\Z")
_HARMFUL = re.compile(
    r"[一-鿿]{0,4}(?:[长宽高厚深直外内]度|[直外内]径|重量?|毛重|箱重|间?隙|偏差|误差|尺寸|高差|跳动|翘曲|含量)[\s:=为是]*\Z"
)
_CAN_REACH = re.compile(r"(?:可|能|可以)[一-鿿]{0,5}\s*\Z")
# A limit behind a comma closes what it limits; else it opens the next ("20 cm ±1 cm, minimum height 22 cm").
_ENDS = re.compile(r"\s*(?:[,;.)]|\Z)")
_AFTER_COMPARATOR = re.compile(
    r"[\s,(-]*(?:(?:wide|long|high|thick|deep|tall|broad|each)[\s,]*)?(?:的)?\Z"
)
_REACH_AFTER = 9
# How far before its number a comparator may stand: the longest name of a property that lies between, and some more.
_REACH_BEFORE = 160
# How far before its number it may stand with nothing but small words between.
_NEAR_BEFORE = 16
_BEFORE = (
    ("grammar.at_least_before", ">="),
    ("grammar.at_most_before", "<="),
    ("grammar.above_before", ">"),
    ("grammar.below_before", "<"),
    ("grammar.up_to_before", "^"),
    ("grammar.approx_before", "~"),
)
_AFTER = (
    ("grammar.at_least_after", ">="),
    ("grammar.at_most_after", "<="),
    ("grammar.approx_after", "~"),
)


def comparator(
    written: NumberText, start: int, end: int, hits: dict[str, list[Hit]], bounds: list[Bound]
) -> tuple[str, bool, bool, int, int]:
    operator, approximate, up_to, first = "", False, False, start
    after = next((b.end for b in bounds if end <= b.start <= end + 2), end)
    for category, sign in _BEFORE:
        hit = _hit_before(written, start, hits.get(category, ()))
        if hit:
            boast = sign == "<=" and _reaches(written, hit, start)
            start = hit.start
            approximate |= sign == "~"
            up_to |= sign == "^" or boast
            operator = operator or (sign if sign not in "~^" and not boast else "")
            break
    else:
        hit = None
    if operator and _hit_before(written, first, hits.get("grammar.approx_before", ())):
        approximate = True  # "max. weight about 2 kg"
    if hit and approximate:  # "not exceeding approx. 5 kg"
        for category, sign in _BEFORE[:4]:
            outer = _hit_before(written, hit.start, hits.get(category, ()))
            if outer:
                operator, start = sign, outer.start
    for category, sign in _AFTER:
        hit = _hit_after(written, after, hits.get(category, ()))
        if hit and not (sign == "<=" and written.text[hit.start] == "内" and operator):
            end = max(end, hit.end)
            approximate |= sign == "~"
            operator = operator or (sign if sign != "~" else "")
    return operator, approximate, up_to, start, end


def _hit_before(written: NumberText, start: int, hits: Sequence[Hit]) -> Hit | None:
    """Find the last comparator that speaks of the number at `start`."""
    for hit in reversed(hits):
        between = start - hit.end
        if between < 0:
            continue
        if between > _REACH_BEFORE:
            break
        if between <= _NEAR_BEFORE and _BETWEEN_COMPARATOR.match(written.text, hit.end, start):
            return hit
        if between and _limits_from_afar(written, hit, start):
            return hit
    return None


def _limits_from_afar(written: NumberText, hit: Hit, start: int) -> bool:
    """Say whether a comparator reaches over the words between it and its number."""
    return (
        _LIMIT_OF.match(written.text, hit.end, start) is not None
        or _reaches(written, hit, start)
        or _limits_what_follows(written.text, hit, start)
    )


def _limits_what_follows(text: str, hit: Hit, start: int) -> bool:
    word = text[hit.start : hit.end]
    if _LEAST_OF.match(word) and _WHAT.match(text, hit.end, start):
        return True
    if _MOST_OF.match(word) and _HARMFUL.match(text, hit.end, start):
        return True
    if word.removesuffix(".") not in _OPENING_WORDS or not _opens(text, hit.start):
        return False
    return _NAMED_PROPERTY.match(text, hit.end, start) is not None


def _opens(text: str, start: int) -> bool:
    """Say whether a statement begins at a place: the text, or what stands behind a comma, colon or bracket."""
    while start and text[start - 1] == " ":
        start -= 1
    return text[start - 1 : start] in _OPENED_BY


def _reaches(written: NumberText, hit: Hit, start: int) -> bool:
    """Say whether a superlative only tells what can be reached (最长可燃45小时)."""
    return _CAN_REACH.match(written.text, hit.end, start) is not None


def _hit_after(written: NumberText, end: int, hits: Sequence[Hit]) -> Hit | None:
    for hit in hits:
        if end <= hit.start <= end + _REACH_AFTER and _AFTER_COMPARATOR.match(
            written.text, end, hit.start
        ):
            parted = "," in written.text[end : hit.start]
            if not parted or _ENDS.match(written.text, hit.end):
                return hit
    return None
