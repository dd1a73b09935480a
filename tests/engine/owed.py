"""Which mails are owed to whom at one instant, worked out plainly from the sheet and from Calendar."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from tests.engine.model import NAMES, YES, Row, Typed
from tests.engine.outside import Appointment, Outside

DAY = timedelta(hours=24)
ABSORBS = timedelta(hours=36)
LOOK_BACK = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class Owed:
    """A mail that somebody is owed from `due` on. facts: all that it may hang on or tell."""

    kind: str
    name: str
    meeting: str
    due: datetime
    facts: tuple[object, ...]

    @property
    def what(self) -> tuple[str, str, str]:
        """Which mail it is."""
        return self.kind, self.name, self.meeting


@dataclass(frozen=True, slots=True)
class Past:
    """What the model must remember.

    live_from: the first tick in mode live; what was due before does not go. welcomed: when each person's
    newest welcome left. answered: how many of theirs are over. agreed: by meeting, who was host, when it was
    to begin, and the instant, as a yes was first read.
    """

    live_from: datetime
    welcomed: Mapping[str, datetime]
    answered: Mapping[str, int]
    agreed: Mapping[str, tuple[str, datetime, datetime]]


def owed(typed: Typed, outside: Outside, past: Past) -> Iterator[Owed]:
    """Every mail about a meeting that is owed now or, by its `due`, later."""
    for meeting, event in outside.meetings.items():
        when = meeting.partition(".")[0]
        row = typed.roasts.get(when)
        if row is None or typed.skipped(when) or event.start <= typed.now or not _is_in_view(typed, when):
            continue
        for name in NAMES:
            if name in typed.members:
                facts = _facts(typed, name, row, event)
                for kind, due in _kinds(typed, past, name, meeting, event):
                    yield Owed(kind, name, meeting, due, facts)


def _is_in_view(typed: Typed, when: str) -> bool:
    """Whether a month is near enough to be looked at."""
    today = typed.now.astimezone(typed.zone)
    last = today.year * 12 + today.month - 1 + int(float(typed.settings["Months ahead"]))
    first = f"{(typed.now - LOOK_BACK).astimezone(typed.zone):%Y-%m}"
    return first <= when <= f"{last // 12}-{last % 12 + 1:02}"


def _facts(typed: Typed, name: str, row: Row, event: Appointment) -> tuple[object, ...]:
    """All that a mail to somebody about a meeting may tell or hang on."""
    people = {name, row.get("Host", "")}
    rows = [row, typed.settings, *(typed.members.get(who, {}) for who in people)]
    rows += [asked for who in people for asked in typed.asked(who)]
    cells = sorted((head, cell) for one in rows for head, cell in one.items() if head != "Check")
    return event.id, event.start, event.link, tuple(cells)


def _kinds(
    typed: Typed, past: Past, name: str, meeting: str, event: Appointment
) -> Iterator[tuple[str, datetime]]:
    """What one member is owed about one meeting, and from when on."""
    when, begins = meeting.partition(".")[0], event.start
    row = typed.roasts[when]
    agenda, reminder, ask = (_days_before(typed, begins, days) for days in (7, 1, 28))
    absorbed = _is_absorbed(typed, past, name, begins)
    if (
        agenda >= past.live_from
        and typed.now < reminder  # which goes alone from then on, as the newest
        and typed.sends_agenda(when)
        and typed.reads(name, "agenda")
        and not absorbed
    ):
        yield "agenda", agenda
    comes = event.answers.get(f"{name.lower()}@example.org", "declined") != "declined"
    if reminder >= past.live_from and comes and typed.reads(name, "reminder") and not absorbed:
        yield "reminder", reminder
    if row.get("Host") != name or typed.forbids("host", name):
        return
    if "Host agreed" not in row and ask >= past.live_from and typed.now < begins - DAY:
        yield "host.ask", ask
    host, start, since = past.agreed.get(meeting, ("", begins, begins))
    if (
        row.get("Host agreed", "").lower() in YES
        and (host, start) == (name, begins)
        and since >= past.live_from
    ):
        yield "host.confirmed", since


def _days_before(typed: Typed, begins: datetime, days: int) -> datetime:
    """So many days before, at the same time on the wall, as an instant."""
    return (begins.astimezone(typed.zone) - timedelta(days=days)).astimezone(UTC)


def _is_absorbed(typed: Typed, past: Past, name: str, begins: datetime) -> bool:
    """Whether a welcome close to the meeting has told all, or may be about to."""
    close = begins - ABSORBS
    if name in past.welcomed and past.welcomed[name] >= close:
        return True
    asked = sum(row.get("Decision") == "approve" for row in typed.asked(name))
    return typed.now >= close and asked > past.answered.get(name, 0)
