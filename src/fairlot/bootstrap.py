"""Composition root: puts configuration, store and providers together for the interfaces; decides nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import msgspec
from psycopg_pool import ConnectionPool

from fairlot.application.aggregate import Aggregate
from fairlot.application.desk import Connect, Desk
from fairlot.application.execute import WritePath
from fairlot.application.limit_aggregate import LimitAggregate
from fairlot.application.order_aggregate import OrderAggregate
from fairlot.application.payout_aggregate import PayoutAggregate, payout_rules
from fairlot.application.ports import CompanyChecks
from fairlot.application.reactions import effects_of
from fairlot.application.sandbox import SandboxClock
from fairlot.application.supplier.suppliers import StoredSuppliers
from fairlot.application.suspense_aggregate import SuspenseAggregate, suspense_rules
from fairlot.clock import Clock, system_clock
from fairlot.config import Settings
from fairlot.domain.policy.model import Policy
from fairlot.measures import observe_command
from fairlot.post_room import telling_desk
from fairlot.providers.by_payee import MoneyByPayee
from fairlot.providers.null import BatchMoney, NullMessenger, NullMoney
from fairlot.providers.outward import Payee
from fairlot.providers.screening import LocalList, NoList
from fairlot.reading_room import policies_at_hand
from fairlot.store.connection import connect, refuse_unsafe_database
from fairlot.store.files import FileStore
from fairlot.store.server import embedded

# Reads of the processes between aggregates; they are short.
CONNECTIONS_MAX = 8
# The edition whose clocks bind what concerns no single order, such as a supplier's account.
PLATFORM_EDITION = "escrow-2026"


class House(msgspec.Struct, frozen=True, kw_only=True):
    """A database with everything that works on it, for one command or one worker."""

    settings: Settings
    owner_dsn: str
    app_dsn: str
    policies: Mapping[str, Policy]
    files: FileStore
    clock: Clock
    desk: Desk

    @property
    def aggregates(self) -> tuple[Aggregate[Any, Any, Any], ...]:
        """Return everything that has a story of its own."""
        return (self.desk.orders, self.desk.payouts, self.desk.limits, self.desk.suspense)


@contextmanager
def open_house(settings: Settings, *, clock: Clock | None = None) -> Iterator[House]:
    """Hold the database, ready for work, for the length of a block. Raises UnsafeDatabaseError unless it is fit.

    Without a clock of its own it goes by the machine's, in a demonstration by the sandbox's.
    """
    lease = embedded.process_lease(settings)
    lease.ensure_running()
    with connect(lease.app_dsn) as application:
        refuse_unsafe_database(application, demo=settings.demo or settings.is_embedded)
    policies = policies_at_hand(settings)
    with ConnectionPool(
        lease.app_dsn, min_size=0, max_size=CONNECTIONS_MAX, kwargs={"autocommit": True}, open=True
    ) as pool:
        if clock is None:
            clock = SandboxClock(pool.connection) if settings.demo else system_clock
        path = WritePath(lambda: connect(lease.app_dsn), clock=clock, observe=observe_command)
        try:
            yield House(
                settings=settings,
                owner_dsn=lease.owner_dsn,
                app_dsn=lease.app_dsn,
                policies=policies,
                files=FileStore(settings.files_dir),
                clock=clock,
                desk=telling_desk(
                    desk_of(path, pool.connection, policies, company_checks(settings)), settings
                ),
            )
        finally:
            path.close()


def company_checks(settings: Settings) -> CompanyChecks:
    """Return the operator's list of sanctioned companies, or what says that there is none."""
    return NoList() if settings.sanctions_list is None else LocalList(settings.sanctions_list)


def desk_of(
    path: WritePath, lend: Connect, policies: Mapping[str, Policy], checks: CompanyChecks
) -> Desk:
    """Return a desk that borrows connections from `lend`.

    Money goes out on paper until a host names its providers: payouts by file, the rest as if it had left.
    """
    platform = next(p for p in policies.values() if p.edition == PLATFORM_EDITION)
    on_paper = NullMoney()
    return Desk(
        path=path,
        connect=lend,
        orders=OrderAggregate(policies, effects=effects_of),
        payouts=PayoutAggregate(payout_rules(platform), effects=effects_of),
        limits=LimitAggregate(effects=effects_of),
        suspense=SuspenseAggregate(suspense_rules(platform), effects=effects_of),
        suppliers=StoredSuppliers(lend),
        money=MoneyByPayee(
            {
                Payee.BUYER: on_paper.send,
                Payee.INSPECTOR: on_paper.send,
                Payee.SENDER: on_paper.send,
                Payee.SUPPLIER: BatchMoney().send,
            }
        ),
        messenger=NullMessenger(),
        checks=checks,
    )
