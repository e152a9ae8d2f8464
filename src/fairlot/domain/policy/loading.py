"""Policies from their files: parsed, held against the model, validated; two editions ship with the package."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping
from functools import lru_cache
from importlib import resources
from types import MappingProxyType

import msgspec

from fairlot.domain.policy.errors import Fault, PolicyError
from fairlot.domain.policy.model import Policy
from fairlot.domain.policy.shape import conversion_fault, shape_faults
from fairlot.domain.policy.validation import policy_faults

SHIPPED_EDITIONS = ("escrow-2026", "guarantee-2017")
# So much of the hash stands in an id: 64 bits, which no two editions of one name will share by chance.
ID_HASH_CHARACTERS = 16


def load_policy(text: str, name: str) -> Policy:
    """Read a policy from TOML whose keys mirror the model; `name` is the file's, for messages.

    Raises `PolicyError`, which lists every fault of the first check that finds one.
    """
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise PolicyError(name, (Fault(key="the file", reason=str(error)),)) from error
    faults = shape_faults(table, Policy)
    if faults:
        raise PolicyError(name, faults)
    try:
        policy = msgspec.convert(table, Policy)
    except msgspec.ValidationError as error:
        raise PolicyError(name, (conversion_fault(error),)) from error
    faults = policy_faults(policy)
    if faults:
        raise PolicyError(name, faults)
    return policy


@lru_cache(maxsize=1)
def shipped_policies() -> Mapping[str, Policy]:
    """Return the editions that ship with the package, by edition; they are validated like any other."""
    folder = resources.files("fairlot.domain.policy") / "editions"
    policies = {}
    for edition in SHIPPED_EDITIONS:
        file_name = f"{edition}.toml"
        policy = load_policy((folder / file_name).read_text(encoding="utf-8"), file_name)
        assert policy.edition == edition, f"{file_name} holds edition {policy.edition}"
        policies[edition] = policy
    return MappingProxyType(policies)


def canonical_bytes(policy: Policy) -> bytes:
    """Encode for hashing: JSON with sorted keys and sets, no spaces, every figure written out."""
    return msgspec.json.encode(policy, order="sorted")


def policy_hash(policy: Policy) -> str:
    """Identify a policy by its figures: lower-case hexadecimal SHA-256 of its canonical bytes."""
    return hashlib.sha256(canonical_bytes(policy)).hexdigest()


def policy_id(policy: Policy) -> str:
    """Name a policy for an order that keeps it for life: its edition and the beginning of its hash."""
    return f"{policy.edition}@{policy_hash(policy)[:ID_HASH_CHARACTERS]}"
