"""The table of units against pint, an independent one; and the spellings of trade."""

from __future__ import annotations

from decimal import Decimal

import pint
import pytest

from fairlot.domain.contract.assess_text import assess_text
from fairlot.domain.contract.judging.judgement import Parsed
from fairlot.domain.contract.lexicon import units_by_name

# Our name -> (pint's name of the unit, pint's name of the base unit); denier, momme and 丝 are trade's own.
PINT = {
    "cm": ("cm", "mm"), "m": ("m", "mm"), "in": ("inch", "mm"), "ft": ("foot", "mm"), "yd": ("yard", "mm"),
    "µm": ("um", "mm"), "mil": ("thou", "mm"), "kg": ("kg", "g"), "oz": ("oz", "g"), "lb": ("lb", "g"), "t": ("tonne", "g"),
    "oz/yd2": ("oz/yd**2", "g/m**2"), "l": ("l", "ml"), "cl": ("cl", "ml"), "fl_oz": ("fluid_ounce", "ml"), "gal": ("gallon", "ml"),
    "m3": ("m**3", "ml"), "Ah": ("A*hour", "mA*hour"), "kWh": ("kWh", "Wh"), "kV": ("kV", "V"), "mA": ("mA", "A"), "kW": ("kW", "W"),
    "kΩ": ("kohm", "ohm"), "MHz": ("MHz", "Hz"), "min": ("minute", "s"), "h": ("hour", "s"), "week": ("week", "s"), "kgf": ("kgf", "N"),
    "lbf": ("lbf", "N"), "MPa": ("MPa", "Pa"), "bar": ("bar", "Pa"), "psi": ("psi", "Pa"), "m/s": ("m/s", "mm/s"), "km/h": ("km/hour", "mm/s"),
    "dtex": ("dtex", "denier"),
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(PINT))
def test_factors_agree_with_pint(name: str) -> None:
    unit, base = PINT[name]
    registry: pint.UnitRegistry[float] = pint.UnitRegistry()
    expected = float(registry.Quantity(1, unit).to(base).magnitude)
    assert float(units_by_name()[name].factor) == pytest.approx(expected, rel=1e-4)


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("Fabric weight 180 gsm ±5%", "180", "g/m2"), ("克重320克/平方米±5%", "320", "g/m2"), ("silk 19 momme ±1 momme", "19", "momme"),
        ("75 denier ±3 denier", "75", "D"), ("300TC", "300", "TC"), ("min. 4200mAh", "4200", "mAh"), ("至少5000毫安时", "5000", "mAh"),
        ("wire 22 AWG", "22", "AWG"), ("70 Shore A ±5", "70", "Shore A"), ("12 gauge knit", "12", "GG"), ("24 pcs/ctn", "24", "pcs/ctn"),
        ("120 dozen", "120", "doz"), ("68 CBM", "68", "m3"), ("胶袋厚≥5丝", "0.05", "mm"), ("27 tons max", "27", "t"), ("9-11 SPI", "9", "st/in"),
    ],
)  # fmt: skip
def test_units_of_trade_are_read(text: str, value: str, unit: str) -> None:
    parsed = assess_text(text).judgement.parsed
    assert isinstance(parsed, Parsed)
    first = parsed.value[0] if isinstance(parsed.value, tuple) else parsed.value
    assert isinstance(first, str)
    assert (Decimal(first), parsed.unit) == (Decimal(value), unit)
