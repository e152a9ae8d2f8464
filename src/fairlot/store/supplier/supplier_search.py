"""Searching suppliers and their goods: one index answers words and filters, and lists go on from where a page ended.

Common words are read off the beginning of the list, rare ones looked up and sorted. A look at so many rows of the list tells
which of the two it is, for an estimate that is wrong by much would read the whole table.
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
from fairlot.store.structs import rows_as
from fairlot.store.supplier.supplier_listing import (
    FIGURE_COLUMNS,
    PRODUCT_COLUMNS,
    Figures,
    Product,
)

# Rows of the list that are looked at first, and the most that are read off it before words are looked up.
FIRST_WINDOW = 1_000
WINDOW_MAX = 8_000
# A page takes milliseconds: compiling it, or handing it to other processes, would take longer.
PLANNED = "SET LOCAL jit = off; SET LOCAL enable_seqscan = off; SET LOCAL max_parallel_workers_per_gather = 0"


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
    places = _places(connection, wanted, SUPPLIERS, after=after, limit=limit + 1)
    shown = places[:limit]
    known = suppliers_by_id(connection, [place.company_id for place in shown])
    found = [known[place.company_id] for place in shown]
    return found, shown[-1] if len(places) > limit else None


def find_products(
    connection: psycopg.Connection, wanted: Wanted, *, after: Place | None, limit: int
) -> tuple[Sequence[FoundProduct], Place | None]:
    """Return a page of articles on offer by their supplier's merit and then id, and where it ended if more follow."""
    places = _places(connection, wanted, PRODUCTS, after=after, limit=limit + 1)
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


class _List(msgspec.Struct, frozen=True, kw_only=True):
    """A table with its list's order, its rows on offer, and what a page goes on after."""

    table: LiteralString
    product_id: LiteralString
    offered: LiteralString
    order: LiteralString
    later: LiteralString


SUPPLIERS = _List(
    table="supplier_profile",
    product_id="''",
    offered="true",
    order="merit DESC, company_id",
    later="company_id > %(company)s",
)
PRODUCTS = _List(
    table="supplier_product",
    product_id="product_id",
    offered="is_offered",
    order="merit DESC, company_id, product_id",
    later="(company_id, product_id) > (%(company)s, %(product)s)",
)


def _places(
    connection: psycopg.Connection, wanted: Wanted, of: _List, *, after: Place | None, limit: int
) -> list[Place]:
    """Return the places of a page, read off the list where it fills soon, else looked up."""
    values = _values(wanted, after, limit)
    matches, listed = _matches(values), _listed(of, after)
    covers = _covers(wanted)
    window = FIRST_WINDOW if matches or covers else limit
    with connection.transaction():
        connection.execute(PLANNED)
        while 0 < window <= WINDOW_MAX:
            rows = connection.execute(
                f"SELECT merit, company_id, product_id FROM ({listed} LIMIT %(window)s) AS one"
                f" WHERE true{matches}{covers} ORDER BY {of.order} LIMIT %(limit)s",
                {**values, "window": window},
            ).fetchall()
            if len(rows) == limit or not (matches or covers):
                return [Place(*row) for row in rows]
            # As common as they were so far, this many rows would fill the page.
            window = window * limit * 2 // len(rows) if rows and window == FIRST_WINDOW else 0
        looked_up = _looked_up(of, after, matches=matches, covers=covers)
        return [Place(*row) for row in connection.execute(looked_up, values)]


def _listed(of: _List, after: Place | None) -> LiteralString:
    """Return the list in its order, from where a page ended."""
    listed: LiteralString = (
        f"SELECT merit, company_id, {of.product_id} AS product_id, found_by FROM {of.table}"
        f" WHERE {of.offered}"
    )
    return f"{listed}{_later(of, after)} ORDER BY {of.order}"


def _looked_up(
    of: _List, after: Place | None, *, matches: LiteralString, covers: LiteralString
) -> LiteralString:
    """Return everything that has the words, sorted after it was found."""
    return (
        f"WITH one AS MATERIALIZED (SELECT merit, company_id, {of.product_id} AS product_id"
        f" FROM {of.table} WHERE {of.offered}{matches})"
        f" SELECT * FROM one WHERE true{_later(of, after)}{covers} ORDER BY {of.order} LIMIT %(limit)s"
    )


def _later(of: _List, after: Place | None) -> LiteralString:
    if after is None:
        return ""
    return f" AND merit <= %(merit)s AND (merit < %(merit)s OR {of.later})"


def _matches(values: dict[str, Any]) -> LiteralString:
    if not (values["latin"] or values["marks"]):
        return ""
    return " AND found_by @@ (websearch_to_tsquery('english', %(latin)s) && %(marks)s::tsquery)"


def _covers(wanted: Wanted) -> LiteralString:
    """Return the exact comparison with the limit now, row by row, for few rows come so far."""
    if wanted.covers_minor is None:
        return ""
    return (
        " AND (SELECT free_minor FROM supplier_profile AS standing"
        " WHERE standing.company_id = one.company_id) >= %(covers)s"
    )


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
        "latin": split_query(wanted.text).latin,
        "marks": " & ".join(_quoted(mark) for mark in _marks(wanted)),
        "covers": wanted.covers_minor,
        "merit": None if after is None else after.merit,
        "company": None if after is None else after.company_id,
        "product": None if after is None else after.product_id,
        "limit": limit,
    }
