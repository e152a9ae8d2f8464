"""Acts that no command answers: talk, which closes nothing, and what the platform has no power to do."""

from __future__ import annotations

from collections.abc import Mapping

from fairlot.domain.order import commands as c
from tests.cases.case_file import Act
from tests.cases.story import OPERATOR, Player, Story, text_hash
from tests.cases.vocabulary import PRICE_DEMAND


def message(story: Story, act: Act) -> bool:
    """Messages move nothing; a demand for more money is put on record as what it is, and nobody hears a case in private."""
    text = str(act.details.get("text") or "")
    if act.details.get("private"):
        return act.by not in {"mediator", "platform"}
    if act.by == "supplier" and PRICE_DEMAND.search(text):
        story.ask(OPERATOR, c.RecordPriceDemand(message_hash=text_hash(text)))
    return True


def impossible(story: Story, act: Act) -> bool:
    """There is no command for it, whoever asks."""
    del story, act
    return False


ACTS: Mapping[str, Player] = {
    "message": message,
    "close_dispute": impossible,
    "demand_new_dispute": impossible,
    "ask_evidence_again": impossible,
    "refuse_inspection": impossible,
    "order_return_without_inspection": impossible,
}
