"""Acts of a dispute between the parties: claims, answers, offers, settlement, withdrawal, and appeals of refusals."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from fairlot.domain.order import commands as c
from fairlot.domain.order.standing import terms_of
from fairlot.domain.order.state import Claim, Offer, OfferKind, Status, Wish
from fairlot.domain.policy.model import Ground
from tests.cases.case_file import Act, instant
from tests.cases.contract import term_id
from tests.cases.story import NotTranslatedError, Player, Story, text_hash
from tests.cases.vocabulary import ANSWER_DECLINES, OFFERS, UnknownWordError, grounds, plain, word

# Grounds that stand on the contract's terms.
TERM_GROUNDS = frozenset({Ground.QUALITY})
_LINE_NAMED = re.compile(r"\bline (\d+)\b", re.IGNORECASE)
_REASON_ON_TERMS = re.compile(r"(?P<reason>[\w -]+): ?(?P<terms>T\d+(?:(?:,| and) ?T\d+)*)")
_TERM_NAMED = re.compile(r"\bT\d+\b")
_OFFER_WORDS = re.compile(
    r"\b(return and refund|refund|replacement|rework|extension)\b", re.IGNORECASE
)
_PIECES = re.compile(r"\b(\d+) (?:pieces|pcs|units)\b")


def claims_of(story: Story, details: Mapping[str, Any]) -> tuple[Claim, ...]:
    """Return one claim for each ground of the reason; only those that stand on terms name terms.

    Where a case says nothing of terms, a claim of quality stands on all that can be claimed.
    """
    lines = tuple(int(line) for line in details.get("lines") or ())
    named = details.get("claims")
    reason = details.get("reason") or ("quality" if named else None)
    if reason is None:
        raise NotTranslatedError("a claim without a reason")
    if told := _REASON_ON_TERMS.fullmatch(str(reason)):
        reason, named = told["reason"], _TERM_NAMED.findall(told["terms"])
    terms = terms_of(story.order).terms if story.order.terms else ()
    if named is None:
        term_ids = tuple(term.id for term in terms if term.claimable)
    else:
        term_ids = tuple(term_id(text) for text in named)
    return tuple(
        Claim(ground=ground, lines=lines, term_ids=term_ids if ground in TERM_GROUNDS else ())
        for ground in grounds(reason)
    )


def open_dispute(story: Story, act: Act) -> bool | None:
    evidence = act.details.get("evidence")
    story.ask(
        story.actor(act.by),
        c.OpenDispute(
            claims=claims_of(story, act.details),
            known_at=story.case.known_at,
            evidence_hashes=() if not evidence else (text_hash(evidence),),
            wish=Wish(act.details.get("wish") or Wish.NONE),
        ),
    )
    return None


def add_claim(story: Story, act: Act) -> bool | None:
    for claim in claims_of(story, act.details):
        story.ask(story.actor(act.by), c.AddClaim(claim=claim))
    return None


def appeal_refusal(story: Story, act: Act) -> bool | None:
    refused = story.order.refused_claims
    story.ask(
        story.actor(act.by),
        c.AppealRefusal(
            refusal_id=refused[-1].id if refused else "none",
            reason_hash=text_hash(act.details.get("names") or "the rule was misread"),
        ),
    )
    return None


def answer(story: Story, act: Act) -> bool | None:
    """Answer the dispute; an offer that comes with the answer is made if its words say what it is."""
    words = plain(act.details.get("answer"))
    declines = words.partition(":")[0] in ANSWER_DECLINES
    story.ask(
        story.actor(act.by),
        c.AnswerDispute(decline=declines, reason_hash=text_hash(words) if declines else ""),
    )
    offered = act.details.get("offer")
    if isinstance(offered, Mapping):
        _make_offer(story, "supplier", offered)
    elif isinstance(offered, str):
        _make_offer_in_words(story, offered)
    return None


def _make_offer_in_words(story: Story, text: str) -> None:
    """An offer in words that lacks what a binding one needs stays a word."""
    kind = _OFFER_WORDS.search(text)
    pieces = _PIECES.search(text)
    if kind is None or word(OFFERS, kind[1]) is not OfferKind.REFUND:
        return
    amount = re.search(r"\d[\d,]*\.\d\d", text)
    if amount is None or pieces is not None:
        return
    minor = int(amount[0].replace(",", "").replace(".", ""))
    _make_offer(story, "supplier", {"kind": "refund", "amount": minor})


def offer(story: Story, act: Act) -> bool | None:
    _make_offer(story, act.by, act.details)
    return None


def _make_offer(story: Story, by: str, details: Mapping[str, Any]) -> str:
    until = details.get("until")
    offer_id = f"o{sum(1 for e in story.events if type(e).__name__ == 'OfferMade') + 1}"
    story.ask(
        story.actor(by),
        c.MakeOffer(
            offer=c.OfferTerms(
                id=offer_id,
                kind=word(OFFERS, details.get("kind") or "refund"),
                amount_minor=details.get("amount") or 0,
                quantity=details.get("quantity") or 0,
                until=None if until is None else instant(until),
                kept_amount_minor=details.get("else_price_reduction") or 0,
            )
        ),
    )
    return offer_id


def _standing(story: Story, by: str, amount: int | None) -> str:
    """Return the id of the offer that a party means: one of the other side, of that amount where it names one."""
    dispute = story.dispute()
    offers: list[Offer] = [] if dispute is None else [o for o in dispute.offers if o.by != by]
    meant = [o for o in offers if amount in {None, o.amount_minor}]
    return meant[-1].id if meant else "none"


def accept_offer(story: Story, act: Act) -> bool | None:
    offer_id = _standing(story, act.by, act.details.get("amount"))
    story.ask(story.actor(act.by), c.AcceptOffer(offer_id=offer_id))
    return None


def decline_offer(story: Story, act: Act) -> bool | None:
    offer_id = _standing(story, act.by, act.details.get("amount"))
    story.ask(story.actor(act.by), c.DeclineOffer(offer_id=offer_id))
    return None


def settle(story: Story, act: Act) -> bool | None:
    """Both settle for an amount: the supplier offers it and the buyer accepts."""
    amount = act.details.get("amount")
    if amount is None:
        raise NotTranslatedError("a settlement without an amount")
    offer_id = _make_offer(story, "supplier", {"kind": "refund", "amount": amount})
    story.ask(story.buyer, c.AcceptOffer(offer_id=offer_id))
    return None


def withdraw(story: Story, act: Act) -> bool | None:
    """Give up what the words restate: claims of the lines and terms they name, else all; before that, a proposal."""
    if story.order.status is Status.PROPOSED:
        proposal = story.order.proposal
        known = "" if proposal is None else proposal.terms.version_hash
        story.ask(story.actor(act.by), c.WithdrawVersion(version_hash=known))
        return None
    restated = act.details.get("restates")
    dispute = story.dispute()
    claims = () if dispute is None or not restated else dispute.claims
    if restated:
        claims = tuple(claim for claim in claims if _is_restated(claim, str(restated))) or claims
    story.ask(
        story.actor(act.by),
        c.WithdrawClaim(claims=claims, statement_hash=text_hash(restated) if restated else ""),
    )
    return None


def _is_restated(claim: Claim, text: str) -> bool:
    try:
        named = set(grounds(text))
    except UnknownWordError:
        named = set()
    terms = set(_TERM_NAMED.findall(text))
    lines = {int(number) for number in _LINE_NAMED.findall(text)}
    if named and claim.ground not in named:
        return False
    if terms and claim.term_ids and not terms & set(claim.term_ids):
        return False
    return not (lines and claim.lines and not lines & set(claim.lines))


ACTS: Mapping[str, Player] = {
    "open_dispute": open_dispute,
    "add_claim": add_claim,
    "appeal_refusal": appeal_refusal,
    "answer_dispute": answer,
    "offer": offer,
    "counter_offer": offer,
    "accept_offer": accept_offer,
    "decline_offer": decline_offer,
    "settle": settle,
    "withdraw": withdraw,
}
