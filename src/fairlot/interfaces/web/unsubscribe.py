"""Where a mail program switches mails of news off for its reader: by POST alone, for programs that look at links press none."""

from __future__ import annotations

from http import HTTPStatus

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from fairlot.application.telling.unsubscribing import is_proven, unsubscribe
from fairlot.writing_room import lent_connection

ONE_CLICK = "One-Click"
DONE = "You get no mails any more but those that call on you to act. 今后仅发送需要您处理的邮件。\n"


@csrf_exempt
@require_http_methods(["GET", "POST"])
def unsubscribed(request: HttpRequest, person_id: str, proof: str) -> HttpResponse:
    """Switch off by POST; who follows the link in a browser comes to the page on which mails are chosen."""
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    if not (proof.isascii() and is_proven(person_id, proof, keys=keys)):
        raise Http404
    if request.method == "GET":
        return HttpResponseRedirect(reverse("notifications"))
    if request.POST.get("List-Unsubscribe") != ONE_CLICK:
        return HttpResponse(status=HTTPStatus.BAD_REQUEST)
    with lent_connection() as connection:
        unsubscribe(connection, person_id)
    return HttpResponse(DONE, content_type="text/plain; charset=utf-8")
