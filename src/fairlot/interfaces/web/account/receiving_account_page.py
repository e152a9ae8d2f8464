"""Naming the account that a company is paid to: who it is is asked first, and an account that no bank could pay is refused."""

from __future__ import annotations

import secrets

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from fairlot.application.access import MemberRight
from fairlot.application.queries.own_programme import named_account
from fairlot.application.supplier import enrolment
from fairlot.application.supplier.suppliers import ReceivingDetails
from fairlot.domain.audit.canonical import canonical_bytes
from fairlot.interfaces.web.account.company_menu import company_menu
from fairlot.interfaces.web.account.forms import country_choices
from fairlot.interfaces.web.account.programme_pages import entered
from fairlot.interfaces.web.account.programme_words import programme_words
from fairlot.interfaces.web.account.stepping_up import step_up
from fairlot.interfaces.web.form_token import is_token, new_token
from fairlot.interfaces.web.viewer import language_of_page
from fairlot.providers.wire import (
    PaymentAccount,
    PaymentBank,
    PaymentFileRefused,
    PaymentParty,
    PostalAddress,
)
from fairlot.store.supplier.suppliers import SALT_BYTES
from fairlot.writing_room import writing_room

TEXT_LENGTH_MAX = 140
UNPROCESSABLE = 422
HOLDER = ("name", "street", "building_number", "post_code", "town", "country")
NUMBERS = ("iban", "number")
BANK = ("bic", "clearing_system", "clearing_number", "bank_name")
# Written in groups by people and banks; sent without the gaps.
COMPACT = frozenset({"iban", "bic"})


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@step_up
def receiving_account(request: HttpRequest, company_id: str) -> HttpResponse:
    """Show the form for who keeps the company's bank account, and name the account that it holds."""
    of, identity = entered(request, company_id, {MemberRight.BANK})
    words = programme_words(language_of_page())
    typed = {name: _typed(request, name) for name in (*HOLDER, *NUMBERS, *BANK)}
    fault, fault_at = "", ""
    if request.method == "POST":
        try:
            named = _named(request, company_id, typed)
        except PaymentFileRefused as refused:
            fault_at = _field_of(refused.place)
            reason = refused.reason(language_of_page())
            fault = f"{words[fault_at]}: {reason}" if fault_at else reason
        else:
            if named:
                messages.success(request, words["account_done"])
                return HttpResponseRedirect(reverse("programme", args=[company_id]))
            fault = words["form_used"]
    context = {
        "company": of,
        "p": words,
        "typed": typed,
        "is_sepa": "is_sepa" in request.POST,
        "countries": country_choices(),
        "has_account": named_account(company_id, desk=writing_room().desk) is not None,
        "fault": fault,
        "fault_at": fault_at,
        "token": new_token(),
        **company_menu(request, identity, of),
    }
    status = UNPROCESSABLE if fault else 200
    return render(request, "account/receiving_account.html", context, status=status)


def _typed(request: HttpRequest, name: str) -> str:
    text = " ".join(request.POST.get(name, "").split())[:TEXT_LENGTH_MAX]
    return text.replace(" ", "").upper() if name in COMPACT else text


def _details(typed: dict[str, str], *, is_sepa: bool) -> ReceivingDetails:
    has_bank = any(typed[name] for name in BANK)
    return ReceivingDetails(
        holder=PaymentParty(
            name=typed["name"],
            address=PostalAddress(
                town=typed["town"],
                country=typed["country"],
                street=typed["street"] or None,
                building_number=typed["building_number"] or None,
                post_code=typed["post_code"] or None,
            ),
        ),
        account=PaymentAccount(iban=typed["iban"] or None, number=typed["number"] or None),
        bank=PaymentBank(
            bic=typed["bic"] or None,
            clearing_system=typed["clearing_system"] or None,
            clearing_number=typed["clearing_number"] or None,
            name=typed["bank_name"] or None,
        )
        if has_bank
        else None,
        is_sepa=is_sepa,
    )


def _named(request: HttpRequest, company_id: str, typed: dict[str, str]) -> bool:
    """Name the account that was typed, once for its form; False for a form of nobody's. Raises PaymentFileRefused."""
    token = request.POST.get("token", "")
    if not is_token(token):
        return False
    details = _details(typed, is_sepa="is_sepa" in request.POST)
    enrolment.name_account(
        company_id,
        details,
        salt=secrets.token_bytes(SALT_BYTES),
        command_id=enrolment.account_command_id(
            company_id, "name", token, canonical_bytes(details)
        ),
        desk=writing_room().desk,
    )
    return True


def _field_of(place: str) -> str:
    """Return the field of the form that a place of the payment names, such as `holder.address.town`."""
    part, _, field = place.rpartition(".")
    if part == "holder_bank" and field == "name":
        return "bank_name"
    return field if field in {*HOLDER, *NUMBERS, *BANK} else ""
