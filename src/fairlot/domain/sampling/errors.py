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
        'AQL must be written as a decimal number such as "2.5", not {got}.',
        "AQL 必须写成十进制数，例如 “2.5”，而不是 {got}。",
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
        "不存在缺陷类别 {got}；可用的类别为 {known}。",
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
    "stages_out_of_range": (
        "A plan has from 1 to {most} stages, not {got}.",
        "抽样方案应有 1 到 {most} 个阶段，而不是 {got} 个。",
    ),
    "sample_size_out_of_range": (
        "Sample size must be a whole number from 1 to {most}, not {got}.",
        "样本量必须是 1 到 {most} 之间的整数，而不是 {got}。",
    ),
    "acceptance_number_invalid": (
        "Acceptance number must be a whole number from 0 up, or -1 where acceptance is not permitted, not {got}.",
        "接收数必须是大于或等于 0 的整数，不允许接收时为 -1，而不是 {got}。",
    ),
    "rejection_number_invalid": (
        "Rejection number must be a whole number up to {most}, not {got}.",
        "拒收数必须是不超过 {most} 的整数，而不是 {got}。",
    ),
    "rejection_not_above_acceptance": (
        "Rejection number {rejected} must be greater than acceptance number {accepted}.",
        "拒收数 {rejected} 必须大于接收数 {accepted}。",
    ),
    "numbers_fall": (
        "Numbers {accepted}/{rejected} fall below those of an earlier stage; they are cumulative.",
        "判定数 {accepted}/{rejected} 低于前一阶段；判定数是累计的。",
    ),
    "quality_share_out_of_range": (
        "Share defective p must lie from 0 to 1, not {got}.",
        "不合格品率 p 必须在 0 到 1 之间，而不是 {got}。",
    ),
    "quality_rate_out_of_range": (
        "Nonconformities per unit must lie from 0 to {most}, not {got}.",
        "每单位不合格数必须在 0 到 {most} 之间，而不是 {got}。",
    ),
    "chance_out_of_range": (
        "A probability must lie between 0 and 1, not {got}.",
        "概率必须在 0 与 1 之间，而不是 {got}。",
    ),
    "chance_never_reached": (
        "No quality is accepted by this plan with probability {got}.",
        "没有任何质量水平以 {got} 的概率被本方案接收。",
    ),
    "points_not_apart": (
        "The bad quality must be worse than the good one, and be accepted less often.",
        "劣质水平必须差于优质水平，且接收概率更低。",
    ),
    "lot_size_needed": (
        "The hypergeometric distribution needs a lot size.",
        "超几何分布需要给出批量。",
    ),
    "no_plan_found": (
        "No plan with an acceptance number up to {most} keeps both risks.",
        "接收数不超过 {most} 的方案无法同时满足两种风险。",
    ),
    "inspection_discontinued": (
        "Inspection under this scheme is discontinued; it resumes on tightened after corrective action.",
        "本方案下的检验已停止；采取纠正措施后从加严检验恢复。",
    ),
    "inspection_not_discontinued": (
        "Inspection is {got}, not discontinued, so there is nothing to resume.",
        "检验状态为 {got}，并未停止，因此无需恢复。",
    ),
    "stages_not_counted": (
        "Counts are needed for 1 to {most} stages, not {got}.",
        "需要 1 到 {most} 个阶段的计数，而不是 {got} 个。",
    ),
    "seed_missing": (
        "A drawing needs a seed of 1 to {most} characters, so that it can be repeated.",
        "抽样需要 1 到 {most} 个字符的种子，以便重现。",
    ),
    "lines_invalid": (
        "A drawing needs from 1 to {most} lines with different names.",
        "抽样需要 1 到 {most} 行，且名称各不相同。",
    ),
    "line_invalid": (
        "Line {name} needs a name, a whole quantity from 1 up and no more cartons than units, not {quantity} in {cartons}.",
        "行 {name} 需要名称、大于或等于 1 的整数数量，且箱数不多于件数，而不是 {cartons} 箱 {quantity} 件。",
    ),
    "sample_too_long": (
        "A list of {got} units is too long to print; at most {most} are drawn.",
        "{got} 件的清单过长；最多抽取 {most} 件。",
    ),
    "points_out_of_range": (
        "A curve has from 2 to {most} points, not {got}.",
        "曲线应有 2 到 {most} 个点，而不是 {got} 个。",
    ),
    "whole_number_unreadable": (
        "{name} must be a whole number, not {got}.",
        "{name} 必须是整数，而不是 {got}。",
    ),
    "number_unreadable": (
        "{name} must be a number, not {got}.",
        "{name} 必须是数字，而不是 {got}。",
    ),
    "table_unreadable": (
        "The table is not CSV in UTF-8 near line {line}.",
        "表格在第 {line} 行附近不是 UTF-8 编码的 CSV。",
    ),
    "columns_missing": (
        "The table lacks the columns {missing}.",
        "表格缺少列 {missing}。",
    ),
    "stage_counts_differ": (
        "n, ac and re must name the same number of stages, not {sizes}, {accepted} and {rejected}.",
        "n、ac、re 的阶段数必须相同，而不是 {sizes}、{accepted}、{rejected}。",
    ),
    "kind_has_other_stages": (
        "Number of stages of a {kind} plan cannot be {got}.",
        "{kind} 方案的阶段数不能是 {got}。",
    ),
    "distribution_unknown": (
        "Distribution {got} does not exist; the distributions are {known}.",
        "不存在分布 {got}；可用的分布为 {known}。",
    ),
    "lines_not_lot": (
        "The lines hold {got} units, but the lot {lot_size}.",
        "各行共 {got} 件，但批量为 {lot_size} 件。",
    ),
    "plan_unreadable": (
        'A plan to compare is written n:Ac or n:Ac:Re, a name such as "tightened", or "aql=4.0", not {got}.',
        "对比方案应写作 n:Ac 或 n:Ac:Re、名称（如 tightened）或 aql=4.0，而不是 {got}。",
    ),
    "too_many_plans": (
        "At most {most} plans fit one picture, not {got}.",
        "一张图最多容纳 {most} 个方案，而不是 {got} 个。",
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
