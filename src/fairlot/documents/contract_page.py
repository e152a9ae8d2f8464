"""A contract as a page of HTML, English, Chinese or both; the same page becomes the PDF."""

from __future__ import annotations

import html
import importlib.resources
from collections.abc import Iterable
from decimal import Decimal

import iso4217

from fairlot.documents.contract_words import LABELS, both, value_in
from fairlot.domain.contract.document import Contract, Term, contract_hash, proof_of_shipment

Languages = tuple[str, ...]

# What an inspector counts as which defect (R34); the parties read it before they agree.
DEFECT_CLASSES = ("critical", "major", "minor")


def contract_page(
    contract: Contract, *, languages: Languages, pictures: dict[str, str] | None = None
) -> str:
    """Render the whole contract; `pictures` maps a file's SHA-256 to the URL of its image."""
    title = html.escape(contract.title or both("contract", languages))
    body = "".join(
        (
            f"<h1>{title}</h1>",
            f'<p class="version">{both("version", languages)} {contract_hash(contract)}</p>',
            _parties(contract, languages),
            _goods(contract, languages),
            _payments(contract, languages),
            _shipment(contract, languages),
            _inspection(contract, languages),
            _terms(contract, languages),
            _files(contract, languages, pictures or {}),
            _signatures(languages),
        )
    )
    style = (
        importlib.resources.files("fairlot.documents.styles")
        .joinpath("contract.css")
        .read_text("utf-8")
    )
    return (
        f'<!DOCTYPE html><html lang="{languages[0]}"><head><meta charset="utf-8">'
        f"<title>{title}</title><style>{style}</style></head><body>{body}</body></html>"
    )


def money(amount_minor: int, currency: str) -> str:
    """Show minor units with the currency's own number of decimals."""
    try:
        exponent = iso4217.Currency(currency).exponent or 0
    except ValueError:
        exponent = 2
    return f"{currency} {Decimal(amount_minor).scaleb(-exponent):,}"


def _table(rows: Iterable[tuple[str, str]], languages: Languages) -> str:
    cells = "".join(
        f"<tr><th>{html.escape(both(key, languages))}</th><td>{html.escape(value)}</td></tr>"
        for key, value in rows
        if value
    )
    return f"<table>{cells}</table>"


def _facts(heading: str, rows: Iterable[tuple[str, str]], languages: Languages) -> str:
    return f"<h2>{html.escape(both(heading, languages))}</h2>{_table(rows, languages)}"


def _parties(contract: Contract, languages: Languages) -> str:
    rows = [
        ("buyer", f"{contract.buyer.name} ({contract.buyer.company_id})"),
        ("supplier", f"{contract.supplier.name} ({contract.supplier.company_id})"),
        ("binding", value_in(contract.binding_language, languages)),
    ]
    return _facts("parties", rows, languages)


def _head(keys: tuple[str, ...], languages: Languages) -> str:
    return (
        "<tr>" + "".join(f"<th>{html.escape(both(key, languages))}</th>" for key in keys) + "</tr>"
    )


def _goods(contract: Contract, languages: Languages) -> str:
    currency = contract.currency
    rows = "".join(
        f"<tr><td>{line.number}</td><td>{html.escape(line.article)}</td>"
        f'<td class="number">{line.quantity:,} {html.escape(line.unit)}</td>'
        f'<td class="number">{html.escape(money(line.unit_price_minor, currency))}</td>'
        f'<td class="number">{html.escape(money(line.quantity * line.unit_price_minor, currency))}</td></tr>'
        for line in contract.lines
    )
    head = _head(("line", "article", "quantity", "unit_price", "amount"), languages)
    fees = [
        (
            "extra_fee",
            f"{fee.name}: {money(fee.amount_minor, currency)} ({value_in(fee.added_by, languages)})",
        )
        for fee in contract.extra_fees
    ]
    totals = _table(
        [
            *fees,
            ("total", money(contract.total_minor, currency)),
            ("covered", money(contract.covered_minor, currency)),
            ("cover_kind", value_in(contract.cover_kind, languages)),
        ],
        languages,
    )
    return f'<h2>{html.escape(both("goods", languages))}</h2><table class="rows">{head}{rows}</table>{totals}'


def _payments(contract: Contract, languages: Languages) -> str:
    rows = "".join(
        f"<tr><td>{html.escape(part.name)}</td><td>{html.escape(value_in(part.due, languages))}</td>"
        f'<td class="number">{html.escape(money(part.amount_minor, contract.currency))}</td></tr>'
        for part in contract.payments
    )
    head = _head(("payment", "due", "amount"), languages)
    borne = html.escape(
        f"{both('fee', languages)}: {value_in(contract.payment_fee_borne_by, languages)}"
    )
    return f'<h2>{html.escape(both("payment", languages))}</h2><table class="rows">{head}{rows}</table><p>{borne}</p>'


def _shipment(contract: Contract, languages: Languages) -> str:
    ship = contract.shipment
    # Under the D-terms the agreed day is the day of arrival (ruling A35).
    dated = "arrival_date" if ship.incoterm in ("DAP", "DPU", "DDP") else "date"
    rows = [
        (dated, ship.date.isoformat() if ship.date else ""),
        ("lead_time", str(ship.lead_time_days or "")),
        ("arrival_date", ship.arrival_date.isoformat() if ship.arrival_date else ""),
        ("zone", ship.zone),
        ("incoterm", f"{ship.incoterm} {ship.place}"),
        ("mode", value_in(ship.transport_mode, languages)),
        ("carrier", value_in(ship.carrier_chosen_by, languages)),
        ("forwarder", ship.forwarder or ""),
        ("proof", value_in(proof_of_shipment(ship), languages)),
        ("destination", ship.destination),
        ("late", _late(contract, languages)),
    ]
    return _facts("shipment", rows, languages)


def _late(contract: Contract, languages: Languages) -> str:
    remedy = contract.late_remedy
    if remedy is None:
        return both("late_none", languages)
    figures = {
        "per_day": format((Decimal(remedy.per_day_basis_points) / 100).normalize(), "f"),
        "cap": format((Decimal(remedy.cap_basis_points) / 100).normalize(), "f"),
    }
    return " / ".join(LABELS[language]["late_terms"].format(**figures) for language in languages)


def _inspection(contract: Contract, languages: Languages) -> str:
    plan = contract.inspection
    if plan is None:
        return ""
    rows = [
        ("level", f"ISO 2859-1 {plan.level}"),
        ("aql", f"{plan.aql_critical} / {plan.aql_major} / {plan.aql_minor}"),
        *((name, both(f"{name}_means", languages)) for name in DEFECT_CLASSES),
        ("inspector", plan.inspector),
        ("place", value_in(plan.place, languages)),
        ("on_failure", value_in(plan.on_failure, languages)),
    ]
    return _facts("inspection", rows, languages)


def _terms(contract: Contract, languages: Languages) -> str:
    if not contract.terms:
        return ""
    rows = "".join(_term(term, contract.language, languages) for term in contract.terms)
    head = _head(("term", "terms", "method", "defect"), languages)
    return (
        f'<h2>{html.escape(both("terms", languages))}</h2><table class="rows">{head}{rows}</table>'
    )


def _term(term: Term, own: str, languages: Languages) -> str:
    texts = {own: term.text, "zh" if own == "en" else "en": term.translation}
    shown = [texts[language] for language in languages if texts.get(language)] or [term.text]
    words = "".join(
        f'<div class="{"second" if index else "first"}">{html.escape(text)}</div>'
        for index, text in enumerate(shown)
    )
    marks = [value_in(term.defect_class, languages)] if term.defect_class else []
    marks += [both("mandatory", languages)] if term.mandatory else []
    return (
        f"<tr><td>{html.escape(term.id)}</td><td>{words}</td>"
        f"<td>{html.escape(term.test_method)}</td><td>{html.escape(', '.join(marks))}</td></tr>"
    )


def _files(contract: Contract, languages: Languages, pictures: dict[str, str]) -> str:
    sample = contract.approved_sample
    if not contract.files and sample is None:
        return ""
    rows = (
        [("sample", f"{sample.reference}, {sample.sealed_on.isoformat()} {sample.kept_by}")]
        if sample
        else []
    )
    table = _facts("files", rows, languages)
    listed = "".join(
        f'<tr><td>{html.escape(file.name)}</td><td>{html.escape(file.caption)}</td><td class="version-hash">{html.escape(file.sha256)}</td></tr>'
        for file in contract.files
    )
    shown = "".join(
        f'<figure><img src="{html.escape(pictures[file.sha256])}" alt="{html.escape(file.caption or file.name)}">'
        f"<figcaption>{html.escape(file.name)} {html.escape(file.caption)}</figcaption></figure>"
        for file in contract.files
        if file.sha256 in pictures
    )
    return f'{table}<table class="rows">{listed}</table><div class="pictures">{shown}</div>'


def _signatures(languages: Languages) -> str:
    cells = "".join(
        f"<td>{html.escape(both(role, languages))}</td>" for role in ("buyer", "supplier")
    )
    return f'<h2>{html.escape(both("signatures", languages))}</h2><table class="sign"><tr>{cells}</tr></table>'
