"""Brings the few files that pages and tests use from npm into the repository: packed by npm, checked, named one by one.

Run it after changing tools/vendor.toml, and commit what it writes; nothing is fetched when Fairlot is set up or runs.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import shutil
import subprocess
import sys
import tarfile
import tempfile
import tomllib
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
LIST = ROOT / "tools" / "vendor.toml"
MANIFEST = "manifest.json"
LICENSE = "LICENSE"
MIT = """\
MIT License

{owners}

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated
documentation files (the "Software"), to deal in the Software without restriction, including without limitation the
rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit
persons to whom the Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the
Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE
WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR
COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR
OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.
"""


class VendorError(Exception):
    """A package is not what the list says; nothing of it was kept."""


def packages() -> list[dict[str, Any]]:
    """Return the packages that the list names."""
    listed: list[dict[str, Any]] = tomllib.loads(LIST.read_text(encoding="utf-8"))["package"]
    return listed


def integrity_of(content: bytes) -> str:
    """Return what npm calls a package's integrity."""
    return "sha512-" + base64.b64encode(hashlib.sha512(content).digest()).decode()


def pack(name: str, version: str, folder: Path) -> Path:
    """Let npm pack one version into a folder, and return the archive."""
    command = ["npm", "pack", f"{name}@{version}", "--silent", "--pack-destination", str(folder)]
    packed = subprocess.run(command, check=True, capture_output=True, text=True)
    return folder / packed.stdout.split()[-1]


def compressed(content: bytes) -> bytes:
    """Return the same bytes for the same content, whenever it is done."""
    return gzip.compress(content, compresslevel=9, mtime=0)


def member_of(packed: tarfile.TarFile, path: str) -> bytes:
    """Return one file of an archive. Raises VendorError."""
    try:
        member = packed.extractfile(path)
    except KeyError:
        member = None
    if member is None:
        raise VendorError(f"there is no file {path} in the archive")
    return member.read()


def keep(package: dict[str, Any], archive: Path) -> None:
    """Write the named files of a checked archive, their compressed forms and a manifest. Raises VendorError."""
    content = archive.read_bytes()
    if integrity_of(content) != package["integrity"]:
        raise VendorError(f"{package['name']} {package['version']} has another content than listed")
    target = ROOT / package["into"]
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    hashes = {}
    with tarfile.open(archive) as packed:
        for path, name in package["files"].items():
            file = member_of(packed, f"package/{path}")
            hashes[name] = hashlib.sha256(file).hexdigest()
            is_compressed = name in package["compressed"]
            if is_compressed:
                (target / f"{name}.gz").write_bytes(compressed(file))
            if not (is_compressed and package["only_compressed"]):
                (target / name).write_bytes(file)
    if "copyright" in package:
        license_text = MIT.format(owners="\n".join(package["copyright"]))
        (target / LICENSE).write_text(license_text, encoding="utf-8")
    facts = {key: package[key] for key in ("name", "version", "license", "integrity")}
    manifest = json.dumps({**facts, "sha256": hashes}, indent=2)
    (target / MANIFEST).write_text(manifest + "\n", encoding="utf-8")


def kept(folder: Path, name: str) -> bytes:
    """Return a kept file's content, from its compressed form where that is the only one."""
    plain = folder / name
    return (
        plain.read_bytes()
        if plain.exists()
        else gzip.decompress((folder / f"{name}.gz").read_bytes())
    )


def main() -> int:
    """Fetch and keep every listed package."""
    for package in packages():
        with tempfile.TemporaryDirectory() as folder:
            keep(package, pack(package["name"], package["version"], Path(folder)))
        print(f"{package['name']} {package['version']} -> {package['into']}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
