"""Counts that do not add up: so many of each, so many kinds, and another total."""

from __future__ import annotations

import re
from decimal import Decimal

from fairlot.domain.contract.wording.numerals import number

_NUMBER = r"(?P<{}>\d[\d,]*(?:\.\d+)?|[一二两三四五六七八九十](?![一-鿿]?[十百千万]))"
_HAN = {sign: value for value, sign in enumerate("零一二三四五六七八九十")} | {"两": 2}
_UNIT = r"(?P<unit>[件个只条支把张片套双对副台瓶袋包盒粒颗枚本块卷])"
_GROUP = r"(?P<group>颜色|尺码|[内中小外大]?[盒箱袋包]|[色款码卡组层排捆托柜店批])"
_EACH = re.compile(
    rf"每(?:个|一|种)?{_GROUP}(?:内?装|各|共|放|配|做|订|下|要|有)?:?\s?{_NUMBER.format('count')}\s?{_UNIT}"
)
_EACH_OF = re.compile(
    rf"(?<![\d.~至到-]){_NUMBER.format('times')}\s?[个种]?\s?{_GROUP},?\s?(?:每{_GROUP.replace('?P<group>', '?:')}|各)[一-鿿]?\s?{_NUMBER.format('count')}\s?{_UNIT}"
)
_INTO_ONE = re.compile(
    rf"(?:每)?{_NUMBER.format('count')}\s?(?:{_UNIT}|(?P<inner>[内中小]盒|[盒袋包]))(?:装|入)?(?:/|[一1](?:个|只)?){_GROUP}"
)
_TIMES = re.compile(rf"(?<![每\d.~至到-]){_NUMBER.format('times')}\s?[个种只]?\s?{_GROUP}(?!/)")
# A count of packs that stand in a larger one, and not of all that is ordered.
_INSIDE = re.compile(r"(?:[每一内1][^,;]{0,4}|[箱盒托][^,;]{0,3})\Z")
_WHOLE = re.compile(
    rf"(?:合计|总计|总共|共计|一共|总数量?|总量|合共|总|(?<!公)共)(?:数|订|为|是|:)?\s?{_NUMBER.format('count')}\s?{_UNIT}"
)
_LEADING = re.compile(
    rf"\A\s*(?:数量|订购|订单|下单|订)?:?\s?{_NUMBER.format('count')}\s?{_UNIT}(?=[,;(])"
)
_SIZES = re.compile(r"(?<!\d)(?P<first>\d\d)\s?[-~至到]\s?(?P<last>\d\d)\s?(?P<group>码)")
_ITEM = re.compile(
    rf"(?P<name>[一-鿿a-z]{{1,6}}?)[:\s]?(?P<count>\d[\d,]*)\s?{_UNIT}(?=[,;、+]|\Z)"
)
_KIND = re.compile(r"[红蓝黑白灰绿黄粉紫棕橙青银金米杏咖驼]|[码款号]\Z|\A[a-z]{1,3}\Z")
_IN_PART = re.compile(r"首|先|第|批|备|送|赠|余|剩|样|检|抽|不良|允许")
_PRICE = re.compile(
    r"(?:(?:单价|每[件个只条支把张片套双台])[^\d,;]{0,6}|\A\s*)(?P<price>\d+(?:\.\d+)?)\s?(?:元|块|美元|美金|usd)?(?:/[件个只条支把张片套双台])?"
)
_SUM = re.compile(
    r"(?:总价|总金额|合计金额|总额|货款合计|合计|共计|总计)[^\d,;]{0,6}(?P<sum>\d[\d,]*(?:\.\d+)?)\s?(?:元|块|美元|美金|usd)"
)
_ORDERED = re.compile(r"(?<![\d.])(?P<count>\d[\d,]*)\s?[件个只条支把张片套双台](?![/一-鿿])")


def _value(written: str) -> Decimal:
    return Decimal(_HAN[written]) if written in _HAN else number(written.rstrip(","))


def _kind(group: str) -> str:
    """Name the group by its last sign, so that 颜色 and 色, 内盒 and 盒 are one."""
    return group[-1]


def miscounted(text: str) -> bool:
    """Say whether a total is none: 每色600条,5个色,合计3500条 or 每箱60只,内分4盒,每盒12只."""
    if text.count(",") < 2 and not re.search(r"[每各/]|[合总共][计价共量数]", text):
        return False
    return _groups_differ(text) or _items_differ(text) or _price_differs(text)


def _groups_differ(text: str) -> bool:
    """Compare so many groups of so many with a total, or with what a larger pack holds."""
    each = {(_kind(m["group"]), m["unit"], _value(m["count"])) for m in _EACH.finditer(text)}
    ordered = {
        (_kind(m["group"]), _value(m["times"]))
        for m in _TIMES.finditer(text)
        if not _INSIDE.search(text, 0, m.start())
    }
    packed = {(_kind(m["group"]), _value(m["times"])) for m in _TIMES.finditer(text)} - ordered
    for m in _EACH_OF.finditer(text):
        each.add((_kind(m["group"]), m["unit"], _value(m["count"])))
        ordered.add((_kind(m["group"]), _value(m["times"])))
    for m in _INTO_ONE.finditer(text):
        inner = m["inner"] or m["unit"]
        each.add((_kind(m["group"]), inner, _value(m["count"])))
        packed.add((_kind(inner), _value(m["count"])))
    for m in _SIZES.finditer(text):
        ordered.add((m["group"], _value(m["last"]) - _value(m["first"]) + 1))
    wholes = [
        (m["unit"], _value(m["count"])) for m in (*_WHOLE.finditer(text), *_LEADING.finditer(text))
    ]
    return any(
        _differs(held, many, wholes if many in ordered else [], each)
        for held in each
        for many in ordered | packed
        if many[0] == held[0]
    )


def _differs(
    held: tuple[str, str, Decimal],
    many: tuple[str, Decimal],
    wholes: list[tuple[str, Decimal]],
    each: set[tuple[str, str, Decimal]],
) -> bool:
    """Say whether so many groups, each holding so many, make neither the total nor what the larger pack holds."""
    group, unit, count = held
    outer = [(name, value) for other, name, value in each if other != group]
    totals = {value for name, value in (*wholes, *outer) if name == unit}
    return len(totals) == 1 and many[1] * count not in totals


def _items_differ(text: str) -> bool:
    """Compare a list of counts with its total (S码200件,M码300件,共600件)."""
    whole, leading = _WHOLE.search(text), _LEADING.search(text)
    stated = whole or leading
    if stated is None or "每" in text or "各" in text:
        return False
    reach = (0, stated.start()) if whole else (stated.end(), len(text))
    items = [m for m in _ITEM.finditer(text, *reach) if m["unit"] == stated["unit"]]
    if len(items) < 2 or any(_IN_PART.search(m["name"]) for m in items):
        return False
    if not whole and not all(_KIND.search(m["name"]) for m in items):
        return False
    return sum(_value(m["count"]) for m in items) != _value(stated["count"])


def _price_differs(text: str) -> bool:
    """Compare price and count with the sum (单价3元,1000件,总价3500元)."""
    price, total = _PRICE.search(text), _SUM.search(text)
    if price is None or total is None:
        return False
    counts = [m for m in _ORDERED.finditer(text) if not price.start() <= m.start() < price.end()]
    if len(counts) != 1:
        return False
    return _value(price["price"]) * _value(counts[0]["count"]) != _value(total["sum"])
