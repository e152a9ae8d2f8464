"""Pages of companies: one's own, entering one, members with their rights, invitations."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.mail import send_mail
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from fairlot import config
from fairlot.application.access import Identity, MemberRight, rights_in
from fairlot.application.people.companies import (
    NewCompany,
    change_rights,
    found_company,
    remove_member,
)
from fairlot.application.people.invitations import invite_member, waiting, withdraw
from fairlot.application.people.people_refusals import RefusedChange
from fairlot.clock import system_clock
from fairlot.interfaces.web.account.company_menu import company_menu
from fairlot.interfaces.web.account.forms import (
    at_minute,
    country_choices,
    email_asked,
    right_choices,
    rights_asked,
    say_refused,
)
from fairlot.interfaces.web.account.standing_place import identity_of
from fairlot.interfaces.web.account.stepping_up import step_up
from fairlot.interfaces.web.account.words import (
    INVITATION_SUBJECT,
    INVITATION_TEXT,
    account_words,
)
from fairlot.interfaces.web.viewer import language_of_page
from fairlot.store.people.models import ApiKey, Company, Membership, Person

KINDS = ("trades", "is_sourcing_agent", "is_inspection_company")


@login_required
def companies(request: HttpRequest) -> HttpResponse:
    """Show one's companies, and enter a new one."""
    if request.method == "POST":
        wanted = NewCompany(
            legal_name=request.POST.get("legal_name", ""),
            country=request.POST.get("country", ""),
            **{kind: kind in request.POST for kind in KINDS},
        )
        try:
            company = found_company(str(request.user.pk), wanted, now=system_clock())
        except RefusedChange as refused:
            say_refused(request, refused)
        else:
            return HttpResponseRedirect(reverse("company", args=[company.id]))
    words = account_words(language_of_page())
    identity = identity_of(request)
    ids = [member.company_id for member in identity.memberships]
    context = {
        "companies": Company.objects.filter(id__in=ids).order_by("legal_name"),
        "countries": country_choices(),
        "kinds": [
            (kind, words[kind], kind in request.POST or (not request.POST and kind == "trades"))
            for kind in KINDS
        ],
        "typed": request.POST,
    }
    return render(request, "account/companies.html", context)


@login_required
def company(request: HttpRequest, company_id: str) -> HttpResponse:
    """Show a company to its members."""
    identity = identity_of(request)
    of = own_company(identity, company_id)
    own = rights_in(identity, company_id)
    words = account_words(language_of_page())
    members = Membership.objects.filter(company=of).select_related("person").order_by("since")
    manages = MemberRight.MANAGE in own
    context = {
        "company": of,
        "manages": manages,
        "members": [_member_row(each, own, words) for each in members],
        "choices": right_choices(own, frozenset({MemberRight.FOLLOW.value})),
        "waiting": [
            {"number": each.pk, "email": each.email, "until": at_minute(each.expires_at)}
            for each in waiting(company_id, now=system_clock())
        ]
        if manages
        else [],
        "keys": [_key_row(each, words) for each in _keys(identity, of, manages=manages)],
        **company_menu(request, identity, of),
    }
    return render(request, "account/company.html", context)


@require_POST
@login_required
@step_up
def set_rights(request: HttpRequest, company_id: str, person_id: str) -> HttpResponse:
    """Give a member the ticked rights."""
    identity = identity_of(request)
    own_company(identity, company_id)
    try:
        change_rights(identity, company_id, person_id, rights_asked(request), now=system_clock())
    except RefusedChange as refused:
        say_refused(request, refused)
    else:
        messages.success(request, account_words(language_of_page())["saved"])
    return HttpResponseRedirect(reverse("company", args=[company_id]))


@require_POST
@login_required
@step_up
def remove(request: HttpRequest, company_id: str, person_id: str) -> HttpResponse:
    """Take a member out, or leave."""
    identity = identity_of(request)
    own_company(identity, company_id)
    try:
        remove_member(identity, company_id, person_id, now=system_clock())
    except RefusedChange as refused:
        say_refused(request, refused)
        return HttpResponseRedirect(reverse("company", args=[company_id]))
    return HttpResponseRedirect(
        reverse("companies")
        if person_id == identity.person_id
        else reverse("company", args=[company_id])
    )


@require_POST
@login_required
@step_up
def invite(request: HttpRequest, company_id: str) -> HttpResponse:
    """Write to somebody whom the company wants as a member."""
    identity = identity_of(request)
    of = own_company(identity, company_id)
    try:
        email = email_asked(request)
        token = invite_member(
            identity, company_id, email, rights_asked(request), now=system_clock()
        )
    except RefusedChange as refused:
        say_refused(request, refused)
    else:
        _write(request, of, email, token)
        messages.success(request, account_words(language_of_page())["invited"])
    return HttpResponseRedirect(reverse("company", args=[company_id]))


@require_POST
@login_required
def withdraw_invitation(request: HttpRequest, company_id: str, number: int) -> HttpResponse:
    """Take an invitation back."""
    identity = identity_of(request)
    own_company(identity, company_id)
    try:
        withdraw(identity, company_id, number, now=system_clock())
    except RefusedChange as refused:
        say_refused(request, refused)
    return HttpResponseRedirect(reverse("company", args=[company_id]))


def own_company(identity: Identity, company_id: str) -> Company:
    """Return a company that somebody belongs to; a foreign one looks like one that is not there. Raises Http404."""
    if not rights_in(identity, company_id):
        raise Http404
    return Company.objects.get(id=company_id)


def _member_row(
    member: Membership, own: frozenset[MemberRight], words: dict[str, str]
) -> dict[str, Any]:
    ticked = frozenset(member.rights)
    return {
        "person": member.person,
        "rights": [words[f"right_{right.value}"] for right in MemberRight if right.value in ticked],
        "choices": right_choices(own, ticked),
    }


def _keys(identity: Identity, of: Company, *, manages: bool) -> list[ApiKey]:
    keys = ApiKey.objects.filter(company=of, revoked_at=None).order_by("created_at")
    return list(keys if manages else keys.filter(created_by_id=identity.person_id))


def _key_row(key: ApiKey, words: dict[str, str]) -> dict[str, Any]:
    return {
        "key": key,
        "rights": [words[f"right_{right}"] for right in key.rights],
        "until": at_minute(key.expires_at),
        "last_used": at_minute(key.last_used_at),
    }


def _write(request: HttpRequest, of: Company, email: str, token: str) -> None:
    language = language_of_page()
    link = config.settings().base_url + reverse("invitation", args=[token])
    inviter = Person.objects.get(id=str(request.user.pk)).get_full_name()
    named = {"name": of.legal_name, "inviter": inviter, "link": link}
    subject = INVITATION_SUBJECT.say(language).format(**named)
    send_mail(subject, INVITATION_TEXT.say(language).format(**named), None, [email])
