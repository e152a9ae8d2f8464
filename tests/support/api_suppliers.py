"""A supplier that joins the programme through the API alone, and the operator who decides."""

from __future__ import annotations

from typing import Any

import msgspec

from fairlot.domain.party import Role
from tests.support.api import member, staff
from tests.support.market import DETAILS

LAMP = "com_lampworks"
PDF = b"%PDF-1.7 a document"
PROFILE = {
    "name_en": "Ningbo Lampworks",
    "name_zh": "宁波灯具厂",
    "about_en": "Desk lamps since 1998.",
    "country": "CN",
    "categories": ["lighting"],
}
PRODUCT = {
    "name_en": "Folding desk lamp",
    "name_zh": "折叠台灯",
    "category": "lighting",
    "unit": "piece",
    "currency": "USD",
    "price_low_minor": 900,
    "price_high_minor": 1_200,
    "hs_code": "940520",
}


class Joining:
    """A supplier on its way into the programme, step by step."""

    def __init__(self, company_id: str = LAMP) -> None:
        self.id = company_id
        self.path = f"/suppliers/{company_id}"
        self.supplier = member(company_id)
        self.operator = staff(Role.OPERATOR)
        self.buyer = member("com_looking")

    def profiled(self, **changes: Any) -> Joining:
        """Write the profile."""
        self.supplier.ask("PUT", f"{self.path}/profile", {**PROFILE, **changes}).ok()
        return self

    def accepted(self) -> Joining:
        """Accept the conditions of today."""
        hashed = self.supplier.get("/enrolment/conditions").ok()["conditions_hash"]
        body = {"conditions_hash": hashed}
        self.supplier.ask("PUT", f"{self.path}/conditions", body).ok()
        return self

    def documented(self, tier: str = "audited") -> Joining:
        """Give in every document that a tier asks for."""
        tiers = self.supplier.get("/enrolment/conditions").ok()["tiers"]
        for kind in next(each["documents"] for each in tiers if each["name"] == tier):
            self.give(kind).ok()
        return self

    def give(self, kind: str, content: bytes = PDF, media_type: str = "application/pdf") -> Any:
        """Give in one document."""
        path = f"{self.path}/documents?kind={kind}"
        return self.supplier.ask("PUT", path, content, content_type=media_type)

    def decide(self, tier: str = "audited") -> Any:
        """Have the operator decide the tier."""
        return self.operator.ask("PUT", f"{self.path}/tier", {"tier": tier, "reason": "seen"})

    def account(self, *, verified: bool = True) -> Joining:
        """Name the receiving account and have it judged."""
        details = msgspec.to_builtins(DETAILS)
        named = self.supplier.post(f"{self.path}/account", details).ok()
        self.operator.post(f"{self.path}/account/judgement", {**named, "verified": verified}).ok()
        return self

    def joined(self, tier: str = "audited") -> Joining:
        """Go the whole way until the badge is shown."""
        self.profiled().accepted().documented(tier).decide(tier).ok()
        return self.account()

    def look(self) -> Any:
        """Return the supplier as anybody signed in sees it."""
        return self.buyer.get(self.path).ok()
