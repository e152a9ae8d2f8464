"""What the rules call for, shown to who decides a case: outcome, reasons and arithmetic, and the form filled in by it."""

from __future__ import annotations

import msgspec

from fairlot.domain.calendar import date_in_zone
from fairlot.domain.money import amount_text
from fairlot.domain.order import commands as c
from fairlot.domain.order.case import recommendation_for
from fairlot.domain.order.state import Condition, Outcome
from fairlot.domain.remedy.recommendation import Recommendation
from fairlot.domain.remedy.sentences import say_reason, say_step
from fairlot.domain.words.standing import said
from fairlot.interfaces.web.acts.fields import Sight, Typed
from fairlot.interfaces.web.acts.words import form_words


class Advice(msgspec.Struct, frozen=True, kw_only=True):
    """The recommendation as the page tells it, and the fields of the form that adopt it."""

    told: str
    reasons: tuple[str, ...]
    steps: tuple[str, ...]
    adopted: Typed


def advice_for(kind: type[c.Command], sight: Sight) -> Advice | None:
    """Return what the rules call for where a case is to be decided, and nothing for any other act."""
    if kind is not c.Decide or not sight.heard:
        return None
    found = recommendation_for(sight.order, now=sight.now, policy=sight.seen.policy)
    language, currency = sight.language, sight.currency
    return Advice(
        told=_told(found, sight),
        reasons=tuple(
            dict.fromkeys(
                say_reason(each, currency=currency, language=language) for each in found.reasons
            )
        ),
        steps=tuple(say_step(each, currency=currency, language=language) for each in found.steps),
        adopted=_adopted(found, sight),
    )


def _told(found: Recommendation, sight: Sight) -> str:
    """Say outcome, amount, condition and what applies otherwise in one line."""
    words = form_words(sight.language)
    parts = [
        said(Outcome(found.outcome.value), sight.language),
        amount_text(found.amount_minor, sight.currency),
    ]
    if found.fee_back_minor:
        fees = amount_text(found.fee_back_minor, sight.currency)
        parts[-1] += f" + {fees} ({words['fees']})"
    if found.condition.value != Condition.NONE:
        parts.append(said(Condition(found.condition.value), sight.language))
        otherwise = amount_text(found.otherwise_minor, sight.currency)
        parts.append(f"{words['otherwise']} {otherwise}")
    return " · ".join(parts)


def _adopted(found: Recommendation, sight: Sight) -> Typed:
    until = found.perform_until
    texts = {
        "outcome": found.outcome.value,
        "amount_minor": _plain(found.amount_minor, sight.currency),
        "condition": found.condition.value,
        "until": "" if until is None else date_in_zone(until, sight.zone).isoformat(),
        "otherwise_minor": _plain(found.otherwise_minor, sight.currency)
        if found.condition.value != Condition.NONE
        else "",
    }
    return Typed(texts={name: [text] for name, text in texts.items()}, papers={})


def _plain(amount_minor: int, currency: str) -> str:
    """Write an amount as people type it, without its currency."""
    return amount_text(amount_minor, currency).removeprefix(currency).strip()
