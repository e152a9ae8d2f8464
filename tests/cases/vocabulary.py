"""The words of the cases and what they are called here: the one place where both languages meet.

A word that stands in no table is not guessed: whoever asks for it gets `UnknownWordError`, and the question counts as
not translated.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from fairlot.domain.order.clocks import ClockKind
from fairlot.domain.order.state import Condition, DisputeStatus, OfferKind, Right
from fairlot.domain.order.terms import InstalmentDue, Mode, Proof
from fairlot.domain.party import Role
from fairlot.domain.policy.model import Ground

WordT = TypeVar("WordT")


class UnknownWordError(Exception):
    """A word of a case that no table here knows."""


# Why a buyer claims, and which trouble it asks about (programme, section 5).
GROUNDS: Mapping[str, Ground] = {
    "quality": Ground.QUALITY,
    "wrong or defective goods": Ground.QUALITY,
    "defective goods": Ground.QUALITY,
    "defective": Ground.QUALITY,
    "not as described": Ground.QUALITY,
    "late": Ground.LATE,
    "late shipment": Ground.LATE,
    "never shipped": Ground.NEVER_SHIPPED,
    "not shipped": Ground.NEVER_SHIPPED,
    "not received": Ground.NOT_RECEIVED,
    "item not received": Ground.NOT_RECEIVED,
    "short": Ground.SHORT_QUANTITY,
    "short quantity": Ground.SHORT_QUANTITY,
    "quantity": Ground.SHORT_QUANTITY,
    "missing pieces": Ground.SHORT_QUANTITY,
    "counterfeit": Ground.COUNTERFEIT,
    "wrong goods": Ground.WRONG_GOODS,
    "wrong product": Ground.WRONG_GOODS,
    "other goods": Ground.WRONG_GOODS,
    "other goods than ordered": Ground.WRONG_GOODS,
    "empty parcel": Ground.WRONG_GOODS,
    "false proof": Ground.FALSE_PROOF,
    "false shipping proof": Ground.FALSE_PROOF,
    "seized": Ground.SEIZED,
    "seizure": Ground.SEIZED,
    "price raised": Ground.PRICE_RAISED,
    "damaged on the way": Ground.DAMAGED_ON_THE_WAY,
    "damage in transit": Ground.DAMAGED_ON_THE_WAY,
    "damaged in transit": Ground.DAMAGED_ON_THE_WAY,
    "damage after departure": Ground.DAMAGED_ON_THE_WAY,
    "customs delay": Ground.CUSTOMS_DELAY,
    "delayed by customs": Ground.CUSTOMS_DELAY,
    "carrier fault": Ground.CARRIER_FAULT,
    "fault of the carrier": Ground.CARRIER_FAULT,
    "carrier delay": Ground.CARRIER_FAULT,
    "paid outside": Ground.PAID_OUTSIDE,
    "payment outside": Ground.PAID_OUTSIDE,
    "payment outside the platform": Ground.PAID_OUTSIDE,
}

# A step or deadline may stand for one of several clocks; the instant decides which is meant.
CLOCKS: Mapping[str, tuple[ClockKind, ...]] = {
    "proposal open": (ClockKind.PROPOSAL,),
    "first payment due": (ClockKind.FIRST_PAYMENT,),
    "balance due": (ClockKind.BALANCE,),
    "uncollected": (ClockKind.UNCOLLECTED,),
    "collection": (ClockKind.UNCOLLECTED,),
    "shipment due": (ClockKind.SHIPMENT_DUE,),
    "arrival due": (ClockKind.SHIPMENT_DUE,),
    "never shipped": (ClockKind.NEVER_SHIPPED,),
    "movement": (ClockKind.MOVEMENT,),
    "arrival asked": (ClockKind.ARRIVAL,),
    "arrival asked (return)": (ClockKind.RETURN_ARRIVAL,),
    "claim window": (ClockKind.CLAIM_WINDOW,),
    "closing": (ClockKind.CLOSING,),
    "presentation": (ClockKind.CREDIT_PRESENTATION,),
    "documents examined": (ClockKind.CREDIT_EXAMINATION,),
    "waiver": (ClockKind.CREDIT_WAIVER,),
    "supplier's answer": (ClockKind.ANSWER,),
    "supplier's answer to a dispute": (ClockKind.ANSWER,),
    "negotiation": (ClockKind.NEGOTIATION,),
    "mediator named": (ClockKind.MEDIATOR,),
    "evidence round": (ClockKind.EVIDENCE,),
    "inspection booked": (ClockKind.INSPECTION_BOOKING,),
    "inspection in a dispute": (ClockKind.INSPECTION_BOOKING, ClockKind.INSPECTION_REPORT),
    "inspection fee": (ClockKind.INSPECTION_BOOKING,),
    "inspection report": (ClockKind.INSPECTION_REPORT,),
    "buyer's choice": (ClockKind.LOT_CHOICE,),
    "choice after a failed inspection": (ClockKind.LOT_CHOICE,),
    "decision": (ClockKind.DECISION, ClockKind.DECISION_BY_RULE, ClockKind.REFUSAL_DECISION),
    "appeal": (ClockKind.APPEAL,),
    "appeal decision": (ClockKind.DECISION_BY_RULE, ClockKind.DECISION),
    "decision of the appeal": (ClockKind.DECISION_BY_RULE, ClockKind.DECISION),
    "appeal of a refusal": (ClockKind.REFUSAL_APPEAL, ClockKind.REFUSAL_DECISION),
    "refusal decision": (ClockKind.REFUSAL_DECISION,),
    "replacement due": (ClockKind.CONDITION,),
    "rework due": (ClockKind.CONDITION,),
    "extension due": (ClockKind.CONDITION,),
    "performance due": (ClockKind.CONDITION,),
    "return of goods": (ClockKind.RETURN_SENT,),
    "return sent": (ClockKind.RETURN_SENT,),
    "return judged": (ClockKind.RETURN_JUDGED,),
    "chargeback": (ClockKind.CHARGEBACK,),
    "end of a chargeback": (ClockKind.CHARGEBACK,),
    "suspense": (ClockKind.SUSPENSE,),
    "refund sent": (ClockKind.REFUND_SENT,),
}

# Names of clocks that stand in no table, by a word that only one of them has.
CLOCK_WORDS: tuple[tuple[re.Pattern[str], tuple[ClockKind, ...]], ...] = tuple(
    (re.compile(pattern), kinds)
    for pattern, kinds in (
        (r"waive", (ClockKind.CREDIT_WAIVER,)),
        (r"examin", (ClockKind.CREDIT_EXAMINATION,)),
        (r"\bpresent", (ClockKind.CREDIT_PRESENTATION,)),
        (r"choice|choose|rework or|refund or rework", (ClockKind.LOT_CHOICE,)),
        (r"\bnot collected|uncollected|collect", (ClockKind.UNCOLLECTED,)),
        (r"refus", (ClockKind.REFUSAL_APPEAL, ClockKind.REFUSAL_DECISION)),
        (r"return.*arriv|arriv.*return", (ClockKind.RETURN_ARRIVAL,)),
        (r"return.*judg", (ClockKind.RETURN_JUDGED,)),
        (r"return", (ClockKind.RETURN_SENT,)),
        (r"inspection.*report|report", (ClockKind.INSPECTION_REPORT,)),
        (r"inspection", (ClockKind.INSPECTION_BOOKING, ClockKind.INSPECTION_REPORT)),
        (r"appeal.*deci|deci.*appeal|second decision", CLOCKS["decision of the appeal"]),
        (
            r"(?:settlement|refund).*paid|paid (?:back|by the supplier)|supplier pays",
            (ClockKind.SEEKING,),
        ),
        (r"settle|replacement|rework|perform|extension", (ClockKind.CONDITION,)),
        (r"charge ?back", (ClockKind.CHARGEBACK,)),
        (r"move|tracking", (ClockKind.MOVEMENT,)),
        (r"refund", (ClockKind.REFUND_SENT,)),
        (r"answer|respon", (ClockKind.ANSWER,)),
        (r"escalat|negotiat", (ClockKind.NEGOTIATION,)),
        (r"mediator|supervisor", (ClockKind.MEDIATOR,)),
        (r"evidence", (ClockKind.EVIDENCE,)),
        (r"arrival|arrive", (ClockKind.ARRIVAL,)),
        (r"window", (ClockKind.CLAIM_WINDOW,)),
        (r"balance", (ClockKind.BALANCE,)),
    )
)

# Notices that the product does not give: nothing reads conversations for talk of paying elsewhere.
NO_NOTICE = re.compile(r"paid elsewhere|pay(?:ing|ment)? (?:elsewhere|outside)|one click")
# Which notice a question means, by its words; the notices are named as the product names them.
NOTICE_WORDS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), kind)
    for pattern, kind in (
        (r"agreed price|demand for more|more money", "price_demand_warning"),
        (r"breach|alarm|\bpublished", "platform_breached"),
        (r"window|claims? end", "claim_window_warning"),
        (r"shipment (?:date|due|remind)|remind.*ship", "shipment_reminder"),
        (r"counts as (?:delivered|arrived)", "counted_delivered"),
        (r"released", "funds_released"),
        (r"refused", "claim_refused"),
        (r"dispute (?:is |was )?opened", "dispute_opened"),
        (r"escalat", "dispute_escalated"),
        (r"decision", "decision_made"),
        (r"charge ?back", "chargeback_opened"),
        (r"claim.*withdrawn|withdrawal", "claim_withdrawn"),
        (r"missing.*cancel", "missing_cancelled"),
        (r"cancel", "order_cancelled"),
        (r"proposal.*expire", "proposal_expired"),
        (r"refund.*(?:sent|paid|left)", "refund_sent"),
        (r"refund", "refund_decided"),
        (r"suspense|wrong currency", "payment_suspended"),
        (r"bounce|revers", "payment_reversed"),
        (r"inspection.*book", "inspection_booked"),
        (r"inspection|report", "inspection_reported"),
        (r"goods (?:are )?ready", "goods_ready"),
        (r"no movement|not move|unproven", "shipment_unproven"),
        (r"late\b|overdue|not shipped", "shipment_late"),
        (r"deliver|arriv", "goods_delivered"),
        (r"shipped|shipment", "shipment_recorded"),
        (r"mediator|supervisor", "mediator_named"),
        (r"offer", "offer_made"),
        (r"answer", "dispute_answered"),
        (r"payment|paid", "payment_completed"),
        (r"change.*agreed|change.*accepted", "change_agreed"),
        (r"propos|version|change", "version_proposed"),
        (r"agreed|agreement", "order_agreed"),
        (r"complet", "order_completed"),
        (r"limit", "limit_set"),
    )
)

# What a question about a dispute may call each of its stages; the first word is how answers name it.
DISPUTE_WORDS: Mapping[DisputeStatus, tuple[str, ...]] = {
    DisputeStatus.NEGOTIATION: ("open", "in negotiation", "negotiation"),
    DisputeStatus.MEDIATION: ("in mediation", "mediation", "escalated", "open"),
    DisputeStatus.DECIDED: ("decided", "open"),
    DisputeStatus.APPEALED: ("appealed", "in appeal", "appeal", "open"),
    DisputeStatus.FINAL: ("final", "decided"),
    DisputeStatus.SETTLED_ON_CONDITION: ("settled on condition",),
    DisputeStatus.SETTLED: ("settled",),
    DisputeStatus.WITHDRAWN: ("withdrawn",),
    DisputeStatus.EXECUTED: ("final", "executed", "decided", "closed"),
    DisputeStatus.MOOT: ("closed", "moot", "ended"),
}
NO_DISPUTE_WORDS = ("none", "no dispute")

# A decision's or recommendation's outcome by its name, and the condition that it brings with it.
OUTCOMES: Mapping[str, Condition] = {
    "full refund": Condition.NONE,
    "full refund without return": Condition.NONE,
    "partial refund": Condition.NONE,
    "price reduction": Condition.NONE,
    "late remedy": Condition.NONE,
    "for the supplier": Condition.NONE,
    "for supplier": Condition.NONE,
    "cancellation": Condition.NONE,
    "cancellation, full refund": Condition.NONE,
    "cancellation with full refund": Condition.NONE,
    "return and full refund": Condition.RETURN,
    "return and refund": Condition.RETURN,
    "full refund against return": Condition.RETURN,
    "full refund after return": Condition.RETURN,
    "performance": Condition.PERFORM,
    "perform": Condition.PERFORM,
    "rework": Condition.PERFORM,
}
FOR_SUPPLIER = frozenset({"for the supplier", "for supplier"})
WHOLE_REFUNDS = frozenset({"full refund", "full refund without return", "cancellation"})

OFFERS: Mapping[str, OfferKind] = {
    "refund": OfferKind.REFUND,
    "partial refund": OfferKind.REFUND,
    "price reduction": OfferKind.REFUND,
    "rework": OfferKind.REWORK,
    "replacement": OfferKind.REPLACEMENT,
    "return": OfferKind.RETURN_AND_REFUND,
    "return and refund": OfferKind.RETURN_AND_REFUND,
    "extension": OfferKind.EXTENSION,
}

PROOFS: Mapping[str, Proof] = {
    "b/l": Proof.BILL_OF_LADING,
    "bill of lading": Proof.BILL_OF_LADING,
    "on-board bill of lading": Proof.BILL_OF_LADING,
    "carrier number": Proof.CARRIER_NUMBER,
    "tracking number": Proof.CARRIER_NUMBER,
    "carrier receipt": Proof.CARRIER_RECEIPT,
    "carrier's receipt": Proof.CARRIER_RECEIPT,
    "first carrier receipt": Proof.CARRIER_RECEIPT,
    "receipt by the first carrier": Proof.CARRIER_RECEIPT,
    "air waybill": Proof.CARRIER_RECEIPT,
    "awb": Proof.CARRIER_RECEIPT,
    "cmr": Proof.CARRIER_RECEIPT,
    "waybill": Proof.CARRIER_RECEIPT,
    "courier receipt": Proof.CARRIER_RECEIPT,
    "forwarder receipt": Proof.FORWARDER_RECEIPT,
    "forwarder's receipt": Proof.FORWARDER_RECEIPT,
    "fcr": Proof.FORWARDER_RECEIPT,
    "mate's receipt": Proof.ALONGSIDE_RECEIPT,
    "dock receipt": Proof.ALONGSIDE_RECEIPT,
    "collection": Proof.COLLECTION,
}

MODES: Mapping[str, Mode] = {
    "sea": Mode.SEA,
    "land": Mode.LAND,
    "road": Mode.LAND,
    "rail": Mode.LAND,
    "air": Mode.AIR,
    "express": Mode.EXPRESS,
    "courier": Mode.EXPRESS,
    "post": Mode.POST,
}

INSTALMENTS: Mapping[str, InstalmentDue] = {
    "agreement": InstalmentDue.AGREEMENT,
    "passed inspection": InstalmentDue.PASSED_INSPECTION,
    "goods ready": InstalmentDue.GOODS_READY,
    "notice that goods are ready": InstalmentDue.GOODS_READY,
    "notice that the goods are ready": InstalmentDue.GOODS_READY,
    "notice of readiness": InstalmentDue.GOODS_READY,
    "inspection passed": InstalmentDue.PASSED_INSPECTION,
    "before shipment": InstalmentDue.INSPECTION_OR_READY,
}

ROLES: Mapping[str, Role] = {
    "buyer": Role.BUYER,
    "supplier": Role.SUPPLIER,
    "agent": Role.AGENT,
    "inspector": Role.INSPECTOR,
    "mediator": Role.MEDIATOR,
    "supervisor": Role.SUPERVISOR,
    "platform": Role.OPERATOR,
    "operator": Role.OPERATOR,
    "provider": Role.PROVIDER,
    "bank": Role.PROVIDER,
    "carrier": Role.PROVIDER,
    "forwarder": Role.PROVIDER,
    "customs": Role.PROVIDER,
    "ledger": Role.PROVIDER,
}

RIGHTS: Mapping[str, Right] = {
    **{right.value: right for right in Right},
    "propose": Right.DRAFT,
    "accept": Right.AGREE,
    "sign": Right.AGREE,
    "confirm receipt": Right.CONFIRM,
    "confirm_receipt": Right.CONFIRM,
    "open_dispute": Right.CLAIM,
    "open dispute": Right.CLAIM,
    "dispute": Right.CLAIM,
    "message": Right.FOLLOW,
    "read": Right.FOLLOW,
    "inspect": Right.PAY,
    "book inspection": Right.PAY,
}

ANSWER_DECLINES = frozenset({"decline", "declines", "declined", "refuse", "refuses", "reject"})
BEFORE_LEAVING = frozenset({"before leaving", "before", "before sending", "before the goods leave"})
# Card messages that say that money came; every other says only that it may.
CARD_SUCCEEDED = frozenset({"payment_succeeded", "succeeded"})
PAYOUT_PAID = frozenset({"paid", "confirmed", "succeeded"})
SAMPLE_POLICIES = ("separate", "largest_n", "largest_letter")

# The words of a supplier that asks for more money than was agreed (R45).
PRICE_DEMAND = re.compile(
    r"\bpay\b.{0,20}\bmore\b|\bmore money\b|\badditional (?:money|payment)\b|\bprice (?:has )?(?:went|gone|rose|risen|increase)"
    r"|\bextra (?:money|payment|charge)\b|\braise the price\b|加价|涨价",
    re.IGNORECASE,
)
WRONG_GOODS = re.compile(
    r"counterfeit|infring|not as described|not as ordered|other goods|wrong goods|trade ?mark|fake",
    re.IGNORECASE,
)
TERM_ID = re.compile(r"^\s*(T\d+)\b")
# How a party names what an appeal stands on (ruling A56).
APPEAL_GROUNDS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"new evidence", re.IGNORECASE), "new_evidence"),
    (re.compile(r"rule\b.*misappl|misappl\w*\b.*rule", re.IGNORECASE), "rule_misapplied"),
)


def word(table: Mapping[str, WordT], text: Any) -> WordT:
    """Look a word up, whatever its case and spaces. Raises UnknownWordError."""
    found = table.get(plain(text))
    if found is None:
        raise UnknownWordError(f"no table knows the word {text!r}")
    return found


def clock_kinds(text: Any) -> tuple[ClockKind, ...]:
    """Return the clocks that a name may stand for. Raises UnknownWordError."""
    named = CLOCKS.get(plain(text))
    if named is not None:
        return named
    found = (kinds for pattern, kinds in CLOCK_WORDS if pattern.search(plain(text)))
    kinds = next(found, None)
    if kinds is None:
        raise UnknownWordError(f"no table knows the clock {text!r}")
    return kinds


def notice_kind(text: Any) -> str:
    """Return the notice that words tell of. Raises UnknownWordError."""
    found = (kind for pattern, kind in NOTICE_WORDS if pattern.search(plain(text)))
    kind = None if NO_NOTICE.search(plain(text)) else next(found, None)
    if kind is None:
        raise UnknownWordError(f"no table knows the notice {text!r}")
    return kind


def plain(text: Any) -> str:
    """Return a word as tables write it: lower case, single spaces."""
    return " ".join(str(text).casefold().split())


def grounds(text: str) -> tuple[Ground, ...]:
    """Read a reason, which may join several: "late and quality". Raises UnknownWordError."""
    whole = GROUNDS.get(plain(text))
    if whole is not None:
        return (whole,)
    parts = re.split(r"\s*(?:,|;|\+|&|\band\b)\s*", plain(text))
    return tuple(dict.fromkeys(word(GROUNDS, part) for part in parts if part))


def appeal_ground(text: Any) -> str:
    """Return what an appeal names, or nothing for words that name no ground."""
    found = (ground for pattern, ground in APPEAL_GROUNDS if pattern.search(str(text or "")))
    return next(found, "")


def rights(words: Iterable[Any] | str) -> tuple[Right, ...]:
    """Read what a mandate grants. Raises UnknownWordError."""
    listed = re.split(r"\s*(?:,|;|\band\b)\s*", words) if isinstance(words, str) else list(words)
    return tuple(dict.fromkeys(word(RIGHTS, item) for item in listed if item))
