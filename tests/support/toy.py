"""A small but real aggregate: a box of money that is filled, paid out or given back, and gives itself back at a deadline."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from fairlot.application.aggregate import Effect
from fairlot.domain.calendar import whole_second
from fairlot.domain.ledger.accounts import Account, Entry, entry
from fairlot.domain.order.refusals import Code, Refused, refuse_if
from fairlot.domain.party import Actor, Role
from fairlot.store.writing.family import ORDER, Family

HOLD_DAYS = 10


class BoxOpened(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    at: dt.datetime
    buyer_id: str
    supplier_id: str
    currency: str
    give_back_at: dt.datetime


class BoxFilled(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    at: dt.datetime
    amount_minor: int
    currency: str


class BoxPaidOut(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    at: dt.datetime
    amount_minor: int
    currency: str


class BoxGivenBack(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    at: dt.datetime
    amount_minor: int
    currency: str
    by_deadline: bool


class FillRefused(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    at: dt.datetime
    amount_minor: int


BoxEvent = BoxOpened | BoxFilled | BoxPaidOut | BoxGivenBack | FillRefused


class OpenBox(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    buyer_id: str
    supplier_id: str
    currency: str = "USD"


class Fill(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    amount_minor: int


class PayOut(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    amount_minor: int


class GiveBack(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    amount_minor: int


BoxCommand = OpenBox | Fill | PayOut | GiveBack
COMMANDS: tuple[BoxCommand, ...] = (
    OpenBox(buyer_id="com_buyer", supplier_id="com_supplier"),
    Fill(amount_minor=700),
    PayOut(amount_minor=300),
    GiveBack(amount_minor=200),
)


class Box(msgspec.Struct, frozen=True, kw_only=True):
    is_open: bool = False
    buyer_id: str = ""
    supplier_id: str = ""
    currency: str = ""
    held_minor: int = 0
    give_back_at: dt.datetime | None = None


_decoder = msgspec.json.Decoder(list[BoxEvent])


class BoxAggregate:
    """The toy as the write path sees it; kept in the tables of orders."""

    family: Family = ORDER
    initial = Box()
    rules_version = 1

    def decode(self, stored: bytes) -> Sequence[BoxEvent]:
        return _decoder.decode(stored)

    def version_of(self, event: BoxEvent) -> int:
        return 1

    def evolve(self, state: Box, event: BoxEvent) -> Box:
        match event:
            case BoxOpened():
                return Box(
                    is_open=True,
                    buyer_id=event.buyer_id,
                    supplier_id=event.supplier_id,
                    currency=event.currency,
                    give_back_at=event.give_back_at,
                )
            case BoxFilled():
                return msgspec.structs.replace(
                    state, held_minor=state.held_minor + event.amount_minor
                )
            case BoxPaidOut():
                return msgspec.structs.replace(
                    state, held_minor=state.held_minor - event.amount_minor
                )
            case BoxGivenBack():
                deadline = None if event.by_deadline else state.give_back_at
                return msgspec.structs.replace(
                    state, held_minor=state.held_minor - event.amount_minor, give_back_at=deadline
                )
            case FillRefused():
                return state

    def fold(self, events: Sequence[BoxEvent]) -> Box:
        state = self.initial
        for event in events:
            state = self.evolve(state, event)
        return state

    def settle_due(self, state: Box, *, now: dt.datetime) -> Sequence[BoxEvent]:
        due_at = state.give_back_at
        if due_at is None or whole_second(now) <= due_at:
            return ()
        return (
            BoxGivenBack(
                at=due_at,
                amount_minor=state.held_minor,
                currency=state.currency,
                by_deadline=True,
            ),
        )

    def may(self, actor: Actor, command: BoxCommand, state: Box) -> bool:
        if actor.role is Role.OPERATOR or not state.is_open:
            return True
        return actor.company_id in {state.buyer_id, state.supplier_id}

    def decide(
        self, state: Box, command: BoxCommand, *, actor: Actor, now: dt.datetime
    ) -> Sequence[BoxEvent]:
        if isinstance(command, OpenBox):
            refuse_if(state.is_open, Code.ALREADY_EXISTS)
            return (
                BoxOpened(
                    at=now,
                    buyer_id=command.buyer_id,
                    supplier_id=command.supplier_id,
                    currency=command.currency,
                    give_back_at=now + dt.timedelta(days=HOLD_DAYS),
                ),
            )
        refuse_if(not state.is_open, Code.UNKNOWN_ORDER)
        refuse_if(command.amount_minor <= 0, Code.AMOUNT_NOT_POSITIVE)
        if isinstance(command, Fill):
            return self._fill(state, command, now)
        refuse_if(
            command.amount_minor > state.held_minor, Code.MORE_THAN_DUE, held_minor=state.held_minor
        )
        if isinstance(command, PayOut):
            return (BoxPaidOut(at=now, amount_minor=command.amount_minor, currency=state.currency),)
        return (
            BoxGivenBack(
                at=now,
                amount_minor=command.amount_minor,
                currency=state.currency,
                by_deadline=False,
            ),
        )

    def _fill(self, state: Box, command: Fill, now: dt.datetime) -> Sequence[BoxEvent]:
        if state.give_back_at is None:
            kept = FillRefused(at=now, amount_minor=command.amount_minor)
            raise Refused(Code.WRONG_STATUS, record=(kept,), status="over")
        return (BoxFilled(at=now, amount_minor=command.amount_minor, currency=state.currency),)

    def next_deadline(self, state: Box) -> dt.datetime | None:
        return state.give_back_at

    def effective_at(self, event: BoxEvent) -> dt.datetime:
        return event.at

    def postings_for(self, event: BoxEvent, *, rules_version: int) -> Sequence[Entry]:
        match event:
            case BoxFilled():
                lines = (
                    (Account.BANK, event.amount_minor, "wire"),
                    (Account.HELD, -event.amount_minor),
                )
                return (entry("filled", event.currency, *lines),)
            case BoxPaidOut():
                out = (
                    (Account.HELD, event.amount_minor),
                    (Account.PAYOUT_CLEARING, -event.amount_minor),
                )
                return (entry("paid_out", event.currency, *out),)
            case BoxGivenBack() if event.amount_minor:
                back = (
                    (Account.HELD, event.amount_minor),
                    (Account.DUE_BUYER, -event.amount_minor),
                )
                return (entry("given_back", event.currency, *back),)
            case _:
                return ()

    def effects_of(self, event: BoxEvent) -> Sequence[Effect]:
        match event:
            case BoxPaidOut():
                return (Effect(topic="box.paid_out", data={"amount_minor": event.amount_minor}),)
            case BoxGivenBack() if event.amount_minor:
                return (Effect(topic="box.given_back", data={"amount_minor": event.amount_minor}),)
            case _:
                return ()

    def status_of(self, state: Box) -> str:
        return "open" if state.give_back_at else "over"

    def head_of(self, state: Box) -> Mapping[str, Any]:
        return {
            "policy_id": "toy",
            "buyer_company_id": state.buyer_id,
            "supplier_company_id": state.supplier_id,
            "participant_company_ids": "",
            "currency": state.currency,
            "total_minor": state.held_minor,
        }


BOX = BoxAggregate()
BUYER = Actor(role=Role.BUYER, company_id="com_buyer", person_id="per_b")
SUPPLIER = Actor(role=Role.SUPPLIER, company_id="com_supplier", person_id="per_s")
OPERATOR = Actor(role=Role.OPERATOR, person_id="per_o")
STRANGER = Actor(role=Role.BUYER, company_id="com_other", person_id="per_x")
