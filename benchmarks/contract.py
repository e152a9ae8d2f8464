"""How well and how fast contracts are assessed and read: `python -m benchmarks.contract [--json]`.

Prints accuracy, macro-F1, costly error, precision and recall per label and the confusion table per language, for the
given terms (with and without the debatable, and their held-out third), the later ones and those that nobody mended by;
then papers found and right; then speed.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from typing import Any

from fairlot.domain.contract.papers.read import read
from tests.support.contract_scores import (
    LABELS,
    Confusion,
    accuracy,
    confusion,
    costly_error,
    document_scores,
    is_held_out,
    label_of,
    macro_f1,
    precision,
    recall,
    terms,
)

RUNS = 5
LINES = 120


def figures(table: Confusion) -> dict[str, Any]:
    """Gather every figure of one confusion table."""
    return {
        "terms": table.total(),
        "accuracy": round(accuracy(table), 4),
        "macro_f1": round(macro_f1(table), 4),
        "costly_error": round(costly_error(table), 4),
        "precision": {label: round(precision(table, label), 4) for label in LABELS},
        "recall": {label: round(recall(table, label), 4) for label in LABELS},
        "confusion": {
            f"{gold} -> {judged}": count for (gold, judged), count in sorted(table.items())
        },
    }


def term_figures() -> dict[str, Any]:
    """Score each set of terms, per language and together."""
    given = terms("terms.jsonl")
    sets = {
        "given": given,
        "given, without the debatable": [row for row in given if not row.get("debatable")],
        "given, held out": [row for row in given if is_held_out(row)],
        "written later": terms("more_terms.jsonl"),
        "never mended by": terms("unseen_terms.jsonl"),
    }
    return {
        f"{name}, {language}": figures(
            confusion(row for row in rows if language in (row["lang"], "both"))
        )
        for name, rows in sets.items()
        for language in ("en", "zh", "both")
    }


def best_seconds(work: Callable[[], object]) -> float:
    """Return the processor's seconds of the fastest run."""
    spent = []
    for _ in range(RUNS):
        started = time.process_time()
        work()
        spent.append(time.process_time() - started)
    return min(spent)


def speed_figures() -> dict[str, float]:
    """Measure terms per second and the milliseconds of a paper of 120 lines, on one core."""
    rows = terms("terms.jsonl")
    seconds = best_seconds(lambda: [label_of(row["text"], row["kind"]) for row in rows])
    paper = "\n".join(f"{index}. {row['text']}" for index, row in enumerate(rows[:LINES], start=1))
    paper_seconds = best_seconds(lambda: read(paper))
    return {
        "terms per second": round(len(rows) / seconds),
        "milliseconds per paper of 120 lines": round(1000 * paper_seconds, 1),
    }


def print_confusion(figure: dict[str, Any]) -> None:
    """Print one confusion table: rows as labelled, columns as judged."""
    print(
        f"    {'labelled':14}"
        + "".join(f"{label:>15}" for label in LABELS)
        + "   precision  recall"
    )
    for gold in LABELS:
        counts = "".join(
            f"{figure['confusion'].get(f'{gold} -> {judged}', 0):15}" for judged in LABELS
        )
        print(
            f"    {gold:14}{counts}{figure['precision'][gold]:12.3f}{figure['recall'][gold]:8.3f}"
        )


def main() -> None:
    """Print tables, or JSON with --json."""
    scores, papers, speed = term_figures(), document_scores(), speed_figures()
    found = papers["found"] / papers["needed"]
    right = papers["right"] / papers["proposed"]
    labelled = papers["labelled right"] / papers["found"]
    if "--json" in sys.argv:
        summary = {"found": found, "right": right, "labelled right": labelled}
        print(json.dumps({"terms": scores, "papers": summary, "speed": speed}, indent=2))
        return
    for name, figure in scores.items():
        print(
            f"{name}: {figure['terms']} terms, accuracy {figure['accuracy']:.3f}, "
            f"macro-F1 {figure['macro_f1']:.3f}, costly error {figure['costly_error']:.3f}"
        )
        print_confusion(figure)
    print(
        f"papers: {found:.3f} of the annotated terms found, {right:.3f} of the proposed right, {labelled:.3f} labelled right"
    )
    for name, value in speed.items():
        print(f"{name}: {value:,}")


if __name__ == "__main__":
    main()
