"""R42: a dispute ends by an explicit act of the one entitled to it, and both sides are told how, each in its own language."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from fairlot.application.queries.probes import probes_of
from fairlot.application.telling.notices import NOTICES, notices_of
from fairlot.domain.order import commands as c
from fairlot.domain.order import events as e
from fairlot.domain.order.asked import Asked
from fairlot.domain.order.state import DisputeStatus, OfferKind
from fairlot.domain.order.transitions import RULES
from fairlot.domain.party import Actor, Role
from fairlot.domain.policy.model import Ground
from fairlot.domain.words.events import tell_event
from fairlot.domain.words.language import LANGUAGES
from fairlot.domain.words.notices import tell_notice
from fairlot.domain.words.speech import Speech
from tests.support.given import (
    AUDITOR,
    BANK,
    BUYER,
    EDITIONS,
    INSPECTOR,
    MEDIATOR,
    OPERATOR,
    SUPERVISOR,
    SUPPLIER,
    Given,
    claim_on,
    days,
    given,
    refund_offer,
    seconds,
)

EVERYBODY = (BUYER, SUPPLIER, MEDIATOR, SUPERVISOR, OPERATOR, INSPECTOR, BANK, AUDITOR)
WITHDRAWAL = c.WithdrawClaim(claims=(claim_on(Ground.QUALITY, 1),), statement_hash="s" * 64)
Ending = Callable[[Given], Given]
# Who may end a dispute that the parties negotiate, and by which act; no other act of anybody does.
ENTITLED = {
    (Role.BUYER, c.AcceptOffer),
    (Role.SUPPLIER, c.AcceptOffer),
    (Role.BUYER, c.WithdrawClaim),
}


def negotiated(edition: str) -> Given:
    """A dispute with an offer of the supplier on the table."""
    return given(edition).disputed().by(SUPPLIER, refund_offer(150_000))


def plausible(here: Given, actor: Actor) -> Iterator[c.OrderCommand]:
    """Yield something of every command that the actor's role could ask at all."""
    asked = Asked(actor, here.now, here.policy)
    for command_type, rule in RULES.items():
        if actor.role in rule.roles:
            yield from probes_of(here.order, command_type, asked)


def is_negotiated_still(here: Given) -> bool:
    dispute = here.order.dispute
    return dispute is not None and dispute.is_open


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("by", [BUYER, SUPPLIER], ids=["buyer's offer", "supplier's offer"])
def test_r42_no_act_but_those_of_the_entitled_ends_a_dispute(edition: str, by: Actor) -> None:
    here = given(edition).disputed().by(by, refund_offer(150_000))
    ending, granted = set(), 0
    for actor in EVERYBODY:
        for command in plausible(here, actor):
            answer = here.when(actor, command)
            granted += answer.refusal is None
            if not is_negotiated_still(answer.after):
                ending.add((actor.role, type(command)))
    accepted = (Role.SUPPLIER if by is BUYER else Role.BUYER, c.AcceptOffer)
    assert ending == {accepted, (Role.BUYER, c.WithdrawClaim)}
    assert ending <= ENTITLED
    # Else nothing would have been tried.
    assert granted > len(ending) + 5


@pytest.mark.parametrize("edition", EDITIONS)
def test_r42_silence_hands_a_dispute_on_and_never_ends_it(edition: str) -> None:
    here = negotiated(edition)
    for later in (days(3), days(7), days(10)):
        silent = here.when_nobody_acts(here.now + later + seconds(1))
        assert is_negotiated_still(silent.after)
        assert not any(isinstance(event, e.DisputeExecuted) for event in silent.events)


def settled(here: Given) -> Given:
    return here.by(BUYER, c.AcceptOffer(offer_id="o1"))


def withdrawn(here: Given) -> Given:
    return here.by(BUYER, WITHDRAWAL)


def fulfilled(here: Given) -> Given:
    terms = c.OfferTerms(
        id="o2", kind=OfferKind.REPLACEMENT, quantity=50, until=here.now + days(20)
    )
    here = here.by(SUPPLIER, c.MakeOffer(offer=terms)).by(BUYER, c.AcceptOffer(offer_id="o2"))
    return here.by(BUYER, c.ConfirmFulfilled())


def decided(here: Given) -> Given:
    return here.decided(100_000).final()


ENDINGS: dict[str, tuple[Ending, type[e.Event], DisputeStatus]] = {
    "settled": (settled, e.OfferAccepted, DisputeStatus.SETTLED),
    "withdrawn": (withdrawn, e.ClaimWithdrawn, DisputeStatus.WITHDRAWN),
    "fulfilled": (fulfilled, e.SettlementFulfilled, DisputeStatus.SETTLED),
    "decided": (decided, e.DecisionFinal, DisputeStatus.EXECUTED),
}


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("name", sorted(ENDINGS))
def test_r42_both_sides_are_told_how_it_ended_each_in_its_language(name: str, edition: str) -> None:
    end, told_by, status = ENDINGS[name]
    ended = end(negotiated(edition))
    assert ended.order.dispute is not None
    assert ended.order.dispute.status is status
    event = ended.last(told_by)
    (effect,) = notices_of(event)
    notice = NOTICES[told_by]
    assert {Role.BUYER, Role.SUPPLIER} <= set(notice.recipients), effect
    facts = {fact: getattr(event, fact) for fact in notice.facts}
    notices = {
        tell_notice(notice.kind, facts, role=role, language=language).text
        for role in (Role.BUYER, Role.SUPPLIER)
        for language in LANGUAGES
    }
    lines = {
        tell_event(event, Speech(language=language, currency="USD", zone="UTC"))
        for language in LANGUAGES
    }
    assert len(lines) == len(LANGUAGES)
    assert len(notices) == len(LANGUAGES)
    assert all(lines)


def test_r42_the_decision_says_its_outcome_and_amount_in_both_languages() -> None:
    ended = decided(negotiated(EDITIONS[0]))
    said = {
        language: tell_event(
            ended.last(e.DecisionMade), Speech(language=language, currency="USD", zone="UTC")
        )
        for language in LANGUAGES
    }
    assert all("1,000.00" in text for text in said.values())
    assert "partial refund" in said["en"]
    assert "部分退款" in said["zh"]


def test_r42_a_withdrawal_says_to_both_what_was_given_up() -> None:
    event = withdrawn(negotiated(EDITIONS[0])).last(e.ClaimWithdrawn)
    said = [
        tell_event(event, Speech(language=language, currency="USD", zone="UTC"))
        for language in LANGUAGES
    ]
    assert said == [
        "The buyer gave up, for good: Goods defective or not as agreed.",
        "买方永久放弃：货物有缺陷或与约定不符。",
    ]


@pytest.mark.parametrize("reason", ["paid", "collected"])
def test_r42_a_case_of_the_platforms_own_ends_with_its_reason(reason: str) -> None:
    event = e.DisputeMoot(at=given().now, reason=reason)
    notice = NOTICES[type(event)]
    assert {Role.BUYER, Role.SUPPLIER} <= set(notice.recipients)
    texts = [
        tell_notice(notice.kind, {"reason": reason}, role=Role.BUYER, language=language).text
        for language in LANGUAGES
    ]
    others = [
        tell_notice(notice.kind, {"reason": "other"}, role=Role.BUYER, language=language).text
        for language in LANGUAGES
    ]
    assert all(len(text) > len(other) for text, other in zip(texts, others, strict=True))
