"""The contract of a form: its text as typed or uploaded, read into a contract or into faults that name line and key."""

from __future__ import annotations

import msgspec
from django.http import HttpRequest
from msgspec.structs import replace

from fairlot.domain.contract.document import Contract, ContractParty
from fairlot.domain.contract.file_format import (
    ContractFileError,
    from_text,
    line_of,
)
from fairlot.domain.contract.file_reasons import place_told
from fairlot.domain.contract.template import new_contract
from fairlot.domain.contract.validation import validate
from fairlot.domain.words.language import Language
from fairlot.interfaces.web.proposing.words import PROPOSING

PAPER_BYTES_MAX = 1_000_000
NOT_TEXT = "not UTF-8 text"


class Sides(msgspec.Struct, frozen=True, kw_only=True):
    """The two companies that an order is between, as the contract names them."""

    buyer: ContractParty
    supplier: ContractParty


class Paper(msgspec.Struct, frozen=True, kw_only=True):
    """What was given: its text, to be shown again, and the contract that it is, or its faults as sentences."""

    text: str
    contract: Contract | None = None
    faults: tuple[str, ...] = ()


def template_for(name: str, *, sides: Sides, language: Language) -> Contract:
    """Return a template, one of TEMPLATES, with both parties filled in."""
    made = new_contract(name, language=language)
    return replace(made, buyer=sides.buyer, supplier=sides.supplier)


def paper_of(request: HttpRequest, *, sides: Sides, language: Language) -> Paper:
    """Read what a form brings: the file where one was chosen, else the text of the box."""
    typed = request.POST.get("text", "")
    chosen = request.FILES.get("file")
    if chosen is not None:
        if (chosen.size or 0) > PAPER_BYTES_MAX:
            return Paper(text=typed, faults=(PROPOSING["too_large"].say(language),))
        try:
            typed = chosen.read().decode("utf-8-sig")
        except UnicodeDecodeError:
            fault = ContractFileError(line=0, key="", reason=NOT_TEXT)
            return Paper(text=typed, faults=(fault.told(language),))
    if len(typed.encode()) > PAPER_BYTES_MAX:
        return Paper(text="", faults=(PROPOSING["too_large"].say(language),))
    return _read(typed.replace("\r\n", "\n"), sides, language)


def _read(text: str, sides: Sides, language: Language) -> Paper:
    if not text.strip():
        return Paper(text=text, faults=(PROPOSING["nothing_given"].say(language),))
    try:
        contract = from_text(text)
    except ContractFileError as error:
        return Paper(text=text, faults=(error.told(language),))
    found = [
        (fault.key, fault.zh if language == "zh" else fault.en) for fault in validate(contract)
    ]
    found += _of_others(contract, sides, language)
    faults = tuple(f"{place_told(line_of(text, key), key, language)}{why}" for key, why in found)
    return Paper(text=text, contract=None if faults else contract, faults=faults)


def _of_others(contract: Contract, sides: Sides, language: Language) -> list[tuple[str, str]]:
    """Return the fault of a contract between others than the order's own companies."""
    why = PROPOSING["other_party"].say(language)
    told = why.format(buyer=sides.buyer.company_id, supplier=sides.supplier.company_id)
    return [
        (f"{side}.company_id", told)
        for side in ("buyer", "supplier")
        if getattr(contract, side).company_id != getattr(sides, side).company_id
    ]
