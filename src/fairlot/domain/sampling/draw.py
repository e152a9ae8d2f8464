"""draw(): which units to take, stratified over lines and cartons, the same for the same seed on every machine.

Numbers come from SHA-256 over the seed and a counter, so that anybody can repeat the drawing by hand. Lines get their
part of the sample in proportion to their quantity; within a line the cartons to open are taken one from each of equal
blocks of the pile, and the units evenly from the opened cartons.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from hashlib import sha256
from itertools import count, pairwise
from math import isqrt
from typing import Final

import msgspec

from fairlot.domain.sampling.errors import SamplingError
from fairlot.domain.sampling.facts import LOT_SIZE_MAX

UNITS_MAX: Final = 100_000  # Longest list worth printing; whole lots need no drawing.
LINES_MAX: Final = 1_000
SEED_CHARACTERS_MAX: Final = 200
_WORD_BYTES: Final = 8
_WORDS: Final = 256**_WORD_BYTES


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """A part of the lot to be represented: an article, color or size; 0 cartons means loose units."""

    name: str
    quantity: int
    cartons: int = 0


class DrawnUnit(msgspec.Struct, frozen=True, kw_only=True):
    """One unit to take: the carton of its line and its place in that carton, counted from 1; carton 0 for loose units."""

    line: str
    carton: int
    unit: int


class DrawnSample(msgspec.Struct, frozen=True, kw_only=True):
    """The units in the order of lines, cartons and places, and the seed that gives them again."""

    seed: str
    lot_size: int
    units: tuple[DrawnUnit, ...]

    def cartons_to_open(self) -> tuple[tuple[str, tuple[int, ...]], ...]:
        """For each line packed in cartons, the cartons to open."""
        opened: dict[str, dict[int, None]] = {}
        for unit in self.units:
            if unit.carton:
                opened.setdefault(unit.line, {})[unit.carton] = None
        return tuple((line, tuple(cartons)) for line, cartons in opened.items())


def draw(*, sample_size: int, lines: Sequence[Line], seed: str) -> DrawnSample:
    """Draws a sample from the lines of a lot.

    Every line with goods gets at least one unit where the sample is large enough. About the square root of all cartons
    is opened, more where the sample needs it. Raises SamplingError `line_invalid`, `count_exceeds`, `seed_missing`,
    `sample_too_long`.
    """
    _check(sample_size, lines, seed)
    lot_size = sum(line.quantity for line in lines)
    parts = _in_proportion(sample_size, [line.quantity for line in lines])
    cartons_in_all = sum(line.cartons for line in lines)
    to_open = isqrt(max(0, cartons_in_all - 1)) + 1  # The square root, rounded up.
    units: list[DrawnUnit] = []
    for line, part in zip(lines, parts, strict=True):
        numbers = _Numbers(f"{seed}|{line.name}")
        if line.cartons:
            opened = -(-to_open * line.cartons // cartons_in_all)
            units += _from_cartons(line, part, opened, numbers)
        else:
            units += (
                DrawnUnit(line=line.name, carton=0, unit=unit + 1)
                for unit in numbers.without_repeats(part, line.quantity)
            )
    return DrawnSample(seed=seed, lot_size=lot_size, units=tuple(units))


def _check(sample_size: int, lines: Sequence[Line], seed: str) -> None:
    if not seed or len(seed) > SEED_CHARACTERS_MAX:
        raise SamplingError("seed_missing", most=SEED_CHARACTERS_MAX)
    if not 0 < len(lines) <= LINES_MAX or len({line.name for line in lines}) != len(lines):
        raise SamplingError("lines_invalid", most=LINES_MAX)
    for line in lines:
        fits = type(line.quantity) is int and 0 < line.quantity <= LOT_SIZE_MAX
        if not (
            fits and line.name and type(line.cartons) is int and 0 <= line.cartons <= line.quantity
        ):
            raise SamplingError(
                "line_invalid",
                name=line.name,
                quantity=str(line.quantity),
                cartons=str(line.cartons),
            )
    lot_size = sum(line.quantity for line in lines)
    if type(sample_size) is not int or sample_size < 1:
        raise SamplingError("count_not_whole", what="units to draw", got=str(sample_size), least=1)
    if sample_size > lot_size:
        raise SamplingError("count_exceeds", what="units to draw", got=sample_size, most=lot_size)
    if sample_size > UNITS_MAX:
        raise SamplingError("sample_too_long", got=sample_size, most=UNITS_MAX)


def _in_proportion(total: int, weights: Sequence[int]) -> list[int]:
    """Whole parts of the total in proportion to the weights: largest remainder, the earlier first on a tie.

    Where the total reaches, no part is 0: the missing units come from the largest parts.
    """
    whole = sum(weights)
    parts = [total * weight // whole for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda at: (-(total * weights[at] % whole), at))
    for at in by_remainder[: total - sum(parts)]:
        parts[at] += 1
    if total >= len(weights):
        for at, part in enumerate(parts):
            if part == 0:
                largest = max(range(len(parts)), key=lambda other: (parts[other], -other))
                parts[largest] -= 1
                parts[at] = 1
    return parts


def _from_cartons(line: Line, part: int, opened: int, numbers: _Numbers) -> list[DrawnUnit]:
    """Carton c of C, from 0, holds the units from q*c//C up to q*(c+1)//C of the line's q."""
    quantity, cartons = line.quantity, line.cartons
    if part == 0:
        return []
    least_held = quantity // cartons
    opened = min(cartons, part, max(opened, -(-part // least_held)))
    bounds = [cartons * block // opened for block in range(opened + 1)]
    chosen = [low + numbers.below(high - low) for low, high in pairwise(bounds)]
    held = [quantity * (carton + 1) // cartons - quantity * carton // cartons for carton in chosen]
    each, over = divmod(part, opened)
    roomy = [at for at, units in enumerate(held) if units > each]
    extra = {roomy[at] for at in numbers.without_repeats(over, len(roomy))}
    return [
        DrawnUnit(line=line.name, carton=carton + 1, unit=unit + 1)
        for at, carton in enumerate(chosen)
        for unit in numbers.without_repeats(each + (at in extra), held[at])
    ]


class _Numbers:
    """An endless row of 64-bit numbers: the words, high byte first, of SHA-256("fairlot-sample|seed|counter")."""

    def __init__(self, seed: str) -> None:
        self._words = self._rows(seed)

    @staticmethod
    def _rows(seed: str) -> Iterator[int]:
        for counter in count():
            digest = sha256(f"fairlot-sample|{seed}|{counter}".encode()).digest()
            for at in range(0, len(digest), _WORD_BYTES):
                yield int.from_bytes(digest[at : at + _WORD_BYTES], "big")

    def below(self, limit: int) -> int:
        """A number from 0 to limit - 1, every one equally likely: words of the last, incomplete round are skipped."""
        complete = _WORDS - _WORDS % limit
        return next(word for word in self._words if word < complete) % limit

    def without_repeats(self, size: int, limit: int) -> list[int]:
        """`size` different numbers below the limit, in order, every set equally likely (R. Floyd's method)."""
        taken: set[int] = set()
        for last in range(limit - size, limit):
            number = self.below(last + 1)
            taken.add(last if number in taken else number)
        return sorted(taken)
