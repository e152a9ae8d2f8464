"""What takes the firmness from a requirement: a question, a wish, a thing of one's own that nobody has shown."""

from __future__ import annotations

import re

from fairlot.domain.contract.judging.judge_reference import is_identified
from fairlot.domain.contract.judging.judgement import Judgement, make
from fairlot.domain.contract.wording.analysis import Clause

# A question asks for nothing yet.
_ASKS = re.compile(r"\?\s*\Z|^\s*(?:can|could|would) you\b|能不能|可不可以|能否|可否|是否可以")
# So many as somebody likes (干燥剂放几包).
_SOME = re.compile(r"(?<!无论)(?<!不管)几[包个只片张条枚颗袋层]|若干|适量|少许")
_OWN_DESIGN = {"packaging": "detail_missing", "branding": "branding_incomplete"}


def softened(clause: Clause, made: Judgement) -> Judgement:
    """Call a requirement weak that would decide, if it were asked for firmly and its design were known."""
    if made.label != "claimable":
        return made
    if _ASKS.search(clause.body) or clause.has("not_binding.words"):
        return _weak(made, "not_binding")
    if _SOME.search(clause.body) and made.parsed is not None and not clause.quantities:
        return _weak(made, "detail_missing")
    rule = _OWN_DESIGN.get(made.kind)
    present = made.parsed is not None and made.parsed.operator == "present"
    if rule and present and clause.has("shape.ours") and not is_identified(clause):
        return _weak(made, rule)
    return made


def _weak(made: Judgement, rule: str) -> Judgement:
    return make(made.start, made.end, made.kind, (rule,), made.parsed, made.property_id)
