"""Agenda: a week before the meeting, once, to everybody who wants it."""

from __future__ import annotations

from datetime import datetime

import icalendar

from tests.automations.hands import assert_quiet, event_id, keys, problems, subjects, today
from tests.month import Month

DUE = "2026-11-12T17:00:00+01:00"
AGENDA = "Co-op educators on Thursday 19 November 2026: the agenda"


def agenda_text(month: Month, name: str) -> str:
    (mail,) = month.mails(f"{name}@example.org")
    return mail.text


def test_agenda_goes_a_week_before_to_whoever_wants_it(month: Month) -> None:
    month.add_members("Ann")
    for name, cells in {
        "Bob": {"Mail": "invitation and agenda"},
        "Cid": {"Mail": "invitation only"},
        "Dee": {"Mail": "nothing"},
        "Eve": {"Away_until": "2026-11-12"},
        "Fay": {"Status": "paused"},
        "Gus": {"Status": "Discord only"},
    }.items():
        month.type_row("Members", Name=name, Email=f"{name.lower()}@example.org", **cells)
    month.live()
    month.go_to("2026-11-12T16:59:00+01:00")
    month.tick()
    early = keys(month, "/agenda/")

    month.go_to(DUE)
    month.tick()

    assert early == {}
    assert keys(month, "/agenda/") == {"2026-11.g0/agenda/ann": "sent", "2026-11.g0/agenda/bob": "sent"}
    assert subjects(month, "ann") == [AGENDA]
    assert_quiet(month)


def test_agenda_carries_a_calendar_file_that_parses(month: Month) -> None:
    month.add_members("Ann")
    month.live()

    month.go_to(DUE)
    month.tick()

    (mail,) = month.local("GET", "/local/mailboxes/ann@example.org")["mails"][2:]
    (attachment,) = mail["attachments"]
    (meeting,) = icalendar.Calendar.from_ical(attachment["text"]).walk("VEVENT")
    assert attachment["content_type"] == "text/calendar"
    assert meeting["UID"] == f"{event_id(month, '2026-11')}@google.com"
    assert meeting.decoded("DTSTART") == datetime.fromisoformat("2026-11-19T17:00:00+01:00")
    assert meeting.decoded("DTEND") == datetime.fromisoformat("2026-11-19T18:00:00+01:00")


def test_agenda_tells_the_roast_and_the_readers_own_time(month: Month) -> None:
    month.add_members("Ann")
    month.type_row("Members", Name="Nia", Email="nia@example.org", Time_zone="America/New_York")
    month.fill(
        "Roasts",
        "2026-11",
        Host="Ann",
        Host_agreed="yes",
        Plan_title="Fishbowl",
        Link="https://example.org/plan",
        Question_for_the_group="Who decides?",
    )
    month.live()

    month.go_to(DUE)
    month.tick()

    text = agenda_text(month, "nia")
    assert "Thursday 19 November 2026, 11:00 (New York time, UTC-5)" in text
    assert "17:00 (Berlin time, UTC+1)" in text
    assert 'Roast: Ann describes "Fishbowl"' in text
    assert 'Roast: rapid-fire ideas on "Who decides?"' in text
    assert "https://example.org/plan" in text
    assert "Open clinic" not in text


def test_agenda_without_a_host_has_one_open_clinic(month: Month) -> None:
    month.add_members("Ann")
    month.live()

    month.go_to(DUE)
    month.tick()

    text = agenda_text(month, "ann")
    assert text.count("Open clinic") == 1
    assert "30 min" in text
    assert "Roast:" not in text


def test_agenda_waits_for_the_organizers_yes(month: Month) -> None:
    month.set("Agenda needs my yes", "yes")
    month.add_members("Ann")
    month.live()
    month.go_to(DUE)
    month.tick()
    waiting = (subjects(month, "ann"), "waits for your yes" in today(month))
    assert_quiet(month)

    month.fill("Roasts", "2026-11", Send_agenda="yes")
    month.settle()

    assert waiting == ([], True)
    assert subjects(month, "ann") == [AGENDA]
    assert_quiet(month)


def test_name_of_the_community_half_typed_as_the_agenda_is_due_reaches_nobody(month: Month) -> None:
    month.add_members("Ann")
    month.live()
    month.go_to("2026-11-12T16:57:00+01:00")

    month.set("Community name", "Co-op e")
    month.tick()
    month.go_to(DUE)
    month.tick()
    month.set("Community name", "Co-op educators")
    month.settle()

    assert subjects(month, "ann") == [AGENDA]


def test_late_joiner_gets_the_agenda_on_joining(month: Month) -> None:
    month.add_members("Ann")
    month.live()
    month.go_to(DUE)
    month.tick()

    month.go_to("2026-11-15T12:00:00+01:00")
    month.add_members("Bob")
    month.settle()

    assert subjects(month, "bob") == [AGENDA]
    assert subjects(month, "ann") == [AGENDA]
    assert_quiet(month)


def test_organizers_wording_is_used(month: Month) -> None:
    month.add_members("Ann")
    month.fill("Emails", "agenda", Subject="{community} again!", Text="Dear {name},\n\n**come** <b>soon</b>")
    month.live()

    month.go_to(DUE)
    month.tick()

    assert subjects(month, "ann") == ["Co-op educators again!"]
    assert "Dear Ann,\r\n\r\ncome <b>soon</b>" in agenda_text(month, "ann")


def test_unknown_placeholder_is_a_problem_and_the_built_in_wording_is_used(month: Month) -> None:
    month.add_members("Ann")
    month.fill("Emails", "agenda", Subject="For {everybody}")
    month.live()

    month.go_to(DUE)
    month.tick()

    assert subjects(month, "ann") == [AGENDA]
    assert ["{everybody} is not known" in line for line in problems(month, "Emails")] == [True]


def test_new_wording_after_sending_sends_nothing(month: Month) -> None:
    month.add_members("Ann")
    month.live()
    month.go_to(DUE)
    month.tick()

    month.fill("Emails", "agenda", Subject="Better words")
    month.settle()

    assert subjects(month, "ann") == [AGENDA]
    assert_quiet(month)


def test_agenda_that_is_switched_off_is_not_sent(month: Month) -> None:
    month.add_members("Ann")
    month.fill("Emails", "agenda", Send="no")
    month.live()

    month.go_to(DUE)
    month.tick()

    assert subjects(month, "ann") == []
    assert_quiet(month)


def test_agenda_goes_when_the_emails_tab_says(month: Month) -> None:
    month.add_members("Ann")
    month.fill("Emails", "agenda", When="3 days before")
    month.live()
    month.go_to(DUE)
    month.tick()
    early = subjects(month, "ann")

    month.go_to("2026-11-16T17:00:00+01:00")
    month.tick()

    assert early == []
    assert subjects(month, "ann") == [AGENDA]


def test_agenda_that_does_not_add_up_waits_until_it_is_mended(month: Month) -> None:
    month.add_members("Ann")
    month.type("Agenda", "B2", 7)
    month.live()
    month.go_to(DUE)
    month.tick()
    waiting = (subjects(month, "ann"), problems(month, "Agenda"))
    assert_quiet(month)

    month.type("Agenda", "B2", 5)
    month.settle()

    assert waiting == (
        [],
        [
            " 7+5+5+10+12+3+15+5=62 minutes, but the meeting has 60. Change these lines, or Minutes in"
            " Settings. The agenda mail waits until it is mended."
        ],
    )
    assert subjects(month, "ann") == [AGENDA]
    assert_quiet(month)


def test_send_again_on_sends_the_agenda_once_more(month: Month) -> None:
    month.add_members("Ann", "Bob")
    month.live()
    month.go_to(DUE)
    month.tick()

    month.fill("Members", "Ann", Send_again_on="2026-11-14")
    month.tick()
    month.go_to("2026-11-14T09:00:00+01:00")
    month.tick()

    assert subjects(month, "ann") == [AGENDA, AGENDA]
    assert subjects(month, "bob") == [AGENDA]
    assert_quiet(month)


def test_send_again_on_the_day_itself_sends_it_once_more(month: Month) -> None:
    month.add_members("Ann")
    month.fill("Members", "Ann", Send_again_on="2026-11-12")
    month.live()
    month.go_to(DUE)
    month.tick()
    first = subjects(month, "ann")

    month.settle()

    assert first == [AGENDA]
    assert subjects(month, "ann") == [AGENDA, AGENDA]
    assert_quiet(month)
