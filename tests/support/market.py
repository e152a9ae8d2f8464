"""Orders, suppliers' accounts and limits on a real database, with the worker's part played step by step."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Callable, Iterator
from typing import Any, Self

import psycopg
import pytest
from msgspec.structs import replace
from psycopg_pool import ConnectionPool

from fairlot.application.agreement import accept_version
from fairlot.application.desk import Desk, account_id_for, limit_id_for
from fairlot.application.effects import perform
from fairlot.application.execute import WritePath
from fairlot.application.execute_many import settle_many
from fairlot.application.handlers import handlers_for
from fairlot.application.limit_aggregate import LimitAggregate
from fairlot.application.order_aggregate import OrderAggregate
from fairlot.application.outcome import Outcome
from fairlot.application.payout_aggregate import PayoutAggregate, payout_rules
from fairlot.application.ports import MoneyProvider
from fairlot.application.reactions import effects_of
from fairlot.application.supplier import suppliers
from fairlot.application.supplier.supplier_standing import suspend
from fairlot.application.supplier.suppliers import ReceivingDetails, StoredSuppliers
from fairlot.application.suspense_aggregate import SuspenseAggregate, suspense_rules
from fairlot.application.verification.verify import verify
from fairlot.domain.cover.grants.state import SupplierLimit
from fairlot.domain.order import commands as c
from fairlot.domain.order.state import Order
from fairlot.domain.order.terms import Instalment, Line, Proof, Terms
from fairlot.domain.party import PROVIDER, Actor
from fairlot.domain.payout.state import PayoutAccount
from fairlot.domain.policy.loading import policy_id, shipped_policies
from fairlot.providers.null import NullMessenger, NullMoney
from fairlot.providers.wire import PaymentAccount, PaymentBank, PaymentParty, PostalAddress
from fairlot.store import outbox
from fairlot.store.deadlines import due
from fairlot.store.outbox import Place
from fairlot.store.rollup import roll_up
from fairlot.store.writing.family import FAMILIES
from fairlot.store.writing.wire import Tracer
from tests.support.books import MovedClock
from tests.support.postgres import Database
from tests.support.trades import BEGINNING, BUYER, SUPPLIER, TERMS

# Effects and commands bring each other about; more rounds than this are a circle.
ROUNDS_MAX = 200
SUPPLIER_ID = "com_supplier"
DETAILS = ReceivingDetails(
    holder=PaymentParty(
        name="Shenzhen Brightcell Electronics Co., Ltd.",
        address=PostalAddress(town="Shenzhen", country="CN"),
    ),
    account=PaymentAccount(number="44201502400052500"),
    bank=PaymentBank(bic="BKCHCNBJ45A"),
)
SALT = bytes(16)


def whole_terms(total_minor: int, covered_minor: int, *, version: str = "a") -> Terms:
    """Return terms paid whole at agreement."""
    return replace(
        TERMS,
        version_hash=version * 64,
        total_minor=total_minor,
        covered_minor=covered_minor,
        lines=(Line(number=1, quantity=1, unit_price_minor=total_minor),),
        instalments=(Instalment(name="whole", amount_minor=total_minor),),
    )


class Market:
    """One supplier and as many orders as a test begins."""

    def __init__(
        self,
        database: Database,
        *,
        edition: str = "escrow-2026",
        tracer: Tracer | None = None,
        money: MoneyProvider | None = None,
        limits: LimitAggregate | None = None,
    ) -> None:
        self.database = database
        self.clock = MovedClock(BEGINNING)
        self.messenger = NullMessenger()
        self.null_money = NullMoney()
        self.pool = ConnectionPool(
            database.app_dsn, min_size=0, max_size=8, kwargs={"autocommit": True}, open=True
        )
        self.policy = shipped_policies()[edition]
        policies = {policy_id(policy): policy for policy in shipped_policies().values()}
        self.path = WritePath(
            lambda: psycopg.connect(database.app_dsn, autocommit=True),
            clock=self.clock,
            tracer=tracer,
        )
        self.desk = Desk(
            path=self.path,
            connect=self.pool.connection,
            orders=OrderAggregate(policies, effects=effects_of),
            payouts=PayoutAggregate(payout_rules(self.policy), effects=effects_of),
            limits=limits or LimitAggregate(effects=effects_of),
            suspense=SuspenseAggregate(suspense_rules(self.policy), effects=effects_of),
            suppliers=StoredSuppliers(self.pool.connection),
            money=money or self.null_money,
            messenger=self.messenger,
        )
        self._ids = itertools.count(1)

    def close(self) -> None:
        self.path.close()
        self.pool.close()

    def enrolled(self, *, limit_minor: int = 5_000_000, verified: bool = True) -> Self:
        """Enrol the supplier with a limit and, unless told otherwise, a verified receiving account."""
        suppliers.enrol(SUPPLIER_ID, tier="audited", desk=self.desk)
        self.set_limit(limit_minor)
        hashed = suppliers.name_account(
            SUPPLIER_ID, DETAILS, salt=SALT, command_id="name-1", desk=self.desk
        )
        if verified:
            suppliers.verify_account(SUPPLIER_ID, hashed, command_id="verify-1", desk=self.desk)
        return self

    def set_limit(self, limit_minor: int) -> None:
        suppliers.set_limit(
            SUPPLIER_ID,
            limit_minor=limit_minor,
            currency="USD",
            computation_hash="",
            command_id=f"limit-{next(self._ids)}",
            desk=self.desk,
        )

    def ask(self, order_id: str, actor: Actor, command: c.OrderCommand) -> Outcome:
        """Ask an order one command under an id of its own."""
        command_id = f"cmd_{next(self._ids)}"
        return self.desk.ask_order(order_id, command, command_id=command_id, actor=actor)

    def proposed(self, order_id: str, terms: Terms) -> None:
        """Begin an order and propose its terms as the buyer."""
        draft = c.OpenDraft(
            policy_id=policy_id(self.policy), buyer_id="com_buyer", supplier_id=SUPPLIER_ID
        )
        self.ask(order_id, BUYER, draft).unwrap()
        self.ask(order_id, BUYER, c.ProposeVersion(terms=terms)).unwrap()

    def accept(self, order_id: str, *, command_id: str = "accept", version: str = "a") -> Outcome:
        """Accept as the supplier."""
        return accept_version(
            order_id, version * 64, actor=SUPPLIER, command_id=command_id, desk=self.desk
        )

    def agreed(self, order_id: str, terms: Terms) -> None:
        self.proposed(order_id, terms)
        self.accept(order_id).unwrap()

    def paid(self, order_id: str, terms: Terms) -> None:
        """Go on until the whole price is there."""
        self.agreed(order_id, terms)
        self.pay(order_id, terms.total_minor)

    def pay(self, order_id: str, amount_minor: int) -> None:
        """Have a transfer booked."""
        payment = c.RecordPayment(
            payment_id="p1", rail="wire", amount_minor=amount_minor, currency="USD"
        )
        self.ask(order_id, PROVIDER, payment).unwrap()

    def confirmed(self, order_id: str, terms: Terms) -> None:
        """Go on until the buyer has confirmed receipt, which releases the money."""
        self.paid(order_id, terms)
        self.received(order_id)

    def received(self, order_id: str) -> None:
        """Go on from a paid order until the buyer has confirmed receipt."""
        shipment = c.RecordShipment(
            shipment_id="s1", proof=Proof.BILL_OF_LADING, document_hash="b" * 64
        )
        self.ask(order_id, SUPPLIER, shipment).unwrap()
        self.ask(order_id, BUYER, c.ConfirmReceipt()).unwrap()

    def work(self) -> None:
        """Settle what is due and perform messages until nothing is left to do by now."""
        for _ in range(ROUNDS_MAX):
            done = self.settle() + sum(self.perform(place) for place in self.waiting())
            if not done:
                return
        raise AssertionError("the market does not come to rest")

    def pass_time(self, *, days: float) -> None:
        """Let time go by with a worker that is always there."""
        end = self.clock() + dt.timedelta(days=days)
        while True:
            self.work()
            ((deadline,),) = self.rows(
                "SELECT min(next_deadline_at) FROM (SELECT next_deadline_at FROM order_head"
                " UNION ALL SELECT next_deadline_at FROM payout_head"
                " UNION ALL SELECT next_deadline_at FROM limit_head) AS heads"
            )
            if deadline is None or deadline >= end:
                self.clock.now = end
                self.work()
                return
            self.clock.now = deadline + dt.timedelta(seconds=1)

    def settle(self) -> int:
        """Let happen what is due."""
        changed = 0
        desk = self.desk
        for aggregate in (desk.orders, desk.payouts, desk.limits, desk.suspense):
            with self.pool.connection() as connection:
                found = due(connection, aggregate.family, now=self.clock(), limit=1_000)
            ids = [one.aggregate_id for one in found]
            changed += settle_many(ids, aggregate=aggregate, using=self.path)
        return changed

    def waiting(self) -> list[Place]:
        """Return the messages that nobody has taken, in order."""
        with self.pool.connection() as connection:
            return [
                place
                for family in FAMILIES.values()
                for place, _ in outbox.waiting(connection, family, limit=10_000)
            ]

    def perform(self, place: Place) -> bool:
        """Perform one message, as the worker does."""
        with self.pool.connection() as connection:
            family = FAMILIES[place.family]
            outbox.take(connection, family, [place], at=self.clock())
            return perform(
                place, connection=connection, handlers=handlers_for(self.desk), clock=self.clock
            )

    def order(self, order_id: str) -> Order:
        return self.desk.read_order(order_id).order

    def account(self, currency: str = "USD") -> PayoutAccount:
        return self.desk.read_account(account_id_for(SUPPLIER_ID, currency))[0]

    def limit(self) -> SupplierLimit:
        return self.desk.read_limit(limit_id_for(SUPPLIER_ID))[0]

    def rows(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        """Read as the owner, past row security."""
        with self.database.as_owner() as owner:
            return owner.execute(query, values).fetchall()

    def balance(self, account: str, *, family: str | None = None) -> int:
        """Return an account's balance over all orders and accounts, or over one family of them."""
        families = [family] if family else ["order", "payout", "suspense"]
        return sum(
            self.rows(
                f"SELECT coalesce(sum(amount_minor), 0)::bigint FROM {name}_posting"
                " WHERE account = %s",
                account,
            )[0][0]
            for name in families
        )

    def assert_sound(self) -> None:
        """Replay everything and compare."""
        with self.pool.connection() as connection:
            roll_up(connection)
        report = verify(
            self.database.owner_dsn,
            (self.desk.orders, self.desk.payouts, self.desk.limits, self.desk.suspense),
        )
        assert report.is_sound, report.faults


def suspended(market: Market) -> None:
    """Take the supplier out of the programme."""
    suspend(SUPPLIER_ID, reason="said so", decided_by="operator", desk=market.desk)


MakeMarket = Callable[..., Market]
"""Makes markets that are closed at the end of the test; takes what `Market` takes after the database."""


@pytest.fixture
def make_market(database: Database) -> Iterator[MakeMarket]:
    """Make markets on the test's database."""
    made: list[Market] = []

    def make(**options: Any) -> Market:
        made.append(Market(database, **options))
        return made[-1]

    yield make
    for one in made:
        one.close()


@pytest.fixture
def market(make_market: MakeMarket) -> Market:
    """A market with an enrolled supplier."""
    return make_market().enrolled()
