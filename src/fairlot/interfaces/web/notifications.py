"""The page of what a person was told: it reads with GET, and marks and chooses with POST alone."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from fairlot.application.telling.mailing import told_notice
from fairlot.clock import system_clock
from fairlot.domain.party import Role
from fairlot.domain.words.language import Language
from fairlot.domain.words.speech import Speech
from fairlot.domain.words.standing import said
from fairlot.interfaces.web.notification_words import notification_words
from fairlot.interfaces.web.viewer import language_of_page
from fairlot.store.telling import notifications as store
from fairlot.store.telling.addressees import find_addressee
from fairlot.store.telling.notifications import StoredNotification
from fairlot.writing_room import lent_connection

ROWS_PER_PAGE = 25
# Where there is something to do about what concerns no order.
PLACES_OF_KINDS = {"suspense_taken_in": "unmatched"}


@require_GET
@login_required
def notifications(request: HttpRequest) -> HttpResponse:
    """Show a page of notifications, the latest first."""
    person_id = str(request.user.pk)
    language = language_of_page()
    with lent_connection() as connection:
        rows = store.of_person(
            connection, person_id, limit=ROWS_PER_PAGE + 1, before=_place(request)
        )
        unread = store.unread_count(connection, person_id)
        digest = store.wants_digest(connection, person_id)
        news = store.wants_news(connection, person_id)
        reader = find_addressee(connection, person_id)
    zone = "UTC" if reader is None else reader.zone
    shown = rows[:ROWS_PER_PAGE]
    older = shown[-1] if len(rows) > ROWS_PER_PAGE else None
    context = {
        "n": notification_words(language),
        "rows": [_row(row, language, zone) for row in shown],
        "unread": unread,
        "mails": "calls" if not news else "daily" if digest else "at_once",
        "zone": zone,
        "older_at": "" if older is None else older.told_at.isoformat(),
        "older_id": "" if older is None else older.notification_id,
    }
    return render(request, "notifications.html", context)


@require_POST
@login_required
def mark_read(request: HttpRequest) -> HttpResponse:
    """Mark one notification of the reader's own as read, or all of them."""
    person_id = str(request.user.pk)
    chosen = request.POST.get("id", "")
    with lent_connection() as connection:
        if chosen:
            store.mark_read(connection, person_id, [_plain(chosen)], at=system_clock())
        else:
            store.mark_all_read(connection, person_id, at=system_clock())
    return HttpResponseRedirect(reverse("notifications"))


@require_POST
@login_required
def choose_mails(request: HttpRequest) -> HttpResponse:
    """Keep how the reader wants its mails."""
    with lent_connection() as connection:
        chosen = request.POST.get("mails")
        store.set_wish(
            connection, str(request.user.pk), digest=chosen == "daily", news=chosen != "calls"
        )
    return HttpResponseRedirect(reverse("notifications"))


def _row(row: StoredNotification, language: Language, zone: str) -> dict[str, Any]:
    told = told_notice(row, language, zone)
    speech = Speech(language=language, zone=zone, names_zone=False)
    return {
        "id": row.notification_id,
        "told": told,
        "order_id": row.order_id,
        "place": PLACES_OF_KINDS.get(row.kind, ""),
        "role": said(Role(row.role), language),
        "at": speech.instant(row.happened_at),
        "at_iso": row.happened_at.isoformat(),
        "is_new": row.read_at is None,
    }


def _place(request: HttpRequest) -> tuple[dt.datetime, str] | None:
    """Return the place after which to go on; what is no place is the beginning."""
    try:
        at = dt.datetime.fromisoformat(request.GET.get("before", ""))
    except ValueError:
        return None
    return None if at.tzinfo is None else (at, _plain(request.GET.get("id", "")))


def _plain(text: str) -> str:
    return text[:64] if text.isprintable() else ""
