"""What comes with the goods, and what they do of themselves, where no list knows the words."""

from __future__ import annotations

import re

from fairlot.domain.contract.judging.judgement import Judgement, Parsed, make
from fairlot.domain.contract.wording.analysis import Clause

PRAISING_FORM = re.compile(
    r"\bas\b.+\bas\b|\b(?:very|really|truly|so|too|super|extra|quite|more|most|that|which|to|you|must|should|need|needs|look|looks|feel|feels|any|every|all|whatever)\b"
    r"|\b\w*(?:est|ful|ous|flawless|spotless|timeless|peerless|effortless|attractive|impressive|exclusive|decorative|distinctive|expressive|creative|comfortable|valuable|desirable|enjoyable|reliable|durable|sustainable|affordable|elegant|brilliant|excellent|decent|magnificent|radiant|vibrant|pleasant|efficient|sufficient|convenient|different|conscious|proof|resistant|friendly|looking|grade|quality|(?<!\bpo)(?<!\bp)(?<!\bfami)ly)\b"
    r"|[好美佳优足够强妙棒]|要|最|更|心|牢|细|匀|齐|妥|扎实|很|十分|非常|什么|随便|都行|感$|就|硬|稳|严[实密]|到位|讲究|由[甲乙供需卖买]方|自行|([一-鿿])\1([一-鿿])\2|[缝做印绣车磨喷镀包擦打装走剪裁贴焊抛刷涂烤压刻雕拼接收锁]得|[点些]\Z|[别吧呀啊哦]|一流|级别"
)
_COMES_ALONG = re.compile(
    r"\b(?:included|enclosed|incl\.?|including|includes|supplied with|comes with|delivered with|to be supplied|fitted with|equipped with|provided with)(?![a-z])"
)
_BUILT_IN = re.compile(
    r"\bwith (?:an? )?(?:removable|detachable|built-in|integrated|separate|retractable)\s[a-z]{3,}|\ball (?:[a-z]+ ){1,3}(?:present|in place|fitted|mounted|attached|complete)\b"
)


def written(clause: Clause) -> str:
    """Return the clause as it was written."""
    return clause.raw[clause.start : clause.end].strip(" ,;。.:")


# What a thing does of itself when something happens ("locks when the lid is shut").
_REACTS = re.compile(
    r"\b(?:locks?|unlocks?|(?:switch|turn|shut)(?:es|s)? (?:itself )?(?:on|off|down)|opens?|closes?|stops?|starts?|beeps?|lights? up|flash(?:es)?|resets?|cuts? (?:off|out)|goes (?:on|off|out)|retracts?|releases?|pauses?)\b[^,;]{0,20}\b(?:when|if|as soon as|once|whenever|upon)\b"
)


def reacts(clause: Clause, hint: str) -> Judgement | None:
    """A thing does something of itself or does not."""
    if hint != "function" or not _REACTS.search(clause.body):
        return None
    parsed = Parsed(operator="present", value=written(clause))
    return make(clause.start, clause.end, hint, (), parsed, "presence")


def included(clause: Clause, hint: str) -> Judgement | None:
    """Something that no list knows comes with the goods: it is seen, and how much of it is open."""
    if clause.quantities or PRAISING_FORM.search(clause.body):
        return None
    built_in = _BUILT_IN.search(clause.body)
    if not built_in and not _COMES_ALONG.search(clause.body):
        return None
    parsed = Parsed(operator="present", value=written(clause))
    rules = () if built_in else ("detail_missing",)
    return make(clause.start, clause.end, hint or "other", rules, parsed, "presence")
