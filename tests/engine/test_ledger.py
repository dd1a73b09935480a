"""The ledger: on disk before anything leaves, one process's, one spreadsheet's, and never read wrongly."""

from __future__ import annotations

import os
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from community.ledger import Entry, Phase, Sighting
from engine import ledger_file
from engine.ledger import Ledger
from engine.ledger_errors import LedgerError, LedgerInUseError
from sheets_schema.cells import Cell
from tests.faulty import restart
from tests.month import Month
from tests.ordinary_user import as_an_ordinary_user, give_to_the_ordinary_user

NOW = datetime(2026, 11, 12, 8, tzinfo=UTC)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the ledger is."""
    return tmp_path / "somewhere" / "ledger.db"


def open_ledger(path: Path, *, spreadsheet: str = "sheet", calendar: str = "primary") -> Ledger:
    """The ledger of a spreadsheet and a calendar."""
    return Ledger.open(path, spreadsheet=spreadsheet, calendar=calendar)


@pytest.fixture
def ledger(path: Path) -> Iterator[Ledger]:
    """A new ledger."""
    with open_ledger(path) as opened:
        yield opened


def reopened(ledger: Ledger, path: Path) -> Ledger:
    """What the next process finds."""
    ledger.close()
    return open_ledger(path)


def test_file_is_its_owners_alone_and_written_ahead(ledger: Ledger, path: Path) -> None:
    ledger.put(Entry("a", "agenda", Phase.DRAFTING, NOW))

    with sqlite3.connect(path) as connection:
        mode = connection.execute("PRAGMA journal_mode").fetchone()[0]
    connection.close()

    assert mode == "wal"
    assert oct(path.parent.stat().st_mode & 0o777) == "0o700"
    assert {file.name: oct(file.stat().st_mode & 0o077) for file in path.parent.glob("ledger.db*")} == {
        "ledger.db": "0o0",
        "ledger.db-wal": "0o0",
        "ledger.db-shm": "0o0",
        "ledger.db.lock": "0o0",
    }


def test_every_write_is_there_for_the_next_process(ledger: Ledger, path: Path) -> None:
    entry = Entry(
        key="2026-12.g0/agenda/0011223344556677",
        kind="agenda",
        phase=Phase.SENT,
        at=NOW,
        person="0011223344556677",
        meeting="2026-12.g0",
        who="Ann",
        told={"start": "2026-12-17T16:00:00+00:00", "link": None},
        ids={"draft": "r1", "message": "m1"},
        fingerprint="f00",
        attempts=1,
        reason="",
    )
    ledger.put(entry)
    ledger.see({"member/0011223344556677": Sighting("active", NOW)})
    ledger.release("ember 1234", [("a", "f")], NOW, first_live=True)
    ledger.went_live(NOW)
    ledger.pause("mail", NOW + timedelta(hours=1))
    ledger.logged_up_to(1)
    ledger.take_over(
        [Entry("b", "agenda", Phase.SENT, NOW)], [entry], sources=["other"], passed=7, hold=False
    )
    before = ledger.view()

    with reopened(ledger, path) as again:
        assert again.view() == before
        assert again.view().live_released


def test_entries_that_end_get_the_next_number_and_others_none(ledger: Ledger) -> None:
    first = ledger.put(Entry("a", "agenda", Phase.SENT, NOW))
    under_way = ledger.put(Entry("b", "agenda", Phase.SENDING, NOW))
    several = ledger.put_all([Entry("b", "agenda", Phase.SENT, NOW), Entry("c", "agenda", Phase.GONE, NOW)])

    assert first.number == 1
    assert under_way.number is None
    assert [entry.number for entry in several] == [2, 3]
    assert ledger.view().last_number == 3


def test_number_is_never_given_twice_though_rows_are_forgotten(ledger: Ledger, path: Path) -> None:
    ledger.put(Entry("a", "agenda", Phase.SENT, NOW))
    ledger.forget("a")

    with reopened(ledger, path) as again:
        assert again.view().entries == {}
        assert again.put(Entry("b", "agenda", Phase.SENT, NOW)).number == 2


def test_amended_entry_keeps_its_number(ledger: Ledger, path: Path) -> None:
    entry = ledger.put(Entry("a", "event", Phase.DONE, NOW, ids={"start": "x"}))
    amended = Entry("a", "event", Phase.DONE, NOW, ids={"start": "y"}, number=entry.number)

    ledger.amend(amended)

    with reopened(ledger, path) as again:
        assert again.view().entries == {"a": amended}
        assert again.view().last_number == 1


def test_sightings_are_replaced(ledger: Ledger, path: Path) -> None:
    ledger.see({"a": Sighting("1", NOW), "b": Sighting("1", NOW)})
    later = {"b": Sighting("2", NOW + timedelta(minutes=5)), "c": Sighting("1", NOW)}

    ledger.see(later)

    with reopened(ledger, path) as again:
        assert again.view().sightings == later


@pytest.mark.parametrize("other", [{"spreadsheet": "another"}, {"calendar": "another"}])
def test_ledger_of_another_community_is_an_error_with_the_way_out(
    ledger: Ledger, path: Path, other: dict[str, str]
) -> None:
    ledger.close()

    with pytest.raises(LedgerError, match=r"Name another file under `ledger`.*or put the old"):
        open_ledger(path, **other)
    with open_ledger(path) as again:
        assert again.view().id == ledger.view().id


def test_second_process_is_locked_out_and_reading_is_not(ledger: Ledger, path: Path) -> None:
    ledger.put(Entry("a", "agenda", Phase.SENT, NOW))

    with pytest.raises(LedgerInUseError, match="Another run of the service is under way"):
        open_ledger(path)
    with Ledger.open(path, spreadsheet="sheet", calendar="primary", writing=False) as reading:
        assert reading.view().entries == ledger.view().entries


def test_damaged_ledger_is_an_error_with_the_way_out_and_frees_the_lock(path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(b"This is no database. " * 100)

    with pytest.raises(LedgerError, match=r"ledger\.db cannot be read or written .*put back a copy"):
        open_ledger(path)
    path.unlink()
    open_ledger(path).close()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE effects SET phase = 'nonsense'",
        "UPDATE effects SET at = ''",
        "UPDATE effects SET told = '{'",
        "DELETE FROM meta WHERE name = 'id'",
        "DROP TABLE effects; CREATE TABLE effects (key TEXT)",
    ],
)
def test_ledger_with_contents_that_make_no_sense_is_an_error_with_the_way_out(
    ledger: Ledger, path: Path, statement: str
) -> None:
    ledger.put(Entry("a", "agenda", Phase.SENT, NOW))
    ledger.close()
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(statement)

    with pytest.raises(LedgerError, match=r"ledger\.db cannot be read or written .*put back a copy"):
        open_ledger(path)


def test_ledger_with_overwritten_pages_is_an_error_with_the_way_out(ledger: Ledger, path: Path) -> None:
    ledger.put_all(Entry(f"{number}", "agenda", Phase.SENT, NOW, reason="x" * 500) for number in range(50))
    ledger.close()
    content = path.read_bytes()
    path.write_bytes(content[:8192] + b"\xff" * (len(content) - 8192))

    with pytest.raises(LedgerError, match=r"ledger\.db cannot be read or written .*put back a copy"):
        open_ledger(path)


# SQLite itself says what it says when the file may not be written, another program writes, the disk is full.
READ_ONLY, FULL = "PRAGMA query_only = ON", "PRAGMA max_page_count = 1"


@pytest.mark.parametrize(
    ("trouble", "sentence"),
    [
        (READ_ONLY, "(attempt to write a readonly database). Let the user that runs this program write the"),
        (FULL, "(database or disk is full). Free some space on that disk."),
        ("PRAGMA busy_timeout = 0", "(database is locked). Another program has it open: close that one."),
    ],
)
def test_ledger_that_cannot_be_written_lets_nothing_leave_and_says_why(
    live: Month, trouble: str, sentence: str
) -> None:
    live.add_members("Ann")
    live.tick()
    live.go_to("2026-11-12T17:00:00+01:00")
    live.forget_requests()
    pragma(live.ledger, trouble)

    with closing(sqlite3.connect(live.folder / "ledger.db", isolation_level=None)) as other:
        if "busy" in trouble:
            other.execute("BEGIN IMMEDIATE")
        with pytest.raises(LedgerError, match=re.escape(sentence)):
            live.tick()

    assert {method for method in live.asked() if method.startswith(("gmail", "discord"))} <= {
        "gmail.users.getProfile"
    }
    stopped, why = live.rows("Today")[3][:2]
    assert stopped == "Everything is stopped"
    assert sentence in str(why)
    restart(live)
    live.tick()
    assert len(live.mails("ann@example.org")) == 1


def pragma(ledger: Ledger, statement: str) -> None:
    """Let the ledger's one connection be in trouble; a full disk takes no row any more."""
    with ledger._engine.connect() as connection:
        connection.exec_driver_sql(statement)
    for length in (1000, 1) if statement == FULL else ():
        with suppress(LedgerError):
            for number in range(1000):
                ledger.put(Entry(f"x{length}.{number}", "month", Phase.DONE, NOW, reason="x" * length))


def test_ledger_that_another_program_writes_is_an_error_before_anything_is_done(
    ledger: Ledger, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ledger.close()
    monkeypatch.setattr(ledger_file, "PATIENCE", 0)

    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(LedgerError, match=r"\(database is locked\)\. Another program has it open"):
            open_ledger(path)
    open_ledger(path).close()


@contextmanager
def ledger_where_everybody_writes() -> Iterator[Path]:
    """A ledger in a folder, and with a lock, that any user of the machine may write."""
    with TemporaryDirectory() as folder:
        path = Path(folder, "ledger.db")
        open_ledger(path).close()
        path.parent.chmod(0o777)
        Path(f"{path}.lock").chmod(0o666)
        yield path


def test_ledger_that_may_only_be_read_is_an_error_before_anything_is_done() -> None:
    with ledger_where_everybody_writes() as path:
        path.chmod(0o400)
        give_to_the_ordinary_user(path)

        with as_an_ordinary_user(), pytest.raises(LedgerError, match=r"readonly database\)\. Let the user"):
            open_ledger(path)


def test_ledger_that_others_could_read_is_its_owners_alone_from_now_on(path: Path) -> None:
    with open_ledger(path) as ledger:
        ledger.put(Entry("a", "agenda", Phase.SENT, NOW))
        ledger.back_up(NOW.date())
        files = [path, Path(f"{path}-wal"), Path(f"{path}-shm"), path.with_name("ledger-2026-11-12.db")]
        for file in files:
            file.chmod(0o666)

        with Ledger.open(path, spreadsheet="sheet", calendar="primary", writing=False):
            modes = {file.name: oct(file.stat().st_mode & 0o777) for file in files}

    assert modes == {
        "ledger.db": "0o600",
        "ledger.db-wal": "0o600",
        "ledger.db-shm": "0o600",
        "ledger-2026-11-12.db": "0o600",
    }


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can make a file that belongs to somebody else")
def test_ledger_that_others_can_read_and_that_is_not_ours_is_an_error_with_the_way_out() -> None:
    with ledger_where_everybody_writes() as path:
        path.chmod(0o666)

        with as_an_ordinary_user(), pytest.raises(LedgerError) as caught:
            open_ledger(path)

    assert str(caught.value) == (
        "ledger.db is open to other people of this machine and belongs to another user. Let that user run "
        "this program, or give the ledger's files to the one who does (`chown`)."
    )


def test_place_for_the_ledger_that_is_no_folder_is_an_error_with_the_way_out(tmp_path: Path) -> None:
    (tmp_path / "somewhere").write_text("a file")

    with pytest.raises(LedgerError, match=r"ledger\.db cannot be read or written \("):
        open_ledger(tmp_path / "somewhere" / "ledger.db")


@pytest.mark.parametrize(("ledger_id", "ahead"), [("0123456789ab", 0), ("", 1)])
def test_log_of_a_foreign_or_newer_ledger_stops_all_effects(live: Month, ledger_id: str, ahead: int) -> None:
    live.add_members("Ann")
    live.tick()
    view = live.ledger.view()
    line: list[Cell] = [
        46338.5,
        "Agenda",
        "Ann",
        "sent",
        "key",
        ledger_id or view.id,
        view.last_number + ahead,
    ]
    live.workspace.sheets.append("Log", [line])
    live.go_to("2026-11-12T17:00:00+01:00")
    live.forget_requests()

    tick = live.tick()

    assert "run `main.py recover`" in tick.plan.stop
    assert tick.done == ()
    assert live.mails("ann@example.org") == []
    assert {method for method in live.asked() if "batchUpdate" not in method} == {
        "sheets.spreadsheets.values.batchGet",
        "calendar.events.list",
    }
    assert tick.plan.stop in [cell for row in live.rows("Today") for cell in row]


def test_take_over_that_breaks_off_leaves_everything_as_it_was(ledger: Ledger, path: Path) -> None:
    def broken() -> Iterator[Entry]:
        yield Entry("b", "agenda", Phase.SENT, NOW)
        raise KeyboardInterrupt

    ledger.put(Entry("a", "agenda", Phase.SENT, NOW))
    before = ledger.view()
    learned = [Entry("c", "agenda", Phase.SENT, NOW)]

    with pytest.raises(KeyboardInterrupt):
        ledger.take_over(learned, broken(), sources=["other"], passed=7, hold=True)

    assert ledger.view() == before
    with reopened(ledger, path) as again:
        assert again.view() == before
