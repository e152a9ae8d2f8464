"""What acceptance sampling is worth: an AQL needs its level or its standard, a spot check its number."""

from __future__ import annotations

import re

from fairlot.domain.contract.judging.judgement import Judgement, Parsed, make
from fairlot.domain.contract.wording.analysis import Clause

_BY_CLASS = re.compile(r"(?:critical|major|minor|致命|严重|主要|次要|轻微)[\s:=为]{0,3}\d")


# So many drawn, so many of them may fail (抽32件,0收1退).
_NUMBERS_DRAWN = re.compile(
    r"抽[^,;]{0,6}\d+\s*[件个只套台条支箱双片瓶][^;]{0,12}(?:\d\s*收\s*\d\s*退|ac\s*=?\s*\d)"
)


def speaks_of_sampling(clause: Clause) -> bool:
    """Say whether acceptance limits stand here: an AQL, or figures per class of defect beside a plan."""
    if clause.has("sampling.plan") or _NUMBERS_DRAWN.search(clause.body):
        return True
    return len(_BY_CLASS.findall(clause.body)) > 1 and bool(
        clause.has("sampling.level") or clause.all_codes("standard")
    )


def judge_sampling(clause: Clause) -> Judgement | None:
    """Judge acceptance sampling: an AQL needs its level or its standard."""
    value = clause.raw[clause.start : clause.end].strip(" ,;。.")
    if speaks_of_sampling(clause):
        known = (
            clause.has("sampling.level")
            or any(code.identified for code in clause.all_codes("standard"))
            or re.search(r"2859|2828|z1\.4", clause.body) is not None
            or _NUMBERS_DRAWN.search(clause.body) is not None
        )
        return make(
            clause.start,
            clause.end,
            "other",
            () if known else ("missing_sample_size",),
            Parsed(operator="<=", value=value, unit="AQL"),
            "sampling",
        )
    dated = any(code.identified for code in clause.all_codes("date"))
    if clause.has("sampling.open") and not clause.quantities and not dated:
        return make(
            clause.start,
            clause.end,
            "other",
            ("missing_sample_size",),
            Parsed(operator="=", value="pass"),
            "sampling",
        )
    return None
