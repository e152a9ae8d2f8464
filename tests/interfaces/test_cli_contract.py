"""`fairlot contract` from the shell: every command, JSON, exit codes, and refusals with line and key."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from fairlot.interfaces.cli.main import main

EXAMPLES = Path(__file__).parents[2] / "examples"
EXAMPLE = EXAMPLES / "power-banks.en.toml"


def run(*arguments: str, given: str | None = None) -> Result:
    return CliRunner().invoke(main, ["contract", *arguments], input=given)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_assess_the_example(language: str) -> None:
    done = run("assess", str(EXAMPLES / f"power-banks.{language}.toml"), "--json")
    assert done.exit_code == 0
    answer = json.loads(done.stdout)
    assert {finding["label"] for finding in answer["findings"]} == {"claimable"}
    assert answer["missing_topics"] == []


def test_assess_tells_by_its_exit_code_that_something_is_weak() -> None:
    text = (
        EXAMPLE.read_text(encoding="utf-8")
        .replace("Weight 92 g ±3 g", "light weight")
        .replace(
            'requirement = { form = "measure", operator = "=", value = "92", unit = "g", tolerance = { plus = "3", minus = "3", unit = "g" } }',
            "",
        )
    )
    done = run("assess", "-", given=text)
    assert done.exit_code == 1
    assert "[not claimable] weight: light weight" in done.stdout
    assert "→ state the weight with tolerance" in done.stdout


def test_assess_with_the_suppliers_limit() -> None:
    done = run("assess", str(EXAMPLE), "--limit-minor", "1000000", "--no-split", "--json")
    assert done.exit_code == 1
    assert [row["code"] for row in json.loads(done.stdout)["contradictions"]] == [
        "cover_above_limit",
        "split_forbidden",
    ]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('currency = "USD"', "currency = 840", "line 5, currency"),
        ('currency = "USD"', 'currency = "USD', "line 5, currency"),
        ('sha256 = "8f2d', 'sha256 = "zz2d', "files[0].sha256: A SHA-256 is"),
    ],
)
def test_a_bad_file_earns_a_message_with_line_and_key(old: str, new: str, said: str) -> None:
    done = run("assess", "-", given=EXAMPLE.read_text(encoding="utf-8").replace(old, new, 1))
    assert done.exit_code == 2
    assert said in done.stderr
    assert done.stdout == ""


@pytest.mark.parametrize("command", ["assess", "read"])
def test_a_file_that_cannot_be_read_is_told_in_the_language_asked_for(
    command: str, tmp_path: Path
) -> None:
    missing = str(tmp_path / "none.toml")
    bytes_only = tmp_path / "bytes.toml"
    bytes_only.write_bytes(b"\xff\xfe")
    for path, english, chinese in (
        (missing, "No such file", "没有这个文件"),
        (str(tmp_path), "directory", "这是文件夹"),
        (str(bytes_only), "not UTF-8 text", "不是 UTF-8 文本"),
    ):
        in_english, in_chinese = run(command, path), run(command, path, "--lang", "zh")
        assert (in_english.exit_code, in_chinese.exit_code) == (2, 2)
        assert english in in_english.stderr
        assert in_chinese.stderr == f"{path}：{in_chinese.stderr.partition('：')[2]}"
        assert chinese in in_chinese.stderr


def test_a_bad_contract_is_told_in_chinese_with_line_and_key() -> None:
    broken = EXAMPLE.read_text(encoding="utf-8").replace('currency = "USD"', "currency = 840", 1)
    done = run("assess", "-", "--lang", "zh", given=broken)
    assert done.stderr == "<stdin>：第 5 行，currency：此处应为带引号的文字，而不是整数\n"
    told = json.loads(run("assess", "-", "--lang", "zh", "--json", given=broken).stdout)
    assert told["error"] == "misused"
    assert (told["line"], told["key"]) == (5, "currency")
    assert told["reason"] == "此处应为带引号的文字，而不是整数"
    unknown = broken.replace("currency = 840", 'currency = "USX"')
    done = run("assess", "-", "--lang", "zh", given=unknown)
    assert done.stderr.startswith("<stdin>：第 5 行，currency：币种须为 ISO 4217")


def test_terms_and_papers_by_lines() -> None:
    row = json.dumps(
        {"id": "a", "lang": "zh", "text": "颜色:潘通186C,重量约500克", "kind": "colour"}
    )
    answer = json.loads(run("assess-terms", "--jsonl", "-", "--mend", given=row + "\n").stdout)
    assert answer["id"] == "a"
    assert answer["label"] == "weak"
    assert [part["label"] for part in answer["parts"]] == ["claimable", "weak"]
    assert answer["parts"][1]["parsed"]["tolerance"] == {
        "plus": 10,
        "minus": 10,
        "unit": "%",
        "custom": True,
    }
    paper = json.dumps({"id": "d", "text": "Quantity: 300 pcs\nWeight: 250 g ±5 g"})
    read = json.loads(run("read", "--jsonl", "-", given=paper).stdout)
    assert [term["kind"] for term in read["terms"]] == ["quantity", "weight"]
    assert read["terms"][1]["parsed"] == {
        "operator": "=", "value": 250, "unit": "g", "tolerance": {"plus": 5, "minus": 5, "unit": "g"},
    }  # fmt: skip


def test_a_bad_line_is_refused_with_its_number() -> None:
    done = run("assess-terms", "--jsonl", "-", given='{"text": "x", "id": 1}\n{"nothing": 1}\n')
    assert done.exit_code == 2
    assert "line 2" in done.stderr


@pytest.mark.parametrize("given", ["[]\n", '"text"\n', "{\n", '{"text": 1'])
@pytest.mark.parametrize("command", ["assess-terms", "read"])
def test_a_line_that_is_no_row_is_refused_in_words(command: str, given: str) -> None:
    done = run(command, "--jsonl", "-", given=given)
    assert done.exit_code == 2
    assert "line 1: a JSON object with" in done.stderr
    assert "Error(" not in done.stderr


def test_a_limit_is_not_below_zero() -> None:
    assert run("assess", str(EXAMPLE), "--limit-minor", "-1").exit_code == 2


@pytest.mark.parametrize(("language", "said"), [("en", "Nothing changes"), ("zh", "没有变化")])
def test_two_copies_of_one_version_are_said_to_be_one(language: str, said: str) -> None:
    assert said in run("diff", str(EXAMPLE), str(EXAMPLE), "--lang", language).stdout


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    out = tmp_path / "nowhere" / "contract.pdf"
    done = run("pdf", str(EXAMPLE), "--out", str(out), "--lang", "en")
    assert done.exit_code == 2
    assert done.stderr == f"Error: {out}: No such file or directory.\n"


def test_read_says_labels_and_topics_in_words() -> None:
    said = run("read", "-", "--lang", "zh", given="Colour: Pantone 186 C").stdout
    assert "可索赔" in said
    assert "缺少：交期" in said
    assert "Nothing here reads like a term." in run("read", "-", given="Hello").stdout


def test_read_prints_what_is_missing() -> None:
    done = run("read", "-", given="Colour: Pantone 186 C")
    assert "colour" in done.stdout
    assert "missing: shipment date" in done.stdout
    assert (
        json.loads(run("read", "-", "--json", given="Colour: Pantone 186 C").stdout)["terms"][0][
            "start"
        ]
        == 0
    )


def test_new_convert_hash_diff_and_schema(tmp_path: Path) -> None:
    toml = run("new", "--template", "toys").stdout
    (tmp_path / "a.toml").write_text(toml, encoding="utf-8")
    as_json = run("convert", str(tmp_path / "a.toml"), "--to", "json").stdout
    (tmp_path / "b.json").write_text(
        as_json.replace('"quantity": 3000', '"quantity": 2999'), encoding="utf-8"
    )
    assert run("hash", str(tmp_path / "a.toml")).stdout == run("hash", "-", given=as_json).stdout
    diff = json.loads(
        run("diff", str(tmp_path / "a.toml"), str(tmp_path / "b.json"), "--json").stdout
    )
    assert [change["key"] for change in diff["changes"]] == ["lines[1].quantity"]
    assert (
        "2999"
        in run("diff", str(tmp_path / "a.toml"), str(tmp_path / "b.json"), "--lang", "zh").stdout
    )
    assert json.loads(run("schema").stdout)["title"] == "fairlot-contract/1"


def test_pdf(tmp_path: Path) -> None:
    out = tmp_path / "contract.pdf"
    assert run("pdf", str(EXAMPLE), "--out", str(out)).exit_code == 0
    assert out.read_bytes().startswith(b"%PDF-")
