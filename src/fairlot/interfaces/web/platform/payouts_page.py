"""Every supplier's payouts for the platform's people; it only reads."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from fairlot.interfaces.web.payout_rows import payouts_shown
from fairlot.interfaces.web.platform.entrance import entered, show


@require_GET
@login_required
def payouts(request: HttpRequest) -> HttpResponse:
    """Show accounts with their payouts, the latest moved first."""
    identity = entered(request)
    context = payouts_shown(request, reader_id=None)
    return show(request, "platform/payouts.html", identity, context)
