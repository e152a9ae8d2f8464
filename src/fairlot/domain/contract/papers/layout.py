"""What headings, captions and openings say about the text under them."""

from __future__ import annotations

import functools
import re

from fairlot.domain.contract.judging.kind_of_number import OF_WORKING
from fairlot.domain.contract.lexicon import LANGUAGES, Hit, Property, read_table
from fairlot.domain.contract.lexicon.spotting import spot
from fairlot.domain.contract.papers.document_lines import (
    heading_words,
)
from fairlot.domain.contract.wording.analysis import Clause


@functools.cache
def known_headings() -> dict[str, str]:
    """Return the headings that are known, with the topic each announces."""
    return {
        " ".join(word.replace("-", " ").split()): kind
        for language in LANGUAGES
        for kind, words in read_table(f"{language}.toml")["heading"].items()
        for word in words
    }


# A caption that tells where is no heading ("Cast on body").
_INSIDE_NAME = frozenset({"on", "in", "of", "for", "with"})


def heading_kind(text: str) -> str:
    """Name the topic that a heading or caption announces, "" if none."""
    words = heading_words(text)
    known = known_headings()
    if words in known:
        return known[words]
    for chinese in re.findall(r"[一-鿿]+", words):
        if chinese in known:
            return known[chinese]
        for size in range(len(chinese) - 1, 1, -1):
            if chinese[-size:] in known:
                return known[chinese[-size:]]
    latin = re.sub(r"[一-鿿]+", " ", words).split()
    if _INSIDE_NAME & set(latin):
        return ""
    for size in range(len(latin), 0, -1):
        for candidate in (" ".join(latin[-size:]), " ".join(latin[:size])):
            if candidate in known:
                return known[candidate]
    return ""


_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F) if code != 0xFF0C}


def half_width(text: str) -> str:
    """Write full-width signs half-width, character for character; the comma stays, for it never parts a number."""
    return text.translate(_HALF_WIDTH)


_OPENING_OF_PAPER = 26


_OPENING_WORD = 2
# A party that does or gives something, and is not merely named before a colon ("甲方按AQL2.5验货").
_PARTY_DOES = re.compile(
    r"(?:甲方|乙方|买方|卖方|供应商|采购商)(?!\s*[:(])[^:]{2}|(?:the )?(?:buyer|seller|supplier)\s(?:must|shall|will|has|is|may|to|[a-z]{3,}s)\b"
)


# What one says before one speaks of the goods.
_COURTESY = frozenset(
    {
        "thanks",
        "thank you",
        "hi",
        "hello",
        "dear",
        "good day",
        "好的",
        "收到",
        "谢谢",
        "感谢",
        "你好",
        "您好",
    }
)


_PARTIES = frozenset(
    {"buyer", "seller", "supplier", "买方", "卖方", "甲方", "乙方", "供应商", "采购商"}
)


# What one may promise behind a yes (好的,纯棉的,手感柔软).
_SAID_AFTER_YES = (
    "material.families",
    "material.fibers",
    "material.polymers",
    "packaging.designed",
    "packaging.plain",
)


def _party_inside(whole: Clause, hit: Hit) -> bool:
    """Say whether a party is only named inside a sentence ("唛头待甲方提供", "very good grip dear") and does not head the line."""
    if hit.payload == "dear" and hit.start > _OPENING_WORD and hit.end + 2 >= len(whole.text):
        return True
    if hit.payload == "phone" and whole.text[: hit.start].endswith(
        ("on the ", "by ", "per ", "over ")
    ):
        return True
    headed = whole.text[hit.end : hit.end + 1] in (":", "(")
    return hit.payload in _PARTIES and hit.start > _OPENING_WORD and not headed


def speaks_of_paper(whole: Clause) -> bool:
    """Say whether the line opens with a word of courtesy or of the document itself."""
    spoken = [hit for hit in whole.words("no_term_line.words") if not _party_inside(whole, hit)]
    if not spoken:
        return False
    opening = min(spoken, key=lambda hit: hit.start)
    first = opening.start
    if opening.payload in _COURTESY and (
        whole.code("colour") or any(q.unit is not None or q.operator for q in whole.quantities)
    ):
        return False
    if opening.payload in ("好的", "收到") and whole.has(*_SAID_AFTER_YES):
        return False
    firm = any(q.operator or q.tolerance for q in whole.quantities)
    if first <= _OPENING_WORD:
        return not _PARTY_DOES.match(whole.body)
    return (
        first <= _OPENING_OF_PAPER
        and not firm
        and all(code.kind == "date" for code in whole.codes)
        and not whole.has("date.ship_words", "property")
    )


_NAMED_KINDS = (
    ("branding", ("branding.labels", "branding.marks")),
    ("packaging", ("packaging.designed", "packaging.plain", "things.documents")),
    ("colour", ("colour.words",)),
    ("certification", ("certificate.words", "certificate.schemes")),
)


# The axes of a thing ("L x W x H").
_AXES = re.compile(
    r"(?<![a-z])[lwhdbt](?:\s?[x×*/]\s?[lwhdbt]){1,2}(?![a-z])|[长宽高厚深](?:\s?[x×*/]\s?[长宽高厚深]){1,2}"
)
# A paper repeats its captions; so do the papers of a house.
_CAPTIONS_KEPT = 1_024


@functools.lru_cache(maxsize=_CAPTIONS_KEPT)
def caption_kind(caption: str) -> str:
    """Name the topic of a caption: a known heading, else what its words are."""
    if _AXES.search(caption.strip().lower()):
        return "size"
    kind = heading_kind(caption)
    if kind:
        return kind
    named = spot(heading_words(caption))
    kind = next((kind for kind, names in _NAMED_KINDS if any(name in named for name in names)), "")
    prop = named.get("property", [])
    return kind or (str(prop[-1].payload.kind) if prop else "")


@functools.lru_cache(maxsize=_CAPTIONS_KEPT)
def caption_property(caption: str) -> Property | None:
    if not caption:
        return None
    named = spot(heading_words(caption)).get("property", [])
    return named[-1].payload if named else None


_OWN_KIND = {
    "packaging": ("packaging.plain", "packaging.designed"),
    "branding": ("branding.marks",),
    "colour": ("colour.names",),
    "finish": ("category.finish",),
}


# A day by which something is due, whoever's order it is.
_DUE = re.compile(
    r"\blatest (?:date|day)\b|\bdue date\b|\bdeadline\b|最迟|最晚|截止|前[^,;\d]{0,4}[交发出到送]\W*\Z"
)


def _works(group: Clause) -> bool:
    """Say whether a clause measures what a part does and not what it is made of ("turns 0-180°")."""
    measured = {q.unit.quantity for q in group.quantities if q.unit is not None}
    return bool(measured & (OF_WORKING | {"angle"}))


def topic_hint(
    group: Clause, captioned: str, section: str, index: int, *, named: bool = False
) -> str:
    """Let caption and section speak where the clause itself names no other topic."""
    kinds = [prop.kind for _, prop in group.properties()]
    if (
        index
        and group.has("vague", "performance.words")
        and not group.quantities
        and not group.codes
    ):
        return ""
    due = section == "shipment_date" or _DUE.search(group.body) is not None
    if (
        due
        and captioned in ("", "quantity")
        and group.code("date") is not None
        and not group.quantities
    ):
        return "shipment_date"
    bare = bool(group.quantities) and all(q.unit is None for q in group.quantities)
    if section == "size" and bare and not captioned and not named:
        return section
    if (
        group.has("colour.words")
        and not kinds
        and not group.has("branding.labels", "branding.marks", "packaging.designed")
    ):
        return "colour"
    if captioned == "stitching" and group.has("shape.sewing") and not group.quantities:
        return captioned
    if captioned and captioned != "other":
        return captioned if index == 0 or not kinds or captioned in kinds else ""
    if kinds or group.code("colour") is not None:
        return ""
    if section in (
        "packaging",
        "branding",
        "shipment_date",
        "stitching",
        "certification",
        "material",
    ):
        if section == "material" and _works(group):
            return ""
        other = any(group.has(*words) for kind, words in _OWN_KIND.items() if kind != section)
        return "" if other and section != "packaging" else section
    return ""
