"""Which topic a number belongs to: packing units first, then its property, then what its unit measures."""

from __future__ import annotations

from fairlot.domain.contract.judging.numbers_of import unit_quantity
from fairlot.domain.contract.lexicon import Property
from fairlot.domain.contract.wording.analysis import Clause
from fairlot.domain.contract.wording.quantities import Quantity

KIND_BY_QUANTITY = {
    "length": "size", "area": "size", "mass": "weight", "area mass": "weight", "linear mass": "weight",
    "volume": "capacity", "charge": "capacity", "memory": "capacity", "count": "quantity", "containers": "quantity",
    "money": "price", "yarn": "material", "yarn count": "material", "thread count": "material",
    "stitch density": "stitching", "gauge": "stitching", "content": "certification", "hardness": "material",
    "gloss": "finish", "migration": "certification", "layers": "packaging", "colours": "quantity", "emission": "material",
    "microbes": "certification", "color difference": "colour", "density": "material",
}  # fmt: skip
# What no length, height or width is measured in, and no material.
OF_WORKING = frozenset(
    {
        "force", "torque", "luminous flux", "luminous intensity", "illuminance", "time", "voltage", "current", "power",
        "pressure", "temperature", "frequency", "sound", "speed", "rotation", "cycles", "energy",
    }
)  # fmt: skip
_STEPS = frozenset({"档", "挡"})
_PACK_UNITS = frozenset({"ctn", "bag", "box", "roll"})


def quantity_kind(clause: Clause, quantity: Quantity, prop: Property | None, hint: str) -> str:
    """Name the topic of a number: packing units first, then its property, then what its unit measures."""
    measured = unit_quantity(quantity)
    coated = quantity.unit is not None and quantity.unit.name in ("µm", "丝")
    plated = hint == "finish" or (coated and clause.has("category.finish"))
    if plated and prop is None and measured == "length" and not clause.has("defect.gradual"):
        return "finish"
    if prop is None and clause.text[quantity.end - 1 : quantity.end] in _STEPS:
        return "function"
    if quantity.per in _PACK_UNITS or (
        quantity.unit is not None and quantity.unit.quantity == "layers"
    ):
        return "packaging"
    if (
        measured == "count"
        and clause.has(
            "packaging.words", "packaging.plain", "packaging.designed", "things.documents"
        )
        and (prop is None or prop.id == "quantity")
    ):
        return "packaging"
    if (
        measured in ("length", "mass", "area mass")
        and clause.has("packaging.plain", "packaging.designed")
        and (prop is None or prop.kind in ("size", "weight", "packaging"))
    ):
        return "packaging"
    if prop is not None and prop.id != "capacity":
        return "appearance" if prop.kind == "size" and clause.has("defect.gradual") else prop.kind
    if clause.has("defect.gradual", "defect.discrete") and measured in (
        "length",
        "count",
        "share",
        "scale",
        "area",
    ):
        return "appearance"
    if clause.has("branding.marks", "branding.labels") and measured == "length":
        return "branding"
    if measured in KIND_BY_QUANTITY:
        return KIND_BY_QUANTITY[measured]
    return (prop.kind if prop else "") or hint or "function"
