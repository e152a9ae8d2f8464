"""`fairlot supplier`: enrol, look, compute limits, search, audits, receiving accounts, the badge's story."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from fairlot.application.desk import derived_id
from fairlot.application.queries.supplier_profile import SupplierProfile, supplier_profile
from fairlot.application.queries.supplier_search import (
    Question,
    limit_rules_of,
    search_products,
    search_suppliers,
)
from fairlot.application.storage import StorageFullError
from fairlot.application.supplier import enrolment, supplier_standing
from fairlot.application.supplier.enrolment import DOCUMENT_BYTES_MAX, AuditFound
from fairlot.bootstrap import PLATFORM_EDITION, House
from fairlot.clock import system_clock
from fairlot.domain.money import amount_text
from fairlot.domain.order.refusal_words import refusal_sentence
from fairlot.domain.order.refusals import Refused
from fairlot.domain.policy.model import LimitRules
from fairlot.domain.supplier.enrolment import DocumentKind, conditions_hash, conditions_now
from fairlot.domain.supplier.limit_sum import redone
from fairlot.interfaces.cli.house import as_json, house, refuse, say
from fairlot.store.supplier import supplier_room
from fairlot.store.supplier.supplier_search import FoundProduct, FoundSupplier

# Who acts where somebody sits at the machine itself.
BY_COMMAND = "per_command_line"
ROWS_SHOWN_MAX = 50


@click.group()
def supplier() -> None:
    """Suppliers: enrol, show, compute limits, search, audit."""


@contextmanager
def _house(*, as_json: bool) -> Iterator[tuple[House, LimitRules]]:
    """Open the database with the platform's rules of limits; a refusal leaves with its sentence."""
    with house(None) as opened:
        try:
            yield opened, limit_rules_of(opened.policies, PLATFORM_EDITION)
        except Refused as refused:
            sentence = refusal_sentence(refused.code, refused.facts, "en")
            refuse(refused.code.value, dict(refused.facts), sentence, as_json=as_json)


@supplier.command()
@click.argument("company_id")
@as_json
def accept(company_id: str, *, as_json: bool) -> None:
    """Accept the programme's present conditions for a company, which applies for enrolment."""
    with _house(as_json=as_json) as (opened, _):
        hashed = conditions_hash(conditions_now())
        kept = enrolment.accept_conditions(
            company_id, hashed, person_id=BY_COMMAND, desk=opened.desk
        )
    say(kept, as_json=as_json, text=f"Accepted version {kept.version}.")


@supplier.command()
@click.argument("company_id")
@click.argument("kind", type=click.Choice([kind.value for kind in DocumentKind]))
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--expires", type=click.DateTime(["%Y-%m-%d"]), help="Its last day of validity.")
@as_json
def document(
    company_id: str, kind: str, file: Path, *, expires: dt.datetime | None, as_json: bool
) -> None:
    """Give in a document for a tier."""
    with _house(as_json=as_json) as (opened, _):
        try:
            kept = enrolment.give_content(
                company_id,
                DocumentKind(kind),
                file.read_bytes(),
                expires_date=None if expires is None else expires.date(),
                person_id=BY_COMMAND,
                desk=opened.desk,
                files=opened.files,
            )
        except StorageFullError as full:
            refuse("storage_full", full.facts, full.sentence("en"), as_json=as_json)
    say(kept, as_json=as_json, text=f"Kept as {kept.content_hash}.")


@supplier.command()
@click.argument("company_id")
@click.option("--tier", required=True, help="As the edition names it, such as “audited”.")
@click.option("--reason", required=True, help="Why; it is kept with the decision.")
@as_json
def enrol(company_id: str, *, tier: str, reason: str, as_json: bool) -> None:
    """Enrol a supplier, or move it to another tier, and compute its limit."""
    with _house(as_json=as_json) as (opened, rules):
        known = enrolment.decide_tier(
            company_id, tier, reason=reason, person_id=BY_COMMAND, rules=rules, desk=opened.desk
        )
    missing = ", ".join(known.badge.faults)
    badge = "the badge is shown" if known.badge.shown else f"no badge yet: {missing}"
    say(known, as_json=as_json, text=f"Enrolled as “{known.tier}”; {badge}.")


@supplier.command()
@click.argument("company_id")
@as_json
def show(company_id: str, *, as_json: bool) -> None:
    """Show a supplier as its profile does: badge, limit, record, audits."""
    with _house(as_json=as_json) as (opened, _):
        found = supplier_profile(company_id, desk=opened.desk)
    if found is None:
        refuse("not_found", {}, "No supplier with this id has a profile.", as_json=as_json)
    say(found, as_json=as_json, text=_shown(found))


@supplier.command()
@click.argument("company_id")
@click.option("--recompute", is_flag=True, help="Compute it anew, now.")
@as_json
def limit(company_id: str, *, recompute: bool, as_json: bool) -> None:
    """Show the sum behind a supplier's limit."""
    with _house(as_json=as_json) as (opened, rules):
        if recompute:
            try:
                supplier_standing.recompute_limit(company_id, rules=rules, desk=opened.desk)
            except ValueError as error:
                raise click.ClickException(str(error)) from error
        with opened.desk.connect() as connection:
            kept = supplier_room.find_latest_computation(connection, company_id)
    if kept is None:
        refuse("not_found", {}, "No limit was ever computed for this id.", as_json=as_json)
    found = redone(kept)
    currency = found.rules.currency
    lines = [
        f"Tier “{found.inputs.tier}”: {amount_text(found.base_minor, currency)}",
        f"Share of {found.sales_count} orders: {amount_text(found.sales_share_minor, currency)}",
        f"{found.points} points: {found.penalty_percent} %",
        f"Limit: {amount_text(found.limit_minor, currency)}",
    ]
    say(found, as_json=as_json, text="\n".join(lines))


@supplier.command()
@click.argument("text", default="")
@click.option("--goods", is_flag=True, help="Find goods instead of suppliers.")
@click.option("--badge", is_flag=True, help="Only with the badge.")
@click.option("--covers", "amount_minor", type=int, default=0, help="Order amount, minor units.")
@click.option("--currency", default="", help="The amount's currency.")
@click.option("--country", default="")
@click.option("--category", default="")
@as_json
def search(
    text: str,
    *,
    goods: bool,
    badge: bool,
    amount_minor: int,
    currency: str,
    country: str,
    category: str,
    as_json: bool,
) -> None:
    """Find suppliers, or goods, by words and filters."""
    question = Question(
        text=text,
        badge=badge,
        amount_minor=amount_minor,
        currency=currency,
        country=country,
        category=category,
    )
    with _house(as_json=as_json) as (opened, rules), opened.desk.connect() as connection:
        where: dict[str, Any] = {
            "rules": rules,
            "now": opened.clock(),
            "after": None,
            "limit": ROWS_SHOWN_MAX,
        }
        if goods:
            found = search_products(connection, question, **where).products
            lines = [_product_line(row) for row in found]
            say(found, as_json=as_json, text="\n".join(lines) or "Nothing found.")
        else:
            rows = search_suppliers(connection, question, **where).suppliers
            lines = [_supplier_line(row) for row in rows]
            say(rows, as_json=as_json, text="\n".join(lines) or "Nothing found.")


@supplier.command()
@click.argument("company_id")
@click.option("--auditor", required=True)
@click.option("--date", "audited", required=True, type=click.DateTime(["%Y-%m-%d"]))
@click.option(
    "--result", required=True, type=click.Choice(["passed", "passed_with_remarks", "failed"])
)
@click.argument("report", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@as_json
def audit(
    company_id: str, report: Path, *, auditor: str, audited: dt.datetime, result: str, as_json: bool
) -> None:
    """Record a factory audit by a third party with its report."""
    with _house(as_json=as_json) as (opened, _):
        stored = opened.files.put([report.read_bytes()], bytes_max=DOCUMENT_BYTES_MAX)
        found = AuditFound(
            auditor=auditor,
            audited_date=audited.date(),
            result=result,
            document_hash=stored.content_hash.hex(),
        )
        kept = enrolment.record_audit(company_id, found, person_id=BY_COMMAND, desk=opened.desk)
    say(kept, as_json=as_json, text=f"Recorded as {kept.audit_id}.")


@supplier.command()
@click.argument("company_id")
@click.argument("account_hash")
@click.option("--verify/--revoke", "verified", default=True)
@as_json
def account(company_id: str, account_hash: str, *, verified: bool, as_json: bool) -> None:
    """Say that the receiving account named is the supplier's own, or that it is not."""
    with _house(as_json=as_json) as (opened, _):
        known = enrolment.judge_account(
            company_id,
            account_hash,
            verified=verified,
            command_id=derived_id("judged", company_id, account_hash, system_clock().isoformat()),
            desk=opened.desk,
        )
    shown = "shown" if known.badge.shown else "not shown"
    say(known, as_json=as_json, text=f"Noted; the badge is {shown}.")


@supplier.command()
@click.argument("company_id")
@as_json
def badge(company_id: str, *, as_json: bool) -> None:
    """Show when the badge was shown and lost, and why."""
    with _house(as_json=as_json) as (opened, _), opened.desk.connect() as connection:
        changes = supplier_room.badge_changes(connection, company_id)
    lines = [
        f"{each.changed_at:%Y-%m-%d %H:%M} UTC  {'shown' if each.shown else ', '.join(each.faults)}"
        for each in changes
    ]
    say(changes, as_json=as_json, text="\n".join(lines) or "Never shown.")


@supplier.command()
@click.argument("company_id", default="")
@as_json
def refresh(company_id: str, *, as_json: bool) -> None:
    """Fold a supplier's record from its orders anew, or bring every supplier up to date and recompute what is due."""
    with _house(as_json=as_json) as (opened, rules):
        if company_id:
            supplier_standing.rebuild(company_id, desk=opened.desk)
            done = 1
        else:
            done = supplier_standing.catch_up(rules=rules, desk=opened.desk)
            done += supplier_standing.recompute_due(rules=rules, desk=opened.desk)
    say({"suppliers": done}, as_json=as_json, text=f"{done} brought up to date.")


def _shown(found: SupplierProfile) -> str:
    shown, record = found.limit, found.record
    missing = ", ".join(found.badge.faults)
    lines = [
        f"{found.profile.name_en or found.profile.name_zh} ({found.profile.country})",
        "Badge: shown" if found.badge.shown else f"Badge: not shown ({missing})",
    ]
    if shown.currency:
        free = amount_text(shown.free_minor, shown.currency)
        lines.append(f"Limit: {amount_text(shown.limit_minor, shown.currency)}, free {free}")
    lines.append(
        f"Record: {record.assured_orders} assured orders, {record.disputes_filed} disputes filed,"
        f" {record.on_time_orders} on time, {record.late_orders} late"
    )
    lines += [
        f"Value: {amount_text(value.amount_minor, value.currency)} in {value.orders} orders"
        for value in record.values
    ]
    lines += [f"Audit: {a.audited_date} {a.auditor}, {a.result}" for a in found.audits]
    return "\n".join(lines)


def _supplier_line(row: FoundSupplier) -> str:
    mark = "badge" if row.badge else "     "
    free = amount_text(row.free_minor, row.limit_currency) if row.limit_currency else "no limit"
    return f"{row.company_id:28} {mark}  {row.country}  {free:>18}  {row.name_en or row.name_zh}"


def _product_line(row: FoundProduct) -> str:
    goods = row.product
    price = amount_text(goods.price_low_minor, goods.currency)
    name = goods.name_en or goods.name_zh
    seller = row.supplier.name_en or row.supplier.name_zh
    return f"{goods.product_id:20} {price:>16} / {goods.unit}  {name}, {seller}"
