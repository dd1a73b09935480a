"""The reference month: what a sample community's organizer and members do in five weeks.

Every deed touches the sheet or the calendar as people do, and nothing of the service, so that the same month
can be played for any other program that reads the same sheet.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from tests.month import ORGANIZER, Month

MEMBERS = ("Ann", "Bob", "Cyd", "Dan", "Eve", "Fay")
SETTINGS = {"Discord channel id": "123456789012345678", "Agenda needs my yes": "yes"}
BEGIN = datetime.fromisoformat("2026-11-12T09:00:00+01:00")
END = datetime.fromisoformat("2026-12-18T09:00:00+01:00")

_CODE = re.compile(r'type "([^"]+)" into the tab Settings')


@dataclass(frozen=True, slots=True)
class Step:
    """Something people do. when: aware. what: in words. deed: does it to a month that stands at `when`."""

    when: datetime
    what: str
    deed: Callable[[Month], None]


def _step(when: str, what: str, deed: Callable[[Month], None]) -> Step:
    return Step(datetime.fromisoformat(f"2026-{when}:00+01:00"), what, deed)


def _goes_ahead(month: Month) -> None:
    """Type the codes that the organizer was mailed; nothing when nobody mailed any."""
    codes = dict.fromkeys(code for mail in month.mails(ORGANIZER) for code in _CODE.findall(mail.text))
    month.set("Go ahead with", ", ".join(codes))


def _asks(month: Month, name: str, wants: str, decision: str | None) -> None:
    day = month.now.date().isoformat()
    address = f"{name.lower()}@example.org"
    month.type_row(
        "Requests", Received=day, Name=name, Email=address, About_you="Hello!", Wants=wants, Decision=decision
    )


def _answers(month: Month, name: str, when: str, status: str) -> None:
    """Answer the newest invitation to a month's meeting, as its guest; nothing when there is none."""
    address = f"{name.lower()}@example.org"
    mails = month.local("GET", f"/local/mailboxes/{address}")["mails"]
    events = [
        mail["extra"]["event"]
        for mail in mails
        if mail["kind"] == "invitation" and mail["extra"]["start"]["dateTime"].startswith(when)
    ]
    if events:
        body = {"address": address, "event": events[-1], "status": status}
        month.local("POST", "/local/invitations/answer", body)


def _three_answer(month: Month) -> None:
    for name, status in (("Ann", "accepted"), ("Bob", "tentative"), ("Cyd", "accepted")):
        _answers(month, name, "2026-12", status)


def _first_hosts(month: Month) -> None:
    month.fill("Roasts", "2026-11", Host="Ann", Send_agenda="yes")
    month.fill("Roasts", "2026-12", Host="Bob")


def _january(month: Month) -> None:
    month.fill("Roasts", "2027-01", Host="Bob")
    month.fill("Emails", "host.ask", When="45 days before")


def _in(tab: str, row: str, **cells: object) -> Callable[[Month], None]:
    """Typing into the cells of one row."""
    return lambda month: month.fill(tab, row, **cells)


STEPS: tuple[Step, ...] = (
    _step("11-12T09:00", "six members are typed", lambda month: month.add_members(*MEMBERS)),
    _step("11-12T09:30", "hosts of November and December are named", _first_hosts),
    _step("11-12T10:00", "the community goes live", lambda month: month.set("Mode", "live")),
    _step("11-12T10:20", "the organizer lets the first mails go", _goes_ahead),
    _step("11-12T11:00", "Gus asks to come in", lambda month: _asks(month, "Gus", "both", None)),
    _step("11-12T12:00", "Gus is approved", _in("Requests", "Gus", Decision="approve")),
    _step("11-12T12:30", "Hal is declined", lambda month: _asks(month, "Hal", "both", "decline")),
    _step("11-13T09:00", "Ann agrees to host", _in("Roasts", "2026-11", Host_agreed="yes")),
    _step("11-14T09:00", "the organizer has another host", _in("Roasts", "2026-12", Host="Cyd")),
    _step(
        "11-15T09:00", "Dan declines November", lambda month: _answers(month, "Dan", "2026-11", "declined")
    ),
    _step("11-16T09:00", "meetings get longer", lambda month: month.set("Minutes", "90")),
    _step("11-16T10:00", "the organizer lets that go", _goes_ahead),
    _step("11-21T09:00", "Fay leaves", _in("Members", "Fay", Status="left")),
    _step("11-22T09:00", "Eve pauses", _in("Members", "Eve", Status="paused")),
    _step("11-23T09:00", "Dan wants fewer mails", lambda month: _asks(month, "Dan", "fewer mails", None)),
    _step("12-01T09:00", "Cyd cannot host", _in("Roasts", "2026-12", Host_agreed="no")),
    _step(
        "12-02T09:00",
        "Ann hosts instead",
        _in("Roasts", "2026-12", Host="Ann", Host_agreed=None, Plan_title="Warm-ups"),
    ),
    _step("12-03T09:00", "Ann agrees", _in("Roasts", "2026-12", Host_agreed="yes")),
    _step("12-04T09:00", "Bob wants into Discord", lambda month: _asks(month, "Bob", "Discord", "approve")),
    _step("12-10T18:00", "the agenda may go", _in("Roasts", "2026-12", Send_agenda="yes")),
    _step("12-11T09:00", "December is moved by a day", _in("Roasts", "2026-12", Other_date="2026-12-16")),
    _step("12-12T09:00", "Ivy comes in late", lambda month: _asks(month, "Ivy", "meetups", "approve")),
    _step("12-12T15:00", "three answer for December", _three_answer),
    _step("12-13T09:00", "Bob is to host January, and is asked early", _january),
    _step("12-14T09:00", "Eve is back", _in("Members", "Eve", Status="active")),
    _step("12-17T09:00", "no meeting in January", _in("Roasts", "2027-01", No_meeting_because="Exams")),
)
