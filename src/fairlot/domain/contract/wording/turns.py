"""Turns of phrase that no list of words holds: a choice that depends on something, a little more of a quality."""

from __future__ import annotations

import re

from fairlot.domain.contract.lexicon import Hit

# What a figure before it depends on (300-500件,看布料多少).
_DEPENDS = re.compile(
    r"(?<=[,;(])\s*(?:具体)?(?:要)?[看视](?!起来|上去|着|清|见|到|不|得|好|样|图|光|感|觉|力|频|距|窗|角|野|线|听|板|台|护)[一-鿿]{1,8}(?=\Z|[,;.)])"
)
# A quality is asked for and how much of it is left to taste (纸箱硬一点).
_A_LITTLE = re.compile(
    r"(?:[硬软厚薄大小长短宽窄重轻深浅亮暗快慢粗细紧松密牢挺高低实靓满稳](?:一点点?|一些|点儿|些)|[硬软厚薄大长短宽窄重轻快慢紧松密牢]点)(?=\Z|[,;.吧啊呀])"
)
# What stays where it was put passes (静挂5kg满24小时不掉).
_STAYS = re.compile(
    r"(?:不|没有?|未|无)(?:断|断裂|断线|脱线|开线|掉|掉落|坠落|滑落|脱|松脱|落下)(?=\Z|[,;.、)])"
)
# More of a quality than is wanted, and nobody says how much that is.
TOO_MUCH = re.compile(
    r"(?:不要|别|不能|不可|不宜|不得|勿|不必)[一-鿿]{0,3}(?:太|过于|过分|过(?=[长短大小宽窄厚薄重轻高低深浅亮暗紧松硬软粗细]))"
)
# What does not come with the goods (不带遥控器).
NOT_ALONG = re.compile(r"不(?:[带配附送]|另配)(?!色|合|着|有色|电(?![池源线子缆]))[一-鿿]{2,}")
# Praise of a material by the word "good" alone (好蜡), and a whole of what cannot be counted ("100% eco friendly").
_GOOD_STUFF = re.compile(
    r"(?:\A|(?<=[,;:.。、 是用]))好(?:料子?|货|蜡|棉|钢|皮料?|木头?|布料?|纱|材料|塑料|玻璃|瓷|胶)(?=\Z|[,;.!。])"
)
_WHOLLY = re.compile(
    r"\b100\s?%\s(?:eco[- ]?friendly|environment(?:ally)?[- ]friendly|safe|perfect|good|healthy|reliable|happy|satisf\w+|guaranteed|sure|ok)\b|100\s?%\s?(?:环保|安全|放心|满意|健康)"
)
# What the law wants on a bag (防窒息警示语).
_WARNING = re.compile(r"防?窒息(?:警示|警告|提示)(?:语|标语|标识|标志|标|字样)?|(?:警示|警告)语")
_STORMS = re.compile(r"抗(?:强|大|台|暴)风")
_QUALITY = {
    **dict.fromkeys("大小长短宽窄粗细厚薄高低", "size"),
    **dict.fromkeys("重轻", "weight"),
    **dict.fromkeys("深浅亮暗", "colour"),
}


def turns(text: str) -> dict[str, list[Hit]]:
    """Find turns of phrase in a shadow text, by category of the lexicon."""
    return {
        "option.words": [
            Hit(match.start(), match.end(), "option.words", match[0])
            for match in _DEPENDS.finditer(text)
        ],
        "pass_criterion.words": [
            Hit(match.start(), match.end(), "pass_criterion.words", match[0])
            for match in _STAYS.finditer(text)
        ],
        "packaging.plain": [
            Hit(match.start(), match.end(), "packaging.plain", match[0])
            for match in _WARNING.finditer(text)
        ],
        "performance.words": [
            Hit(match.start(), match.end(), "performance.words", match[0])
            for match in _STORMS.finditer(text)
        ],
        "vague": [
            Hit(match.start(), match.end(), "vague", ("material", "vague_word"))
            for pattern in (_GOOD_STUFF, _WHOLLY)
            for match in pattern.finditer(text)
        ]
        + [
            Hit(
                match.start(),
                match.end(),
                "vague",
                (_QUALITY.get(match[0][0], "appearance"), "vague_word"),
            )
            for match in _A_LITTLE.finditer(text)
        ],
    }


def asks_for_more(text: str) -> bool:
    """Say whether only a little more of a quality is asked of what stands before (彩盒厚点)."""
    return _A_LITTLE.match(text.strip(" ,.;:")) is not None
