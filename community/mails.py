"""Mails as values: the kinds there are, and everything one letter tells one person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from community.people import Person
from sheets_schema.months import Month


class MailKind(StrEnum):
    """Every kind of mail, named as in the Emails tab."""

    ACCESS_WELCOME = "access.welcome"
    ACCESS_DECLINE = "access.decline"
    HOST_ASK = "host.ask"
    HOST_CONFIRMED = "host.confirmed"
    AGENDA = "agenda"
    CORRECTION = "correction"
    REMINDER = "reminder"
    ORGANIZER_ALERT = "organizer.alert"


@dataclass(frozen=True, slots=True)
class MeetingFacts:
    """What a mail tells about a meeting; a later difference in these, and only these, is worth a correction.

    start: aware, in the community's zone. zone: the community's IANA zone. link: where to join, None while
    it is not known. host: the host's name; host_key: the person, who stays the same when the name is mended.
    cancelled: the reason, None while the meeting stands.
    """

    month: Month
    generation: int
    start: datetime
    zone: str
    link: str | None = None
    host: str | None = None
    cancelled: str | None = None
    host_key: str | None = None

    @property
    def meeting(self) -> str:
        """The meeting's name in keys, such as `2026-12.g0`."""
        return f"{self.month}.g{self.generation}"


@dataclass(frozen=True, slots=True)
class RoastPlan:
    """What the host brings, as typed; empty where nothing is typed yet. link is https only."""

    title: str = ""
    sentence: str = ""
    link: str = ""
    question: str = ""


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """One agenda line: minutes after the start, length in minutes, texts with no placeholders left."""

    offset: int
    minutes: int
    item: str
    who: str = ""
    shown_under: str = ""
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Letter:
    """One mail to one person, before it is worded.

    key: the idempotency key. facts: the meeting as it stands now; before: as this person was told, for a
    correction. duration: the meeting's length. discord: an invite link;
    discord_for_one: it works once, for a week. lines: an alert's plain sentences.
    event_id: the calendar event, the .ics file's UID. rehearsal_for: in mode "only to me", whom this mail
    would really go to (a name or "38 people"), `to` being the organizer.
    """

    key: str
    kind: MailKind
    to: Person
    facts: MeetingFacts | None = None
    before: MeetingFacts | None = None
    duration: timedelta = timedelta(minutes=60)
    stay_on: timedelta = timedelta(0)
    roast: RoastPlan = RoastPlan()
    agenda: tuple[AgendaItem, ...] = ()
    discord: str | None = None
    discord_for_one: bool = False
    lines: tuple[str, ...] = ()
    subject: str = ""
    event_id: str | None = None
    rehearsal_for: str | None = None


@dataclass(frozen=True, slots=True)
class Sender:
    """On whose behalf mails go out: the community's name, its zone, and where answers go."""

    community: str
    organizer: str
    reply_to: str
    zone: str
