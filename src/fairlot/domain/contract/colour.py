"""Distances between colors in CIE Lab: CIEDE2000, CIE76 and CMC; the formulas are the published ones, in floats."""

from __future__ import annotations

import math
import re
from typing import NamedTuple

from fairlot.domain.contract.vocabulary import ColourDifference

_FIGURE = r"(-?\d{1,12}(?:\.\d{1,9})?)"
_LAB = re.compile(rf"\s*{_FIGURE}[\s,;/]+{_FIGURE}[\s,;/]+{_FIGURE}\s*\Z", re.ASCII)


class Lab(NamedTuple):
    """A color by lightness (0 to 100) and its two axes."""

    lightness: float
    a: float
    b: float


def lab(text: str) -> Lab | None:
    """Read "L a b" in decimals; None if it is something else."""
    match = _LAB.match(text)
    return Lab(*(float(part) for part in match.groups())) if match else None


def difference(first: Lab, second: Lab, *, formula: ColourDifference = "CIEDE2000") -> float:
    """Return the distance of `second` from the reference `first`."""
    if formula == "CIE76":
        return math.dist(first, second)
    return _cmc(first, second) if formula == "CMC 2:1" else ciede2000(first, second)


def _hue(a: float, b: float) -> float:
    return math.degrees(math.atan2(b, a)) % 360 if a or b else 0.0


def ciede2000(first: Lab, second: Lab) -> float:
    """Return ΔE00 with all weights one (CIE 142-2001, as written out by Sharma, Wu and Dalal, 2005)."""
    mean_c = (math.hypot(first.a, first.b) + math.hypot(second.a, second.b)) / 2
    g = 0.5 * (1 - math.sqrt(mean_c**7 / (mean_c**7 + 25.0**7)))
    a1, a2 = (1 + g) * first.a, (1 + g) * second.a
    c1, c2 = math.hypot(a1, first.b), math.hypot(a2, second.b)
    h1, h2 = _hue(a1, first.b), _hue(a2, second.b)
    turn = h2 - h1 if c1 * c2 else 0.0
    if turn > 180:
        turn -= 360
    elif turn < -180:
        turn += 360
    d_l, d_c = second.lightness - first.lightness, c2 - c1
    d_h = 2 * math.sqrt(c1 * c2) * math.sin(math.radians(turn / 2))
    mean_l, c_bar = (first.lightness + second.lightness) / 2, (c1 + c2) / 2
    h_bar = _mean_hue(h1, h2, chromatic=bool(c1 * c2))
    t = (
        1
        - 0.17 * math.cos(math.radians(h_bar - 30))
        + 0.24 * math.cos(math.radians(2 * h_bar))
        + 0.32 * math.cos(math.radians(3 * h_bar + 6))
        - 0.20 * math.cos(math.radians(4 * h_bar - 63))
    )
    s_l = 1 + 0.015 * (mean_l - 50) ** 2 / math.sqrt(20 + (mean_l - 50) ** 2)
    s_c, s_h = 1 + 0.045 * c_bar, 1 + 0.015 * c_bar * t
    r_c = 2 * math.sqrt(c_bar**7 / (c_bar**7 + 25.0**7))
    r_t = -math.sin(math.radians(60 * math.exp(-(((h_bar - 275) / 25) ** 2)))) * r_c
    light, chroma, hue = d_l / s_l, d_c / s_c, d_h / s_h
    return math.sqrt(light**2 + chroma**2 + hue**2 + r_t * chroma * hue)


def _mean_hue(h1: float, h2: float, *, chromatic: bool) -> float:
    if not chromatic:
        return h1 + h2
    if abs(h1 - h2) <= 180:
        return (h1 + h2) / 2
    return (h1 + h2 + 360) / 2 if h1 + h2 < 360 else (h1 + h2 - 360) / 2


def _cmc(first: Lab, second: Lab) -> float:
    """Return ΔE CMC with l:c = 2:1 (BS 6923:1988)."""
    c1, c2 = math.hypot(first.a, first.b), math.hypot(second.a, second.b)
    h1 = _hue(first.a, first.b)
    inside = 164 <= h1 <= 345
    t = (
        (0.56 + abs(0.2 * math.cos(math.radians(h1 + 168))))
        if inside
        else (0.36 + abs(0.4 * math.cos(math.radians(h1 + 35))))
    )
    f = math.sqrt(c1**4 / (c1**4 + 1900))
    s_l = (
        0.511
        if first.lightness < 16
        else 0.040975 * first.lightness / (1 + 0.01765 * first.lightness)
    )
    s_c = 0.0638 * c1 / (1 + 0.0131 * c1) + 0.638
    s_h = s_c * (f * t + 1 - f)
    d_l, d_c = second.lightness - first.lightness, c2 - c1
    d_h2 = (second.a - first.a) ** 2 + (second.b - first.b) ** 2 - d_c**2
    return math.sqrt((d_l / (2 * s_l)) ** 2 + (d_c / s_c) ** 2 + max(d_h2, 0.0) / s_h**2)
