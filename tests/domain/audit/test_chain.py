"""The chain's golden hashes, recomputed here by other means, and every change that it must show."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from pathlib import Path
from typing import Any

import msgspec
import pytest

from fairlot.domain.audit.canonical import canonical_bytes
from fairlot.domain.audit.chain import GENESIS, Record, breaks, link_hash, recomputed_hash
from fairlot.domain.party import Actor, Role
from tests.support.scripts import SCRIPTS
from tests.support.trades import BEGINNING

GOLDEN = Path(__file__).parents[2] / "golden" / "canonical" / "chain.json"
ACTOR = Actor(role=Role.BUYER, company_id="com_a", person_id="per_ä")


def chain(*, order_id: str = "ord_golden") -> list[Record]:
    """Return the story of a script as records, a second and a bit apart."""
    records: list[Record] = []
    previous = GENESIS
    for seq, event in enumerate(SCRIPTS["charged_back"]().events, start=1):
        recorded_at = BEGINNING + dt.timedelta(seconds=seq, microseconds=seq)
        payload = canonical_bytes(event)
        linked = link_hash(
            family="order",
            stream_id=order_id,
            seq=seq,
            type_name=type(event).__name__,
            version=1,
            recorded_at=recorded_at,
            effective_at=event.at,
            actor=ACTOR,
            command_id=f"cmd_{seq}",
            payload=payload,
            previous_hash=previous,
        )
        records.append(
            Record(
                family="order",
                stream_id=order_id,
                seq=seq,
                type=type(event).__name__,
                version=1,
                recorded_at=recorded_at,
                effective_at=event.at,
                actor=ACTOR,
                command_id=f"cmd_{seq}",
                payload=payload,
                previous_hash=previous,
                hash=linked,
            )
        )
        previous = linked
    return records


def hash_by_other_means(record: dict[str, Any]) -> str:
    """The framing once more, as somebody would write it who only read its description."""
    fields = [
        "fairlot event 1",
        "order",
        record["order"],
        str(record["seq"]),
        record["type"],
        str(record["version"]),
        str(record["recorded_us"]),
        str(record["effective_us"]),
        record["role"],
        record["company"],
        record["person"],
        record["command"],
    ]
    parts = [field.encode() for field in fields]
    parts += [record["payload"].encode(), bytes.fromhex(record["previous"])]
    framed = len(parts).to_bytes(8, "big")
    framed += b"".join(len(part).to_bytes(8, "big") for part in parts)
    return hashlib.sha256(framed + b"".join(parts)).hexdigest()


def golden_records() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(GOLDEN.read_text(encoding="utf-8"))
    return found


def test_golden_hashes_follow_from_the_description() -> None:
    for record in golden_records():
        assert hash_by_other_means(record) == record["hash"]


def test_golden_hashes_are_ours() -> None:
    """Never edited: an event that was stored once must verify for ever."""
    for golden in golden_records():
        epoch = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
        record = Record(
            family="order",
            stream_id=golden["order"],
            seq=golden["seq"],
            type=golden["type"],
            version=golden["version"],
            recorded_at=epoch + dt.timedelta(microseconds=golden["recorded_us"]),
            effective_at=epoch + dt.timedelta(microseconds=golden["effective_us"]),
            actor=Actor(
                role=Role(golden["role"]),
                company_id=golden["company"],
                person_id=golden["person"],
            ),
            command_id=golden["command"],
            payload=golden["payload"].encode(),
            previous_hash=bytes.fromhex(golden["previous"]),
            hash=bytes.fromhex(golden["hash"]),
        )
        assert recomputed_hash(record) == record.hash


def test_sound_chain_has_no_breaks() -> None:
    assert list(breaks(chain())) == []


CHANGES: dict[str, dict[str, Any]] = {
    "stream": {"stream_id": "ord_other"},
    "family": {"family": "payout"},
    "type": {"type": "Other"},
    "version": {"version": 2},
    "recorded": {"recorded_at": BEGINNING},
    "effective": {"effective_at": BEGINNING + dt.timedelta(days=1)},
    "role": {"actor": msgspec.structs.replace(ACTOR, role=Role.SUPPLIER)},
    "company": {"actor": msgspec.structs.replace(ACTOR, company_id="com_b")},
    "person": {"actor": msgspec.structs.replace(ACTOR, person_id="")},
    "command": {"command_id": "cmd_x"},
    "payload": {"payload": b"{}"},
    "hash": {"hash": bytes(32)},
}


@pytest.mark.parametrize("name", sorted(CHANGES))
@pytest.mark.parametrize("place", [0, 4, -1])
def test_change_is_found_where_it_was_made(name: str, place: int) -> None:
    records = chain()
    records[place] = msgspec.structs.replace(records[place], **CHANGES[name])
    found = list(breaks(records))
    assert found[0].seq == records[place].seq
    assert found[0].fault == "altered"


def test_missing_record_is_found() -> None:
    records = chain()
    del records[3]
    assert (next(breaks(records)).seq, next(breaks(records)).fault) == (4, "missing")


def test_exchanged_records_are_found() -> None:
    records = chain()
    records[2], records[3] = records[3], records[2]
    assert list(breaks(records))


def test_record_of_another_stream_does_not_fit() -> None:
    records = chain()
    records[4] = chain(order_id="ord_other")[4]
    assert [one.seq for one in breaks(records)][:1] == [5]


def test_cut_tail_does_not_show_in_the_chain_alone() -> None:
    """Why heads are tied together by checkpoints that leave the database."""
    assert list(breaks(chain()[:-2])) == []
