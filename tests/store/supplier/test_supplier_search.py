"""Searching on a real database: pages without gap whatever the way they are found, and plans that never read a whole table."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest

from fairlot.domain.supplier.search_words import BADGE_MARK, cover_marks
from fairlot.store.supplier import supplier_search
from fairlot.store.supplier.supplier_listing import Product, Profile, save_product, save_profile
from fairlot.store.supplier.supplier_search import (
    PLANNED,
    Place,
    Wanted,
    find_products,
    find_suppliers,
)
from tests.support.postgres import Database

COUNT = 300
EVERY = 50


@pytest.fixture(scope="module")
def market(shared_database: Database) -> Iterator[psycopg.Connection]:
    """Suppliers whose merit falls with their number; every fiftieth makes kettles, all of them make lamps."""
    with shared_database.as_application() as connection:
        for number in range(COUNT):
            company_id, merit = f"com_{number:04d}", COUNT - number // 2
            free_minor = 100_000 * number
            goods = ("Steel kettle", "不锈钢水壶") if number % EVERY == 0 else ("Desk lamp", "台灯")
            save_profile(
                connection, Profile(company_id=company_id, name_en=f"Works {number}", country="CN")
            )
            marks = [BADGE_MARK, *cover_marks(free_minor)]
            connection.execute(
                "UPDATE supplier_profile SET merit = %s, free_minor = %s, standing_marks = %s WHERE company_id = %s",
                [merit, free_minor, marks, company_id],
            )
            save_product(
                connection,
                Product(
                    company_id=company_id,
                    product_id="p1",
                    name_en=goods[0],
                    name_zh=goods[1],
                    category="home",
                    unit="piece",
                    currency="USD",
                    price_low_minor=1,
                    price_high_minor=1,
                ),
                country="CN",
                merit=merit,
                marks=marks,
            )
        yield connection


def all_pages(connection: psycopg.Connection, wanted: Wanted, *, limit: int) -> list[str]:
    """Return what is found page after page."""
    seen: list[str] = []
    place: Place | None = None
    while True:
        found, place = find_products(connection, wanted, after=place, limit=limit)
        seen += [each.product.company_id for each in found]
        if place is None:
            return seen


class TestPages:
    @pytest.mark.parametrize("limit", [1, 7, 100])
    def test_r2_common_and_rare_words_give_the_same_order(
        self, market: psycopg.Connection, limit: int
    ) -> None:
        rare = [f"com_{number:04d}" for number in range(0, COUNT, EVERY)]
        assert all_pages(market, Wanted(text="kettles"), limit=limit) == rare
        assert all_pages(market, Wanted(text="水壶"), limit=limit) == rare
        everything = all_pages(market, Wanted(), limit=limit)
        assert everything == [f"com_{number:04d}" for number in range(COUNT)]

    @pytest.mark.parametrize("window", [1, 10, 1_000])
    def test_r2_however_far_the_list_is_read_the_page_is_the_same(
        self, market: psycopg.Connection, monkeypatch: pytest.MonkeyPatch, window: int
    ) -> None:
        monkeypatch.setattr(supplier_search, "FIRST_WINDOW", window)
        wanted = Wanted(text="lamp", covers_minor=12_345_678)
        found = all_pages(market, wanted, limit=9)
        assert found == [f"com_{n:04d}" for n in range(124, COUNT) if n % EVERY]

    @pytest.mark.parametrize("text", ["the", "!!!", "'", "a & | b", "\\", "lamp'); DROP", "   "])
    def test_no_text_breaks_a_search(self, market: psycopg.Connection, text: str) -> None:
        find_suppliers(market, Wanted(text=text), after=None, limit=5)
        find_products(market, Wanted(text=text, badge=True), after=None, limit=5)

    @pytest.mark.parametrize("category", ["it's", 'a"b', "\\", "a & b", "x:*"])
    def test_filters_are_taken_by_the_letter(
        self, market: psycopg.Connection, category: str
    ) -> None:
        assert all_pages(market, Wanted(category=category), limit=5) == []


class TestPlans:
    def plan(self, connection: psycopg.Connection, query: str) -> str:
        with connection.transaction():
            connection.execute(PLANNED)
            rows = connection.execute(f"EXPLAIN {query}").fetchall()
        return "\n".join(line for (line,) in rows)

    def test_r2_a_list_is_read_in_its_own_order(self, market: psycopg.Connection) -> None:
        for table, order in (
            ("supplier_product WHERE is_offered", "merit DESC, company_id, product_id"),
            ("supplier_profile WHERE true", "merit DESC, company_id"),
        ):
            plan = self.plan(market, f"SELECT merit FROM {table} ORDER BY {order} LIMIT 20")
            assert "_listed" in plan
            assert "Sort" not in plan

    def test_r2_words_and_filters_are_looked_up_in_one_index_or_nowhere(
        self, database: Database
    ) -> None:
        looked_up = (
            "SELECT merit FROM supplier_product WHERE is_offered AND found_by @@"
            " (websearch_to_tsquery('english', 'lamp') && $$'台灯' & 'badge'$$::tsquery)"
        )
        # A table of few rows is read by whichever index knows what is on offer.
        with database.as_owner() as owner:
            owner.execute("DROP INDEX supplier_product_listed")
        with database.as_application() as connection:
            assert "supplier_product_found_by" in self.plan(connection, looked_up)
        with database.as_owner() as owner:
            owner.execute("DROP INDEX supplier_product_found_by")
        with database.as_application() as connection:
            assert "Seq Scan" in self.plan(connection, looked_up)
