"""What notices say, in both languages: a subject, a sentence with its facts, and what a reader's role is to do about it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from fairlot.domain.party import Role
from fairlot.domain.words.clocks import CLOCKS
from fairlot.domain.words.credit_tables import CREDIT_NOTICES
from fairlot.domain.words.language import Language
from fairlot.domain.words.notice_case_tables import CASE_NOTICES
from fairlot.domain.words.notice_money_tables import MONEY_NOTICES, PLATFORM_NOTICES
from fairlot.domain.words.notice_shape import NoticeWords
from fairlot.domain.words.notice_tables import AGREEMENT_NOTICES, GOODS_NOTICES
from fairlot.domain.words.speech import Speech

NOTICE_WORDS: dict[str, NoticeWords] = {
    **AGREEMENT_NOTICES,
    **GOODS_NOTICES,
    **CREDIT_NOTICES,
    **CASE_NOTICES,
    **MONEY_NOTICES,
    **PLATFORM_NOTICES,
}


class ToldNotice(msgspec.Struct, frozen=True, kw_only=True):
    """A notice in one language, for one reader; `act` is empty where there is nothing for this reader to do."""

    subject: str
    text: str
    act: str


def is_call(kind: str, role: Role) -> bool:
    """Say whether a notice calls on somebody in a role to act."""
    return role in NOTICE_WORDS[kind].acts


def tell_notice(
    kind: str,
    facts: Mapping[str, Any],
    *,
    role: Role,
    language: Language,
    zone: str = "UTC",
) -> ToldNotice:
    """Write a notice for a reader; facts are plain values as the outbox carries them."""
    words = NOTICE_WORDS[kind]
    speech = Speech(language=language, currency=str(facts.get("currency") or ""), zone=zone)
    spoken = {**facts, "clock": _clock(str(facts.get("clock", "")), language)}
    # A code that says why or how it ended picks its part of the sentence by its name.
    spoken |= {str(facts[name]): True for name in ("reason", "outcome") if facts.get(name)}
    act = words.acts.get(role)
    return ToldNotice(
        subject=words.subject.say(language),
        text=speech.words(words.text, spoken),
        act="" if act is None else speech.words(act, spoken),
    )


def _clock(name: str, language: Language) -> str:
    """Return a clock's title; a name that is no clock stands as it is."""
    titles = {kind.value: words.title for kind, words in CLOCKS.items()}
    return titles[name].say(language) if name in titles else name.replace("_", " ")
