"""Making a company's API key, which is shown this once, and revoking it."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from fairlot.application.people.api_keys import make_key, revoke_key
from fairlot.application.people.people_refusals import RefusedChange
from fairlot.clock import system_clock
from fairlot.interfaces.web.account.company_pages import own_company
from fairlot.interfaces.web.account.forms import days_asked, rights_asked, say_refused
from fairlot.interfaces.web.account.standing_place import identity_of
from fairlot.interfaces.web.account.stepping_up import step_up


@require_POST
@login_required
@step_up
def make(request: HttpRequest, company_id: str) -> HttpResponse:
    """Make a key and show its secret; the page is kept by no cache and cannot be asked for again."""
    identity = identity_of(request)
    of = own_company(identity, company_id)
    try:
        key, secret = make_key(
            identity,
            company_id,
            name=request.POST.get("name", ""),
            rights=rights_asked(request),
            days=days_asked(request),
            is_sandbox="sandbox" in request.POST,
            now=system_clock(),
        )
    except RefusedChange as refused:
        say_refused(request, refused)
        return HttpResponseRedirect(reverse("company", args=[company_id]))
    return render(request, "account/key_made.html", {"company": of, "key": key, "secret": secret})


@require_POST
@login_required
def revoke(request: HttpRequest, company_id: str, key_id: str) -> HttpResponse:
    """End a key at once; to take a right away nobody is asked for the password again."""
    identity = identity_of(request)
    own_company(identity, company_id)
    try:
        revoke_key(identity, company_id, key_id, now=system_clock())
    except RefusedChange as refused:
        say_refused(request, refused)
    return HttpResponseRedirect(reverse("company", args=[company_id]))
