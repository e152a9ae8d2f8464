"""Materials that are identified by the shape of their name: designations of metals, and the species of solid wood."""

from __future__ import annotations

import re

from fairlot.domain.contract.lexicon import Hit, code_shapes

# Designations that cannot be anything else: SUS304, 1.4301, 6063-T5, X50CrMoV15, 9Cr18MoV, Q235B, ADC12, DC01, CuZn37.
_DESIGNATION = re.compile(code_shapes("designation"))
# Precious metals by fineness, solders and alloys by their symbols and shares, alloys and steels by their trade numbers.
_FINENESS = re.compile(code_shapes("fineness"))
_METAL = r"(?:stainless steel|stainless|carbon steel|tool steel|spring steel|steel|alumin(?:i)?um(?: alloy)?|alloy|chromoly|cromoly|titanium|brass|bronze|magnesium|不锈钢|弹簧钢|工具钢|碳钢|钢|铝合金|铝|钛合金|钛|黄铜|镁合金|锌合金)"
_NUMBER_OF_METAL = r"(?:grade\s)?[a-z]{0,2}-?\d{3,4}[a-z]{0,2}(?:-[th]\d{1,3})?"
_NO_MEASURE = r"(?!\sseries)(?![\d.,]*\d)(?!\s*(?:mm|cm|m|g|kg|ml|l|n|v|w|k|lm|pcs|h|x|\*|±|-|~|%|毫米|厘米|克|公斤|米|个|件|小时)(?![a-z]))"
_METAL_FIRST = re.compile(rf"(?<![a-z]){_METAL}[\s:(]*{_NUMBER_OF_METAL}(?![a-z]){_NO_MEASURE}")
_NUMBER_FIRST = re.compile(
    rf"(?<![a-z0-9.-]){_NUMBER_OF_METAL}\s?-?{_METAL}(?![a-z])|(?<![a-z])(?:grade|type)\s\d\s(?:titanium|brass)"
)
_DIGIT = re.compile(r"\d")
_MAY_BE_SOLID = re.compile("solid|massive|木")
_SOLID = re.compile(
    r"\b(?:solid|massive)\s(?!export|transport|shipping|outer|inner|master|wall|bottom|surface|handle|foundation|sound|look|touch|hold|wheel|tyre|tire|foam|body|hinge|lock|clasp|zip|closure|stand|bracket|joint|connection|design|craft|print|tone|shade|content|bond|block|piece|bar\b|cartons?\b|box|pack|cases?\b|pallet|crate|wood|hardwood|softwood|timber|steel|brass|metal|plastic|material|rubber|construction|quality|build|stainless|alumin|copper|iron|bronze|gold|silver|colou?r|core|stitch|weight|base|frame|state|feel|fill|line|black|white|sewing|stitching|seam|work|performance|reputation|grip|and\b|in\b)[a-z]{3,}"
    r"|(?<=[:为])(?!采用|全部|整块|进口|优质|天然|纯|高档|使用|选用)[一-鿿]{2,4}整木(?=\Z|[,;.])|(?<![一-鿿])?[一-鿿]{1,3}(?<![实原硬软红杂积圆板方])木(?:实木|整木|原木)"
)


def designations(text: str) -> dict[str, list[Hit]]:
    """Find what a shadow text identifies by shape, by category of the lexicon."""
    shapes = (_DESIGNATION, _FINENESS, _METAL_FIRST, _NUMBER_FIRST)
    grades = [
        Hit(match.start(), match.end(), "material.grades", match[0])
        for pattern in (shapes if _DIGIT.search(text) else shapes[:2])
        for match in pattern.finditer(text)
    ]
    species = [
        Hit(match.start(), match.end(), "material.species", match[0])
        for match in (_SOLID.finditer(text) if _MAY_BE_SOLID.search(text) else ())
    ]
    return {"material.grades": grades, "material.species": species}
