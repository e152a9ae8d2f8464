"""The words of trade as data: none stands twice, none is for nothing, and the plural of each is understood."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

import fairlot.domain.contract
from fairlot.domain.contract.lexicon import LANGUAGES, code_shapes, read_table, shadow, unit_words
from fairlot.domain.contract.lexicon.spotting import spot
from fairlot.domain.contract.papers.dealings import speaks_of_dealings

# Looked up whole, as headings and captions; and what is listed with a topic or an id beside its words.
APART = ("heading", "column", "property", "vague")


def lists() -> Iterator[tuple[str, list[str]]]:
    """Give every list of words with its category, in each language."""
    for language in LANGUAGES:
        data = read_table(f"{language}.toml")
        for table in ("property", "vague"):
            yield from ((table, entry["words"]) for entry in data[table])
        for table, named in data.items():
            if table not in APART:
                yield from ((f"{table}.{name}", words) for name, words in named.items())


def test_no_word_stands_twice_in_a_category() -> None:
    """Of two, the reader takes one, and nobody would see which."""
    found = Counter(
        (category, " ".join(shadow(word).replace("-", " ").split()))
        for category, words in lists()
        for word in words
    )
    assert [entry for entry, count in found.items() if count > 1] == []


PHRASES = [
    pytest.param(phrase, example, id=example)
    for phrases in read_table("dealings.toml").values()
    for phrase, example in phrases
]


@pytest.mark.parametrize(("phrase", "example"), PHRASES)
def test_a_phrase_finds_its_example(phrase: str, example: str) -> None:
    assert re.search(phrase, example)
    assert speaks_of_dealings(shadow(example))


SHAPES = [
    pytest.param(group.get("before", "") + f"(?:{shape})" + group.get("after", ""), kind, example,
                 id=f"{kind}: {example}")
    for kind, groups in read_table("codes.toml").items()
    for group in groups
    for shape, example in group["any"]
]  # fmt: skip


@pytest.mark.parametrize(("shape", "kind", "example"), SHAPES)
def test_a_shape_finds_its_example(shape: str, kind: str, example: str) -> None:
    assert re.search(shape, example)
    assert re.search(code_shapes(kind), example)


def test_no_spelling_is_of_two_units() -> None:
    found = Counter((word.written, word.exact) for words in unit_words().values() for word in words)
    assert [spelling for spelling, count in found.items() if count > 1] == []


def test_every_list_is_asked_for() -> None:
    folder = Path(fairlot.domain.contract.__file__).parent
    sources = "".join(path.read_text(encoding="utf-8") for path in folder.rglob("*.py"))
    assert sorted({category for category, _ in lists() if f'"{category}"' not in sources}) == []


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("two scratches", "defect.gradual"),
        ("no cracks", "defect.failures"),
        ("padded straps", "material.part_nouns"),
        ("padded straps", "property"),
        ("zip pouches", "packaging.plain"),
        ("poly bags", "packaging.plain"),
    ],
)
def test_a_plural_is_understood_in_every_category(text: str, category: str) -> None:
    assert [text[hit.start : hit.end].rpartition(" ")[2] for hit in spot(text)[category]] == [
        text.rpartition(" ")[2]
    ]
