"""Hostile XML read safely: size first, encoding second, no document type ever, then elements that know their place and line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, tzinfo

from lxml import etree

from fairlot.providers.wire.refusals import BankFileRefused

# A camt.053 entry takes about 2 kB: some ten thousand entries.
BANK_FILE_BYTES_MAX = 20 * 1024 * 1024
# The longest text of camt.053 is Max500Text; banks overrun by a little, never by this much.
FIELD_CHARACTERS_MAX = 2_000

# Encodings in which "<" is one byte that means nothing else, so that the walls below cannot be climbed around.
_ENCODINGS = frozenset(
    {"utf-8", "utf8", "us-ascii", "ascii", "iso-8859-1", "iso-8859-15", "latin-1", "windows-1252"}
)
_DECLARED_ENCODING = re.compile(
    rb"""\A<\?xml[^>]{0,200}?\sencoding\s*=\s*["']([A-Za-z0-9._:-]{1,40})["']"""
)
_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff", b"+/v")
_UTF8_MARK = b"\xef\xbb\xbf"

_POSITIVE_DECIMAL = re.compile(r"[0-9]{1,15}(?:\.[0-9]{1,15})?|\.[0-9]{1,15}")
_DATE = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:Z|[+-][0-9]{2}:[0-9]{2})?")
_DATE_TIME = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})T([0-9]{2}:[0-9]{2}:[0-9]{2})(?:\.([0-9]{1,12}))?(Z|[+-][0-9]{2}:[0-9]{2})?"
)


class Element:
    """One element of one namespace; what is asked of it and missing or odd refuses the file with line and place."""

    __slots__ = ("_element", "_names")

    def __init__(self, element: etree._Element, namespace: str) -> None:
        self._element = element
        self._names = {None: namespace}

    def find(self, path: str) -> Element | None:
        """Return the first element at a path such as `Acct/Id/IBAN`, or None."""
        found = self._element.find(path, self._names)
        return None if found is None else Element(found, self._names[None])

    def get(self, path: str) -> Element:
        """Return the first element at a path, or refuse the file."""
        found = self.find(path)
        if found is None:
            raise self.refused("field_missing", field=path)
        return found

    def all(self, path: str) -> Iterator[Element]:
        """Give every element at a path in the order of the document."""
        for found in self._element.iterfind(path, self._names):
            yield Element(found, self._names[None])

    def find_text(self, *paths: str) -> str | None:
        """Return the first text there is at one of the paths; white space runs become one blank, empty is None."""
        for path in paths:
            found = self.find(path)
            text = found.text if found is not None else ""
            if text:
                return text
        return None

    def get_text(self, path: str) -> str:
        """Return the text at a path, or refuse the file."""
        text = self.get(path).text
        if not text:
            raise self.refused("field_missing", field=path)
        return text

    def attribute(self, name: str) -> str:
        """Return an attribute, or refuse the file."""
        value: str = self._element.get(name, "")
        if not value:
            raise self.refused("field_missing", field=f"@{name}")
        return self._short(value, f"@{name}")

    @property
    def text(self) -> str:
        """The element's own text with white space runs as one blank."""
        return " ".join(self._short(self._element.text or "", self.name).split())

    @property
    def name(self) -> str:
        """The element's name without its namespace."""
        return str(etree.QName(self._element).localname)

    @property
    def line(self) -> int | None:
        """The line of the file where the element begins."""
        line: int | None = self._element.sourceline
        return line

    @property
    def place(self) -> str:
        """The way to the element from the root, with positions among its like: `Stmt[1]/Ntry[3]/Amt[1]`.

        Finding it walks past all its like, so only a refusal asks.
        """
        steps = []
        element: etree._Element | None = self._element
        while element is not None and element.getparent() is not None:
            like = element.itersiblings(element.tag, preceding=True)
            steps.append(f"{etree.QName(element).localname}[{1 + sum(1 for _ in like)}]")
            element = element.getparent()
        return "/".join(reversed(steps))

    def refused(self, code: str, **facts: str | int) -> BankFileRefused:
        """Build a refusal that names this element's line and place."""
        return BankFileRefused(code, line=self.line, place=self.place, **facts)

    def as_date(self) -> date:
        """Read the text as ISODate, with or without a zone (the day counts as written)."""
        match = _DATE.fullmatch(self.text)
        if match is None:
            raise self.refused("date_unreadable", text=self.text)
        return self._iso_date(match[1])

    def as_instant(self, bank_zone: tzinfo | None) -> tuple[date, datetime | None]:
        """Read ISODateTime: the day as written, and the UTC instant if the text or `bank_zone` says in which zone."""
        match = _DATE_TIME.fullmatch(self.text)
        if match is None:
            raise self.refused("date_unreadable", text=self.text)
        day, clock, fraction, offset = match.groups()
        written = self._iso_date(day)
        # XML Schema writes the end of a day as 24:00:00, which is the next day's first instant.
        is_day_end = clock == "24:00:00"
        micros = (fraction or "")[:6].ljust(6, "0")
        clock_text = f"{'00:00:00' if is_day_end else clock}.{micros}"
        try:
            moment = datetime.fromisoformat(f"{day}T{clock_text}{offset or ''}")
            if moment.tzinfo is None:
                moment = moment.replace(tzinfo=bank_zone)
            if moment.tzinfo is None:
                return written, None
            return written, moment.astimezone(UTC) + timedelta(days=is_day_end)
        except (ValueError, OverflowError) as error:
            raise self.refused("date_unreadable", text=self.text) from error

    def as_decimal_text(self) -> str:
        """Return the text of a positive decimal number as it is written; a rate is never calculated with."""
        if not _POSITIVE_DECIMAL.fullmatch(self.text):
            raise self.refused("amount_unreadable", text=self.text)
        return self.text

    def _short(self, text: str, field: str) -> str:
        if len(text) > FIELD_CHARACTERS_MAX:
            raise self.refused(
                "field_too_long",
                field=field,
                characters=len(text),
                characters_max=FIELD_CHARACTERS_MAX,
            )
        return text

    def _iso_date(self, text: str) -> date:
        try:
            return date.fromisoformat(text)
        except ValueError as error:
            raise self.refused("date_unreadable", text=text) from error


def parse_document(data: bytes) -> etree._Element:
    """Return the root element of an XML file, or refuse it: too large, odd encoding, document type, damaged."""
    refuse_size(data)
    text = _decoded(data)
    # Entities can only come with a document type, so none is ever expanded.
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise BankFileRefused("document_type_present", line=_line_of(text))
    parser = etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(text.encode(), parser)
    except etree.XMLSyntaxError as error:
        raise BankFileRefused(
            "not_well_formed", line=error.lineno or None, detail=error.msg or "unreadable"
        ) from error
    # The second wall, should the first ever be read around.
    if root.getroottree().docinfo.internalDTD is not None:
        raise BankFileRefused("document_type_present")
    return root


def refuse_size(data: bytes) -> None:
    """Refuse an empty file, and one too large to be read into memory beside others."""
    if not data.strip():
        raise BankFileRefused("file_empty")
    if len(data) > BANK_FILE_BYTES_MAX:
        raise BankFileRefused("file_too_large", bytes=len(data), bytes_max=BANK_FILE_BYTES_MAX)


def _decoded(data: bytes) -> str:
    """Decode strictly by the declared encoding; only encodings in which markup cannot hide are taken."""
    if data.startswith(_WIDE_MARKS) or b"\x00" in data:
        raise BankFileRefused("encoding_unsupported", encoding="UTF-16, UTF-32 or UTF-7")
    unmarked = data.removeprefix(_UTF8_MARK)
    match = _DECLARED_ENCODING.match(unmarked)
    declared = match[1].decode("ascii") if match else "utf-8"
    if declared.lower() not in _ENCODINGS:
        raise BankFileRefused("encoding_unsupported", line=1, encoding=declared)
    encoding = "utf-8" if data.startswith(_UTF8_MARK) else declared
    try:
        return unmarked.decode(encoding)
    except UnicodeDecodeError as error:
        raise BankFileRefused(
            "text_undecodable",
            line=unmarked.count(b"\n", 0, error.start) + 1,
            byte=error.start + 1,
            encoding=encoding,
        ) from error


def _line_of(text: str) -> int:
    positions = [text.find(mark) for mark in ("<!DOCTYPE", "<!ENTITY")]
    return text.count("\n", 0, min(p for p in positions if p >= 0)) + 1
