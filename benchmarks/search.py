"""How soon suppliers and goods are found: `python -m benchmarks.search [--full] [--json]`.

By default 10,000 suppliers with 100,000 articles; `--full` makes it 100,000 with 1,000,000, which takes some 2 gigabytes
below `var/` and a few minutes to load. Questions are asked again and again in turn; the slowest twentieth counts.
"""

from __future__ import annotations

import random
import statistics
import sys
import time
from collections.abc import Iterator

import psycopg

from benchmarks._server import Database, bench_server
from benchmarks._table import Figure, show
from fairlot.domain.supplier.search_words import (
    BADGE_MARK,
    category_mark,
    country_mark,
    cover_marks,
    split_for_index,
)
from fairlot.store.supplier.supplier_search import (
    Place,
    Wanted,
    find_products,
    find_suppliers,
)

SUPPLIERS = 10_000
SUPPLIERS_IN_FULL = 100_000
PRODUCTS_PER_SUPPLIER = 10
SEED = 2
ROUNDS = 40
PAGE = 20
MOST_MS = 100

# Words with how often each is drawn: some stand in every fifth article, some in one of ten thousand.
GOODS = (
    *(("power bank", "移动电源"), ("lamp", "台灯"), ("chair", "椅子"), ("shirt", "衬衫")),
    *(("kettle", "水壶"), ("toy car", "玩具车"), ("backpack", "背包"), ("bottle", "水瓶")),
)
KINDS = (
    *(("steel", "不锈钢"), ("bamboo", "竹制"), ("cotton", "纯棉"), ("aluminium", "铝合金")),
    *(("foldable", "可折叠"), ("waterproof", "防水"), ("wireless", "无线"), ("LED", "发光")),
)
RARE = tuple((f"model {n}", f"型号{chr(0x4E00 + n)}{chr(0x4E00 + 3 * n)}") for n in range(3_000))
CATEGORIES = ("electronics", "lighting", "furniture", "apparel", "kitchenware", "toys")
COUNTRIES = ("CN", "CN", "CN", "CN", "VN", "IN", "TR", "PL", "NA")

QUESTIONS: dict[str, tuple[str, Wanted]] = {
    "goods, a common English word": ("products", Wanted(text="lamp")),
    "goods, two common Chinese words": ("products", Wanted(text="不锈钢 水壶")),
    "goods, a rare model": ("products", Wanted(text="model 1234")),
    "goods, a rare Chinese model": ("products", Wanted(text=RARE[777][1])),
    "goods, badge and limit for USD 60,000": (
        "products",
        Wanted(text="wireless power bank", badge=True, covers_minor=6_000_000),
    ),
    "goods, words of no article": ("products", Wanted(text="submarine")),
    "goods, filters alone in a small country": (
        "products",
        Wanted(country="NA", category="toys", badge=True),
    ),
    "goods, no words at all": ("products", Wanted()),
    "goods, a limit that few have": (
        "products",
        Wanted(text="bamboo chair", covers_minor=400_000_000),
    ),
    "suppliers, a common word": ("suppliers", Wanted(text="factory")),
    "suppliers, Chinese": ("suppliers", Wanted(text="电子有限公司")),
    "suppliers, badge and limit": (
        "suppliers",
        Wanted(badge=True, covers_minor=30_000_00, country="VN"),
    ),
}


def supplier_rows(count: int) -> Iterator[tuple[object, ...]]:
    """Yield the rows of suppliers; half carry the badge, limits spread over the tiers."""
    chance = random.Random(SEED)
    for number in range(count):
        category = chance.choice(CATEGORIES)
        country = chance.choice(COUNTRIES)
        badge = chance.random() < 0.5
        free_minor = (
            chance.choice((0, 300_000, 1_500_000, 4_900_000, 20_000_000, 450_000_000))
            if badge
            else 0
        )
        orders = int(chance.expovariate(0.05))
        name = f"{chance.choice(GOODS)[0].title()} Factory {number}"
        name_zh = f"{chance.choice(KINDS)[1]}{chr(0x4E00 + number % 5000)}电子有限公司"
        words = split_for_index([name, name_zh, category])
        own = [*words.chinese, country_mark(country), category_mark(category)]
        marks = [*([BADGE_MARK] if badge else []), *cover_marks(free_minor)]
        merit = badge * 10**10 + orders * 10**4 + chance.randrange(9_999)
        yield (
            f"com_{number:08d}", name, name_zh, "", "", country, [category], badge, merit, "USD",
            free_minor, free_minor, orders, orders, words.latin, own, marks,
        )  # fmt: skip


def product_rows(suppliers: list[tuple[object, ...]]) -> Iterator[tuple[object, ...]]:
    """Yield the rows of articles, each of one kind of goods, with now and then a rare model."""
    chance = random.Random(SEED + 1)
    for supplier in suppliers:
        company_id, country, merit, marks = supplier[0], supplier[5], supplier[8], supplier[16]
        for number in range(PRODUCTS_PER_SUPPLIER):
            goods, kind = chance.choice(GOODS), chance.choice(KINDS)
            model = chance.choice(RARE)
            category = chance.choice(CATEGORIES)
            name = f"{kind[0].title()} {goods[0]} {model[0]}"
            name_zh = f"{kind[1]}{goods[1]}{model[1]}"
            about = f"Made to order, {chance.choice(KINDS)[0]} finish, carton of {number + 6}."
            words = split_for_index([name, name_zh, about, category])
            own = [*words.chinese, country_mark(str(country)), category_mark(category)]
            yield (
                company_id, f"p{number}", name, name_zh, about, "", category, "piece", "USD", 500, 900,
                "", merit, words.latin, own, marks,
            )  # fmt: skip


def load(database: Database, count: int) -> None:
    """Fill the tables by COPY, without the indexes that would only slow it down, then make those."""
    suppliers = list(supplier_rows(count))
    with database.as_superuser() as connection:
        made = connection.execute(
            "SELECT indexdef, indexname FROM pg_indexes"
            " WHERE tablename IN ('supplier_profile', 'supplier_product') AND indexname NOT LIKE '%_pkey'"
        ).fetchall()
        for _, name in made:
            connection.execute(f"DROP INDEX {name}")
        copy(
            connection,
            "supplier_profile (company_id, name_en, name_zh, about_en, about_zh, country, categories, badge,"
            " merit, limit_currency, limit_minor, free_minor, assured_orders, completed_orders, latin,"
            " own_marks, standing_marks)",
            iter(suppliers),
        )
        copy(
            connection,
            "supplier_product (company_id, product_id, name_en, name_zh, about_en, about_zh, category, unit,"
            " currency, price_low_minor, price_high_minor, hs_code, merit, latin, own_marks, standing_marks)",
            product_rows(suppliers),
        )
        connection.execute("SET maintenance_work_mem = '256MB'")
        for definition, _ in made:
            connection.execute(definition)
        connection.execute("VACUUM ANALYZE supplier_profile, supplier_product")


def copy(connection: psycopg.Connection, target: str, rows: Iterator[tuple[object, ...]]) -> None:
    """Write rows by COPY."""
    with connection.cursor().copy(f"COPY {target} FROM STDIN") as into:
        for row in rows:
            into.write_row(row)


def ask(
    connection: psycopg.Connection, table: str, wanted: Wanted, after: Place | None
) -> Place | None:
    """Ask for a page and return where it ended."""
    find = find_products if table == "products" else find_suppliers
    _, place = find(connection, wanted, after=after, limit=PAGE)
    return place


def milliseconds(database: Database) -> dict[str, list[float]]:
    """Return what each question took, page after page: every fourth time it begins at the first."""
    taken: dict[str, list[float]] = {name: [] for name in QUESTIONS}
    places: dict[str, Place | None] = dict.fromkeys(QUESTIONS)
    with database.connect() as connection:
        for turn in range(ROUNDS):
            for name, (table, wanted) in QUESTIONS.items():
                after = None if turn % 4 == 0 else places[name]
                began = time.perf_counter()
                places[name] = ask(connection, table, wanted, after)
                taken[name].append((time.perf_counter() - began) * 1_000)
    return taken


def main() -> int:
    """Load, measure, print."""
    count = SUPPLIERS_IN_FULL if "--full" in sys.argv[1:] else SUPPLIERS
    with bench_server() as server, server.database("bench_search") as database:
        began = time.perf_counter()
        load(database, count)
        loaded_seconds = time.perf_counter() - began
        size_bytes = database.size_bytes()
        taken = milliseconds(database)
    figures = [
        Figure(
            name=name,
            value=statistics.quantiles(times, n=20)[-1],
            unit="ms p95",
            floor=MOST_MS,
            is_cost=True,
            note=f"median {statistics.median(times):.1f}, worst {max(times):.1f}",
        )
        for name, times in taken.items()
    ]
    notes: dict[str, object] = {
        "loaded": f"{count:,} suppliers and {count * PRODUCTS_PER_SUPPLIER:,} articles in {loaded_seconds:.0f} s",
        "on disk": f"{size_bytes / 1e9:.2f} GB",
        "page": f"{PAGE} rows; three of four asked after the page before",
    }
    show("Finding suppliers and goods", figures, notes=notes)
    return 0


if __name__ == "__main__":
    sys.exit(main())
