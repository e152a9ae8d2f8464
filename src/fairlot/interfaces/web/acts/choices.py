"""What there is to choose from in the forms of acts: taken from the order and its rules, told as its story tells it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from enum import StrEnum
from typing import Any

import msgspec

from fairlot.application.access import is_anothers_inspection
from fairlot.application.hearing import HEARING_ROLES
from fairlot.domain.order.state import open_dispute
from fairlot.domain.order.terms import Party
from fairlot.domain.party import Role
from fairlot.domain.policy.model import Rail
from fairlot.domain.words.events import tell_event
from fairlot.domain.words.language import Words
from fairlot.domain.words.standing import said
from fairlot.interfaces.web.acts.fields import Option, Sight
from fairlot.interfaces.web.acts.words import form_words
from fairlot.interfaces.web.contract_panel import text_of
from fairlot.store.people.models import Person

Options = Callable[[Sight], Sequence[Option]]


def heard(path: str, tell: Callable[[Any, Sight], str] | None = None) -> Options:
    """Return what offers the values of a field (`claims.0.ground` looks inside) with which the command would be heard."""
    telling = tell or _told

    def offered(sight: Sight) -> Sequence[Option]:
        values: dict[Any, bool] = {}
        for command, is_granted in sight.heard:
            values.setdefault(_at(command, path), is_granted)
        refused = form_words(sight.language)["is_refused"]
        return [
            (str(value), telling(value, sight) + ("" if is_granted else f" {refused}"))
            for value, is_granted in values.items()
            if _is_own(value, sight)
        ]

    return offered


def as_it_is(value: Any, _: Sight) -> str:
    """Tell a name that needs no words."""
    return str(value)


def as_rail(value: Any, sight: Sight) -> str:
    """Tell a way to pay."""
    return said(Rail(value), sight.language)


def members(kind: type[StrEnum], *, without: frozenset[StrEnum] = frozenset()) -> Options:
    """Return what offers a closed list of the rules."""

    def offered(sight: Sight) -> Sequence[Option]:
        return [(each.value, said(each, sight.language)) for each in kind if each not in without]

    return offered


def named(choices: dict[str, Words]) -> Options:
    """Return what offers a few values by their words."""

    def offered(sight: Sight) -> Sequence[Option]:
        return [(value, words.say(sight.language)) for value, words in choices.items()]

    return offered


def terms(sight: Sight) -> Sequence[Option]:
    """Offer the terms that a claim can stand on, in the contract's words."""
    known = {term.id: term for term in sight.contract.terms} if sight.contract is not None else {}
    facts = sight.order.terms.terms if sight.order.terms is not None else ()
    return [
        (
            fact.id,
            text_of(known[fact.id], sight.contract, sight.language)
            if sight.contract is not None and fact.id in known
            else fact.id,
        )
        for fact in facts
        if fact.claimable
    ]


def lines(sight: Sight) -> Sequence[Option]:
    """Offer the lines of an order that has several, by their articles; a claim that names none is about all."""
    agreed = sight.order.terms.lines if sight.order.terms is not None else ()
    if len(agreed) <= 1:
        return ()
    articles = [line.article for line in sight.contract.lines] if sight.contract is not None else []
    return [
        (
            str(line.number),
            articles[line.number - 1] if line.number <= len(articles) else str(line.number),
        )
        for line in agreed
    ]


def shipments(sight: Sight) -> Sequence[Option]:
    """Offer the shipments of an order that has several."""
    found = sight.order.shipments
    return [(each.id, _told(each.id, sight)) for each in found] if len(found) > 1 else ()


def claims(sight: Sight) -> Sequence[Option]:
    """Offer the claims of the open dispute by their place in it."""
    dispute = open_dispute(sight.order)
    found = dispute.claims if dispute is not None else ()
    return [(str(place), said(claim.ground, sight.language)) for place, claim in enumerate(found)]


def evidence_of_the_other(sight: Sight) -> Sequence[Option]:
    """Offer every piece of evidence that the story tells of the other side."""
    dispute = open_dispute(sight.order)
    own = Party.SUPPLIER if sight.actor.role is Role.SUPPLIER else Party.BUYER
    found = dispute.evidence if dispute is not None else ()
    return [
        (item.item_hash, _told(item.item_hash, sight))
        for item in found
        if item.by is not own and not item.contested
    ]


def mediators(_: Sight) -> Sequence[Option]:
    """Offer everybody on the platform who hears cases."""
    found = Person.objects.filter(staff_roles__role__in=HEARING_ROLES).distinct().order_by("id")
    return [(str(each.pk), each.get_full_name() or str(each.pk)) for each in found]


def _at(value: Any, path: str) -> Any:
    for part in path.split("."):
        value = value[int(part)] if part.isdecimal() else getattr(value, part)
    return value


def _is_own(value: Any, sight: Sight) -> bool:
    return not is_anothers_inspection(sight.actor, str(value), sight.order)


def _told(value: Any, sight: Sight) -> str:
    """Tell an id by the sentence of the event that brought it up first."""
    if isinstance(value, StrEnum):
        return said(value, sight.language)
    for recorded in sight.seen.story:
        if value in set(_texts(recorded.event)):
            return tell_event(recorded.event, sight.speech)
    return str(value)


def _texts(event: msgspec.Struct) -> Iterator[str]:
    for value in msgspec.structs.astuple(event):
        if isinstance(value, str):
            yield value
        elif isinstance(value, msgspec.Struct):
            yield from (each for each in msgspec.structs.astuple(value) if isinstance(each, str))
