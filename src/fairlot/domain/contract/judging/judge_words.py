"""What words without numbers are worth: materials, defects, categories, performance, praise, presence and absence."""

from __future__ import annotations

import re

from fairlot.domain.contract.judging.judge_material import value
from fairlot.domain.contract.judging.judge_reference import is_identified
from fairlot.domain.contract.judging.judgement import Judgement, Parsed, make
from fairlot.domain.contract.lexicon import Hit
from fairlot.domain.contract.wording.analysis import Clause
from fairlot.domain.contract.wording.turns import asks_for_more

_BIGNESS = frozenset({"small", "medium", "large"})
_OF_SIZES = re.compile(
    r"\bsizes?\b|\b(?:small|medium|large|s|m|l|xl)\s*(?:[/,&:-]|to|and|or)\s*(?:small|medium|large|s|m|l|xl|x-large)\b"
)


_WORK = re.compile(
    r"(?:电镀|喷漆|烤漆|喷涂|喷粉|喷塑|打磨|抛光|氧化|上油|染色|水洗|烫金|拉丝|覆膜|淬火|热处理|釉面)(?:处理|工艺|表面|面|层)?(?:一定|务必|都)?(?:要|须|必须|得|做得|做的|效果)?"
)


_HOW_WELL = re.compile(r"[一-鿿]{0,2}(?<![不须取])得(?!到)")


def _praises_work(clause: Clause) -> bool:
    """Say whether a work is only praised where the work itself is a matter of course (电镀要漂亮)."""
    starts = {hit.start for hit in clause.words("vague")}
    return any(
        match.end() in starts
        or any(hit.start == match.start() for hit in clause.words("vague"))
        or _HOW_WELL.match(clause.text, match.end())
        for match in _WORK.finditer(clause.text, clause.start)
    )


def judge_category(clause: Clause, *, hint: str) -> Judgement | None:
    """Judge finishes, size letters and colors by name."""
    parsed = Parsed(operator="=", value=value(clause))
    vague = ("vague_word",) if clause.has("vague") else ()
    if clause.has("category.finish") and hint in (
        "",
        "finish",
        "appearance",
        "material",
        "other",
        "packaging",
    ):
        if any(code.identified for code in clause.all_codes("standard", "class")) or is_identified(
            clause
        ):
            return make(clause.start, clause.end, "finish", (), parsed, "finish")
        only = [
            hit
            for hit in clause.words("category.finish")
            if clause.text[hit.start : hit.end] not in ("polished", "抛光")
        ]
        if (only or not vague) and not _praises_work(clause):
            return make(
                clause.start,
                clause.end,
                "finish",
                ("category_without_limit", *vague),
                parsed,
                "finish",
            )
    if clause.has("category.size_letters") and (
        hint == "size" or re.search(r"size|码|尺", clause.body)
    ):
        letters = [
            h
            for h in clause.words("category.size_letters")
            if (h.end - h.start > 1 and not _only_small(clause, h))
            or re.search(r"(?:size|码|尺寸|:)\W*\Z", clause.text[: h.start])
            or (hint == "size" and not _only_small(clause, h))
        ]
        if letters:
            return make(
                clause.start, clause.end, "size", ("unidentified_reference",), parsed, "size"
            )
    if clause.has("colour.names") and (
        hint in ("", "colour", "quantity", "appearance", "finish", "branding", "material")
        or clause.has("colour.words")
    ):
        coded = any(code.identified for code in clause.all_codes("standard"))
        return make(
            clause.start,
            clause.end,
            "colour",
            () if coded else ("colour_without_system", *vague),
            parsed,
            "colour name",
        )
    return None


def _only_small(clause: Clause, hit: Hit) -> bool:
    """Say whether "small" or "large" only tells how big something is, and names no size ("for small kitchens")."""
    return (
        clause.text[hit.start : hit.end] in _BIGNESS
        and (
            clause.text[clause.start : hit.start].strip(" ,") != ""
            or clause.text[hit.end : clause.end].strip(" ,./&") != ""
        )
        and not _OF_SIZES.search(clause.body)
    )


def _demands(clause: Clause) -> bool:
    """Say whether the clause asks something of the thing ("要经得起…", "must stand…") instead of asking for the thing."""
    asks = re.search(r"\b(?:must|should|shall|need to|has to)\b|要|须|需|能|经得", clause.body)
    return asks is not None and not clause.has("things.present_words", "defect.absent_before")


_INSIDE = re.compile(
    r"\b(?:in|into|of|to)\s(?:each|every|all|the)\s(?:\w+\s)?\Z|\b(?:on|onto|inside|per)\s(?:each\s|every\s|all\s|the\s)?(?:\w+\s)?\Z|每\Z"
)


def _is_place(clause: Clause, hit: Hit) -> bool:
    """Say whether a carton is only where something is ("a shoehorn in every box", 每箱, 箱内)."""
    before = clause.text[clause.start : hit.start]
    behind = clause.text[hit.end : hit.end + 1]
    return bool(before.strip() and _INSIDE.search(before)) or behind in ("内", "里", "底", "面")


_PACKS = re.compile(
    r"[装入用套放配垫加包封打印贴裹隔固定捆缠绑衬附套叠封口式型色\d一两二三四五六七八九十各独单每]|[a-z]"
)


def _only_described(clause: Clause, hit: Hit) -> bool:
    """Say whether a packing that opens a Chinese clause is told of and not asked for (外箱材质过硬)."""
    behind = clause.text[hit.end : clause.end].strip(" ,.:;()")
    opens = not clause.text[clause.start : hit.start].strip(" ,.:;()")
    return opens and bool(behind) and not behind.isascii() and not _PACKS.search(behind)


def _only_praised(clause: Clause) -> bool:
    """Say whether a thing opens the clause and praise of how it works closes it (WiFi连接稳定)."""
    vague, things = clause.words("vague"), clause.words("category.discrete")
    opens = not clause.text[clause.start : things[0].start].strip(" ,.;:")
    closes = bool(vague) and not clause.text[max(hit.end for hit in vague) : clause.end].strip(
        " ,.;"
    )
    return opens and closes and not clause.body.isascii() and not clause.quantities


# Letters for the papers of a board, whose weights nobody gives (K=K, A9A).
_BOARD = re.compile(r"(?<![a-z\d])[akb][=\d][akbc](?:=[akbc])?(?![a-z\d])")


# Which issue of a paper is meant ("manual version 3.2", "instruction sheet rev. C").
_NUMBERED_ISSUE = re.compile(
    r"\b(?:version|ver\.?|rev\.?|revision|issue|edition|v)\s?(?:\d+(?:\.\d+)*|[a-z](?![a-z]))|版本\s?[v\d]|第[一二三四五六七八九\d]+版|\bno\.?\s?[a-z]{0,4}-?\d{2,}"
)


def judge_presence(clause: Clause, *, hint: str) -> Judgement | None:
    """Judge things that must be there: packing, documents, stitches, connectors."""
    parsed = Parsed(operator="present", value=value(clause))
    vague = ("vague_word",) if clause.has("vague") else ()
    designed = any(
        not _is_place(clause, hit) and not asks_for_more(clause.text[hit.end : clause.end])
        for hit in clause.words("packaging.designed")
    )
    if designed and hint in ("", "packaging", "branding", "other"):
        rules = () if is_identified(clause) else ("detail_missing", *vague)
        return make(clause.start, clause.end, "packaging", rules, parsed, "packing")
    if clause.has("things.documents"):
        known = (
            clause.has("things.languages")
            or is_identified(clause)
            or _NUMBERED_ISSUE.search(clause.body)
            or re.search(r"\b(?:en|de|fr|es|it|cn)\b", clause.body)
        )
        return make(
            clause.start,
            clause.end,
            "packaging",
            () if known else ("detail_missing",),
            parsed,
            "document",
        )
    if (
        clause.has("category.discrete")
        and not clause.has("not_a_requirement.words")
        and not _only_praised(clause)
        and not (hint == "function" and clause.has("performance.words") and not clause.codes)
    ):
        kind = (
            "stitching"
            if re.search(r"stitch|needle|lock|seam|针|缝|线|边|枣", clause.body)
            else (hint or "function")
        )
        dyed = kind == "stitching" and clause.has("colour.names") and not clause.codes
        rules = ("colour_without_system",) if dyed else ()
        return make(clause.start, clause.end, kind, rules, parsed, "presence")
    if _BOARD.search(clause.body) and hint == "packaging":
        return make(clause.start, clause.end, hint, ("category_without_limit",), parsed, "packing")
    if (
        any(
            not _is_place(clause, hit) and not _only_described(clause, hit)
            for hit in clause.words("packaging.plain")
        )
        and not _demands(clause)
        and hint in ("", "packaging", "other")
        and not vague
    ):
        return make(clause.start, clause.end, "packaging", (), parsed, "packing")
    if clause.code("version") is not None:
        return make(clause.start, clause.end, hint or "function", (), parsed, "version")
    return None


# What the goods are to do to those who see them; no eye of an inspector decides it.
_EFFECT = re.compile(
    r"\b(?:should|shall|must|has to|have to|needs? to|ought to|will|can|make\s(?:the\s|our\s|it\s)?(?:\w+\s)?|let\s(?:the\s|our\s|it\s)?(?:\w+\s)?)\s?(?:really |also |simply |always |just |immediately |truly )?"
    r"(?:unforgettable|memorable|visible|special|beautiful|look|shine|pop|stand out|impress|wow|attract|appeal|convince|sell|sparkle|glow|radiate|express|convey|inspire|evoke|tempt|delight|please|speak|scream|breathe|invite|surprise|seduce|fascinate|catch)\b"
)


def judge_wish(clause: Clause, *, hint: str) -> Judgement | None:
    """Judge what is only to look or to work on people somehow ("the logo should look cool")."""
    measured = clause.quantities or clause.codes or is_identified(clause)
    pointed = clause.has(
        "reference.sample",
        "reference.picture",
        "reference.previous",
        "colour.names",
        "defect.absent_before",
    )
    if measured or pointed or not _EFFECT.search(clause.body):
        return None
    return make(clause.start, clause.end, hint or "appearance", ("vague_word",))


def judge_vague(clause: Clause, *, hint: str) -> Judgement | None:
    """Judge praise and performance words that name no level."""
    vague = clause.words("vague")
    if clause.has("performance.words"):
        return make(
            clause.start, clause.end, hint or "function", ("no_measure",), property_id="performance"
        )
    if vague:
        kind, rule = max(vague, key=lambda hit: hit.end - hit.start).payload
        rules = (rule,) if rule == "vague_word" else ("vague_word", rule)
        packed = clause.has("packaging.plain", "packaging.designed")
        topic = hint or ("packaging" if packed else kind)
        made = make(clause.start, clause.end, topic, rules, property_id=f"vague {kind}")
        if rule == "standard_not_identified":
            import msgspec  # noqa: PLC0415  (rare)

            return msgspec.structs.replace(made, rules=(rule, "vague_word"))
        return made
    return None


# A test of everything tests nothing ("withstands any storm").
_BOASTS = re.compile(r"\b(?:worst|any|all|every|toughest|hardest|harshest)\b|任何|各种|一切|再")


def judge_bare_test(clause: Clause) -> Judgement | None:
    """A named test that must be passed, without method or level: something to repeat, but not how."""
    procedure = next(
        (prop for _, prop in clause.properties() if prop.way in ("procedure", "rating")), None
    )
    if (
        procedure is None
        or _BOASTS.search(clause.body)
        or not re.search(r"pass|test|surviv|withstand|测试|试验|通过|经受", clause.body)
    ):
        return None
    return make(
        clause.start,
        clause.end,
        procedure.kind,
        ("missing_test_method",),
        Parsed(operator="=", value="pass"),
        procedure.id,
    )
