"""The rules in words: sentence, explanation, mend with concrete values, and the examples that are their tests."""

from __future__ import annotations

import functools
from decimal import Decimal

import msgspec

from fairlot.domain.contract.judging.judgement import Judgement
from fairlot.domain.contract.lexicon import read_table
from fairlot.domain.contract.vocabulary import Language

# A proposed tolerance is two percent of the value, to one figure: a start for the talk, not a norm.
_PROPOSED_SHARE = Decimal("0.02")


class Rule(msgspec.Struct, frozen=True, kw_only=True):
    """One rule in one language; `bad` texts bring it, `good` ones are claimable."""

    code: str
    sentence: str
    explanation: str
    mend: str
    bad: tuple[str, ...] = ()
    good: tuple[str, ...] = ()


class RuleBook(msgspec.Struct, frozen=True, kw_only=True):
    """All rules and phrases of one language."""

    rule: tuple[Rule, ...]
    example: dict[str, str]
    how: dict[str, str]
    topic: dict[str, str]
    label: dict[str, str]
    summary: dict[str, str]
    contradiction: dict[str, str]

    def named(self, code: str) -> Rule:
        """Return the rule of a code."""
        return next(rule for rule in self.rule if rule.code == code)


@functools.cache
def rule_book(language: Language) -> RuleBook:
    """Read the rules of one language."""
    return msgspec.convert(read_table(f"rules.{language}.toml"), RuleBook)


def mend_for(judged: Judgement, language: Language) -> str:
    """Say concretely what to write instead; empty for what is claimable."""
    book = rule_book(language)
    template = book.named(judged.rules[0]).mend
    parsed = judged.parsed
    has_number = parsed is not None and parsed.is_number and isinstance(parsed.value, str)
    if "{value}" in template and not has_number:
        template = "{how}, e.g. {example}" if language == "en" else "{how},例如 {example}"
    example = book.example.get(judged.property_id) or book.example[judged.kind]
    how = book.how.get(judged.property_id) or book.how[judged.kind]
    value, unit, tolerance = "", "", ""
    if has_number and parsed is not None and isinstance(parsed.value, str):
        value, unit = parsed.value, parsed.unit or ""
        tolerance = proposed_tolerance(Decimal(parsed.value))
    filled = template.format(value=value, unit=unit, tolerance=tolerance, example=example, how=how)
    return filled.replace("  ", " ").strip()


def proposed_tolerance(value: Decimal) -> str:
    """Round two percent of a value to one significant figure, as plain digits."""
    raw = abs(value) * _PROPOSED_SHARE
    if raw == 0:
        return "0.1"
    rounded = raw.quantize(Decimal(1).scaleb(raw.adjusted()))
    return format(rounded, "f")
