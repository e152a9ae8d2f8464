"""What suppliers say of themselves and their goods, with the words they are found by, and the figures lists show beside."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
import psycopg

from fairlot.domain.supplier.record import SupplierRecord
from fairlot.domain.supplier.search_words import category_mark, country_mark, split_for_index
from fairlot.store.structs import rows_as


class Profile(msgspec.Struct, frozen=True, kw_only=True):
    """A supplier as it presents itself; a name in one language at least."""

    company_id: str
    name_en: str = ""
    name_zh: str = ""
    about_en: str = ""
    about_zh: str = ""
    country: str
    categories: tuple[str, ...] = ()


class Figures(msgspec.Struct, frozen=True, kw_only=True):
    """A supplier's figures as lists show them; `free_minor` of the limit is in the limit's currency."""

    badge: bool
    merit: int
    limit_currency: str
    limit_minor: int
    free_minor: int
    limit_seq: int
    assured_orders: int
    completed_orders: int
    disputes_filed: int
    on_time_basis_points: int | None
    dispute_basis_points: int | None


class Product(msgspec.Struct, frozen=True, kw_only=True):
    """One article of a supplier's catalogue; prices are a range per unit, in minor units."""

    company_id: str
    product_id: str
    name_en: str = ""
    name_zh: str = ""
    about_en: str = ""
    about_zh: str = ""
    category: str
    unit: str
    currency: str
    price_low_minor: int
    price_high_minor: int
    hs_code: str = ""
    is_offered: bool = True


PROFILE_TEXTS = "name_en, name_zh, about_en, about_zh, country, categories"
FIGURE_COLUMNS = (
    "badge, merit, limit_currency, limit_minor, free_minor, limit_seq, assured_orders, completed_orders,"
    " disputes_filed, on_time_basis_points, dispute_basis_points"
)
PRODUCT_COLUMNS = (
    "company_id, product_id, name_en, name_zh, about_en, about_zh, category, unit, currency,"
    " price_low_minor, price_high_minor, hs_code, is_offered"
)


def save_profile(connection: psycopg.Connection, profile: Profile) -> None:
    """Write what a supplier says of itself; its figures stay."""
    words = split_for_index(
        [profile.name_en, profile.name_zh, profile.about_en, profile.about_zh, *profile.categories]
    )
    marks = [
        *words.chinese,
        country_mark(profile.country),
        *map(category_mark, profile.categories),
    ]
    connection.execute(
        f"""
        INSERT INTO supplier_profile (company_id, {PROFILE_TEXTS}, latin, own_marks)
        VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s)
        ON CONFLICT (company_id) DO UPDATE SET name_en = excluded.name_en, name_zh = excluded.name_zh,
          about_en = excluded.about_en, about_zh = excluded.about_zh, country = excluded.country,
          categories = excluded.categories, latin = excluded.latin, own_marks = excluded.own_marks
        """,
        [
            profile.company_id,
            profile.name_en,
            profile.name_zh,
            profile.about_en,
            profile.about_zh,
            profile.country,
            list(profile.categories),
            words.latin,
            marks,
        ],
    )


def find_profile(connection: psycopg.Connection, company_id: str) -> Profile | None:
    """Return what a supplier says of itself."""
    found = rows_as(
        connection,
        Profile,
        f"SELECT company_id, {PROFILE_TEXTS} FROM supplier_profile WHERE company_id = %s",
        [company_id],
    )
    return found[0] if found else None


def find_figures(connection: psycopg.Connection, company_id: str) -> Figures | None:
    """Return a supplier's figures as they were last brought up to date."""
    found = rows_as(
        connection,
        Figures,
        f"SELECT {FIGURE_COLUMNS} FROM supplier_profile WHERE company_id = %s",
        [company_id],
    )
    return found[0] if found else None


def figures_of(
    record: SupplierRecord,
    *,
    badge: bool,
    merit: int,
    limit_currency: str,
    limit_minor: int,
    free_minor: int,
    limit_seq: int,
) -> Figures:
    """Return the figures of a record and a limit."""
    return Figures(
        badge=badge,
        merit=merit,
        limit_currency=limit_currency,
        limit_minor=limit_minor,
        free_minor=free_minor,
        limit_seq=limit_seq,
        assured_orders=record.assured_orders,
        completed_orders=record.completed_orders,
        disputes_filed=record.disputes_filed,
        on_time_basis_points=record.on_time_basis_points,
        dispute_basis_points=record.dispute_basis_points,
    )


def save_figures(
    connection: psycopg.Connection, company_id: str, figures: Figures, *, marks: Sequence[str]
) -> None:
    """Bring figures and the words that filters use up to date; goods follow only where a list would change."""
    values = [*msgspec.structs.astuple(figures), list(marks), company_id]
    connection.execute(
        f"UPDATE supplier_profile SET ({FIGURE_COLUMNS}, standing_marks)"
        f" = ROW({', '.join(['%s'] * 11)}, %s::text[]) WHERE company_id = %s",
        values,
    )
    connection.execute(
        "UPDATE supplier_product SET merit = %(merit)s, standing_marks = %(marks)s WHERE company_id = %(id)s"
        " AND (merit, standing_marks) IS DISTINCT FROM (%(merit)s, %(marks)s::text[])",
        {"merit": figures.merit, "marks": list(marks), "id": company_id},
    )


def save_product(
    connection: psycopg.Connection,
    product: Product,
    *,
    country: str,
    merit: int,
    marks: Sequence[str],
) -> None:
    """Write an article down; `merit` and `marks` are its supplier's."""
    words = split_for_index(
        [product.name_en, product.name_zh, product.about_en, product.about_zh, product.category]
    )
    own = [*words.chinese, country_mark(country), category_mark(product.category)]
    connection.execute(
        f"""
        INSERT INTO supplier_product ({PRODUCT_COLUMNS}, latin, own_marks, merit, standing_marks)
        VALUES ({", ".join(["%s"] * 17)})
        ON CONFLICT (company_id, product_id) DO UPDATE SET name_en = excluded.name_en,
          name_zh = excluded.name_zh, about_en = excluded.about_en, about_zh = excluded.about_zh,
          category = excluded.category, unit = excluded.unit, currency = excluded.currency,
          price_low_minor = excluded.price_low_minor, price_high_minor = excluded.price_high_minor,
          hs_code = excluded.hs_code, is_offered = excluded.is_offered, latin = excluded.latin,
          own_marks = excluded.own_marks, merit = excluded.merit, standing_marks = excluded.standing_marks
        """,
        [*msgspec.structs.astuple(product), words.latin, own, merit, list(marks)],
    )


def find_product(
    connection: psycopg.Connection, company_id: str, product_id: str
) -> Product | None:
    """Return one article, offered or not."""
    found = rows_as(
        connection,
        Product,
        f"SELECT {PRODUCT_COLUMNS} FROM supplier_product WHERE company_id = %s AND product_id = %s",
        [company_id, product_id],
    )
    return found[0] if found else None


def products_of(
    connection: psycopg.Connection,
    company_id: str,
    *,
    after: str,
    limit: int,
    withdrawn_too: bool = False,
) -> Sequence[Product]:
    """Return a page of a supplier's articles on offer, or of all, in the order of their ids after one of them."""
    return rows_as(
        connection,
        Product,
        f"SELECT {PRODUCT_COLUMNS} FROM supplier_product WHERE company_id = %s AND (is_offered OR %s)"
        " AND product_id > %s ORDER BY product_id LIMIT %s",
        [company_id, withdrawn_too, after, limit],
    )


def standing_marks(connection: psycopg.Connection, company_id: str) -> tuple[str, ...]:
    """Return the words under which filters find a supplier now."""
    row = connection.execute(
        "SELECT standing_marks FROM supplier_profile WHERE company_id = %s", [company_id]
    ).fetchone()
    return () if row is None else tuple(row[0])
