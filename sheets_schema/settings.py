"""The Settings tab: every setting there is. None has a silent default: `init` types them all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

from sheets_schema.addresses import ADDRESS
from sheets_schema.cells import DIGITS, LINK, UNREAD, YES_NO, Kind, choice, integer, text
from sheets_schema.choices import ExistingEvent, MeetAccount, Mode
from sheets_schema.columns import Column, Tab, optional, required
from sheets_schema.dates import TIME
from sheets_schema.setting_kinds import AS_TYPED, COUNTRIES
from sheets_schema.setting_kinds import MEETING_DAY as DAY
from sheets_schema.setting_kinds import WAIT as WAIT_MINUTES
from sheets_schema.zones import ZONE

T_co = TypeVar("T_co", covariant=True)

_NO_CALENDAR = "No calendar event is made or changed and no dated mail goes out."
_NO_MAIL = "No mail goes out."


@dataclass(frozen=True, slots=True)
class Setting(Generic[T_co]):
    """One setting. typed: what `init` writes. stops: what does not happen without it.

    may_be_empty: an empty value means `blank`; for all others it is a problem.
    """

    name: str
    kind: Kind[T_co]
    typed: str
    explain: str
    stops: str
    may_be_empty: bool = False
    blank: object = None


COMMUNITY_NAME = Setting(
    "Community name", text(100), "Third Thursday", "Stands in events and mails.", _NO_MAIL
)
ORGANIZER = Setting(
    "Organizer", ADDRESS, "", "Your address: alerts go there, and every mail in only to me.", _NO_MAIL
)
REPLY_TO = Setting("Reply to", ADDRESS, "", "Where answers to mails go; most often your address.", _NO_MAIL)
SECOND_PERSON = Setting(
    "Second person", ADDRESS, "", "Gets the alerts, too. May be empty.", "Alerts go to you alone.", True, ""
)
TIME_ZONE = Setting(
    "Time zone", ZONE, "America/New_York", "The community's clock, like Europe/Berlin.", _NO_CALENDAR
)
MEETING_DAY = Setting(
    "Meeting day",
    DAY,
    "third Thursday",
    "First to fourth, or last, and a weekday.",
    _NO_CALENDAR,
)
STARTS_AT = Setting("Starts at", TIME, "12:00", "On the community's clock.", _NO_CALENDAR)
MINUTES = Setting("Minutes", integer(10, 480), "60", "How long a meeting is.", _NO_CALENDAR)
STAY_ON = Setting(
    "Stay on (minutes)",
    integer(0, 480),
    "30",
    "How long people may stay afterwards; the event does not get longer.",
    _NO_CALENDAR,
)
MONTHS_AHEAD = Setting(
    "Months ahead",
    integer(1, 12),
    "1",
    "Events are made, and guests invited, for this month and for so many months after it.",
    _NO_CALENDAR,
)
MODE = Setting(
    "Mode",
    choice(Mode),
    Mode.SHOW_ONLY.value,
    "show only: nothing leaves, Today says what would. only to me: every mail goes to you alone. live: for "
    "real. paused: nothing leaves.",
    "The service only shows what it would do.",
)
WAIT = Setting(
    "Wait after my last change",
    WAIT_MINUTES,
    "10",
    "Minutes without a change before something goes out, so that you can mend a slip.",
    "Nothing goes out.",
)
AGENDA_NEEDS_YES = Setting(
    "Agenda needs my yes",
    YES_NO,
    "no",
    "yes: the agenda waits for Send agenda in Roasts.",
    "The agenda waits.",
)
MEET_ACCOUNT = Setting(
    "Meet account",
    choice(MeetAccount),
    MeetAccount.FREE.value,
    "free: Google ends calls of three and more after 60 minutes.",
    _NO_CALENDAR,
)
EXISTING_EVENT = Setting(
    "My existing event",
    choice(ExistingEvent),
    ExistingEvent.ASK.value,
    "What to do when your calendar already has an event for the meeting.",
    "No new calendar event is made.",
)
MEET_LINK = Setting(
    "Meet link to use",
    LINK,
    "",
    "A lasting link of your own. Empty: each event gets a new one.",
    "Events get a new link of their own.",
    True,
    "",
)
DISCORD_LINK = Setting(
    "Discord invite link",
    LINK,
    "",
    "For welcome mails when no single-use invite can be made. May be empty.",
    "Welcome mails go without it.",
    True,
    "",
)
DISCORD_CHANNEL = Setting(
    "Discord channel id",
    DIGITS,
    "",
    "The channel to which single-use invites lead. May be empty.",
    "No single-use invites are made.",
    True,
    "",
)
HOLIDAY_COUNTRIES = Setting(
    "Holiday countries",
    COUNTRIES,
    "",
    "Today warns when a meeting falls on a holiday there. May be empty.",
    "No holidays are looked up.",
    True,
    (),
)
GO_AHEAD = Setting(
    "Go ahead with",
    text(60),
    "",
    "The code from Today, when something is stopped and waits for you.",
    "What is stopped stays stopped.",
    True,
    "",
)

SETTINGS: tuple[Setting[object], ...] = (
    COMMUNITY_NAME,
    ORGANIZER,
    REPLY_TO,
    SECOND_PERSON,
    TIME_ZONE,
    MEETING_DAY,
    STARTS_AT,
    MINUTES,
    STAY_ON,
    MONTHS_AHEAD,
    MODE,
    WAIT,
    AGENDA_NEEDS_YES,
    MEET_ACCOUNT,
    EXISTING_EVENT,
    MEET_LINK,
    DISCORD_LINK,
    DISCORD_CHANNEL,
    HOLIDAY_COUNTRIES,
    GO_AHEAD,
)

NAME = required("Setting", text(100), "What is set. Do not change it.", "This row is left out.", width=190)
VALUE = optional(
    "Value", AS_TYPED, "", "Your choice.", "What depends on this setting stops.", guard=True, width=240
)
EXPLAINED: Column[None] = Column("What it does", UNREAD, "For you; the service does not read it.", width=520)

TAB = Tab(
    "Settings",
    (NAME, VALUE, EXPLAINED),
    explain="One row per setting. Nothing is guessed: a setting that is missing stops what needs it.",
    stops="The service only shows what it can, and nothing goes out, until it is back.",
)
