"""The same with a real process: a signal while a request is under way, then `run` again."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.faulty import fail
from tests.month import Month

MAIN = Path(__file__).parent.parent.parent / "main.py"
AGENDA = "Co-op educators on Thursday 19 November 2026: the agenda"


@pytest.fixture
def installed(live: Month) -> Month:
    """Ann and Bob, whose agendas are due, and a configuration that `main.py run` finds it all with."""
    live.add_members("Ann", "Bob")
    live.tick()
    live.go_to("2026-11-12T17:00:00+01:00")
    live.ledger.close()
    config = live.config / "third-thursday.toml"
    text = config.read_text(encoding="utf-8").replace('spreadsheet = ""', f'spreadsheet = "{live.id}"')
    config.write_text(text.replace('"ledger.db"', '"../ledger.db"'), encoding="utf-8")
    return live


def started(month: Month) -> subprocess.Popen[bytes]:
    """`main.py run` at the month's instant."""
    config = str(month.config / "third-thursday.toml")
    return subprocess.Popen(
        [sys.executable, str(MAIN), "run", "--config", config, "--at", month.now.isoformat()],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
    )


def run(month: Month) -> int:
    """Run once; returns the exit code, negative for a signal."""
    with started(month) as process:
        return process.wait(timeout=60)


def run_and_signal(month: Month, what: signal.Signals, method: str, seconds: float) -> int:
    """Run once, and signal when `method` has acted but its answer, so many seconds late, is not there yet."""
    fail(month, method, {"fault": "slow", "seconds": seconds})
    with started(month) as process:
        while not month.local("GET", "/local/faults")["faults"][0]["struck"]:
            assert process.poll() is None
            time.sleep(0.02)
        process.send_signal(what)
        return process.wait(timeout=60)


@pytest.mark.parametrize("method", ["gmail.users.drafts.create", "gmail.users.drafts.send"])
def test_process_killed_while_a_request_is_under_way_sends_each_mail_once(
    installed: Month, method: str
) -> None:
    codes = [run_and_signal(installed, signal.SIGKILL, method, seconds=60)]
    installed.wait(seconds=61)
    codes.append(run(installed))
    installed.wait(seconds=61)
    codes.append(run(installed))

    installed.ledger = installed.open_ledger()
    assert codes == [-9, 0, 0]
    assert [(mail.to, mail.subject) for mail in installed.mails()] == [
        ("ann@example.org", AGENDA),
        ("bob@example.org", AGENDA),
    ]
    assert installed.drafts() == []


@pytest.mark.parametrize("method", ["gmail.users.drafts.create", "gmail.users.drafts.send"])
def test_process_asked_to_end_in_mid_send_finishes_that_mail_and_leaves_the_others(
    installed: Month, method: str
) -> None:
    ended = run_and_signal(installed, signal.SIGTERM, method, seconds=1)
    first = installed.mails()
    installed.wait(minutes=10)
    again = run(installed)

    installed.ledger = installed.open_ledger()
    assert (ended, again) == (0, 0)
    assert [mail.subject for mail in first] == [AGENDA]
    assert [(mail.to, mail.subject) for mail in installed.mails()] == [
        ("ann@example.org", AGENDA),
        ("bob@example.org", AGENDA),
    ]
    assert installed.drafts() == []
    assert {phase for key, phase in installed.phases().items() if "/agenda/" in key} == {"sent"}
