"""Instants as they are written become the whole second in UTC, at whatever depth of a command they stand (A03)."""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest

from fairlot.domain.order import commands as c
from fairlot.domain.order.commands.instants import in_whole_seconds
from fairlot.domain.order.state import OfferKind

IN_SHANGHAI = dt.datetime(2027, 3, 1, 9, 30, 15, 999_999, tzinfo=dt.timezone(dt.timedelta(hours=8)))
IN_UTC = dt.datetime(2027, 3, 1, 1, 30, 15, tzinfo=dt.UTC)


def read(command: msgspec.Struct) -> msgspec.Struct:
    plain = msgspec.to_builtins(command, builtin_types=(dt.datetime,), str_keys=True)
    return in_whole_seconds(plain, type(command))


def test_a03_an_instant_is_cut_and_the_rest_stays_as_it_is() -> None:
    moved = c.RecordMovement(shipment_id="s1", moved_at=IN_SHANGHAI)
    assert read(moved) == c.RecordMovement(shipment_id="s1", moved_at=IN_UTC)
    shipped = c.RecordShipment(
        shipment_id="s1",
        proof="bill_of_lading",  # type: ignore[arg-type]  # as a program writes it
        document_hash="b" * 64,
        quantities={1: 500},
        handed_over_date=dt.date(2027, 3, 1),
    )
    assert msgspec.to_builtins(read(shipped)) == msgspec.to_builtins(shipped)


def test_a03_one_within_another_value_is_cut_as_well() -> None:
    offer = c.OfferTerms(id="o1", kind=OfferKind.EXTENSION, until=IN_SHANGHAI)
    made = read(c.MakeOffer(offer=offer))
    assert isinstance(made, c.MakeOffer)
    assert made.offer.until == IN_UTC


@pytest.mark.parametrize(
    "instant",
    [
        dt.datetime(2027, 3, 1, 9, 30),
        dt.datetime(1, 1, 1, tzinfo=dt.timezone(dt.timedelta(hours=8))),
    ],
    ids=["no offset", "before the calendar"],
)
def test_what_is_no_instant_is_refused(instant: dt.datetime) -> None:
    with pytest.raises(ValueError, match=r"offset|calendar"):
        read(c.RecordMovement(shipment_id="s1", moved_at=instant))
