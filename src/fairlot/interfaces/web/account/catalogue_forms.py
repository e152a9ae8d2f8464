"""Reading what a supplier types of itself and its goods: every fault is named beside its field, and nothing typed is lost."""

from __future__ import annotations

import re
from collections.abc import Mapping

import msgspec
from django.http import QueryDict

from fairlot.application.conversation.attachments import ODD_CHARACTERS
from fairlot.application.people.companies import COUNTRIES
from fairlot.domain.money import amount_text
from fairlot.interfaces.web.amount_field import AmountError, minor_of
from fairlot.store.supplier.supplier_listing import Product, Profile

NAME_LENGTH_MAX = 200
ABOUT_LENGTH_MAX = 4000
CATEGORIES_MAX = 20
CATEGORY_LENGTH_MAX = 64
UNIT_LENGTH_MAX = 32
PRODUCT_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
HS_CODE = re.compile(r"([0-9]{6,10})?")
TEXTS = ("name_en", "name_zh", "about_en", "about_zh")
ARTICLE_FIELDS = (
    *("product_id", *TEXTS, "category", "unit", "currency"),
    *("price_low", "price_high", "hs_code"),
)

Faults = dict[str, str]
"""Names of sentences (`catalogue_words`) by field."""


class ReadArticle(msgspec.Struct, frozen=True, kw_only=True):
    """An article as typed: the product, or what is wrong by field."""

    product: Product | None
    faults: Faults


def read_profile(company_id: str, typed: QueryDict) -> tuple[Profile | None, Faults]:
    """Return the profile that was typed, or what is wrong with it."""
    texts = _texts(typed)
    faults = _text_faults(texts)
    country = typed.get("country", "")
    if country not in COUNTRIES:
        faults["country"] = "country_unknown"
    categories = tuple(dict.fromkeys(each for each in typed.getlist("categories") if each))
    if len(categories) > CATEGORIES_MAX or any(_is_no_word(each) for each in categories):
        faults["categories"] = "too_long"
    if faults:
        return None, faults
    return Profile(company_id=company_id, country=country, categories=categories, **texts), {}


def read_article(
    company_id: str,
    typed: QueryDict,
    *,
    currencies: frozenset[str],
    known: Product | None = None,
) -> ReadArticle:
    """Return the article that was typed, or what is wrong with it; one without a highest price has one price.

    One that is known keeps its number, and whether it is offered.
    """
    texts = _texts(typed)
    faults = _text_faults(texts)
    product_id = known.product_id if known else typed.get("product_id", "").strip()
    category, unit = typed.get("category", "").strip(), typed.get("unit", "").strip()
    currency, hs_code = typed.get("currency", ""), typed.get("hs_code", "").strip()
    checks = (
        ("product_id", "product_id_wrong", known or PRODUCT_ID.fullmatch(product_id)),
        ("category", "category_missing", not _is_no_word(category)),
        ("unit", "unit_missing", not _is_no_word(unit) and len(unit) <= UNIT_LENGTH_MAX),
        ("currency", "currency_unknown", currency in currencies),
        ("hs_code", "hs_code_wrong", HS_CODE.fullmatch(hs_code)),
    )
    faults |= {field: fault for field, fault, holds in checks if not holds}
    low_minor, high_minor = (
        _price(typed.get(name, ""), currency) for name in ("price_low", "price_high")
    )
    if not low_minor:
        faults["price_low"] = "price_wrong"
    if high_minor is None:
        faults["price_high"] = "price_wrong"
    elif low_minor and 0 < high_minor < low_minor:
        faults["price_high"] = "price_turned"
    if faults or low_minor is None:
        return ReadArticle(product=None, faults=faults)
    product = Product(
        company_id=company_id,
        product_id=product_id,
        category=category,
        unit=unit,
        currency=currency,
        price_low_minor=low_minor,
        price_high_minor=high_minor or low_minor,
        hs_code=hs_code,
        is_offered=known is None or known.is_offered,
        **texts,
    )
    return ReadArticle(product=product, faults={})


def typed_of(product: Product) -> dict[str, str]:
    """Return an article as it would be typed."""
    low, high = (
        amount_text(minor, product.currency).removeprefix(f"{product.currency} ")
        for minor in (product.price_low_minor, product.price_high_minor)
    )
    return {
        **{name: getattr(product, name) for name in ARTICLE_FIELDS if hasattr(product, name)},
        "price_low": low,
        "price_high": "" if low == high else high,
    }


def _texts(typed: Mapping[str, str]) -> dict[str, str]:
    return {name: typed.get(name, "").replace("\r\n", "\n").strip() for name in TEXTS}


def _text_faults(texts: dict[str, str]) -> Faults:
    faults: Faults = {}
    for name, text in texts.items():
        if len(text) > (NAME_LENGTH_MAX if name.startswith("name") else ABOUT_LENGTH_MAX):
            faults[name] = "too_long"
        elif ODD_CHARACTERS.search(text):
            faults[name] = "odd"
    if not texts["name_en"] and not texts["name_zh"]:
        faults["name_en"] = "name_missing"
    return faults


def _is_no_word(text: str) -> bool:
    return not text or len(text) > CATEGORY_LENGTH_MAX or not text.isprintable()


def _price(text: str, currency: str) -> int | None:
    try:
        return minor_of(text, currency)
    except AmountError:
        return None
