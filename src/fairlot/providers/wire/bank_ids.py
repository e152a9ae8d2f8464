"""Our ids in the few signs that every bank carries, so that they come back in statements as they went out."""

from __future__ import annotations


def bank_id_for(public_id: str) -> str:
    """Return an id as it stands in bank files: a hyphen where ours has a low line, which banks do not carry."""
    return public_id.replace("_", "-")
