"""Why a contract's file cannot be read, in Chinese: what the readers of TOML, JSON and the model say in English, put into words."""

from __future__ import annotations

import re

from fairlot.domain.contract.vocabulary import Language

_KINDS = {
    "text in quotes": "带引号的文字",
    "a whole number": "整数",
    "a decimal number": "小数",
    "a table": "表",
    "a list": "列表",
    "nothing": "空值",
    "true or false": "true 或 false",
}
# English pattern -> Chinese; groups are put in as they stand.
_REASONS = (
    (r"Object missing required field `([^`]+)`", "缺少“{0}”"),
    (r"Object contains unknown field `([^`]+)`", "没有“{0}”这一项"),
    (r"Invalid enum value (.+)", "不能写 {0}"),
    (r"Invalid value (.+)", "不能写 {0}"),
    (r"Invalid (?:date|RFC3339 date|ISO8601 date|date or datetime)\b.*", "日期写法不对，须为年-月-日，如 2027-03-15"),
    (r"Expected `\w+` ([<>]=?) (\S+)", "须 {0} {1}"),
    (r"(.+) is not a number", "{0} 不是数字"),
    (r"longer than (\d+) characters", "超过 {0} 个字符"),
    (r"nested too deeply", "嵌套过深"),
    (r"a number has too many digits", "数字的位数过多"),
    (r"Expected '=' after a key in a key/value pair", "键名后缺少等号“=”"),
    (r"Expected '\]\]?' at the end of (?:a table|an array) declaration", "表头缺少方括号“]”"),
    (r"Expected newline or end of document after a statement", "这一项之后应换行"),
    (r"Expected '(.+)'", "此处应为“{0}”"),
    (r"Unterminated string.*|Illegal character .*|Found invalid character .*", "引号没有闭合，或含有不允许的字符"),
    (r"Unclosed (?:array|inline table)", "括号没有闭合"),
    (r"Cannot declare .* twice|Duplicate inline table key .*|Cannot overwrite a value|Cannot (?:redefine|mutate) .*", "同一项写了两次"),
    (r"Invalid initial character for a key part|Invalid statement", "这一行不是“键 = 值”的写法"),
    (r"Unescaped '\\' in a string|Invalid \\.*|Invalid hex value|Escaped character is not .*", "反斜杠写法不对"),
    (r"Invalid control character.*", "含有控制字符"),
    (r"Expecting property name enclosed in double quotes|Illegal trailing comma.*", "此处应为带双引号的键名，末项之后不写逗号"),
    (r"Expecting '(.)' delimiter", "此处缺少“{0}”"),
    (r"Expecting value|Invalid value", "此处缺少值，或值的写法不对"),
    (r"Extra data", "合同之后还有多余内容"),
    (r"not UTF-8 text.*", "不是 UTF-8 文本"),
)  # fmt: skip


def chinese_reason(reason: str) -> str:
    """Say a reason in Chinese; one that nobody has put into Chinese yet is called a fault of form and shown as it is."""
    expected = re.fullmatch(r"(.+) is expected here, not (.+)", reason)
    if expected:
        wanted = "或".join(_KINDS.get(part, part) for part in expected[1].split(" or "))
        return f"此处应为{wanted}，而不是{_KINDS.get(expected[2], expected[2])}"
    for pattern, chinese in _REASONS:
        match = re.fullmatch(pattern, reason)
        if match:
            return chinese.format(*match.groups())
    return f"格式有误（{reason}）"


def chinese_place(line: int, key: str) -> str:
    """Name line and key in Chinese."""
    place = f"第 {line} 行" if line else "文件"
    return f"{place}，{key}" if key else place


def place_told(line: int, key: str, language: Language) -> str:
    """Name line and key before a reason, in a language."""
    return f"{chinese_place(line, key)}：" if language == "zh" else f"line {line}, {key}: "
