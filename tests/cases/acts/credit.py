"""Acts of letters of credit: what the bank advises, what the supplier presents, what the bank makes of it (ruling A17)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from fairlot.domain.order import commands as c
from fairlot.domain.order.state import CreditDocument, CreditStatus, Discrepancy
from tests.cases.case_file import Act
from tests.cases.story import PROVIDER, Player, Story, text_hash

DOCUMENTS = (CreditDocument.COMMERCIAL_INVOICE, CreditDocument.TRANSPORT_DOCUMENT)
# A case that names no bank and no number means any.
ANY_BANK = "XXXXXXXX"


def credit_facts(story: Story, act: Act) -> dict[str, Any]:
    """Return what a case says of the credit: in the act, else with the contract's payment, else the usual.

    The usual credit is over the price, ships by the contract's date, and leaves the policy's days after it.
    """
    told = {**(story.contract["payment"].get("credit") or {}), **act.details}
    days = story.desk.policy.clocks.credit_presentation_days
    shipment = told.get("latest_shipment") or story.contract["shipment_date"]
    latest = dt.date.fromisoformat(shipment)
    expiry = told.get("expiry")
    return {
        "amount_minor": told.get("amount") or story.contract["total"],
        "currency": told.get("currency") or story.contract["currency"],
        "latest_shipment_date": latest,
        "expiry_date": dt.date.fromisoformat(expiry)
        if expiry
        else latest + dt.timedelta(days=days),
        "presentation_days": told.get("presentation_days"),
    }


def advise(story: Story, act: Act) -> bool | None:
    """A credit is admitted if it secures the price."""
    number = 1 if story.order.credit is None else 2
    outcome = story.ask(
        PROVIDER,
        c.RecordCreditAdvised(
            credit_id=f"lc{number}",
            issuing_bank_bic=ANY_BANK,
            documents=DOCUMENTS,
            **credit_facts(story, act),
        ),
    )
    credit = story.order.credit
    return outcome.is_done and credit is not None and credit.status is CreditStatus.ADVISED


def present(story: Story, act: Act) -> bool | None:
    """Documents as the credit asks for them, unless the case says that some are missing."""
    missing = bool(act.details.get("missing"))
    story.ask(
        story.actor(act.by),
        c.PresentDocuments(
            amount_minor=act.details.get("amount") or story.contract["total"],
            documents=DOCUMENTS[:1] if missing else DOCUMENTS,
            document_hash=text_hash("documents"),
        ),
    )
    return None


def honour(story: Story, act: Act) -> bool | None:
    amount = act.details.get("amount") or story.contract["total"]
    story.ask(PROVIDER, c.RecordCreditHonoured(payment_id="credit", amount_minor=amount))
    return None


def refuse(story: Story, act: Act) -> bool | None:
    del act
    story.ask(PROVIDER, c.RecordDocumentsRefused(discrepancies=(Discrepancy.FOUND_BY_BANK,)))
    return None


ACTS: Mapping[str, Player] = {
    "credit_advised": advise,
    "present_documents": present,
    "credit_honoured": honour,
    "credit_honored": honour,
    "documents_refused": refuse,
}
