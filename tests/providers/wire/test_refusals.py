"""Refusals: every one raised is named, has a sentence in both languages, and is given the facts that its sentence tells."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import fairlot.application.money as money
import fairlot.providers.wire as wire
from fairlot.providers.wire import BankFileRefused
from fairlot.providers.wire.refusals import _BANK_FILE, _PAYMENT_FILE

# Whoever writes a payment file knows what stood in it before, and refuses with the file's own words.
ROOMS = (wire, money)
SOURCES = [path for room in ROOMS for path in sorted(Path(str(room.__file__)).parent.glob("*.py"))]
# What the exceptions take beside facts.
POSITIONS = {"line", "place"}


def raised(source: str) -> Iterator[tuple[str, frozenset[str]]]:
    """Give the code and the names of the facts of every refusal built in a source text."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        name = (
            node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        )
        code = node.args[0]
        if name in {"BankFileRefused", "PaymentFileRefused", "refused"} and isinstance(
            code, ast.Constant
        ):
            yield str(code.value), frozenset(k.arg or "" for k in node.keywords) - POSITIONS


def told(sentence: str) -> frozenset[str]:
    return frozenset(name for _, name, _, _ in Formatter().parse(sentence) if name)


def faults(sources: Iterator[tuple[str, frozenset[str]]]) -> list[str]:
    sentences = {**_BANK_FILE, **_PAYMENT_FILE}
    return [
        f"{code} is raised with {sorted(facts)}"
        for code, facts in sources
        if code not in sentences or any(told(text) != facts for text in sentences[code])
    ]


def test_every_refusal_is_given_the_facts_its_sentences_tell() -> None:
    assert faults(pair for path in SOURCES for pair in raised(path.read_text())) == []


def test_a_missing_fact_would_be_noticed() -> None:
    assert faults(raised("raise BankFileRefused('date_unreadable', line=1)"))
    assert faults(raised("raise amount.refused('no_such_code')"))
    assert not faults(raised("raise BankFileRefused('date_unreadable', text='x')"))


def test_every_sentence_is_used() -> None:
    used = {code for path in SOURCES for code, _ in raised(path.read_text())}
    assert set(_BANK_FILE) | set(_PAYMENT_FILE) == used


def test_both_languages_tell_the_same_facts() -> None:
    for english, chinese in (*_BANK_FILE.values(), *_PAYMENT_FILE.values()):
        assert told(english) == told(chinese)
        assert english.endswith(".")
        assert chinese.endswith("。")


def test_the_place_stands_before_the_sentence() -> None:
    refusal = BankFileRefused("date_unreadable", line=7, place="Stmt[1]/CreDtTm[1]", text="x")
    assert refusal.sentence("en") == "Line 7 (Stmt[1]/CreDtTm[1]): x is not a date."
    assert refusal.sentence("zh") == "第 7 行 (Stmt[1]/CreDtTm[1]): x 不是日期。"
    assert str(BankFileRefused("file_empty")) == "The file is empty."
    missing = BankFileRefused("balance_missing", balance="closing")
    assert "期末" in missing.sentence("zh")
