"""What a buyer chooses from, kinds of cover and ways to pay, in one language."""

from __future__ import annotations

import msgspec

from fairlot.application.queries.spoken_parts import Speaker
from fairlot.domain.cover.choices import CoverChoice
from fairlot.domain.policy.fees import Offer
from fairlot.domain.policy.model import Rail
from fairlot.domain.policy.not_offered import NOT_OFFERED_SENTENCES
from fairlot.domain.words.choices import (
    COST,
    FEE_OF_SUPPLIER,
    NOT_SPLIT,
    PLACE,
    SPLIT,
    WITH_FEE,
    WITHOUT_FEE,
    window_words,
)
from fairlot.domain.words.language import Words
from fairlot.domain.words.standing import COVER_KIND, RAIL


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


class SpokenWay(msgspec.Struct, frozen=True, kw_only=True):
    """One way to pay: what leaves the buyer's account and the fee in it, or why it is not open now."""

    name: str
    title: str
    offered: bool
    told: str
    remark: str


def spoken_way(offer: Offer, speaker: Speaker) -> SpokenWay:
    """Tell one way to pay."""
    if offer.reason is not None:
        told = speaker.say(Words(*NOT_OFFERED_SENTENCES[offer.reason]))
    elif offer.fee_minor:
        fee, total = speaker.amount(offer.fee_minor), speaker.amount(offer.total_minor)
        words = FEE_OF_SUPPLIER if offer.fee_borne_by_supplier else WITH_FEE
        told = speaker.say(words, total=total, fee=fee)
    else:
        told = speaker.say(WITHOUT_FEE, total=speaker.amount(offer.total_minor))
    return SpokenWay(
        name=offer.name,
        title=speaker.say(RAIL[Rail(offer.name)]),
        offered=offer.offered,
        told=told,
        remark=speaker.say(Words(offer.remark, offer.remark_zh)),
    )
