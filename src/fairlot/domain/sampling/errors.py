"""Refusals of the sampling room: a named code with its facts and one sentence in English and in Chinese."""

from __future__ import annotations

from typing import Final

Fact = str | int | tuple[str, ...]

# Code -> (English, Chinese). The facts fill the braces; a test proves that every code can be said.
SENTENCES: Final[dict[str, tuple[str, str]]] = {
    "lot_size_not_whole": (
        "Lot size must be a whole number of units, not {got}.",
        "批量必须是整数件数，而不是 {got}。",
    ),
    "lot_size_out_of_range": (
        "Lot size must be from {least} to {most} units, not {got}.",
        "批量必须在 {least} 到 {most} 件之间，而不是 {got}。",
    ),
    "level_unknown": (
        "Inspection level {got} does not exist; the levels are {known}.",
        "不存在检验水平 {got}；可用的检验水平为 {known}。",
    ),
    "aql_not_a_number": (
        'AQL must be given as text or Decimal such as "2.5", not {got}.',
        "AQL 必须以文本或 Decimal 给出，例如 “2.5”，而不是 {got}。",
    ),
    "aql_not_in_series": (
        "AQL {got} is not in the standard's series; the nearest are {neighbors}.",
        "AQL {got} 不在标准的数列中；最接近的值为 {neighbors}。",
    ),
    "aql_zero_has_no_table": (
        (
            'AQL 0 is no column of the standard: "none allowed" is a rule with acceptance number 0 on the main sample '
            "or on a sample of its own computed size."
        ),
        "标准中没有 AQL 0 这一列：“不允许任何不合格”是以主样本或单独计算的样本量、接收数为 0 的规则。",
    ),
    "severity_unknown": (
        "Type of inspection {got} does not exist; the types are {known}.",
        "不存在检验类型 {got}；可用的类型为 {known}。",
    ),
    "kind_unknown": (
        "Kind of plan {got} does not exist; the kinds are {known}.",
        "不存在方案类型 {got}；可用的类型为 {known}。",
    ),
    "edition_unknown": (
        "Edition {got} does not exist; the editions are {known}.",
        "不存在版本 {got}；可用的版本为 {known}。",
    ),
    "edition_without_kind": (
        "Edition {edition} holds no {kind} plans here; use edition z1.4 for them.",
        "此处版本 {edition} 不含 {kind} 方案；请使用版本 z1.4。",
    ),
    "policy_unknown": (
        "Policy {got} does not exist; the policies are {known}.",
        "不存在策略 {got}；可用的策略为 {known}。",
    ),
    "zero_rule_unknown": (
        "Rule for a class with none allowed {got} does not exist; the rules are {known}.",
        "不存在“不允许任何不合格”的规则 {got}；可用的规则为 {known}。",
    ),
    "class_unknown": (
        "Defect class {got} does not exist; the classes are {known}.",
        "不存在缺陷等级 {got}；可用的等级为 {known}。",
    ),
    "count_not_whole": (
        "The count of {what} must be a whole number from {least} up, not {got}.",
        "{what} 的数量必须是大于或等于 {least} 的整数，而不是 {got}。",
    ),
    "count_exceeds": (
        "The count of {what} is {got}, but only {most} are there.",
        "{what} 的数量为 {got}，但总共只有 {most}。",
    ),
    "share_not_exact": (
        'The {name} must be written exactly, as text, Decimal or Fraction such as "0.1", not {got}.',
        "{name} 必须以文本、Decimal 或 Fraction 精确给出，例如 “0.1”，而不是 {got}。",
    ),
    "share_out_of_range": (
        "The {name} must lie between 0 and 1, not {got}.",
        "{name} 必须在 0 与 1 之间，而不是 {got}。",
    ),
}


class SamplingError(ValueError):
    """A request that cannot be granted: `code` names it, `facts` fill its sentences.

    `str(error)` is the English sentence; `sentence_zh` the Chinese one.
    """

    def __init__(self, code: str, **facts: Fact) -> None:
        assert code in SENTENCES, code
        self.code = code
        self.facts = facts
        english, chinese = SENTENCES[code]
        self.sentence_en = english.format(
            **{name: _said(fact, ", ") for name, fact in facts.items()}
        )
        self.sentence_zh = chinese.format(
            **{name: _said(fact, "、") for name, fact in facts.items()}
        )
        super().__init__(self.sentence_en)


def _said(fact: Fact, comma: str) -> str:
    """A fact as a reader sees it: lists joined, text from outside cut to a readable length."""
    text = comma.join(fact) if isinstance(fact, tuple) else str(fact)
    return text if len(text) <= FACT_CHARACTERS_MAX else text[: FACT_CHARACTERS_MAX - 1] + "…"


FACT_CHARACTERS_MAX: Final = 160
