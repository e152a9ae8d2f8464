"""A contract named on the command line: read, and refused with file, line, key and reason where it is none."""

from __future__ import annotations

import msgspec

from fairlot.domain.contract.document import Contract
from fairlot.domain.contract.file_format import ContractFileError, from_text, line_of
from fairlot.domain.contract.file_reasons import chinese_reason, place_told
from fairlot.domain.contract.validation import validate
from fairlot.domain.contract.vocabulary import Language
from fairlot.interfaces.cli.failures import PaperRefusedError
from fairlot.interfaces.cli.papers import Paper, colon


def contract_of(source: Paper, language: Language = "en") -> Contract:
    """Return the contract that a paper holds. Raises PaperRefusedError."""
    text = source.text(language)
    head = f"{source.name}{colon(language)}"
    try:
        loaded = from_text(text)
    except ContractFileError as error:
        raise PaperRefusedError(
            f"{head}{error.told(language)}",
            file=source.name,
            line=error.line,
            key=error.key,
            reason=error.reason if language == "en" else chinese_reason(error.reason),
        ) from error
    rows = [(line_of(text, fault.key), fault) for fault in validate(loaded)]
    if rows:
        message = "\n".join(
            f"{head}{place_told(line, fault.key, language)}{getattr(fault, language)}"
            for line, fault in rows
        )
        details = [{"line": line, **msgspec.to_builtins(fault)} for line, fault in rows]
        raise PaperRefusedError(message, file=source.name, faults=details)
    return loaded
