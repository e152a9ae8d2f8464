"""Acts after a decision: condition reports and the supplier's word on what came back."""

from __future__ import annotations

import re
from collections.abc import Mapping

from fairlot.domain.order import commands as c
from tests.cases.case_file import Act
from tests.cases.story import INSPECTOR, Player, Story, text_hash
from tests.cases.vocabulary import BEFORE_LEAVING, plain

_OBJECTS = re.compile(
    r"\bnot\b|\bdifferent\b|\bdamaged\b|\bworse\b|\bused\b|\brefuse", re.IGNORECASE
)


def condition_report(story: Story, act: Act) -> bool | None:
    before = plain(act.details.get("when")) in BEFORE_LEAVING
    same = act.details.get("same", True) is not False
    story.ask(
        INSPECTOR,
        c.RecordCondition(before=before, same=same, report_hash=text_hash(f"{before} {same}")),
    )
    return None


def return_judged(story: Story, act: Act) -> bool | None:
    """The supplier may say that all is well; saying otherwise moves nothing, the two reports do (R44)."""
    if _OBJECTS.search(str(act.details.get("says") or "")):
        return False
    story.ask(story.actor(act.by), c.JudgeReturn())
    return None


ACTS: Mapping[str, Player] = {
    "condition_report": condition_report,
    "return_judged": return_judged,
}
