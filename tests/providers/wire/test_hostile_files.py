"""Hostile and broken bank files: always a statement or the named refusal, never anything else, never anything outside read."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from fairlot.providers.wire import BankFileRefused, Statement, read_bank_file
from fairlot.providers.wire.sample_statement import SampleEntry
from fairlot.providers.wire.xml_document import (
    BANK_FILE_BYTES_MAX,
    FIELD_CHARACTERS_MAX,
    Element,
)
from tests.support.statements import DAY, build_statement

GOLDEN = Path(__file__).parents[2] / "golden" / "wire"
FILES = {
    path.name: path.read_bytes() for path in sorted(GOLDEN.iterdir()) if "pain" not in path.name
}
PLAIN = build_statement(
    SampleEntry(amount_minor=594_000, booked_date=DAY, remittance_text="Deposit")
)
HEADLESS = PLAIN.partition(b"?>")[2]
MUTATIONS_PER_RUN = 400
TRUNCATIONS_PER_FILE = 150


def refused(data: bytes) -> BankFileRefused:
    with pytest.raises(BankFileRefused) as caught:
        read_bank_file(data)
    assert caught.value.sentence("en")
    assert caught.value.sentence("zh")
    return caught.value


def read_or_refuse(data: bytes) -> tuple[Statement, ...]:
    """Read a file; a refusal is as good, anything else fails the test."""
    try:
        statements = read_bank_file(data)
    except BankFileRefused:
        return ()
    for statement in statements:
        for pair in statement.balances:
            booked = [t for t in statement.transactions if t.currency == pair.currency]
            total = sum(t.signed_minor for t in booked)
            assert pair.opening_minor + total == pair.closing_minor
        assert len({t.key for t in statement.transactions}) == len(statement.transactions)
    return statements


class TestEntities:
    def test_a_document_type_with_an_entity(self) -> None:
        data = b'<!DOCTYPE Document [<!ENTITY e "594000">]>' + HEADLESS.replace(b"Deposit", b"&e;")
        assert refused(data).code == "document_type_present"

    def test_a_file_of_this_machine_is_not_read(self, tmp_path: Path) -> None:
        secret = tmp_path / "secret"
        secret.write_text("only for us")
        data = (
            f'<!DOCTYPE Document [<!ENTITY e SYSTEM "{secret.as_uri()}">]>'.encode()
            + HEADLESS.replace(b"Deposit", b"&e;")
        )
        refusal = refused(data)
        assert refusal.code == "document_type_present"
        assert "only for us" not in str(refusal)

    def test_a_billion_laughs(self) -> None:
        laughs = "".join(
            f'<!ENTITY l{i} "{f"&l{i - 1};" * 10 if i else "lol"}">' for i in range(10)
        )
        data = f"<!DOCTYPE Document [{laughs}]>".encode() + HEADLESS.replace(b"Deposit", b"&l9;")
        assert refused(data).code == "document_type_present"

    @pytest.mark.parametrize(
        "declaration",
        [
            b'<!DOCTYPE Document SYSTEM "http://127.0.0.1/x.dtd">',
            b"<!DOCTYPE Document>",
            b'<!DOCTYPE Document PUBLIC "-//X" "x.dtd">',
            b"<!DOCTYPE Document [<!ATTLIST Document x CDATA 'y'>]>",
            b"\n\n<!DOCTYPE Document [<!ENTITY % p SYSTEM 'p'> %p;]>",
        ],
    )
    def test_any_document_type(self, declaration: bytes) -> None:
        refusal = refused(declaration + HEADLESS)
        assert refusal.code == "document_type_present"
        assert refusal.line == 1 + declaration.count(b"\n")

    def test_an_undeclared_entity(self) -> None:
        assert refused(PLAIN.replace(b"Deposit", b"&e;")).code == "not_well_formed"

    def test_inclusion_of_other_files_is_only_text(self, tmp_path: Path) -> None:
        include = b'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="secret"/>'
        (tmp_path / "secret").write_text("only for us")
        (statement,) = read_bank_file(PLAIN.replace(b"Deposit", b"Deposit" + include))
        assert statement.transactions[0].remittance_lines == ("Deposit",)

    def test_the_walls_stand_in_every_encoding_we_read(self) -> None:
        for encoding in ("utf-8", "iso-8859-1", "windows-1252", "us-ascii"):
            head = f"<?xml version='1.0' encoding='{encoding}'?><!DOCTYPE Document>"
            assert refused(head.encode() + HEADLESS).code == "document_type_present"


class TestEncodings:
    @pytest.mark.parametrize(
        "encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-7", "cp037", "cp500"]
    )
    def test_encodings_in_which_markup_can_hide_are_refused(self, encoding: str) -> None:
        text = f"<?xml version='1.0' encoding='{encoding}'?>" + HEADLESS.decode()
        assert refused(text.encode(encoding)).code in {"encoding_unsupported", "format_unknown"}
        assert refused(text.encode()).code == "encoding_unsupported"

    @pytest.mark.parametrize("encoding", ["iso-8859-1", "iso-8859-15", "windows-1252", "utf-8"])
    def test_encodings_of_western_banks_are_read(self, encoding: str) -> None:
        text = f"<?xml version='1.0' encoding='{encoding}'?>" + HEADLESS.decode()
        data = text.replace("Deposit", "Anzahlung für Geräte").encode(encoding)
        (statement,) = read_bank_file(data)
        assert statement.transactions[0].remittance_lines == ("Anzahlung für Geräte",)

    def test_bytes_that_are_not_the_declared_encoding(self) -> None:
        refusal = refused(PLAIN.replace(b"Deposit", b"Dep\xf6sit"))
        assert refusal.code == "text_undecodable"
        assert refusal.line is not None
        assert refusal.facts["byte"] == PLAIN.index(b"Deposit") + 4

    def test_chinese_is_read(self) -> None:
        (statement,) = read_bank_file(PLAIN.replace(b"Deposit", "货款".encode()))
        assert statement.transactions[0].remittance_lines == ("货款",)


class TestSizes:
    def test_a_file_over_the_limit_is_refused_unread(self) -> None:
        refusal = refused(b"<" + b" " * BANK_FILE_BYTES_MAX)
        assert refusal.code == "file_too_large"
        assert str(BANK_FILE_BYTES_MAX) in str(refusal)

    def test_a_field_over_the_limit_is_refused(self) -> None:
        long = b"x" * (FIELD_CHARACTERS_MAX + 1)
        assert refused(PLAIN.replace(b"Deposit", long)).code == "field_too_long"
        assert refused(PLAIN.replace(b'Ccy="', b'Ccy="' + long, 1)).code == "field_too_long"
        (statement,) = read_bank_file(PLAIN.replace(b"Deposit", long[:-1]))
        assert len(statement.transactions[0].remittance_lines[0]) == FIELD_CHARACTERS_MAX

    @pytest.mark.parametrize("depth", [200, 300, 100_000])
    def test_deep_nesting_is_refused_or_harmless(self, depth: int) -> None:
        deep = b"<x>" * depth + b"</x>" * depth
        read_or_refuse(PLAIN.replace(b"</Ustrd>", b"</Ustrd>" + deep))

    def test_a_very_wide_file_is_read(self) -> None:
        """Thousands of entries take no more than one pass."""
        entries = [
            SampleEntry(amount_minor=1, booked_date=DAY, bank_reference=f"B-{i % 7}")
            for i in range(2_000)
        ]
        (statement,) = read_bank_file(build_statement(*entries))
        assert len({t.key for t in statement.transactions}) == 2_000

    def test_no_statement_or_entry_is_counted_among_its_like_unless_refused(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Counting takes the square of their number: a file of nothing but statements would take minutes."""
        asked: list[str] = []

        def told(element: Element) -> str:
            asked.append(element.name)
            return element.name

        monkeypatch.setattr(Element, "place", property(told))
        read_bank_file(PLAIN)
        assert asked == ["BkToCstmrStmt"]

    def test_messages_do_not_repeat_what_floods_or_controls(self) -> None:
        flood = "\N{RIGHT-TO-LEFT OVERRIDE}" + "9" * 1_900
        refusal = refused(PLAIN.replace(b"5940.00", flood.encode(), 1))
        assert len(str(refusal)) < 300
        assert "\N{RIGHT-TO-LEFT OVERRIDE}" not in str(refusal)


class TestBrokenFiles:
    @pytest.mark.parametrize("data", [b"", b" \n\t", b"\xef\xbb\xbf"])
    def test_nothing(self, data: bytes) -> None:
        assert refused(data).code in {"file_empty", "format_unknown"}

    @pytest.mark.parametrize(
        "data", [b"PK\x03\x04", b"%PDF-1.7", b"Date;Amount\n2026-11-20;5", b"{}", b"<html></html>"]
    )
    def test_other_formats(self, data: bytes) -> None:
        assert refused(data).code in {"format_unknown", "message_unknown"}

    @pytest.mark.parametrize("name", FILES)
    def test_a_file_cut_off_anywhere_says_nothing_else(self, name: str) -> None:
        """XML is refused; MT940, which has no end of its own, may give the statements that were whole before the cut."""
        complete = read_bank_file(FILES[name])
        rng = random.Random(name)
        end = len(FILES[name].rstrip())
        for _ in range(TRUNCATIONS_PER_FILE):
            found = read_or_refuse(FILES[name][: rng.randrange(end)])
            assert found == complete[: len(found)]
            assert found == () or name.endswith(".sta")

    @given(st.binary(max_size=300))
    @example(b":20:")
    @example(b"\xff\xfe<\x00")
    def test_any_bytes(self, data: bytes) -> None:
        assert read_or_refuse(data) == ()

    @given(st.text(max_size=300))
    def test_any_text_as_mt940(self, text: str) -> None:
        assert read_or_refuse(b":20:A\n:25:B\n:60F:C261120USD0,00\n" + text.encode()) is not None

    @settings(max_examples=MUTATIONS_PER_RUN, deadline=None)
    @given(st.sampled_from(sorted(FILES)), st.randoms(use_true_random=False))
    def test_mutated_files(self, name: str, rng: random.Random) -> None:
        read_or_refuse(mutated(FILES[name], rng))


SPLICES = (
    b"<Ntry>",
    b"</Ntry>",
    b"<TxDtls/>",
    b"<Amt/>",
    b"<BookgDt><DtTm>2026-02-30T00:00:00</DtTm></BookgDt>",
    b'<Amt Ccy="USD">NaN</Amt>',
    b"<RvslInd>maybe</RvslInd>",
    b"-",
    b"0",
    b"9" * 40,
    b"\x00",
    b"\xff",
    "٣".encode(),
    b"&#x0;",
    b"&amp;",
    b"\r\n:61:2611201120C5,00NTRFNONREF\r\n",
    b":86:",
    b"\r\n:62F:C261120EUR1,00",
    b"?20",
    b",",
    b"/",
)


def mutated(data: bytes, rng: random.Random) -> bytes:
    """Change a file in one to four places: something put in, cut out, doubled, moved, or one byte written over."""
    for _ in range(rng.randint(1, 4)):
        begin = rng.randrange(len(data) + 1)
        end = min(len(data), begin + rng.choice([1, 1, 4, 20, 200]))
        stretch = data[begin:end]
        elsewhere = rng.randrange(len(data) + 1)
        data = rng.choice(
            [
                data[:begin] + data[end:],
                data[:begin] + stretch + data[begin:],
                data[:elsewhere] + stretch + data[elsewhere:],
                data[:begin] + bytes([rng.randrange(256)]) + data[begin + 1 :],
                data[:begin] + rng.choice(SPLICES) + data[begin:],
            ]
        )
    return data
