"""What is wrong with a policy file: the file, the key and the reason, all faults of one kind at once."""

from __future__ import annotations

import msgspec


class Fault(msgspec.Struct, frozen=True, kw_only=True):
    """One wrong thing: the dotted `key` as it stands in the file, and why it is refused."""

    key: str
    reason: str


class PolicyError(ValueError):
    """A policy that may not be used; `name` is the file's, `faults` are in the order of the file's sections."""

    def __init__(self, name: str, faults: tuple[Fault, ...]) -> None:
        assert faults, "an error has a reason"
        self.name = name
        self.faults = faults
        super().__init__("\n".join(f"{name}: {fault.key}: {fault.reason}" for fault in faults))


def fault(key: str, reason: str) -> Fault:
    """Build a fault from its two parts in their order."""
    return Fault(key=key, reason=reason)
