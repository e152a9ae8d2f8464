"""Suppliers as every signed-in reader sees them: search, profiles, limits with their sums, comparison, and the catalogue.

What a supplier says of itself it writes itself; what counts (badge, limit, record) nobody writes: it is computed.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable
from typing import Annotated, TypeVar

import msgspec
from django.http import HttpRequest, HttpResponse
from ninja import Router

from fairlot.application.access import MemberRight, rights_in
from fairlot.application.queries import supplier_profile as profiles
from fairlot.application.queries import supplier_search as searching
from fairlot.application.queries.supplier_profile import Compared, SupplierProfile
from fairlot.application.supplier import enrolment
from fairlot.bootstrap import PLATFORM_EDITION
from fairlot.domain.cover.limit import LimitComputation
from fairlot.domain.order.refusals import Code
from fairlot.domain.party import Role
from fairlot.domain.policy.model import LimitRules
from fairlot.domain.supplier.record import SupplierRecord
from fairlot.interfaces.api.auth import caller_of
from fairlot.interfaces.api.document import declared
from fairlot.interfaces.api.problems import Declined, Trouble
from fairlot.interfaces.api.wire import AMOUNT_MAX, NoQuery, answer, body_of, query_of
from fairlot.reading_room import reading_room
from fairlot.store.supplier import supplier_listing
from fairlot.store.supplier.supplier_listing import Product, Profile
from fairlot.store.supplier.supplier_search import FoundProduct, FoundSupplier, Place
from fairlot.writing_room import lent_connection, writing_room

PAGE_MAX = 100
NAMED = re.compile(r"[!-~]{1,64}")
Country = Annotated[str, msgspec.Meta(pattern="^[A-Z]{2}$")]
CountryWanted = Annotated[str, msgspec.Meta(pattern="^([A-Z]{2})?$")]
CurrencyWanted = Annotated[str, msgspec.Meta(pattern="^([A-Z]{3})?$")]
Amount = Annotated[int, msgspec.Meta(ge=0, le=AMOUNT_MAX)]
Price = Annotated[int, msgspec.Meta(ge=1, le=AMOUNT_MAX)]
Named = Annotated[str, msgspec.Meta(max_length=200)]
Told = Annotated[str, msgspec.Meta(max_length=4000)]
Category = Annotated[str, msgspec.Meta(min_length=1, max_length=64)]

Page = TypeVar("Page", searching.SupplierPage, searching.ProductPage)

router = Router(tags=["Suppliers"])


class SearchQuery(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What to look for; all that is given must hold."""

    text: Annotated[
        str, msgspec.Meta(max_length=200, description="Words, in English or Chinese.")
    ] = ""
    badge: Annotated[bool, msgspec.Meta(description="Only suppliers that carry the badge.")] = False
    amount_minor: Annotated[
        Amount,
        msgspec.Meta(description="Only suppliers whose free limit covers an order of this amount."),
    ] = 0
    currency: Annotated[
        CurrencyWanted,
        msgspec.Meta(description="The amount's currency; else the one that limits are kept in."),
    ] = ""
    country: CountryWanted = ""
    category: Annotated[str, msgspec.Meta(max_length=64)] = ""
    limit: Annotated[int, msgspec.Meta(ge=1, le=PAGE_MAX)] = 20
    cursor: Annotated[str, msgspec.Meta(max_length=300)] = ""


class ComparisonQuery(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which suppliers to compare, and for which order."""

    suppliers: Annotated[
        str, msgspec.Meta(max_length=500, description="Up to six ids, separated by commas.")
    ]
    amount_minor: Amount = 0
    currency: CurrencyWanted = ""


class CatalogueQuery(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Goods after one of them."""

    after: Annotated[str, msgspec.Meta(max_length=64)] = ""
    limit: Annotated[int, msgspec.Meta(ge=1, le=PAGE_MAX)] = 20


class SupplierList(msgspec.Struct, frozen=True, kw_only=True):
    """Suppliers by merit: the badge first, then completed orders, then the on-time rate."""

    suppliers: tuple[FoundSupplier, ...]
    next_cursor: str | None


class ProductList(msgspec.Struct, frozen=True, kw_only=True):
    """Goods by their supplier's merit."""

    products: tuple[FoundProduct, ...]
    next_cursor: str | None


class Catalogue(msgspec.Struct, frozen=True, kw_only=True):
    """A supplier's goods in the order of their ids."""

    products: tuple[Product, ...]
    next_after: str | None


class Comparison(msgspec.Struct, frozen=True, kw_only=True):
    """Suppliers side by side for one order (R8)."""

    suppliers: tuple[Compared, ...]


class NewProfile(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a supplier says of itself; a name in one language at least."""

    name_en: Named = ""
    name_zh: Named = ""
    about_en: Told = ""
    about_zh: Told = ""
    country: Country
    categories: Annotated[tuple[Category, ...], msgspec.Meta(max_length=20)] = ()


class NewProduct(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One article: prices are a range for one unit; `is_offered` false takes it out of the catalogue."""

    name_en: Named = ""
    name_zh: Named = ""
    about_en: Told = ""
    about_zh: Told = ""
    category: Category
    unit: Annotated[str, msgspec.Meta(min_length=1, max_length=32)]
    currency: Annotated[str, msgspec.Meta(pattern="^[A-Z]{3}$")]
    price_low_minor: Price
    price_high_minor: Price
    hs_code: Annotated[str, msgspec.Meta(pattern="^([0-9]{6,10})?$")] = ""
    is_offered: bool = True


@router.get(
    "/suppliers",
    summary="Find suppliers",
    openapi_extra=declared(answer=SupplierList, query=SearchQuery),
)
def find_suppliers(request: HttpRequest) -> HttpResponse:
    """Search suppliers by words, badge, country, category, and whether their free limit covers your order."""
    page = _page_asked_for(request, searching.search_suppliers)
    return answer(SupplierList(suppliers=tuple(page.suppliers), next_cursor=cursor_of(page.after)))


@router.get(
    "/products",
    summary="Find goods",
    openapi_extra=declared(answer=ProductList, query=SearchQuery),
)
def find_products(request: HttpRequest) -> HttpResponse:
    """Search goods on offer; the filters are their suppliers'."""
    page = _page_asked_for(request, searching.search_products)
    return answer(ProductList(products=tuple(page.products), next_cursor=cursor_of(page.after)))


@router.get(
    "/supplier-comparison",
    summary="Compare suppliers for one order",
    openapi_extra=declared(answer=Comparison, query=ComparisonQuery),
)
def compare_suppliers(request: HttpRequest) -> HttpResponse:
    """Side by side: limit, what of your order would be covered now, record, on-time and dispute rate, audits, country."""
    query = query_of(request, ComparisonQuery)
    company_ids = [each for each in query.suppliers.split(",") if NAMED.fullmatch(each)]
    if not 1 <= len(company_ids) <= profiles.COMPARED_MAX:
        reason = f"`suppliers` takes 1 to {profiles.COMPARED_MAX} ids"
        raise Declined(Trouble.QUERY_INVALID, reason=reason)
    rules = limit_rules()
    compared = profiles.compare(
        company_ids,
        amount_minor=query.amount_minor,
        currency=query.currency or rules.currency,
        rules=rules,
        desk=writing_room().desk,
    )
    return answer(Comparison(suppliers=compared))


@router.get(
    "/suppliers/{supplier_id}",
    summary="Look at a supplier",
    openapi_extra=declared(answer=SupplierProfile),
)
def look_at_supplier(request: HttpRequest, supplier_id: str) -> HttpResponse:
    """A supplier as it stands at this moment: badge and why, limit and what is free of it, record, audits."""
    query_of(request, NoQuery)
    return answer(_profile(supplier_id))


@router.get(
    "/suppliers/{supplier_id}/record",
    summary="Read a supplier's record",
    openapi_extra=declared(answer=SupplierRecord),
)
def read_record(request: HttpRequest, supplier_id: str) -> HttpResponse:
    """Assured orders, their value, disputes and how they ended, since when it counts (R5)."""
    query_of(request, NoQuery)
    return answer(_profile(supplier_id).record)


@router.get(
    "/suppliers/{supplier_id}/limit",
    summary="Read the sum behind a limit",
    openapi_extra=declared(answer=LimitComputation),
)
def read_limit_sum(request: HttpRequest, supplier_id: str) -> HttpResponse:
    """The latest computation of the limit with its inputs and rules, so that you can redo it (R3)."""
    query_of(request, NoQuery)
    computation = profiles.limit_computation(known_id(supplier_id), desk=writing_room().desk)
    if computation is None:
        raise Declined(Trouble.NOT_FOUND)
    return answer(computation)


@router.get(
    "/suppliers/{supplier_id}/products",
    summary="Read a supplier's catalogue",
    openapi_extra=declared(answer=Catalogue, query=CatalogueQuery),
)
def read_catalogue(request: HttpRequest, supplier_id: str) -> HttpResponse:
    """The goods that a supplier offers."""
    query = query_of(request, CatalogueQuery)
    with lent_connection() as connection:
        found = supplier_listing.products_of(
            connection, known_id(supplier_id), after=query.after, limit=query.limit + 1
        )
    shown = tuple(found[: query.limit])
    more = shown[-1].product_id if len(found) > query.limit else None
    return answer(Catalogue(products=shown, next_after=more))


@router.put(
    "/suppliers/{supplier_id}/profile",
    summary="Write your profile",
    openapi_extra=declared(answer=SupplierProfile, body=NewProfile),
)
def write_profile(request: HttpRequest, supplier_id: str) -> HttpResponse:
    """Write what your company says of itself. Badge, limit and record are not yours to write."""
    query_of(request, NoQuery)
    member_for(request, supplier_id, MemberRight.MANAGE)
    asked = body_of(request, NewProfile)
    _refuse_nameless(asked.name_en, asked.name_zh)
    profile = Profile(company_id=supplier_id, **msgspec.structs.asdict(asked))
    enrolment.save_profile(profile, desk=writing_room().desk)
    return answer(_profile(supplier_id))


@router.put(
    "/suppliers/{supplier_id}/products/{product_id}",
    summary="Write an article of your catalogue",
    openapi_extra=declared(answer=Product, body=NewProduct, may_conflict=True),
)
def write_product(request: HttpRequest, supplier_id: str, product_id: str) -> HttpResponse:
    """Offer an article, change it, or take it back with `is_offered`. Sending the same again changes nothing."""
    query_of(request, NoQuery)
    member_for(request, supplier_id, MemberRight.MANAGE)
    asked = body_of(request, NewProduct)
    _refuse_nameless(asked.name_en, asked.name_zh)
    if asked.price_high_minor < asked.price_low_minor:
        raise Declined(Trouble.BODY_INVALID, reason="`price_high_minor` is below the low one")
    product = Product(
        company_id=supplier_id,
        product_id=known_id(product_id),
        **msgspec.structs.asdict(asked),
    )
    enrolment.save_product(product, desk=writing_room().desk)
    return answer(product)


def limit_rules() -> LimitRules:
    """Return the rules by which the platform computes limits."""
    return searching.limit_rules_of(reading_room().policies, PLATFORM_EDITION)


def known_id(text: str) -> str:
    """Return an id from an address, if it can be one. Raises Declined."""
    if not NAMED.fullmatch(text):
        raise Declined(Trouble.NOT_FOUND)
    return text


def member_for(request: HttpRequest, company_id: str, right: MemberRight) -> str:
    """Return who asks, where they have a right in the company. Raises Declined."""
    identity = caller_of(request).identity
    if right not in rights_in(identity, known_id(company_id)):
        raise Declined(Code.NOT_PERMITTED)
    return identity.person_id


def operator_of(request: HttpRequest) -> str:
    """Return who asks, where they are an operator. Raises Declined."""
    identity = caller_of(request).identity
    if Role.OPERATOR not in identity.staff_roles:
        raise Declined(Code.NOT_PERMITTED)
    return identity.person_id


def cursor_of(place: Place | None) -> str | None:
    """Return where a page ended as a word for the address."""
    if place is None:
        return None
    text = " ".join([str(place.merit), place.company_id, place.product_id])
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def place_of(cursor: str) -> Place | None:
    """Return the place of a cursor. Raises Declined for one that is not ours."""
    if not cursor:
        return None
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        text = base64.b64decode(padded, altchars=b"-_", validate=True).decode("ascii")
        merit, company_id, product_id = text.split(" ")
        place = Place(int(merit), company_id, product_id)
    except (ValueError, binascii.Error):
        raise Declined(Trouble.QUERY_INVALID, reason="`cursor` is not one of ours") from None
    if not (text.isprintable() and abs(place.merit) <= AMOUNT_MAX):
        raise Declined(Trouble.QUERY_INVALID, reason="`cursor` is not one of ours")
    return place


def _page_asked_for(request: HttpRequest, search: Callable[..., Page]) -> Page:
    """Search for what the address asks for, and return one page of it. Raises Declined."""
    query = query_of(request, SearchQuery)
    question = searching.Question(
        text=query.text,
        badge=query.badge,
        amount_minor=query.amount_minor,
        currency=query.currency,
        country=query.country,
        category=query.category,
    )
    with lent_connection() as connection:
        return search(
            connection,
            question,
            rules=limit_rules(),
            now=reading_room().clock(),
            after=place_of(query.cursor),
            limit=query.limit,
        )


def _profile(supplier_id: str) -> SupplierProfile:
    found = profiles.supplier_profile(known_id(supplier_id), desk=writing_room().desk)
    if found is None:
        raise Declined(Trouble.NOT_FOUND)
    return found


def _refuse_nameless(*names: str) -> None:
    if not any(name.strip() for name in names):
        raise Declined(Trouble.BODY_INVALID, reason="a name is missing")
