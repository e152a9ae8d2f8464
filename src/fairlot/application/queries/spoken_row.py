"""One line of a list of orders, told in one language: where it stands, and who must do what by when."""

from __future__ import annotations

import msgspec

from fairlot.application.queries.orders import OrderRow
from fairlot.application.queries.spoken import PROPOSE
from fairlot.application.queries.spoken_parts import Speaker
from fairlot.domain.order.clocks.clock import Waits
from fairlot.domain.words.clocks import CLOCKS
from fairlot.domain.words.language import Language
from fairlot.domain.words.standing import DISPUTE_STATUS, STATUS, WAITS


class SpokenRow(msgspec.Struct, frozen=True, kw_only=True):
    """One order of a list; what is empty does not apply."""

    order_id: str
    status: str
    status_title: str
    dispute_title: str
    total: str
    who: str
    act: str
    until: str
    until_iso: str
    zone: str
    left: str
    is_mine: bool


def spoken_row(row: OrderRow, language: Language) -> SpokenRow:
    """Tell one order of a list."""
    speaker = Speaker(language=language, currency=row.currency, zone=row.zone, now=row.at)
    clock = row.clock
    return SpokenRow(
        order_id=row.order_id,
        status=row.status.value,
        status_title=speaker.say(STATUS[row.status]),
        dispute_title="" if row.dispute is None else speaker.say(DISPUTE_STATUS[row.dispute]),
        total=speaker.amount(row.total_minor) if row.currency else "",
        who="" if row.waits_for is Waits.NOBODY else speaker.say(WAITS[row.waits_for]),
        act=_act(row, speaker),
        until="" if clock is None else speaker.instant(clock.due_at),
        until_iso="" if clock is None else clock.due_at.isoformat(),
        zone=row.zone,
        left="" if clock is None else speaker.left(clock.due_at),
        is_mine=row.is_mine,
    )


def _act(row: OrderRow, speaker: Speaker) -> str:
    if row.clock is not None:
        return speaker.say(CLOCKS[row.clock.kind].act)
    return "" if row.waits_for is Waits.NOBODY else speaker.say(PROPOSE)
