"""What the service asks of Google, counted: nothing for nothing, and no more for many than for few."""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from engine.tick import Tick
from tests.faulty import restart
from tests.month import Month

READ = "sheets.spreadsheets.values.batchGet"
LIST = "calendar.events.list"
APPEND = "sheets.spreadsheets.values.append"
WRITE = "sheets.spreadsheets.values.batchUpdate"
PROFILE = "gmail.users.getProfile"
CREATE, SEND = "gmail.users.drafts.create", "gmail.users.drafts.send"
INSERT, GET, UPDATE = "calendar.events.insert", "calendar.events.get", "calendar.events.update"

SETTINGS = {"Mode": "live", "Wait after my last change": "0", "Months ahead": "1"}
FEW, MANY = 20, 200
END = "2026-11-20T09:00:00+01:00"


def make_month(folder: Path, members: int) -> Month:
    """A live community of so many members; everything from now on is counted."""
    month = Month(folder, settings=SETTINGS)
    month.ledger.went_live(month.now)
    month.ledger.live_was_released()
    header = [str(cell) for cell in month.rows("Members")[0]]
    rows = [[""] * len(header) for _ in range(members)]
    for number, row in enumerate(rows):
        row[header.index("Name")] = f"Member {number}"
        row[header.index("Email")] = f"member{number}@example.org"
        # A reminder more for each of hundreds would prove the same as the agenda, in twice the time.
        row[header.index("Mail")] = "everything" if number < FEW else "invitation and agenda"
    month.workspace.sheets.append("Members", rows)
    month.fill("Roasts", "2026-11", Host="Member 0")
    month.ledger.release("all", _everything(month), month.now)
    restart(month)
    month.forget_requests()
    return month


def _everything(month: Month) -> list[tuple[str, str]]:
    """What the gate holds back at first: many people who never got anything."""
    return [pair for hold in month.tick().plan.holds for pair in hold.pairs]


@cache
def month_of_requests(members: int) -> Counter[str]:
    """Requests by API method, from the first event to the day after the meeting."""
    with TemporaryDirectory() as folder, make_month(Path(folder), members) as month:
        ticks: list[Tick] = []
        month.run_until(END, ticks.append)
        counted = Counter(month.asked())
        counted["ticks"] = len(ticks)
        counted["mails"] = len(month.mails())
        return counted


def test_tick_with_nothing_to_do_is_one_read_and_one_list(month: Month) -> None:
    month.add_members("Ann")
    month.live()
    month.wait(minutes=5)
    month.tick()
    month.forget_requests()

    for _ in range(3):
        month.wait(minutes=5)
        month.tick()

    assert month.asked() == [READ, LIST] * 3


def test_first_tick_of_a_day_also_says_that_it_looked(month: Month) -> None:
    month.add_members("Ann")
    month.settle()
    month.go_to("2026-11-13T00:01:00+01:00")
    month.forget_requests()

    month.tick()

    assert month.asked() == [READ, LIST, WRITE]


def test_month_of_few_asks_this_and_nothing_else() -> None:
    counted = month_of_requests(FEW)

    assert counted == {
        "ticks": 4,
        READ: 4,
        LIST: 6,  # one a tick, and one more before each event is made: is there one already?
        # Two events; the rest is the alarm's, which these four ticks in eight days find far behind.
        INSERT: 3,
        GET: 3,
        UPDATE: 2,
        PROFILE: 1,
        CREATE: 41,  # agenda and reminder for everybody, and the host's ask
        SEND: 41,
        APPEND: 3,
        WRITE: 4,
        "mails": 42,  # with the one that said what was stopped at first
    }


def test_month_of_many_asks_no_more_than_a_month_of_few_but_for_mails() -> None:
    few, many = month_of_requests(FEW), month_of_requests(MANY)

    assert many - few == {CREATE: 180, SEND: 180, "mails": 180}
    assert few - many == {}


def test_report_is_one_append_to_log_and_one_write(live: Month) -> None:
    live.add_members("Ann", "Bob")
    live.tick()
    live.go_to("2026-11-12T17:00:00+01:00")
    live.tick()
    live.go_to("2026-11-17T17:10:00+01:00")
    live.tick()  # pushes the alarm on
    live.forget_requests()
    live.go_to("2026-11-18T17:00:00+01:00")

    live.tick()

    assert Counter(live.asked()) == {READ: 1, LIST: 1, CREATE: 2, SEND: 2, APPEND: 1, WRITE: 1}


def test_account_is_asked_for_once_per_process(live: Month) -> None:
    live.add_members("Ann", "Bob")
    restart(live)
    live.forget_requests()

    live.run_until(END)

    assert live.asked().count(PROFILE) == 1


def test_second_run_changes_nothing_at_every_step_of_a_month(tmp_path: Path) -> None:
    with Month(tmp_path, settings={"Discord channel id": "123456789012345678"}) as month:
        month.add_members("Ann", "Bob", "Cleo")
        repeated: list[tuple[str, list[str]]] = []

        def again(_: Tick) -> None:
            month.forget_requests()
            month.tick()
            if (asked := month.asked()) != [READ, LIST]:
                repeated.append((month.now.isoformat(), asked))

        for tick in month.settle():
            again(tick)
        month.set("Mode", "live")
        held = month.tick()
        again(held)
        again(month.tick(*(hold.code for hold in held.plan.holds)))
        month.fill("Roasts", "2026-11", Host="Ann", Plan_title="Mapping power")
        month.type_row("Requests", Name="Dora", Email="dora@example.org", Wants="both", Decision="approve")
        month.run_until("2026-11-14T09:00:00+01:00", again)
        month.fill("Roasts", "2026-11", Other_start="18:00", Host="Bob")
        month.fill("Roasts", "2026-12", No_meeting_because="winter break")
        month.run_until(END, again)

        # Google makes the Meet links after it has answered; then the reports name them.
        assert repeated == [("2026-11-12T09:20:00+01:00", [READ, LIST, WRITE])]
