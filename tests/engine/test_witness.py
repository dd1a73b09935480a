"""Log missing, headless or emptied: nothing goes out until it is back, whatever ledger there is."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date, datetime
from pathlib import Path

import pytest

from engine.ledger_errors import LedgerError
from engine.tick import learn_from_log
from tests.automations.hands import IDLE, today
from tests.engine.conftest import copy_of
from tests.engine.damage import Hand
from tests.month import Month

DUE = datetime.fromisoformat("2026-11-12T17:00:00+01:00")
EVENING = datetime.fromisoformat("2026-11-12T17:10:00+01:00")
COPY = date(2026, 11, 11)
NO_LOG = (
    "The tab Log is missing or has lost a header, so that nobody can tell what has been sent. Bring it back"
    " with Undo or the version history; if it is gone for good, run `main.py init` for this spreadsheet, then"
    " `main.py recover`."
)
ROWS_GONE = (
    "Rows of the tab Log are gone, so that nobody can tell what has been sent. Bring them back with Undo or"
    " the version history; if they are gone for good, run `main.py recover`, and the next run writes them"
    " again."
)
UNKNOWN_MEETING = (
    "The calendar holds a meeting that the ledger on this machine does not know. Put the newest copy of the"
    " ledger back, or run `main.py recover` so that nothing is sent a second time."
)


@pytest.fixture(scope="module")
def agenda_sent(ready: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a live month in which Ann's agenda went out; a copy of its ledger is from before that."""
    folder = tmp_path_factory.mktemp("agenda_sent") / "month"
    with copy_of(ready, folder, DUE) as month:
        month.ledger.back_up(COPY)
        month.tick()
        with closing(Hand(month)) as hand:
            copied = {"sourceSheetId": hand.sheet_ids()["Log"], "newSheetName": "Log as it was"}
            hand.batch({"duplicateSheet": copied})
    return folder


@pytest.fixture
def evening(agenda_sent: Path, tmp_path: Path) -> Iterator[Month]:
    """That month ten minutes later."""
    with copy_of(agenda_sent, tmp_path / "month", EVENING) as month:
        yield month


def delete(month: Month) -> None:
    month.local("POST", f"/local/sheets/{month.id}/tabs/delete", {"tab": "Log"})


def rename(month: Month) -> None:
    month.local("POST", f"/local/sheets/{month.id}/tabs/rename", {"tab": "Log", "title": "Logbook"})


def type_over(month: Month) -> None:
    month.type("Log", f"{month.column('Log', 'Number')}1", "No.")


def clear(month: Month) -> None:
    count = len(month.rows("Log")) - 1
    month.local("POST", f"/local/sheets/{month.id}/rows/delete", {"tab": "Log", "from": 2, "count": count})


def undo(month: Month) -> None:
    with closing(Hand(month)) as hand:
        there = hand.sheet_ids()
    for title in {"Log", "Logbook"} & there.keys():
        month.local("POST", f"/local/sheets/{month.id}/tabs/delete", {"tab": title})
    month.local("POST", f"/local/sheets/{month.id}/tabs/rename", {"tab": "Log as it was", "title": "Log"})


def same(_: Month) -> None:
    """The ledger that has done all this stays."""


def older(month: Month) -> None:
    put_in_place(month, month.folder / f"ledger-{COPY}.db")


def lost(month: Month) -> None:
    put_in_place(month, None)


def put_in_place(month: Month, copy: Path | None) -> None:
    month.ledger.close()
    for end in ("", "-wal", "-shm"):
        (month.folder / f"ledger.db{end}").unlink(missing_ok=True)
    if copy:
        shutil.copy2(copy, month.folder / "ledger.db")
    month.ledger = month.open_ledger()


@pytest.mark.parametrize("ledger", [same, older, lost])
@pytest.mark.parametrize("damage", [delete, rename, type_over, clear])
def test_nothing_goes_out_until_log_is_back(
    evening: Month, damage: Callable[[Month], None], ledger: Callable[[Month], None]
) -> None:
    before = (evening.mails(), evening.notices())
    damage(evening)
    ledger(evening)
    evening.forget_requests()

    stopped = evening.tick()

    gone = UNKNOWN_MEETING if ledger is lost else ROWS_GONE
    assert stopped.plan.stop == (gone if damage is clear else NO_LOG)
    assert stopped.done == ()
    assert {*evening.asked()} <= {*IDLE, "sheets.spreadsheets.get", "sheets.spreadsheets.values.batchUpdate"}
    assert f"Everything is stopped | {stopped.plan.stop}" in today(evening)

    undo(evening)
    goes_on = evening.tick().plan.stop
    if ledger is not same:
        learn_from_log(evening.workspace, evening.ledger, evening.now)
    ticks = evening.settle()

    assert (goes_on == "") == (ledger is same)
    assert [tick.plan.stop for tick in ticks] == ["", "", ""]
    assert (evening.mails(), evening.notices()) == before


def test_mails_go_on_after_log_came_back(evening: Month) -> None:
    delete(evening)
    evening.tick()
    undo(evening)

    evening.run_until("2026-11-18T17:00:00+01:00")

    kinds = [mail.subject.partition(" ")[0] for mail in evening.mails("ann@example.org")]
    assert kinds == ["Co-op", "Soon:"]


@pytest.mark.parametrize("damage", [delete, rename, type_over])
def test_recover_without_log_refuses_and_learns_nothing(
    evening: Month, damage: Callable[[Month], None]
) -> None:
    damage(evening)
    lost(evening)
    before = evening.ledger.view()

    with pytest.raises(LedgerError, match="The tab Log is missing or has lost a header, so that nothing can"):
        learn_from_log(evening.workspace, evening.ledger, evening.now)

    assert evening.ledger.view() == before


def test_rows_gone_for_good_are_written_again_after_recovering(evening: Month) -> None:
    keys = [row[4] for row in evening.rows("Log")[1:]]
    mails = evening.mails()
    clear(evening)

    learned = learn_from_log(evening.workspace, evening.ledger, evening.now)
    ticks = evening.settle()

    assert learned == 0
    assert [tick.plan.stop for tick in ticks] == ["", "", ""]
    assert [row[4] for row in evening.rows("Log")[1:]] == keys
    assert evening.mails() == mails


def test_next_live_run_after_rows_were_gone_is_stopped_with_its_counts(evening: Month) -> None:
    clear(evening)
    learn_from_log(evening.workspace, evening.ledger, evening.now)
    evening.tick()
    evening.go_to("2026-11-18T17:00:00+01:00")

    held = evening.settle()[-1].plan.holds

    assert [dict(hold.counts) for hold in held] == [{"reminder": 1}]


def test_log_of_an_older_version_of_the_spreadsheet_is_completed(evening: Month) -> None:
    lines = evening.rows("Log")
    mails = evening.mails()
    where = f"/local/sheets/{evening.id}/rows/delete"
    evening.local("POST", where, {"tab": "Log", "from": len(lines) - 2, "count": 3})

    ticks = evening.settle()

    assert [tick.plan.stop for tick in ticks] == ["", "", ""]
    assert evening.rows("Log") == lines
    assert evening.mails() == mails


def test_sorted_or_trimmed_log_is_as_good_a_witness(evening: Month) -> None:
    where = f"/local/sheets/{evening.id}/rows"
    evening.local("POST", f"{where}/sort", {"tab": "Log", "by": "E", "descending": True})
    by_key = evening.tick().plan.stop
    evening.local("POST", f"{where}/sort", {"tab": "Log", "by": "G", "descending": False})
    evening.local("POST", f"{where}/delete", {"tab": "Log", "from": 2, "count": 2})

    trimmed = evening.tick().plan.stop

    assert (by_key, trimmed) == ("", "")


def test_lines_stand_under_their_headers_wherever_these_were_moved(evening: Month) -> None:
    with closing(Hand(evening)) as hand:
        last = {"sheetId": hand.sheet_ids()["Log"], "dimension": "COLUMNS", "startIndex": 6, "endIndex": 7}
        hand.batch({"moveDimension": {"source": last, "destinationIndex": 0}})
    evening.add_members("Bob")
    before = len(evening.rows("Log"))

    ticks = evening.settle()

    new = evening.rows("Log")[before:]
    assert [tick.plan.stop for tick in ticks] == ["", "", ""]
    assert [row[0] for row in new] == [evening.ledger.view().last_number]
    assert {row[6] for row in new} == {evening.ledger.view().id}
