"""Documents: links lead somewhere, paths named in the text exist, and a decision has its four parts on one page."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from tests.tidy.repository import ROOT, Rule, is_markdown

LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
QUOTED_PATH = re.compile(
    r"`((?:docs|src|tests|tools|benchmarks|examples|requirements|\.ci)/[\w./-]+)`"
)
FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
HEADINGS = ("## Context", "## Decision", "## Consequences", "## Alternatives")
DECISION_TITLE = re.compile(r"# (\d{4})\. \S")
DECISION_LINES_MAX = 60
DECISIONS = PurePosixPath("docs/decisions")


def exists(path: PurePosixPath) -> bool:
    return (ROOT / path).exists()


def check_links(path: PurePosixPath, source: str) -> list[str]:
    faults = []
    for target in LINK.findall(FENCE.sub("", source)):
        file_part = target.partition("#")[0]
        if "://" in target or target.startswith("mailto:") or not file_part:
            continue
        if not exists(path.parent / file_part):
            faults.append(f"{path}: the link to '{target}' leads nowhere")
    return faults


def check_paths(path: PurePosixPath, source: str) -> list[str]:
    return [
        f"{path}: names '{named}', which does not exist"
        for named in QUOTED_PATH.findall(source)
        if not exists(PurePosixPath(named))
    ]


def check_decision(path: PurePosixPath, source: str) -> list[str]:
    faults = []
    title = DECISION_TITLE.match(source)
    if title is None or not path.name.startswith(f"{title[1]}-"):
        faults.append(f"{path}: wants the title '# {path.name[:4]}. …'")
    found = tuple(line for line in source.splitlines() if line.startswith("## "))
    if found != HEADINGS:
        faults.append(f"{path}: wants the headings {', '.join(HEADINGS)}, in that order")
    if len(source.splitlines()) > DECISION_LINES_MAX:
        faults.append(f"{path}: longer than a page of {DECISION_LINES_MAX} lines")
    return faults


PAGE = "docs/decisions/0001-record-decisions.md"
WHOLE_PAGE = "# 0001. Record decisions\n\n" + "\n\ntext\n\n".join(HEADINGS) + "\n"
RULES = (
    Rule(
        name="links lead somewhere",
        covers=is_markdown,
        check=check_links,
        caught=(
            ("docs/a.md", "see [there](nowhere.md)"),
            ("README.md", "[b](docs/nowhere.md#part)"),
        ),
        passed=(
            ("docs/a.md", "[readme](../README.md), [web](https://example.org), [here](#part)"),
            ("docs/a.md", "```\n[not a link](nowhere.md)\n```"),
        ),
    ),
    Rule(
        name="paths named in the text exist",
        covers=is_markdown,
        check=check_paths,
        caught=(("README.md", "look into `docs/nowhere.md`"),),
        passed=(("README.md", "look into `tests/tidy` and `docs/NNNN-….md`"),),
    ),
    Rule(
        name="a decision has its four parts on one page",
        covers=lambda path: path.parent == DECISIONS and is_markdown(path),
        check=check_decision,
        caught=(
            (PAGE, WHOLE_PAGE.replace("## Alternatives", "## Notes")),
            (PAGE, WHOLE_PAGE.replace("# 0001.", "# 0002.")),
            (PAGE, WHOLE_PAGE + "line\n" * DECISION_LINES_MAX),
        ),
        passed=((PAGE, WHOLE_PAGE),),
    ),
)
