"""Why a bank file is refused, or cannot be written: a stable code, its facts, the place, one sentence in two languages."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

_BANK_FILE: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "file_empty": ("The file is empty.", "文件为空。"),
        "file_too_large": (
            "The file has {bytes} bytes; at most {bytes_max} are read. Ask the bank for shorter periods.",
            "文件有 {bytes} 字节，最多读取 {bytes_max} 字节。请向银行索取较短期间的对账单。",
        ),
        "format_unknown": (
            "This is neither a camt.053 nor an MT940 file.",
            "此文件既不是 camt.053 也不是 MT940。",
        ),
        "encoding_unsupported": (
            "The encoding {encoding} is not read; save the file as UTF-8.",
            "不支持编码 {encoding}，请以 UTF-8 保存。",
        ),
        "text_undecodable": (
            "Byte {byte} is not valid {encoding}: the file is damaged or its encoding is misstated.",
            "第 {byte} 字节不是有效的 {encoding}：文件已损坏或编码声明有误。",
        ),
        "document_type_present": (
            "The file declares a document type, which no bank statement needs; it is refused unread.",
            "文件含有文档类型声明（DOCTYPE），银行对账单不需要它，未读即拒绝。",
        ),
        "not_well_formed": (
            "The file is damaged or cut off: {detail}.",
            "文件已损坏或被截断：{detail}。",
        ),
        "message_unknown": (
            "A camt.053.001.02 to .14 statement is expected, found {found}.",
            "应为 camt.053.001.02 至 .14 对账单，实为 {found}。",
        ),
        "statement_missing": ("The file contains no statement.", "文件中没有对账单。"),
        "statement_twice": (
            "The file contains statement {statement} twice.",
            "文件中对账单 {statement} 出现两次。",
        ),
        "field_missing": ("The field {field} is missing.", "缺少字段 {field}。"),
        "field_too_long": (
            "The field {field} has {characters} characters; at most {characters_max} are read.",
            "字段 {field} 有 {characters} 个字符，最多读取 {characters_max} 个。",
        ),
        "field_unreadable": (
            "{field} reads {text}, which is not a value it may have.",
            "{field} 的内容为 {text}，不是允许的值。",
        ),
        "amount_unreadable": (
            "{text} is not an amount.",
            "{text} 不是金额。",
        ),
        "amount_negative": (
            "{text} is negative; direction is stated apart from the amount.",
            "{text} 为负数；借贷方向应另行标明。",
        ),
        "amount_decimals": (
            "{text} has more decimals than {currency} has ({decimals}).",
            "{text} 的小数位多于 {currency} 允许的 {decimals} 位。",
        ),
        "amount_too_large": (
            "{text} is more than the largest amount handled ({amount_minor_max} minor units).",
            "{text} 超过可处理的最大金额（{amount_minor_max} 最小货币单位）。",
        ),
        "currency_unknown": (
            "{currency} is not a currency with minor units in ISO 4217.",
            "{currency} 不是 ISO 4217 中具有最小单位的货币。",
        ),
        "date_unreadable": ("{text} is not a date.", "{text} 不是日期。"),
        "balance_missing": (
            "The {balance} balance is missing, so the entries cannot be checked.",
            "缺少{balance}余额，无法核对分录。",
        ),
        "balance_ambiguous": (
            "The statement gives more than one {balance} balance in {currency}.",
            "对账单给出多个 {currency} {balance}余额。",
        ),
        "balances_disagree": (
            "Opening {opening_minor} plus entries {booked_minor} is not closing {closing_minor} ({currency}, minor units): entries are missing or doubled.",
            "期初 {opening_minor} 加分录 {booked_minor} 不等于期末 {closing_minor}（{currency}，最小单位）：分录缺失或重复。",
        ),
        "details_disagree": (
            "The details of this entry add up to {details_minor}, the entry is {entry_minor} ({currency}, minor units).",
            "此分录的明细合计 {details_minor}，分录金额为 {entry_minor}（{currency}，最小单位）。",
        ),
        "account_currency_missing": (
            "The entry is in {currency} and gives no amount in a currency of the account's balances ({currencies}).",
            "分录币种为 {currency}，且未给出账户余额币种（{currencies}）的金额。",
        ),
        "line_unreadable": (
            "Field :{tag}: cannot be read.",
            "字段 :{tag}: 无法读取。",
        ),
        "line_count": (
            "The statement has {found} fields :{tag}: where {expected} are expected.",
            "对账单有 {found} 个 :{tag}: 字段，应为 {expected} 个。",
        ),
    }
)

_PAYMENT_FILE: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "batch_of_other_currency": (
            "The payment file {batch_id} was put together in {currency} and stays so. Choose another name for {asked}.",
            "付款文件 {batch_id} 已按 {currency} 编制，不再更改。{asked} 请另取名称。",
        ),
        "account_erased": (
            "The receiving account of this payout was erased since; the file cannot be written again.",
            "此笔付款的收款账户资料已删除，无法重新生成文件。",
        ),
        "batch_of_other_account": (
            "The payment file {batch_id} was put together to pay from another account and stays so. Choose another name.",
            "付款文件 {batch_id} 已按另一付款账户编制，不再更改。请另取名称。",
        ),
        "no_payments": ("A payment file needs at least one payment.", "付款文件至少需要一笔付款。"),
        "too_many_payments": (
            "{count} payments; a file takes at most {count_max}.",
            "{count} 笔付款；每个文件最多 {count_max} 笔。",
        ),
        "id_repeated": (
            "The identification {text} is used twice.",
            "标识 {text} 被使用两次。",
        ),
        "text_missing": ("It is empty.", "内容为空。"),
        "text_too_long": (
            "It has {characters} characters; the bank takes at most {characters_max}.",
            "有 {characters} 个字符，银行最多接受 {characters_max} 个。",
        ),
        "text_not_latin": (
            "The character {character} at position {position} is not one that banks carry; enter it in Latin letters as the bank has it.",
            "第 {position} 位字符 {character} 不在银行可传输的字符之内；请按银行登记填写拉丁字母。",
        ),
        "text_slashes": (
            "An identification may not begin or end with a slash, nor hold two in a row.",
            "标识不得以斜线开头或结尾，也不得含连续两个斜线。",
        ),
        "amount_out_of_range": (
            "{amount_minor} {currency} (minor units) is not an amount this payment may have.",
            "{amount_minor} {currency}（最小单位）不是此付款允许的金额。",
        ),
        "currency_unknown": (
            "{currency} is not a currency with minor units in ISO 4217.",
            "{currency} 不是 ISO 4217 中具有最小单位的货币。",
        ),
        "currency_not_euro": (
            "SEPA carries euro only, not {currency}.",
            "SEPA 仅支持欧元，不支持 {currency}。",
        ),
        "account_ambiguous": (
            "Give either an IBAN or another account number.",
            "请填写 IBAN 或其他账号之一。",
        ),
        "iban_invalid": ("{iban} is not a valid IBAN.", "{iban} 不是有效的 IBAN。"),
        "iban_needed": ("SEPA needs an IBAN.", "SEPA 需要 IBAN。"),
        "bic_invalid": ("{bic} is not a BIC.", "{bic} 不是 BIC。"),
        "bank_missing": (
            "The creditor's bank is missing: its BIC, or its clearing number, name and country.",
            "缺少收款行：请填写 BIC，或清算行号、名称与国家。",
        ),
        "address_missing": (
            "A cross-border payment needs town and country of the party.",
            "跨境付款需要当事人的城市与国家。",
        ),
        "country_invalid": (
            "{country} is not a two-letter country code.",
            "{country} 不是两位国家代码。",
        ),
        "reference_invalid": (
            "{reference} is not a valid creditor reference (ISO 11649).",
            "{reference} 不是有效的收款参考号（ISO 11649）。",
        ),
        "remittance_twice": (
            "Give either a creditor reference or free text: SEPA carries one of them.",
            "参考号与附言只能填写其一：SEPA 仅传输其中一种。",
        ),
        "uetr_invalid": ("{uetr} is not a UETR.", "{uetr} 不是 UETR。"),
        "instant_without_zone": (
            "The creation instant needs a zone.",
            "创建时间须带时区。",
        ),
        "charges_missing": (
            "Say who bears the banks' charges of a cross-border payment.",
            "请指定跨境付款的银行费用由谁承担。",
        ),
        "charges_fixed": (
            "SEPA shares charges; they cannot be set.",
            "SEPA 费用各自承担，不可另行指定。",
        ),
        "field_not_sepa": (
            "{field} has no place in a SEPA payment.",
            "{field} 不适用于 SEPA 付款。",
        ),
    }
)

_BALANCE_ZH = MappingProxyType({"opening": "期初", "closing": "期末"})
_TEXT_SHOWN_CHARACTERS = 60


class BankFileRefused(Exception):  # noqa: N818  (a refusal is a claim, not an error's name)
    """A bank file was refused whole: nothing of it was accepted.

    `line` counts from 1 where known; `place` is a path such as `Stmt[1]/Ntry[3]/Amt`.
    """

    def __init__(
        self, code: str, *, line: int | None = None, place: str = "", **facts: str | int
    ) -> None:
        assert code in _BANK_FILE, f"unnamed refusal {code}"
        self.code = code
        self.line = line
        self.place = place
        self.facts = _shortened(facts)
        super().__init__(self.sentence())

    def sentence(self, language: str = "en") -> str:
        """Say why in one sentence, with line and place in front, in English ("en") or Chinese ("zh")."""
        return _position(self.line, self.place, language) + _fill(
            _BANK_FILE[self.code], self.facts, language
        )


class PaymentFileRefused(Exception):  # noqa: N818  (a refusal is a claim, not an error's name)
    """A payment file cannot be written; `place` names the field, such as `payout pay_…: creditor.name`."""

    def __init__(self, code: str, *, place: str = "", **facts: str | int) -> None:
        assert code in _PAYMENT_FILE, f"unnamed refusal {code}"
        self.code = code
        self.place = place
        self.facts = _shortened(facts)
        super().__init__(self.sentence())

    def sentence(self, language: str = "en") -> str:
        """Say why in one sentence, with the field in front, in English ("en") or Chinese ("zh")."""
        return _position(None, self.place, language) + self.reason(language)

    def reason(self, language: str = "en") -> str:
        """Say why in one sentence without the field, for who names it otherwise."""
        return _fill(_PAYMENT_FILE[self.code], self.facts, language)


def _fill(sentences: tuple[str, str], facts: Mapping[str, str | int], language: str) -> str:
    english, chinese = sentences
    if language == "zh":
        balance = facts.get("balance")
        shown = {**facts, "balance": _BALANCE_ZH[balance]} if isinstance(balance, str) else facts
        return chinese.format(**shown)
    return english.format(**facts)


def _position(line: int | None, place: str, language: str) -> str:
    if line is None and not place:
        return ""
    if line is None:
        return f"{place}: "
    word = f"第 {line} 行" if language == "zh" else f"Line {line}"
    return f"{word} ({place}): " if place else f"{word}: "


def _shortened(facts: Mapping[str, str | int]) -> Mapping[str, str | int]:
    """Keep hostile text from flooding a message: printable and short."""
    return MappingProxyType(
        {name: _printable(fact) if isinstance(fact, str) else fact for name, fact in facts.items()}
    )


def _printable(text: str) -> str:
    shown = "".join(
        c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text[:_TEXT_SHOWN_CHARACTERS]
    )
    return shown if len(text) <= _TEXT_SHOWN_CHARACTERS else shown + "…"
