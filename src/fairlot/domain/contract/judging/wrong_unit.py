"""Numbers whose unit belongs to another quantity: a length in kilograms, a voltage in hertz."""

from __future__ import annotations

import re

from fairlot.domain.contract.judging.numbers_of import unit_quantity
from fairlot.domain.contract.lexicon import Property
from fairlot.domain.contract.wording.analysis import Clause
from fairlot.domain.contract.wording.quantities import Quantity

_WITHOUT = re.compile(r"(?:without|excl\.?|excluding|less|不含|不带|除)\s*\Z")

_HEAD_GAP = re.compile(
    r"(?:\s(?:of|for)\s(?:the\s)?[a-z-]+(?:\s[a-z-]+)?(?=\s?[:=]))?[\s:=(-]*(?:(?:of|is|are|be|shall be|must be|should be|has|value|level|test|为|是|要|需|须|应|达|rating|the|a)[\s:]*)*\Z"
)

# A limit that says itself what is measured (含电池不得重于1.2公斤).
_SAYS_WHAT = re.compile(r"[不得能可要应]{0,3}[重轻长短厚薄宽窄]于")

# Only where nobody could mean it: a length in kilograms, a weight in centimeters, a battery in amperes.
_GROUPS = (
    frozenset({"length", "area", "volume"}),
    frozenset({"mass", "area mass", "linear mass", "yarn", "count per mass"}),
    frozenset({"charge", "voltage", "current", "power", "resistance", "frequency", "energy"}),
    frozenset({"color temperature", "temperature", "luminous flux"}),
    frozenset({"rotation"}),
)

# What every thing has.
_OF_BODIES = _GROUPS[0] | _GROUPS[1]

# A thing may be given by any of its measures ("bowl: 1.8 l"); a quantity takes its own units only.
_NAMES_QUANTITY = re.compile(
    r"length|width|height|depth|diamet|\bdia\b|size|dimension|thick|gauge|radius|circumference|long|wide|high|weight|weigh|mass|gsm|grammage|n\.?w|g\.?w|gross|volume|capacity|voltage|current|power|wattage|resistance|frequency"
    r"|temperature|lumen|flux|brightness|torque|speed|angle|accuracy|battery|output|input|pitch|clearance|measurement|playtime|run ?time|time|range|hardness|density|strength|chest|waist|sleeve|shoulder|inseam|hip|hem"
    r"|[长宽高厚径重深]|容量|电池|体积|电压|电流|功率|电阻|频率|温|尺寸|速|流明|亮度|扭矩|角度|净含量|规格|周长|尺码|时间|硬度|密度|强度|围"
)

# "Withstands 50 kg" speaks of a load as well as of heat; prices and quantities take every unit.
_ANY_UNIT = frozenset({"price", "quantity", "load", "heat resistance", "substance content"})

# Quantities of electricity that take one unit each.
_ELECTRIC = (
    (re.compile(r"(?:电压|voltage)\Z"), "voltage"), (re.compile(r"(?:电流|current)\Z"), "current"),
    (re.compile(r"(?:功率|wattage)\Z"), "power"), (re.compile(r"(?:频率|frequency)\Z"), "frequency"),
    (re.compile(r"(?:电阻|resistance)\Z"), "resistance"),
)  # fmt: skip


def wrong_unit(
    clause: Clause, quantity: Quantity, prop: Property | None, inherited: Property | None
) -> Property | None:
    """Return the property whose number carries a unit of another quantity, if the number stands right behind its name."""
    says_what = _SAYS_WHAT.match(clause.text, quantity.start) is not None
    if quantity.unit is None or says_what or not _alien(unit_quantity(quantity)):
        return None
    heads = [(hit, named) for hit, named in clause.properties() if hit.end <= quantity.start]
    other = _other_electric(clause, quantity)
    if other is not None:
        return other
    if heads and any(unit_quantity(q) in heads[-1][1].measures for q in clause.quantities):
        return None
    if prop is not None and unit_quantity(quantity) in prop.measures:
        measured = unit_quantity(quantity)
        spoken = any(measured in named.measures for _, named in heads)
        weighed = heads and heads[-1][1].kind == "weight" and _alien_to_weight(measured)
        if not heads or (spoken and not weighed):
            return None
    for hit, named in (*heads[-1:], *heads[-2:-1]):
        bodily = unit_quantity(quantity) in _OF_BODIES
        if bodily and not _NAMES_QUANTITY.search(clause.text[hit.start : hit.end]):
            continue
        without = _WITHOUT.search(clause.text[clause.start : hit.start])
        if _HEAD_GAP.match(clause.text, hit.end, quantity.start) and not without:
            return named if named.id not in _ANY_UNIT else None
    if (
        not heads
        and inherited is not None
        and not clause.text[clause.start : quantity.start].strip(" ,;")
    ):
        return (
            inherited
            if inherited.way == "direct"
            and inherited.id not in ("electrical", "quantity", "weight")
            else None
        )
    return None


def _other_electric(clause: Clause, quantity: Quantity) -> Property | None:
    """Return the quantity of electricity that stands right before a number in the unit of another (电压:50Hz)."""
    measured = unit_quantity(quantity)
    if measured not in _GROUPS[2]:
        return None
    for hit, named in clause.properties():
        own = next((unit for head, unit in _ELECTRIC if head.search(clause.text[: hit.end])), "")
        if not own or hit.end > quantity.start or own == measured:
            continue
        stated = any(unit_quantity(q) == own for q in clause.quantities)
        if not stated and _HEAD_GAP.match(clause.text, hit.end, quantity.start):
            return named
    return None


def _alien(measured: str) -> bool:
    """Say whether a unit is so plain that it cannot be meant otherwise."""
    return any(measured in group for group in _GROUPS)


def _alien_to_weight(measured: str) -> bool:
    """Say whether a number behind "battery weight" measures the battery and not its weight."""
    return measured in _GROUPS[2] or measured in _GROUPS[3]
