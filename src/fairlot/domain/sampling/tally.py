"""tally(): from defects found on each unit to what is counted for the AQL; a unit counts once, by its worst defect."""

from __future__ import annotations

from collections.abc import Collection, Iterable

import msgspec

from fairlot.domain.sampling.inspection import DEFECT_CLASSES, DefectClass
from fairlot.domain.sampling.lookup import check_known


class Tally(msgspec.Struct, frozen=True, kw_only=True):
    """Every defect by class (`defects`), and the defective units by the class of their worst one (`units`)."""

    defects: dict[DefectClass, int]
    units: dict[DefectClass, int]


def tally(findings: Iterable[Collection[DefectClass]]) -> Tally:
    """Counts what an inspector found: for each unit the classes of its defects, one entry per defect.

    `units` is what `verdict` takes as counts. Raises SamplingError `class_unknown`.
    """
    defects: dict[DefectClass, int] = dict.fromkeys(DEFECT_CLASSES, 0)
    units: dict[DefectClass, int] = dict.fromkeys(DEFECT_CLASSES, 0)
    for unit in findings:
        for defect_class in unit:
            check_known("class_unknown", defect_class, DEFECT_CLASSES)
            defects[defect_class] += 1
        if unit:
            units[min(unit, key=DEFECT_CLASSES.index)] += 1
    return Tally(defects=defects, units=units)
