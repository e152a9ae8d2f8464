"""A supplier that joins the programme as the product has it: conditions, documents, tier, account, profile, goods."""

from __future__ import annotations

from fairlot.application.desk import Desk
from fairlot.application.supplier import enrolment
from fairlot.application.supplier.supplier_standing import Known
from fairlot.domain.policy.loading import shipped_policies
from fairlot.domain.supplier.enrolment import conditions_hash, conditions_now
from fairlot.store.supplier.supplier_listing import Product, Profile
from tests.support.market import DETAILS, SALT

RULES = shipped_policies()["escrow-2026"].limits
PERSON = "per_supplier"
OPERATOR = "per_operator"


def profile(company_id: str, **changes: object) -> Profile:
    values: dict[str, object] = {
        "name_en": "Shenzhen Brightcell Electronics",
        "name_zh": "深圳亮芯电子有限公司",
        "about_en": "Maker of portable chargers since 2009.",
        "about_zh": "自2009年起生产移动电源。",
        "country": "CN",
        "categories": ("electronics",),
    }
    return Profile(company_id=company_id, **{**values, **changes})  # type: ignore[arg-type]


def product(company_id: str, product_id: str = "pb-20", **changes: object) -> Product:
    values: dict[str, object] = {
        "name_en": "Power bank 20,000 mAh",
        "name_zh": "移动电源 20000毫安",
        "about_en": "Two USB outlets, aluminium housing.",
        "about_zh": "双USB输出，铝壳。",
        "category": "electronics",
        "unit": "piece",
        "currency": "USD",
        "price_low_minor": 580,
        "price_high_minor": 720,
        "hs_code": "850760",
    }
    return Product(company_id=company_id, product_id=product_id, **{**values, **changes})  # type: ignore[arg-type]


def accepted(company_id: str, *, desk: Desk) -> None:
    """Accept the conditions of today."""
    enrolment.accept_conditions(
        company_id, conditions_hash(conditions_now()), person_id=PERSON, desk=desk
    )


def documented(company_id: str, tier: str, *, desk: Desk) -> None:
    """Give in every document that a tier asks for."""
    for kind in conditions_now().documents_for(tier):
        enrolment.give_document(
            company_id, kind, "d" * 64, expires_date=None, person_id=PERSON, desk=desk
        )


def account_named(company_id: str, *, desk: Desk) -> str:
    """Name the usual receiving account."""
    return enrolment.name_account(
        company_id, DETAILS, salt=SALT, command_id=f"name:{company_id}", desk=desk
    )


def joined(company_id: str, *, desk: Desk, tier: str = "audited") -> Known:
    """Go the whole way until the badge is shown."""
    enrolment.save_profile(profile(company_id), desk=desk)
    accepted(company_id, desk=desk)
    documented(company_id, tier, desk=desk)
    enrolment.decide_tier(
        company_id, tier, reason="documents seen", person_id=OPERATOR, rules=RULES, desk=desk
    )
    hashed = account_named(company_id, desk=desk)
    return enrolment.judge_account(
        company_id, hashed, verified=True, command_id=f"verify:{company_id}", desk=desk
    )
