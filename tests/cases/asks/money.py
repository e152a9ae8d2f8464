"""Questions of money: the ledger of an order from its postings, grants, splits, what must hold whatever happens."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from fractions import Fraction

from fairlot.domain.cover.limit import CoverGrant
from fairlot.domain.ledger.accounts import Account
from fairlot.domain.money import split_by_weights
from fairlot.domain.order.events import (
    InspectionBooked,
    OrderEvent,
    RecoveryBooked,
    RefundFunded,
)
from fairlot.domain.order.terms import Party
from tests.cases.asks.asked import Answer, Answerer, Asked
from tests.cases.desk import Posting
from tests.cases.ending import let_provider_act, run_to_the_end
from tests.cases.story import NotTranslatedError, Story
from tests.cases.supplier import Taken
from tests.cases.telling import named_order

# Entries by which money of the buyer comes in; a payment that bounced never left the buyer.
FROM_BUYER = frozenset({"payment_received", "payment_suspended", "payment_reversed"})
FEE_ADVANCED = "inspection_fee_advanced"
_ANOTHER_ORDER = re.compile(r"\bcovered amount ([\d,]+)")


def ledger_of(story: Story, currency: str) -> Answer:
    """Return who paid and who got what in one currency, from the order's stored postings."""
    story.run_worker()
    postings = [p for p in story.desk.postings() if p.currency == currency]
    events = story.desk.events()
    own = currency == story.contract["currency"]
    released = -_sum(postings, Account.PAYOUT_CLEARING, "funds_released")
    taken = story.supplier.taken_for(story.desk.order_id) if own else Taken()
    buyer_owes = _sum(postings, Account.BUYER_RECEIVABLE)
    waited = story.waiting.stood(currency)
    return {
        "buyer_paid_in": _paid_in(postings, events, Party.BUYER)
        - _sum(postings, Account.CREDIT_DRAWN)
        + waited.came_minor,
        "buyer_got_back": _got_back(postings) + waited.went_back_minor,
        "supplier_got": released - taken.own_minor + _sum(postings, Account.CREDIT_PAID),
        "inspector_got": -_sum(postings, Account.BANK, "inspector_paid"),
        "payment_fees": -_sum(postings, Account.PROCESSOR_FEE),
        "guarantee_fund_paid": _sum(postings, Account.GUARANTEE_FUND),
        "supplier_owes_programme": _sum(postings, Account.SUPPLIER_RECEIVABLE),
        # What a buyer took twice is lost until it comes back.
        "platform_loss": _sum(postings, Account.PLATFORM_COST) + buyer_owes,
        "held": -sum(
            _sum(postings, account)
            for account in (Account.HELD, Account.DUE_BUYER, Account.INSPECTION_FEE)
        ),
        "suspense": -_sum(postings, Account.SUSPENSE) + waited.came_minor - waited.went_back_minor,
        "supplier_paid_in": _sum(postings, Account.BANK, "supplier_repaid")
        + _paid_in(postings, events, Party.SUPPLIER)
        + taken.paid_in_minor,
        "buyer_owes_programme": buyer_owes,
        "uncovered_claim_on_supplier": _uncovered(events) if own else 0,
        "taken_from_other_payables": taken.others_minor,
    }


def _sum(postings: Sequence[Posting], account: Account, template: str | None = None) -> int:
    """Return what an account's lines come to, debits positive."""
    return sum(
        p.amount_minor
        for p in postings
        if p.account == account.value and template in {None, p.template}
    )


def _paid_in(postings: Sequence[Posting], events: Sequence[OrderEvent], party: Party) -> int:
    """Return what a party brought in: payments are the buyer's, an inspection's fee that of who advanced it."""
    fees = sum(
        p.amount_minor
        for p in postings
        if p.template == FEE_ADVANCED
        and p.account == Account.BANK.value
        and isinstance(event := events[p.seq - 1], InspectionBooked)
        and event.advanced_by is party
    )
    if party is Party.SUPPLIER:
        return fees
    return fees + sum(
        p.amount_minor
        for p in postings
        if p.template in FROM_BUYER and p.account == Account.BANK.value
    )


def _got_back(postings: Sequence[Posting]) -> int:
    """Return what left for the buyer: refunds confirmed, and what its bank took back, without the network's fee."""
    refunded = -_sum(postings, Account.BANK, "refund_confirmed")
    return refunded - _sum(postings, Account.BANK, "chargeback_lost")


def _uncovered(events: Sequence[OrderEvent]) -> int:
    claimed = sum(e.uncovered_minor for e in events if isinstance(e, RefundFunded))
    return claimed - sum(e.to_buyer_minor for e in events if isinstance(e, RecoveryBooked))


def ledger(asked: Asked) -> Answer:
    """Ask for the ledger as it stands, or after everything with the money settled."""
    story = asked.story
    if asked.question.at_end:
        run_to_the_end(story)
        let_provider_act(story)
    return ledger_of(story, story.contract["currency"])


def invariant(asked: Asked) -> Answer:
    """Ask what must hold at the end whatever happened."""
    answer = ledger(asked)
    return {f"{name}_at_most": amount for name, amount in answer.items()}


def grant(asked: Asked) -> Answer:
    """Ask what an order gets, or got, of its supplier's limit; a further order would be agreed now."""
    story = asked.story
    name = named_order(asked.question)[0] or str(story.contract["order"])
    order = story.order
    contract = story.contract
    if name.split(maxsplit=1)[0] == contract["order"]:
        if order.agreed_at is not None and order.terms is not None:
            covered = order.cover_minor
            total = order.terms.total_minor
        else:
            told = story.grant(contract["covered_amount"], contract["total"])
            covered, total = told.cover_minor, contract["total"]
        return {
            "cover": covered,
            "uncovered": total - covered,
            "shown_before": {"cover": covered, "uncovered": total - covered},
            **_sums(story),
        }
    found = _ANOTHER_ORDER.search(name)
    agreed = story.other_grants.get(name.split(maxsplit=1)[0].strip(",;:"))
    if found is None and agreed is not None:
        return {**_granted(agreed), **_sums(story)}
    if found is None:
        raise NotTranslatedError(f"the order {name!r}")
    amount = int(found[1].replace(",", ""))
    told = story.grant(amount, amount)
    return {
        "cover": told.cover_minor,
        "uncovered": told.uncovered_minor,
        "sum_of_grants": story.supplier.granted_minor() + told.taken_minor,
        "sum_of_grants_at_most": story.supplier.granted_minor() + told.taken_minor,
        "needs": _needs(story),
    }


def _sums(story: Story) -> Answer:
    """Return what all orders take together, and what the second of them got."""
    together = story.supplier.granted_minor()
    second = next((_granted(told) for told in story.other_grants.values()), None)
    return {
        "sum_of_grants": together,
        "sum_of_grants_at_most": together,
        "second": second,
        "needs": _needs(story),
    }


def _granted(told: CoverGrant) -> Answer:
    return {"cover": told.cover_minor, "uncovered": told.uncovered_minor}


def _needs(story: Story) -> str | None:
    """Return what a grant rests on beside the limit: in another currency the policy's dated rate (ruling A25)."""
    same = story.contract["currency"] == story.desk.policy.limits.currency
    return None if same else "the policy's dated rate"


def split(asked: Asked) -> Answer:
    """Ask how the total is split by percent: nothing is lost, the earlier part takes the odd unit."""
    percent = asked.details["percent"]
    total = asked.story.contract["total"]
    shares = percent if isinstance(percent, list) else [percent, 100 - Fraction(str(percent))]
    weights = [Fraction(str(share)) for share in shares]
    whole = math.lcm(*(weight.denominator for weight in weights))
    deposit, balance = split_by_weights(total, [int(weight * whole) for weight in weights])
    return {
        "deposit": deposit,
        "balance": balance,
        "sum": deposit + balance,
        "buyer_plus_supplier": total,
    }


ASKS: Mapping[str, Answerer] = {
    "ledger": ledger,
    "invariant": invariant,
    "grant": grant,
    "split": split,
}
