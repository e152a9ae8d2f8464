"""One reading of a text: its words, codes and numbers, found once, and clauses as views on it."""

from __future__ import annotations

import re

import msgspec

from fairlot.domain.contract.lexicon import Hit, Property, code_shapes, shadow
from fairlot.domain.contract.lexicon.spotting import spot
from fairlot.domain.contract.wording.codes import Code, find_codes
from fairlot.domain.contract.wording.material_shapes import designations
from fairlot.domain.contract.wording.quantities import Quantity, read_quantities
from fairlot.domain.contract.wording.spoken import spoken
from fairlot.domain.contract.wording.tolerances import Bound
from fairlot.domain.contract.wording.turns import turns

_MASKED = ("colour", "coordinates", "standard", "class", "version", "file", "date", "delta_e")
# Words in quotation marks, as printed on a label; an inch sign has no letter behind it.
QUOTED = re.compile(r"(?<![\da-z])\"(?:[^\"\d][^\"]{2,80}|\d[\da-z./-]{0,12})\"")
_DIGIT = re.compile(r"\d")
_ARTICLE_CODE = re.compile(code_shapes("article"))


class Clause(msgspec.Struct, frozen=True, kw_only=True):
    """A stretch of a text with everything found inside it; `caption` is the text before its colon, if any."""

    raw: str
    text: str
    start: int
    end: int
    hits: dict[str, list[Hit]]
    codes: tuple[Code, ...]
    quantities: tuple[Quantity, ...]
    bounds: tuple[Bound, ...]

    def has(self, *categories: str) -> bool:
        """Say whether any word of these categories stands here."""
        return not self.hits.keys().isdisjoint(categories)

    def words(self, category: str) -> list[Hit]:
        """Return the words of one category, in order."""
        return self.hits.get(category, [])

    def code(self, *kinds: str) -> Code | None:
        """Return the first code of these kinds."""
        return next((code for code in self.codes if code.kind in kinds), None)

    def all_codes(self, *kinds: str) -> list[Code]:
        """Return all codes of these kinds."""
        return [code for code in self.codes if code.kind in kinds]

    def properties(self) -> list[tuple[Hit, Property]]:
        """Return the properties named here."""
        return [(hit, hit.payload) for hit in self.hits.get("property", [])]

    @property
    def body(self) -> str:
        """The clause's own shadow text."""
        return self.text[self.start : self.end]

    def view(self, start: int, end: int) -> Clause:
        """Narrow to a part of the text."""
        hits = {
            category: inside
            for category, found in self.hits.items()
            if (inside := [hit for hit in found if start <= hit.start and hit.end <= end])
        }
        return Clause(
            raw=self.raw,
            text=self.text,
            start=start,
            end=end,
            hits=hits,
            codes=tuple(code for code in self.codes if start <= code.start < end),
            quantities=tuple(q for q in self.quantities if start <= q.start < end),
            bounds=tuple(b for b in self.bounds if start <= b.start < end),
        )


def _where(hit: Hit) -> int:
    return hit.start


def read_text(raw: str) -> Clause:
    """Read a whole text once."""
    text = shadow(raw)
    hits = spot(text)
    found_in = (*designations(text).items(), *turns(text).items(), *spoken(text).items())
    for category, found in found_in:
        if found:
            hits[category] = sorted([*hits.get(category, ()), *found], key=_where)
    codes = find_codes(text)
    masked = [(code.start, code.end) for code in codes if code.kind in _MASKED]
    if _DIGIT.search(text) or not text.isascii():
        masked += [(match.start(), match.end()) for match in _ARTICLE_CODE.finditer(text)]
    if "branding.labels" in hits or "shape.puts_on" in hits:
        masked += [match.span() for match in QUOTED.finditer(text)]
    quantities, bounds = read_quantities(raw, text, hits, masked)
    _drop_shadowed(raw, text, hits, codes)
    quantities = [q for q in quantities if not _inside_name(q, hits)]
    if not any(hit.payload.kind in ("quantity", "price") for hit in hits.get("property", ())):
        quantities = [q for q in quantities if not _names_year(text, q)]
    return Clause(
        raw=raw,
        text=text,
        start=0,
        end=len(text),
        hits=hits,
        codes=tuple(codes),
        quantities=tuple(quantities),
        bounds=tuple(bounds),
    )


_YEAR = re.compile(r"20[2-3]\d\Z")


def _names_year(text: str, quantity: Quantity) -> bool:
    """Say whether a bare number is only a year ("new technology 2027")."""
    bare = quantity.unit is None and not quantity.operator and not quantity.counted
    return (
        bare
        and quantity.tolerance is None
        and bool(_YEAR.match(text[quantity.start : quantity.end]))
    )


_NAMES_WITH_NUMBERS = (
    "material.grades",
    "sampling.level",
    "vague",
    "certificate.schemes",
    "certificate.families",
    "material.polymers",
)


def _inside_name(quantity: Quantity, hits: dict[str, list[Hit]]) -> bool:
    return not quantity.operator and any(
        hit.start <= quantity.start and quantity.end <= hit.end
        for name in _NAMES_WITH_NUMBERS
        for hit in hits.get(name, ())
    )


# A word inside a longer word of these categories means the longer word: "light oak" is a color, no wood.
_SHADOWING = {
    "material.species": ("colour.names",),
    "material.families": ("vague", "neutral.words", "material.grades", "material.species", "packaging.plain", "packaging.designed", "colour.names", "property", "category.finish"),
    "property": ("condition.words", "neutral.words"),
    "material.fibers": ("vague", "neutral.words", "material.grades", "colour.names", "defect.absent_before"),
    "colour.names": ("neutral.words", "material.grades", "material.species", "material.families", "defect.gradual", "packaging.plain", "packaging.designed", "property", "defect.failures", "category.finish", "reference.sample", "defect.discrete"),
    "category.finish": ("property", "category.finish", "defect.gradual"),
    "pass_criterion.words": ("neutral.words", "defect.discrete"),
    "performance.words": ("neutral.words", "pass_criterion.words", "property"),
    "certificate.schemes": ("certificate.families",),
    "branding.marks": ("vague",),
    "vague": ("category.finish", "property", "performance.words", "reference.sample", "certificate.words", "option.words", "condition.words"),
    "to_be_confirmed.words": ("neutral.words",),
    "not_a_requirement.words": ("not_binding.words", "vague", "neutral.words", "option.words"),
    "reference.previous": ("vague", "neutral.words"),
    "option.words": ("neutral.words", "sampling.open"),
    "defect.gradual": ("property", "neutral.words"),
    "defect.failures": ("neutral.words", "vague"),
    "grammar.approx_before": ("neutral.words",),
    "not_binding.words": ("neutral.words", "sampling.level"),
    "defect.absent_before": ("neutral.words", "grammar.at_least_before", "grammar.at_most_before", "vague", "defect.absent_before", "performance.words", "material.grades", "material.families"),
    "packaging.designed": ("packaging.plain",),
    "reference.picture": ("reference.document", "property"),
}  # fmt: skip


def _numbering(text: str, hit: Hit) -> bool:
    """Say whether "no" means number ("sample no. 3")."""
    return text[hit.start : hit.end] == "no" and bool(
        re.match(r"\.|\s*\d|\s*[,:;)]|\Z", text[hit.end :])
    )


# Letters before a running number are somebody's own ("golden sample GS-07").
_PART_OF_NUMBER = re.compile(r"-\d{1,3}(?!\d)")
_ORDINARY_WORDS = frozenset(
    {
        "wrap",
        "reach",
        "carb",
        "seedling",
        "form a",
        "form e",
        "red",
        "step",
        "bis",
        "nom",
        "doc",
        "marine",
        "erp",
        "epa",
        "cosmos",
        "s mark",
        "energy label",
    }
)


def _ordinary(raw: str, text: str, hit: Hit) -> bool:
    """Say whether a scheme's name in small letters is only an English word ("bubble wrap", "can reach")."""
    word = text[hit.start : hit.end]
    if _PART_OF_NUMBER.match(text, hit.end):
        return True
    return word in _ORDINARY_WORDS and raw[hit.start : hit.end] == word


def _drop_shadowed(raw: str, text: str, hits: dict[str, list[Hit]], codes: list[Code]) -> None:
    named = [code for code in codes if code.kind in ("file", "colour", "standard")]
    denials = [hit for hit in hits.get("defect.absent_before", ()) if not _numbering(text, hit)]
    if denials:
        hits["defect.absent_before"] = denials
    else:
        hits.pop("defect.absent_before", None)
    for category, longer in _SHADOWING.items():
        found = hits.get(category)
        if not found:
            continue
        kept = [
            hit
            for hit in found
            if not any(
                other.start <= hit.start
                and hit.end <= other.end
                and other.end - other.start > hit.end - hit.start
                for name in longer
                for other in hits.get(name, ())
            )
        ]
        if kept:
            hits[category] = kept
        else:
            del hits[category]
    schemes = [h for h in hits.get("certificate.schemes", ()) if not _ordinary(raw, text, h)]
    if schemes:
        hits["certificate.schemes"] = schemes
    else:
        hits.pop("certificate.schemes", None)
    for category in list(hits):
        kept = [
            hit
            for hit in hits[category]
            if not any(
                code.start <= hit.start
                and hit.end <= code.end
                and hit.end - hit.start < code.end - code.start
                for code in named
            )
        ]
        if kept:
            hits[category] = kept
        else:
            del hits[category]
