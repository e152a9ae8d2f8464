"""pain.001: valid by the published schema, the same bytes for the same file, and nothing a bank would not carry."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from fairlot.providers.wire import (
    ChargeBearer,
    CreditTransfer,
    CreditTransferBatch,
    PaymentAccount,
    PaymentBank,
    PaymentFile,
    PaymentFileRefused,
    PaymentParty,
    PostalAddress,
    Scheme,
    reference_for,
    write_pain001,
)
from fairlot.providers.wire.payment_file_checks import (
    NAME_CHARACTERS_MAX,
    REMITTANCE_CHARACTERS_MAX,
    SEPA_AMOUNT_MINOR_MAX,
    TRANSFERS_MAX,
)

NAMESPACE = {"p": "urn:iso:std:iso:20022:tech:xsd:pain.001.001.09"}
SCHEMA = etree.XMLSchema(
    etree.parse(BytesIO((files("sepaxml") / "schemas" / "pain.001.001.09.xsd").read_bytes()))
)
GOLDEN = Path(__file__).parents[2] / "golden" / "wire" / "payouts.pain001.xml"
OURS = PaymentParty(
    name="Fairlot Trust Account", address=PostalAddress(town="Frankfurt am Main", country="DE")
)
SUPPLIER = PaymentParty(
    name="Shenzhen Brightcell Electronics Co., Ltd.",
    address=PostalAddress(
        street="Keji Nan Road",
        building_number="12",
        post_code="518057",
        town="Shenzhen",
        country="CN",
    ),
)
IBAN = PaymentAccount(iban="DE89370400440532013000")
UETR = "8d3a8b1e-6f0c-4b7e-9a44-0f2d6f5d9c11"


def transfer(**facts: Any) -> CreditTransfer:
    """Return a payout in US dollars to China."""
    given_facts: dict[str, Any] = {
        "payout_id": "pay_01jd4m8q7vx2c9k5t3w6y1z0cd",
        "amount_minor": 1_980_000,
        "currency": "USD",
        "creditor": SUPPLIER,
        "creditor_account": PaymentAccount(number="44201502400052500 1"),
        "creditor_bank": PaymentBank(bic="BKCHCNBJ45A"),
        "intermediary_bank": PaymentBank(bic="IRVTUS3NXXX"),
        "remittance_text": "Order PB-10, 3000 power banks",
        "purpose_code": "GDDS",
        "uetr": UETR,
    }
    return CreditTransfer(**(given_facts | facts))


def euro_transfer(**facts: Any) -> CreditTransfer:
    """Return a payout in euro inside SEPA."""
    given_facts: dict[str, Any] = {
        "payout_id": "pay_euro",
        "amount_minor": 120_000,
        "currency": "EUR",
        "creditor": PaymentParty(name="Brightcell Europe B.V."),
        "creditor_account": PaymentAccount(iban="NL91ABNA0417164300"),
    }
    return CreditTransfer(**(given_facts | facts))


def batch(*transfers: CreditTransfer, **facts: Any) -> CreditTransferBatch:
    given_facts: dict[str, Any] = {
        "batch_id": "bat_usd",
        "scheme": Scheme.CROSS_BORDER,
        "execution_date": date(2026, 11, 23),
        "debtor": OURS,
        "debtor_account": IBAN,
        "debtor_bank": PaymentBank(bic="COBADEFFXXX"),
        "charge_bearer": ChargeBearer.DEBTOR,
        "transfers": transfers or (transfer(),),
    }
    return CreditTransferBatch(**(given_facts | facts))


def sepa(*transfers: CreditTransfer, **facts: Any) -> CreditTransferBatch:
    given_facts: dict[str, Any] = {
        "batch_id": "bat_eur",
        "scheme": Scheme.SEPA,
        "charge_bearer": None,
        "debtor_bank": None,
    }
    return batch(*(transfers or (euro_transfer(),)), **(given_facts | facts))


def payment_file(*batches: CreditTransferBatch, **facts: Any) -> PaymentFile:
    given_facts: dict[str, Any] = {
        "message_id": "out_01jd4m8q7vx2c9k5t3w6y1z0ef",
        "created_at": datetime(2026, 11, 21, 10, 30, tzinfo=UTC),
        "initiator_name": "Fairlot",
        "batches": batches or (batch(),),
    }
    return PaymentFile(**(given_facts | facts))


def written(file: PaymentFile) -> etree._Element:
    """Write a file, hold it against the published schema, and return its root."""
    root = etree.fromstring(write_pain001(file))
    SCHEMA.assertValid(root)
    return root


def texts(root: etree._Element, path: str) -> list[str]:
    return [str(e.text) for e in root.iterfind(f".//{path}", {None: NAMESPACE["p"]})]


def refusal(file: PaymentFile) -> PaymentFileRefused:
    with pytest.raises(PaymentFileRefused) as caught:
        write_pain001(file)
    return caught.value


class TestCrossBorder:
    def test_everything_is_where_the_schema_wants_it(self) -> None:
        root = written(payment_file())
        assert texts(root, "GrpHdr/MsgId") == ["out-01jd4m8q7vx2c9k5t3w6y1z0ef"]
        assert texts(root, "GrpHdr/CreDtTm") == ["2026-11-21T10:30:00Z"]
        assert texts(root, "EndToEndId") == ["pay-01jd4m8q7vx2c9k5t3w6y1z0cd"]
        assert texts(root, "UETR") == [UETR]
        assert texts(root, "SvcLvl/Cd") == ["NURG"]
        assert texts(root, "InstrPrty") == ["NORM"]
        assert texts(root, "ChrgBr") == ["DEBT"]
        assert texts(root, "ReqdExctnDt/Dt") == ["2026-11-23"]
        assert texts(root, "InstdAmt") == ["19800.00"]
        assert texts(root, "IntrmyAgt1/FinInstnId/BICFI") == ["IRVTUS3NXXX"]
        assert texts(root, "CdtrAgt/FinInstnId/BICFI") == ["BKCHCNBJ45A"]
        assert texts(root, "Cdtr/Nm") == ["Shenzhen Brightcell Electronics Co., Ltd."]
        assert texts(root, "Cdtr/PstlAdr/TwnNm") == ["Shenzhen"]
        assert texts(root, "CdtrAcct/Id/Othr/Id") == ["44201502400052500 1"]
        assert texts(root, "DbtrAcct/Id/IBAN") == ["DE89370400440532013000"]
        assert texts(root, "Purp/Cd") == ["GDDS"]
        assert texts(root, "RmtInf/Ustrd") == ["Order PB-10, 3000 power banks"]

    def test_a_bank_may_be_named_by_its_clearing_number(self) -> None:
        bank = PaymentBank(
            clearing_system="USABA", clearing_number="021000021", name="Chase, New York"
        )
        root = written(payment_file(batch(transfer(creditor_bank=bank, intermediary_bank=None))))
        assert texts(root, "CdtrAgt/FinInstnId/ClrSysMmbId/MmbId") == ["021000021"]
        assert texts(root, "IntrmyAgt1") == []

    def test_a_purpose_longer_than_a_code_is_the_banks_own(self) -> None:
        root = written(payment_file(batch(transfer(purpose_code="CGODDR"))))
        assert texts(root, "Purp/Prtry") == ["CGODDR"]

    def test_an_urgent_batch_says_so(self) -> None:
        root = written(payment_file(batch(is_urgent=True, is_booked_as_one=True)))
        assert texts(root, "SvcLvl/Cd") == ["URGP"]
        assert texts(root, "InstrPrty") == ["HIGH"]
        assert texts(root, "BtchBookg") == ["true"]

    @pytest.mark.parametrize(
        ("currency", "amount_minor", "text"),
        [("JPY", 5, "5"), ("KWD", 5, "0.005"), ("CLF", 123_456, "12.3456"), ("CNY", 1, "0.01")],
    )
    def test_every_exponent_is_written_exactly(
        self, currency: str, amount_minor: int, text: str
    ) -> None:
        root = written(payment_file(batch(transfer(currency=currency, amount_minor=amount_minor))))
        assert texts(root, "InstdAmt") == [text]

    @pytest.mark.parametrize("name", ["ReqdExctnDt", "EndToEndId", "CdtrAcct/Id/Othr"])
    def test_the_schema_would_notice_a_missing_element(self, name: str) -> None:
        root = written(payment_file())
        element = root.find(f".//{name}", {None: NAMESPACE["p"]})
        assert element is not None
        parent = element.getparent()
        assert parent is not None
        parent.remove(element)
        assert not SCHEMA.validate(root)


class TestSepa:
    def test_everything_is_where_the_schema_wants_it(self) -> None:
        root = written(payment_file(sepa()))
        assert texts(root, "SvcLvl/Cd") == ["SEPA"]
        assert texts(root, "ChrgBr") == ["SLEV"]
        assert texts(root, "DbtrAgt/FinInstnId/Othr/Id") == ["NOTPROVIDED"]
        assert texts(root, "CdtrAgt") == []
        assert texts(root, "CdtrAcct/Id/IBAN") == ["NL91ABNA0417164300"]

    def test_a_creditor_reference_is_structured(self) -> None:
        reference = reference_for("ord_one", 1)
        root = written(payment_file(sepa(euro_transfer(creditor_reference=reference))))
        assert texts(root, "RmtInf/Strd/CdtrRefInf/Ref") == [reference]
        assert texts(root, "CdtrRefInf/Tp/CdOrPrtry/Cd") == ["SCOR"]

    @pytest.mark.parametrize(
        ("facts", "code"),
        [
            ({"currency": "USD"}, "currency_not_euro"),
            ({"creditor_account": PaymentAccount(number="1")}, "iban_needed"),
            ({"amount_minor": SEPA_AMOUNT_MINOR_MAX + 1}, "amount_out_of_range"),
            ({"intermediary_bank": PaymentBank(bic="IRVTUS3N")}, "field_not_sepa"),
        ],
    )
    def test_what_sepa_does_not_carry_is_refused(self, facts: dict[str, Any], code: str) -> None:
        assert refusal(payment_file(sepa(euro_transfer(**facts)))).code == code

    def test_charges_are_shared_and_cannot_be_set(self) -> None:
        file = payment_file(sepa(charge_bearer=ChargeBearer.DEBTOR))
        assert refusal(file).code == "charges_fixed"


class TestTotals:
    def test_counts_and_sums_of_file_and_batches(self) -> None:
        dollars = batch(transfer(), transfer(payout_id="pay_2", amount_minor=1))
        yen = batch(transfer(payout_id="pay_3", currency="JPY", amount_minor=5), batch_id="bat_jpy")
        root = written(payment_file(dollars, sepa(), yen))
        assert texts(root, "GrpHdr/NbOfTxs") == ["4"]
        assert texts(root, "GrpHdr/CtrlSum") == ["21005.01"]
        assert texts(root, "PmtInf/NbOfTxs") == ["2", "1", "1"]
        assert texts(root, "PmtInf/CtrlSum") == ["19800.01", "1200.00", "5"]

    @given(st.lists(st.integers(1, 10**12), min_size=1, max_size=8))
    def test_the_sum_is_the_sum(self, amounts: list[int]) -> None:
        transfers = (
            transfer(payout_id=f"pay_{i}", amount_minor=amount) for i, amount in enumerate(amounts)
        )
        (text,) = texts(written(payment_file(batch(*transfers))), "GrpHdr/CtrlSum")
        assert int(text.replace(".", "")) == sum(amounts)

    def test_a_sum_that_the_schema_cannot_hold_is_refused(self) -> None:
        transfers = (
            transfer(payout_id=f"pay_{i}", amount_minor=10**15, currency="CLF" if i else "JPY")
            for i in range(3)
        )
        assert refusal(payment_file(batch(*transfers))).place == "control sum"


class TestSameBytes:
    def test_the_same_file_is_the_same_bytes(self) -> None:
        assert write_pain001(payment_file(batch(), sepa())) == write_pain001(
            payment_file(batch(), sepa())
        )

    def test_the_bytes_never_change(self) -> None:
        assert write_pain001(payment_file(batch(), sepa())) == GOLDEN.read_bytes()

    def test_one_instant_in_two_zones_is_one_instant(self) -> None:
        there = datetime(2026, 11, 21, 18, 30, tzinfo=timezone(timedelta(hours=8)))
        assert write_pain001(payment_file(created_at=there)) == write_pain001(payment_file())


class TestNames:
    @pytest.mark.parametrize(
        ("name", "character", "position"),
        [
            ("深圳服装厂", "深", 1),
            ("Shenzhen 服装 Ltd", "服", 10),
            ("Müller GmbH", "ü", 2),
            ("Smith & Sons", "&", 7),
            ("a_b", "_", 2),
            ("Line\nbreak", "\N{REPLACEMENT CHARACTER}", 5),
            ("Ｆｕｌｌ", "Ｆ", 1),
        ],
    )
    def test_only_latin_is_carried_and_nothing_is_transliterated(
        self, name: str, character: str, position: int
    ) -> None:
        creditor = msgspec.structs.replace(SUPPLIER, name=name)
        refused = refusal(payment_file(batch(transfer(creditor=creditor))))
        assert refused.code == "text_not_latin"
        assert refused.facts == {"character": character, "position": position}
        assert refused.place == "payout pay_01jd4m8q7vx2c9k5t3w6y1z0cd: creditor.name"
        assert character in refused.sentence("en")
        assert character in refused.sentence("zh")

    @given(st.text(min_size=1, max_size=80))
    def test_any_name_is_written_as_it_is_or_refused(self, name: str) -> None:
        file = payment_file(batch(transfer(creditor=msgspec.structs.replace(SUPPLIER, name=name))))
        try:
            root = written(file)
        except PaymentFileRefused:
            return
        assert texts(root, "Cdtr/Nm") == [name]
        assert len(name) <= NAME_CHARACTERS_MAX

    def test_the_longest_texts_still_fit(self) -> None:
        longest = transfer(
            payout_id="p" * 35,
            creditor=msgspec.structs.replace(SUPPLIER, name="N" * NAME_CHARACTERS_MAX),
            remittance_text="r" * REMITTANCE_CHARACTERS_MAX,
            creditor_account=PaymentAccount(number="9" * 34),
            purpose_code="P" * 35,
        )
        written(payment_file(batch(longest, batch_id="b" * 35), message_id="m" * 35))


class TestRefusals:
    @pytest.mark.parametrize(
        ("facts", "code", "field"),
        [
            ({"amount_minor": 0}, "amount_out_of_range", "amount_minor"),
            ({"amount_minor": -5}, "amount_out_of_range", "amount_minor"),
            ({"amount_minor": 10**15 + 1}, "amount_out_of_range", "amount_minor"),
            ({"currency": "XAU"}, "currency_unknown", "amount_minor"),
            ({"payout_id": "p" * 36}, "text_too_long", "payout_id"),
            ({"payout_id": "pay//1"}, "text_slashes", "payout_id"),
            ({"payout_id": "/pay"}, "text_slashes", "payout_id"),
            ({"payout_id": ""}, "text_missing", "payout_id"),
            ({"creditor": PaymentParty(name="A")}, "address_missing", "creditor.address"),
            ({"creditor": PaymentParty(name=" ")}, "text_missing", "creditor.name"),
            ({"creditor": PaymentParty(name="N" * 71)}, "text_too_long", "creditor.name"),
            ({"creditor_bank": None}, "bank_missing", "creditor_bank"),
            ({"creditor_bank": PaymentBank(name="Some bank")}, "bank_missing", "creditor_bank"),
            ({"creditor_bank": PaymentBank(bic="BKCHCNB")}, "bic_invalid", "creditor_bank.bic"),
            ({"creditor_bank": PaymentBank(bic="bkchcnbj")}, "bic_invalid", "creditor_bank.bic"),
            ({"intermediary_bank": PaymentBank()}, "bank_missing", "intermediary_bank"),
            ({"creditor_account": PaymentAccount()}, "account_ambiguous", "creditor_account"),
            (
                {"creditor_account": PaymentAccount(iban="DE89370400440532013001")},
                "iban_invalid",
                "creditor_account.iban",
            ),
            (
                {"creditor_account": PaymentAccount(iban="DE89 3704 0044 0532 0130 00")},
                "iban_invalid",
                "creditor_account.iban",
            ),
            (
                {"creditor_account": PaymentAccount(number="账号")},
                "text_not_latin",
                "creditor_account.number",
            ),
            ({"remittance_text": "r" * 141}, "text_too_long", "remittance_text"),
            ({"creditor_reference": "RF18539007547034"}, "remittance_twice", ""),
            ({"uetr": "not-one"}, "uetr_invalid", "uetr"),
            ({"purpose_code": "货物"}, "text_not_latin", "purpose_code"),
        ],
    )
    def test_a_payout_that_no_bank_would_carry(
        self, facts: dict[str, Any], code: str, field: str
    ) -> None:
        refused = refusal(payment_file(batch(transfer(**facts))))
        assert refused.code == code
        assert refused.place.endswith(field)
        assert refused.sentence("zh") != refused.sentence("en")

    def test_an_invalid_creditor_reference(self) -> None:
        odd = transfer(remittance_text=None, creditor_reference="RF19539007547034")
        assert refusal(payment_file(batch(odd))).code == "reference_invalid"

    def test_a_country_is_two_letters(self) -> None:
        abroad = PaymentParty(name="A", address=PostalAddress(town="Shenzhen", country="China"))
        assert refusal(payment_file(batch(transfer(creditor=abroad)))).code == "country_invalid"

    @pytest.mark.parametrize(
        ("file", "code"),
        [
            (payment_file(message_id="m" * 36), "text_too_long"),
            (payment_file(created_at=datetime(2026, 11, 21)), "instant_without_zone"),
            (payment_file(initiator_name="公平"), "text_not_latin"),
            (msgspec.structs.replace(payment_file(), batches=()), "no_payments"),
            (
                payment_file(batch(), msgspec.structs.replace(sepa(), transfers=())),
                "no_payments",
            ),
            (payment_file(batch(), batch()), "id_repeated"),
            (payment_file(batch(transfer(), transfer())), "id_repeated"),
            (
                payment_file(batch(transfer(payout_id="pay_1"), transfer(payout_id="pay-1"))),
                "id_repeated",
            ),
            (payment_file(batch(charge_bearer=None)), "charges_missing"),
            (payment_file(batch(debtor_bank=None)), "bank_missing"),
            (payment_file(batch(*[transfer()] * (TRANSFERS_MAX + 1))), "too_many_payments"),
        ],
    )
    def test_a_file_that_no_bank_would_take(self, file: PaymentFile, code: str) -> None:
        assert refusal(file).code == code
