"""What every page is given: words, language, and who looks at it; nothing is asked of the database until a page uses it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from fairlot import config
from fairlot.application.access import PLATFORM, reads_platform
from fairlot.application.people.demo_people import DEMO_PASSWORD, DEMO_PEOPLE
from fairlot.interfaces.web.account.standing_place import identity_of
from fairlot.interfaces.web.account.words import account_words
from fairlot.interfaces.web.viewer import html_language, language_of_page
from fairlot.interfaces.web.words import page_words
from fairlot.reading_room import reading_room
from fairlot.store.people.models import StaffRole
from fairlot.store.telling.notifications import unread_count
from fairlot.writing_room import lent_connection


def on_every_page(request: HttpRequest) -> dict[str, Any]:
    """Return the words of the page's language, and the person, who may be nobody."""
    language = language_of_page()
    words = account_words(language)
    is_demo = config.settings().demo
    return {
        "t": page_words(language),
        "w": words,
        "html_lang": html_language(language),
        "me": SimpleLazyObject(lambda: getattr(request, "user", None)),
        "is_platform": SimpleLazyObject(lambda: _is_platform(request)),
        "unread_notifications": SimpleLazyObject(lambda: _unread(request)),
        "is_demo": is_demo,
        "demo_now": SimpleLazyObject(lambda: reading_room().clock()),
        "demo_people": [(each.role.value, words[f"as_{each.role}"]) for each in DEMO_PEOPLE],
        "demo_password": DEMO_PASSWORD if is_demo else "",
    }


def _is_platform(request: HttpRequest) -> bool:
    """Say whether the reader has a role on the platform; most have none, and then no more is asked."""
    person_id = str(request.user.pk)
    has_role = StaffRole.objects.filter(person_id=person_id, role__in=PLATFORM).exists()
    return has_role and reads_platform(identity_of(request))


def _unread(request: HttpRequest) -> int:
    """Return how many notifications wait for the reader; asked only where a page shows it."""
    with lent_connection() as connection:
        return unread_count(connection, str(request.user.pk))
