"""Addresses stay where they belong: none in the ledger, the log, Log, or the text of an error."""

from __future__ import annotations

import logging
import re
import sqlite3
from pathlib import Path

import pytest

from tests.faulty import answer, fail
from tests.month import Month

_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+\.\w+")

OURS = ("engine", "automations", "community", "workspace", "reports", "credentials", "mails", "commands")


def ledger_text(folder: Path) -> str:
    """Every value of every table of the ledger, as text."""
    with sqlite3.connect(folder / "ledger.db") as connection:
        names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        rows = [row for name in names for row in connection.execute(f"SELECT * FROM {name}")]  # noqa: S608 (the file's own names)
    connection.close()
    assert len(rows) > 40
    return "\n".join(str(value) for row in rows for value in row)


def live_through(month: Month) -> list[str]:
    """A month in which people are typed by address only, and much fails; returns every trouble's text."""
    troubles: list[str] = []
    month.add_members("Ann", "Bob", "Cleo")
    month.type_row("Members", Name="", Email="nameless@example.org")
    month.type_row("Members", Name="dan@example.org", Email="dan@example.org")
    month.settle()
    month.set("Mode", "live")
    month.tick(*(hold.code for hold in month.tick().plan.holds))
    month.fill("Roasts", "2026-11", Host="Guest <guest@example.org>")
    month.fill("Roasts", "2026-12", Host="eve@example.org", Host_agreed="no")
    month.type_row("Requests", Name="Dora", Email="dora@example.org", Wants="both", Decision="approve")
    month.type_row("Requests", Name="finn@example.org", Email="finn@example.org", Decision="decline")
    message = "Invalid To header: Ann <ann@example.org>"
    fail(month, "gmail.users.drafts.create", "closeAfter", answer(400, message))
    fail(month, "gmail.users.drafts.send", "closeBefore", answer(400, message))
    fail(month, "calendar.events.update", answer(403, message))
    month.run_until("2026-11-20T09:00:00+01:00", lambda tick: troubles.extend(tick.troubles))
    return troubles


def test_month_leaves_no_address_where_none_belongs(month: Month, caplog: pytest.LogCaptureFixture) -> None:
    for name in OURS:
        caplog.set_level(logging.DEBUG, logger=name)
    troubles = live_through(month)
    logged = [cell for row in month.rows("Log")[1:] for cell in row]
    on_disk = b"".join(file.read_bytes() for file in month.folder.glob("ledger*"))

    assert len(troubles) >= 3
    assert _ADDRESS.findall("\n".join(troubles)) == []
    assert _ADDRESS.findall(ledger_text(month.folder)) == []
    assert len(on_disk) > 100_000
    assert b"example.org" not in on_disk
    assert _ADDRESS.findall(caplog.text) == []
    assert len(logged) > 100
    assert _ADDRESS.findall("\n".join(map(str, logged))) == []


def test_ledger_is_its_owners_alone_after_a_month(live: Month) -> None:
    live.add_members("Ann")

    live.run_until("2026-11-20T09:00:00+01:00")

    assert {oct(file.stat().st_mode & 0o777) for file in live.folder.glob("ledger.db*")} == {"0o600"}
