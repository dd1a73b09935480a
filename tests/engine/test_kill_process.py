"""The same with a real process: SIGKILL while a request is under way, then `run` again."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.faulty import Do, Faulty, Hang
from tests.month import Month

MAIN = Path(__file__).parent.parent.parent / "main.py"
AGENDA = "Co-op educators on Thursday 19 November 2026: the agenda"


class Service:
    """`main.py run` against a month, through a proxy, at instants of the month's clock."""

    def __init__(self, month: Month, proxy: Faulty) -> None:
        self._month = month
        self._running: subprocess.Popen[bytes] | None = None
        text = (month.config / "third-thursday.toml").read_text(encoding="utf-8")
        text = text.replace('spreadsheet = ""', f'spreadsheet = "{month.id}"').replace(
            '"ledger.db"', '"../ledger.db"'
        )
        self._config = month.config / "third-thursday.toml"
        self._config.write_text(text.replace(month.base, proxy.base_url), encoding="utf-8")

    def run(self) -> int:
        """Run once; returns the exit code, negative for a signal."""
        command = [sys.executable, str(MAIN), "run", "--config", str(self._config)]
        with subprocess.Popen(
            [*command, "--at", self._month.now.isoformat()],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
        ) as self._running:
            return self._running.wait(timeout=60)

    def kill(self) -> None:
        """SIGKILL: nothing is cleaned up."""
        assert self._running
        self._running.kill()
        self._running.wait()

    def ask_to_end(self) -> None:
        """SIGTERM: what is in hand is finished."""
        assert self._running
        self._running.terminate()


@pytest.mark.parametrize("method", ["gmail.users.drafts.create", "gmail.users.drafts.send"])
def test_process_killed_while_a_request_is_under_way_sends_each_mail_once(live: Month, method: str) -> None:
    live.add_members("Ann", "Bob")
    live.tick()
    live.go_to("2026-11-12T17:00:00+01:00")
    live.ledger.close()
    with Faulty(live.base) as proxy:
        service = Service(live, proxy)
        proxy.fail(method, Do(service.kill, Hang.AFTER))

        codes = [service.run()]
        live.wait(seconds=61)
        codes.append(service.run())
        live.wait(seconds=61)
        codes.append(service.run())

    live.ledger = live.open_ledger()
    assert codes == [-9, 0, 0]
    assert [(mail.to, mail.subject) for mail in live.mails()] == [
        ("ann@example.org", AGENDA),
        ("bob@example.org", AGENDA),
    ]
    assert live.drafts() == []


@pytest.mark.parametrize("method", ["gmail.users.drafts.create", "gmail.users.drafts.send"])
def test_process_asked_to_end_in_mid_send_finishes_that_mail_and_leaves_the_others(
    live: Month, method: str
) -> None:
    live.add_members("Ann", "Bob")
    live.tick()
    live.go_to("2026-11-12T17:00:00+01:00")
    live.ledger.close()
    with Faulty(live.base) as proxy:
        service = Service(live, proxy)
        proxy.fail(method, Do(service.ask_to_end, None))

        ended = service.run()
        first = live.mails()
        live.wait(minutes=10)
        again = service.run()

    live.ledger = live.open_ledger()
    assert (ended, again) == (0, 0)
    assert [mail.subject for mail in first] == [AGENDA]
    assert [(mail.to, mail.subject) for mail in live.mails()] == [
        ("ann@example.org", AGENDA),
        ("bob@example.org", AGENDA),
    ]
    assert live.drafts() == []
    assert {phase for key, phase in live.phases().items() if "/agenda/" in key} == {"sent"}
