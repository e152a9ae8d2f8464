"""MT940: the same bookings as in camt.053, and nothing that the package would lose in silence."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from fairlot.providers.wire import (
    BankFileRefused,
    BankParty,
    Direction,
    read_bank_file,
    read_mt940,
    reference_for,
    references_in,
)
from fairlot.providers.wire.sample_statement import SampleEntry
from fairlot.providers.wire.xml_document import FIELD_CHARACTERS_MAX
from tests.support.statements import DAY, build_mt940, sample_statement

GOLDEN = Path(__file__).parents[2] / "golden" / "wire" / "statement.sta"
PLAIN = build_mt940(
    sample_statement(
        SampleEntry(amount_minor=594_000, booked_date=DAY, bank_reference="B-1"),
        SampleEntry(amount_minor=100, booked_date=DAY, direction=Direction.DEBIT),
    )
)


def refused(data: bytes) -> BankFileRefused:
    with pytest.raises(BankFileRefused) as caught:
        read_bank_file(data)
    return caught.value


class TestGoldenFile:
    def test_pages_are_read_one_after_the_other(self) -> None:
        first, second = read_bank_file(GOLDEN.read_bytes())
        assert (first.sequence_number, first.page_number) == (224, 1)
        assert (second.sequence_number, second.page_number) == (224, 2)
        assert first.balances[0].closing_minor == second.balances[0].opening_minor == 758_320
        assert second.balances[0].closing_date == date(2026, 11, 20)
        assert first.account == "DE89370400440532013000"

    def test_german_field_86(self) -> None:
        paid, _, sent = read_bank_file(GOLDEN.read_bytes())[0].transactions
        assert (paid.signed_minor, paid.currency) == (594_000, "EUR")
        assert (paid.booked_date, paid.booked_at) == (date(2026, 11, 19), None)
        assert paid.bank_reference == "2026111900001"
        assert paid.debtor == BankParty(
            name="Harbor Goods GmbH", account="DE02120300000000202051", bank="BYLADEM1001"
        )
        assert references_in(paid) == {reference_for("ord_01jd4m8q7vx2c9k5t3w6y1z0ab", 1)}
        assert sent.end_to_end_id == "pay-01jd4m8q7vx2c9k5t3w6y1z0cd"
        assert sent.creditor.name == "Shenzhen Brightcell Electronics"
        assert sent.direction is Direction.DEBIT

    def test_field_86_as_words_between_slashes(self) -> None:
        _, paid, _ = read_bank_file(GOLDEN.read_bytes())[0].transactions
        assert paid.end_to_end_id == "PO-2026-311"
        assert paid.debtor == BankParty(
            name="Signal Way Trading LLC", account="GB82WEST12345698765432", bank="CHASUS33"
        )
        assert paid.remittance_lines == ("Invoice 311",)

    def test_alike_payments_are_two_and_a_reversed_credit_is_a_debit(self) -> None:
        one, other, reversal = read_bank_file(GOLDEN.read_bytes())[1].transactions
        assert one.amount_minor == other.amount_minor == 9_900
        assert one.key != other.key
        assert reversal.is_reversal
        assert reversal.signed_minor == -1_250

    def test_a_byte_order_mark_and_windows_letters_change_nothing(self) -> None:
        data = GOLDEN.read_bytes()
        assert read_mt940(b"\xef\xbb\xbf" + data) == read_mt940(data)
        accented = data.replace(b"Cafe Zurich", "Café Zürich".encode("windows-1252"))
        transaction = read_mt940(accented)[1].transactions[0]
        assert transaction.remittance_lines == ("Sample fee Café Zürich AG",)

    def test_a_swift_envelope_around_it_changes_nothing(self) -> None:
        data = GOLDEN.read_bytes()
        enveloped = b"{1:F01COBADEFFXXX0000000000}{2:I940}{4:\r\n" + data + b"}"
        assert read_bank_file(enveloped) == read_bank_file(data)


class TestRefusals:
    @pytest.mark.parametrize(
        ("old", "new", "code"),
        [
            (b"5940,00NTRF", b"5941,00NTRF", "balances_disagree"),
            (b"5940,00NTRF", b"5940,000NTRF", "amount_decimals"),
            (b"5940,00NTRF", b"59,40,00NTRF", "line_unreadable"),
            (b"C5940,00NTRF", b"C-5940,00NTRF", "line_unreadable"),
            (b":61:261120", b":61:261131", "line_unreadable"),
            (b"USD0,00", b"XAU0,00", "currency_unknown"),
            (b":60F:C261120USD0,00\r\n", b"", "line_count"),
            (b":62F:", b":64:", "line_count"),
            (b":25:DE89370400440532013000\r\n", b"", "line_count"),
            (b":25:DE89370400440532013000", b":25:", "field_missing"),
            (b":28C:1", b":28C:x", "line_unreadable"),
            (b":60F:C261120USD0,00", b":60F:C261120EUR0,00", "balance_missing"),
            (b":86:", b":86:" + b"x" * (FIELD_CHARACTERS_MAX + 1), "field_too_long"),
        ],
    )
    def test_what_is_wrong_is_named(self, old: bytes, new: bytes, code: str) -> None:
        assert old in PLAIN
        assert refused(PLAIN.replace(old, new, 1)).code == code

    def test_a_line_without_type_would_be_overwritten_by_the_next(self) -> None:
        """The package keeps one of two such lines; where their sum is nothing, the balances would not tell."""
        text = (
            ":20:A\n:25:DE89370400440532013000\n:28C:1\n:60F:C261120USD0,00\n"
            ":61:2611201120C5,00\n:61:2611201120D5,00\n:62F:C261120USD0,00\n"
        )
        assert refused(text.encode()).code == "line_count"

    def test_a_second_opening_balance_would_replace_the_first(self) -> None:
        line = b":60F:C261120USD0,00\r\n"
        assert refused(PLAIN.replace(line, line + line)).code == "line_count"

    def test_the_line_is_where_the_statement_begins(self) -> None:
        two = build_mt940(
            sample_statement(SampleEntry(amount_minor=1, booked_date=DAY)),
            sample_statement(
                SampleEntry(amount_minor=2, booked_date=DAY), statement_id="B", sequence_number=2
            ),
        )
        data = b"\r\n\r\n-\r\n" + two.replace(b"0,02\r\n-", b"0,03\r\n-")
        refusal = refused(data)
        assert refusal.code == "balances_disagree"
        assert refusal.line is not None
        assert data.decode().split("\r\n")[refusal.line - 1] == ":20:B"

    def test_text_that_names_a_file_is_not_that_file(self, tmp_path: Path) -> None:
        path = tmp_path / "statement.sta"
        path.write_bytes(PLAIN)
        assert refused(str(path).encode()).code == "format_unknown"
        with pytest.raises(BankFileRefused):
            read_mt940(str(path).encode())

    def test_undecodable_bytes_are_refused(self) -> None:
        assert refused(PLAIN.replace(b"B-1", b"\x81")).code == "text_undecodable"
        assert refused(PLAIN.replace(b"B-1", b"\x00")).code == "encoding_unsupported"


def test_what_cannot_be_read_is_not_logged(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    refused(PLAIN.replace(b":61:", b":61:x"))
    assert "594" not in caplog.text


def test_banks_that_number_nothing_are_read() -> None:
    """Every statement bears the same name and the number zero."""
    first = sample_statement(
        SampleEntry(amount_minor=1, booked_date=DAY), statement_id="STARTUMSE", sequence_number=0
    )
    second = sample_statement(
        SampleEntry(amount_minor=2, booked_date=DAY),
        statement_id="STARTUMSE",
        sequence_number=0,
        opening_minor=1,
    )
    one, other = read_bank_file(build_mt940(first, second).replace(b":28C:1", b":28C:0"))
    assert one.sequence_number is other.sequence_number is None
    assert one.identity_key != other.identity_key
