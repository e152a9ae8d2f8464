"""camt.053: every version says the same, everything that matching needs is kept, and nothing that does not add up is read."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from fairlot.providers.wire import (
    BankFileRefused,
    BankParty,
    BankTransaction,
    Direction,
    InstructedAmount,
    ReturnReason,
    Statement,
    read_bank_file,
    read_camt053,
    reference_for,
    references_in,
)
from fairlot.providers.wire.sample_statement import SampleEntry, write_statement
from tests.support.statements import DAY, build_statement, sample_statement

GOLDEN = Path(__file__).parents[2] / "golden" / "wire"
VERSIONS = ("02", "04", "08", "14")


def golden(version: str) -> bytes:
    return (GOLDEN / f"camt053-{version}.xml").read_bytes()


def only_statement(data: bytes) -> Statement:
    (statement,) = read_bank_file(data)
    return statement


@pytest.fixture(params=VERSIONS)
def statement(request: pytest.FixtureRequest) -> Statement:
    return only_statement(golden(request.param))


def by_reference(statement: Statement, reference: str) -> BankTransaction:
    (found,) = (t for t in statement.transactions if t.bank_reference == reference)
    return found


class TestWhatIsKept:
    def test_the_statement_is_identified(self, statement: Statement) -> None:
        assert statement.account == "DE89370400440532013000"
        assert statement.bank == "COBADEFFXXX"
        assert statement.message_id == "MSG-20261121-7"
        assert statement.statement_id == "STMT-2026-224"
        assert statement.sequence_number == 224
        assert statement.created_at == datetime(2026, 11, 21, 4, 12, tzinfo=UTC)

    def test_balances_are_booked_ones_not_available_ones(self, statement: Statement) -> None:
        (pair,) = statement.balances
        assert (pair.currency, pair.opening_minor, pair.closing_minor) == ("EUR", 100_000, 973_120)
        assert (pair.opening_date, pair.closing_date) == (date(2026, 11, 18), date(2026, 11, 20))

    def test_only_booked_entries_are_transactions(self, statement: Statement) -> None:
        assert len(statement.transactions) == 11
        assert [(u.status, u.amount_minor) for u in statement.unbooked] == [
            ("PDNG", 50_000),
            ("INFO", 100),
        ]
        assert statement.unbooked[0].debtor_name == "Tomorrow GmbH"
        assert statement.unbooked[0].end_to_end_id == "EARLY-1"
        assert statement.unbooked[0].booked_date is None

    def test_references_and_parties(self, statement: Statement) -> None:
        paid = by_reference(statement, "2026111900001")
        assert paid.signed_minor == 594_000
        assert paid.instruction_id == "INS-77"
        assert paid.transaction_id == "TX-77"
        assert paid.end_to_end_id is None, "NOTPROVIDED is no reference"
        assert paid.entry_reference == "1"
        assert paid.bank_transaction_code == "PMNT/RCDT/ESCT"
        assert paid.debtor == BankParty(
            name="Harbor Goods GmbH", account="DE02120300000000202051", bank="BYLADEM1001"
        )
        assert paid.creditor.account == statement.account
        assert paid.remittance_lines == (
            "Deposit 3000 power banks RF88 43KN ZW96",
            "D5WZ FJ4T EF80 1",
        )
        assert references_in(paid) == {reference_for("ord_01jd4m8q7vx2c9k5t3w6y1z0ab", 1)}
        if statement.format in {"camt.053.001.08", "camt.053.001.14"}:
            assert paid.uetr == "8d3a8b1e-6f0c-4b7e-9a44-0f2d6f5d9c11"

    def test_exchange_and_charges(self, statement: Statement) -> None:
        paid = by_reference(statement, "2026112000001")
        assert paid.amount_minor == 184_320, "what was booked, not what was sent"
        assert paid.instructed == InstructedAmount(
            amount_minor=200_000, currency="USD", exchange_rate="0.9291"
        )
        (charge,) = paid.charges
        assert (charge.amount_minor, charge.currency, charge.bearer) == (1_500, "EUR", "SHAR")
        assert charge.direction is Direction.DEBIT
        assert paid.debtor.account == "4417829055"
        assert paid.creditor_references == ("RF18539007547034",)

    def test_a_time_is_an_instant_and_a_day_stays_a_day(self, statement: Statement) -> None:
        at_a_time = by_reference(statement, "2026112000001")
        assert at_a_time.booked_at == datetime(2026, 11, 20, 8, 30, 15, tzinfo=UTC)
        assert at_a_time.booked_date == date(2026, 11, 20)
        on_a_day = by_reference(statement, "2026111900001")
        assert (on_a_day.booked_date, on_a_day.booked_at) == (date(2026, 11, 19), None)
        assert on_a_day.value_date == date(2026, 11, 19)

    def test_an_itemized_batch_is_its_parts(self, statement: Statement) -> None:
        parts = [t for t in statement.transactions if t.bank_reference == "2026111900002"]
        assert [(p.amount_minor, p.end_to_end_id, p.debtor.name) for p in parts] == [
            (10_000, "INV-1", "Buyer 1 SARL"),
            (25_000, "INV-2", "Buyer 2 SARL"),
            (40_000, "INV-3", "Buyer 3 SARL"),
        ]
        assert len({p.entry_key for p in parts}) == 1
        assert len({p.key for p in parts}) == 3

    def test_debits_returns_and_reversals(self, statement: Statement) -> None:
        sent = by_reference(statement, "2026112000002")
        assert (sent.direction, sent.amount_minor) == (Direction.DEBIT, 120_000)
        assert sent.end_to_end_id == "pay-01jd4m8q7vx2c9k5t3w6y1z0cd"
        assert sent.creditor.name == "Shenzhen Brightcell Electronics"
        back = by_reference(statement, "2026112000003")
        assert back.direction is Direction.CREDIT
        assert back.return_reason == ReturnReason(code="AC04", text="Account closed")
        assert not back.is_reversal
        assert by_reference(statement, "2026112000004").is_reversal

    def test_an_entry_without_details_is_a_transaction(self, statement: Statement) -> None:
        (fee,) = (t for t in statement.transactions if t.signed_minor == -1_250)
        assert fee.additional_text == "Account fee November"
        assert fee.bank_reference is None

    def test_alike_payments_without_reference_are_two(self, statement: Statement) -> None:
        alike = [t for t in statement.transactions if t.amount_minor == 9_900]
        assert len(alike) == 2
        assert len({t.key for t in alike}) == 2
        assert alike[0].debtor.name == "Café Zürich AG", "Latin-1 and UTF-8 alike"


class TestVersions:
    def test_all_versions_give_the_same_keys(self) -> None:
        statements = [only_statement(golden(version)) for version in VERSIONS]
        assert len({tuple(t.key for t in s.transactions) for s in statements}) == 1
        assert len({s.identity_key for s in statements}) == 1

    @pytest.mark.parametrize("number", range(2, 15))
    def test_every_version_from_02_to_14_is_read(self, number: int) -> None:
        data = golden("04").replace(b"camt.053.001.04", f"camt.053.001.{number:02d}".encode())
        assert only_statement(data).format == f"camt.053.001.{number:02d}"

    @pytest.mark.parametrize(
        "name", ["camt.053.001.01", "camt.053.001.15", "camt.052.001.08", "camt.054.001.08"]
    )
    def test_other_messages_are_refused(self, name: str) -> None:
        data = golden("08").replace(b"camt.053.001.08", name.encode())
        with pytest.raises(BankFileRefused) as refused:
            read_camt053(data)
        assert refused.value.code == "message_unknown"

    def test_a_transport_envelope_is_opened(self) -> None:
        _, _, document = golden("08").partition(b"?>")
        enveloped = b"<Envelope xmlns='urn:x'><Header/>" + document + b"</Envelope>"
        assert only_statement(enveloped) == only_statement(golden("08"))

    def test_two_documents_in_one_file_are_refused(self) -> None:
        _, _, document = golden("08").partition(b"?>")
        with pytest.raises(BankFileRefused):
            read_camt053(b"<Envelope>" + document + document + b"</Envelope>")

    def test_a_namespace_prefix_changes_nothing(self) -> None:
        data = golden("08").decode()
        prefixed = data.replace("</", "\0").replace("<", "<c:").replace("\0", "</c:")
        prefixed = prefixed.replace("<c:?xml", "<?xml").replace("xmlns=", "xmlns:c=")
        assert only_statement(prefixed.encode()) == only_statement(golden("08"))


def changed(data: bytes, old: str, new: str, count: int = 1) -> bytes:
    text = data.decode()
    assert old in text, "the test changes what is there"
    return text.replace(old, new, count).encode()


def refused(data: bytes) -> BankFileRefused:
    with pytest.raises(BankFileRefused) as caught:
        read_bank_file(data)
    return caught.value


PAID = build_statement(SampleEntry(amount_minor=594_000, booked_date=DAY, bank_reference="B-1"))
BATCH = build_statement(
    SampleEntry(
        booked_date=DAY,
        parts=(
            SampleEntry(amount_minor=300, booked_date=DAY),
            SampleEntry(amount_minor=700, booked_date=DAY),
        ),
    )
)


class TestRefusals:
    @pytest.mark.parametrize(
        ("old", "new", "code", "place"),
        [
            ("<Cd>OPBD</Cd>", "<Cd>OPAV</Cd>", "balance_missing", "Stmt[1]"),
            ("<Cd>CLBD</Cd>", "<Cd>CLAV</Cd>", "balance_missing", "Stmt[1]"),
            ("5940.00", "-5940.00", "amount_negative", "Bal[2]/Amt[1]"),
            ("5940.00", "NaN", "amount_unreadable", "Bal[2]/Amt[1]"),
            ("5940.00", "Infinity", "amount_unreadable", "Bal[2]/Amt[1]"),
            ("5940.00", "5.94E3", "amount_unreadable", "Bal[2]/Amt[1]"),
            ("5940.00", "5,940.00", "amount_unreadable", "Bal[2]/Amt[1]"),
            ("5940.00", "５９４０", "amount_unreadable", "Bal[2]/Amt[1]"),
            ("5940.00", "", "amount_unreadable", "Bal[2]/Amt[1]"),
            ("5940.00", "5940.000", "amount_decimals", "Bal[2]/Amt[1]"),
            ("5940.00", "10000000000000.01", "amount_too_large", "Bal[2]/Amt[1]"),
            ("5940.00", "9" * 400, "amount_unreadable", "Bal[2]/Amt[1]"),
            ("5940.00", "5940.01", "balances_disagree", "Stmt[1]"),
            ('Ccy="USD">5940', 'Ccy="EUR">5940', "balance_missing", "Stmt[1]"),
            ('Ccy="USD">5940', ">5940", "field_missing", "Bal[2]/Amt[1]"),
            ("<CdtDbtInd>CRDT", "<CdtDbtInd>PLUS", "field_unreadable", "Bal[1]/CdtDbtInd[1]"),
            ("<ElctrncSeqNb>1<", "<ElctrncSeqNb>-1<", "field_unreadable", "ElctrncSeqNb[1]"),
            ("<Dt>2026-11-20", "<Dt>2026-11-31", "date_unreadable", "Bal[1]/Dt[1]/Dt[1]"),
            ("<Dt>2026-11-20", "<Dt>20.11.2026", "date_unreadable", "Bal[1]/Dt[1]/Dt[1]"),
            ("<Id>STMT-1</Id>", "", "field_missing", "Stmt[1]"),
            ("<MsgId>MSG-1</MsgId>", "", "field_missing", "BkToCstmrStmt[1]"),
            ("DE89370400440532013000", "", "field_missing", "Stmt[1]/Acct[1]"),
        ],
    )
    def test_what_is_wrong_is_named_with_line_and_place(
        self, old: str, new: str, code: str, place: str
    ) -> None:
        refusal = refused(changed(PAID, old, new))
        assert refusal.code == code
        assert refusal.place.endswith(place)
        assert refusal.line is not None
        assert str(refusal).startswith(f"Line {refusal.line} (")
        assert refusal.sentence("zh").startswith(f"第 {refusal.line} 行")

    @pytest.mark.parametrize("currency", ["XAU", "XTS", "usd", "DEM", "dollars"])
    def test_a_currency_without_minor_units_is_refused(self, currency: str) -> None:
        data = changed(PAID, 'Ccy="USD"', f'Ccy="{currency}"', count=-1)
        assert refused(data).code == "currency_unknown"

    def test_the_line_is_the_line_of_the_fault(self) -> None:
        data = changed(PAID, "<ElctrncSeqNb>1<", "<ElctrncSeqNb>x<")
        line = refused(data).line
        assert line is not None
        assert "ElctrncSeqNb" in data.decode().splitlines()[line - 1]

    @pytest.mark.parametrize(
        ("old", "new", "code"),
        [
            ("<Sts>\n", "<Sts2>\n", "not_well_formed"),
            ("<Cd>BOOK</Cd>", "", "field_missing"),
            ("<BookgDt>\n          <Dt>2026-11-20</Dt>\n        </BookgDt>", "", "field_missing"),
            ("<BookgDt>\n          <Dt>2026-11-20", "<BookgDt>\n<Dt>soon", "date_unreadable"),
        ],
    )
    def test_entries_need_status_and_booking_day(self, old: str, new: str, code: str) -> None:
        assert refused(changed(PAID, old, new)).code == code

    def test_a_missing_entry_refuses_the_whole_file(self) -> None:
        text = PAID.decode()
        begin, end = text.index("<Ntry>"), text.index("</Ntry>") + len("</Ntry>")
        refusal = refused((text[:begin] + text[end:]).encode())
        assert refusal.code == "balances_disagree"
        assert refusal.facts["closing_minor"] == 594_000

    def test_one_bad_statement_refuses_its_neighbors(self) -> None:
        good = sample_statement(SampleEntry(amount_minor=1, booked_date=DAY))
        later = sample_statement(
            SampleEntry(amount_minor=2, booked_date=DAY),
            opening_minor=1,
            statement_id="STMT-2",
            sequence_number=2,
        )
        data = write_statement(good, later)
        assert len(read_bank_file(data)) == 2
        assert refused(changed(data, '"USD">0.03<', '"USD">0.04<')).place == (
            "BkToCstmrStmt[1]/Stmt[2]"
        )

    def test_the_same_statement_twice_in_a_file_is_refused(self) -> None:
        statement = sample_statement(SampleEntry(amount_minor=1, booked_date=DAY))
        assert refused(write_statement(statement, statement)).code == "statement_twice"

    def test_batch_details_must_add_up(self) -> None:
        (statement,) = read_bank_file(BATCH)
        assert [t.amount_minor for t in statement.transactions] == [300, 700]
        refusal = refused(changed(BATCH, '"USD">3.00<', '"USD">2.99<'))
        assert refusal.code == "details_disagree"
        assert (refusal.facts["details_minor"], refusal.facts["entry_minor"]) == (999, 1_000)

    def test_a_single_detail_must_be_the_entry_or_be_explained_by_charges(self) -> None:
        data = PAID.decode()
        cut = data.index("<TxDtls>")
        worse = data[:cut] + data[cut:].replace("5940.00", "5950.00", 1)
        assert refused(worse.encode()).code == "details_disagree"
        charge = '<Chrgs><Rcrd><Amt Ccy="USD">10.00</Amt></Rcrd></Chrgs>'
        explained = worse.replace(
            "</CdtDbtInd>\n          </TxDtls>", f"</CdtDbtInd>{charge}</TxDtls>"
        )
        assert explained != worse
        (statement,) = read_bank_file(explained.encode())
        assert [t.amount_minor for t in statement.transactions] == [594_000]

    def test_a_lone_detail_has_the_entrys_direction_whatever_it_says(self) -> None:
        text = PAID.decode()
        cut = text.index("<TxDtls>")
        turned = text[:cut] + text[cut:].replace("CRDT", "DBIT")
        (statement,) = read_bank_file(turned.encode())
        assert statement.transactions[0].signed_minor == 594_000

    def test_a_batch_without_amounts_stays_whole_and_nobodys(self) -> None:
        text = BATCH.decode()
        for amount in ("3.00", "7.00"):
            text = text.replace(f'<Amt Ccy="USD">{amount}</Amt>', "", 1)
        (statement,) = read_bank_file(text.encode())
        (whole,) = statement.transactions
        assert whole.amount_minor == 1_000
        assert whole.debtor == BankParty()
        assert whole.end_to_end_id is None


class TestCurrencies:
    @pytest.mark.parametrize(
        ("currency", "text", "amount_minor"),
        [
            ("JPY", "594000", 594_000),
            ("USD", "5940.00", 594_000),
            ("KWD", "594.000", 594_000),
            ("CLF", "59.4000", 594_000),
        ],
    )
    def test_every_exponent_is_read_exactly(
        self, currency: str, text: str, amount_minor: int
    ) -> None:
        data = build_statement(
            SampleEntry(amount_minor=amount_minor, booked_date=DAY), currency=currency
        )
        assert f">{text}<".encode() in data
        (statement,) = read_bank_file(data)
        assert [(t.amount_minor, t.currency) for t in statement.transactions] == [
            (amount_minor, currency)
        ]

    def test_fewer_decimals_than_the_currency_has_are_read(self) -> None:
        (statement,) = read_bank_file(PAID.replace(b"5940.00", b"5940"))
        assert statement.transactions[0].amount_minor == 594_000

    def test_an_entry_in_another_currency_counts_by_its_counter_value(self) -> None:
        text = PAID.decode()
        cut = text.index("<Ntry>")
        counter_value = '<AmtDtls><CntrValAmt><Amt Ccy="USD">5940.00</Amt></CntrValAmt></AmtDtls>'
        entry = text[cut:].replace('Ccy="USD">5940.00', 'Ccy="EUR">5500.00', 2)
        entry = entry.replace("<NtryDtls>", f"{counter_value}<NtryDtls>", 1)
        (statement,) = read_bank_file((text[:cut] + entry).encode())
        (paid,) = statement.transactions
        assert (paid.amount_minor, paid.currency) == (594_000, "USD")
        assert paid.instructed == InstructedAmount(amount_minor=550_000, currency="EUR")

    def test_an_entry_in_another_currency_without_counter_value_is_refused(self) -> None:
        text = PAID.decode()
        cut = text.index("<Ntry>")
        data = text[:cut] + text[cut:].replace('Ccy="USD"', 'Ccy="EUR"')
        assert refused(data.encode()).code == "account_currency_missing"

    def test_an_account_of_several_currencies_is_proved_in_each(self) -> None:
        text = PAID.decode()
        euros = build_statement(SampleEntry(amount_minor=5, booked_date=DAY), currency="EUR")
        other = euros.decode()
        balances = other[other.index("<Bal>") : other.index("<Ntry>")]
        entry = other[other.index("<Ntry>") : other.index("</Ntry>") + len("</Ntry>")]
        both = text.replace("<Ntry>", balances + "<Ntry>", 1).replace("</Stmt>", entry + "</Stmt>")
        (statement,) = read_bank_file(both.encode())
        assert [(p.currency, p.closing_minor) for p in statement.balances] == [
            ("EUR", 5),
            ("USD", 594_000),
        ]
        assert (
            refused(both.replace('"EUR">0.05</Amt>', '"EUR">0.06</Amt>', 1).encode()).facts[
                "currency"
            ]
            == "EUR"
        )

    def test_an_overdrawn_account_adds_up(self) -> None:
        data = build_statement(
            SampleEntry(amount_minor=700, booked_date=DAY, direction=Direction.DEBIT),
            opening_minor=-300,
        )
        (statement,) = read_bank_file(data)
        assert statement.balances[0].closing_minor == -1_000


class TestBalances:
    def test_the_previous_closing_balance_opens_where_no_opening_is_given(self) -> None:
        data = changed(PAID, "OPBD", "PRCD")
        assert only_statement(data).balances == only_statement(PAID).balances

    def test_a_page_runs_from_interim_balance_to_interim_balance(self) -> None:
        data = changed(changed(PAID, "OPBD", "ITBD"), "CLBD", "ITBD")
        assert only_statement(data).balances == only_statement(PAID).balances

    def test_one_interim_balance_does_not_prove_anything(self) -> None:
        data = changed(changed(PAID, "OPBD", "ITBD"), "CLBD", "CLAV")
        assert refused(data).code == "balance_missing"

    def test_two_different_opening_balances_are_refused(self) -> None:
        text = PAID.decode()
        first = text[text.index("<Bal>") : text.index("</Bal>") + len("</Bal>")]
        twice = text.replace(first, first + first, 1)
        assert only_statement(twice.encode()).balances == only_statement(PAID).balances
        differing = text.replace(first, first + first.replace("0.00", "0.01"), 1)
        assert refused(differing.encode()).code == "balance_ambiguous"


class TestTimes:
    @pytest.mark.parametrize(
        ("text", "day", "instant"),
        [
            ("2026-11-20T00:30:00+02:00", date(2026, 11, 20), datetime(2026, 11, 19, 22, 30)),
            (
                "2026-11-20T23:59:59.999Z",
                date(2026, 11, 20),
                datetime(2026, 11, 20, 23, 59, 59, 999000),
            ),
            ("2026-11-20T24:00:00Z", date(2026, 11, 20), datetime(2026, 11, 21)),
        ],
    )
    def test_the_day_is_as_written_and_the_instant_is_utc(
        self, text: str, day: date, instant: datetime
    ) -> None:
        booked = self.booked(text)
        assert booked.booked_date == day
        assert booked.booked_at == instant.replace(tzinfo=UTC)

    def test_a_time_without_zone_is_an_instant_only_if_the_banks_zone_is_known(self) -> None:
        assert self.booked("2026-11-20T09:30:00").booked_at is None
        at_home = self.booked("2026-11-20T09:30:00", ZoneInfo("Europe/Berlin"))
        assert at_home.booked_at == datetime(2026, 11, 20, 8, 30, tzinfo=UTC)
        elsewhere = self.booked("2026-11-20T09:30:00Z", ZoneInfo("Europe/Berlin"))
        assert elsewhere.booked_at == datetime(2026, 11, 20, 9, 30, tzinfo=UTC)

    @pytest.mark.parametrize(
        "text", ["2026-11-20 09:30:00", "2026-11-20T25:00:00", "2026-11-20T09:30:00+99:00", "now"]
    )
    def test_other_times_are_refused(self, text: str) -> None:
        with pytest.raises(BankFileRefused) as caught:
            self.booked(text)
        assert caught.value.code == "date_unreadable"

    def test_the_first_and_last_instants_of_the_calendar_are_refused_not_crashed_on(self) -> None:
        for text in ("0001-01-01T00:00:00+14:00", "9999-12-31T24:00:00-12:00"):
            with pytest.raises(BankFileRefused):
                self.booked(text)

    def booked(self, text: str, zone: ZoneInfo | None = None) -> BankTransaction:
        data = changed(
            PAID,
            "<BookgDt>\n          <Dt>2026-11-20</Dt>",
            f"<BookgDt>\n          <DtTm>{text}</DtTm>",
        )
        (statement,) = read_bank_file(data, bank_zone=zone)
        (transaction,) = statement.transactions
        return transaction
