"""An order's supplier on the order's own page: its badge, whose account the money goes to (R7), and a report in one click (R6)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from fairlot.application.queries.order_view import OrderView
from fairlot.application.queries.own_orders import find_own_order
from fairlot.application.queries.supplier_profile import account_holder
from fairlot.application.supplier.enrolment import ReportMade, report_supplier
from fairlot.domain.party import Actor, Role
from fairlot.domain.supplier.reports import ReportKind
from fairlot.domain.words.language import Language
from fairlot.interfaces.web.account.standing_place import identity_of
from fairlot.interfaces.web.supplier_rows import country_name, supplier_row
from fairlot.interfaces.web.supplier_words import supplier_words
from fairlot.interfaces.web.viewer import language_of_page
from fairlot.reading_room import reading_room
from fairlot.store.supplier.supplier_search import suppliers_by_id
from fairlot.writing_room import lent_connection, writing_room

REPORTERS = frozenset({Role.BUYER, Role.AGENT})


def supplier_panel(order: OrderView, actors: Sequence[Actor], language: Language) -> dict[str, Any]:
    """Return what an order's page shows of its supplier; whoever may report it is offered to."""
    holder = account_holder(order.order_id, desk=writing_room().desk)
    with lent_connection() as connection:
        known = suppliers_by_id(connection, [order.supplier_id]).get(order.supplier_id)
    return {
        "words": supplier_words(language),
        "listed": None if known is None else supplier_row(known, language),
        "holder": holder,
        "holder_country": "" if holder is None else country_name(holder.country, language),
        "may_report": any(actor.role in REPORTERS for actor in actors),
    }


@require_POST
@login_required
def report(request: HttpRequest, order_id: str) -> HttpResponse:
    """Report the order's supplier for asking for payment outside; pressing again is the same report."""
    room = reading_room()
    with lent_connection() as connection:
        found = find_own_order(
            connection,
            order_id,
            policies=room.policies,
            now=room.clock(),
            identity=identity_of(request),
            asked_role=None,
        )
    reporter = None if found is None else _reporter(found[1])
    if reporter is None:
        raise Http404
    report_supplier(
        ReportMade(order_id=order_id, kind=ReportKind.ASKED_TO_PAY_OUTSIDE),
        reporter_company_id=reporter.company_id,
        person_id=reporter.person_id,
        desk=writing_room().desk,
    )
    messages.success(request, supplier_words(language_of_page())["reported"])
    return HttpResponseRedirect(reverse("order", args=[order_id]))


def _reporter(actors: Sequence[Actor]) -> Actor | None:
    return next((actor for actor in actors if actor.role in REPORTERS), None)
