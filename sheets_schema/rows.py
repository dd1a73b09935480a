"""The organizer's rows as values, one class per tab; every field has been checked.

`row` is the row's number in the sheet, from 1. `key` is the key cell exactly as typed, as text: what the
`Check` formula looks the row up by.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time, timedelta
from zoneinfo import ZoneInfo

from sheets_schema.choices import (
    Decision,
    ExistingEvent,
    MailWish,
    MeetAccount,
    Mode,
    NeedStatus,
    Status,
    Wants,
)
from sheets_schema.months import Month


@dataclass(frozen=True, slots=True)
class MemberRow:
    """A member. email: lower case, validated. away_until: the last day away, in the member's zone."""

    row: int
    key: str
    name: str
    email: str
    time_zone: ZoneInfo | None = None
    language: str = ""
    status: Status = Status.ACTIVE
    mail: MailWish = MailWish.EVERYTHING
    away_until: date | None = None
    may_be_introduced: bool | None = None
    joined: date | None = None
    send_again_on: date | None = None


@dataclass(frozen=True, slots=True)
class RoastRow:
    """A month's meeting and its roast.

    host, backup: a member's name or an address, as typed. other_date lies in `month`; it and other_start
    are in the community's zone. no_meeting: the reason, "" when the meeting takes place.
    """

    row: int
    key: str
    month: Month
    host: str = ""
    plan_title: str = ""
    sentence: str = ""
    link: str = ""
    question: str = ""
    host_agreed: bool | None = None
    backup: str = ""
    backup_agreed: bool | None = None
    other_date: date | None = None
    other_start: time | None = None
    no_meeting: str = ""
    send_agenda: bool | None = None
    recap: bool | None = None


@dataclass(frozen=True, slots=True)
class RequestRow:
    """Somebody's wish to come in, to get fewer mails, or to leave.

    received: days since 1899-12-30 as the sheet counts them, for ordering only; 0.0 when not known.
    decision: None while the organizer has not decided.
    """

    row: int
    key: str
    received: float
    name: str
    email: str
    about: str = ""
    wants: Wants = Wants.BOTH
    decision: Decision | None = None
    send_again_on: date | None = None


@dataclass(frozen=True, slots=True)
class NeedRow:
    """Something a member asked the group for. who, helpers: as typed."""

    row: int
    key: str
    month: Month
    who: str
    working_on: str
    need: str
    helpers: str = ""
    status: NeedStatus = NeedStatus.OPEN


@dataclass(frozen=True, slots=True)
class EmailRow:
    """A kind of mail. before: how long before the meeting's start it is due, None for mails that follow
    an event instead. send: whether it goes out at all. subject, text: Markdown with known placeholders only.
    """

    kind: str
    goes_to: str
    before: timedelta | None
    send: bool
    subject: str
    text: str


@dataclass(frozen=True, slots=True)
class AgendaRow:
    """A line of the agenda, `minutes` long; optional lines come after the meeting's end."""

    order: float
    minutes: int
    item: str
    who: str = ""
    shown_under: str = ""
    optional: bool = False


@dataclass(frozen=True, slots=True)
class MeetingDay:
    """A weekday of the month. nth: 1 to 4, or -1 for the last. weekday: 0 is Monday."""

    nth: int
    weekday: int


@dataclass(frozen=True, slots=True)
class Settings:
    """The organizer's settings, one attribute each; None where one is missing, doubled or unreadable.

    minutes, stay_on: minutes. months_ahead: months. starts_at: in `time_zone`. second_person, meet_link,
    discord_link, discord_channel, holiday_countries and go_ahead may be left empty.
    """

    community_name: str | None = None
    organizer: str | None = None
    reply_to: str | None = None
    second_person: str | None = None
    time_zone: ZoneInfo | None = None
    meeting_day: MeetingDay | None = None
    starts_at: time | None = None
    minutes: int | None = None
    stay_on: int | None = None
    months_ahead: int | None = None
    mode: Mode | None = None
    wait: timedelta | None = None
    agenda_needs_yes: bool | None = None
    meet_account: MeetAccount | None = None
    existing_event: ExistingEvent | None = None
    meet_link: str | None = None
    discord_link: str | None = None
    discord_channel: str | None = None
    holiday_countries: tuple[str, ...] | None = None
    go_ahead: str | None = None


@dataclass(frozen=True, slots=True)
class LogEntry:
    """What a line of Log says about the ledger that wrote it.

    ledger: its id. number: the line's in that ledger. key: what was done. when: days since 1899-12-30 on the
    community's clock of that time; None when it cannot be read.
    """

    ledger: str
    number: int
    key: str = ""
    when: float | None = None
