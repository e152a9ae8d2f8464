"""The hue of a color's name and of its code in a book: a name that another hue contradicts settles nothing."""

from __future__ import annotations

import re

from fairlot.domain.contract.wording.analysis import Clause

# Hues in the order of the wheel; neighbors may both be said of one shade.
_WHEEL = ("red", "orange", "yellow", "green", "teal", "blue", "violet", "pink")
_NAMES = {
    "red": "red", "scarlet": "red", "crimson": "red", "orange": "orange", "yellow": "yellow", "lemon": "yellow",
    "green": "green", "lime": "green", "emerald": "green", "turquoise": "teal", "teal": "teal", "cyan": "teal",
    "blue": "blue", "navy": "blue", "navy blue": "blue", "royal blue": "blue", "sky blue": "blue", "light blue": "blue",
    "dark blue": "blue", "purple": "violet", "violet": "violet", "lilac": "violet", "lavender": "violet", "pink": "pink",
    "magenta": "pink", "fuchsia": "pink", "black": "black", "white": "white", "grey": "grey", "gray": "grey",
    "红色": "red", "大红": "red", "大红色": "red", "蓝色": "blue", "深蓝": "blue", "深蓝色": "blue", "藏青色": "blue",
    "绿色": "green", "黄色": "yellow", "黑色": "black", "白色": "white", "灰色": "grey", "紫色": "violet", "橙色": "orange",
    "粉色": "pink", "粉红色": "pink",
    "dark green": "green", "light green": "green", "red wine": "red", "mint green": "green", "bright red": "red",
}  # fmt: skip
_RAL = {
    "1": "yellow",
    "2": "orange",
    "3": "red",
    "4": "violet",
    "5": "blue",
    "6": "green",
    "7": "grey",
}
_RAL_WHITES = frozenset({"9001", "9002", "9003", "9010", "9016", "9018"})
_RAL_BLACKS = frozenset({"9004", "9005", "9011", "9017"})
# Where in the book of textile colors a hue begins (its third and fourth figure).
_TEXTILE = ((0, "yellow"), (10, "orange"), (16, "red"), (20, "pink"), (29, "violet"), (38, "blue"), (46, "teal"), (54, "green"), (65, ""))  # fmt: skip
_COATED = ((100, "yellow"), (137, "orange"), (176, "red"), (206, "pink"), (252, "violet"), (276, "blue"), (313, "teal"), (331, "green"), (388, "yellow"), (400, ""))  # fmt: skip
# Below which chroma a shade may be called neutral, dark ones sooner.
_NEUTRAL_CHROMA, _DARK_CHROMA, _DARK, _LIGHT = 12, 24, 18, 11
_NUMBER = re.compile(r"\d+")
_NEUTRALS = frozenset({"black", "white", "grey"})


def _band(bands: tuple[tuple[int, str], ...], value: int) -> str:
    hue = ""
    for start, name in bands:
        if value >= start:
            hue = name
    return hue


def hue_of_code(code: str) -> str:
    """Name the hue of "RAL 3020", "Pantone 485 C", "Pantone 19-4052 TCX"; "" where the number does not tell."""
    figures = _NUMBER.findall(code)
    if code.startswith("RAL") and len(figures) == 1:
        number = figures[0]
        if number in _RAL_WHITES or number in _RAL_BLACKS:
            return "white" if number in _RAL_WHITES else "black"
        return _RAL.get(number[0], "")
    if not code.startswith("Pantone") or not figures:
        return ""
    if len(figures) == 2 and len(figures[1]) == 4:
        light, hue, chroma = int(figures[0]), int(figures[1][:2]), int(figures[1][2:])
        if chroma <= _NEUTRAL_CHROMA or (light >= _DARK and chroma <= _DARK_CHROMA):
            return "white" if light <= _LIGHT and chroma <= _NEUTRAL_CHROMA // 2 else ""
        return _band(_TEXTILE, hue)
    name = re.search(r"[A-Z][a-z]+(?= [CU]|\s\d|\Z)", code.removeprefix("Pantone").strip())
    if figures and len(figures[0]) == 3 and name is None:
        return "red" if figures[0] == "485" else _band(_COATED, int(figures[0]))
    return ""


def contradicts(name: str, code: str) -> bool:
    """Say whether a color's name cannot be said of the shade that the code stands for."""
    said, stands = _NAMES.get(name, ""), hue_of_code(code)
    if not said or not stands or said == stands:
        return False
    if said in _NEUTRALS or stands in _NEUTRALS:
        return not {said, stands} <= {"white", "grey"} and not {said, stands} <= {"black", "grey"}
    apart = abs(_WHEEL.index(said) - _WHEEL.index(stands))
    return min(apart, len(_WHEEL) - apart) > 1


# What may stand between a name and the code that it introduces or that it explains.
_BETWEEN = re.compile(
    r"[\s,:=(/-]*(?:(?:colou?r|shade|code|pantone|ral|no\.?|as per|acc\. to|according to|色号?|潘通|即|为)[\s:.]*)*[(\s]*\Z"
)


def wrongly_named(whole: Clause) -> bool:
    """Say whether a color's name stands beside the code of another color ("black, Pantone 485 C")."""
    for code in whole.all_codes("colour"):
        for hit in whole.words("colour.names"):
            first, second = sorted(((hit.start, hit.end), (code.start, code.end)))
            if second[0] < first[1] or not _BETWEEN.match(whole.text, first[1], second[0]):
                continue
            follows = hit.start > code.start and whole.text[first[1] : second[0]].strip() not in (
                "",
                "(",
            )
            if not follows and contradicts(whole.text[hit.start : hit.end], code.value):
                return True
    return False
