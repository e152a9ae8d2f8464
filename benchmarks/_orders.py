"""Orders by the thousand, as the write path would have written them one by one: real commands, real rows, real chains.

One order per company is played through the write path's own code; its siblings are the same story under their own ids.
"""

from __future__ import annotations

import concurrent.futures
import datetime as dt
import itertools
import multiprocessing
from collections.abc import Iterator, Sequence

import msgspec

from benchmarks._server import Database
from fairlot.application.order_aggregate import OrderAggregate
from fairlot.application.turn import Sitting, Submission, take_turn
from fairlot.clock import Clock, system_clock
from fairlot.domain.audit.chain import GENESIS, link_hash
from fairlot.domain.order import commands as c
from fairlot.domain.order.state import InspectionStage
from fairlot.domain.order.terms import Proof
from fairlot.domain.party import PROVIDER, Actor, Role
from fairlot.domain.policy.loading import policy_id, shipped_policies
from fairlot.store.writing.family import ORDER
from fairlot.store.writing.rows import Opened, Row
from fairlot.store.writing.statements import CREATED_AT, columns_of
from tests.support.trades import BEGINNING, NONE_FOUND, TERMS

EDITION = "escrow-2026"
EVENTS_PER_ORDER = 20
ORDERS_PER_COMPANY = 100
ORDERS_PER_CHUNK = 2_000
LOADERS = 2
# Where the stories below stand still; the benchmarks' clock goes on from here.
MAKING_UNTIL = BEGINNING + dt.timedelta(days=12)
ARRIVED_AT = BEGINNING + dt.timedelta(days=45)
DEPOSIT_MINOR, BALANCE_MINOR = (one.amount_minor for one in TERMS.instalments)
PART_OF_BALANCE_MINOR = 400_000

Step = tuple[dt.timedelta, Actor, c.OrderCommand]


def aggregate() -> OrderAggregate:
    """Return orders under the shipped editions."""
    return OrderAggregate({policy_id(one): one for one in shipped_policies().values()})


def clock_from(instant: dt.datetime) -> Clock:
    """Return a clock that shows `instant` now and goes on."""
    ahead = instant - system_clock()
    return lambda: system_clock() + ahead


def order_id(number: int) -> str:
    """Return the id of the order of that number."""
    return f"ord_{number:08d}"


def buyer_of(number: int) -> Actor:
    """Return who buys in the order of that number."""
    company = number // ORDERS_PER_COMPANY
    return Actor(role=Role.BUYER, company_id=f"com_b{company:06d}", person_id=f"per_b{company:06d}")


def supplier_of(number: int) -> Actor:
    """Return who sells in the order of that number."""
    company = number // ORDERS_PER_COMPANY
    return Actor(
        role=Role.SUPPLIER, company_id=f"com_s{company:06d}", person_id=f"per_s{company:06d}"
    )


def making(number: int) -> list[Step]:
    """Return a story of 20 events that ends during production: agreed at the second try, deposit paid, inspected."""
    told = c.PostProductionUpdate(note_hash="e" * 64, percent=99)
    return [
        *_agreed(number),
        *_updates(number, 5),
        *_inspected(number),
        (dt.timedelta(days=11), supplier_of(number), told),
    ]


def arrived(number: int) -> list[Step]:
    """Return a story of 20 events that ends with the goods' arrival: from then on, the claim window runs."""
    buyer, supplier = buyer_of(number), supplier_of(number)
    left = c.RecordShipment(shipment_id="shp_1", proof=Proof.BILL_OF_LADING, document_hash="b" * 64)
    there = c.RecordDelivery(
        shipment_id="shp_1", document_hash="c" * 64, delivered_at=BEGINNING + dt.timedelta(days=44)
    )
    return [
        *_agreed(number),
        *_updates(number, 3),
        (dt.timedelta(days=9), buyer, c.RequestProductionUpdate()),
        *_inspected(number),
        (dt.timedelta(days=11), PROVIDER, payment("pay_2", BALANCE_MINOR)),
        (dt.timedelta(days=12), supplier, left),
        (dt.timedelta(days=44), supplier, there),
    ]


def payment(payment_id: str, amount_minor: int) -> c.RecordPayment:
    """Return the news that money arrived."""
    return c.RecordPayment(
        payment_id=payment_id, rail="wire", amount_minor=amount_minor, currency="USD"
    )


def next_commands(number: int) -> list[tuple[Actor, c.OrderCommand]]:
    """Return what is asked of an order of `making` from there: each moves money and appends one event, the last two."""
    return [
        (PROVIDER, c.RecordInspectorPaid(inspection_id="ins_1")),
        (buyer_of(number), _inspection("ins_2")),
        (PROVIDER, payment("pay_2", PART_OF_BALANCE_MINOR)),
        (PROVIDER, payment("pay_3", BALANCE_MINOR - PART_OF_BALANCE_MINOR)),
    ]


def _inspection(inspection_id: str) -> c.BookInspection:
    return c.BookInspection(
        inspection_id=inspection_id,
        company="SGS",
        stage=InspectionStage.PRE_SHIPMENT,
        fee_minor=25_000,
    )


def _agreed(number: int) -> list[Step]:
    buyer, supplier = buyer_of(number), supplier_of(number)
    draft = c.OpenDraft(
        policy_id=policy_id(shipped_policies()[EDITION]),
        buyer_id=buyer.company_id,
        supplier_id=supplier.company_id,
    )
    first = msgspec.structs.replace(TERMS, version_hash="d" * 64)
    grant = c.Grant(enrolled=True, account_verified=True, cover_minor=TERMS.covered_minor)
    accept = c.AcceptVersion(version_hash=TERMS.version_hash, grant=grant)
    return [
        (dt.timedelta(), buyer, draft),
        (dt.timedelta(hours=1), buyer, c.ProposeVersion(terms=first)),
        (dt.timedelta(hours=2), supplier, c.DeclineVersion(version_hash=first.version_hash)),
        (dt.timedelta(hours=3), buyer, c.ProposeVersion(terms=TERMS)),
        (dt.timedelta(hours=4), supplier, accept),
        (dt.timedelta(days=2), PROVIDER, payment("pay_1", DEPOSIT_MINOR)),
    ]


def _updates(number: int, count: int) -> Iterator[Step]:
    buyer, supplier = buyer_of(number), supplier_of(number)
    for day in range(3, 3 + count):
        told = c.PostProductionUpdate(note_hash="e" * 64, percent=10 * day)
        yield dt.timedelta(days=day), buyer, c.RequestProductionUpdate()
        yield dt.timedelta(days=day, hours=5), supplier, told


def _inspected(number: int) -> Iterator[Step]:
    report = c.RecordInspectionReport(
        inspection_id="ins_1",
        lot=3_000,
        line=1,
        critical=NONE_FOUND,
        major=NONE_FOUND,
        minor=NONE_FOUND,
    )
    yield dt.timedelta(days=10), buyer_of(number), _inspection("ins_1")
    yield dt.timedelta(days=11), Actor(role=Role.INSPECTOR, company_id="com_sgs"), report


class _Story(msgspec.Struct, kw_only=True):
    """All rows of one order, as they were written."""

    events: list[Row]
    postings: list[Row]
    commands: list[Row]
    head: Row


def _played(steps: Sequence[Step], number: int) -> _Story:
    orders = aggregate()
    story = _Story(events=[], postings=[], commands=[], head=())
    for count, (after, actor, command) in enumerate(steps, start=1):
        latest = story.events[-1] if story.events else None
        opened = Opened(
            stream_id=order_id(number),
            head_seq=len(story.events),
            head_hash=latest[-1] if latest else None,
            recorded_at=latest[3] if latest else None,
            events=b"[%b]" % b",".join(row[-3] for row in story.events),
            outcomes={},
        )
        sitting = Sitting(orders, opened, clock_at=BEGINNING + after)
        asked = Submission(
            aggregate_id=order_id(number),
            command_id=f"cmd_{count:032d}",
            actor=actor,
            command=command,
        )
        take_turn(sitting, asked, hashed=asked.content_hash(), earlier=None).unwrap()
        rows = sitting.rows()
        story.events += rows.events
        story.postings += rows.postings
        story.commands += rows.commands
        assert rows.head is not None
        story.head = rows.head
    assert len(story.events) == EVENTS_PER_ORDER, [row[1] for row in story.events]
    return story


def load(database: Database, numbers: range, *, steps: str) -> None:
    """Load the orders of these numbers, whose story is `making` or `arrived`, past the walls; then tidy up."""
    starts = range(numbers.start, numbers.stop, ORDERS_PER_CHUNK)
    chunks = [range(start, min(start + ORDERS_PER_CHUNK, numbers.stop)) for start in starts]
    with concurrent.futures.ProcessPoolExecutor(
        LOADERS, mp_context=multiprocessing.get_context("spawn")
    ) as loaders:
        # Every chunk's result is asked for, so that an error in one is ours.
        list(loaders.map(_load_chunk, itertools.repeat(database), chunks, itertools.repeat(steps)))
    with database.as_superuser() as connection:
        connection.execute("VACUUM (FREEZE, ANALYZE)")
    database.settle_down()


def _load_chunk(database: Database, numbers: range, steps: str) -> None:
    tables: dict[str, list[str]] = {"event": [], "posting": [], "command": [], "head": []}
    story_of = {"making": making, "arrived": arrived}[steps]
    for _, group in itertools.groupby(numbers, key=lambda number: number // ORDERS_PER_COMPANY):
        members = list(group)
        _write_siblings(_played(story_of(members[0]), members[0]), members, tables)
    columns = columns_of(ORDER)
    named = {**columns, "head": (CREATED_AT, *columns["head"])}
    with database.as_superuser() as connection, connection.transaction():
        # Foreign keys and triggers are for what comes one by one; these rows were made by the code they watch.
        connection.execute("SET LOCAL session_replication_role = replica")
        for kind, lines in tables.items():
            names = ", ".join([ORDER.id_column, *(column.name for column in named[kind])])
            copy = f"COPY {ORDER.name}_{kind} ({names}) FROM STDIN"
            with connection.cursor() as cursor, cursor.copy(copy) as writer:
                writer.write("".join(lines))


def _write_siblings(story: _Story, numbers: Sequence[int], tables: dict[str, list[str]]) -> None:
    events = ["\t".join(map(_copied, row[:-2])) for row in story.events]
    postings = ["\t".join(map(_copied, row)) for row in story.postings]
    commands = ["\t".join(map(_copied, row)) for row in story.commands]
    created_at = story.events[0][3]
    head_seq, _, *rest = story.head
    head_rest = "\t".join(_copied(_array(name, value)) for name, value in _head_values(rest))
    for number in numbers:
        key = order_id(number)
        previous = GENESIS
        for row, text in zip(story.events, events, strict=True):
            linked = _relinked(key, row, previous)
            tables["event"].append(f"{key}\t{text}\t{_copied(previous)}\t{_copied(linked)}\n")
            previous = linked
        tables["posting"] += [f"{key}\t{text}\n" for text in postings]
        tables["command"] += [f"{key}\t{text}\n" for text in commands]
        head = f"{_copied(created_at)}\t{head_seq}\t{_copied(previous)}\t{head_rest}"
        tables["head"].append(f"{key}\t{head}\n")


def _head_values(rest: Sequence[object]) -> Iterator[tuple[str, object]]:
    names = [column.stored_as for column in columns_of(ORDER)["head"]][2:]
    return zip(names, rest, strict=True)


def _array(stored_as: str, value: object) -> object:
    return value if stored_as == "{}" else "{" + ",".join(str(value).split()) + "}"


def _copied(value: object) -> str:
    if value is None:
        return "\\N"
    if isinstance(value, bytes):
        return f"\\\\x{value.hex()}"
    return str(value)


def _relinked(key: str, row: Row, previous: bytes) -> bytes:
    seq, type_name, version, recorded_at, effective_at, role, company, person, command, payload = (
        row[:-2]
    )
    return link_hash(
        family=ORDER.name,
        stream_id=key,
        seq=seq,
        type_name=type_name,
        version=version,
        recorded_at=recorded_at,
        effective_at=effective_at,
        actor=Actor(role=Role(role), company_id=company, person_id=person),
        command_id=command,
        payload=payload,
        previous_hash=previous,
    )
