"""Every type of event has its golden bytes: they decode, are spelled the same, hash the same, and still happen."""

from __future__ import annotations

import functools
import hashlib

import msgspec
import pytest

from fairlot.domain.audit.canonical import canonical_bytes
from fairlot.domain.ledger.journal import TEMPLATES, postings_for
from fairlot.domain.order.clocks import ClockKind
from fairlot.domain.order.events import Event, OrderEvent
from fairlot.domain.order.evolve import EVOLVE, evolve
from fairlot.domain.order.refusal_words import REFUSALS
from fairlot.domain.order.refusals import Code
from fairlot.domain.order.settle import EFFECTS
from fairlot.domain.order.state import Order
from fairlot.domain.words.clocks import CLOCKS
from tests.support.golden_events import ALL_EVENTS, FOLDER, first_of_each, path_of

HASHES = FOLDER / "SHA256SUMS"


@functools.cache
def before_each() -> dict[type[Event], Order]:
    """Return an order to which an event of each type can happen."""
    return {kind: order for kind, (order, _) in first_of_each().items()}


def stored(event_type: type[Event]) -> bytes:
    return path_of(event_type).read_bytes().rstrip(b"\n")


def hashes() -> dict[str, str]:
    lines = HASHES.read_text(encoding="utf-8").splitlines()
    return {name: digest for digest, name in (line.split("  ") for line in lines)}


def test_there_is_one_file_for_every_type_and_no_other() -> None:
    assert {path.stem for path in FOLDER.glob("*.json")} == {kind.__name__ for kind in ALL_EVENTS}
    assert set(hashes()) == {f"{kind.__name__}.json" for kind in ALL_EVENTS}


@pytest.mark.parametrize("event_type", ALL_EVENTS, ids=lambda kind: kind.__name__)
class TestGoldenEvent:
    def test_it_decodes_to_its_type(self, event_type: type[Event]) -> None:
        assert type(msgspec.json.decode(stored(event_type), type=OrderEvent)) is event_type

    def test_it_is_spelled_as_it_is_stored(self, event_type: type[Event]) -> None:
        event = msgspec.json.decode(stored(event_type), type=OrderEvent)
        assert canonical_bytes(event) == stored(event_type)

    def test_it_hashes_as_it_did(self, event_type: type[Event]) -> None:
        path = path_of(event_type)
        assert hashlib.sha256(path.read_bytes()).hexdigest() == hashes()[path.name]

    def test_it_still_happens_to_an_order(self, event_type: type[Event]) -> None:
        event = msgspec.json.decode(stored(event_type), type=OrderEvent)
        after = evolve(before_each()[event_type], event)
        assert isinstance(after, Order)

    def test_its_entries_balance(self, event_type: type[Event]) -> None:
        event = msgspec.json.decode(stored(event_type), type=OrderEvent)
        for entry in postings_for(event):
            assert sum(posting.amount_minor for posting in entry.postings) == 0


def test_a_changed_byte_is_caught() -> None:
    """The planted fault: one figure of one stored event is another."""
    path = path_of(ALL_EVENTS[0])
    changed = path.read_bytes().replace(b"2", b"3", 1)
    assert hashlib.sha256(changed).hexdigest() != hashes()[path.name]


class TestNothingIsForgotten:
    """Every event has its entry, every clock its effect and words, every code its sentence."""

    def test_every_event_has_its_entry_in_evolve(self) -> None:
        assert set(EVOLVE) == set(ALL_EVENTS)

    def test_every_clock_has_its_effect_and_its_words(self) -> None:
        assert set(EFFECTS) == set(ClockKind) == set(CLOCKS)

    def test_every_code_has_its_sentence(self) -> None:
        assert set(REFUSALS) == set(Code)

    def test_every_template_is_for_an_event(self) -> None:
        assert set(TEMPLATES) <= set(ALL_EVENTS)
