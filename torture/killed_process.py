"""`main.py run` as a process of its own, at an instant of a month's clock, with or without a trap in it."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass

from commands.failures import Code
from tests.month import Month
from tests.mortal import RESTART_AFTER
from torture.outcomes import ROOT
from torture.state import unfinished

MOST_PROCESSES = 4  # after a death; more of them would not be a recovery but a loop
_LONGEST = 300  # seconds


@dataclass(frozen=True, slots=True)
class Ended:
    """How a process ended. code: -9 for SIGKILL. last: what the last point was, "" when it was not killed."""

    code: int
    last: str


def run_process(month: Month, point: int = 0) -> Ended:
    """Run once and die at that point, 0 for nowhere.

    The month's ledger must be closed. TimeoutExpired when it does not end.
    """
    config = month.config / "third-thursday.toml"
    text = config.read_text(encoding="utf-8")
    text = text.replace('spreadsheet = ""', f'spreadsheet = "{month.id}"')
    config.write_text(text.replace('"ledger.db"', '"../ledger.db"'), encoding="utf-8")
    run = ["run", "--config", str(config), "--at", month.now.isoformat()]
    command = [sys.executable, "-m", "torture.dying", str(point), *run]
    done = subprocess.run(  # noqa: S603 (our own program)
        command, cwd=ROOT, capture_output=True, text=True, timeout=_LONGEST, check=False
    )
    return Ended(done.returncode, done.stderr.rpartition("died ")[2].strip() if done.returncode < 0 else "")


def recover(month: Month) -> list[int]:
    """Start processes, a minute apart, until one leaves nothing under way; returns their exit codes.

    The month's ledger must be closed, and is open afterwards. AssertionError when a process fails, or when
    something stays under way.
    """
    codes = []
    for _ in range(MOST_PROCESSES):
        month.wait(seconds=RESTART_AFTER)
        codes.append(run_process(month).code)
        assert codes[-1] in {Code.FINE, Code.NEEDS_YOU}, f"a process after the death ended with {codes}"
        month.ledger = month.open_ledger()
        if not unfinished(month):
            return codes
        month.ledger.close()
    raise AssertionError(f"still under way after {MOST_PROCESSES} processes")
