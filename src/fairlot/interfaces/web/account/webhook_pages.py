"""A company's webhooks: who manages it adds an address, sees its secret this once, tries it out and reads its log."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from fairlot import config
from fairlot.application.access import rights_in
from fairlot.application.telling.webhook_endpoints import EndpointDesk, EndpointError
from fairlot.application.telling.webhook_events import EVENT_TYPES
from fairlot.interfaces.web.account.company_menu import WEBHOOK_RIGHTS, company_menu
from fairlot.interfaces.web.account.company_pages import own_company
from fairlot.interfaces.web.account.forms import at_minute
from fairlot.interfaces.web.account.standing_place import identity_of
from fairlot.interfaces.web.account.stepping_up import step_up
from fairlot.interfaces.web.account.webhook_words import REFUSALS, webhook_words
from fairlot.interfaces.web.form_token import is_token, new_token
from fairlot.interfaces.web.viewer import language_of_page
from fairlot.post_room import webhook_desk
from fairlot.store.people.models import Company
from fairlot.store.telling.webhooks import Delivery, Endpoint
from fairlot.writing_room import lent_connection

ROWS_PER_PAGE = 25
ID_LENGTH_MAX = 64
URL_LENGTH_MAX = 2000


@require_GET
@login_required
def webhooks(request: HttpRequest, company_id: str) -> HttpResponse:
    """Show a company's endpoints to who manages them."""
    of, desk = _desk(request, company_id)
    rows = [_endpoint_row(each) for each in desk.all()]
    return _show(
        request, "account/webhooks.html", of, {"endpoints": rows, "event_types": EVENT_TYPES}
    )


@require_POST
@login_required
@step_up
def add(request: HttpRequest, company_id: str) -> HttpResponse:
    """Add an endpoint and show its secret; sent twice by the same form it is one endpoint."""
    of, desk = _desk(request, company_id)
    token = request.POST.get("token", "")
    if not is_token(token):
        return _told(request, "form_used", _list_of(company_id), is_error=True)
    url = request.POST.get("url", "").strip()[:URL_LENGTH_MAX]
    try:
        endpoint, secret = desk.add(url, request.POST.getlist("types"), key=token)
    except EndpointError as error:
        return _refused(request, error, _list_of(company_id))
    context = {"endpoint": endpoint, "secret": secret}
    return _show(request, "account/webhook_secret.html", of, context)


@require_GET
@login_required
def webhook(request: HttpRequest, company_id: str, endpoint_id: str) -> HttpResponse:
    """Show one endpoint with what was sent to it, the latest first."""
    of, desk, endpoint = _found(request, company_id, endpoint_id)
    rows = desk.deliveries(endpoint, limit=ROWS_PER_PAGE + 1, before=_place(request))
    page = rows[:ROWS_PER_PAGE]
    older = page[-1] if len(rows) > ROWS_PER_PAGE else None
    context = {
        "row": _endpoint_row(endpoint),
        "deliveries": [_delivery_row(each, desk, endpoint) for each in page],
        "older_at": "" if older is None else older.created_at.isoformat(),
        "older_id": "" if older is None else older.delivery_id,
    }
    return _show(request, "account/webhook.html", of, context)


@require_POST
@login_required
@step_up
def rotate(request: HttpRequest, company_id: str, endpoint_id: str) -> HttpResponse:
    """Make a new secret and show it; sent twice by the same form it is the same one."""
    of, desk, endpoint = _found(request, company_id, endpoint_id)
    token = request.POST.get("token", "")
    if not is_token(token):
        return _told(request, "form_used", _page_of(endpoint), is_error=True)
    context = {"endpoint": endpoint, "secret": desk.rotate(endpoint, key=token), "rotated": True}
    return _show(request, "account/webhook_secret.html", of, context)


@require_POST
@login_required
def ping(request: HttpRequest, company_id: str, endpoint_id: str) -> HttpResponse:
    """Send something of no meaning; the log says what came of it."""
    _, desk, endpoint = _found(request, company_id, endpoint_id)
    token = request.POST.get("token", "")
    try:
        desk.ping(endpoint, key=token if is_token(token) else "")
    except EndpointError as error:
        return _refused(request, error, _page_of(endpoint))
    return _told(request, "pinged", _page_of(endpoint))


@require_POST
@login_required
def replay(
    request: HttpRequest, company_id: str, endpoint_id: str, delivery_id: str
) -> HttpResponse:
    """Send one delivery again under the id that it has."""
    _, desk, endpoint = _found(request, company_id, endpoint_id)
    try:
        done = _is_plain(delivery_id) and desk.replay(endpoint, delivery_id)
    except EndpointError as error:
        return _refused(request, error, _page_of(endpoint))
    said = "replayed" if done else "not_replayed"
    return _told(request, said, _page_of(endpoint), is_error=not done)


@require_POST
@login_required
def disable(request: HttpRequest, company_id: str, endpoint_id: str) -> HttpResponse:
    """Send nothing more; to stop something nobody is asked for the password again."""
    return _switched(request, company_id, endpoint_id, EndpointDesk.disable, "disabled")


@require_POST
@login_required
@step_up
def enable(request: HttpRequest, company_id: str, endpoint_id: str) -> HttpResponse:
    """Send again from now on."""
    return _switched(request, company_id, endpoint_id, EndpointDesk.enable, "enabled")


@require_POST
@login_required
@step_up
def remove(request: HttpRequest, company_id: str, endpoint_id: str) -> HttpResponse:
    """Take an endpoint away for good."""
    _, desk, endpoint = _found(request, company_id, endpoint_id)
    desk.remove(endpoint)
    return _told(request, "removed", _list_of(company_id))


def _switched(
    request: HttpRequest,
    company_id: str,
    endpoint_id: str,
    switch: Callable[[EndpointDesk, Endpoint], None],
    said: str,
) -> HttpResponse:
    _, desk, endpoint = _found(request, company_id, endpoint_id)
    switch(desk, endpoint)
    return _told(request, said, _page_of(endpoint))


def _desk(request: HttpRequest, company_id: str) -> tuple[Company, EndpointDesk]:
    """Return a company with the desk of its endpoints. Raises Http404 for who does not manage them."""
    identity = identity_of(request)
    of = own_company(identity, company_id)
    if not rights_in(identity, company_id) >= WEBHOOK_RIGHTS:
        raise Http404
    settings = config.settings()
    desk = EndpointDesk(
        webhooks=webhook_desk(settings, lent_connection),
        company_id=company_id,
        person_id=identity.person_id,
        loopback_http=settings.demo,
    )
    return of, desk


def _found(
    request: HttpRequest, company_id: str, endpoint_id: str
) -> tuple[Company, EndpointDesk, Endpoint]:
    """Return one of a company's endpoints. Raises Http404, for another's as for none."""
    of, desk = _desk(request, company_id)
    endpoint = desk.find(endpoint_id) if _is_plain(endpoint_id) else None
    if endpoint is None:
        raise Http404
    return of, desk, endpoint


def _is_plain(text: str) -> bool:
    return len(text) <= ID_LENGTH_MAX and text.isascii() and text.isprintable()


def _place(request: HttpRequest) -> tuple[dt.datetime, str] | None:
    """Return the place after which to go on; what is no place is the beginning."""
    named = request.GET.get("id", "")
    try:
        at = dt.datetime.fromisoformat(request.GET.get("before", ""))
    except ValueError:
        return None
    return (at, named) if at.tzinfo is not None and _is_plain(named) else None


def _endpoint_row(endpoint: Endpoint) -> dict[str, Any]:
    words = webhook_words(language_of_page())
    return {
        "endpoint": endpoint,
        "is_on": endpoint.disabled_at is None,
        "why": words.get(f"off_by_{endpoint.disabled_why}", ""),
        "since": at_minute(endpoint.disabled_at),
    }


def _delivery_row(delivery: Delivery, desk: EndpointDesk, endpoint: Endpoint) -> dict[str, Any]:
    words = webhook_words(language_of_page())
    attempts = desk.attempts(endpoint, delivery.delivery_id) if delivery.attempts else []
    last = attempts[-1] if attempts else None
    return {
        "id": delivery.delivery_id,
        "type": delivery.event_type,
        "state": delivery.state,
        "said": words.get(delivery.state, delivery.state),
        "at": at_minute(delivery.created_at),
        "due": at_minute(delivery.due_at) if delivery.state == "waiting" else "",
        "attempts": delivery.attempts,
        "last": "" if last is None else f"{last.status or last.outcome}, {last.duration_ms} ms",
        "may_replay": delivery.state != "waiting",
    }


def _list_of(company_id: str) -> str:
    return reverse("webhooks", args=[company_id])


def _page_of(endpoint: Endpoint) -> str:
    return reverse("webhook", args=[endpoint.company_id, endpoint.endpoint_id])


def _told(
    request: HttpRequest, name: str, address: str, *, is_error: bool = False
) -> HttpResponseRedirect:
    say = messages.error if is_error else messages.success
    say(request, webhook_words(language_of_page())[name])
    return HttpResponseRedirect(address)


def _refused(request: HttpRequest, error: EndpointError, address: str) -> HttpResponseRedirect:
    messages.error(request, REFUSALS[error.code].say(language_of_page()))
    return HttpResponseRedirect(address)


def _show(
    request: HttpRequest, template: str, of: Company, context: dict[str, Any]
) -> HttpResponse:
    words = webhook_words(language_of_page())
    shared = {
        "company": of,
        "h": words,
        "token": new_token(),
        **company_menu(request, identity_of(request), of),
    }
    return render(request, template, {**shared, **context})
