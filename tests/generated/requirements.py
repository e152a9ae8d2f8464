"""docs/requirements.md: for each requirement of the sources the tests whose names bear its number, read from the tests."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

TESTS = Path(__file__).parents[1]
# Tests of the tests: numbers in them are samples.
ASIDE = "tidy"
NAME = re.compile(r"test((?:_r\d+)+)_")
NUMBER = re.compile(r"\d+")

TITLES: dict[int, str] = {
    1: "Enrolled suppliers, their conditions and their badge",
    2: "Search of suppliers and products, by badge and free limit",
    3: "An assurance limit that the programme sets",
    4: "Cover stops at the limit, seen before agreeing and paying",
    5: "A public record of what was traded here",
    6: "No payment past the platform; one click reports it",
    7: "A verified receiving account of each supplier's own",
    8: "Suppliers side by side for one order",
    9: "Audits by third parties; agents with rights granted and revoked",
    10: "A written agreement before payment, which alone is judged by",
    11: "Measurable terms; the editor says what could be claimed",
    12: "The seven matters that a contract covers",
    13: "Terms as exact as need be",
    14: "Pictures belong to the contract",
    15: "The approved sample as reference",
    16: "Nothing counts until both accepted the very same version",
    17: "The buyer's own forwarder proves shipment",
    18: "Two kinds of cover, where the inspection takes place, and its cost",
    19: "Split payment where the policy allows it",
    20: "What is covered",
    21: "What is not covered, and why, at any moment",
    22: "Money held, or guaranteed, by edition",
    23: "Free for both sides",
    24: "Ways to pay, their fees, and where they cross",
    25: "Every fee before payment and on a receipt",
    26: "Chargeback and refund never both",
    27: "Only payment through the platform counts",
    28: "The amount found due, and the inspection's fee",
    29: "Updates and inspection during production",
    30: "A failed lot is rejected before shipping cost arises",
    31: "Shipment with its proof, against the agreed date",
    32: "Receipt confirmed; thirty days from delivery",
    33: "Designated inspection companies",
    34: "The sampling standard and its three classes",
    35: "The report goes to all, and the decision rests on it",
    36: "An inspection asked for is never refused",
    37: "The parties settle it themselves first",
    38: "A reason and evidence",
    39: "Three days to answer, seven to escalation",
    40: "The outcomes of mediation",
    41: "The conversation is evidence",
    42: "Nothing ends by implication or behind one side's back",
    43: "Handled once, by the same mediator, on public clocks",
    44: "Returned goods are inspected twice",
    45: "Further cases that must come out right",
    46: "One list of orders",
    47: "The conversation is kept whole and unaltered",
    48: "Guidance at each step",
}


def tests_by_number() -> dict[int, list[str]]:
    """Return the tests that bear each number, as `folder/module::name`, in the order of folders, modules and names."""
    found: dict[int, list[str]] = {}
    for path in sorted(TESTS.rglob("test_*.py")):
        place = path.relative_to(TESTS).as_posix()
        if place.split("/")[0] == ASIDE:
            continue
        for name in sorted(set(_test_names(path))):
            borne = NAME.match(name)
            for number in NUMBER.findall(borne[1]) if borne else ():
                found.setdefault(int(number), []).append(f"{place}::{name}")
    return found


def _test_names(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            yield node.name


def requirements() -> str:
    """Return the page."""
    found = tests_by_number()
    assert set(found) <= set(TITLES), "every number is of a requirement"
    parts = [
        "# Requirements and their tests",
        "",
        "Generated from the names of the tests by `make docs`; do not edit.",
        "",
        "| | requirement | tests |",
        "|---|---|---:|",
        *(
            f"| {_link(number, found)} | {title} | {len(found.get(number, []))} |"
            for number, title in TITLES.items()
        ),
        "",
    ]
    for number, tests in sorted(found.items()):
        parts += [f"## R{number}", "", f"{TITLES[number]}.", ""]
        parts += _by_module(tests)
        parts.append("")
    return "\n".join(parts)


def _link(number: int, found: dict[int, list[str]]) -> str:
    return f"[R{number}](#r{number})" if number in found else f"R{number}"


def _by_module(tests: list[str]) -> list[str]:
    lines: list[str] = []
    latest = ""
    for test in tests:
        module, _, name = test.partition("::")
        if module != latest:
            lines.append(f"- `tests/{module}`")
            latest = module
        lines.append(f"  - `{name}`")
    return lines
