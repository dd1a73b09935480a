"""The Meetings tab, and how a meeting, its host and its answers are put into words."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

from community.events import Response
from community.mails import MailKind
from community.meetings import Meeting
from reports.overview import Overview
from reports.words import ANSWERS, day, moment, stamp
from sheets_schema import meetings
from sheets_schema.cells import Cell, Rows


def rows(overview: Overview) -> Rows:
    """The Meetings tab, header included: a row per meeting in view."""
    return [list(meetings.TAB.headers), *(_row(overview, meeting) for meeting in overview.community.meetings)]


def _row(overview: Overview, meeting: Meeting) -> list[Cell]:
    count = answers(meeting)
    return [
        f"{meeting.month}, event {meeting.generation + 1}" if meeting.generation else str(meeting.month),
        stamp(meeting.start, overview.zone) if meeting.start else "",
        str(meeting.zone),
        state(overview, meeting),
        host(overview, meeting),
        count.total(),
        *(count[response] for response in ANSWERS),
        meeting.link or "",
        meeting.event.id if meeting.event else "",
    ]


def answers(meeting: Meeting) -> Counter[Response]:
    """How many guests gave each answer."""
    return Counter(guest.response for guest in meeting.event.guests) if meeting.event else Counter()


def answers_in_words(meeting: Meeting) -> str:
    """Such as `12 yes, 3 maybe, 2 no, 21 no answer`."""
    count = answers(meeting)
    return ", ".join(f"{count[response]} {word}" for response, word in ANSWERS.items())


def state(overview: Overview, meeting: Meeting) -> str:
    """How far a meeting is, such as `in the calendar`."""
    start = meeting.start
    if meeting.skipped:
        return f"no meeting: {meeting.skipped}"
    if meeting.unclear:
        return f"left as it is: {meeting.unclear}"
    if start and start + timedelta(minutes=meeting.minutes) <= overview.now:
        return "over"
    if meeting.deleted:
        return "deleted in Calendar"
    if meeting.moved_by_hand and start:
        return f"moved in Calendar to {moment(start, overview.zone)}"
    return "in the calendar" if meeting.event else "planned"


def host(overview: Overview, meeting: Meeting) -> str:
    """Who hosts, and whether they agreed."""
    row, person = meeting.row, meeting.host
    if meeting.unclear:
        return "see Problems"
    if row is None or not row.host:
        return "nobody named"
    if row.host_agreed is False:
        return f"{row.host} said no"
    if person is None:
        return f"{row.host}: see Problems"
    if row.host_agreed:
        return f"{person.name}, agreed"
    asked = overview.mail(meeting, person, MailKind.HOST_ASK)
    if asked is None:
        return f"{person.name}, not asked yet"
    return f"{person.name}, asked {day(asked.at, overview.zone)}, no answer yet"
