"""Reads shares and probabilities exactly, so that no float's dust decides a tie."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from typing import Final

from fairlot.domain.sampling.errors import SamplingError

Share = str | Decimal | Fraction
"""A share or probability written exactly: "0.1", Decimal("0.1") or Fraction(1, 10). Floats are refused."""

# A large exponent would make a number of any length out of few signs.
SHARE_CHARACTERS_MAX: Final = 200
_EXPONENT_MAX: Final = 999
_WRITTEN: Final = re.compile(r"(?i)[+-]?(?:\d*\.?\d+(?:e[+-]?\d{1,3})?|\d+/0*[1-9]\d*)")


def read_share(share: Share, *, name: str) -> Fraction:
    """The share as a fraction strictly between 0 and 1; raises SamplingError otherwise."""
    if not isinstance(share, str | Decimal | Fraction):
        raise SamplingError("share_not_exact", name=name, got=repr(share))
    value = _exactly(share)
    if value is None:
        raise SamplingError("share_not_exact", name=name, got=repr(str(share)))
    if not 0 < value < 1:
        raise SamplingError("share_out_of_range", name=name, got=str(share))
    return value


def _exactly(share: Share) -> Fraction | None:
    """The number as written, or None where it is none, or is longer than any share."""
    match share:
        case str():
            written = share.strip()
            is_short = len(written) <= SHARE_CHARACTERS_MAX
            return Fraction(written) if is_short and _WRITTEN.fullmatch(written) else None
        case Decimal():
            is_short = share.is_finite() and abs(share.adjusted()) <= _EXPONENT_MAX
            return Fraction(share) if is_short else None
        case Fraction():
            return share
