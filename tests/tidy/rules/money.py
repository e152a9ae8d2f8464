"""Money is integers: on its path there is no float, no true division, no rounding by the language's own rule."""

from __future__ import annotations

import ast
from pathlib import PurePosixPath

from tests.tidy.repository import Rule, is_python, parse

MONEY_PATH = (
    "src/fairlot/domain/money",
    "src/fairlot/domain/order/",
    "src/fairlot/domain/ledger/",
    "src/fairlot/domain/remedy/",
    "src/fairlot/domain/payout/",
    "src/fairlot/domain/suspense/",
    "src/fairlot/domain/cover/",
    "src/fairlot/application/money/",
    "src/fairlot/providers/wire/amounts",
    "src/fairlot/providers/wire/assembly",
    "src/fairlot/providers/wire/camt053",
    "src/fairlot/providers/wire/pain001",
    "src/fairlot/store/writing/writer",
)
BANNED_NAMES = frozenset({"float", "round", "Decimal"})


def is_on_the_money_path(path: PurePosixPath) -> bool:
    return is_python(path) and str(path).startswith(MONEY_PATH)


def fault(node: ast.AST) -> str | None:
    """Return what is wrong with one node of the syntax tree, or None."""
    match node:
        case ast.Constant(value=float() | complex()):
            return "a float"
        case ast.BinOp(op=ast.Div()) | ast.AugAssign(op=ast.Div()):
            return "true division; use // on integers and say how it rounds"
        case ast.Name(id=name) if name in BANNED_NAMES:
            return f"'{name}'"
        case _:
            return None


def check(path: PurePosixPath, source: str) -> list[str]:
    faults = ((getattr(node, "lineno", 0), fault(node)) for node in ast.walk(parse(source)))
    return [f"{path}:{line}: {what}" for line, what in faults if what is not None]


MONEY = "src/fairlot/domain/money.py"
RULES = (
    Rule(
        name="money is integers",
        covers=is_on_the_money_path,
        check=check,
        caught=(
            (MONEY, "fee = price * 0.028"),
            (MONEY, "half = price / 2"),
            (MONEY, "price /= 2"),
            (MONEY, "share = round(price)"),
            (MONEY, "def pay(amount: float): ..."),
        ),
        passed=((MONEY, "fee = (price * 280 + 5_000) // 10_000"),),
    ),
)
