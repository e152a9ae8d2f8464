"""Where a text is cut into clauses: commas, semicolons, sentence ends, and captions before a colon."""

from __future__ import annotations

import itertools
import re

from fairlot.domain.contract.wording.analysis import QUOTED, Clause

_CAPTION = re.compile(r"\s*[^,;.:]{1,40}?(?::|\s-\s)")
# A full stop behind a number ends a sentence where a word with a capital follows ("EN 14749. Handles from zinc alloy").
_NEW_SENTENCE = re.compile(r"\s+[A-Z][a-z]{2,}\s")
# A unit behind its number ("183 x 68 cm. Thickness 4 mm").
_BEHIND_UNIT = re.compile(
    r"\d\s?(?:mm|cm|m|in|kgs?|g|gsm|oz|ml|l|v|w|h|pcs|sets|usd|eur|pc|c|u|tcx|tpg|tpx)\Z"
)
# Only at these may a clause end; the space opens "but".
_CUT_SIGNS = frozenset(";\n!,. 但")
# Where a price and a count meet in one breath ("EUR 11.40 per piece for 2,400 pcs").
_PRICE_AND_COUNT = re.compile(
    r"(?<=[a-z\d])\s(?:for|at|@)\s(?=(?:usd|eur|us\$|\$|€|rmb)\s?\d)|(?:(?<=per piece)|(?<=/pc)|(?<=each)|(?<=/pcs)|(?<=hamburg)|(?<=\d))\sfor\s(?=\d[\d,.]*\s?(?:pcs|pieces|sets|pairs|units)\b)"
)
# How many there are in all, before how they are divided ("6,000 pcs: 3,000 pcs in blue").
_BREAKDOWN = re.compile(
    r"\d\s?(?:pcs|pieces|sets|pairs|units|件|个|只|条|套|把|双|台)(?![a-z])[^,:;\d]{0,12}(?:instead of[^:;]{1,40})?:(?=\s?\d)"
)


def split(clause: Clause) -> list[Clause]:
    """Cut a text at its commas, semicolons, sentence ends and "but", outside brackets and numbers."""
    cuts: list[int] = []
    depth = 0
    text, raw = clause.text, clause.raw
    for index in range(clause.start, clause.end):
        char = text[index]
        if char in "([{【":
            depth += 1
        elif char in ")]}】":
            depth = max(0, depth - 1)
        elif depth == 0 and char in _CUT_SIGNS and _is_cut(raw, text, index):
            cuts.append(index)
    cuts += [match.start() for match in _PRICE_AND_COUNT.finditer(text, clause.start, clause.end)]
    cuts += [match.end() - 2 for match in _BREAKDOWN.finditer(text, clause.start, clause.end)]
    colors = clause.all_codes("colour")
    cuts += [
        index
        for index in range(clause.start, clause.end)
        if text[index] == "、" and any(0 <= index - code.end <= 1 for code in colors)
    ]
    cuts.sort()
    inside = [code for code in clause.codes if code.kind in ("file", "date", "coordinates")]
    cuts = [cut for cut in cuts if not any(code.start <= cut < code.end for code in inside)]
    quoted = [match.span() for match in QUOTED.finditer(text, clause.start, clause.end)]
    cuts = [cut for cut in cuts if not any(start <= cut < end for start, end in quoted)]
    edges = [clause.start, *[cut + 1 for cut in cuts], clause.end]
    views = [clause.view(a, b) for a, b in itertools.pairwise(edges)]
    return [view for view in views if view.body.strip(" .,;:!?()\n")]


def behind_name(view: Clause, clauses: list[Clause], value: int) -> list[Clause]:
    """Join again what was cut inside the name that stands before a value ("Colour temp.   2700 K")."""
    inside = [clause for clause in clauses if clause.end < value]
    if not inside or len(inside) == len(clauses):
        return clauses
    return [view.view(view.start, clauses[len(inside)].end), *clauses[len(inside) + 1 :]]


def _is_cut(raw: str, text: str, index: int) -> bool:
    char = text[index]
    after = text[index + 1 : index + 2]
    before = text[index - 1 : index]
    if char in ";\n!":
        return True
    if char == ",":
        return raw[index] == "\uff0c" or not (before.isdigit() and after.isdigit())
    if char == ".":
        if raw[index] == "。":
            return True
        if _NEW_SENTENCE.match(raw, index + 1) and (
            before.isdigit()
            or before in (")", "%")
            or _BEHIND_UNIT.search(text[max(0, index - 8) : index])
        ):
            return True
        return (
            after in (" ", "")
            and before.isalnum()
            and not before.isdigit()
            and _sentence_end(text, index)
        )
    return text.startswith(" but ", index) or (char == "但" and index > 0)


def _sentence_end(text: str, index: int) -> bool:
    word = re.search(r"[a-z.]+\Z", text[:index])
    return not (
        word
        and (len(word[0]) <= 3 or word[0] in ("approx", "incl", "appr", "circa", "tol", "dims"))
    ) or (bool(word) and word[0] in ("box", "bag", "red", "lid", "pcs", "set", "day", "ctn"))


def caption(clause: Clause) -> Clause | None:
    """Return the part before the first colon (or spaced dash) of a clause, if it has one."""
    match = _CAPTION.match(clause.text, clause.start, clause.end)
    return clause.view(clause.start, match.end()) if match else None
