"""A lost ledger: everything stops until Log and Calendar have been asked what was done."""

from engine.tick import learn_from_log
from tests.month import Month


def lose_ledger(month: Month) -> None:
    month.ledger.close()
    (month.folder / "ledger.db").unlink()
    month.ledger = month.open_ledger()


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
