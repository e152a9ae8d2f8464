"""Figures against what they must and what they should be: a table for people, with `--json` one object for programs."""

from __future__ import annotations

import json
import sys

import msgspec


class Figure(msgspec.Struct, frozen=True, kw_only=True):
    """One measured value; with `is_cost` less is better. `floor` must hold, `target` is what we are here for."""

    name: str
    value: float | None
    unit: str = ""
    floor: float | None = None
    target: float | None = None
    is_cost: bool = False
    note: str = ""

    def verdict(self) -> str:
        """Say which of floor and target is met; nothing where neither is set."""
        if self.value is None or (self.floor is None and self.target is None):
            return ""
        if self.target is not None and self._meets(self.target):
            return "target met"
        if self.floor is not None and not self._meets(self.floor):
            return "BELOW FLOOR"
        return "floor holds"

    def _meets(self, mark: float) -> bool:
        assert self.value is not None
        return self.value <= mark if self.is_cost else self.value >= mark


def show(title: str, figures: list[Figure], *, notes: dict[str, object] | None = None) -> None:
    """Print all figures; `notes` say under which conditions they were measured."""
    if "--json" in sys.argv[1:]:
        rows = [msgspec.to_builtins(one) | {"verdict": one.verdict()} for one in figures]
        print(json.dumps({"title": title, "figures": rows, "notes": notes or {}}))
        return
    print(title)
    print(f"  {'':58} {'figure':>12} {'floor':>9} {'target':>9}")
    for one in figures:
        verdict = " ".join(part for part in (one.verdict(), one.note) if part)
        numbers = f"{_number(one.value):>12} {_number(one.floor):>9} {_number(one.target):>9}"
        print(f"  {one.name + (f' [{one.unit}]' if one.unit else ''):58} {numbers}  {verdict}")
    for name, note in (notes or {}).items():
        print(f"  {name}: {note}")


def _number(value: float | None) -> str:
    if value is None:
        return "-"
    return f"{value:,.0f}" if abs(value) >= 1_000 else f"{value:,.3g}"
