"""A company's own payouts, for who manages it or its bank account; read through row security."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from fairlot.interfaces.web.account.company_menu import PROGRAMME_RIGHTS, company_menu
from fairlot.interfaces.web.account.programme_pages import entered
from fairlot.interfaces.web.payout_rows import payouts_shown


@require_GET
@login_required
def own_payouts(request: HttpRequest, company_id: str) -> HttpResponse:
    """Show what a company is owed and was sent."""
    of, identity = entered(request, company_id, PROGRAMME_RIGHTS)
    context = {
        "company": of,
        **payouts_shown(request, company_id=company_id, reader_id=company_id),
        **company_menu(request, identity, of),
    }
    return render(request, "account/payouts.html", context)
