"""In which language a page speaks, and as which of its roles somebody looks at an order."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import get_language

from fairlot.application.queries.order_view import OrderView
from fairlot.domain.party import Actor, Role
from fairlot.domain.words.language import Language

# As whom the platform's people can look at an order in a demonstration.
SEEN_AS = (Role.BUYER, Role.SUPPLIER, Role.OPERATOR, Role.MEDIATOR)


def language_of_page() -> Language:
    """Return the language that Django chose for this request."""
    return "zh" if (get_language() or "").startswith("zh") else "en"


def html_language(language: Language) -> str:
    """Return the tag by which browsers and readers know a language."""
    return "zh-Hans" if language == "zh" else "en"


def role_asked_for(request: HttpRequest) -> Role | None:
    """Return the role named by `?as=`, or None where none is."""
    asked = request.GET.get("as", "")
    return next((role for role in Role if role.value == asked), None)


def viewer_of(role: Role, order: OrderView) -> Actor:
    """Return an actor of that role for an order: the order's own company for a party."""
    companies = {Role.BUYER: order.buyer_id, Role.SUPPLIER: order.supplier_id}
    return Actor(role=role, company_id=companies.get(role, ""))
