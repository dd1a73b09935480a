"""The same with a real process: a signal, or a second process, while a request is under way; then again."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.faulty import fail
from tests.month import Month

MAIN = Path(__file__).parent.parent.parent / "main.py"
AGENDA = "Co-op educators on Thursday 19 November 2026: the agenda"
TO_BOTH = [("ann@example.org", AGENDA), ("bob@example.org", AGENDA)]
AT = """
import runpy, sys, time_machine
main, now = sys.argv.pop(1), sys.argv.pop(1)
time_machine.travel(float(now)).start()
runpy.run_path(main, run_name="__main__")
"""


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


def started(month: Month, verb: str = "run") -> subprocess.Popen[str]:
    """`main.py run` or `main.py serve` on a machine whose clock shows the month's instant."""
    config = str(month.config / "third-thursday.toml")
    return subprocess.Popen(
        [sys.executable, "-c", AT, str(MAIN), str(month.now.timestamp()), verb, "--config", config],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        cwd=MAIN.parent,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
    )


def ended(process: subprocess.Popen[str]) -> int:
    """The exit code, negative for a signal."""
    process.communicate(timeout=60)
    return process.returncode


def run(month: Month) -> int:
    """Run once; returns the exit code."""
    with started(month) as process:
        return ended(process)


@contextmanager
def under_way(month: Month, verb: str, method: str, seconds: float) -> Iterator[subprocess.Popen[str]]:
    """A process of which `method` has acted; its answer, so many seconds late, is not there yet."""
    fail(month, method, {"fault": "slow", "seconds": seconds})
    with started(month, verb) as process:
        while not month.local("GET", "/local/faults")["faults"][0]["struck"]:
            assert process.poll() is None
            time.sleep(0.02)
        yield process


@pytest.mark.parametrize("method", ["gmail.users.drafts.create", "gmail.users.drafts.send"])
def test_process_killed_while_a_request_is_under_way_sends_each_mail_once(
    installed: Month, method: str
) -> None:
    with under_way(installed, "run", method, seconds=60) as process:
        process.kill()
        codes = [ended(process)]
    installed.wait(seconds=61)
    codes.append(run(installed))
    installed.wait(seconds=61)
    codes.append(run(installed))

    installed.ledger = installed.open_ledger()
    assert codes == [-9, 0, 0]
    assert [(mail.to, mail.subject) for mail in installed.mails()] == TO_BOTH
    assert installed.drafts() == []


@pytest.mark.parametrize(
    ("verb", "method"),
    [
        ("run", "gmail.users.drafts.create"),
        ("run", "gmail.users.drafts.send"),
        ("serve", "gmail.users.drafts.send"),
    ],
)
def test_process_asked_to_end_in_mid_send_finishes_that_mail_and_leaves_the_others(
    installed: Month, verb: str, method: str
) -> None:
    with under_way(installed, verb, method, seconds=1) as process:
        process.terminate()
        stopped = ended(process)
    first = installed.mails()
    installed.wait(minutes=10)
    again = run(installed)

    installed.ledger = installed.open_ledger()
    assert (stopped, again) == (0, 0)
    assert [mail.subject for mail in first] == [AGENDA]
    assert [(mail.to, mail.subject) for mail in installed.mails()] == TO_BOTH
    assert installed.drafts() == []
    assert {phase for key, phase in installed.phases().items() if "/agenda/" in key} == {"sent"}


def test_second_run_in_mid_send_leaves_everything_to_the_first(installed: Month) -> None:
    with under_way(installed, "run", "gmail.users.drafts.send", seconds=1) as first:
        first.send_signal(signal.SIGSTOP)
        with started(installed) as second:
            _, said = second.communicate(timeout=60)
        meanwhile = installed.mails()
        first.send_signal(signal.SIGCONT)
        codes = (ended(first), second.returncode)

    assert codes == (0, 5)
    assert said == "Another run of the service is under way; this one leaves everything to it.\n"
    assert [(mail.to, mail.subject) for mail in meanwhile] in ([one] for one in TO_BOTH)  # either is first
    assert [(mail.to, mail.subject) for mail in installed.mails()] == TO_BOTH
