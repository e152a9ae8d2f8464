"""Acts of the agreement: proposals, acceptances, changes, mandates, the supplier's limit."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from fairlot.application.supplier.supplier_standing import suspend
from fairlot.domain.order import commands as c
from fairlot.domain.order.state import Right
from fairlot.domain.order.terms import Terms
from fairlot.domain.party import Actor, Role
from fairlot.domain.policy.loading import policy_id
from tests.cases.case_file import Act
from tests.cases.contract import terms_of
from tests.cases.story import NotTranslatedError, Player, Story
from tests.cases.telling import minor_units, named_otherwise
from tests.cases.vocabulary import rights

FIRST_VERSION = "h1"
_FIGURES = r"[\d,]+(?:\.\d+)?"
_SHOWN = re.compile(rf"covered amount (?P<covered>{_FIGURES}), cover (?P<cover>{_FIGURES})")
NOT_TERMS = frozenset({"version", "order", "policy", "note", "worker_has_run"})


def agree(story: Story, act: Act) -> bool | None:
    """Both agreed in one moment: the supplier proposed the version and the buyer accepted it."""
    other = act.details.get("order")
    story.free_limits.setdefault(act.at, story.supplier.free_minor())
    if other not in {None, story.contract["order"]}:
        return _agree_another(story, act) if story.preparing else _try_another(story, act)
    edition = act.details.get("policy")
    if edition is not None and not story.events:
        story.use_edition(edition)
    name = act.details.get("version", FIRST_VERSION)
    _propose(story, story.supplier.actor, name, _terms_named(act))
    if name in story.versions:
        _accept(story, story.buyer, name)
    return None


def _terms_named(act: Act) -> dict[str, Any]:
    return {name: value for name, value in act.details.items() if name not in NOT_TERMS}


def _agree_another(story: Story, act: Act) -> bool:
    """Another order with the same supplier: of it only the limit that it takes matters here."""
    covered = act.details.get("covered_amount", act.details.get("total"))
    name = str(act.details["order"])
    story.other_grants[name] = story.supplier.take(
        story.desk.policy,
        order_id=f"{story.desk.order_id}_{name}",
        amount_minor=story.contract["covered_amount"] if covered is None else covered,
        currency=story.contract["currency"],
    )
    return True


def _try_another(story: Story, act: Act) -> bool | None:
    """Another order's version names the cover that was free when it was written; whether it still is, its limit says."""
    covered = act.details.get("covered_amount", act.details.get("total"))
    name = str(act.details["order"])
    story.keep(
        story.supplier.reserve(
            story.desk.policy,
            order_id=f"{story.desk.order_id}_{name}",
            amount_minor=story.contract["covered_amount"] if covered is None else covered,
            currency=story.contract["currency"],
            free_minor=story.free_limits[act.at],
        )
    )
    return None


def _propose(story: Story, actor: Actor, name: str, change: Mapping[str, Any]) -> None:
    if not story.events:
        draft = c.OpenDraft(
            policy_id=policy_id(story.desk.policy),
            buyer_id=story.buyer.company_id,
            supplier_id=story.supplier.company_id,
        )
        if not story.ask(actor, draft).is_done:
            return
    contract = story.version(name, change)
    story.ask(actor, c.ProposeVersion(terms=_terms(story, name, contract)))


def _terms(story: Story, name: str, contract: Mapping[str, Any]) -> Terms:
    """The cover that stands in a version is what the free limit gives when it is written (ruling A24)."""
    covered = contract["covered_amount"]
    if story.contract["supplier_enrolled"]:
        # What was granted stands; only more needs more of the limit (ruling A11).
        has = story.order.cover_minor
        more = covered - has
        covered = has + story.grant(more, more).cover_minor if more > 0 else covered
    return terms_of(contract, version=name, covered_minor=covered, claimed=story.claimed_words)


def _accept(story: Story, actor: Actor, name: str) -> None:
    if not story.versions:
        # Where a case tells of no proposal, the version that is accepted lies there from the other side.
        other = story.buyer if actor.role is Role.SUPPLIER else story.supplier.actor
        _propose(story, other, name, {})
    contract = story.versions.get(name, story.contract)
    terms = _terms(story, name, contract)
    if story.keep(story.desk.accept(actor, terms.version_hash)).is_done:
        story.contract = contract
        story.supplier.hold_payouts()


def propose(story: Story, act: Act) -> bool | None:
    change = dict(act.details.get("change") or _terms_named(act))
    _propose(story, story.actor(act.by), act.details.get("version", FIRST_VERSION), change)
    return None


def accept(story: Story, act: Act) -> bool | None:
    other = named_otherwise(story.case, act.details)
    if other:
        return _accept_another(story, act, other)
    _accept(story, story.actor(act.by), act.details.get("version", FIRST_VERSION))
    return None


def _accept_another(story: Story, act: Act, name: str) -> bool | None:
    """A version of another order is accepted, whose covered amount and cover a note tells. Raises NotTranslatedError."""
    shown = _SHOWN.search(str(act.details.get("note") or ""))
    currency = story.contract["currency"]
    if shown is None or currency != story.desk.policy.limits.currency:
        raise NotTranslatedError(f"a version of the order {name}")
    covered, free = (minor_units(story.case, shown[part]) for part in ("covered", "cover"))
    story.keep(
        story.supplier.reserve(
            story.desk.policy,
            order_id=f"{story.desk.order_id}_{name}",
            amount_minor=covered,
            currency=currency,
            free_minor=free,
        )
    )
    return None


def grant_mandate(story: Story, act: Act) -> bool | None:
    if not story.events:
        draft = c.OpenDraft(
            policy_id=policy_id(story.desk.policy),
            buyer_id=story.buyer.company_id,
            supplier_id=story.supplier.company_id,
        )
        story.ask(story.buyer, draft)
    agent = story.agent()
    granted = rights(act.details.get("rights") or ())
    story.ask(story.actor(act.by), c.GrantMandate(agent_id=agent.company_id, rights=granted))
    return None


def revoke_mandate(story: Story, act: Act) -> bool | None:
    story.ask(story.actor(act.by), c.RevokeMandate(agent_id=story.agent().company_id))
    return None


def pay_as_agent(story: Story, act: Act) -> bool:
    """Paying is the provider's to tell; that an agent may bring it about is what its mandate says."""
    agent = story.actor(act.by)
    if agent.role is Role.BUYER:
        return True
    granted = (m.rights for m in story.order.mandates if m.agent_id == agent.company_id)
    return Right.PAY in next(granted, ())


def set_limit(story: Story, act: Act) -> bool:
    story.supplier.set_limit(
        story.desk.policy,
        amount_minor=act.details["amount"],
        currency=story.contract["supplier_limit"]["currency"],
    )
    return True


def withdraw_badge(story: Story, act: Act) -> bool:
    """The supplier leaves the programme, or is made to."""
    del act
    desk = story.office.application
    return suspend(story.supplier.company_id, reason="said so", decided_by="operator", desk=desk)


ACTS: Mapping[str, Player] = {
    "agree": agree,
    "propose": propose,
    "accept": accept,
    "change_proposed": propose,
    "change_accepted": accept,
    "mandate_granted": grant_mandate,
    "mandate_revoked": revoke_mandate,
    "pay": pay_as_agent,
    "limit_set": set_limit,
    "badge_withdrawn": withdraw_badge,
}
