"""Who acts: roles, and the actor that every event names; permission is decided elsewhere from these facts."""

from __future__ import annotations

from enum import StrEnum

import msgspec


class Role(StrEnum):
    """In what capacity somebody acts on an order."""

    BUYER = "buyer"
    SUPPLIER = "supplier"
    AGENT = "agent"
    INSPECTOR = "inspector"
    MEDIATOR = "mediator"
    OPERATOR = "operator"
    SUPERVISOR = "supervisor"
    AUDITOR = "auditor"
    CLOCK = "clock"
    PROVIDER = "provider"


class Actor(msgspec.Struct, frozen=True, kw_only=True):
    """Who asks: a role, the company it is asked for, and the person; ids only, never names."""

    role: Role
    company_id: str = ""
    person_id: str = ""


CLOCK = Actor(role=Role.CLOCK)
PROVIDER = Actor(role=Role.PROVIDER)
