"""Contracts as versions of an order: the document is kept by hash, its facts become the proposal; tried first if asked."""

from __future__ import annotations

import functools

from fairlot.application.desk import Desk, derived_id
from fairlot.application.outcome import Outcome
from fairlot.domain.contract.document import Contract, canonical_bytes
from fairlot.domain.contract.terms import terms_of
from fairlot.domain.order.asked import Asked
from fairlot.domain.order.commands import OpenDraft, OrderCommand, ProposeVersion
from fairlot.domain.order.decide import decide
from fairlot.domain.order.evolve import evolve
from fairlot.domain.order.refusals import Code
from fairlot.domain.order.state import EMPTY, Order
from fairlot.domain.party import Actor
from fairlot.store.files import FileStore

CONTRACT_BYTES_MAX = 4 * 1024 * 1024


def propose_contract(
    order_id: str,
    contract: Contract,
    *,
    policy_id: str,
    actor: Actor,
    command_id: str,
    buyer_country: str = "",
    desk: Desk,
    files: FileStore,
) -> Outcome:
    """Begin the order if it has not begun, and propose the contract; asked again with the same id it changes nothing.

    The file is on disk before the event that names its hash. Returns the proposal's outcome.
    """
    files.put([canonical_bytes(contract)], bytes_max=CONTRACT_BYTES_MAX)
    begun = desk.ask_order(
        order_id,
        _draft_for(contract, policy_id),
        command_id=derived_id(command_id, "draft"),
        actor=actor,
    )
    if not begun.is_done and begun.code is not Code.ALREADY_EXISTS:
        return begun
    return propose_version(
        order_id,
        contract,
        actor=actor,
        command_id=command_id,
        buyer_country=buyer_country,
        desk=desk,
        files=files,
    )


def propose_version(
    order_id: str,
    contract: Contract,
    *,
    actor: Actor,
    command_id: str,
    buyer_country: str,
    desk: Desk,
    files: FileStore,
    expected_seq: int | None = None,
) -> Outcome:
    """Keep a valid contract and propose it as a version of an order; asked again with the same id it is the same.

    Raises Outdated where the order is not at `expected_seq`.
    """
    files.put([canonical_bytes(contract)], bytes_max=CONTRACT_BYTES_MAX)
    terms = terms_of(contract, buyer_country=buyer_country, order_id=order_id)
    return desk.ask_order(
        order_id,
        ProposeVersion(terms=terms),
        command_id=command_id,
        actor=actor,
        expected_seq=expected_seq,
    )


def drafted(contract: Contract, *, policy_id: str, asked: Asked) -> Order:
    """Return the order that a contract would begin; nothing is recorded. Raises Refused."""
    return _after(EMPTY, _draft_for(contract, policy_id), asked)


def proposed(
    order: Order, contract: Contract, *, order_id: str, buyer_country: str, asked: Asked
) -> Order:
    """Return an order as it would stand with a contract proposed; nothing is recorded. Raises Refused."""
    terms = terms_of(contract, buyer_country=buyer_country, order_id=order_id)
    return _after(order, ProposeVersion(terms=terms), asked)


def _draft_for(contract: Contract, policy_id: str) -> OpenDraft:
    return OpenDraft(
        policy_id=policy_id,
        buyer_id=contract.buyer.company_id,
        supplier_id=contract.supplier.company_id,
    )


def _after(order: Order, command: OrderCommand, asked: Asked) -> Order:
    events = decide(order, command, actor=asked.actor, now=asked.now, policy=asked.policy)
    return functools.reduce(evolve, events, order)
