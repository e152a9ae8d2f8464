"""Searching suppliers and goods with an order in mind: words, badge, and "the free limit covers my amount" (R2)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

import msgspec
import psycopg

from fairlot.domain.cover.limit import rate_at, to_limit_currency
from fairlot.domain.order.refusals import Code, Refused
from fairlot.domain.policy.model import LimitRules, Policy
from fairlot.store.supplier import supplier_search
from fairlot.store.supplier.supplier_search import FoundProduct, FoundSupplier, Place, Wanted


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """What a buyer looks for. `amount_minor` is its order's, in `currency`; zero asks for no cover."""

    text: str = ""
    badge: bool = False
    amount_minor: int = 0
    currency: str = ""
    country: str = ""
    category: str = ""


class SupplierPage(msgspec.Struct, frozen=True, kw_only=True):
    """A page of suppliers, and where the next one begins."""

    suppliers: Sequence[FoundSupplier]
    after: Place | None


class ProductPage(msgspec.Struct, frozen=True, kw_only=True):
    """A page of goods, and where the next one begins."""

    products: Sequence[FoundProduct]
    after: Place | None


def search_suppliers(
    connection: psycopg.Connection,
    question: Question,
    *,
    rules: LimitRules,
    now: dt.datetime,
    after: Place | None,
    limit: int,
) -> SupplierPage:
    """Return suppliers by merit. Raises Refused for a currency that limits have no rate for."""
    wanted = _wanted(question, rules, now)
    found, place = supplier_search.find_suppliers(connection, wanted, after=after, limit=limit)
    return SupplierPage(suppliers=found, after=place)


def search_products(
    connection: psycopg.Connection,
    question: Question,
    *,
    rules: LimitRules,
    now: dt.datetime,
    after: Place | None,
    limit: int,
) -> ProductPage:
    """Return goods on offer by their supplier's merit. Raises Refused for a currency without a rate."""
    wanted = _wanted(question, rules, now)
    found, place = supplier_search.find_products(connection, wanted, after=after, limit=limit)
    return ProductPage(products=found, after=place)


def _wanted(question: Question, rules: LimitRules, now: dt.datetime) -> Wanted:
    return Wanted(
        text=question.text,
        badge=question.badge,
        covers_minor=_in_limit_currency(question, rules, now),
        country=question.country,
        category=question.category,
    )


def _in_limit_currency(question: Question, rules: LimitRules, now: dt.datetime) -> int | None:
    """Return what the order would take of a limit, as its agreement would compute it (ruling A25)."""
    if not question.amount_minor:
        return None
    rate = rate_at(rules, question.currency or rules.currency, now)
    if rate is None:
        raise Refused(Code.UNKNOWN_REFERENCE, reference=question.currency)
    return to_limit_currency(
        question.amount_minor, numerator=rate.worth_minor, denominator=rate.amount_minor
    )


def limit_rules_of(policies: Mapping[str, Policy], edition: str) -> LimitRules:
    """Return the rules of limits of the edition that binds the platform."""
    return next(policy.limits for policy in policies.values() if policy.edition == edition)
