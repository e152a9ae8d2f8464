"""What the suppliers' pages show, as text in one language: amounts, rates, names of countries, why a badge is missing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from babel import Locale

from fairlot.application.queries.supplier_profile import Compared, SupplierProfile
from fairlot.domain.cover.limit import LimitComputation
from fairlot.domain.money import amount_text, divide_half_up
from fairlot.domain.supplier.record import SupplierRecord
from fairlot.domain.words.language import Language
from fairlot.interfaces.web.supplier_words import (
    AUDIT_RESULTS,
    BADGE_FAULTS,
    CATEGORIES,
    DISPUTE_ENDS,
    TIERS,
    UNITS,
    supplier_words,
    told,
)
from fairlot.store.supplier.supplier_listing import Product
from fairlot.store.supplier.supplier_search import FoundProduct, FoundSupplier

Row = dict[str, Any]


def supplier_row(found: FoundSupplier, language: Language) -> Row:
    """Return one supplier of a list."""
    name, name_language = named(found.name_en, found.name_zh, language)
    return {
        "id": found.company_id,
        "name": name,
        "lang": name_language,
        "badge": found.badge,
        "country": country_name(found.country, language),
        "categories": [told(CATEGORIES, each, language) for each in found.categories],
        "limit": amount_or_none(found.limit_minor if found.badge else 0, found.limit_currency),
        "free": amount_or_none(found.free_minor, found.limit_currency),
        "assured_orders": found.assured_orders,
        "disputes_filed": found.disputes_filed,
        "on_time": rate_text(found.on_time_basis_points),
    }


def product_row(found: FoundProduct, language: Language) -> Row:
    """Return one article of a list with its supplier."""
    return {
        **article_row(found.product, language),
        "supplier": supplier_row(found.supplier, language),
    }


def article_row(product: Product, language: Language) -> Row:
    """Return one article of a catalogue."""
    name, name_language = named(product.name_en, product.name_zh, language)
    about, about_language = named(product.about_en, product.about_zh, language)
    low = amount_text(product.price_low_minor, product.currency)
    high = amount_text(product.price_high_minor, product.currency)
    return {
        "id": product.product_id,
        "name": name,
        "lang": name_language,
        "about": about,
        "about_lang": about_language,
        "price": low if low == high else f"{low} – {high}",
        "unit": told(UNITS, product.unit, language),
        "hs_code": product.hs_code,
    }


def profile_row(found: SupplierProfile, language: Language) -> Row:
    """Return a supplier's page."""
    profile, limit = found.profile, found.limit
    name, name_language = named(profile.name_en, profile.name_zh, language)
    about, about_language = named(profile.about_en, profile.about_zh, language)
    return {
        "id": profile.company_id,
        "name": name,
        "lang": name_language,
        "about": about,
        "about_lang": about_language,
        "country": country_name(profile.country, language),
        "categories": [told(CATEGORIES, each, language) for each in profile.categories],
        "badge": found.badge.shown,
        "badge_since": found.badge_since,
        "faults": [BADGE_FAULTS[fault].say(language) for fault in found.badge.faults],
        "tier": told(TIERS, found.tier, language),
        "limit": amount_or_none(limit.limit_minor, limit.currency),
        "free": amount_or_none(limit.free_minor, limit.currency),
        "taken": amount_or_none(limit.taken_minor, limit.currency),
        "record": record_row(found.record, language),
        "audits": [
            {
                "auditor": audit.auditor,
                "date": audit.audited_date,
                "result": AUDIT_RESULTS[audit.result].say(language),
                "passed": audit.result != "failed",
            }
            for audit in found.audits
        ],
    }


def record_row(record: SupplierRecord, language: Language) -> Row:
    """Return a record's figures."""
    return {
        "since": record.counted_since,
        "assured_orders": record.assured_orders,
        "completed_orders": record.completed_orders,
        "values": [amount_text(value.amount_minor, value.currency) for value in record.values],
        "disputes_filed": record.disputes_filed,
        "ends": [
            (DISPUTE_ENDS[end].say(language), count)
            for end, count in record.dispute_ends.items()
            if count
        ],
        "on_time": rate_text(record.on_time_basis_points),
        "dispute_rate": rate_text(record.dispute_basis_points),
    }


def sum_rows(found: LimitComputation, language: Language) -> Sequence[tuple[str, str]]:
    """Return the steps of a limit's sum as people write them."""
    words, currency = supplier_words(language), found.rules.currency
    rows = [
        (
            f"{words['sum_base']} ({told(TIERS, found.inputs.tier, language)})",
            amount_text(found.base_minor, currency),
        ),
        (
            f"{words['sum_sales']} ({found.sales_count} {words['sum_orders']})",
            f"+ {amount_text(found.sales_share_minor, currency)}",
        ),
        (f"{words['sum_points']} ({found.points})", f"× {found.penalty_percent} %"),
    ]
    if found.growth_bound_minor is not None:
        rows.append((words["sum_growth"], f"≤ {amount_text(found.growth_bound_minor, currency)}"))
    return [*rows, (words["sum_result"], amount_text(found.limit_minor, currency))]


def compared_row(compared: Compared, language: Language) -> Row:
    """Return one supplier of a comparison."""
    cover = compared.cover
    return {
        **profile_row(compared.supplier, language),
        "covered": None if cover is None else amount_text(cover.covered_minor, cover.currency),
        "uncovered": amount_text(cover.uncovered_minor, cover.currency)
        if cover is not None and cover.uncovered_minor
        else None,
    }


def named(english: str, chinese: str, language: Language) -> tuple[str, str]:
    """Return a text in the reader's language where there is one, else in the other, with its language's tag."""
    first, second = (chinese, english) if language == "zh" else (english, chinese)
    is_chinese = (language == "zh") == bool(first)
    return first or second, "zh-Hans" if is_chinese else "en"


def country_name(code: str, language: Language) -> str:
    """Return a country's name in the reader's language, or its code where it has none."""
    names = Locale.parse("zh_Hans" if language == "zh" else "en").territories
    return str(names.get(code, code))


def rate_text(basis_points: int | None) -> str:
    """Return a share as a percentage with one decimal, or nothing where there is none."""
    if basis_points is None:
        return ""
    tenths = divide_half_up(basis_points, 10)
    return f"{tenths // 10}.{tenths % 10} %"


def amount_or_none(amount_minor: int, currency: str) -> str:
    """Return an amount, or nothing where no currency is known yet."""
    return amount_text(amount_minor, currency) if currency else ""
