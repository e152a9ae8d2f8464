"""The parts that every notice's words have."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from fairlot.domain.party import Role
from fairlot.domain.words.language import Words


class NoticeWords(NamedTuple):
    """A short subject without facts, a sentence with them, and for each role that is called on, what to do."""

    subject: Words
    text: Words
    acts: Mapping[Role, Words] = {}
