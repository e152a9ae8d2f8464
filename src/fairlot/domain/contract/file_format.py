"""Contracts as TOML and JSON text, both ways; every refusal names the line and the key."""

from __future__ import annotations

import datetime as dt
import json
import re
import tomllib
import unicodedata
from typing import Any

import msgspec

from fairlot.domain.contract.document import FORMAT, Contract
from fairlot.domain.contract.file_reasons import chinese_place, chinese_reason
from fairlot.domain.contract.source_lines import json_lines, toml_lines
from fairlot.domain.contract.vocabulary import Language

FILE_CHARACTERS_MAX = 2_000_000

_TOML_POSITION = re.compile(r"\s*\(at (?:line (\d+), column (\d+)|end of document)\)")
_MSGSPEC_KEY = re.compile(r" - at `\$\.?([^`]*)`\Z")


class ContractFileError(ValueError):
    """A contract file that cannot be read: 1-based `line` (0 if unknown), `key` (empty if unknown), `reason`."""

    def __init__(self, *, line: int, key: str, reason: str) -> None:
        self.line = line
        self.key = key
        self.reason = reason
        place = f"line {line}" if line else "file"
        super().__init__(f"{place}, {key}: {reason}" if key else f"{place}: {reason}")

    def told(self, language: Language) -> str:
        """Say place and reason in a language."""
        if language == "en":
            return str(self)
        return f"{chinese_place(self.line, self.key)}：{chinese_reason(self.reason)}"


def from_toml(text: str) -> Contract:
    """Read a contract from TOML; raises ContractFileError."""
    text = _normalized(text)
    try:
        tree = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _toml_error(text, str(error)) from error
    except (ValueError, RecursionError) as error:
        raise _beyond_python(error) from error
    return _contract(tree, toml_lines(text))


def from_json(text: str) -> Contract:
    """Read a contract from JSON; raises ContractFileError."""
    text = _normalized(text)
    try:
        tree = json.loads(text, parse_constant=_refuse_constant)
    except json.JSONDecodeError as error:
        raise ContractFileError(line=error.lineno, key="", reason=error.msg) from error
    except ContractFileError:
        raise
    except (ValueError, RecursionError) as error:
        raise _beyond_python(error) from error
    return _contract(tree, json_lines(text))


def from_text(text: str) -> Contract:
    """Read a contract from JSON if the text begins with a brace, else from TOML."""
    return from_json(text) if text.lstrip("\ufeff \t\r\n").startswith("{") else from_toml(text)


def line_of(text: str, key: str) -> int:
    """Find the 1-based line where `key` (or its nearest parent) stands in a contract's file, 0 if nowhere."""
    is_json = text.lstrip("\ufeff \t\r\n").startswith("{")
    return _nearest(json_lines(text) if is_json else toml_lines(text), key)


def to_json(contract: Contract) -> str:
    """Write a contract as indented JSON with sorted keys."""
    return (
        msgspec.json.format(msgspec.json.encode(contract, order="sorted"), indent=2).decode() + "\n"
    )


def json_schema() -> dict[str, Any]:
    """Describe the contract's JSON in JSON Schema 2020-12."""
    schema = msgspec.json.schema(Contract)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": FORMAT, **schema}


def _normalized(text: str) -> str:
    if len(text) > FILE_CHARACTERS_MAX:
        raise ContractFileError(
            line=0, key="", reason=f"longer than {FILE_CHARACTERS_MAX} characters"
        )
    return unicodedata.normalize("NFC", text.removeprefix("\ufeff").replace("\r\n", "\n"))


def _refuse_constant(name: str) -> None:
    raise ContractFileError(line=0, key="", reason=f"{name} is not a number")


def _toml_error(text: str, message: str) -> ContractFileError:
    position = _TOML_POSITION.search(message)
    line = int(position[1]) if position and position[1] else text.count("\n") + 1
    reason = _TOML_POSITION.sub("", message)
    broken = text.splitlines()[line - 1] if 0 < line <= len(text.splitlines()) else ""
    key, equals, _ = broken.partition("=")
    return ContractFileError(
        line=line, key=key.strip() if equals else broken.strip(), reason=reason
    )


def _contract(tree: object, lines: dict[str, int]) -> Contract:
    try:
        return msgspec.convert(tree, Contract)
    except msgspec.ValidationError as error:
        message = str(error)
        found = _MSGSPEC_KEY.search(message)
        key = found[1] if found else ""
        reason = _MSGSPEC_KEY.sub("", message)
        unknown = re.search(r"(?:unknown|required) field `([^`]+)`", reason)
        if unknown:
            key = f"{key}.{unknown[1]}" if key else unknown[1]
        raise ContractFileError(
            line=_nearest(lines, key), key=key, reason=_plain(reason)
        ) from error
    except RecursionError as error:
        raise _beyond_python(error) from error


def _beyond_python(error: ValueError | RecursionError) -> ContractFileError:
    """Refuse what is well written and still cannot be held: brackets within brackets, a number of thousands of digits."""
    is_deep = isinstance(error, RecursionError)
    reason = "nested too deeply" if is_deep else "a number has too many digits"
    return ContractFileError(line=0, key="", reason=reason)


def _plain(reason: str) -> str:
    """Say msgspec's refusal in the words of somebody who writes a contract."""
    kinds = {"str": "text in quotes", "int": "a whole number", "float": "a decimal number"}
    kinds |= {"object": "a table", "array": "a list", "null": "nothing", "bool": "true or false"}
    expected = re.fullmatch(r"Expected `([^`]+)`, got `([^`]+)`", reason)
    if not expected:
        return reason
    wanted = " or ".join(kinds.get(part.strip(), part.strip()) for part in expected[1].split("|"))
    return f"{wanted} is expected here, not {kinds.get(expected[2], expected[2])}"


def _nearest(lines: dict[str, int], key: str) -> int:
    while key:
        if key in lines:
            return lines[key]
        key = re.sub(r"(\.?[^.\[\]]+|\[[^\]]*\])\Z", "", key)
    return lines.get("", 0)


def to_toml(contract: Contract) -> str:
    """Write a contract as TOML: plain keys first, then tables, lists of tables as [[name]]."""
    tree = msgspec.to_builtins(contract, builtin_types=(dt.date,))
    assert isinstance(tree, dict)
    ordered = {"format": tree.pop("format"), **tree}
    return "\n".join(_table(ordered, "")).strip() + "\n"


def _table(table: dict[str, Any], prefix: str) -> list[str]:
    out = [f"{key} = {_value(value)}" for key, value in table.items() if not _is_section(value)]
    for key, value in table.items():
        if not _is_section(value):
            continue
        name = f"{prefix}{key}"
        if isinstance(value, dict):
            out += ["", f"[{name}]", *_table(value, f"{name}.")]
        else:
            for row in value:
                out += ["", f"[[{name}]]", *_table(row, f"{name}.")]
    return out


def _is_section(value: object) -> bool:
    """Say whether a value reads better as a section of its own than on one line."""
    if isinstance(value, dict):
        return len(value) > 3 or any(_is_section(item) for item in value.values())
    return isinstance(value, list | tuple) and bool(value) and isinstance(value[0], dict)


def _value(value: object) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case dt.date():
            return value.isoformat()
        case str():
            return _string(value)
        case dict():
            return "{ " + ", ".join(f"{key} = {_value(item)}" for key, item in value.items()) + " }"
        case list() | tuple():
            return "[" + ", ".join(_value(item) for item in value) + "]"
        case _:
            raise TypeError(f"no TOML for {type(value).__name__}")


def _string(text: str) -> str:
    """Quote as a TOML basic string; JSON's escapes are a subset of TOML's, save for the surrogate pairs it avoids here."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
