"""Plays the invented market in the order of time, so that limits, accounts and payouts come about as they would.

Every step asks under an id of its own: a market that was broken off, or played before, is simply played again.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import NamedTuple

from fairlot.application import suppliers
from fairlot.application.desk import Desk, derived_id
from fairlot.application.suppliers import ReceivingDetails
from fairlot.providers.wire import PaymentAccount, PaymentBank, PaymentParty, PostalAddress
from fairlot.simulate.stage import SALT, Stage
from fairlot.simulate.world.companies import SUPPLIERS, WorldCompany
from fairlot.simulate.world.deal import OPENING_HOUR, Act, Deal

# The world begins before the oldest deal.
WORLD_DAYS = 300
LIMIT_CURRENCY = "USD"

MakeStage = Callable[[str], Stage]


class _Planned(NamedTuple):
    at: dt.datetime
    number: int
    order_id: str
    act: Act


def play_world(
    deals: tuple[Deal, ...],
    *,
    make_stage: MakeStage,
    today: dt.datetime,
    tell: Callable[[str], None],
) -> int:
    """Play every step of every deal up to the present, the earliest first; returns how many steps there were.

    A market that was begun on another day goes on from that day, and one that is complete is left alone.
    """
    stages = {deal.order_id: make_stage(deal.order_id) for deal in deals}
    oldest = max(deals, key=lambda deal: deal.begun_days_ago)
    present = _day_of_first_play(stages[oldest.order_id], oldest) or today
    for stage in stages.values():
        stage.today = present
    planned = sorted(_planned(deals, present), key=lambda step: step[:2])
    latest = planned[-1]
    if stages[latest.order_id].has_done(latest.at):
        return 0
    told_month = ""
    for step in planned:
        assert step.at <= present, f"{step.order_id} acts in the future"
        stage = stages[step.order_id]
        month = f"{step.at:%Y-%m}"
        if month != told_month:
            tell(month)
            told_month = month
        stage.enter(step.at, "")
        step.act(stage)
    return len(planned)


def _planned(deals: tuple[Deal, ...], present: dt.datetime) -> list[_Planned]:
    return [
        _Planned(instant_of(deal, step.day, present), number, deal.order_id, step.act)
        for deal in deals
        for number, step in enumerate(deal.steps)
    ]


def _day_of_first_play(stage: Stage, oldest: Deal) -> dt.datetime | None:
    begun = stage.begun_at()
    return begun and begun + dt.timedelta(days=oldest.begun_days_ago)


def instant_of(deal: Deal, day: float, today: dt.datetime) -> dt.datetime:
    """Return the instant of a day of a deal."""
    begun = today - dt.timedelta(days=deal.begun_days_ago)
    opening = begun.replace(hour=OPENING_HOUR, minute=0, second=0, microsecond=0)
    return opening + dt.timedelta(days=day)


def settle_suppliers_in(desk: Desk) -> None:
    """Enrol every supplier of the market with its limit and a verified account."""
    for supplier in SUPPLIERS:
        _settle_in(supplier, desk)


def _settle_in(supplier: WorldCompany, desk: Desk) -> None:
    company_id = supplier.company_id
    suppliers.enrol(company_id, tier=supplier.tier, desk=desk)
    suppliers.set_limit(
        company_id,
        limit_minor=supplier.limit_minor,
        currency=LIMIT_CURRENCY,
        computation_hash="",
        command_id=derived_id("world", company_id, "limit"),
        desk=desk,
    )
    known = desk.suppliers.find(company_id)
    if known is not None and known.account_verified:
        return
    named = suppliers.name_account(
        company_id,
        _receiving(supplier),
        salt=SALT,
        command_id=derived_id("world", company_id, "name"),
        desk=desk,
    )
    command_id = derived_id("world", company_id, "verify")
    suppliers.verify_account(company_id, named, command_id=command_id, desk=desk)


def _receiving(supplier: WorldCompany) -> ReceivingDetails:
    digits = "".join(str(ord(letter) % 10) for letter in supplier.company_id)
    return ReceivingDetails(
        holder=PaymentParty(
            name=supplier.name,
            address=PostalAddress(town=supplier.town, country=supplier.country),
        ),
        account=PaymentAccount(number=f"6222{digits:0<13.13}"),
        bank=PaymentBank(bic="BKCHCNBJ45A"),
    )
