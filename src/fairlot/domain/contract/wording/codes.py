"""References that identify one thing in the world: colors, standards, files, certificates, marked samples."""

from __future__ import annotations

import re

import msgspec

from fairlot.domain.contract.lexicon import code_shapes, standard_bodies
from fairlot.domain.contract.wording.dates import DATE_WORDS, find_dates


class Code(msgspec.Struct, frozen=True, kw_only=True):
    """A reference in the text: its span, kind, value as one would look it up, and whether it fits one thing only."""

    start: int
    end: int
    kind: str
    value: str
    identified: bool
    rule: str = ""


_PANTONE = re.compile(
    r"(?:pantone|pms|潘通|彩通)\s*(?:色号|色|号|no\.?)?[\s:#]*"
    r"(?P<body>\d{2}-\d{4}|(?:(?:cool|warm)\s+gr[ae]y|black|reflex blue|process blue|rubine red|warm red|[a-z]+)?\s*\d{1,4}|(?:reflex blue|process blue|rubine red|warm red|black|orange|violet|green|purple|rhodamine red|bright red|yellow|medium purple|dark blue)(?:\s*0\d\d)?)"
    r"\s*(?P<suffix>tcx|tpx|tpg|tsx|tn|cp|up|xgc|pc|[cum])?(?![a-z])"
)
_PANTONE_BARE = re.compile(
    r"(?<![\d-])(?P<body>\d{2}-\d{4})\s*(?P<suffix>tcx|tpx|tpg|tsx|tn)(?![a-z])|(?<![a-z])(?P<suffix2>tcx|tpx|tpg|tsx)\s*(?P<body3>\d{2}-\d{4})(?!\d)"
)
_RAL = re.compile(
    r"(?<![a-z])ral\s*(?:design\s*)?(?P<body>\d{4}|\d{3}\s\d{2}\s\d{2})(?!\d)|劳尔\s*(?P<body2>\d{4})"
)
_NCS = re.compile(r"(?<![a-z])ncs\s*(?P<body>s?\s*\d{4}-[a-z0-9]+)")
# Books of colors that are published with numbers: threads, inks, paints, the eye's own system.
_BOOK_COLOR = re.compile(
    r"(?<![a-z])(?P<book>madeira|g[uü]termann|coats|isacord|marathon|dmc|hks|toyo(?: ink)?|dic|munsell|trumatch|focoltone|sikkens|dulux|farrow (?:&|and) ball"
    r"|bs\s?(?:381c?|4800|5252)|(?:fs\s?|fed[- ]std[- ]?|federal standard )595[abc]?|as\s?2700|astm d1535|gsb\s?05-?1426(?:-\d{4})?)"
    r"(?:\s(?:colou?r|thread|shade|ink|no\.?|polyneon|classic|rayon)|\s?(?:全涤|涤纶|棉线|绣花线|缝纫线|绣线|色卡|色号|线|色|号))*[\s:#,-]*"
    r"(?P<body>n?\d+(?:\.\d+)?[a-z]{1,2}\s\d(?:\.\d)?/\d{1,2}|[a-z]{0,2}\d{2,6}[a-z]?(?:-\d+)?(?:-\d+)?(?:\s?[knez](?![a-z]))?)(?![\d/])"
)
_COORDINATES = re.compile(code_shapes("coordinates"))
_DELTA_E = re.compile(
    r"(?:δ\s?e|△\s?e|∆\s?e|(?<![a-z/])de(?=\s*(?:2000|00|cmc|ab|94|76|\*|[<>≤≥=]|\d))|delta[\s-]?e(?![a-z]))\s*(?P<formula>\*|2000|00|cmc|ab|94|76|\(cmc\)|cie\s?2000|\*ab|_?2000)?\s*(?:\(?2:1\)?)?\s*"
)
_FILE = re.compile(
    r"(?:[a-z0-9_][a-z0-9_.()-]*|[一-鿿]{2,12})\.(?:pdf|ai|eps|xlsx?|docx?|dwg|dxf|step|stp|stl|jpe?g|png|psd|cdr|tiff?|svg|zip|igs|csv|pptx?|rar|mp4|mov|webp|heic|bmp|gif|txt|dst|emb|pes|exp|sldprt|sldasm|3dm|obj|3mf|vsdx?|indd|sketch|glb)(?![a-z])"
)
# A body's name as written: a space may be missing, Chinese local and association standards carry letters of their own.
_BODIES = "|".join(
    re.escape(body).replace("\\ ", r"[\s-]?")
    for body in sorted(standard_bodies(), key=len, reverse=True)
)
_STANDARD = re.compile(
    r"(?<![a-z])(?!eur\b|(?:eu|ec|ms|tis|nf|ds|sn|un)\s?\d\d(?:\.\d)?(?!\d|/))(?P<body>(?:"
    + _BODIES
    + r"|as(?=\s\d{4}(?!\d))|db\d\d/t|t/[a-z]+)"
    r"\s*-?\s*(?:[a-z]{1,3}[\s-]?)?\d+(?:[.-]\d+)*(?:-[a-z]\d+[a-z]?)?(?:/\d+)*(?:[a-z]\d*)?(?:[:\s-]\s?(?:19|20)\d\d)?(?:\+a\d+(?::\d{4})?)?(?:\s?[~-]\s?\d{4,5}\.\d+(?:-\d{4})?)?)(?P<tail>(?:\s*(?:type|class|source|level|part|section|sec\.|method|procedure|table|clause|grade|no\.|a类|b类|c类|表|第|类|附录|条|部分|c\(\d\)|[a-z]?\d?[a-z]\b|\d+\.\d+(?:\.\d+)*|\(\w+\))\s*[\w.()Ⅱ]*)*)"
)
_CFR = re.compile(r"(?<!\d)\d{1,2}\s*cfr\s*(?:part\s*)?\d+(?:\.\d+)?")
_CHAPTER = re.compile(code_shapes("chapter"))
_DIRECTIVE = re.compile(
    r"(?<!\d)(?:\(?(?:eu|ec|eec)\)?\s*(?:no\.?\s*)?)?(?:19|20)?\d{2,4}/\d{1,4}(?:/(?:eu|ec|eec))|\(?(?:eu|ec)\)?\s*(?:no\.?\s*)?\d{2,4}/\d{2,4}"
)
_LAMP_LIFE = re.compile(r"(?<![a-z\d])(?:ies\s)?(?:lm|tm)-\d\d(?:-\d\d)?(?!\d)")
_BOOK = re.compile(r"《[^》]{2,40}》(?:\s*\(?(?:19|20)\d\d\)?版?)?")
_ADDRESS = re.compile(
    r"https?://[^\s,;]+|\bwww\.[^\s,;]+|(?<![a-z])(?:ean|upc|gtin|isbn)[-\s]?\d{0,2}\s*:?\s*\d{8,14}(?!\d)"
)
_CLASS = re.compile(code_shapes("class"))
# A class of fastness is the level that is asked for, and no test.
_GRADED_BEFORE = re.compile(
    r"(?:fastness|adhesion|fading|wool|pilling|staining|odou?r|smell)[\w ,]{0,12}\Z"
)
_GRADED_REACH = 40
_DIGIT = re.compile(r"\d")
_VERSION = re.compile(code_shapes("version"))
_FAMILY_PARTS = re.compile(
    r"(?:en\s?-?71|gb/?t?\s?6675|gb/?t?\s?18401|gb/?t?\s?4806|astm\s?f\s?-?963|gb/?t?\s?31701|gb\s?5296|gb\s?4706|gb\s?4943|en\s?62368|iec\s?60335|en\s?60335|iec\s?62133|gb\s?2626|din\s?53160|ul\s?94|iso\s?105|iso\s?8124|iso\s?2859|iso\s?6330|iso\s?12945|ista)\Z"
)
_HAS_PART = re.compile(r"\d|类|class|part|section|第|type|sec|表")
_IDENTIFIER = re.compile(
    r"(?:no\.?|nr\.?|#|№|编号|号码|证号|dbid|ref\.?|report|certificate|报告|证书|id)?\s*[:：#]?\s*(?P<id>[a-z]{0,6}[-/._]?\d[\w./-]{3,}|[a-z]{1,6}-?\d{1,6}[a-z]?(?:-\d+)?|[a-z]{1,5}-[a-z0-9]{1,8})"
)
_REVISION = re.compile(
    r"(?<![a-z])(?:rev(?:ision)?\.?|version|ver\.?|edition|issue)\s*(?:[a-z](?![a-z])|\d+)(?:\.\d+)?|(?<![a-z])[a-z]\s?版|第[一二三四五六七八九\d]+版|(?<![a-z])v\d+"
)
_NUMBERED = re.compile(
    r"(?:no\.?|nr\.?|number|#|№|编号|第)\s*\d+|(?:annex|appendix|attachment|附件|附录|page|第\d+页|sheet|table|表|img[_-]?|dsc[_-]?)\s*[_-]?\s*(?:[a-z]?\d+|[a-z](?![a-z])|[一二三四五])"
)


def _code(match: re.Match[str], kind: str, value: str, *, identified: bool, rule: str = "") -> Code:
    return Code(
        start=match.start(),
        end=match.end(),
        kind=kind,
        value=value.strip(),
        identified=identified,
        rule=rule,
    )


def _colours(text: str) -> list[Code]:
    found: list[Code] = []
    for match in _PANTONE.finditer(text):
        suffix = match["suffix"] or ""
        body = " ".join(match["body"].split())
        known = bool(suffix) or bool(re.match(r"[a-z ]+\Z", body) and body)
        value = f"Pantone {body.title() if not body[:1].isdigit() else body} {suffix.upper()}"
        found.append(
            _code(
                match,
                "colour",
                value,
                identified=known,
                rule="" if known else "unidentified_reference",
            )
        )
    for pattern, name in ((_PANTONE_BARE, "Pantone"), (_RAL, "RAL"), (_NCS, "NCS")):
        for match in pattern.finditer(text):
            if any(code.start <= match.start() < code.end for code in found):
                continue
            groups = match.groupdict()
            body = groups["body"] or groups.get("body2") or groups.get("body3") or ""
            suffix = (groups.get("suffix") or groups.get("suffix2") or "").upper()
            found.append(_code(match, "colour", f"{name} {body.upper()} {suffix}", identified=True))
    found += [
        _code(match, "colour", match[0].title(), identified=True)
        for match in _BOOK_COLOR.finditer(text)
        if not any(code.start <= match.start() < code.end for code in found)
    ]
    found += [
        _code(match, "coordinates", match[0].upper(), identified=False, rule="missing_tolerance")
        for match in _COORDINATES.finditer(text)
    ]
    return found


def _standards(text: str) -> list[Code]:
    found = [
        _code(m, "standard", m[0].upper(), identified=True)
        for pattern in (_BOOK, _CHAPTER)
        for m in pattern.finditer(text)
    ]
    found += [
        _code(m, "class", m[0].upper(), identified=True)
        for m in _CLASS.finditer(text)
        if not _GRADED_BEFORE.search(text[max(0, m.start() - _GRADED_REACH) : m.start()])
    ]
    if _DIGIT.search(text):
        found += _numbered_standards(text)
    return found


def _numbered_standards(text: str) -> list[Code]:
    """Find what is named by a number: standards of a body, chapters of law, directives, versions of what others made."""
    found: list[Code] = []
    for match in _STANDARD.finditer(text):
        body = match["body"].strip()
        tail = match["tail"]
        end = match.end() if tail.strip() else match.start() + len(match["body"].rstrip())
        partless = bool(
            _FAMILY_PARTS.match(re.sub(r"[:\s-](19|20)\d\d\Z", "", body))
        ) and not _HAS_PART.search(tail)
        found.append(
            Code(start=match.start(), end=end, kind="standard", value=text[match.start() : end].upper().strip(),
                 identified=not partless, rule="standard_not_identified" if partless else "")
        )  # fmt: skip
    for pattern in (_CFR, _DIRECTIVE, _LAMP_LIFE):
        found += [
            _code(m, "standard", m[0].upper(), identified=True) for m in pattern.finditer(text)
        ]
    found += [_code(m, "version", m[0], identified=True) for m in _VERSION.finditer(text)]
    return found


def find_codes(text: str) -> list[Code]:
    """Find every coded reference in a shadow text; where two overlap the longer one stays."""
    found = [
        _code(m, "file", m[0], identified=True)
        for pattern in (_FILE, _ADDRESS)
        for m in pattern.finditer(text)
    ]
    found += _colours(text)
    found += _standards(text)
    found += [
        _code(m, "delta_e", m["formula"] or "", identified=True) for m in _DELTA_E.finditer(text)
    ]
    if DATE_WORDS.search(text):
        found += [
            Code(
                start=d.start,
                end=d.end,
                kind="date",
                value=d.value,
                identified=not d.rule,
                rule=d.rule,
            )
            for d in find_dates(text)
        ]
    found.sort(key=lambda code: (code.start, -(code.end - code.start)))
    kept: list[Code] = []
    for code in found:
        clash = next((k for k in kept if k.start < code.end and code.start < k.end), None)
        if clash is None:
            kept.append(code)
        elif (code.end - code.start) > (clash.end - clash.start) and clash.kind != "file":
            kept[kept.index(clash)] = code
    return kept


def identifier_near(text: str, start: int, end: int, reach: int = 28) -> tuple[int, int] | None:
    """Find what makes a named document, sample or certificate the only one: a number, a revision, or a day with year."""
    window = text[end : end + reach]
    for pattern in (_NUMBERED, _REVISION, _IDENTIFIER):
        match = pattern.search(window)
        if match and not re.match(r"\s*\Z", match[0]) and _near(window[: match.start()]):
            return end + match.start(), end + match.end()
    before = text[max(0, start - 14) : start]
    match = re.search(
        r"(?:[a-z]{1,6}-?\d[\w-]*|no\.?\s?\d+|附件\s*\d+|annex\s*\w|第\d+)\s*\Z", before
    )
    return (start - len(match[0]), start) if match else None


def _near(gap: str) -> bool:
    return not re.search(r"[;;。]|\d\s*(?:mm|cm|g|kg|%)", gap)
