"""Read whatever statement file the bank sends: the content tells the format, never the file's name."""

from __future__ import annotations

import re
from datetime import tzinfo

from fairlot.providers.wire.camt053 import read_camt053
from fairlot.providers.wire.mt940 import read_mt940
from fairlot.providers.wire.refusals import BankFileRefused
from fairlot.providers.wire.statement import Statement
from fairlot.providers.wire.xml_document import refuse_size

_MT940_START = re.compile(rb"^:20:", re.MULTILINE)
# Byte order marks, which stand before the first sign of a format.
_MARKS = b"\xef\xbb\xbf\xff\xfe\x00"


def read_bank_file(data: bytes, *, bank_zone: tzinfo | None = None) -> tuple[Statement, ...]:
    """Read a camt.053 or MT940 file whole, or raise `BankFileRefused` and accept nothing.

    `bank_zone` tells the zone of times that the bank writes without one; unknown, such times give their day only.
    """
    refuse_size(data)
    if data.lstrip(_MARKS).lstrip().startswith(b"<"):
        return read_camt053(data, bank_zone=bank_zone)
    if _MT940_START.search(data):
        return read_mt940(data)
    raise BankFileRefused("format_unknown")
