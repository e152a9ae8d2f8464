"""Materials that are identified by the shape of their name: designations of metals, and the species of solid wood."""

from __future__ import annotations

import re

from fairlot.domain.contract.lexicon import Hit

# Designations that cannot be anything else: SUS304, 1.4301, 6063-T5, X50CrMoV15, 9Cr18MoV, Q235B, ADC12, DC01, CuZn37.
_DESIGNATION = re.compile(
    r"(?<![a-z0-9.])(?:(?:sus|aisi|ss|t|s)[\s-]?[2346]\d\d[a-z]{0,2}|1\.[0-9]\d{3}|\d{4}-[tho]\d{1,3}|x\d+cr[a-z0-9]*|[234]\d\d(?:l|ti|h)|\d{0,3}cr\d+[a-z0-9]*"
    r"|\d\dmn(?:si\w*|b)?|q[1-4]\d5[a-e]?|adc[\s-]?\d{1,2}|az\d\d[a-e]?|er\d{2,3}[a-z]{0,3}|au\d{3}|ag\d{3}|sk[2-7sdh]\d{0,2}|scm\d{3}|suj2|gcr15\w*|s[1-5]\dc|\d{2}crm[on]\w*|9sicr|m35|m42|t(?:8|10|12)a|ht\d{3}|qt\d{3}-\d+|hpb\d\d-\d|h(?:59|62|65|68|70|90)|qsn\w+-[\d.]+|n(?:35|38|40|42|45|48|50|52)[mhsu]?h?|y30(?:bh)?|zamak[\s-]?\d+|s[2-4]\d5j[0r]\w?|spc[cde]|secc|sgcc|dc0[1-6]|dx5\dd"
    r"|cuzn\d+[a-z0-9]*|cusn\d+|tc4|ti-?6al-?4v|cw\d{3}[a-z]|en-?gj[ls]-?\d+|ggg?-?\d\d|c1[0-9]{4}|(?:pa|pp|pbt|pc|abs|pom|pps|pet)\s?\d{0,3}[\s-]?gf\s?\d\d|(?:pa6{0,2}|pp|pbt|pc|abs|pom|pps|pet|peek)\s?\+\s?\d\d\s?%?\s?(?:gf|cf|玻纤|碳纤)|pc\s?[/+]\s?(?:abs|pbt)|440[abc]|vg-?10|zl\d{3}|ly12|5crmov|alsi\d+\w*|en\s?aw-?\d{4}\w*)(?![a-z0-9])"
)
# Precious metals by fineness, solders and alloys by their symbols and shares, alloys and steels by their trade numbers.
_FINENESS = re.compile(
    r"\bsterling silver\b(?! plat)(?:\s925)?|\b(?:925|999|800|950|585|750|375|916)(?:/1000)?[\s-](?:sterling\s)?(?:silver|gold|platinum|palladium)\b(?![\s-](?:plat|colou?r|tone|fill|coat))|\b(?:silver|gold|platinum)\s(?:925|999|800|585|750|375|916)\b|\b(?:pt|pd|au|ag)\s?(?:950|900|925|999|750|585|375)\b"
    r"|\b(?:8|9|10|14|18|22|24)\s?(?:k|kt|ct|carat|karat)\s(?:(?:solid|yellow|white|rose|real)\s)*gold\b(?![\s-](?:plat|colou?r|tone|fill|coat|vermeil))"
    r"|\bs[nb]\d+(?:\.\d+)?(?:(?:ag|cu|pb|bi|ni|zn|sb|in)\d*(?:\.\d+)?)+\b|\bsac\s?\d{3}\b|\b(?:cu|ni|al|fe|ti|mg|zn|co)(?:(?:ni|zn|cr|al|fe|si|mn|mo|be|sn|mg|cu|ti|co|v)\d+(?:\.\d+)?)+\b|\bcube2\b|\bfecral\b"
    r"|\b(?:inconel|incoloy|monel|hastelloy|nimonic|stellite|nitronic)\s[a-z]?-?\d{1,3}[a-z]?\b|\b(?:skd|skh|sk|scm|sncm|suj|s)\d{1,3}c?\b(?=\s(?:steel|tool|spring))|\b(?:42crmo4|34crnimo6|16mncr5|20mncr5|51crv4|60si2mn|65mn|50crv4|100cr6|115crv3|c45e?|ck45|ck75|c75s?|c67s?|11smn30|9smnpb28)\b"
    r"|\b(?:n-)?bk-?7\b|\bk9\s(?:glass|crystal)|\bcr-?39\b|\bb270\b|\bborofloat\s?33\b|\btr-?90\b|\bultem\s\d{4}\b|\bosb/?[1-4]\b|\bjgs[123]\b"
    r"|\b(?:hss[- ]?(?:co|e|g|r)?\d?|m2|m35|m42|t1)\s(?:high[- ]speed\s)?steel\b|\bhss[- ](?:co|e|g)\d?\b|\bk(?:10|20|30|40)\s(?:carbide|tungsten)|\byg\d{1,2}x?\b"
)
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
