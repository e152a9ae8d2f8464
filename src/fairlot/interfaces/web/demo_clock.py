"""Time that goes by at a press: a demonstration's clock steps forward for everybody in it; elsewhere there is no such address."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from fairlot import config
from fairlot.store.postgresql.lending import lent_connection
from fairlot.store.sandbox import move_ahead

DAY_SECONDS = 24 * 60 * 60
# What a press lets go by; the names stand in the form.
STEPS_SECONDS = {"hour": 60 * 60, "day": DAY_SECONDS, "week": 7 * DAY_SECONDS}


@require_POST
def step_forward(request: HttpRequest) -> HttpResponse:
    """Let an hour, a day or a week go by and return to the page that asked."""
    seconds = STEPS_SECONDS.get(request.POST.get("step", ""))
    if not config.settings().demo or not request.user.is_authenticated or seconds is None:
        raise Http404
    with lent_connection() as connection:
        move_ahead(connection, seconds)
    back = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()})
    return HttpResponseRedirect(back if is_ours else reverse("orders"))
