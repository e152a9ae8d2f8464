"""The contract's document beside the order: what was agreed, in its own words, with what a claim could stand on."""

from __future__ import annotations

from typing import Any

from fairlot.application.queries.order_view import OrderView
from fairlot.domain.contract.document import Contract, Term
from fairlot.domain.money import amount_text
from fairlot.domain.words.language import Language
from fairlot.domain.words.speech import Speech
from fairlot.interfaces.web.viewer import html_language


def title_of(contract: Contract | None) -> str:
    """Return what people call the order: the contract's title, or its first article."""
    if contract is None:
        return ""
    return contract.title or contract.lines[0].article


def contract_panel(
    contract: Contract | None, view: OrderView, language: Language
) -> dict[str, Any] | None:
    """Return the document as the page shows it, or None where it is not kept here."""
    if contract is None:
        return None
    speech = Speech(language=language, currency=contract.currency, zone=view.zone)
    shipment = contract.shipment
    plan = contract.inspection
    claimable = {term.id for term in view.terms if term.claimable}
    return {
        "buyer": contract.buyer.name,
        "supplier": contract.supplier.name,
        "lines": [
            {
                "article": line.article,
                "quantity": f"{line.quantity:,} {line.unit}",
                "unit_price": amount_text(line.unit_price_minor, contract.currency),
                "price": amount_text(line.quantity * line.unit_price_minor, contract.currency),
            }
            for line in contract.lines
        ],
        "shipment": f"{shipment.incoterm} {shipment.place}",
        "shipment_date": "" if shipment.date is None else speech.date(shipment.date),
        "destination": shipment.destination,
        "supplier_bears_fee": contract.payment_fee_borne_by == "supplier",
        "inspection": ""
        if plan is None
        else f"{plan.inspector}, General {plan.level}, AQL {plan.aql_critical} / {plan.aql_major} / {plan.aql_minor}",
        "terms": [
            {"text": text_of(term, contract, language), "claimable": term.id in claimable}
            for term in contract.terms
        ],
        "language": html_language(contract.language),
    }


def text_of(term: Term, contract: Contract, language: Language) -> str:
    """Return a term's words in the page's language where the contract has them, else as written."""
    if language != contract.language and term.translation:
        return term.translation
    return term.text
