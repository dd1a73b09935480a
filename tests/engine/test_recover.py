"""A lost ledger: everything stops until Log and Calendar have been asked what was done."""

from __future__ import annotations

import shutil
from datetime import date

import pytest

from engine.ledger_backup import backups
from engine.tick import learn_from_log
from tests.faulty import Fault, answer, fail
from tests.month import Month


def lose_ledger(month: Month) -> None:
    month.ledger.close()
    (month.folder / "ledger.db").unlink()
    month.ledger = month.open_ledger()


def put_back(month: Month, day: date) -> None:
    """What docs/operating.md says: the copy of a day takes the ledger's place."""
    month.ledger.close()
    for file in month.folder.glob("ledger.db*"):
        file.unlink()
    shutil.copy2(month.folder / f"ledger-{day}.db", month.folder / "ledger.db")
    month.ledger = month.open_ledger()


def received(month: Month) -> list[tuple[str, str, str]]:
    """What everybody has got, but for the organizer's alerts."""
    found = (*month.mails(), *month.notices())
    return sorted((mail.to, mail.kind, mail.subject) for mail in found if "organizer" not in mail.to)


def test_lost_ledger_stops_everything_and_says_the_way_out(month: Month) -> None:
    month.add_members("Ann", "Bob")
    month.live()
    lose_ledger(month)
    month.forget_requests()

    tick = month.tick()

    assert tick.plan.stop == (
        "The tab Log was written with another ledger than the one on this machine. Put that ledger back, or"
        " run `main.py recover` so that nothing is sent a second time."
    )
    assert month.asked() == [
        "sheets.spreadsheets.values.batchGet",
        "calendar.events.list",
        "sheets.spreadsheets.values.batchUpdate",
    ]


def test_recovered_ledger_sends_nothing_a_second_time(month: Month) -> None:
    month.add_members("Ann", "Bob")
    month.live()
    month.run_until("2026-12-10T18:00:00+01:00")
    mails, notices = month.mails(), month.notices()
    lose_ledger(month)

    learned = learn_from_log(month.workspace, month.ledger, month.now)
    ticks = month.settle()

    assert learned > 0
    assert [tick.plan.stop for tick in ticks] == ["", "", ""]
    assert (month.mails(), month.notices()) == (mails, notices)


def test_recovered_ledger_goes_on_once_the_organizer_has_seen_the_counts(month: Month) -> None:
    month.add_members("Ann", "Bob")
    month.live()
    month.run_until("2026-12-10T18:00:00+01:00")
    lose_ledger(month)
    learn_from_log(month.workspace, month.ledger, month.now)

    month.run_until("2026-12-16T17:00:00+01:00")
    held = month.tick().plan.holds
    month.tick(*(hold.code for hold in held))

    assert [dict(hold.counts) for hold in held] == [{"reminder": 2}]
    subjects = [mail.subject for mail in month.mails("ann@example.org")]
    assert len(subjects) == len(set(subjects))
    assert len([text for text in subjects if "tomorrow" in text.lower()]) <= 1


def test_yesterdays_copy_put_back_sends_nothing_twice_and_goes_on_after_recovering(month: Month) -> None:
    month.add_members("Ann", "Bob")
    month.live()
    month.fill("Roasts", "2026-11", Host="Ann")
    month.run_until("2026-11-13T09:00:00+01:00")  # the agenda went on the 12th, after that day's copy
    before = received(month)
    assert [path.name for path in backups(month.folder / "ledger.db")] == [
        "ledger-2026-11-12.db",
        "ledger-2026-11-13.db",
    ]
    put_back(month, date(2026, 11, 12))

    stopped = month.tick()
    assert stopped.plan.stop.startswith("The ledger on this machine is older than the tab Log.")
    assert (stopped.done, received(month)) == ((), before)
    learned = learn_from_log(month.workspace, month.ledger, month.now)
    ticks = month.settle()
    assert learned > 0
    assert [(tick.plan.stop, tick.done) for tick in ticks] == [("", ())] * 3
    assert received(month) == before

    month.run_until("2026-11-18T17:00:00+01:00")
    (hold,) = month.tick().plan.holds
    assert hold.counts == {"reminder": 2}
    assert hold.why.startswith("The ledger was lost and has learned from Log:")
    month.tick(hold.code)
    reminders = [mail for mail in received(month) if mail not in before]
    assert [to for to, _, _ in reminders] == ["ann@example.org", "bob@example.org"]


@pytest.mark.parametrize(
    ("method", "fault"),
    [
        ("gmail.users.drafts.create", "closeAfter"),  # the copy knows of a draft being made
        ("gmail.users.drafts.send", answer(429, "Slower.")),  # ... made
        ("gmail.users.drafts.send", "closeBefore"),  # ... being sent
    ],
)
def test_mail_under_way_in_the_copy_that_left_since_is_not_sent_again(
    live: Month, method: str, fault: Fault
) -> None:
    live.add_members("Ann")
    live.tick()
    live.go_to("2026-11-12T23:55:00+01:00")
    fail(live, method, fault)
    live.tick()
    live.wait(minutes=10)  # the 13th, whose copy is made before that mail is seen to
    live.tick()
    live.wait(minutes=10)
    live.tick()
    assert len(live.mails("ann@example.org")) == 1
    put_back(live, date(2026, 11, 13))
    learn_from_log(live.workspace, live.ledger, live.now)
    live.fill("Roasts", "2026-11", Plan_title="Something else")  # the old draft would not be kept

    for _ in range(3):
        live.wait(minutes=10)
        live.tick(*(hold.code for hold in live.tick().plan.holds))

    assert len(live.mails("ann@example.org")) == 1
