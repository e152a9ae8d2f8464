"""What the repository carries of others is what the list names, to the byte, and asks nothing of the network."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import re
import tarfile
from pathlib import Path

import pytest

from tools import vendor

STATIC = vendor.ROOT / "src" / "fairlot" / "interfaces" / "web" / "static"
OUTSIDE = re.compile(r"""(?:@import\s+["']?|url\(\s*["']?)(?:https?:)?//""")


class TestWhatIsKept:
    @pytest.mark.parametrize("package", vendor.packages(), ids=lambda package: package["name"])
    def test_files_are_those_of_the_list(self, package: dict[str, str]) -> None:
        folder = vendor.ROOT / package["into"]
        manifest = json.loads((folder / vendor.MANIFEST).read_text(encoding="utf-8"))
        assert manifest["integrity"] == package["integrity"]
        assert manifest["license"] == package["license"]
        for name, digest in manifest["sha256"].items():
            assert hashlib.sha256(vendor.kept(folder, name)).hexdigest() == digest
        assert (folder / vendor.LICENSE).read_text(encoding="utf-8").strip()

    def test_compressed_files_are_the_same_files(self) -> None:
        found = sorted(STATIC.rglob("*.gz"))
        assert found
        for path in found:
            assert gzip.decompress(path.read_bytes()) == path.with_suffix("").read_bytes()

    def test_styles_ask_nothing_of_the_network(self) -> None:
        styles = sorted(STATIC.rglob("*.css"))
        assert len(styles) > 1
        for path in styles:
            assert not OUTSIDE.search(path.read_text(encoding="utf-8")), path
        assert OUTSIDE.search('@import "//fonts.example/a.css"')
        assert OUTSIDE.search("a { background: url('https://example.org/a.png') }")


class TestKeep:
    def archive(self, folder: Path, content: bytes) -> Path:
        path = folder / "package.tgz"
        with tarfile.open(path, "w:gz") as packed:
            member = tarfile.TarInfo("package/a.css")
            member.size = len(content)
            packed.addfile(member, io.BytesIO(content))
        return path

    def package(self, archive: Path, into: Path) -> dict[str, object]:
        return {
            "name": "a",
            "version": "1",
            "license": "MIT",
            "integrity": vendor.integrity_of(archive.read_bytes()),
            "into": str(into),
            "files": {"a.css": "a.css"},
            "compressed": ["a.css"],
            "only_compressed": False,
            "copyright": ["Copyright 2026 A"],
        }

    def test_named_files_are_written_with_their_hashes(self, tmp_path: Path) -> None:
        archive = self.archive(tmp_path, b"a{}")
        vendor.keep(self.package(archive, tmp_path / "a"), archive)
        assert (tmp_path / "a" / "a.css").read_bytes() == b"a{}"
        assert gzip.decompress((tmp_path / "a" / "a.css.gz").read_bytes()) == b"a{}"
        assert "Copyright 2026 A" in (tmp_path / "a" / "LICENSE").read_text(encoding="utf-8")

    def test_what_nobody_serves_is_kept_compressed_alone(self, tmp_path: Path) -> None:
        archive = self.archive(tmp_path, b"a{}")
        vendor.keep({**self.package(archive, tmp_path / "a"), "only_compressed": True}, archive)
        assert not (tmp_path / "a" / "a.css").exists()
        assert vendor.kept(tmp_path / "a", "a.css") == b"a{}"

    def test_another_content_is_refused_and_nothing_kept(self, tmp_path: Path) -> None:
        archive = self.archive(tmp_path, b"a{}")
        package = self.package(archive, tmp_path / "a")
        archive = self.archive(tmp_path, b"b{}")
        with pytest.raises(vendor.VendorError):
            vendor.keep(package, archive)
        assert not (tmp_path / "a").exists()

    def test_a_file_that_is_not_there_is_named(self, tmp_path: Path) -> None:
        archive = self.archive(tmp_path, b"a{}")
        package = {**self.package(archive, tmp_path / "a"), "files": {"b.css": "b.css"}}
        with pytest.raises(vendor.VendorError, match=r"b\.css"):
            vendor.keep(package, archive)
