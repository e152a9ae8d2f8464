"""Reads an AQL: the standard's own label ("0.010", "2.5", "10") is canonical; what is not in the series is refused."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache
from typing import Final

from fairlot.domain.sampling.errors import SamplingError
from fairlot.domain.sampling.facts import AQLS

AqlInput = str | Decimal
NONE_ALLOWED: Final = "0"
"""Written in an AQL's place: no unit of the class may be found. It is a rule, no column of the tables."""

# As people write a number; Python's own reading would take "2_5" for 25.
_NUMBER: Final = re.compile(r"(?i)[+-]?\d+(?:\.\d+)?(?:e[+-]?\d{1,3})?")
_LABELS: Final = {label: label for label in AQLS}
_ABOVE_TEN: Final = frozenset(AQLS[AQLS.index("10") + 1 :])


def read_aql(aql: AqlInput) -> str:
    """The label of an AQL given as text or Decimal; "2.50" reads as "2.5".

    Raises SamplingError `aql_not_a_number`, `aql_zero_has_no_table`, `aql_not_in_series` (with the neighbors).
    Integers and floats are refused: whether 10 means ten percent or ten thousandths is not ours to guess.
    """
    if isinstance(aql, str) and aql in _LABELS:
        return aql
    value = _value(aql)
    if value == 0:
        raise SamplingError("aql_zero_has_no_table")
    label = _labels_by_value().get(value)
    if label is None:
        raise SamplingError("aql_not_in_series", got=str(aql).strip(), neighbors=_neighbors(value))
    return label


def read_aql_or_none_allowed(aql: AqlInput) -> str:
    """As `read_aql`, and "0" for the rule that none is allowed."""
    if aql != NONE_ALLOWED and _value(aql) == 0:
        return NONE_ALLOWED
    return NONE_ALLOWED if aql == NONE_ALLOWED else read_aql(aql)


def counts_nonconformities(aql: str) -> bool:
    """Whether the label stands above 10, where it counts nonconformities per 100 units and never defective units."""
    return aql in _ABOVE_TEN


def _value(aql: AqlInput) -> Decimal:
    if isinstance(aql, str):
        if not _NUMBER.fullmatch(aql.strip()):
            raise SamplingError("aql_not_a_number", got=repr(aql))
        value = Decimal(aql.strip())
    elif isinstance(aql, Decimal):
        value = aql
    else:
        raise SamplingError("aql_not_a_number", got=repr(aql))
    if not value.is_finite():
        raise SamplingError("aql_not_a_number", got=repr(str(aql)))
    return value


@cache
def _labels_by_value() -> dict[Decimal, str]:
    return {Decimal(label): label for label in AQLS}


def _neighbors(value: Decimal) -> tuple[str, ...]:
    below = [label for label in AQLS if Decimal(label) < value]
    above = [label for label in AQLS if Decimal(label) > value]
    return (*below[-1:], *above[:1])
