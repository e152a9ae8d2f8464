"""Trades on a real database: the same commands as in memory, asked of the write path with a clock that tests move."""

from __future__ import annotations

import datetime as dt
import hashlib
from pathlib import Path

import msgspec
import psycopg

from fairlot.application.execute import WritePath, execute
from fairlot.application.order_aggregate import OrderAggregate
from fairlot.application.reactions import effects_of
from fairlot.domain.contract.document import Contract, canonical_bytes
from fairlot.domain.contract.file_format import from_toml
from fairlot.domain.contract.terms import terms_of
from fairlot.domain.order.commands import OrderCommand
from fairlot.domain.order.events import OrderEvent
from fairlot.domain.order.evolve import evolve
from fairlot.domain.order.terms import Terms
from fairlot.domain.party import Actor
from fairlot.domain.policy.loading import policy_id
from fairlot.store.files import FileStore
from tests.support.postgres import Database
from tests.support.trades import Trade

EXAMPLES = Path(__file__).parents[2] / "examples"
FILE_BYTES_MAX = 1_000_000


def example_contract(language: str = "en") -> Contract:
    """Return the contract that ships as an example, without the sample that it refers to."""
    text = (EXAMPLES / f"power-banks.{language}.toml").read_text(encoding="utf-8")
    return msgspec.structs.replace(from_toml(text), approved_sample=None)


def keep_contract(files: FileStore, contract: Contract) -> Terms:
    """Store a contract's document and return its facts."""
    stored = files.put([canonical_bytes(contract)], bytes_max=FILE_BYTES_MAX)
    terms = terms_of(contract, buyer_country="US")
    assert stored.content_hash.hex() == terms.version_hash
    return terms


class StoredTrade(Trade):
    """A trade whose commands are recorded."""

    def __init__(
        self, database: Database, order_id: str, *, terms: Terms, edition: str = "escrow-2026"
    ) -> None:
        super().__init__(edition=edition, terms=terms)
        self.order_id = order_id
        self._aggregate = OrderAggregate({policy_id(self.policy): self.policy}, effects=effects_of)
        self._path = WritePath(
            lambda: psycopg.connect(database.app_dsn, autocommit=True), clock=self._clock
        )

    def ask(self, actor: Actor, command: OrderCommand) -> tuple[OrderEvent, ...]:
        """Ask the write path. Raises Refused."""
        self.settle()
        content = msgspec.json.encode([len(self.events), command])
        outcome = execute(
            command,
            aggregate=self._aggregate,
            aggregate_id=self.order_id,
            command_id=hashlib.sha256(content).hexdigest(),
            actor=actor,
            using=self._path,
        )
        events: tuple[OrderEvent, ...] = outcome.unwrap()
        for event in events:
            self.order = evolve(self.order, event)
            self.events.append(event)
        return events

    def close(self) -> None:
        """Let go of the connections."""
        self._path.close()

    def _clock(self) -> dt.datetime:
        return self.now
