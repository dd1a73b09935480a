"""A copy of the ledger for each day: whole, its owner's alone, fourteen of them, and never in the way."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from community.ledger import Entry, Phase
from engine.ledger import Ledger
from engine.ledger_backup import back_up, backups
from tests.month import Month

NOW = datetime(2026, 11, 12, 8, tzinfo=UTC)
DAY = date(2026, 11, 12)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    """A ledger that knows of one mail."""
    with Ledger.open(tmp_path / "ledger.db", spreadsheet="sheet", calendar="primary") as opened:
        opened.put(Entry("a", "agenda", Phase.SENT, NOW))
        yield opened


def test_copy_is_whole_and_its_owners_alone_while_the_ledger_is_in_use(
    ledger: Ledger, tmp_path: Path
) -> None:
    made = back_up(tmp_path / "ledger.db", DAY)

    copy = tmp_path / "ledger-2026-11-12.db"
    assert made
    assert backups(tmp_path / "ledger.db") == [copy]
    assert oct(copy.stat().st_mode & 0o777) == "0o600"
    assert [path.name for path in tmp_path.iterdir() if "2026" in path.name] == [copy.name]
    with Ledger.open(copy, spreadsheet="sheet", calendar="primary") as again:
        assert again.view() == ledger.view()


def test_day_that_has_its_copy_keeps_it(ledger: Ledger, tmp_path: Path) -> None:
    back_up(tmp_path / "ledger.db", DAY)
    before = (tmp_path / "ledger-2026-11-12.db").read_bytes()
    ledger.put(Entry("b", "agenda", Phase.SENT, NOW))

    made = back_up(tmp_path / "ledger.db", DAY)

    assert not made
    assert (tmp_path / "ledger-2026-11-12.db").read_bytes() == before


def test_newest_fourteen_are_kept_and_other_files_left_alone(ledger: Ledger, tmp_path: Path) -> None:
    others = [tmp_path / "ledger-old.db", tmp_path / "ledger-2026-11-01.db.txt"]
    for path in others:
        path.touch()

    for days in range(20):
        back_up(tmp_path / "ledger.db", DAY + timedelta(days=days))

    kept = [path.name for path in backups(tmp_path / "ledger.db")]
    assert kept == [f"ledger-2026-11-{day}.db" for day in range(18, 31)] + ["ledger-2026-12-01.db"]
    assert all(path.exists() for path in others)


def test_half_a_copy_of_a_process_that_died_is_replaced(ledger: Ledger, tmp_path: Path) -> None:
    (tmp_path / ".ledger-2026-11-12.db.new").write_bytes(b"half")

    back_up(tmp_path / "ledger.db", DAY)

    assert [path.name for path in tmp_path.glob("*2026*")] == ["ledger-2026-11-12.db"]
    assert list(tmp_path.glob(".ledger*")) == []


def test_copy_that_fails_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "ledger.db").write_bytes(b"This is no database. " * 100)

    with pytest.raises(sqlite3.DatabaseError):
        back_up(tmp_path / "ledger.db", DAY)

    assert [path.name for path in tmp_path.iterdir()] == ["ledger.db"]


def spoil_silently(path: Path) -> None:
    """Overwrite a page that no run reads: the table of effects is read whole, and so never by its index."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        name = "sqlite_autoindex_effects_1"
        (page,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (name,)).fetchone()
        (size,) = connection.execute("PRAGMA page_size").fetchone()
    with path.open("r+b") as file:
        file.seek((page - 1) * size)
        file.write(b"\xff" * size)


def test_damaged_ledger_takes_the_place_of_no_good_copy(ledger: Ledger, tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    for days in range(14):
        back_up(path, DAY + timedelta(days=days))
    before = {copy.name: copy.read_bytes() for copy in backups(path)}
    ledger.close()
    spoil_silently(path)

    with (
        Ledger.open(path, spreadsheet="sheet", calendar="primary") as opened,
        pytest.raises(
            sqlite3.DatabaseError, match=r"^the ledger itself is damaged; put back the copy of an ear"
        ),
    ):
        opened.back_up(DAY + timedelta(days=14))

    assert {copy.name: copy.read_bytes() for copy in backups(path)} == before
    assert list(tmp_path.glob(".ledger*")) == []


def test_service_makes_one_copy_a_day(live: Month) -> None:
    for _ in range(5):
        live.tick()
        live.wait(hours=12)

    assert [path.name for path in backups(live.folder / "ledger.db")] == [
        "ledger-2026-11-12.db",
        "ledger-2026-11-13.db",
        "ledger-2026-11-14.db",
    ]


def test_copy_that_cannot_be_written_is_said_and_stops_no_mail(live: Month) -> None:
    live.add_members("Ann")
    live.tick()
    live.go_to("2026-11-13T09:00:00+01:00")
    (live.folder / ".ledger-2026-11-13.db.new").mkdir()  # where the copy would be written

    tick = live.tick()

    assert tick.troubles == ("Today's copy of the ledger could not be written: Is a directory",)
    assert [
        "Not done yet",
        "Today's copy of the ledger could not be written: Is a directory. It is tried again.",
    ] in live.rows("Today")
    assert len(live.mails("ann@example.org")) == 1
