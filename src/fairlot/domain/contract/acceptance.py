"""Signing: both sides accept the very same hash; what counts is the record of it, and nothing before there are two."""

from __future__ import annotations

import datetime as dt

import msgspec

from fairlot.domain.contract.document import Contract, contract_hash
from fairlot.domain.contract.vocabulary import PartyRole


class Acceptance(msgspec.Struct, frozen=True, kw_only=True):
    """One side's signed acceptance: which role and company, by which member, of which version, and when (UTC)."""

    contract_sha256: str
    role: PartyRole
    company_id: str
    member_id: str
    accepted_at: dt.datetime


def accept(
    contract: Contract,
    *,
    role: PartyRole,
    company_id: str,
    member_id: str,
    named_sha256: str,
    accepted_at: dt.datetime,
) -> Acceptance:
    """Record an acceptance; raises ValueError if it names another version or another company than the contract's."""
    version = contract_hash(contract)
    party = contract.buyer if role == "buyer" else contract.supplier
    if named_sha256 != version:
        raise ValueError(f"the acceptance names version {named_sha256}, this is {version}")
    if party.company_id != company_id:
        raise ValueError(f"{company_id} is not the {role} of this contract")
    return Acceptance(
        contract_sha256=version,
        role=role,
        company_id=company_id,
        member_id=member_id,
        accepted_at=accepted_at,
    )


def is_agreed(contract: Contract, acceptances: tuple[Acceptance, ...]) -> bool:
    """Say whether buyer and supplier both accepted this very version (R16)."""
    version = contract_hash(contract)
    roles = {one.role for one in acceptances if one.contract_sha256 == version}
    return roles == {"buyer", "supplier"}
