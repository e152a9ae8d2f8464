"""`fairlot contract`: assess, read, compare, begin and print contracts; every answer also as JSON."""

from __future__ import annotations

import json
import pathlib
import sys
from typing import Any

import click
import msgspec

from fairlot.domain.contract.assess import Assessment, assess
from fairlot.domain.contract.assess_text import assess_text
from fairlot.domain.contract.difference import difference
from fairlot.domain.contract.document import Contract, contract_hash
from fairlot.domain.contract.file_format import (
    json_schema,
    to_json,
    to_toml,
)
from fairlot.domain.contract.judging.judgement import Judgement, Parsed
from fairlot.domain.contract.papers.read import read
from fairlot.domain.contract.papers.reading import ProposedTerm, Reading
from fairlot.domain.contract.rules import mend_for, rule_book
from fairlot.domain.contract.template import TEMPLATES, new_contract
from fairlot.domain.contract.vocabulary import Language
from fairlot.interfaces.cli.contract_file import contract_of
from fairlot.interfaces.cli.failures import PaperRefusedError
from fairlot.interfaces.cli.papers import PAPER, Paper

EXIT_FINDINGS = 1
LANGUAGE = click.Choice(["en", "zh"])
_NO_TEXT_LINE = '{}: line {}: a JSON object with "text" is expected here'
_NO_JSON_LINE = {
    "en": '{}: line {}: a JSON object with "text" or "file" is expected here',
    "zh": "{}：第 {} 行：此处应为含“text”或“file”的 JSON 对象",
}
_NO_TERM = {"en": "Nothing here reads like a term.", "zh": "文中没有可作条款的内容。"}
_MISSING = {"en": "missing: {}", "zh": "缺少：{}"}
_SAME = {
    "en": "Nothing changes: both are the same version.",
    "zh": "没有变化：两份合同是同一版本。",
}


@click.group()
def contract() -> None:
    """Contracts that can be measured."""


def _print_json(value: object) -> None:
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


@contract.command("assess", short_help="What could be claimed, term by term.")
@click.argument("file", type=PAPER)
@click.option(
    "--lang",
    "language",
    type=LANGUAGE,
    help="Language of the findings; the contract's own by default.",
)
@click.option(
    "--limit-minor",
    type=click.IntRange(min=0),
    help="The supplier's free limit, in minor units of the contract's currency.",
)
@click.option(
    "--split/--no-split",
    "split",
    default=None,
    help="Whether the policy allows split payment with this cover.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def assess_command(
    *,
    file: Paper,
    language: Language | None,
    limit_minor: int | None,
    split: bool | None,
    as_json: bool,
) -> None:
    """Say term by term what could be claimed under the contract FILE (TOML or JSON, - for standard input)."""
    loaded = contract_of(file, language or "en")
    assessment = assess(
        loaded, language=language, free_limit_minor=limit_minor, split_payment_allowed=split
    )
    if as_json:
        _print_json({"contract_sha256": contract_hash(loaded), **_assessment_json(assessment)})
    else:
        _print_assessment(loaded, assessment, language or loaded.language)
    if assessment.contradictions or any(f.label != "claimable" for f in assessment.findings):
        sys.exit(EXIT_FINDINGS)


def _assessment_json(assessment: Assessment) -> dict[str, Any]:
    tree = msgspec.to_builtins(assessment)
    assert isinstance(tree, dict)
    for finding, source in zip(tree["findings"], assessment.findings, strict=True):
        finding["parts"] = [
            {
                "text": source.text[part.start : part.end].strip(" ,;"),
                "kind": part.kind,
                "label": part.label,
                "rules": list(part.rules),
            }
            for part in source.parts
        ]
    return tree


def _print_assessment(loaded: Contract, assessment: Assessment, language: Language) -> None:
    book = rule_book(language)
    click.echo(f"{loaded.title or loaded.lines[0].article}  {contract_hash(loaded)[:12]}")
    for finding in assessment.findings:
        click.echo(f"\n[{book.label[finding.label]}] {finding.term_id}: {finding.text}")
        if finding.label != "claimable":
            click.echo(f"    {', '.join(finding.rules)}: {finding.sentence}")
            click.echo(f"    → {finding.mend}")
    click.echo()
    for topic, label in assessment.topics.items():
        click.echo(f"{book.topic[topic]}: {book.label.get(label, '—')}")
    for row in assessment.contradictions:
        click.echo(f"!! {row.code}: {row.sentence}")
    for note in assessment.notes:
        click.echo(f"!! {note}")
    click.echo()
    for sentence in assessment.summary:
        click.echo(f"- {sentence}")


def _plain(value: str) -> int | float | str:
    """Show a decimal string as the number it is, whole if it is whole."""
    try:
        number = float(value)
    except ValueError:
        return value
    return int(number) if number.is_integer() else number


def parsed_json(parsed: Parsed | None) -> dict[str, Any] | None:
    """Write a parsed requirement with numbers as JSON numbers."""
    if parsed is None:
        return None
    value: Any = parsed.value
    if isinstance(value, tuple) and value and isinstance(value[0], tuple):
        value = {name: _plain(share) for name, share in value}
    elif isinstance(value, tuple):
        value = [_plain(item) if parsed.is_number else item for item in value]
    elif parsed.is_number:
        value = _plain(value)
    tolerance = None
    if parsed.tolerance is not None:
        tolerance = {
            "plus": _plain(parsed.tolerance.plus),
            "minus": _plain(parsed.tolerance.minus),
            "unit": parsed.tolerance.unit,
        }
        if parsed.tolerance.custom:
            tolerance["custom"] = True
    found: dict[str, Any] = {
        "operator": parsed.operator,
        "value": value,
        "unit": parsed.unit,
        "tolerance": tolerance,
    }
    if parsed.reference:
        found["ref"] = parsed.reference
    if parsed.test:
        found["test"] = parsed.test
    return found


def _part_json(text: str, part: Judgement) -> dict[str, Any]:
    return {
        "text": text[part.start : part.end].strip(" ,;\uff0c\uff1b。"),
        "kind": part.kind,
        "label": part.label,
        "rules": list(part.rules),
        "parsed": parsed_json(part.parsed),
    }


@contract.command("assess-terms", short_help="Single terms, one JSON object a line.")
@click.option(
    "--jsonl",
    "source",
    type=PAPER,
    required=True,
    help="Lines with id, lang, text, kind.",
)
@click.option("--mend", "with_mend", is_flag=True, help="Add the mend in the line's language.")
def assess_terms_command(*, source: Paper, with_mend: bool) -> None:
    """Assess single terms, one JSON object a line, and write id, label, rules, parsed, parts."""
    rows = source.text("en").split("\n")
    for number, line in enumerate(rows, start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            text, kind = str(row["text"]), str(row.get("kind") or "")
        except (json.JSONDecodeError, KeyError, TypeError, AttributeError):
            raise PaperRefusedError(_NO_TEXT_LINE.format(source.name, number)) from None
        found = assess_text(text, kind=kind if kind in rule_book("en").example else "")
        judged = found.judgement
        shown = {
            "id": row.get("id"),
            "label": judged.label,
            "rules": list(judged.rules),
            "parsed": parsed_json(judged.parsed),
        }
        flat = " ".join(text.split())
        if len(found.parts) > 1:
            shown["parts"] = [_part_json(flat, part) for part in found.parts]
        if with_mend:
            shown["mend"] = mend_for(judged, "zh" if row.get("lang") == "zh" else "en")
        click.echo(json.dumps(shown, ensure_ascii=False))


@contract.command("read", short_help="Propose terms from pasted papers.")
@click.argument("file", type=PAPER, required=False)
@click.option(
    "--jsonl",
    "source",
    type=PAPER,
    help="Documents, one JSON object a line: id, text (or file).",
)
@click.option("--lang", "language", type=LANGUAGE, default="en", show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def read_command(
    *, file: Paper | None, source: Paper | None, language: Language, as_json: bool
) -> None:
    """Propose terms from pasted e-mails, invoices, specifications or chats in FILE (- for standard input)."""
    if source is not None:
        _read_many(source, language)
        return
    if file is None:
        raise click.UsageError(
            "give FILE, - or --jsonl" if language == "en" else "请给出 FILE、- 或 --jsonl"
        )
    reading = read(file.text(language))
    if as_json:
        _print_json(_reading_json(reading))
        return
    _print_reading(reading, language)


def _print_reading(reading: Reading, language: Language) -> None:
    book = rule_book(language)
    for term in reading.terms:
        click.echo(
            f"{term.line:4}  {term.kind:14} {book.label[term.label]:14} {','.join(term.rules):28} {term.text}"
        )
    if not reading.terms:
        click.echo(_NO_TERM[language])
    if reading.missing_topics:
        topics = [book.topic[topic] for topic in reading.missing_topics]
        click.echo(f"\n{_MISSING[language].format(', '.join(topics))}")


def _read_many(source: Paper, language: Language) -> None:
    rows = source.text(language).split("\n")
    for number, line in enumerate(rows, start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            text = (
                str(row["text"])
                if "text" in row
                else _beside(source, str(row["file"])).text(language)
            )
        except (json.JSONDecodeError, KeyError, TypeError):
            message = _NO_JSON_LINE[language].format(source.name, number)
            raise PaperRefusedError(message) from None
        click.echo(
            json.dumps({"id": row.get("id"), **_reading_json(read(text))}, ensure_ascii=False)
        )


def _beside(source: Paper, name: str) -> Paper:
    return Paper(str((source.folder / name).absolute()))


def _term_json(term: ProposedTerm) -> dict[str, Any]:
    return {
        "text": term.text,
        "start": term.start,
        "end": term.end,
        "line": term.line,
        "kind": term.kind,
        "label": term.label,
        "rules": list(term.rules),
        "parsed": parsed_json(term.parsed),
    }


def _reading_json(reading: Reading) -> dict[str, Any]:
    return {
        "terms": [_term_json(term) for term in reading.terms],
        "missing_topics": list(reading.missing_topics),
    }


@contract.command("diff", short_help="What changes between two versions, in words.")
@click.argument("old", type=PAPER)
@click.argument("new", type=PAPER)
@click.option("--lang", "language", type=LANGUAGE, default="en", show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def diff_command(*, old: Paper, new: Paper, language: Language, as_json: bool) -> None:
    """Say in words what changes from the contract OLD to the contract NEW."""
    before = contract_of(old, language)
    after = contract_of(new, language)
    changes = difference(before, after, language=language)
    if as_json:
        _print_json(
            {
                "old_sha256": contract_hash(before),
                "new_sha256": contract_hash(after),
                "changes": msgspec.to_builtins(changes),
            }
        )
        return
    for change in changes:
        click.echo(f"- {change.sentence}")
    if not changes:
        click.echo(_SAME[language])


@contract.command("new", short_help="A contract from a template, to be filled in.")
@click.option("--template", type=click.Choice(TEMPLATES), required=True)
@click.option("--lang", "language", type=LANGUAGE, default="en", show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of TOML.")
def new_command(*, template: str, language: Language, as_json: bool) -> None:
    """Write a new contract with the terms that people of this trade forget."""
    made = new_contract(template, language=language)
    click.echo(to_json(made) if as_json else to_toml(made), nl=False)


@contract.command("convert", short_help="TOML to JSON or back; the hash stays.")
@click.argument("file", type=PAPER)
@click.option("--to", "form", type=click.Choice(["toml", "json"]), required=True)
def convert_command(file: Paper, form: str) -> None:
    """Write the contract FILE in the other format; its hash stays the same."""
    loaded = contract_of(file)
    click.echo(to_json(loaded) if form == "json" else to_toml(loaded), nl=False)


@contract.command("hash", short_help="What identifies this version.")
@click.argument("file", type=PAPER)
def hash_command(file: Paper) -> None:
    """Print the hash that identifies this version and that both sides accept."""
    click.echo(contract_hash(contract_of(file)))


@contract.command("schema", short_help="The JSON Schema of a contract.")
def schema_command() -> None:
    """Print the JSON Schema of a contract."""
    _print_json(json_schema())


@contract.command("pdf", short_help="The contract on paper.")
@click.argument("file", type=PAPER)
@click.option("--out", type=click.Path(dir_okay=False, path_type=pathlib.Path), required=True)
@click.option(
    "--lang", "language", type=click.Choice(["en", "zh", "both"]), default="both", show_default=True
)
@click.option(
    "--pictures",
    type=click.Path(exists=True, file_okay=False, path_type=pathlib.Path),
    help="Folder with the pictures named in the contract.",
)
def pdf_command(
    *, file: Paper, out: pathlib.Path, language: str, pictures: pathlib.Path | None
) -> None:
    """Print the contract FILE as a PDF with its terms, pictures and hash."""
    from fairlot.documents.contract_pdf import PictureError, contract_pdf  # noqa: PLC0415  (WeasyPrint loads slowly)

    loaded = contract_of(file)
    try:
        out.write_bytes(
            contract_pdf(
                loaded,
                languages=("en", "zh") if language == "both" else (language,),
                picture_folder=pictures,
            )
        )
    except PictureError as error:
        raise PaperRefusedError(str(error)) from error
    click.echo(f"{out}  {contract_hash(loaded)}")
