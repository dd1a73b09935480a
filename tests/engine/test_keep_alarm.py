"""The alarm: ahead while the service runs, and rung by Google once it does not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
import requests

from automations.alarm import TITLE
from community.events import ALARM_PROPERTY
from engine.ledger_errors import LedgerError
from engine.tick import learn_from_log
from sheets_schema.sheet import SERVICE_TABS
from tests.faulty import always, answer, fail, restart
from tests.month import Month
from workspace.errors import OutcomeUnknown, SignInLost

READ, LIST = "sheets.spreadsheets.values.batchGet", "calendar.events.list"
INSERT, GET = "calendar.events.insert", "calendar.events.get"
UPDATE, DELETE = "calendar.events.update", "calendar.events.delete"
EVENTS = "/calendar/v3/calendars/primary/events"


def events(month: Month, **filters: str) -> list[dict[str, Any]]:
    """The calendar's events called as the alarm, as Calendar shows them to its owner."""
    reply = month.transport.session.get(f"{month.base}{EVENTS}", params=filters, timeout=30)
    return [event for event in reply.json()["items"] if event.get("summary") == TITLE]


def starts(month: Month) -> list[timedelta]:
    """How far ahead of now each alarm begins."""
    return sorted(datetime.fromisoformat(event["start"]["dateTime"]) - month.now for event in events(month))


def delete_by_hand(month: Month) -> None:
    """The organizer deletes the alarm on Calendar's own page."""
    (event,) = events(month)
    month.local("POST", f"/local/events/{event['id']}/delete")


def writes(month: Month) -> list[str]:
    """What was asked of Calendar since `forget_requests`, but for the list of each tick."""
    return [method for method in month.asked() if method.startswith("calendar.") and method != LIST]


@pytest.fixture
def kept(live: Month) -> Month:
    """A live community whose alarm was made just now."""
    live.add_members("Ann")
    live.tick()
    live.forget_requests()
    return live


def test_live_service_keeps_a_private_entry_three_days_ahead(kept: Month) -> None:
    (event,) = events(kept)

    assert starts(kept) == [timedelta(hours=72)]
    assert (event["visibility"], event["transparency"]) == ("private", "transparent")
    assert event["reminders"] == {
        "useDefault": False,
        "overrides": [{"method": "popup", "minutes": 0}, {"method": "email", "minutes": 0}],
    }
    assert "attendees" not in event
    assert "conferenceData" not in event
    assert event["extendedProperties"]["private"][ALARM_PROPERTY] == event["id"]
    assert f"https://docs.google.com/spreadsheets/d/{kept.id}" in event["description"]
    assert (
        "the meetings of Co-op educators has not pushed it on for two to three days." in event["description"]
    )


def test_alarm_comes_when_nobody_runs_the_service(kept: Month) -> None:
    kept.wait(hours=72)

    assert starts(kept) == [timedelta(0)]


def revoked(month: Month) -> None:
    """Google no longer accepts the sign-in."""
    month.local("POST", "/local/tokens/expire")
    month.local("POST", "/local/tokens/revoke")


def unreadable(month: Month) -> None:
    """The sheet cannot be read."""
    always(month, READ, "503")


def read_only(month: Month) -> None:
    """The ledger cannot be written, and there is something to write."""
    with month.ledger._engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA query_only = ON")
    month.add_members("Bob")


@pytest.mark.parametrize(
    ("trouble", "error"), [(revoked, SignInLost), (unreadable, OutcomeUnknown), (read_only, LedgerError)]
)
def test_alarm_comes_when_every_look_fails(
    kept: Month, trouble: Callable[[Month], None], error: type[Exception]
) -> None:
    rings = events(kept)[0]["start"]
    trouble(kept)

    for _ in range(6):
        kept.wait(hours=12)
        with pytest.raises(error):
            kept.tick()

    token = kept.local("GET", "/local/token")["access_token"]
    reply = requests.get(f"{kept.base}{EVENTS}", headers={"Authorization": f"Bearer {token}"}, timeout=30)
    (event,) = (event for event in reply.json()["items"] if event.get("summary") == TITLE)
    assert event["start"] == rings
    assert datetime.fromisoformat(rings["dateTime"]) == kept.now


def test_alarm_stays_ahead_as_long_as_the_service_runs(kept: Month) -> None:
    ahead = []
    for _ in range(10):
        kept.wait(hours=12)
        kept.tick()
        ahead += starts(kept)

    hours = [gap / timedelta(hours=1) for gap in ahead]
    assert hours == [60, 48, 72, 60, 48, 72, 60, 48, 72, 60]
    assert writes(kept).count(UPDATE) == 3
    assert kept.mails("organizer@example.org") == []


def test_idle_tick_asks_nothing_for_the_alarm_and_a_push_asks_twice(kept: Month) -> None:
    kept.wait(hours=23)
    kept.tick()
    kept.forget_requests()

    kept.wait(minutes=10)
    kept.tick()
    assert kept.asked() == [READ, LIST]
    kept.wait(hours=1)
    kept.tick()
    assert writes(kept) == [GET, UPDATE]
    kept.forget_requests()
    kept.tick()
    assert kept.asked() == [READ, LIST]


def test_alarm_deleted_by_hand_is_made_again_once(kept: Month) -> None:
    for _ in range(2):
        delete_by_hand(kept)
        kept.wait(minutes=10)
        kept.tick()
        kept.tick()
        assert starts(kept) == [timedelta(hours=72)]

    assert writes(kept) == [INSERT, GET, INSERT] * 2  # Calendar never takes a deleted event's id again


def test_alarm_that_rang_long_ago_is_moved_and_no_second_one_is_made(kept: Month) -> None:
    kept.wait(days=10)

    kept.tick()

    assert starts(kept) == [timedelta(hours=72)]
    assert writes(kept) == [INSERT, GET, GET, UPDATE]


def test_alarm_put_far_ahead_by_a_wrong_clock_is_brought_back(kept: Month) -> None:
    kept.wait(days=400)
    kept.tick()
    kept.wait(days=-400)

    kept.tick()

    assert starts(kept) == [timedelta(hours=72)]


@pytest.mark.parametrize("hang", ["closeBefore", "closeAfter"])
def test_insert_without_an_answer_makes_no_second_alarm(live: Month, hang: str) -> None:
    live.set("Mode", "only to me")  # the meetings' own events are made before
    live.tick()
    live.set("Mode", "live")
    fail(live, INSERT, hang)

    live.tick()
    restart(live)
    live.tick()

    assert starts(live) == [timedelta(hours=72)]


def test_copy_made_by_hand_is_left_alone(kept: Month) -> None:
    (event,) = events(kept)
    copy = {name: event[name] for name in ("summary", "start", "end", "extendedProperties")}
    kept.transport.session.post(f"{kept.base}{EVENTS}", json=copy, timeout=30).raise_for_status()
    kept.wait(hours=30)

    kept.tick()

    assert starts(kept) == [timedelta(hours=42), timedelta(hours=72)]


def test_alarm_restored_from_the_bin_is_not_kept_beside_the_new_one(kept: Month) -> None:
    (old,) = events(kept)
    delete_by_hand(kept)
    kept.wait(minutes=10)
    kept.tick()
    body = {"status": "confirmed", "extendedProperties": old["extendedProperties"]}
    kept.transport.session.patch(f"{kept.base}{EVENTS}/{old['id']}", json=body, timeout=30).raise_for_status()
    assert len(events(kept)) == 2

    kept.tick()

    assert len(events(kept)) == 1


@pytest.mark.parametrize("mode", ["paused", "show only", "only to me"])
def test_other_mode_takes_the_alarm_away_and_live_brings_it_back(kept: Month, mode: str) -> None:
    kept.set("Mode", mode)
    kept.tick()
    kept.tick()
    assert (events(kept), writes(kept)) == ([], [DELETE])
    kept.set("Mode", "live")

    kept.tick()

    assert starts(kept) == [timedelta(hours=72)]


def test_alarm_rings_while_nothing_goes_out_against_the_organizers_will(kept: Month) -> None:
    kept.wait(hours=30)
    for setting, slip, typed in (("Mode", "liev", "live"), ("Time zone", "Nowhere", "Europe/Berlin")):
        kept.set(setting, slip)
        kept.tick()
        kept.set(setting, typed)
    kept.ledger.close()
    (kept.folder / "ledger.db").unlink()
    kept.ledger = kept.open_ledger()

    stopped = kept.tick()

    assert stopped.plan.stop
    assert starts(kept) == [timedelta(hours=42)]


def test_lost_ledger_finds_the_alarm_in_the_calendar(kept: Month) -> None:
    delete_by_hand(kept)
    kept.tick()
    kept.ledger.close()
    (kept.folder / "ledger.db").unlink()
    kept.ledger = kept.open_ledger()
    learn_from_log(kept.workspace, kept.ledger, kept.now)
    kept.wait(days=10)

    kept.tick()

    assert starts(kept) == [timedelta(hours=72)]
    assert "alarm" not in {entry.kind for entry in kept.ledger.view().entries.values()}


def test_alarm_is_no_event_of_the_organizers_at_the_meetings_time(live: Month) -> None:
    live.go_to("2026-11-16T17:00:00+01:00")  # 72 hours before the meeting begins

    tick = live.tick()

    assert starts(live) == [timedelta(hours=72)]
    assert [meeting.event is not None for meeting in tick.community.meetings] == [True, True]
    assert [problem.column for problem in tick.community.problems] == []
    assert not any(TITLE in str(live.rows(tab)) for tab in SERVICE_TABS)


def test_name_of_the_community_is_no_markup_in_the_entry(live: Month) -> None:
    live.set("Community name", "<b>Bread & roses</b>")

    live.tick()

    (event,) = events(live)
    assert "the meetings of &lt;b&gt;Bread &amp; roses&lt;/b&gt; has not pushed" in event["description"]


def test_alarm_that_calendar_refuses_is_tried_again_and_said(kept: Month) -> None:
    kept.wait(hours=30)
    fail(kept, UPDATE, answer(403, "Not now."))
    refused = kept.tick()
    after = kept.tick()

    assert refused.troubles == ("calendar.events.update: Not now. (403)",)
    assert after.troubles == ()
    assert starts(kept) == [timedelta(hours=72)]


def test_alarm_of_which_calendar_says_that_it_is_deleted_is_tried_again_and_said(kept: Month) -> None:
    kept.wait(hours=30)
    fail(kept, UPDATE, "410")
    refused = kept.tick()
    after = kept.tick()

    assert refused.troubles == ("calendar.events.update: Resource has been deleted (410)",)
    assert after.troubles == ()
    assert starts(kept) == [timedelta(hours=72)]
