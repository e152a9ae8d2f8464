"""The printed contract: same bytes for the same contract, fonts inside, only its own pictures, no markup from texts."""

from __future__ import annotations

import contextlib
import hashlib
import re
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from fairlot.documents.contract_page import contract_page, money
from fairlot.documents.contract_pdf import PictureError, contract_pdf
from fairlot.domain.contract import Contract, canonical_bytes, contract_hash
from fairlot.domain.contract.document import AttachedFile
from fairlot.domain.contract.template import new_contract


def png() -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    header = struct.pack(">IIBBBBB", 2, 2, 8, 2, 0, 0, 0)
    rows = zlib.compress((b"\x00" + b"\xff\x00\x00" * 2) * 2)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
    )


def opened(pdf: bytes) -> bytes:
    """Return a PDF with its compressed streams unpacked."""
    found = [pdf]
    for part in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, flags=re.DOTALL):
        with contextlib.suppress(zlib.error):
            found.append(zlib.decompress(part))
    return b"".join(found)


def with_picture() -> Contract:
    picture = AttachedFile(
        name="front.png",
        sha256=hashlib.sha256(png()).hexdigest(),
        media_type="image/png",
        caption="正面",
    )
    return msgspec.structs.replace(new_contract("toys", language="zh"), files=(picture,))


def test_the_same_contract_prints_the_same_bytes_with_fonts_and_pictures(tmp_path: Path) -> None:
    (tmp_path / "front.png").write_bytes(png())
    contract = with_picture()
    first = contract_pdf(contract, languages=("en", "zh"), picture_folder=tmp_path)
    assert first == contract_pdf(contract, languages=("en", "zh"), picture_folder=tmp_path)
    assert first.startswith(b"%PDF-")
    inside = opened(first)
    assert b"/FontFile" in inside
    assert b"/Image" in inside
    assert b"/EmbeddedFile" in inside
    assert canonical_bytes(contract) in inside
    other = contract_pdf(
        msgspec.structs.replace(contract, title="x"),
        languages=("en", "zh"),
        picture_folder=tmp_path,
    )
    assert other != first


def test_another_picture_than_the_contracts_is_refused(tmp_path: Path) -> None:
    (tmp_path / "front.png").write_bytes(png() + b"x")
    with pytest.raises(PictureError, match=r"front\.png"):
        contract_pdf(with_picture(), languages=("zh",), picture_folder=tmp_path)


def test_the_page_names_its_version_and_escapes_what_people_write() -> None:
    contract = msgspec.structs.replace(new_contract("toys"), title="<script>alert(1)</script>")
    page = contract_page(contract, languages=("en", "zh"))
    assert contract_hash(contract) in page
    assert "<script>" not in page
    assert "The set shall contain 100 pieces" in page
    assert "100粒/套" in page
    assert "100粒/套" not in contract_page(contract, languages=("en",))


Place = tuple[str | int, ...]


def text_places(tree: object, place: Place = ()) -> Iterator[Place]:
    match tree:
        case str():
            yield place
        case dict():
            for key, value in tree.items():
                yield from text_places(value, (*place, key))
        case list() | tuple():
            for index, value in enumerate(tree):
                yield from text_places(value, (*place, index))
        case _:
            pass


def with_markup_at(contract: Contract, place: Place) -> Contract | None:
    """Return the contract with markup in one of its texts, None where only closed words may stand."""
    tree = msgspec.to_builtins(contract)
    inner = tree
    for key in place[:-1]:
        inner = inner[key]
    inner[place[-1]] = "<i>x</i>"
    try:
        return msgspec.convert(tree, Contract)
    except msgspec.ValidationError:
        return None


def test_no_text_of_a_contract_is_markup() -> None:
    """Whatever is checked elsewhere: the page itself trusts no text."""
    contract = with_picture()
    hostile = {
        place: changed
        for place in text_places(msgspec.to_builtins(contract))
        if (changed := with_markup_at(contract, place)) is not None
    }
    assert ("currency",) in hostile
    assert [
        place
        for place, changed in hostile.items()
        if "<i>" in contract_page(changed, languages=("en", "zh"))
    ] == []


@pytest.mark.parametrize(
    ("language", "critical", "major", "minor"),
    [
        ("en", "hazardous or unsafe", "likely to fail", "only on careful examination"),
        ("zh", "危及使用者的安全", "可能导致失效", "须仔细检查才能发现"),
    ],
)
def test_r34_the_contract_says_what_counts_as_which_defect(
    language: str, critical: str, major: str, minor: str
) -> None:
    page = contract_page(new_contract("toys"), languages=(language,))
    places = [page.index(told) for told in (critical, major, minor)]
    assert places == sorted(places)
    without = msgspec.structs.replace(new_contract("toys"), inspection=None)
    assert critical not in contract_page(without, languages=(language,))


def test_money_has_the_currencys_own_decimals() -> None:
    assert money(1980000, "USD") == "USD 19,800.00"
    assert money(1980000, "JPY") == "JPY 1,980,000"
