"""Contracts as TOML and JSON: round trip, hash, and refusals that name line and key."""

from __future__ import annotations

import json
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairlot.domain.contract import Contract, canonical_bytes, contract_hash, validate
from fairlot.domain.contract.file_format import (
    ContractFileError,
    from_json,
    from_text,
    from_toml,
    json_schema,
    line_of,
    to_json,
    to_toml,
)
from fairlot.domain.contract.source_lines import toml_lines
from fairlot.domain.contract.template import TEMPLATES, new_contract

EXAMPLE = (Path(__file__).parents[3] / "examples" / "power-banks.en.toml").read_text(
    encoding="utf-8"
)
CONTRACTS = [
    from_toml(EXAMPLE),
    *(new_contract(name, language=lang) for name in TEMPLATES for lang in ("en", "zh")),
]


@pytest.mark.parametrize("contract", CONTRACTS)
def test_both_formats_bring_the_same_contract_back(contract: Contract) -> None:
    assert from_toml(to_toml(contract)) == contract
    assert from_text(to_json(contract)) == contract
    assert validate(contract) == ()


@given(st.text(st.characters(codec="utf-8", exclude_characters="\r"), max_size=80))
def test_any_text_survives_both_formats(title: str) -> None:
    contract = msgspec.structs.replace(CONTRACTS[0], title=title)
    once = from_toml(to_toml(contract))
    assert from_json(to_json(once)) == once
    assert from_toml(to_toml(once)) == once


@pytest.mark.parametrize(
    ("old", "new", "line", "key"),
    [
        ('currency = "USD"', "currency = 840", 5, "currency"),
        ('currency = "USD"', 'currency = "USD', 5, "currency"),
        ("quantity = 3000", "quantity = 3000.5", 24, "lines[0].quantity"),
        ('due = "agreement"', 'due = "some day"', 31, "payments[0].due"),
        ('unit = "mAh" }', "unit = 3 }", 84, "terms[0].requirement.unit"),
        ('cover_kind = "post-delivery"', 'covr_kind = "post-delivery"', 8, "covr_kind"),
    ],
)
def test_a_bad_toml_file_is_refused_with_line_and_key(
    old: str, new: str, line: int, key: str
) -> None:
    assert old in EXAMPLE
    with pytest.raises(ContractFileError) as refused:
        from_toml(EXAMPLE.replace(old, new, 1))
    assert (refused.value.line, refused.value.key) == (line, key)


def test_a_bad_json_file_is_refused_with_line_and_key() -> None:
    text = to_json(CONTRACTS[0])
    with pytest.raises(ContractFileError) as refused:
        from_json(text.replace('"currency": "USD"', '"currency": 840'))
    row = text.splitlines()[refused.value.line - 1]
    assert '"currency"' in row
    assert refused.value.key == "currency"
    with pytest.raises(ContractFileError, match="line 3"):
        from_json('{\n"a": 1,\n}')
    with pytest.raises(ContractFileError):
        from_json('{"total_minor": NaN}')


@given(st.text(max_size=200))
def test_no_text_ends_in_anything_but_a_contract_or_a_refusal(text: str) -> None:
    with pytest.raises(ContractFileError):
        from_text(text)


DIGITS = "9" * 5_000


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (f'{{"total_minor": {DIGITS}}}', "位数过多"),
        (f"total_minor = {DIGITS}", "位数过多"),
        ("a = " + "[" * 100_000, "嵌套过深"),
        ("a = " + "{a=" * 100_000, "嵌套过深"),
        ('{"a":' * 100_000, "嵌套过深"),
    ],
)
def test_what_python_cannot_hold_is_refused(text: str, said: str) -> None:
    with pytest.raises(ContractFileError) as refused:
        from_text(text)
    assert said in refused.value.told("zh")


@pytest.mark.parametrize(
    "row", ["[" + " " * 100_000 + "1, 2],", "1.1" + ".1" * 100_000 + ",", "a." * 100_000 + "a,"]
)
def test_finding_lines_ends_however_a_row_is_written(row: str) -> None:
    assert toml_lines(f"x = [\n{row}\n]\n[y]\nz = 1") == {"x": 1, "y": 4, "y.z": 5}


def test_the_hash_covers_every_field_and_not_the_format() -> None:
    contract = CONTRACTS[0]
    assert contract_hash(from_json(to_json(contract))) == contract_hash(contract)
    assert (
        contract_hash(contract)
        == "a7ff516073e1ea3adbc86df8f97918edb246b4798636797043e0b1bdf6799dc2"
    )
    tree = json.loads(canonical_bytes(contract))
    for key in tree.keys() - {"format"}:
        changed = {
            **tree,
            key: {"buyer": tree["supplier"], "supplier": tree["buyer"]}.get(key, tree[key]),
        }
        changed.pop(key) if key in (
            "title",
            "files",
            "approved_sample",
            "late_remedy",
            "inspection",
            "terms",
        ) else None
        if changed != tree:
            assert contract_hash(msgspec.convert(changed, Contract)) != contract_hash(contract), key


def test_canonical_bytes_have_no_fraction_and_sorted_keys() -> None:
    tree = json.loads(canonical_bytes(CONTRACTS[0]), parse_float=pytest.fail)
    assert list(tree) == sorted(tree)


def test_faults_of_form_find_their_line() -> None:
    bad = EXAMPLE.replace('sha256 = "8f2d', 'sha256 = "zz2d', 1)
    faults = validate(from_toml(bad))
    assert [fault.key for fault in faults] == ["files[0].sha256"]
    assert "zz2d" in bad.splitlines()[line_of(bad, faults[0].key) - 1]


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("currency", "usd", "currency"),
        ("covered_minor", 10**12, "cover_above_total"),
        ("lines", (), "empty"),
        ("payments", (), "empty"),
        ("title", "e\u0301", "not_nfc"),
        ("currency", "USX", "currency"),
        ("currency", "XAU", "currency"),
        ("title", "mugs\x00", "control_character"),
        ("title", "mugs\x85", "control_character"),
        ("title", "\u202e3000 mugs", "direction_character"),
        ("title", "\u2066mugs\u2069", "direction_character"),
    ],
)
def test_validation_names_the_fault(field: str, value: object, code: str) -> None:
    changed = msgspec.structs.replace(CONTRACTS[0], **{field: value})
    assert code in {fault.code for fault in validate(changed)}


def test_a_sign_that_nobody_sees_is_refused_with_its_key_in_both_languages() -> None:
    term = msgspec.structs.replace(CONTRACTS[0].terms[1], text="Weight 92 g\u202e ±3 g")
    changed = msgspec.structs.replace(
        CONTRACTS[0], terms=(CONTRACTS[0].terms[0], term, *CONTRACTS[0].terms[2:])
    )
    (found,) = validate(changed)
    assert found.key == "terms[1].text"
    assert "U+202E" in found.en
    assert "U+202E" in found.zh


def test_line_breaks_and_tabs_are_no_odd_signs() -> None:
    changed = msgspec.structs.replace(CONTRACTS[0], title="mugs\n\tlarge ones")
    assert validate(changed) == ()


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('currency = "USD"', "currency = 840", "第 5 行，currency：此处应为带引号的文字，而不是整数"),
        ('currency = "USD"', 'currency = "USD', "第 5 行，currency：引号没有闭合"),
        ('cover_kind = "post-delivery"', 'covr_kind = "post-delivery"', "第 8 行，covr_kind：没有“covr_kind”这一项"),
        ('currency = "USD"', 'currency "USD"', "键名后缺少等号"),
        ('currency = "USD"', 'currency = "USD"\ncurrency = "EUR"', "同一项写了两次"),
    ],
)  # fmt: skip
def test_a_bad_file_is_told_in_chinese(old: str, new: str, said: str) -> None:
    with pytest.raises(ContractFileError) as refused:
        from_toml(EXAMPLE.replace(old, new, 1))
    assert said in refused.value.told("zh")
    assert refused.value.told("en") == str(refused.value)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"a" 1}', "缺少“:”"),
        ('{"a": }', "缺少值"),
        ("{} {}", "多余内容"),
        ('{"total_minor": NaN}', "NaN 不是数字"),
        ("{" * 5000, "键名"),
    ],
)
def test_bad_json_is_told_in_chinese(text: str, said: str) -> None:
    with pytest.raises(ContractFileError) as refused:
        from_json(text)
    assert said in refused.value.told("zh")


def test_the_schema_speaks_of_every_field() -> None:
    schema = json.dumps(json_schema())
    assert all(f'"{field}"' in schema for field in Contract.__struct_fields__)
