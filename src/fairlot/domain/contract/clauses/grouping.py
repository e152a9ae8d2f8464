"""Which clauses of a text belong together: a tolerance, a method or a place completes the requirement before it."""

from __future__ import annotations

import re

import msgspec

from fairlot.domain.contract.clauses.designs import completes_design
from fairlot.domain.contract.clauses.going_on import goes_on
from fairlot.domain.contract.clauses.keeping_apart import kept_apart
from fairlot.domain.contract.clauses.said_of_others import (
    nothing_own,
    only_conditions,
    only_schemes,
    only_standards,
    own_topic,
    passes,
    puts_in_place,
)
from fairlot.domain.contract.clauses.shared_methods import with_shared_methods
from fairlot.domain.contract.judging.judge_composition import composition_shares
from fairlot.domain.contract.judging.judge_reference import INCOTERM, is_identified
from fairlot.domain.contract.judging.numbers_of import PROCEDURES
from fairlot.domain.contract.lexicon import Property
from fairlot.domain.contract.wording.analysis import Clause

_TEST_OPENING = re.compile(
    r"\s*(?:and\s)?(?:100\s?% of|issued by|tested|measured|test|method|per |acc|according|as per|in accordance|viewed|judged|sample|sampling|based on|single|normal|general|level|d65|under d65|within|centred|centered|after|at |on |from |against|date of|on-board|until |down to |with (?:new|fresh|fully)|new (?:[a-z]+ )?(?:cells|batter)|fresh |fully charged|signed|dated|rev|由|出具|按|测试|方法|依|抽|试验|经|试后|参照|居中|一般|正常)"
)
_ISSUER = re.compile(
    r"\s*(?:[^,;]{1,24}(?:签发|颁发|出具|核发|发证)|(?:by\s)?(?:tuv|tüv|sgs|intertek|bureau veritas|ul|莱茵|必维|天祥|laboratory|lab |institute|实验室))"
)
_TOLERANCE_TALK = re.compile(r"tolerance|deviation|shortage|公差|偏差|短缺|误差|允许")
_THE_REST = re.compile(
    r"\s*(?:其余|余量|余下|剩余|余)(?:部分)?(?:为|是|用)?|\s*(?:the )?(?:rest|balance|remainder)\b"
)
# What rounding leaves of a whole.
_WHOLE_PERCENT_MAX = 100.5
_WHOLE_PERCENT_MIN = 99.5
# How many are drawn, before what is counted among them ("抽200件", "on 200 pieces").
_DRAWN = re.compile(
    r"\s*(?:(?:每批)?(?:随机|任意)?(?:抽取|任取|任抽|抽检|抽查|抽样|抽|取|检|测|称|量)\s*\d+\s*(?:件|个|只|条|台|套|双|片|支|粒|包|袋|瓶|块|颗|张|枚)(?:来?(?:称重?|测量?|量|检|试))?|(?:check|test|measure)\s\d+\s(?:pcs|pieces|samples)|(?:out )?of \d+ (?:pcs|pieces) (?:drawn|taken))[\s,]*"
)
_PAPER_NUMBER = re.compile(
    r"(?:证书|报告)?(?:编号|号码|证号|档案号|文件号|备案号|注册号|许可证?号)|(?:with )?(?:number|no\.|nr\.)\s*[a-z\d]|(?:ul )?(?:file|licen[cs]e|holder|registration|approval)\s(?:no\.?\s)?[a-z]{0,4}[ -]?\d"
)
_REPORT = re.compile(r"\s*(?:test )?(?:report|certificate)\b|\s*(?:检测|测试)?(?:报告|证书)")
_CONFORMS = re.compile(r"(?:并?(?:须|需|应|要)?(?:符合|满足|达到|通过|执行))\s*gb")
_STILL_VALID = re.compile(r"valid (?:on|at|until|through)|有效期[内至到截为:]|有效至")
# What a test is held under, before what must not happen under it.
_SCENE = frozenset({"time", "temperature", "pressure"})
# How goods are looked at.
_VIEWED = frozenset({"length", "illuminance", "time", "angle"})


def requirement_groups(clauses: list[Clause]) -> list[Clause]:
    """Join to each requirement the clauses that only complete it: tolerance, method, place, content."""
    groups: list[Clause] = []
    for clause in clauses:
        if clause.bounds and not clause.quantities:
            _gather_for_tolerance(groups)
        if groups and (
            _belongs(groups[-1], clause) or _details(groups, clause) or _announces(groups[-1])
        ):
            groups[-1] = joined(groups[-1], clause)
        else:
            groups.append(clause)
    return with_shared_methods(groups)


def _gather_for_tolerance(groups: list[Clause]) -> None:
    """Let a tolerance reach the last number before it ("2 m, rather more than less, +5/-0 cm")."""
    owner = next((k for k in range(len(groups) - 1, -1, -1) if groups[k].quantities), None)
    while owner is not None and len(groups) > owner + 1:
        groups[owner] = joined(groups[owner], groups.pop(owner + 1))


def joined(first: Clause, second: Clause) -> Clause:
    """Make one clause of two that follow each other."""
    hits = {name: list(found) for name, found in first.hits.items()}
    for name, found in second.hits.items():
        hits.setdefault(name, []).extend(found)
    return msgspec.structs.replace(
        first,
        end=second.end,
        hits=hits,
        codes=first.codes + second.codes,
        quantities=first.quantities + second.quantities,
        bounds=first.bounds + second.bounds,
    )


def _announces(clause: Clause) -> bool:
    """Say whether a clause only sets the scene for what follows ("Inner:", "at 30 cm", "按GB/T 2828.1")."""
    if clause.body.strip().endswith(":"):
        return True
    if _DRAWN.fullmatch(clause.body):
        return True
    if _sets_scene(clause) or puts_in_place(clause):
        return True
    looked_at = (
        clause.has("defect.viewing")
        and bool(clause.quantities)
        and all(
            q.unit is not None and q.unit.quantity in _VIEWED and not q.operator
            for q in clause.quantities
        )
    )
    return looked_at and not clause.has("defect.gradual", "defect.discrete", "property")


def _sets_scene(clause: Clause) -> bool:
    """Say whether a clause gives only the conditions of a test ("灌水倒置24小时", "upside down at 40 °C")."""
    judged = (
        "property",
        "defect.failures",
        "defect.absent_before",
        "pass_criterion.words",
        "vague",
    )
    if not (clause.has("condition.words") and clause.quantities) or clause.has(*judged):
        return False
    return all(
        q.unit is not None and q.unit.quantity in _SCENE and not q.operator and q.tolerance is None
        for q in clause.quantities
    )


def _details(groups: list[Clause], clause: Clause) -> bool:
    """A finish named after an identified artwork, or a matter governed by a sealed sample, leaves nothing open."""
    finish = clause.has("category.finish") and not clause.quantities
    if finish and any(group.code("file") is not None for group in groups):
        return True
    if not groups[-1].has("reference.sample") or clause.quantities or clause.codes:
        return False
    if clause.has("to_be_confirmed.words"):
        return False
    praise = clause.has("vague", "performance.words", "defect.gradual")
    return not praise and is_identified(groups[-1])


def _belongs(group: Clause, clause: Clause) -> bool:
    own = [prop for _, prop in clause.properties()]
    head = [prop for _, prop in group.properties()]
    if _completes_composition(group, clause):
        return True
    if clause.body.rstrip().endswith("?") and not clause.quantities:
        return False
    if goes_on(group, clause, own, head):
        return True
    if kept_apart(group, clause, own, head):
        return False
    if _completes_measure(group, clause, own, head) or _completes_paper(group, clause):
        return True
    if _is_statement(clause):
        return False
    return (
        _completes_test(group, clause, own, head)
        or completes_design(group, clause, own)
        or (nothing_own(clause) and bool(group.quantities or group.codes or head))
    )


# One share of a material that no list knows (10%鹅毛).
_ONE_SHARE = re.compile(r"\s*(\d{1,2}(?:\.\d+)?)\s*%\s*(?:[一-鿿]{1,5}|[a-z]{3,})\s*")


def _makes_whole(before: list[tuple[str, str, int, int]], clause: Clause) -> bool:
    """Say whether one more share makes the shares before it a whole."""
    share = _ONE_SHARE.fullmatch(clause.body.strip(",. "))
    if share is None:
        return False
    total = sum(float(percent) for _, percent, _, _ in before) + float(share[1])
    return _WHOLE_PERCENT_MIN <= total <= _WHOLE_PERCENT_MAX


def _completes_composition(group: Clause, clause: Clause) -> bool:
    """Say whether a clause names further shares of the same whole ("65% polyester, 35% cotton")."""
    before, here = composition_shares(group), composition_shares(clause)
    if before and not here and (_THE_REST.match(clause.body) or _makes_whole(before, clause)):
        return True
    if not before or not here or ":" in clause.body:
        return False
    stated = sum(float(percent) for _, percent, _, _ in before)
    together = stated + sum(float(percent) for _, percent, _, _ in here)
    return stated < _WHOLE_PERCENT_MIN and together <= _WHOLE_PERCENT_MAX


def _is_statement(clause: Clause) -> bool:
    said = (
        "vague",
        "performance.words",
        "to_be_confirmed.words",
        "not_a_requirement.words",
        "process.words",
    )
    return clause.has(*said) and not clause.quantities and not clause.codes


def _completes_measure(
    group: Clause, clause: Clause, own: list[Property], head: list[Property]
) -> bool:
    """Tolerance, pass criterion, conditions, choice, or distance of color of the measure before."""
    if clause.bounds and not clause.quantities and (group.quantities or head):
        return True
    named = clause.code("standard") is not None and clause.has("reference.as_per")
    if named and not clause.quantities and _TOLERANCE_TALK.search(clause.body):
        return True
    if passes(group, clause) or only_conditions(group, clause, own):
        return True
    chosen = group.quantities or group.has("branding.marks", "branding.labels")
    if clause.has("option.words") and not clause.quantities and chosen:
        return True
    if group.code("colour", "coordinates") and clause.code("delta_e") and not clause.code("colour"):
        return True
    stated = any(q.operator or q.tolerance is not None for q in clause.quantities)
    if (
        clause.has("condition.words")
        and not own
        and group.quantities
        and not stated
        and not clause.has("vague")
    ):
        return True
    electrical = (
        any(prop.id == "electrical" for prop in head) and not own and bool(clause.quantities)
    )
    return electrical and all(
        q.unit is not None and q.unit.quantity == "frequency" for q in clause.quantities
    )


def _completes_paper(group: Clause, clause: Clause) -> bool:
    """Number, issuer, laboratory of a certificate; test standards; further schemes; the year of the Incoterms."""
    body = clause.body.strip(" .")
    paper = group.has("certificate.words", "certificate.schemes")
    if paper and (_PAPER_NUMBER.match(body) or _STILL_VALID.search(body)):
        return True
    if only_standards(clause) and (
        group.quantities
        or group.has(
            "property",
            "performance.words",
            "material.grades",
            "material.polymers",
            "material.families",
        )
    ):
        return not group.has("certificate.schemes")
    if group.has("certificate.words", "certificate.schemes") and _ISSUER.match(clause.body):
        return True
    if group.has("certificate.words") and re.search(r"laborator|实验室", body):
        return True
    if (
        group.has("certificate.schemes")
        and clause.has("certificate.words")
        and re.search(r"\d{3}", body)
    ):
        return True
    if group.has("material.hidden_content") and clause.has(
        "certificate.words", "certificate.schemes"
    ):
        return True
    if group.has("material.food_grade") and _CONFORMS.match(body) and not clause.quantities:
        return True
    if clause.has("material.food_grade") and group.has("material.polymers", "material.families"):
        return not clause.has("material.polymers", "material.families")
    if only_schemes(group) and only_schemes(clause):
        return True
    return bool(INCOTERM.search(group.body)) and body.startswith("incoterm")


def _completes_test(
    group: Clause, clause: Clause, own: list[Property], head: list[Property]
) -> bool:
    """Method and conditions of a test."""
    if any(q.unit is not None and q.unit.quantity == "money" for q in clause.quantities):
        return False
    new_sentence = group.text[clause.start - 1] in ".。"
    if own_topic(group, clause) or (new_sentence and _REPORT.match(clause.body)):
        return False
    if _TEST_OPENING.match(clause.body.strip(" .")) and (group.quantities or group.codes or head):
        return True
    elsewhere = any(p.way == "direct" and p.id not in ("electrical", "size") for p in own)
    if any(prop.way in PROCEDURES for prop in head) and not elsewhere:
        said = (
            "pass_criterion.words",
            "condition.words",
            "defect.failures",
            "defect.absent_before",
        )
        return bool(clause.quantities or clause.codes or clause.has(*said))
    if own:
        return False
    if clause.has("pass_criterion.words") and (group.quantities or group.has("condition.words")):
        return True
    return group.has("condition.words") and clause.has("condition.words") and not group.has("vague")
