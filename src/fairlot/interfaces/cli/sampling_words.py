"""What `fairlot sampling` says around its figures, in English and in Chinese; figures and codes are the same in both."""

from __future__ import annotations

from typing import Final

from fairlot.domain.words.language import Language, Words, fill

# Words that are values, such as a severity, stand under their own names.
WORDS: Final[dict[str, Words]] = {
    "single": Words("single", "一次"),
    "double": Words("double", "二次"),
    "multiple": Words("multiple", "多次"),
    "normal": Words("normal", "正常"),
    "tightened": Words("tightened", "加严"),
    "reduced": Words("reduced", "放宽"),
    "critical": Words("Critical", "致命缺陷"),
    "major": Words("Major", "严重缺陷"),
    "minor": Words("Minor", "轻微缺陷"),
    "passed": Words("passed", "合格"),
    "failed": Words("failed", "不合格"),
    "pending": Words("pending", "待定"),
    "accepted": Words("accepted", "接收"),
    "rejected": Words("rejected", "不接收"),
    "open": Words("open", "未定"),
    "up": Words("up", "上"),
    "down": Words("down", "下"),
    "none": Words("none", "无"),
    "how": Words(
        "{edition}, {kind} sampling, {severity} inspection[, policy {policy}]",
        "{edition}，{kind}抽样，{severity}检验[，判定策略 {policy}]",
    ),
    "lot": Words(
        "Lot of {lot_size}, level {level}, AQL {aql}: code letter {letter}",
        "批量 {lot_size}，检验水平 {level}，AQL {aql}：样本量字码 {letter}",
    ),
    "lot_drawn": Words(
        "Lot of {lot_size}, level {level}, code letter {letter}: draw {drawn}",
        "批量 {lot_size}，检验水平 {level}，样本量字码 {letter}：抽取 {drawn} 件",
    ),
    "other_kind": Words(
        "The tables hold no {asked} plan here; the {kind} plan is used.",
        "表中此处没有{asked}抽样方案，改用{kind}抽样方案。",
    ),
    "arrow": Words(
        "The arrow points {way} to code letter {letter}.",
        "箭头向{way}指向字码 {letter}。",
    ),
    "stage": Words("Sample {position}: ", "第 {position} 样本："),
    "not_yet": Words("accept is not permitted yet", "此时尚不能接收"),
    "accept_to": Words("accept up to {number}", "接收数 {number}"),
    "inspect": Words(
        "inspect {size}; {allowed}, reject from {number} defective",
        "检验 {size} 件；{allowed}，拒收数 {number}（不合格品）",
    ),
    "whole_lot": Words(
        "100 % inspection: the sample is the whole lot.",
        "百分之百检验：样本即整批。",
    ),
    "none_allowed": Words("none allowed", "不允许"),
    "class": Words(
        "{title} ({aql}): inspect {size}; accept up to {accepted}, reject from {rejected}",
        "{title}（{aql}）：检验 {size} 件；接收数 {accepted}，拒收数 {rejected}",
    ),
    "zero_passes": Words(
        "  A lot with {fewest} such units ({share} %) passes at most 1 time in 10.",
        "  含 {fewest} 件此类单位（{share}%）的批，每 10 次中至多 1 次通过。",
    ),
    "drawn": Words('Drawn with seed "{seed}": {count} units', "以种子“{seed}”抽取：{count} 件"),
    "cartons": Words("Open of {line}: cartons {cartons}", "{line} 应开的箱：{cartons}"),
    "unit": Words(
        "{position}. {line}[, carton {carton}], unit {unit}",
        "{position}. {line}[，第 {carton} 箱]，第 {unit} 件",
    ),
    "verdict": Words(
        "Verdict: {outcome} (sampling: {result})",
        "检验结论：{outcome}（抽样：{result}）",
    ),
    "worst": Words(
        "Worst average outgoing quality: {share} {unit}",
        "平均检出质量上限：{share} {unit}",
    ),
    "percent_defective": Words("% defective", "% 不合格品"),
    "per_hundred": Words("per 100", "每百件"),
    "share_accepted": Words("accepted", "接收率"),
}


def say(name: str, language: Language, **facts: object) -> str:
    """Return the words of that name with their facts in place. Raises KeyError for a fact that is missing."""
    return fill(WORDS[name].say(language), {key: str(value) for key, value in facts.items()})
