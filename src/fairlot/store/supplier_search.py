"""Searching suppliers and their goods: one index answers words and filters, and lists go on from where a page ended.

Rare words are looked up and sorted; common ones are read off the list in its own order. Which of the two is decided by
counting at most `RARE_MAX` hits first, because an estimate that is wrong by much would read the whole table.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, LiteralString

import msgspec
import psycopg

from fairlot.domain.supplier.search_words import (
    BADGE_MARK,
    category_mark,
    country_mark,
    cover_mark_wanted,
    split_query,
)
from fairlot.store.supplier_listing import FIGURE_COLUMNS, PRODUCT_COLUMNS, Figures, Product
from fairlot.store.supplier_room import rows_as

RARE_MAX = 5_000
# Lists are read off in their order, whatever the planner estimates; for the one statement alone.
IN_ORDER = (
    *("SET LOCAL enable_bitmapscan = off", "SET LOCAL enable_seqscan = off"),
    *("SET LOCAL enable_hashjoin = off", "SET LOCAL enable_mergejoin = off"),
    "SET LOCAL enable_sort = off",
)


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody looks for. `covers_minor` is in the limits' currency; empty filters filter nothing."""

    text: str = ""
    badge: bool = False
    covers_minor: int | None = None
    country: str = ""
    category: str = ""


class Place(msgspec.Struct, frozen=True):
    """Where a page ended; the next one begins after it."""

    merit: int
    company_id: str
    product_id: str = ""


class FoundSupplier(Figures, frozen=True, kw_only=True):
    """A supplier in a list."""

    company_id: str
    name_en: str
    name_zh: str
    country: str
    categories: tuple[str, ...]


class FoundProduct(msgspec.Struct, frozen=True, kw_only=True):
    """An article in a list, with what its supplier shows beside it."""

    product: Product
    supplier: FoundSupplier


def find_suppliers(
    connection: psycopg.Connection, wanted: Wanted, *, after: Place | None, limit: int
) -> tuple[Sequence[FoundSupplier], Place | None]:
    """Return a page of suppliers by merit and then id, and where it ended if more follow; the badge is one of the figures."""
    places = _places(
        connection,
        wanted,
        table="supplier_profile",
        product_id="''",
        offered="true",
        after=after,
        limit=limit + 1,
    )
    shown = places[:limit]
    known = suppliers_by_id(connection, [place.company_id for place in shown])
    found = [known[place.company_id] for place in shown]
    return found, shown[-1] if len(places) > limit else None


def find_products(
    connection: psycopg.Connection, wanted: Wanted, *, after: Place | None, limit: int
) -> tuple[Sequence[FoundProduct], Place | None]:
    """Return a page of articles on offer by their supplier's merit and then id, and where it ended if more follow."""
    places = _places(
        connection,
        wanted,
        table="supplier_product",
        product_id="product_id",
        offered="is_offered",
        after=after,
        limit=limit + 1,
    )
    shown = places[:limit]
    suppliers = suppliers_by_id(connection, [place.company_id for place in shown])
    rows = rows_as(
        connection,
        Product,
        f"SELECT {PRODUCT_COLUMNS} FROM supplier_product"
        " WHERE (company_id, product_id) IN (SELECT * FROM unnest(%s::text[], %s::text[]))",
        [[place.company_id for place in shown], [place.product_id for place in shown]],
    )
    products = {(row.company_id, row.product_id): row for row in rows}
    found = [
        FoundProduct(
            product=products[place.company_id, place.product_id],
            supplier=suppliers[place.company_id],
        )
        for place in shown
    ]
    return found, shown[-1] if len(places) > limit else None


def suppliers_by_id(
    connection: psycopg.Connection, company_ids: Sequence[str]
) -> dict[str, FoundSupplier]:
    """Return those suppliers that have a profile."""
    rows = rows_as(
        connection,
        FoundSupplier,
        f"SELECT company_id, name_en, name_zh, country, categories, {FIGURE_COLUMNS}"
        " FROM supplier_profile WHERE company_id = ANY (%s)",
        [list(company_ids)],
    )
    return {row.company_id: row for row in rows}


def _places(
    connection: psycopg.Connection,
    wanted: Wanted,
    *,
    table: LiteralString,
    product_id: LiteralString,
    offered: LiteralString,
    after: Place | None,
    limit: int,
) -> list[Place]:
    """Return the places of a page, from words that are rare or from the list itself."""
    marks = " & ".join(_quoted(mark) for mark in _marks(wanted))
    latin = split_query(wanted.text).latin
    values = {"latin": latin, "marks": marks, **_values(wanted, after, limit)}
    query: LiteralString = "websearch_to_tsquery('english', %(latin)s) && %(marks)s::tsquery"
    source: LiteralString = (
        f"SELECT merit, company_id, {product_id} AS product_id FROM {table} AS one WHERE {offered}"
    )
    if marks or latin:
        source = f"{source} AND found_by @@ ({query})"
    with connection.transaction():
        is_rare = (marks or latin) and _count(connection, source, values) <= RARE_MAX
        if is_rare:
            source = f"WITH hit AS MATERIALIZED ({source}) SELECT * FROM hit WHERE true"
        else:
            for setting in IN_ORDER:
                connection.execute(setting)
        rows = connection.execute(_page(source, product_id, wanted, after), values).fetchall()
    return [Place(*row) for row in rows]


def _page(
    source: LiteralString, product_id: LiteralString, wanted: Wanted, after: Place | None
) -> LiteralString:
    order: LiteralString = "merit DESC, company_id"
    later: LiteralString = "company_id > %(company)s"
    if product_id == "product_id":
        order = f"{order}, product_id"
        later = "(company_id, product_id) > (%(company)s, %(product)s)"
    if after is not None:
        source = f"{source} AND merit <= %(merit)s AND (merit < %(merit)s OR {later})"
    if wanted.covers_minor is not None:
        source = (
            f"{source} AND EXISTS (SELECT FROM supplier_profile AS standing"
            " WHERE standing.company_id = {self}.company_id AND standing.free_minor >= %(covers)s)"
        )
    name: LiteralString = "hit" if source.startswith("WITH") else "one"
    return f"{source.replace('{self}', name)} ORDER BY {order} LIMIT %(limit)s"


def _count(connection: psycopg.Connection, source: LiteralString, values: dict[str, Any]) -> int:
    row = connection.execute(
        f"SELECT count(*) FROM ({source} LIMIT {RARE_MAX + 1}) AS hit", values
    ).fetchone()
    assert row is not None
    count: int = row[0]
    return count


def _marks(wanted: Wanted) -> Iterator[str]:
    yield from split_query(wanted.text).chinese
    if wanted.badge:
        yield BADGE_MARK
    if wanted.country:
        yield country_mark(wanted.country)
    if wanted.category:
        yield category_mark(wanted.category)
    covers = cover_mark_wanted(wanted.covers_minor or 0)
    if covers is not None:
        yield covers


def _quoted(mark: str) -> str:
    """Return a word as a tsquery takes it exactly."""
    return "'" + mark.replace("\\", "\\\\").replace("'", "''") + "'"


def _values(wanted: Wanted, after: Place | None, limit: int) -> dict[str, Any]:
    return {
        "covers": wanted.covers_minor,
        "merit": None if after is None else after.merit,
        "company": None if after is None else after.company_id,
        "product": None if after is None else after.product_id,
        "limit": limit,
    }
