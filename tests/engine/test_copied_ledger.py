"""A ledger copied to a second machine: whoever comes later stops, and a double run is noticed."""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from engine.ledger import Ledger
from engine.plan import Limits
from engine.tick import Tick, learn_from_log, run_tick
from tests.engine.conftest import copy_of
from tests.month import Month

DUE = datetime.fromisoformat("2026-11-12T17:00:00+01:00")


@pytest.fixture
def first(ready: Path, tmp_path: Path) -> Iterator[Month]:
    """A live month as Ann's agenda becomes due."""
    with copy_of(ready, tmp_path / "month", DUE) as month:
        yield month


@pytest.fixture
def copied(first: Month) -> Iterator[Ledger]:
    """The ledger of a second machine, copied from the first one's before the agenda."""
    first.ledger.back_up(DUE.date() + timedelta(days=1))
    there = first.folder / "second" / "ledger.db"
    there.parent.mkdir()
    shutil.copy2(first.folder / "ledger-2026-11-13.db", there)
    with Ledger.open(there, spreadsheet=first.id, calendar="primary") as ledger:
        yield ledger


def look(month: Month, ledger: Ledger, clock: Callable[[], datetime]) -> Tick:
    return run_tick(month.workspace, ledger, clock=clock, limits=Limits())


def both_at_once(month: Month, copied: Ledger) -> None:
    """The second machine runs after the first one has read, and before that writes; a second apart."""
    calls = itertools.count()

    def clock() -> datetime:
        call = next(calls)
        if call == 1:  # the first call is before the sheet is read
            look(month, copied, lambda: DUE)
        return DUE + timedelta(seconds=min(call, 1))

    look(month, month.ledger, clock)


def test_second_machine_that_comes_later_stops_and_sends_nothing(first: Month, copied: Ledger) -> None:
    first.tick()

    second = look(first, copied, lambda: first.now)

    assert second.plan.stop == (
        "The ledger on this machine is older than the tab Log. Put the newest copy back, or run `main.py"
        " recover` so that nothing is sent a second time. If a second machine runs with a copy of the ledger,"
        " stop one of them for good before that."
    )
    assert len(first.mails("ann@example.org")) == 1
    assert first.tick().plan.stop == ""


def test_two_machines_at_once_are_noticed_by_both_at_their_next_look(first: Month, copied: Ledger) -> None:
    both_at_once(first, copied)
    number = first.ledger.view().last_number
    sent = len(first.mails("ann@example.org"))
    first.wait(minutes=10)

    stops = [look(first, ledger, lambda: first.now).plan.stop for ledger in (first.ledger, copied)]

    assert sent == 2  # the one thing that nothing can prevent
    assert copied.view().last_number == number
    said = (
        f"Number {number} in the tab Log is not what the ledger on this machine did. If a second machine"
        " runs with a copy of the ledger, stop one of them for good, see what went out twice, and run"
        " `main.py recover` on the other. If somebody changed rows of Log, take that back with Undo."
    )
    assert stops == [said, said]


def test_one_machine_goes_on_after_recovering_and_the_other_stays_stopped(
    first: Month, copied: Ledger
) -> None:
    both_at_once(first, copied)
    mails = first.mails()
    first.wait(minutes=10)

    learn_from_log(first.workspace, first.ledger, first.now)
    ticks = first.settle()
    other = look(first, copied, lambda: first.now)

    assert [tick.plan.stop for tick in ticks] == ["", "", ""]
    assert other.plan.stop.startswith("Number ")
    assert first.mails() == mails


def test_machine_whose_line_never_came_to_log_notices_the_other(first: Month, copied: Ledger) -> None:
    both_at_once(first, copied)
    rows = first.rows("Log")
    last = {"tab": "Log", "from": len(rows), "count": 1}
    first.local("POST", f"/local/sheets/{first.id}/rows/delete", last)
    first.wait(minutes=10)

    stop = first.tick().plan.stop

    assert stop.startswith(f"Number {rows[-1][6]} in the tab Log is not what the ledger on this machine did.")


def test_line_appended_a_second_time_stops_nothing(first: Month) -> None:
    first.tick()
    first.workspace.sheets.append("Log", [first.rows("Log")[-1]], push_down=False)

    assert first.tick().plan.stop == ""


def test_line_appended_a_second_time_after_the_zone_was_changed_stops_nothing(first: Month) -> None:
    first.tick()
    when, *line = first.rows("Log")[-1]
    first.workspace.sheets.append("Log", [[when + 5.75 / 24, *line]], push_down=False)  # as in Kathmandu

    assert first.tick().plan.stop == ""


def test_line_with_another_key_stops_everything_until_it_is_taken_back(first: Month) -> None:
    first.tick()
    rows = first.rows("Log")
    where = f"{first.column('Log', 'Key')}{len(rows)}"
    first.type("Log", where, "2026-11.g0/agenda/0011223344556677")

    stop = first.tick().plan.stop
    first.type("Log", where, rows[-1][4])

    assert stop.startswith(f"Number {rows[-1][6]} in the tab Log is not what the ledger on this machine did.")
    assert first.tick().plan.stop == ""
