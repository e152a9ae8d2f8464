"""One movement of the bank is booked once, whoever imports it at the same instant and whatever each made of it (M8)."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest
from msgspec.structs import replace

from fairlot.application.desk import Desk
from fairlot.application.money import bank_import
from fairlot.application.money.bank_import import Imported, import_bank_file
from fairlot.providers.wire import OpenOrder, Unmatched, Why, match, reference_for
from fairlot.providers.wire.sample_statement import SampleEntry
from fairlot.store.keeping.migrate import sql_text
from tests.support.market import MakeMarket, Market, whole_terms
from tests.support.statements import build_statement

AMOUNT = 1_000_000
RACES = 25
IMPORTS_AT_ONCE = 3


@pytest.fixture
def market(make_market: MakeMarket) -> Market:
    """A market whose supplier's limit bears many orders."""
    return make_market().enrolled(limit_minor=1_000_000_000)


def entry_for(market: Market, order_id: str) -> SampleEntry:
    return SampleEntry(
        amount_minor=AMOUNT,
        booked_date=market.clock().date(),
        bank_reference=f"BANK-{order_id}",
        remittance_text=reference_for(order_id, 1),
    )


def imported(market: Market, *entries: SampleEntry) -> Imported:
    return import_bank_file(build_statement(*entries), desk=market.desk)


def once_seen(environment: pytest.MonkeyPatch, happen: Callable[[], object]) -> None:
    """Let something happen after an import has seen which order a movement names, before it books it."""
    careful = match

    def interrupted(*seen: object) -> object:
        found = careful(*seen)  # type: ignore[arg-type]
        environment.setattr(bank_import, "match", careful)
        happen()
        return found

    environment.setattr(bank_import, "match", interrupted)


def blind(environment: pytest.MonkeyPatch, act: Callable[[], object]) -> None:
    """Import as somebody does to whom the order was not agreed yet."""
    with environment.context() as unseen:
        unseen.setattr(bank_import, "match", lambda *_: Unmatched(why=Why.REFERENCE_NOT_OPEN))
        act()


def without_wall(environment: pytest.MonkeyPatch) -> None:
    """Plant the fault: each import goes where it wants."""
    environment.setattr(bank_import, "claim_movement", lambda _connection, _key, wanted: wanted)


def booked_minor(market: Market) -> int:
    """Return what the books say came in at the bank."""
    return market.balance("bank")


class TestOfOneInstant:
    def agreed_meanwhile(self, market: Market, environment: pytest.MonkeyPatch) -> Imported:
        """Import a payment while its order is agreed and another import books it."""
        market.proposed("ord_1", whole_terms(AMOUNT, AMOUNT))
        entry = entry_for(market, "ord_1")

        def agreed_and_booked() -> None:
            market.accept("ord_1").unwrap()
            assert [row.is_new for row in imported(market, entry).booked] == [True]

        once_seen(environment, agreed_and_booked)
        return imported(market, entry)

    def test_its_order_is_agreed_between_two_looks(
        self, market: Market, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        done = self.agreed_meanwhile(market, monkeypatch)
        assert [(row.order_id, row.is_new) for row in done.booked] == [("ord_1", False)]
        assert done.left_over == ()
        assert booked_minor(market) == AMOUNT
        assert market.balance("suspense") == 0
        market.assert_sound()

    def test_who_saw_the_order_finds_it_in_suspense(
        self, market: Market, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        market.agreed("ord_1", whole_terms(AMOUNT, AMOUNT))
        entry = entry_for(market, "ord_1")
        once_seen(monkeypatch, lambda: blind(monkeypatch, lambda: imported(market, entry)))
        done = imported(market, entry)
        assert done.booked == ()
        assert [row.why for row in done.left_over] == [bank_import.MATCHED_SINCE]
        assert booked_minor(market) == AMOUNT
        assert market.order("ord_1").funds.paid_minor == 0

    def test_two_that_see_no_order_for_two_reasons(
        self, market: Market, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        entry = replace(entry_for(market, "ord_1"), remittance_text="for the lamps")
        once_seen(monkeypatch, lambda: blind(monkeypatch, lambda: imported(market, entry)))
        done = imported(market, entry)
        assert len(done.left_over) == 1
        assert booked_minor(market) == AMOUNT

    def test_the_bank_tells_it_in_other_words(
        self, market: Market, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """One file gives the second of the booking, the other only its day; it is one movement all the same."""
        market.agreed("ord_1", whole_terms(AMOUNT, AMOUNT))
        plain = entry_for(market, "ord_1")
        exact = replace(plain, booked_at=market.clock() - dt.timedelta(seconds=1))
        asked = Desk.ask_order

        def overtaken(desk: Desk, *given: object, **named: object) -> object:
            monkeypatch.setattr(Desk, "ask_order", asked)
            imported(market, exact)
            return asked(desk, *given, **named)  # type: ignore[arg-type]

        monkeypatch.setattr(Desk, "ask_order", overtaken)
        done = imported(market, plain)
        assert [(row.refused, row.is_new) for row in done.booked] == [("", False)]
        assert booked_minor(market) == AMOUNT
        assert market.balance("suspense") == 0

    def test_without_the_wall_it_is_booked_twice(
        self, market: Market, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Planted: nothing says where a movement goes, so both imports book it."""
        without_wall(monkeypatch)
        self.agreed_meanwhile(market, monkeypatch)
        assert booked_minor(market) == 2 * AMOUNT


def race(market: Market, order_id: str) -> list[Imported]:
    """Agree an order and import its payment several times, all at the same instant."""
    market.proposed(order_id, whole_terms(AMOUNT, AMOUNT))
    data = build_statement(entry_for(market, order_id))
    ready = threading.Barrier(IMPORTS_AT_ONCE + 1)

    def one_import() -> Imported:
        ready.wait()
        return import_bank_file(data, desk=market.desk)

    def agreeing() -> None:
        ready.wait()
        market.accept(order_id, command_id=f"accept-{order_id}").unwrap()

    with ThreadPoolExecutor(IMPORTS_AT_ONCE + 1) as pool:
        accepted = pool.submit(agreeing)
        runs = [pool.submit(one_import) for _ in range(IMPORTS_AT_ONCE)]
        accepted.result()
        return [run.result() for run in runs]


def test_imports_side_by_side_and_the_agreement_book_each_movement_once(market: Market) -> None:
    for number in range(RACES):
        done = race(market, f"ord_{number}")
        assert len({(bool(one.booked), bool(one.left_over)) for one in done}) == 1, done
    assert booked_minor(market) == RACES * AMOUNT
    market.assert_sound()


class TestWholeAndInParts:
    """The bank gives a batch as one sum in one file, and in its parts in another."""

    def entries(self, market: Market) -> tuple[SampleEntry, SampleEntry]:
        whole = SampleEntry(
            amount_minor=AMOUNT, booked_date=market.clock().date(), bank_reference="BATCH-1"
        )
        parts = tuple(
            SampleEntry(
                amount_minor=AMOUNT // 2,
                booked_date=market.clock().date(),
                remittance_text=reference_for(order_id, 1),
            )
            for order_id in ("ord_1", "ord_2")
        )
        return whole, replace(whole, amount_minor=0, parts=parts)

    @pytest.mark.parametrize("is_whole_first", [True, False])
    def test_what_came_one_way_is_not_booked_the_other_way(
        self, market: Market, *, is_whole_first: bool
    ) -> None:
        for order_id in ("ord_1", "ord_2"):
            market.agreed(order_id, whole_terms(AMOUNT // 2, AMOUNT // 2))
        whole, itemized = self.entries(market)
        first, second = (whole, itemized) if is_whole_first else (itemized, whole)
        assert imported(market, first).known_otherwise == ()
        again = imported(market, second)
        assert (again.booked, again.left_over) == ((), ())
        assert sum(row.amount_minor for row in again.known_otherwise) == AMOUNT
        assert booked_minor(market) == AMOUNT
        assert imported(market, first).known_otherwise == ()


class TestWhereItGoes:
    def test_what_the_order_refuses_goes_to_suspense_only_then(self, market: Market) -> None:
        market.agreed("ord_1", whole_terms(AMOUNT, AMOUNT))
        soon = market.clock() + dt.timedelta(minutes=5)
        entry = replace(entry_for(market, "ord_1"), booked_at=soon)
        assert len(imported(market, entry).left_over) == 1
        assert market.rows("SELECT goes_to, order_id FROM bank_movement") == [("suspense", "")]

    def test_what_broke_off_before_it_was_booked_goes_where_it_was_sent(
        self, market: Market, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The order closed meanwhile and waits for nothing; it is asked all the same, and says what becomes of it."""
        market.agreed("ord_1", whole_terms(AMOUNT, AMOUNT))
        entry = entry_for(market, "ord_1")
        with monkeypatch.context() as broken:
            broken.setattr(bank_import, "_book", _broken_off)
            with pytest.raises(ConnectionError):
                imported(market, entry)
        blind(monkeypatch, lambda: imported(market, entry))
        assert market.order("ord_1").funds.paid_minor == AMOUNT
        assert booked_minor(market) == AMOUNT

    def test_a_movement_has_one_place_and_is_never_forgotten(self, market: Market) -> None:
        imported(market, entry_for(market, "ord_1"))
        with market.pool.connection() as connection:
            with pytest.raises(psycopg.errors.UniqueViolation):
                connection.execute("INSERT INTO bank_movement SELECT * FROM bank_movement LIMIT 1")
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute("DELETE FROM bank_movement")

    def test_what_was_booked_before_there_were_places_gets_its_own(self, market: Market) -> None:
        """The migration finds again what went to orders, to suspense and in parts."""
        market.agreed("ord_1", whole_terms(AMOUNT, AMOUNT))
        parts = tuple(
            SampleEntry(amount_minor=amount, booked_date=market.clock().date())
            for amount in (1_000, 2_000)
        )
        batch = SampleEntry(booked_date=market.clock().date(), parts=parts)
        imported(market, entry_for(market, "ord_1"), batch)
        places = "SELECT * FROM bank_movement ORDER BY movement_key"
        before = market.rows(places)
        assert sorted(goes_to for _, goes_to, _ in before) == ["order", "parts", *["suspense"] * 2]
        with market.database.as_owner() as owner:
            owner.execute("DROP TABLE bank_movement")
            owner.execute("CREATE INDEX order_command_of_bank ON order_command (command_id)")
            owner.execute("CREATE INDEX transfer_batch_item_named ON transfer_batch_item (name)")
            owner.execute(sql_text("bank_movements").encode())
        assert market.rows(places) == before


class TestWhatIsRead:
    """Only the stories of orders that a file's movements may mean are read, however many are open."""

    OPEN = 12

    @pytest.fixture
    def busy(self, market: Market) -> Market:
        for number in range(self.OPEN):
            market.agreed(f"ord_{number}", whole_terms(AMOUNT, AMOUNT))
        return market

    def read_by(
        self, market: Market, environment: pytest.MonkeyPatch, *entries: SampleEntry
    ) -> tuple[set[str], Imported]:
        """Import, and return whose stories were read for matching, beside what became of it."""
        read: set[str] = set()
        careful = bank_import._instalments

        def counted(order_id: str, desk: Desk) -> Sequence[OpenOrder]:
            read.add(order_id)
            return careful(order_id, desk)

        with environment.context() as counting:
            counting.setattr(bank_import, "_instalments", counted)
            done = imported(market, *entries)
        return read, done

    def test_one_that_is_named(self, busy: Market, monkeypatch: pytest.MonkeyPatch) -> None:
        read, done = self.read_by(busy, monkeypatch, entry_for(busy, "ord_7"))
        assert read == {"ord_7"}
        assert [row.order_id for row in done.booked] == ["ord_7"]

    def test_one_that_the_payments_own_id_names(
        self, busy: Market, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        entry = replace(
            entry_for(busy, "ord_7"),
            remittance_text=None,
            end_to_end_id=reference_for("ord_3", 1).lower(),
        )
        read, done = self.read_by(busy, monkeypatch, entry)
        assert read == {"ord_3"}
        assert [row.order_id for row in done.booked] == ["ord_3"]

    def test_one_that_is_nearly_named_is_still_suggested(
        self, busy: Market, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        reference = reference_for("ord_5", 1)
        mistyped = reference[:-1] + ("0" if reference[-1] != "0" else "1")
        entry = replace(entry_for(busy, "ord_5"), remittance_text=mistyped)
        read, done = self.read_by(busy, monkeypatch, entry)
        assert read == {"ord_5"}
        assert [(row.why, row.candidates) for row in done.left_over] == [
            ("reference_mistyped", ("ord_5",))
        ]

    def test_none_where_nothing_is_named(
        self, busy: Market, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        entry = replace(entry_for(busy, "ord_5"), remittance_text="for the lamps")
        read, done = self.read_by(busy, monkeypatch, entry)
        assert read == set()
        assert [row.why for row in done.left_over] == ["nothing_named"]

    def test_a_choice_that_leaves_all_in_is_caught(
        self, busy: Market, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Planted: every open order is read."""
        monkeypatch.setattr(bank_import, "concerned_orders", lambda _, ids: list(ids))
        read, _ = self.read_by(busy, monkeypatch, entry_for(busy, "ord_7"))
        assert len(read) == self.OPEN


def _broken_off(*_: object) -> None:
    raise ConnectionError
