"""The house rules that a program can check, one module per group; each rule carries the samples that it must catch."""

from tests.tidy.repository import Rule
from tests.tidy.rules import (
    documents,
    habits,
    money,
    names,
    places,
    record,
    sizes,
    testing,
    time,
    values,
)

RULES: tuple[Rule, ...] = (
    *names.RULES,
    *sizes.RULES,
    *money.RULES,
    *time.RULES,
    *record.RULES,
    *habits.RULES,
    *places.RULES,
    *testing.RULES,
    *documents.RULES,
    *values.RULES,
)
