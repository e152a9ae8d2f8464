"""The table at which a contract is written: whose it is, under which edition, and the order that it begins or changes.

A new order and one that is there differ only here: what is asked for is tried by the order's own rules before it is sent,
and goes the one way that programs and the command line go.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import msgspec
from msgspec.structs import replace

from fairlot.application.drafting import drafted, propose_contract, propose_version, proposed
from fairlot.application.keys import find_outcomes, keyed_id, keyed_order_id
from fairlot.application.outcome import Outcome, Outdated
from fairlot.application.queries.supplier_profile import cover_if_agreed
from fairlot.domain.contract.document import Contract, contract_hash
from fairlot.domain.contract.file_format import to_toml
from fairlot.domain.contract.template import TEMPLATES
from fairlot.domain.order.asked import Asked
from fairlot.domain.order.refusal_words import refusal_sentence
from fairlot.domain.order.refusals import Code, Refused
from fairlot.domain.order.state import Order
from fairlot.domain.party import Actor
from fairlot.domain.policy.model import CoverKind, Policy
from fairlot.domain.words.language import Language
from fairlot.interfaces.web.form_token import is_token
from fairlot.interfaces.web.proposing.paper import Sides, template_for
from fairlot.interfaces.web.proposing.words import PROPOSING
from fairlot.writing_room import lent_connection, writing_room

HASH_DIGITS = 16


class NotProposedError(Exception):
    """A contract was not proposed; the message says why, in the reader's language."""


class Table(msgspec.Struct, frozen=True, kw_only=True):
    """One form's order: `order_id` and `order` are empty for one that it would begin; `version` is what it was drawn from."""

    actor: Actor
    sides: Sides
    policy: Policy
    policy_id: str
    buyer_country: str
    now: dt.datetime
    language: Language
    order_id: str = ""
    order: Order | None = None
    version: int | None = None

    def tried(self, contract: Contract) -> Order:
        """Return the order as it would stand with the contract proposed. Raises NotProposedError."""
        asked = Asked(self.actor, self.now, self.policy)
        try:
            order = self.order or drafted(contract, policy_id=self.policy_id, asked=asked)
            return proposed(
                order,
                contract,
                order_id=self.order_id,
                buyer_country=self.buyer_country,
                asked=asked,
            )
        except Refused as refusal:
            raise NotProposedError(self._why(refusal.code, refusal.facts, contract)) from None

    def template(self, name: str, language: Language) -> str:
        """Return a template as text, with both parties and no more cover than is free of the supplier's limit now.

        Nothing for what is no template.
        """
        if name not in TEMPLATES:
            return ""
        made = template_for(name, sides=self.sides, language=language)
        try:
            free = cover_if_agreed(self.tried(made), desk=writing_room().desk)
        except NotProposedError:
            free = None
        if free is not None:
            made = replace(made, covered_minor=min(made.covered_minor, free.covered_minor))
        return to_toml(made)

    def may_split(self, contract: Contract) -> bool | None:
        """Say whether the edition lets the price be paid in parts with the contract's kind of cover, None if it has none."""
        kind = CoverKind(contract.cover_kind)
        if kind not in self.policy.cover_kinds:
            return None
        return self.policy.cover_rules(kind).split_payment

    def propose(self, contract: Contract, token: str) -> str:
        """Propose the contract, once for its form and its text, and return the order's id. Raises NotProposedError."""
        if not is_token(token):
            raise NotProposedError(PROPOSING["form_used"].say(self.language))
        scope = self.actor.company_id or self.actor.person_id
        order_id = self.order_id or keyed_order_id(keyed_id(scope, token))
        command_id = keyed_id(scope, f"{token}.{contract_hash(contract)[:HASH_DIGITS]}")
        if self._was_done(command_id):
            return order_id
        self.tried(contract)
        outcome = self._asked(order_id, contract, command_id)
        if outcome.code is not None:
            raise NotProposedError(self._why(outcome.code, outcome.facts, contract))
        return order_id

    def _was_done(self, command_id: str) -> bool:
        with lent_connection() as connection:
            found = find_outcomes(connection, [command_id], orders=writing_room().desk.orders)
        return bool(found) and found[0].code is None

    def _asked(self, order_id: str, contract: Contract, command_id: str) -> Outcome:
        room = writing_room()
        if self.order is None:
            return propose_contract(
                order_id,
                contract,
                policy_id=self.policy_id,
                actor=self.actor,
                command_id=command_id,
                buyer_country=self.buyer_country,
                desk=room.desk,
                files=room.reading.files,
            )
        try:
            return propose_version(
                order_id,
                contract,
                actor=self.actor,
                command_id=command_id,
                buyer_country=self.buyer_country,
                desk=room.desk,
                files=room.reading.files,
                expected_seq=self.version,
            )
        except Outdated:
            raise NotProposedError(PROPOSING["is_outdated"].say(self.language)) from None

    def _why(self, code: Code, facts: Mapping[str, str | int], contract: Contract) -> str:
        return refusal_sentence(
            code,
            facts,
            self.language,
            currency=contract.currency,
            zone=contract.shipment.zone,
        )
