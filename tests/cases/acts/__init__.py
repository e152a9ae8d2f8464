"""Every act of the cases by its name, each with what plays it; acts of no name here are not translated."""

from __future__ import annotations

from collections.abc import Mapping

from tests.cases.acts import (
    aftermath,
    agreement,
    credit,
    dispute,
    goods,
    inspection,
    mediation,
    money,
    talk,
)
from tests.cases.story import Player

ACTS: Mapping[str, Player] = {
    **agreement.ACTS,
    **money.ACTS,
    **credit.ACTS,
    **inspection.ACTS,
    **goods.ACTS,
    **dispute.ACTS,
    **mediation.ACTS,
    **aftermath.ACTS,
    **talk.ACTS,
}
