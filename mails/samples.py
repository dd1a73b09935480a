"""One fixed letter of every kind, for tests and for `preview`; all people are at example.org."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from community.mails import AgendaItem, Letter, MailKind, MeetingFacts, RoastPlan, Sender
from community.people import Person
from sheets_schema.months import Month

SAMPLE_SENDER = Sender(
    community="Co-op Educators",
    organizer="organizer@example.org",
    reply_to="organizer@example.org",
    zone="Europe/Berlin",
)
SAMPLE_NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)

_FACTS = MeetingFacts(
    month=Month(2026, 12),
    generation=0,
    start=datetime(2026, 12, 17, 17, 0, tzinfo=ZoneInfo("Europe/Berlin")),
    zone="Europe/Berlin",
    link="https://meet.google.com/abc-defg-hij",
    host="Rosa Lindqvist",
)
_ROAST = RoastPlan(
    title="Who decides here? A first afternoon for a new board",
    sentence="Six people map every decision they took last month and move each to where it belongs.",
    link="https://example.org/plans/who-decides",
    question="How do we leave room for those who never speak up?",
)
_AGENDA = (
    AgendaItem(0, 5, "Welcome, check-in in one word", "organizer"),
    AgendaItem(5, 5, "New members and announcements", "organizer"),
    AgendaItem(10, 5, "Roast: Rosa Lindqvist describes the plan", "host"),
    AgendaItem(15, 10, "Roast: questions", "everyone", "To understand first; then who learns what, and how."),
    AgendaItem(25, 12, "Roast: rapid-fire ideas", "everyone", "The host listens."),
    AgendaItem(37, 3, "Roast: what the host will try", "host"),
    AgendaItem(
        40, 15, "Needs sharing: 30 seconds each", "everyone", "Hands up to help; the asker notes names."
    ),
    AgendaItem(55, 5, "Next host and date, one takeaway", "organizer"),
    AgendaItem(60, 30, "Stay and talk", "whoever likes", optional=True),
)


def sample_letter(kind: MailKind | str) -> Letter:
    """The sample of a kind; raises ValueError for a kind that does not exist."""
    letter = Letter(
        key=f"2026-12.g0/{kind}/sample", kind=MailKind(kind), to=_person("Ann Bell"), facts=_FACTS
    )
    match letter.kind:
        case MailKind.ACCESS_WELCOME:
            invite = "https://discord.gg/sample"
            return replace(letter, stay_on=timedelta(minutes=30), discord=invite, discord_for_one=True)
        case MailKind.ACCESS_DECLINE:
            return replace(letter, facts=None)
        case MailKind.HOST_ASK:
            return replace(letter, to=_person("Rosa Lindqvist", "Europe/Berlin"))
        case MailKind.HOST_CONFIRMED:
            return replace(letter, to=_person("Rosa Lindqvist", "Europe/Berlin"), roast=_ROAST)
        case MailKind.AGENDA:
            return replace(letter, roast=_ROAST, agenda=_AGENDA, event_id="sample0event")
        case MailKind.REMINDER:
            return replace(letter, to=_person("Kim Tran", "Australia/Sydney"), roast=_ROAST)
        case MailKind.CORRECTION:
            later = replace(_FACTS, start=_FACTS.start + timedelta(hours=1), host="Ben Okafor")
            return replace(letter, before=_FACTS, facts=later)
        case MailKind.ORGANIZER_ALERT:
            return replace(
                letter,
                to=_person("Olive", "Europe/Berlin", "organizer@example.org"),
                facts=None,
                subject="stopped, waiting for you",
                lines=(
                    "41 invitations are stopped, because more people than usual would be reached at once.",
                    "If that is what you want, type “maple 4711” into “Go ahead with” in the tab Settings.",
                    "If it is not, look at the tab Members: what changed there last?",
                ),
            )


def _person(name: str, zone: str = "America/New_York", address: str = "") -> Person:
    spelled = address or f"{name.split(maxsplit=1)[0].lower()}@example.org"
    return Person(key=f"sample-{spelled}", name=name, address=spelled, zone=ZoneInfo(zone))
