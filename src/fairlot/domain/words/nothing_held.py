"""What is said otherwise of an order of which no money is held: paid to the supplier at once, or let go already."""

from __future__ import annotations

from fairlot.domain.order import commands as c
from fairlot.domain.order.clocks import ClockKind
from fairlot.domain.words.clocks import CLOCKS
from fairlot.domain.words.commands import COMMANDS
from fairlot.domain.words.language import Words

LAPSES: dict[ClockKind, Words] = {
    ClockKind.CLAIM_WINDOW: Words(
        "The order is completed. No money moves, for none is held; whatever has a longer window can still be claimed.",
        "订单完成。没有托管款项，故不放款；索赔期更长的事项仍可索赔。",
    ),
}
MEANINGS: dict[type[c.Command], Words] = {
    c.ConfirmReceipt: Words(
        "With all goods there, the order is completed. No money moves, for none is held. Claims stay possible until the window ends.",
        "货物全部到达后订单完成。没有托管款项，故不放款；索赔期内仍可索赔。",
    ),
}


def lapse_of(kind: ClockKind, *, nothing_held: bool) -> Words:
    """Return what follows by itself once a clock has run out."""
    return LAPSES.get(kind, CLOCKS[kind].lapse) if nothing_held else CLOCKS[kind].lapse


def meaning_of(kind: type[c.Command], *, nothing_held: bool) -> Words:
    """Return what asking a command brings about."""
    return MEANINGS.get(kind, COMMANDS[kind].meaning) if nothing_held else COMMANDS[kind].meaning
