"""One sentence in English and one in Chinese for every refusal, filled from its facts, that a person can act on."""

from __future__ import annotations

from collections.abc import Mapping

from fairlot.domain.order.refusal_words.agreement import AGREEMENT
from fairlot.domain.order.refusal_words.dispute import DISPUTE
from fairlot.domain.order.refusal_words.goods import GOODS
from fairlot.domain.order.refusal_words.suppliers import SUPPLIERS
from fairlot.domain.order.refusals import Code
from fairlot.domain.words.language import Language, Words
from fairlot.domain.words.speech import Speech

REFUSALS: dict[Code, Words] = {**AGREEMENT, **GOODS, **DISPUTE, **SUPPLIERS}


def refusal_sentence(
    code: Code,
    facts: Mapping[str, str | int],
    language: Language,
    *,
    currency: str = "",
    zone: str = "UTC",
) -> str:
    """Return the sentence of a refusal; without a currency, amounts stay in minor units."""
    return tell_refusal(code, facts, Speech(language=language, currency=currency, zone=zone))


def tell_refusal(code: Code, facts: Mapping[str, str | int], speech: Speech) -> str:
    """Return the sentence of a refusal, written as `speech` writes."""
    return speech.words(REFUSALS[code], facts)


__all__ = ["REFUSALS", "refusal_sentence", "tell_refusal"]
