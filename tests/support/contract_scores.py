"""How well terms and papers are judged, against labelled ones: confusion, precision and recall per label, matches by span."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from fairlot.domain.contract.assess_text import assess_text
from fairlot.domain.contract.papers.read import read
from fairlot.domain.contract.papers.reading import ProposedTerm

GOLDEN = Path(__file__).parents[1] / "golden" / "contract"
LABELS = ("claimable", "weak", "not_claimable")
Confusion = Counter[tuple[str, str]]
Judge = Callable[[str, str], str]


def terms(name: str) -> list[dict[str, Any]]:
    """Read a file of labelled terms."""
    lines = (GOLDEN / name).read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def is_held_out(term: dict[str, Any]) -> bool:
    """Say whether a term belongs to the third that was set aside while the rules were built."""
    return int(hashlib.sha256(term["id"].encode()).hexdigest(), 16) % 3 == 0


def label_of(text: str, kind: str) -> str:
    """Judge one term as the product does."""
    return assess_text(text, kind=kind).judgement.label


def confusion(rows: Iterable[dict[str, Any]], judge: Judge = label_of) -> Confusion:
    """Count (labelled, judged)."""
    return Counter((row["label"], judge(row["text"], row["kind"])) for row in rows)


def precision(table: Confusion, label: str) -> float:
    """Share of those judged so that are so."""
    judged = sum(table[other, label] for other in LABELS)
    return table[label, label] / judged if judged else 0.0


def recall(table: Confusion, label: str) -> float:
    """Share of those that are so that are judged so."""
    labelled = sum(table[label, other] for other in LABELS)
    return table[label, label] / labelled if labelled else 0.0


def macro_f1(table: Confusion) -> float:
    """Mean over the labels of the harmonic mean of precision and recall."""
    total = 0.0
    for label in LABELS:
        p, r = precision(table, label), recall(table, label)
        total += 2 * p * r / (p + r) if p + r else 0.0
    return total / len(LABELS)


def accuracy(table: Confusion) -> float:
    """Share of all that are judged as labelled."""
    return sum(table[label, label] for label in LABELS) / table.total()


def costly_error(table: Confusion) -> float:
    """Share of all that are called claimable and are not."""
    return sum(table[label, "claimable"] for label in LABELS[1:]) / table.total()


def documents() -> list[tuple[dict[str, Any], str]]:
    """Read the annotated papers with their texts."""
    folder = GOLDEN / "documents"
    return [
        (
            json.loads(path.read_text(encoding="utf-8")),
            path.with_suffix(".txt").read_text(encoding="utf-8"),
        )
        for path in sorted(folder.glob("*.json"))
    ]


def _overlap(term: ProposedTerm, gold: dict[str, Any]) -> int:
    return min(term.end, int(gold["end"])) - max(term.start, int(gold["start"]))


def document_scores(language: str = "") -> Counter[str]:
    """Count over all papers, or those in a language: needed, found, labelled right, proposed, wrong (in a distractor or of another kind)."""
    counts: Counter[str] = Counter()
    for paper, text in documents():
        if language not in ("", paper["lang"]):
            continue
        proposed = read(text).terms
        right: set[int] = set()
        for gold in paper["terms"]:
            covering = [t for t in proposed if 2 * _overlap(t, gold) >= gold["end"] - gold["start"]]
            kinds = {gold["kind"], *gold.get("kind_also", ())}
            matching = [t for t in covering if t.kind in kinds]
            right |= {id(t) for t in (covering if gold.get("optional") else matching)}
            if gold.get("optional"):
                continue
            counts["needed"] += 1
            counts["found"] += bool(matching)
            counts["labelled right"] += any(t.label == gold["label"] for t in matching)
        counts["proposed"] += len(proposed)
        counts["right"] += sum(id(t) in right for t in proposed)
    return counts
