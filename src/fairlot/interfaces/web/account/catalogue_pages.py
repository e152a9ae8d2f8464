"""A supplier's profile and catalogue, kept by who manages the company: written, changed, withdrawn, offered again."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST
from msgspec.structs import replace

from fairlot.application.access import Identity, MemberRight
from fairlot.application.queries.supplier_search import limit_rules_of
from fairlot.application.supplier import enrolment
from fairlot.bootstrap import PLATFORM_EDITION
from fairlot.domain.order.refusal_words import refusal_sentence
from fairlot.domain.order.refusals import Refused
from fairlot.domain.policy.model import LimitRules
from fairlot.interfaces.web.account.catalogue_forms import (
    ARTICLE_FIELDS,
    Faults,
    read_article,
    read_profile,
    typed_of,
)
from fairlot.interfaces.web.account.catalogue_words import catalogue_words
from fairlot.interfaces.web.account.company_menu import company_menu
from fairlot.interfaces.web.account.forms import country_choices
from fairlot.interfaces.web.account.programme_pages import entered
from fairlot.interfaces.web.supplier_rows import article_row
from fairlot.interfaces.web.supplier_words import CATEGORIES, UNITS, told
from fairlot.interfaces.web.viewer import language_of_page
from fairlot.reading_room import reading_room
from fairlot.store.people.models import Company
from fairlot.store.supplier import supplier_listing
from fairlot.store.supplier.supplier_listing import Product, Profile
from fairlot.writing_room import lent_connection, writing_room

ROWS_PER_PAGE = 50
ID_LENGTH_MAX = 64
UNPROCESSABLE = 422
NEEDED = frozenset({MemberRight.MANAGE})


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def catalogue(request: HttpRequest, company_id: str) -> HttpResponse:
    """Show the profile and all goods, the withdrawn ones too, and keep a changed profile."""
    of, identity = entered(request, company_id, NEEDED)
    faults: Faults = {}
    if request.method == "POST":
        profile, faults = read_profile(company_id, request.POST)
        if profile is not None:
            enrolment.save_profile(profile, desk=writing_room().desk)
            return _told(request, "saved", _list_of(company_id))
    after = request.GET.get("after", "")
    after = after if len(after) <= ID_LENGTH_MAX and after.isprintable() else ""
    with lent_connection() as connection:
        kept = supplier_listing.find_profile(connection, company_id)
        goods = supplier_listing.products_of(
            connection, company_id, after=after, limit=ROWS_PER_PAGE + 1, withdrawn_too=True
        )
    shown = goods[:ROWS_PER_PAGE]
    context = {
        "has_profile": kept is not None,
        "typed": _profile_typed(request, kept, of, is_faulty=bool(faults)),
        "categories": _categories(request, kept, is_faulty=bool(faults)),
        "countries": country_choices(),
        "goods": [_row(each) for each in shown],
        "more_after": shown[-1].product_id if len(goods) > ROWS_PER_PAGE else "",
        "is_later": after != "",
    }
    return _show(request, "account/catalogue.html", (of, identity), context, faults=faults)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def add_article(request: HttpRequest, company_id: str) -> HttpResponse:
    """Add an article under a number that no other has."""
    place = entered(request, company_id, NEEDED)
    if request.method != "POST":
        fresh = {**dict.fromkeys(ARTICLE_FIELDS, ""), "currency": _rules().currency}
        return _form(request, place, fresh)
    read = read_article(company_id, request.POST, currencies=_currencies())
    faults = dict(read.faults)
    if read.product is not None and _find(company_id, read.product.product_id) is not None:
        faults["product_id"] = "product_id_taken"
    return _kept(request, place, None if faults else read.product, faults)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def article(request: HttpRequest, company_id: str, product_id: str) -> HttpResponse:
    """Show an article and keep changes to it; its number stays, and so does whether it is offered."""
    place = entered(request, company_id, NEEDED)
    known = _known(company_id, product_id)
    if request.method != "POST":
        return _form(request, place, typed_of(known), known=known)
    currencies = _currencies() | {known.currency}
    read = read_article(company_id, request.POST, currencies=currencies, known=known)
    return _kept(request, place, read.product, read.faults, known=known)


@require_POST
@login_required
def withdraw_article(request: HttpRequest, company_id: str, product_id: str) -> HttpResponse:
    """Take an article out of what buyers find."""
    return _switched(request, company_id, product_id, is_offered=False)


@require_POST
@login_required
def offer_article(request: HttpRequest, company_id: str, product_id: str) -> HttpResponse:
    """Let buyers find an article again."""
    return _switched(request, company_id, product_id, is_offered=True)


def _switched(
    request: HttpRequest, company_id: str, product_id: str, *, is_offered: bool
) -> HttpResponse:
    entered(request, company_id, NEEDED)
    known = _known(company_id, product_id)
    enrolment.save_product(replace(known, is_offered=is_offered), desk=writing_room().desk)
    return _told(request, "offer_done" if is_offered else "withdraw_done", _list_of(company_id))


def _kept(
    request: HttpRequest,
    place: tuple[Company, Identity],
    product: Product | None,
    faults: Faults,
    *,
    known: Product | None = None,
) -> HttpResponse:
    """Keep an article that is whole, or show the form again with what is wrong."""
    of, _ = place
    if product is not None:
        try:
            enrolment.save_product(product, desk=writing_room().desk)
        except Refused as refused:
            sentence = refusal_sentence(refused.code, refused.facts, language_of_page())
            messages.error(request, sentence)
            return HttpResponseRedirect(_list_of(of.id))
        return _told(request, "saved", _list_of(of.id))
    typed = {name: request.POST.get(name, "") for name in ARTICLE_FIELDS}
    return _form(request, place, typed, known=known, faults=faults)


def _form(
    request: HttpRequest,
    place: tuple[Company, Identity],
    typed: dict[str, str],
    *,
    known: Product | None = None,
    faults: Faults | None = None,
) -> HttpResponse:
    language = language_of_page()
    context = {
        "typed": typed,
        "known": None if known is None else article_row(known, language),
        "is_offered": known is None or known.is_offered,
        "currencies": sorted(_currencies() | ({known.currency} if known else set())),
        "categories": _choices(CATEGORIES, typed["category"]),
        "units": _choices(UNITS, typed["unit"]),
    }
    return _show(request, "account/article.html", place, context, faults=faults or {})


def _find(company_id: str, product_id: str) -> Product | None:
    with lent_connection() as connection:
        return supplier_listing.find_product(connection, company_id, product_id)


def _known(company_id: str, product_id: str) -> Product:
    """Return an article of the company. Raises Http404."""
    is_one = len(product_id) <= ID_LENGTH_MAX and product_id.isprintable()
    found = _find(company_id, product_id) if is_one else None
    if found is None:
        raise Http404
    return found


def _rules() -> LimitRules:
    return limit_rules_of(reading_room().policies, PLATFORM_EDITION)


def _currencies() -> frozenset[str]:
    rules = _rules()
    return frozenset({rules.currency, *(rate.currency for rate in rules.rates)})


def _choices(table: dict[str, Any], chosen: str) -> list[tuple[str, str]]:
    """Return the words to choose from with their names; one that the company wrote itself stays among them."""
    language = language_of_page()
    words = [*table, *([chosen] if chosen and chosen not in table else [])]
    return [(word, told(table, word, language)) for word in words]


def _categories(
    request: HttpRequest, kept: Profile | None, *, is_faulty: bool
) -> list[tuple[str, str, bool]]:
    own = kept.categories if kept is not None else ()
    ticked = request.POST.getlist("categories") if is_faulty else own
    language = language_of_page()
    words = dict.fromkeys([*CATEGORIES, *own])
    return [(word, told(CATEGORIES, word, language), word in ticked) for word in words]


def _profile_typed(
    request: HttpRequest, kept: Profile | None, of: Company, *, is_faulty: bool
) -> QueryDict | dict[str, str]:
    if is_faulty:
        return request.POST
    names = ("name_en", "name_zh", "about_en", "about_zh", "country")
    if kept is None:
        return {**dict.fromkeys(names, ""), "name_en": of.legal_name, "country": of.country}
    return {name: getattr(kept, name) for name in names}


def _row(product: Product) -> dict[str, Any]:
    row = article_row(product, language_of_page())
    return {**row, "is_offered": product.is_offered}


def _list_of(company_id: str) -> str:
    return reverse("catalogue", args=[company_id])


def _told(request: HttpRequest, name: str, address: str) -> HttpResponseRedirect:
    messages.success(request, catalogue_words(language_of_page())[name])
    return HttpResponseRedirect(address)


def _show(
    request: HttpRequest,
    template: str,
    place: tuple[Company, Identity],
    context: dict[str, Any],
    *,
    faults: Faults,
) -> HttpResponse:
    of, identity = place
    words = catalogue_words(language_of_page())
    shared = {
        "company": of,
        "c": words,
        "faults": {field: words[name] for field, name in faults.items()},
        **company_menu(request, identity, of),
    }
    status = UNPROCESSABLE if faults else 200
    return render(request, template, {**shared, **context}, status=status)
