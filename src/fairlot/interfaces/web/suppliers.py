"""Pages of suppliers for everybody who is signed in: search, one supplier, and several side by side for one order."""

from __future__ import annotations

import re
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode

from fairlot.application.queries import supplier_profile as profiles
from fairlot.application.queries.supplier_search import (
    Question,
    limit_rules_of,
    search_products,
    search_suppliers,
)
from fairlot.bootstrap import PLATFORM_EDITION
from fairlot.domain.policy.model import LimitRules
from fairlot.domain.words.language import Language
from fairlot.interfaces.web.amount_field import AmountError, minor_of
from fairlot.interfaces.web.proposing.beginner import buyer_beginning
from fairlot.interfaces.web.supplier_rows import (
    article_row,
    compared_row,
    country_name,
    product_row,
    profile_row,
    sum_rows,
    supplier_row,
)
from fairlot.interfaces.web.supplier_words import CATEGORIES, supplier_words
from fairlot.interfaces.web.viewer import html_language, language_of_page
from fairlot.interfaces.web.words import page_words
from fairlot.reading_room import reading_room
from fairlot.store.supplier import supplier_listing
from fairlot.store.supplier.supplier_search import Place
from fairlot.writing_room import lent_connection, writing_room

ROWS_PER_PAGE = 20
GOODS_PER_PAGE = 24
TEXT_LENGTH_MAX = 200
PLACE = re.compile(r"([0-9]{1,15}) ([!-~]{1,64}) ([!-~]{0,64})")
ID_LENGTH_MAX = 64
# Where most suppliers of this trade are; any other country can be named in the address.
COUNTRIES = ("CN", "VN", "IN", "BD", "TR", "PK", "ID", "TH", "MX", "PL", "PT", "IT", "DE", "US")


@login_required
def search(request: HttpRequest) -> HttpResponse:
    """Find suppliers or goods; every filter stands in the address, so that a search can be kept and sent."""
    language, rules = language_of_page(), _rules()
    asked = {
        name: request.GET.get(name, "").strip()[:TEXT_LENGTH_MAX].replace("\x00", "")
        for name in ("q", "amount", "currency", "country", "category", "badge", "what")
    }
    context: dict[str, Any] = {
        **asked,
        "currencies": [rules.currency, *sorted({rate.currency for rate in rules.rates})],
        "countries": sorted(
            ((code, country_name(code, language)) for code in COUNTRIES), key=lambda pair: pair[1]
        ),
        "category_names": [(name, words.say(language)) for name, words in CATEGORIES.items()],
    }
    context["currency"] = asked["currency"] or rules.currency
    try:
        question = _question(asked, rules)
    except AmountError:
        return _show(request, "suppliers/search.html", {**context, "is_bad_amount": True})
    return _show(
        request, "suppliers/search.html", {**context, **_found(request, question, language, rules)}
    )


@login_required
def profile(request: HttpRequest, supplier_id: str) -> HttpResponse:
    """Show one supplier: badge, limit with its sum, record, audits, goods."""
    language, desk = language_of_page(), writing_room().desk
    found = profiles.supplier_profile(_known(supplier_id), desk=desk)
    if found is None:
        raise Http404
    computation = profiles.limit_computation(supplier_id, desk=desk)
    after = request.GET.get("after", "")[:ID_LENGTH_MAX]
    with lent_connection() as connection:
        goods = supplier_listing.products_of(
            connection, supplier_id, after=after.replace("\x00", ""), limit=GOODS_PER_PAGE + 1
        )
    buyer = buyer_beginning(request)
    context = {
        "supplier": profile_row(found, language),
        "supplier_id": supplier_id,
        "may_begin": buyer is not None and buyer.company_id != supplier_id,
        "sum": [] if computation is None else sum_rows(computation, language),
        "sum_at": None if computation is None else computation.inputs.computed_at,
        "goods": [article_row(each, language) for each in goods[:GOODS_PER_PAGE]],
        "more_after": goods[GOODS_PER_PAGE - 1].product_id if len(goods) > GOODS_PER_PAGE else "",
    }
    return _show(request, "suppliers/profile.html", context)


@login_required
def compare(request: HttpRequest) -> HttpResponse:
    """Show the chosen suppliers side by side for one order."""
    language, rules = language_of_page(), _rules()
    chosen = [_known(each) for each in request.GET.getlist("s")[: profiles.COMPARED_MAX]]
    asked = {name: request.GET.get(name, "").strip() for name in ("amount", "currency")}
    currency = asked["currency"] or rules.currency
    if currency not in {rules.currency, *(rate.currency for rate in rules.rates)}:
        currency = rules.currency
    try:
        amount_minor = minor_of(asked["amount"], currency)
    except AmountError:
        amount_minor = 0
    compared = profiles.compare(
        chosen, amount_minor=amount_minor, currency=currency, rules=rules, desk=writing_room().desk
    )
    context = {
        "compared": [compared_row(each, language) for each in compared],
        "amount": asked["amount"],
        "currency": currency,
        "currencies": [rules.currency, *sorted({rate.currency for rate in rules.rates})],
        "has_amount": amount_minor > 0,
    }
    return _show(request, "suppliers/compare.html", context)


def _found(
    request: HttpRequest, question: Question, language: Language, rules: LimitRules
) -> dict[str, Any]:
    is_goods = request.GET.get("what") == "goods"
    after, now = _place(request.GET.get("from", "")), reading_room().clock()
    rows: list[dict[str, Any]]
    with lent_connection() as connection:
        if is_goods:
            goods = search_products(
                connection, question, rules=rules, now=now, after=after, limit=ROWS_PER_PAGE
            )
            rows = [product_row(each, language) for each in goods.products]
            place = goods.after
        else:
            suppliers = search_suppliers(
                connection, question, rules=rules, now=now, after=after, limit=ROWS_PER_PAGE
            )
            rows = [supplier_row(each, language) for each in suppliers.suppliers]
            place = suppliers.after
    kept = [(n, str(v)) for n, v in request.GET.items() if v and n != "from"]
    return {
        "rows": rows,
        "is_goods": is_goods,
        "next": urlencode([*kept, ("from", _word(place))]) if place else "",
        "first": urlencode(kept) if after else "",
        "is_later": after is not None,
    }


def _question(asked: dict[str, str], rules: LimitRules) -> Question:
    currency = asked["currency"] or rules.currency
    if currency not in {rules.currency, *(rate.currency for rate in rules.rates)}:
        raise AmountError(currency)
    return Question(
        text=asked["q"],
        badge=bool(asked["badge"]),
        amount_minor=minor_of(asked["amount"], currency),
        currency=currency,
        country=asked["country"][:2],
        category=asked["category"][:64],
    )


def _word(place: Place) -> str:
    return f"{place.merit} {place.company_id} {place.product_id}"


def _place(word: str) -> Place | None:
    """Return where a page begins; a word that is not ours begins at the first."""
    found = PLACE.fullmatch(word)
    return None if found is None else Place(int(found[1]), found[2], found[3])


def _known(supplier_id: str) -> str:
    if not supplier_id.isprintable() or len(supplier_id) > ID_LENGTH_MAX:
        raise Http404
    return supplier_id


def _rules() -> LimitRules:
    return limit_rules_of(reading_room().policies, PLATFORM_EDITION)


def _show(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    language = language_of_page()
    shared = {
        "t": page_words(language),
        "s": supplier_words(language),
        "html_lang": html_language(language),
    }
    return render(request, template, {**shared, **context})
