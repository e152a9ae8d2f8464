"""What a conversation leaves standing: proposals that were declined, denied, corrected or only offered as a choice fall."""

from __future__ import annotations

import itertools
import re

from fairlot.domain.contract.judging.judgement import Parsed
from fairlot.domain.contract.lexicon import shadow
from fairlot.domain.contract.lexicon.spotting import spot
from fairlot.domain.contract.papers.document_lines import Line, is_question
from fairlot.domain.contract.papers.reading import ProposedTerm, newest_of_each_kind

# How somebody says no to what was said just before.
_DECLINES = re.compile(
    r"\W*(?:(?:hmm+|well|oh|sorry|ok but|but|dear|haha|亲|啊|哎|呃|不好意思|抱歉|那)[\s,.!]*)*(?:no(?:pe|t ok| way)?(?=\s*(?:[,.!]|\Z|sorry|thanks|we\b|i\b|it\b|that\b|my\b|dear\b|please\s*\Z))|(?:that(?:'s| is)? |it(?:'s| is)? |this is )?(?:much |way |far |still )?too (?:expensive|high|long|late|much|small|big|low|heavy|short|thin|thick|little|few|many)|(?:that(?:'s| is)? |it(?:'s| is)? )?not (?:possible|acceptable|enough|good)|impossible|(?:we |i )?(?:can'?t|can ?not|could not) (?:do|make|accept|agree|go)|out of the question|不行|不可以|不能(?!再)|做不[到了]|不接受|不同意|太(?:贵|高|晚|长|慢|少|多|大|小|重|轻|薄|厚|久)|没办法|来不及|不够)"
)
_NOT_DECLINED = re.compile(r"no problem|not a problem|没问题|没关系|不客气")
# Words by which somebody takes back or changes what stood before.
_CORRECTS = re.compile(
    r"\b(?:sorry|correction|instead|actually|my mistake|typo|i meant|rather|on second thought|changed? (?:it|that|this|the|my|our|to)|let'?s (?:take|make|go|do|use|change)|make (?:it|that|them)|scratch that|forget)\b|改成|改为|改到|改用|换成|换用|更正|纠正|打错|说错|写错|搞错|弄错|还是(?:用|要|做|按|改)|不对|不好意思|算了|我说的是|等下|等等|\bwait\b|老板说|\bmy boss says\b"
)
# A thing that is not wanted ("no black", 不要黑色).
_UNWANTED = re.compile(
    r"(?:\b(?:no|not|instead of|rather than|forget(?: about)?(?: the)?|drop(?: the)?|skip(?: the)?|without)\s(?:the\s|in\s|more\s)?|不要|不用|别用|不做|取消|去掉|换掉|而不是|不是)\Z"
)
_LIST = re.compile(r"\s(?:and|or|to)\s|[,/、和或]|以及|\d\s*[~-]\s*\d")
_CHOICES_MIN = 2
_WORD_OR_NUMBER = re.compile(r"\d+(?:[.,]\d+)*|[a-z]{3,}|[一-鿿]{2}")
_IN_A_WAY = frozenset({"colour", "material", "finish", "packaging", "branding", "function", "capacity", "size", "weight"})  # fmt: skip
_CHOSEN = frozenset(
    {"colour", "material", "finish", "capacity", "size", "weight", "quantity", "price", "function"}
)
_WORD = re.compile(r"[a-z]{4,}|[一-鿿]{2}")


def standing(found: list[ProposedTerm], lines: list[Line], text: str) -> list[ProposedTerm]:
    """Drop from a chat what its further course takes away."""
    said = {line.number: shadow(text[line.start : line.end]) for line in lines}
    fallen = _declined(lines, said)
    kept = [
        term
        for term in found
        if term.line not in fallen or (term.kind == "quantity" and fallen[term.line])
    ]
    kept = _without_unwanted(kept, said)
    offered = {
        line.number
        for before, line in itertools.pairwise(lines)
        if line.speaker != before.speaker and is_question(said[before.number])
    }
    later = newest_of_each_kind(kept, key=lambda term: -term.start)
    kept = [
        term
        for term in kept
        if not any(
            other.start > term.start
            and (
                (other.line > term.line and _refines(other, term))
                or _corrects(other, term, said)
                or (term.line in offered and _chooses(other, term))
            )
            for other in later[term.kind]
        )
    ]
    kept = _without_echoes(kept, said, {line.number: line.speaker for line in lines})
    named = any(term.kind == "colour" and not _counts_colours(term) for term in kept)
    return [term for term in kept if not (named and _counts_colours(term))]


# How somebody takes up what the other has just said.
_TAKES_UP = re.compile(
    r"\W*(?:ok(?:ay)?|yes|fine|agreed|deal|sure|noted|好的?|可以|行|没问题|收到)\b"
)
_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")
_ECHO_LINES = 6


def _without_echoes(
    found: list[ProposedTerm], said: dict[int, str], speakers: dict[int, str]
) -> list[ProposedTerm]:
    """Drop what only repeats, with a yes, the figures that the other side has named just before."""

    def echoes(term: ProposedTerm) -> bool:
        figures = set(_FIGURE.findall(term.text))
        return bool(figures) and any(
            0 < term.line - other.line <= _ECHO_LINES
            and speakers[other.line] != speakers[term.line]
            and other.kind == term.kind
            and figures <= set(_FIGURE.findall(other.text))
            for other in found
        )

    return [term for term in found if not (_TAKES_UP.match(said[term.line]) and echoes(term))]


def _counts_colours(term: ProposedTerm) -> bool:
    """Say whether a term only tells how many colors there are."""
    unit = term.parsed.unit if term.parsed is not None else None
    return term.kind == "colour" and unit in ("colours", "色")


# The last word in a haggle often leaves the currency out ("ok 0.99", "17.5吧").
_BARE_PRICE = re.compile(
    r"\W*(?:(?:(?:too|very|so) (?:expensive|high|much|low)|impossible|dear|sorry|no(?: way)?|太(?:贵|高)了?|不行|亲|ok(?:ay)?|deal|fine|yes|then|my friend|make it|best|final(?:ly)?|last(?: price)?|agreed?|how about|let'?s say|my (?:last|best)|at|行|好(?:的)?|成交|那就|可以|就|最低|嗯|定)[\s,.!]*)*(?P<price>\d{1,6}\.\d{1,3})(?:\s(?:fob|cif|exw|cfr|fca|dap|ddp)(?:\s[a-z]{3,12}){0,2})?[\s,]*(?:ok|deal|then|please|pls|final|max|last(?: price| word)?|吧|好了|可以|行|成交|最低了?)*\W*\Z"
)
_CODES = {
    "eur": "EUR",
    "€": "EUR",
    "gbp": "GBP",
    "£": "GBP",
    "hkd": "HKD",
    "rmb": "CNY",
    "cny": "CNY",
    "¥": "CNY",
    "元": "CNY",
    "块": "CNY",
    "人民币": "CNY",
}
_CURRENCY = re.compile(r"us\$|usd|eur|rmb|cny|gbp|hkd|[$€£¥]|元|块|美金|美元|人民币")


def with_bare_prices(found: list[ProposedTerm], lines: list[Line], text: str) -> list[ProposedTerm]:
    """Add the prices named in a chat without their currency after one with it; they are in that currency."""
    prices = [term for term in found if term.kind == "price"]
    extra: list[ProposedTerm] = []
    for line in lines:
        bare = _BARE_PRICE.match(shadow(text[line.start : line.end]))
        if bare is None:
            continue
        before = [term for term in prices if term.line < line.number]
        currency = _CURRENCY.search(shadow(before[-1].text)) if before else None
        if currency is None:
            continue
        start, end = line.start + bare.start("price"), line.start + bare.end("price")
        parsed = Parsed(
            operator="=", value=bare["price"], unit=_CODES.get(currency[0], "USD"), is_number=True
        )
        extra.append(
            ProposedTerm(
                start=start, end=end, line=line.number, text=text[start:end], kind="price",
                label="claimable", rules=("ok",), parsed=parsed,
            )
        )  # fmt: skip
    priced = {term.line for term in extra}
    return [*(term for term in found if term.line not in priced), *extra]


# A no to the price that was bid, and not to how many are wanted at it.
_DECLINES_PRICE = re.compile(
    r"\W*(?:(?:that|it|this)(?:'s| is) )?(?:much |way |far |still )?too (?:expensive|low|high)|太(?:贵|低|高)"
)


def _declined(lines: list[Line], said: dict[int, str]) -> dict[int, bool]:
    """Find the lines to which the other side says no at once, and whether to their price alone."""
    return {
        before.number: _DECLINES_PRICE.match(said[line.number]) is not None
        for before, line in itertools.pairwise(lines)
        if line.speaker != before.speaker
        and not is_question(said[before.number])
        and _DECLINES.match(said[line.number])
        and not _NOT_DECLINED.search(said[line.number])
    }


def _without_unwanted(found: list[ProposedTerm], said: dict[int, str]) -> list[ProposedTerm]:
    """Drop colors that are said not to be wanted, where they are refused and where they were asked for."""
    unwanted: dict[str, int] = {}
    for number, words in said.items():
        for hit in spot(words).get("colour.names", ()):
            if _UNWANTED.search(words[: hit.start]):
                unwanted[words[hit.start : hit.end]] = number
    return [
        term
        for term in found
        if term.kind != "colour"
        or not any(
            term.line <= number and name in shadow(term.text) for name, number in unwanted.items()
        )
    ]


def _corrects(other: ProposedTerm, term: ProposedTerm, said: dict[int, str]) -> bool:
    """Say whether a later line that takes something back speaks of the same matter."""
    if (
        term.kind not in _IN_A_WAY
        or _counts_colours(other)
        or not _CORRECTS.search(said[other.line])
    ):
        return False
    if other.property_id != term.property_id and term.kind != "colour":
        return False
    told, meant = (set(_WORD.findall(shadow(t.text))) for t in (other, term))
    return term.kind == "colour" or bool(told & meant) or not (told and meant)


def _refines(other: ProposedTerm, term: ProposedTerm) -> bool:
    """Say whether a color named before is given its code later ("yellow and navy", "yellow Pantone 13-0859 TCX")."""
    if term.kind != "colour" or term.label != "weak" or other.label != "claimable":
        return False
    first, later = shadow(term.text), shadow(other.text)
    return any(first[h.start : h.end] in later for h in spot(first).get("colour.names", ()))


def _chooses(other: ProposedTerm, term: ProposedTerm) -> bool:
    """Say whether a later term takes one of several values that an earlier one offers ("120 g and 200 g", "200 g then")."""
    if term.kind not in _CHOSEN or _LIST.search(term.text) is None:
        return False
    offered, taken = (set(_WORD_OR_NUMBER.findall(shadow(t.text))) for t in (term, other))
    return len(offered) >= _CHOICES_MIN and bool(offered & taken)
