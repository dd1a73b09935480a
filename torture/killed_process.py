"""`main.py run` as a process of its own, at an instant of a month's clock, with or without a trap in it."""

from __future__ import annotations

import subprocess
import sys

from tests.month import Month
from torture.outcomes import ROOT

_LONGEST = 120  # seconds


def run_killed(month: Month, point: int = 0) -> int:
    """Run once and die at that point, 0 for nowhere; returns the exit code, -9 for SIGKILL.

    The month's ledger must be closed. TimeoutExpired when it does not end.
    """
    config = month.config / "third-thursday.toml"
    text = config.read_text(encoding="utf-8")
    text = text.replace('spreadsheet = ""', f'spreadsheet = "{month.id}"')
    config.write_text(text.replace('"ledger.db"', '"../ledger.db"'), encoding="utf-8")
    run = ["run", "--config", str(config), "--at", month.now.isoformat()]
    command = [sys.executable, "-m", "torture.dying", str(point), *run]
    with (month.folder / "process.txt").open("ab") as output:
        done = subprocess.run(  # noqa: S603 (our own program)
            command, cwd=ROOT, stdout=output, stderr=output, timeout=_LONGEST, check=False
        )
    return done.returncode
