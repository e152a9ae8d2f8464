"""What shares of materials are worth: a whole decides, an open rest does not, hidden content needs its paper."""

from __future__ import annotations

import re

from fairlot.domain.contract.judging.judge_quantity import judge_quantity
from fairlot.domain.contract.judging.judgement import Judgement, Parsed, make
from fairlot.domain.contract.lexicon import Hit
from fairlot.domain.contract.wording.analysis import Clause

_PERCENT_FIBER = re.compile(r"(\d{1,3}(?:\.\d+)?)\s*%\s*(?:of\s+)?")

_SHARE_FIRST = re.compile(
    r"(?P<share>\d{1,3}(?:\.\d+)?)\s*%\s*(?:of\s)?(?P<name>[a-z][a-z-]+(?:\s[a-z]+)?|[一-鿿]{1,5})"
)

_NAME_FIRST = re.compile(r"(?P<name>[a-z][a-z-]+|[一-鿿]{1,5})\s*(?P<share>\d{1,3}(?:\.\d+)?)\s*%")

# What may stand between a fiber and its share (棉含量不低于60%).
_SHARE_RIGHT_BEHIND = re.compile(r"[ :]*[(含占]?[ :]*")

_SHARE_OF = re.compile(r"[ :(]*(?:含量?|占|比例)?[ :]*(?:为|不低于|不少于|不小于|至少|≥|>=)? *")

# What rounding leaves of a whole, in percent.
_WHOLE_MIN, _WHOLE_MAX = 99.5, 100.5

CERTIFIED_CONTENT = re.compile(
    r"transaction certificate|\btc\b|证书(?:编)?号|certificate no|交易证书|cert\.? no|certificate number|证书[a-z0-9]"
)

# A share in a named polymer leaves the polymer as the rest ("30 % glass fiber in PA66").
_FILLED = re.compile(r"%[^,;%]{0,30}\b(?:in|filled|reinforced)\b|填充|增强")


def composition_shares(clause: Clause) -> list[tuple[str, str, int, int]]:
    """Read "95% cotton 5% spandex" and 棉95% as (fiber, percent, start, end)."""
    fibers = sorted(
        [
            *clause.words("material.fibers"),
            *clause.words("material.families"),
            *clause.words("material.polymers"),
        ],
        key=lambda hit: hit.start,
    )
    filled_up = _SHARE_OF if fibers and _REST.search(clause.text) else None
    found: list[tuple[str, str, int, int]] = []
    used: set[int] = set()
    for match in _PERCENT_FIBER.finditer(clause.text, clause.start, clause.end):
        after = next(
            (h for h in fibers if h.start not in used and _follows(clause.text, match.end(), h)),
            None,
        )
        before = next(
            (
                h
                for h in reversed(fibers)
                if h.start not in used
                and h.end <= match.start()
                and (filled_up or _SHARE_RIGHT_BEHIND).fullmatch(clause.text, h.end, match.start())
            ),
            None,
        )
        hit = after or before
        if hit is not None:
            used |= {h.start for h in fibers if hit.start <= h.start < hit.end}
            found.append(
                (
                    clause.raw[hit.start : hit.end],
                    match[1],
                    min(match.start(), hit.start),
                    max(match.end(), hit.end),
                )
            )
    stated = sum(float(percent) for _, percent, _, _ in found)
    return found if stated >= _WHOLE_MIN else (_unknown_shares(clause) or found)


def _unknown_shares(clause: Clause) -> list[tuple[str, str, int, int]]:
    """Read shares of words that no list knows; two and more that make a whole can be nothing but a composition."""
    for pattern in (_SHARE_FIRST, _NAME_FIRST):
        shares = [
            (clause.raw[m.start("name") : m.end("name")], m["share"], m.start(), m.end())
            for m in pattern.finditer(clause.text, clause.start, clause.end)
        ]
        total = sum(float(percent) for _, percent, _, _ in shares)
        if len(shares) > 1 and _WHOLE_MIN <= total <= _WHOLE_MAX:
            return shares
    return []


def _follows(text: str, position: int, hit: Hit) -> bool:
    gap = text[position : hit.start]
    return 0 <= hit.start - position <= 22 and not re.search(r"[\d%,;/+((]", gap)


def judge_composition(clause: Clause, *, hint: str) -> Judgement | None:  # noqa: ARG001  (all judges share one signature)
    """Judge shares of fibers; hidden content (recycled, organic) needs a certificate that fits the order."""
    shares = composition_shares(clause)
    if not shares:
        return None
    total = sum(float(percent) for _, percent, _, _ in shares)
    parsed = Parsed(
        operator="=", value=tuple((fiber, percent) for fiber, percent, _, _ in shares), unit="%"
    )
    rules: list[str] = []
    if (
        total > 100.5
        and len(shares) > 1
        and clause.body.count("100%") + clause.body.count("100 %") <= 1
    ):
        rules.append("contradiction")
    hidden = clause.has("material.hidden_content")
    certified = CERTIFIED_CONTENT.search(clause.body) is not None
    filled = clause.has("material.polymers") and _FILLED.search(clause.body)
    if total < 99.5 and not (hidden and certified) and not filled and not _rest_named(clause):
        rules.append("material_without_composition")
    if hidden and not certified:
        rules.append("certificate_without_number")
    if clause.has("option.words"):
        rules.append("option_left_open")
    number = _yarn(clause, shares)
    if number is not None and number.label != "claimable":
        rules += number.rules
    return make(clause.start, clause.end, "material", rules, parsed, "composition")


# What the whole is filled up with (棉60%以上,其余涤纶).
_REST_REACH = 12

_REST = re.compile(r"其余|余量|余下|剩余|余为|\b(?:rest|balance|remainder)\b")


def _rest_named(clause: Clause) -> bool:
    """Say whether one material is named for all that the shares leave."""
    rest = _REST.search(clause.text, clause.start, clause.end)
    if rest is None:
        return False
    named = [*clause.words("material.fibers"), *clause.words("material.polymers")]
    return any(0 <= hit.start - rest.end() <= _REST_REACH for hit in named)


def _yarn(clause: Clause, shares: list[tuple[str, str, int, int]]) -> Judgement | None:
    left = tuple(
        q for q in clause.quantities
        if q.unit is not None and not any(a <= q.start < b for _, _, a, b in shares) and q.unit.name != "%"
    )  # fmt: skip
    if not left:
        return None
    import msgspec  # noqa: PLC0415  (kept out of the hot path)

    return judge_quantity(
        msgspec.structs.replace(clause, quantities=left), hint="material", inherited=None
    )
