"""What every question is given: the story as it stands, the question, and how to begin the story again."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from typing import Any

from tests.cases.case_file import Act, Question
from tests.cases.story import Story

Answer = dict[str, Any]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question put to a story that has been played up to it."""

    story: Story
    question: Question
    # Plays the case anew up to the question, under an order of its own.
    again: Callable[[], Story]

    @property
    def details(self) -> Mapping[str, Any]:
        """Return the question's arguments."""
        return self.question.details

    @property
    def expected(self) -> Mapping[str, Any]:
        """Return the answer worked out by hand: which of its keys are asked for, and which clock it names."""
        return self.question.expected

    def act(self) -> Act:
        """Return the act that a question carries, at the question's instant."""
        assert self.question.at is not None
        # A note is for people, but it may be all that is said of a decision, or of another order's version.
        told_by_note = self.details["act"] == "decide" or "for" in self.details
        apart = {"by", "act"} if told_by_note else {"by", "act", "note"}
        fields = {k: v for k, v in self.details.items() if k not in apart}
        told = self.story.case.act_asked(self.question)
        return Act(
            at=self.question.at,
            by=self.details["by"],
            act=self.details["act"],
            details={**({} if told is None else told.details), **fields},
        )


Answerer = Callable[[Asked], Answer]
