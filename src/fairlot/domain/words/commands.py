"""Words for every command: what the button says, and in one sentence what pressing it means."""

from __future__ import annotations

from fairlot.domain.order import commands as c
from fairlot.domain.words.case_command_tables import CASE
from fairlot.domain.words.command_tables import TRADE, CommandWords
from fairlot.domain.words.credit_tables import CREDIT_COMMANDS

COMMANDS: dict[type[c.Command], CommandWords] = {**TRADE, **CREDIT_COMMANDS, **CASE}

__all__ = ["COMMANDS", "CommandWords"]
