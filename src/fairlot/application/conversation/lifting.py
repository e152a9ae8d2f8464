"""Lifting what a message says into a change proposal: its terms are added to the contract that stands, and it is named."""

from __future__ import annotations

from collections.abc import Sequence
from typing import get_args

from msgspec.structs import replace

from fairlot.application.desk import Desk
from fairlot.application.drafting import propose_version
from fairlot.application.outcome import Outcome
from fairlot.domain.contract.document import Contract, Term, contract_hash
from fairlot.domain.contract.papers.reading import ProposedTerm
from fairlot.domain.contract.vocabulary import Topic
from fairlot.domain.party import Actor
from fairlot.store.conversation import lift_message
from fairlot.store.files import FileStore

TOPIC_OTHERWISE: Topic = "other"


def with_terms(contract: Contract, lifted: Sequence[ProposedTerm]) -> Contract:
    """Return the contract with terms added as they were written, under ids of their own."""
    taken = {term.id for term in contract.terms}
    free = (name for number in range(1, 10_000) if (name := f"m{number}") not in taken)
    added = tuple(
        Term(id=name, topic=_topic(term.kind), text=term.text)
        for term, name in zip(lifted, free, strict=False)
    )
    return replace(contract, terms=(*contract.terms, *added))


def propose_lifted(
    order_id: str,
    contract: Contract,
    *,
    message: int,
    buyer_country: str,
    actor: Actor,
    command_id: str,
    desk: Desk,
    files: FileStore,
) -> Outcome:
    """Propose a valid contract as a version that a message was lifted into; asked again with the same id it is the same."""
    outcome = propose_version(
        order_id,
        contract,
        actor=actor,
        command_id=command_id,
        buyer_country=buyer_country,
        desk=desk,
        files=files,
    )
    if outcome.is_done:
        with desk.connect() as connection:
            lift_message(
                connection, order_id=order_id, version_hash=contract_hash(contract), number=message
            )
    return outcome


def _topic(kind: str) -> Topic:
    return next((topic for topic in get_args(Topic) if topic == kind), TOPIC_OTHERWISE)
