"""The kinds of cover to choose from, in one language."""

from __future__ import annotations

import msgspec

from fairlot.application.queries.spoken_parts import Speaker
from fairlot.domain.cover.choices import CoverChoice
from fairlot.domain.words.choices import COST, NOT_SPLIT, PLACE, SPLIT, window_words
from fairlot.domain.words.standing import COVER_KIND


class SpokenChoice(msgspec.Struct, frozen=True, kw_only=True):
    """One kind of cover: its name, until when what can be claimed, where goods are inspected, and for how much."""

    kind: str
    title: str
    is_proposed: bool
    quality: str
    late: str
    payment: str
    inspected_at: str
    inspection_cost: str


def spoken_choice(choice: CoverChoice, speaker: Speaker) -> SpokenChoice:
    """Tell one kind of cover."""
    currency = choice.inspection_currency
    return SpokenChoice(
        kind=choice.kind.value,
        title=speaker.say(COVER_KIND[choice.kind]),
        is_proposed=choice.is_proposed,
        quality=speaker.say(window_words(choice.quality), days=choice.quality.days),
        late=speaker.say(window_words(choice.late), days=choice.late.days),
        payment=speaker.say(SPLIT if choice.split_payment else NOT_SPLIT),
        inspected_at=speaker.say(PLACE[choice.inspected_at]),
        inspection_cost=speaker.say(
            COST,
            low=speaker.amount(choice.inspection_low_minor, currency),
            high=speaker.amount(choice.inspection_high_minor, currency),
        ),
    )
