"""Changing orders: begin one, ask it a command, ask many at once, and find out what became of a key.

One address takes every command, told apart by its `type`: what `actions` names is what is sent, and a batch takes the
same values. The `Idempotency-Key` is the command's id, so an answer that was lost is asked for again by sending the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal, Union

import msgspec
from django.http import HttpRequest, HttpResponse
from ninja import Router

from fairlot.application.access import Identity, MemberRight, Read, rights_in
from fairlot.application.asking import UNGRANTED, WEIGHTY, capacity_for, vetted
from fairlot.application.asking import ask as ask_of_order
from fairlot.application.drafting import CONTRACT_BYTES_MAX, propose_contract
from fairlot.application.execute_many import execute_many
from fairlot.application.keys import KeyedOutcome, find_outcomes, keyed_id, keyed_order_id
from fairlot.application.outcome import Outcome, Outdated
from fairlot.application.queries.seen import SeenOrder, reader_of, see_orders
from fairlot.application.queries.spoken_parts import Speaker
from fairlot.application.turn import Submission
from fairlot.domain.contract.document import Contract, canonical_bytes
from fairlot.domain.contract.terms import terms_of
from fairlot.domain.order import commands as c
from fairlot.domain.order.events import OrderEvent
from fairlot.domain.order.refusals import Code, Refused
from fairlot.domain.order.state import Order
from fairlot.domain.party import Actor, Role
from fairlot.domain.words.events import tell_event
from fairlot.domain.words.speech import Speech
from fairlot.interfaces.api import orders
from fairlot.interfaces.api.answers import event_answer
from fairlot.interfaces.api.asked import (
    FORMS,
    AcceptVersion,
    AskedCommand,
    Country,
    ProposeVersion,
    command_type_of,
    plain_command,
)
from fairlot.interfaces.api.auth import caller_of, refuse_unless_fresh
from fairlot.interfaces.api.contracts import refuse_faulty
from fairlot.interfaces.api.document import declared
from fairlot.interfaces.api.problems import Declined, Trouble, language_of, sentence_of
from fairlot.interfaces.api.sight import ORDER_ID, RoleQuery, see, speech_for
from fairlot.interfaces.api.wire import (
    KEY,
    KEY_PATTERN,
    NoQuery,
    answer,
    body_bytes,
    body_of,
    decoded,
    expected_version,
    idempotency_key,
    query_of,
    scoped,
)
from fairlot.store.conversation import lift_message, messages_of
from fairlot.store.keyed_commands import head_seq
from fairlot.writing_room import WritingRoom, lent_connection, writing_room

BATCH_MAX = 100
BATCH_BYTES_MAX = 1024 * 1024
DEFAULT_EDITION = "escrow-2026"

router = Router(tags=["Commands"])
Key = Annotated[str, msgspec.Meta(pattern=KEY_PATTERN)]
# Accepting spans two aggregates and has a way of its own, which no batch takes.
BatchedCommand: Any = Union[tuple(form for form in FORMS if form is not AcceptVersion)]  # noqa: UP007  (made at run time)


class NewOrder(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Begin an order by proposing its contract; your company is its buyer or its supplier."""

    contract: Contract
    edition: Annotated[
        str,
        msgspec.Meta(max_length=64, description="Edition of the programme, by name or policy id."),
    ] = DEFAULT_EDITION
    buyer_country: Country = ""


class ToldEvent(msgspec.Struct, frozen=True, kw_only=True):
    """An event that a command left, and its sentence."""

    event: OrderEvent
    told: str


class Done(msgspec.Struct, frozen=True, kw_only=True):
    """What a command brought about; `is_replay` where its key had been answered before, and this is that answer."""

    order_id: str
    key: str
    version: int
    is_replay: bool
    events: tuple[ToldEvent, ...]


class KeyAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a key: done with its events, refused with its code, or unknown.

    Unknown says that nothing was recorded under it, or that it is being decided this moment: send the same again.
    """

    key: str
    state: Literal["done", "refused", "unknown"]
    order_id: str = ""
    code: str = ""
    facts: Mapping[str, str | int] = {}
    detail: str = ""
    events: tuple[ToldEvent, ...] = ()


class BatchItem(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename={"role": "as"}
):
    """One command of a batch, under a key of its own."""

    order_id: Annotated[str, msgspec.Meta(max_length=64)]
    key: Key
    command: BatchedCommand
    role: Role | None = None


class Batch(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Commands that are recorded in one transaction; a refusal is that command's alone."""

    commands: Annotated[tuple[BatchItem, ...], msgspec.Meta(min_length=1, max_length=BATCH_MAX)]


class BatchAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """What became of each command, in the order in which they were sent."""

    outcomes: tuple[KeyAnswer, ...]


# Beside the list, which has the same address.
@orders.router.post(
    "/orders",
    summary="Begin an order",
    openapi_extra=declared(answer=Done, status=201, body=NewOrder, takes_key=True),
)
def begin_order(request: HttpRequest) -> HttpResponse:
    """Draft an order and propose its contract in one step. The order's id follows from the key."""
    query_of(request, NoQuery)
    key = idempotency_key(request)
    asked = body_of(request, NewOrder)
    room = writing_room()
    actor = _beginner(caller_of(request).identity, asked.contract)
    refuse_faulty(asked.contract, language_of(request))
    policy_id = _policy_of(asked.edition, room)
    command_id = scoped(actor, key)
    order_id = keyed_order_id(command_id)
    outcome = propose_contract(
        order_id,
        asked.contract,
        policy_id=policy_id,
        actor=actor,
        command_id=command_id,
        buyer_country=asked.buyer_country,
        desk=room.desk,
        files=room.reading.files,
    )
    contract = asked.contract
    speech = Speech(
        language=language_of(request), currency=contract.currency, zone=contract.shipment.zone
    )
    return _done(outcome, key, speech, status=201)


def _beginner(identity: Identity, contract: Contract) -> Actor:
    """Return as which side somebody begins an order. Raises Declined."""
    sides = {contract.buyer.company_id: Role.BUYER, contract.supplier.company_id: Role.SUPPLIER}
    for member in identity.memberships:
        role = sides.get(member.company_id)
        if role is not None and MemberRight.DRAFT in rights_in(identity, member.company_id):
            return Actor(role=role, company_id=member.company_id, person_id=identity.person_id)
    raise Declined(Code.NOT_PERMITTED)


def _policy_of(edition: str, room: WritingRoom) -> str:
    for key, policy in room.reading.policies.items():
        if edition in {key, policy.edition}:
            return key
    raise Declined(Code.UNKNOWN_REFERENCE, reference=edition)


@router.post(
    "/orders/{order_id}/commands",
    summary="Ask a command",
    openapi_extra=declared(
        answer=Done,
        body=AskedCommand,
        query=RoleQuery,
        takes_key=True,
        takes_version=True,
        gives_version=True,
    ),
)
def ask_order(request: HttpRequest, order_id: str) -> HttpResponse:
    """Ask the order one command, such as ConfirmReceipt. `actions` tells which it takes now, and why not the others."""
    query = query_of(request, RoleQuery)
    key = idempotency_key(request)
    seen = see(request, order_id)
    version = expected_version(request)
    asked = decoded(body_bytes(request, expected="application/json"), AskedCommand)
    actor = _capacity(caller_of(request).identity, seen, asked, query.role)
    if isinstance(actor, Code):
        raise Declined(actor)
    _refuse_light(request, asked)
    try:
        outcome = ask(request, seen, asked, actor=actor, key=key, version=version)
    except Outdated:
        raise _changed(request, order_id, since=version or 0) from None
    return _done(outcome, key, speech_for(request, seen.order))


def _capacity(
    identity: Identity, seen: SeenOrder, asked: msgspec.Struct, role: Role | None
) -> Actor | Code:
    """Return in which capacity somebody may ask what was sent, or why in none."""
    inspection_id = getattr(asked, "inspection_id", "")
    kind = command_type_of(asked)
    return capacity_for(identity, seen, kind, role=role, inspection_id=inspection_id)


def _refuse_light(request: HttpRequest, asked: msgspec.Struct) -> None:
    """Raise Declined where a browser asks something weighty and nobody has just said who sits there."""
    if command_type_of(asked) in WEIGHTY:
        refuse_unless_fresh(request)


def ask(
    request: HttpRequest,
    seen: SeenOrder,
    asked: msgspec.Struct,
    *,
    actor: Actor,
    key: str,
    version: int | None,
) -> Outcome:
    """Ask an order a command in its own way. Raises Declined, Outdated, Unavailable."""
    command = domain_command(request, asked, seen)
    if isinstance(command, c.AcceptVersion) and version not in {None, seen.version}:
        # What is accepted is named by its hash, so a version seen before serves only to ask less often.
        raise Outdated(seen.version)
    outcome = ask_of_order(
        seen.order_id,
        command,
        actor=actor,
        command_id=scoped(actor, key),
        desk=writing_room().desk,
        expected_seq=version,
    )
    if outcome.is_done and isinstance(asked, ProposeVersion):
        _note_lifted(seen.order_id, command, asked.message)
    return outcome


def domain_command(request: HttpRequest, asked: msgspec.Struct, seen: SeenOrder) -> c.OrderCommand:
    """Return the domain's command; a contract is kept before it is proposed. Raises Declined, Refused."""
    if isinstance(asked, AcceptVersion):
        return c.AcceptVersion(version_hash=asked.version_hash, grant=UNGRANTED)
    if not isinstance(asked, ProposeVersion):
        return vetted(
            plain_command(asked),
            seen.order_id,
            seen.order,
            person_id=caller_of(request).identity.person_id,
            desk=writing_room().desk,
        )
    contract = asked.contract
    refuse_faulty(contract, language_of(request))
    _refuse_other_parties(contract, seen.order)
    _refuse_unsaid(seen.order_id, asked.message)
    writing_room().reading.files.put([canonical_bytes(contract)], bytes_max=CONTRACT_BYTES_MAX)
    terms = terms_of(contract, buyer_country=asked.buyer_country, order_id=seen.order_id)
    return c.ProposeVersion(terms=terms)


def _refuse_other_parties(contract: Contract, order: Order) -> None:
    sides = {"buyer": order.buyer_id, "supplier": order.supplier_id}
    for side, company_id in sides.items():
        if getattr(contract, side).company_id != company_id:
            reason = f"the order is {company_id}'s"
            raise Declined(Trouble.CONTRACT_INVALID, key=f"{side}.company_id", reason=reason)


def _refuse_unsaid(order_id: str, message: int | None) -> None:
    """Raise Declined where a version is said to be lifted from a message that is not there."""
    if message is None:
        return
    with lent_connection() as connection:
        found = messages_of(connection, order_id=order_id, after=message - 1, limit=1)
    if not found or found[0].number != message:
        raise Declined(Code.UNKNOWN_REFERENCE, reference=str(message))


def _note_lifted(order_id: str, command: c.OrderCommand, message: int | None) -> None:
    assert isinstance(command, c.ProposeVersion), "what is lifted is a version"
    if message is not None:
        version_hash = command.terms.version_hash
        with lent_connection() as connection:
            lift_message(connection, order_id=order_id, version_hash=version_hash, number=message)


def _changed(request: HttpRequest, order_id: str, *, since: int) -> Declined:
    """Return the problem that tells what changed since a version, to whom the record is open."""
    seen = see(request, order_id)
    speech = speech_for(request, seen.order)
    speaker = Speaker(
        language=speech.language,
        currency=speech.currency,
        zone=speech.zone,
        now=writing_room().reading.clock(),
    )
    may_see = reader_of(caller_of(request).identity, seen, Read.EVENTS) is not None
    later = (one for one in seen.story if may_see and one.seq > since)
    changes = tuple(msgspec.to_builtins(event_answer(one, speaker)) for one in later)
    return Declined(
        Trouble.ORDER_CHANGED, changes=changes, speech=speech, version=seen.version, expected=since
    )


def _done(outcome: Outcome, key: str, speech: Speech, *, status: int = 200) -> HttpResponse:
    if outcome.code is not None:
        raise Declined(outcome.code, outcome.facts, speech=speech)
    with lent_connection() as connection:
        version = head_seq(connection, outcome.aggregate_id)
    done = Done(
        order_id=outcome.aggregate_id,
        key=key,
        version=version,
        is_replay=outcome.is_replay,
        events=_told(outcome.events, speech),
    )
    return answer(done, status=status, version=version)


def _told(events: tuple[Any, ...], speech: Speech) -> tuple[ToldEvent, ...]:
    return tuple(ToldEvent(event=event, told=tell_event(event, speech)) for event in events)


@router.get(
    "/commands/{key}",
    summary="What became of a key",
    openapi_extra=declared(answer=KeyAnswer),
)
def outcome_of_key(request: HttpRequest, key: str) -> HttpResponse:
    """Whether a command was done, refused, or never recorded. Keys are kept for ever, and only their sender finds them."""
    query_of(request, NoQuery)
    if not KEY.fullmatch(key):
        raise Declined(Trouble.NOT_FOUND)
    identity = caller_of(request).identity
    scopes = [member.company_id for member in identity.memberships]
    if identity.staff_roles:
        scopes.append(identity.person_id)
    room = writing_room()
    with lent_connection() as connection:
        found = find_outcomes(
            connection, [keyed_id(scope, key) for scope in scopes], orders=room.desk.orders
        )
        seen = see_orders(
            connection,
            [one.order_id for one in found],
            identity=identity,
            policies=room.reading.policies,
        )
    for one in found:
        if one.order_id in seen:
            return answer(_keyed(request, key, one, seen[one.order_id]))
    return answer(KeyAnswer(key=key, state="unknown"))


def _keyed(request: HttpRequest, key: str, found: KeyedOutcome, seen: SeenOrder) -> KeyAnswer:
    speech = speech_for(request, seen.order)
    return _key_answer(key, found.order_id, found.code, found.facts, found.events, speech)


def _key_answer(  # noqa: PLR0917  (the parts of an answer, always in this order)
    key: str,
    order_id: str,
    code: Code | None,
    facts: Mapping[str, str | int],
    events: tuple[Any, ...],
    speech: Speech,
) -> KeyAnswer:
    return KeyAnswer(
        key=key,
        state="done" if code is None else "refused",
        order_id=order_id,
        code="" if code is None else code.value,
        facts=facts,
        detail="" if code is None else sentence_of(code, facts, speech=speech),
        events=_told(events, speech),
    )


@router.post(
    "/commands",
    summary="Ask many commands",
    openapi_extra=declared(answer=BatchAnswer, body=Batch, may_conflict=True),
)
def ask_many(request: HttpRequest) -> HttpResponse:
    """Ask up to 100 commands of any orders in one transaction, each under its own key. AcceptVersion is asked alone."""
    query_of(request, NoQuery)
    body = body_bytes(request, expected="application/json", bytes_max=BATCH_BYTES_MAX)
    items: tuple[BatchItem, ...] = decoded(body, Batch).commands
    identity = caller_of(request).identity
    room = writing_room()
    wanted = sorted({item.order_id for item in items if ORDER_ID.fullmatch(item.order_id)})
    with lent_connection() as connection:
        seen = see_orders(connection, wanted, identity=identity, policies=room.reading.policies)
    outcomes: dict[int, KeyAnswer] = {}
    batch: dict[int, Submission] = {}
    for place, item in enumerate(items):
        submission = _submission(request, item, identity, seen.get(item.order_id))
        if isinstance(submission, Submission):
            batch[place] = submission
        else:
            speech = Speech(language=language_of(request))
            code, facts = submission.code, submission.facts
            outcomes[place] = _key_answer(item.key, item.order_id, code, facts, (), speech)
    done = execute_many(list(batch.values()), aggregate=room.desk.orders, using=room.desk.path)
    for place, outcome in zip(batch, done, strict=True):
        item = items[place]
        speech = speech_for(request, seen[item.order_id].order)
        outcomes[place] = _key_answer(
            item.key, item.order_id, outcome.code, outcome.facts, outcome.events, speech
        )
    return answer(BatchAnswer(outcomes=tuple(outcomes[place] for place in range(len(items)))))


def _submission(
    request: HttpRequest, item: BatchItem, identity: Identity, seen: SeenOrder | None
) -> Submission | Refused:
    if seen is None:
        return Refused(Code.UNKNOWN_ORDER)
    actor = _capacity(identity, seen, item.command, item.role)
    if isinstance(actor, Code):
        return Refused(actor)
    _refuse_light(request, item.command)
    try:
        command = domain_command(request, item.command, seen)
    except Refused as refused:
        return refused
    return Submission(
        aggregate_id=seen.order_id,
        command_id=scoped(actor, item.key),
        actor=actor,
        command=command,
    )
