"""`python -m tests.cases FILE.jsonl [--json]`: play the cases of a file on a database of their own and ask their questions."""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from fairlot.config import Settings
from fairlot.store.keeping.migrate import migrate
from fairlot.store.server import embedded
from tests.cases.case_file import read_cases
from tests.cases.desk import office
from tests.cases.report import as_json, as_text
from tests.cases.run import Finding, Verdict, run_case

# A database that is thrown away need not survive a power cut.
UNSAFE_BUT_FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


def ask_file(path: Path) -> list[Finding]:
    """Play a file on an embedded server that lives no longer than this call."""
    cases = read_cases(path)
    with tempfile.TemporaryDirectory(prefix="fairlot-cases-") as name:
        directory = Path(name)
        directory.chmod(0o711)
        settings = Settings(data_dir=directory / "server", demo=True)
        with embedded.server(settings, options=UNSAFE_BUT_FAST) as server:
            migrate(server.owner_dsn)
            with office(app_dsn=server.app_dsn, owner_dsn=server.owner_dsn) as opened:
                return [finding for case in cases for finding in run_case(opened, case)]


def main() -> int:
    """Print the findings; the exit code says whether anything differs."""
    parser = argparse.ArgumentParser(prog="python -m tests.cases", description=__doc__)
    parser.add_argument("file", type=Path, help="cases, one JSON object a line")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    asked = parser.parse_args()
    findings = ask_file(asked.file)
    print(as_json(findings) if asked.json else as_text(findings))
    return int(any(finding.verdict is Verdict.DIFFERS for finding in findings))


if __name__ == "__main__":
    raise SystemExit(main())
