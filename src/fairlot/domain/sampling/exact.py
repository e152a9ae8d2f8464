"""Reads shares and probabilities exactly, so that no float's dust decides a tie."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from fairlot.domain.sampling.errors import SamplingError

Share = str | Decimal | Fraction
"""A share or probability written exactly: "0.1", Decimal("0.1") or Fraction(1, 10). Floats are refused."""


def read_share(share: Share, *, name: str) -> Fraction:
    """The share as a fraction strictly between 0 and 1; raises SamplingError otherwise."""
    if not isinstance(share, str | Decimal | Fraction):
        raise SamplingError("share_not_exact", name=name, got=repr(share))
    try:
        value = Fraction(share.strip() if isinstance(share, str) else share)
    except (ValueError, OverflowError, ZeroDivisionError):
        raise SamplingError("share_not_exact", name=name, got=repr(str(share))) from None
    if not 0 < value < 1:
        raise SamplingError("share_out_of_range", name=name, got=str(share))
    return value
