"""Money that names no order: a person reads what the bank said, and says which order it is for or sends it back."""

from __future__ import annotations

import re
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from fairlot.application.money.suspense import (
    Unmatched,
    assign,
    assignment_id,
    return_id,
    send_back,
    unmatched,
)
from fairlot.application.outcome import Outcome
from fairlot.domain.money import amount_text
from fairlot.domain.order.refusal_words import refusal_sentence
from fairlot.domain.suspense.state import SuspenseStatus
from fairlot.interfaces.web.account.stepping_up import step_up
from fairlot.interfaces.web.platform.entrance import entered, operator_of, show
from fairlot.interfaces.web.platform.words import reason_unmatched, unmatched_words
from fairlot.interfaces.web.viewer import language_of_page
from fairlot.writing_room import writing_room

ROWS_PER_PAGE = 25
ID = re.compile(r"[A-Za-z0-9_-]{1,64}")


@require_GET
@login_required
def unmatched_money(request: HttpRequest) -> HttpResponse:
    """Show what waits, the oldest first."""
    identity = entered(request)
    after = request.GET.get("after", "")
    after = after if ID.fullmatch(after) else ""
    found = unmatched(writing_room().desk, after=after, limit=ROWS_PER_PAGE + 1)
    shown = found[:ROWS_PER_PAGE]
    context = {
        "u": unmatched_words(language_of_page()),
        "rows": [_row(each) for each in shown],
        "more_after": shown[-1].suspense_id if len(found) > ROWS_PER_PAGE else "",
        "is_later": after != "",
    }
    return show(request, "platform/unmatched.html", identity, context)


@require_POST
@login_required
@step_up
def assign_money(request: HttpRequest, suspense_id: str) -> HttpResponse:
    """Give money to an order; what the order refuses waits again."""
    actor = operator_of(request)
    desk = writing_room().desk
    _refuse_unknown(suspense_id)
    order_id = request.POST.get("order_id", "").strip()
    words = unmatched_words(language_of_page())
    if not ID.fullmatch(order_id):
        messages.error(request, words["order_missing"])
        return HttpResponseRedirect(reverse("unmatched"))
    outcome = assign(
        suspense_id,
        order_id,
        actor=actor,
        command_id=assignment_id(suspense_id, order_id, desk),
        desk=desk,
    )
    return _answered(request, outcome, words["assigned"].format(order_id=order_id))


@require_POST
@login_required
@step_up
def return_money(request: HttpRequest, suspense_id: str) -> HttpResponse:
    """Have money go back to who sent it."""
    actor = operator_of(request)
    _refuse_unknown(suspense_id)
    desk = writing_room().desk
    outcome = send_back(
        suspense_id, actor=actor, command_id=return_id(suspense_id, desk), desk=desk
    )
    said = unmatched_words(language_of_page())["returned"]
    return _answered(request, outcome, said)


def _refuse_unknown(suspense_id: str) -> None:
    """Raise Http404 for a movement that never was."""
    known = SuspenseStatus.UNKNOWN
    if ID.fullmatch(suspense_id):
        known = writing_room().desk.read_suspense(suspense_id)[0].status
    if known is SuspenseStatus.UNKNOWN:
        raise Http404


def _row(waiting: Unmatched) -> dict[str, Any]:
    return {
        "id": waiting.suspense_id,
        "amount": amount_text(waiting.amount_minor, waiting.currency),
        "booked": waiting.booked_date,
        "why": reason_unmatched(waiting.why, language_of_page()),
        "sender": waiting.sender,
        "remittance": waiting.remittance,
        "references": waiting.references,
        "return_at": waiting.return_at,
    }


def _answered(request: HttpRequest, outcome: Outcome, said: str) -> HttpResponseRedirect:
    """Lead back to the queue with what was done, or with why it was not."""
    if outcome.code is None:
        messages.success(request, said)
    else:
        reason = refusal_sentence(outcome.code, outcome.facts, language_of_page())
        messages.error(request, reason)
    return HttpResponseRedirect(reverse("unmatched"))
