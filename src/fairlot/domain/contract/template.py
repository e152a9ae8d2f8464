"""A new contract from a template: a whole, well-formed document whose terms are claimable and whose figures are yours to change."""

from __future__ import annotations

import importlib.resources
import tomllib

import msgspec

from fairlot.domain.contract.document import (
    Contract,
    ContractLine,
    ContractParty,
    InspectionPlan,
    Instalment,
    LateRemedy,
    Shipment,
    Term,
)
from fairlot.domain.contract.vocabulary import DefectClass, Language, Topic

TEMPLATES = ("apparel", "electronics", "furniture", "kitchenware", "packaging", "toys")
LEAD_TIME_DAYS = 45
DEPOSIT_PERCENT = 30


class _Words(msgspec.Struct, frozen=True, kw_only=True):
    en: str
    zh: str


class _TemplateTerm(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    topic: Topic
    defect_class: DefectClass
    en: str
    zh: str


class _Template(msgspec.Struct, frozen=True, kw_only=True):
    article: _Words
    unit: _Words
    quantity: int
    unit_price_minor: int
    terms: tuple[_TemplateTerm, ...]


def _in(language: Language, english: str, chinese: str) -> str:
    return english if language == "en" else chinese


def new_contract(name: str, *, language: Language = "en") -> Contract:
    """Build a contract from the template `name` (one of TEMPLATES); raises KeyError for another name."""
    if name not in TEMPLATES:
        raise KeyError(name)
    folder = importlib.resources.files("fairlot.domain.contract.templates")
    text = folder.joinpath(f"{name}.toml").read_text(encoding="utf-8")
    template = msgspec.convert(tomllib.loads(text), _Template)
    total_minor = template.quantity * template.unit_price_minor
    deposit_minor = total_minor * DEPOSIT_PERCENT // 100
    article = getattr(template.article, language)
    return Contract(
        title=article,
        buyer=ContractParty(
            company_id="com_buyer", name=_in(language, "Buyer company", "买方公司")
        ),
        supplier=ContractParty(
            company_id="com_supplier", name=_in(language, "Supplier company", "卖方公司")
        ),
        lines=(
            ContractLine(
                number=1,
                article=article,
                quantity=template.quantity,
                unit=getattr(template.unit, language),
                unit_price_minor=template.unit_price_minor,
            ),
        ),
        currency="USD",
        total_minor=total_minor,
        covered_minor=total_minor,
        cover_kind="post-delivery",
        payments=(
            Instalment(
                name=_in(language, "deposit", "定金"), amount_minor=deposit_minor, due="agreement"
            ),
            Instalment(
                name=_in(language, "balance", "余款"),
                amount_minor=total_minor - deposit_minor,
                due="passed inspection",
            ),
        ),
        shipment=Shipment(
            zone="Asia/Shanghai",
            incoterm="FOB",
            place=_in(language, "Shanghai", "上海"),
            transport_mode="sea",
            carrier_chosen_by="buyer",
            destination=_in(language, "the buyer's warehouse", "买方仓库"),
            lead_time_days=LEAD_TIME_DAYS,
        ),
        inspection=InspectionPlan(
            level="II",
            aql_critical="0",
            aql_major="2.5",
            aql_minor="4.0",
            inspector="SGS",
            place="before shipment",
            on_failure="full refund or rework",
        ),
        late_remedy=LateRemedy(per_day_basis_points=50, cap_basis_points=1000),
        language=language,
        binding_language=language,
        terms=tuple(_term(term, language) for term in template.terms),
    )


def _term(term: _TemplateTerm, language: Language) -> Term:
    other: Language = "zh" if language == "en" else "en"
    return Term(
        id=term.id,
        topic=term.topic,
        text=getattr(term, language),
        translation=getattr(term, other),
        lines=(1,),
        defect_class=term.defect_class,
        mandatory=term.defect_class == "critical",
    )
