"""Plays the invented market in the order of time, so that limits, accounts and payouts come about as they would.

Every step asks under an id of its own: a market that was broken off, or played before, is simply played again.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import NamedTuple

from fairlot.application.desk import Desk, derived_id
from fairlot.application.queries.supplier_search import limit_rules_of
from fairlot.application.supplier import enrolment
from fairlot.application.supplier.enrolment import AuditFound
from fairlot.application.supplier.suppliers import ReceivingDetails
from fairlot.domain.audit.canonical import content_hash
from fairlot.domain.contract.template import new_contract
from fairlot.domain.policy.model import LimitRules, Policy
from fairlot.domain.supplier.enrolment import DocumentKind, conditions_hash, conditions_now
from fairlot.providers.wire import PaymentAccount, PaymentBank, PaymentParty, PostalAddress
from fairlot.simulate.stage import SALT, Stage
from fairlot.simulate.world.companies import SUPPLIERS, WorldCompany
from fairlot.simulate.world.deal import OPENING_HOUR, Act, Deal
from fairlot.store.supplier.supplier_listing import Product, Profile, find_profile

# The world begins before the oldest deal.
WORLD_DAYS = 300
CURRENCY = "USD"
EDITION = "escrow-2026"
TIER = "audited"
AUDITED = dt.date(2025, 11, 3)
SUPPLIERS_PERSON, OPERATORS_PERSON = "per_demo_supplier", "per_demo_operator"

MakeStage = Callable[[str], Stage]


class _Planned(NamedTuple):
    at: dt.datetime
    number: int
    order_id: str
    act: Act


def play_world(
    deals: tuple[Deal, ...],
    *,
    make_stage: MakeStage,
    today: dt.datetime,
    tell: Callable[[str], None],
) -> int:
    """Play every step of every deal up to the present, the earliest first; returns how many steps there were.

    A market that was begun on another day goes on from that day, and one that is complete is left alone.
    """
    stages = {deal.order_id: make_stage(deal.order_id) for deal in deals}
    oldest = max(deals, key=lambda deal: deal.begun_days_ago)
    present = _day_of_first_play(stages[oldest.order_id], oldest) or today
    for stage in stages.values():
        stage.today = present
    planned = sorted(_planned(deals, present), key=lambda step: step[:2])
    latest = planned[-1]
    if stages[latest.order_id].has_done(latest.at):
        return 0
    told_month = ""
    for step in planned:
        assert step.at <= present, f"{step.order_id} acts in the future"
        stage = stages[step.order_id]
        month = f"{step.at:%Y-%m}"
        if month != told_month:
            tell(month)
            told_month = month
        stage.enter(step.at, "")
        step.act(stage)
    return len(planned)


def _planned(deals: tuple[Deal, ...], present: dt.datetime) -> list[_Planned]:
    return [
        _Planned(instant_of(deal, step.day, present), number, deal.order_id, step.act)
        for deal in deals
        for number, step in enumerate(deal.steps)
    ]


def _day_of_first_play(stage: Stage, oldest: Deal) -> dt.datetime | None:
    begun = stage.begun_at()
    return begun and begun + dt.timedelta(days=oldest.begun_days_ago)


def instant_of(deal: Deal, day: float, today: dt.datetime) -> dt.datetime:
    """Return the instant of a day of a deal."""
    begun = today - dt.timedelta(days=deal.begun_days_ago)
    opening = begun.replace(hour=OPENING_HOUR, minute=0, second=0, microsecond=0)
    return opening + dt.timedelta(days=day)


def settle_suppliers_in(desk: Desk, policies: Mapping[str, Policy]) -> None:
    """Let every supplier of the market join the programme as any would; who has joined already is left alone."""
    rules = limit_rules_of(policies, EDITION)
    for supplier in SUPPLIERS:
        with desk.connect() as connection:
            is_there = find_profile(connection, supplier.company_id) is not None
        if not is_there:
            _settle_in(supplier, rules, desk)


def _settle_in(supplier: WorldCompany, rules: LimitRules, desk: Desk) -> None:
    company_id = supplier.company_id
    enrolment.save_profile(_profile(supplier), desk=desk)
    accepted = conditions_hash(conditions_now())
    enrolment.accept_conditions(company_id, accepted, person_id=SUPPLIERS_PERSON, desk=desk)
    for kind in DocumentKind:
        enrolment.give_document(
            company_id,
            kind,
            _paper(company_id, kind.value),
            expires_date=None,
            person_id=SUPPLIERS_PERSON,
            desk=desk,
        )
    named = enrolment.name_account(
        company_id,
        _receiving(supplier),
        salt=SALT,
        command_id=derived_id("world", company_id, "name"),
        desk=desk,
    )
    verify_id = derived_id("world", company_id, "verify")
    enrolment.judge_account(company_id, named, verified=True, command_id=verify_id, desk=desk)
    enrolment.decide_tier(
        company_id,
        TIER,
        reason="Audited before the market began.",
        person_id=OPERATORS_PERSON,
        rules=rules,
        desk=desk,
    )
    enrolment.record_audit(company_id, _audit(company_id), person_id=OPERATORS_PERSON, desk=desk)
    enrolment.save_product(_product(supplier), desk=desk)


def _profile(supplier: WorldCompany) -> Profile:
    return Profile(
        company_id=supplier.company_id,
        name_en=supplier.name,
        name_zh=supplier.name_zh,
        about_en=supplier.about,
        about_zh=supplier.about_zh,
        country=supplier.country,
        categories=(supplier.template,),
    )


def _product(supplier: WorldCompany) -> Product:
    english = new_contract(supplier.template, language="en").lines[0]
    chinese = new_contract(supplier.template, language="zh").lines[0]
    return Product(
        company_id=supplier.company_id,
        product_id=f"prd_{supplier.template}",
        name_en=english.article,
        name_zh=chinese.article,
        category=supplier.template,
        unit=english.unit,
        currency=CURRENCY,
        price_low_minor=english.unit_price_minor,
        price_high_minor=english.unit_price_minor * 12 // 10,
    )


def _audit(company_id: str) -> AuditFound:
    return AuditFound(
        auditor="Bureau Veritas",
        audited_date=AUDITED,
        result="passed",
        document_hash=_paper(company_id, "audit"),
    )


def _paper(company_id: str, name: str) -> str:
    return content_hash(f"{company_id}: {name}".encode()).hex()


def _receiving(supplier: WorldCompany) -> ReceivingDetails:
    digits = "".join(str(ord(letter) % 10) for letter in supplier.company_id)
    return ReceivingDetails(
        holder=PaymentParty(
            # Banks carry no ampersand.
            name=supplier.name.replace("&", "and"),
            address=PostalAddress(town=supplier.town, country=supplier.country),
        ),
        account=PaymentAccount(number=f"6222{digits:0<13.13}"),
        bank=PaymentBank(bic="BKCHCNBJ45A"),
    )
