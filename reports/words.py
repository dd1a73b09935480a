"""The words of the reports: what an effect is called, how far it is, and when, on the community's clock."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from community.effects import ChangeEvent, Effect
from community.events import Response
from community.labels import LABELS
from community.ledger import Entry, Phase
from community.mails import MailKind
from community.plan import Planned, State
from sheets_schema.choices import Mode
from sheets_schema.dates import EPOCH, MONTHS, WEEKDAYS

TAKEN_OFF = "Taken off the guest list"
ANSWERS = {Response.YES: "yes", Response.MAYBE: "maybe", Response.NO: "no", Response.NONE: "no answer"}
PHASES = {
    Phase.DRAFTING: "being sent",
    Phase.DRAFTED: "being sent",
    Phase.SENDING: "being sent",
    Phase.STARTED: "under way",
    Phase.REMOVING: "under way",
    Phase.SENT: "sent",
    Phase.UNCONFIRMED: "almost surely sent",
    Phase.GONE: "gone",
    Phase.WITHDRAWN: "withdrawn",
    Phase.DONE: "done",
    Phase.REMOVED: "done",
    Phase.SKIPPED: "skipped",
    Phase.FAILED: "failed",
}
EXPLAINED = {
    Phase.SENDING: "Gmail has not answered yet.",
    Phase.UNCONFIRMED: "Gmail did not answer, and the draft is no longer there; it is not sent again.",
    Phase.GONE: "Somebody sent or discarded the draft in Gmail; it is not sent again.",
    Phase.WITHDRAWN: "It was no longer wanted before it left.",
}


def label(effect: Effect) -> str:
    """What an effect is called, such as `Agenda`."""
    action = effect.action
    if isinstance(action, ChangeEvent) and action.change.remove_guests:
        return TAKEN_OFF
    return LABELS.get(effect.kind, effect.kind)


def entry_label(entry: Entry) -> str:
    """What something that was done is called, such as `Agenda`."""
    if entry.kind == "guest" and entry.phase in {Phase.REMOVED, Phase.REMOVING}:
        return TAKEN_OFF
    return LABELS.get(entry.kind, entry.kind)


def is_mail(kind: str) -> bool:
    """Whether a kind of effect is a mail."""
    return kind in _MAILS


_MAILS = frozenset(map(str, MailKind))


def month_of(meeting: str | None) -> str:
    """The month in a meeting's name, such as `2026-12` for `2026-12.g0`; empty for None."""
    return (meeting or "").partition(".")[0]


def day(at: datetime, zone: ZoneInfo) -> str:
    """The day on that zone's clock, such as `19 Nov`."""
    local = at.astimezone(zone)
    return f"{local.day} {MONTHS[local.month - 1][:3]}"


def moment(at: datetime, zone: ZoneInfo) -> str:
    """Day and time on that zone's clock, such as `Thu 10 Dec 18:00`."""
    local = at.astimezone(zone)
    return f"{WEEKDAYS[local.weekday()][:3]} {day(at, zone)} {local:%H:%M}"


def long_moment(at: datetime, zone: ZoneInfo) -> str:
    """Date and time on that zone's clock in full, such as `Thursday 17 December 2026, 12:00`."""
    local = at.astimezone(zone)
    return f"{WEEKDAYS[local.weekday()]} {local.day} {MONTHS[local.month - 1]} {local.year}, {local:%H:%M}"


def stamp(at: datetime, zone: ZoneInfo) -> str:
    """Date and time on that zone's clock in a form that sorts, such as `2026-12-10 18:00`."""
    return f"{at.astimezone(zone):%Y-%m-%d %H:%M}"


def serial(at: datetime, zone: ZoneInfo, places: int = 6) -> float:
    """Date and time on that zone's clock as spreadsheets count: days since 1899-12-30.

    places: of the day's fraction; 6 are a tenth of a second, 9 a tenth of a millisecond.
    """
    local = at.astimezone(zone)
    seconds = (local.hour * 60 + local.minute) * 60 + local.second + local.microsecond / 1_000_000
    return (local.date() - EPOCH).days + round(seconds / 86_400, places)


def when(item: Planned, now: datetime, zone: ZoneInfo) -> str:
    """When a planned effect leaves, such as `Thu 10 Dec 18:00`; today's time alone while changes settle."""
    if item.state is State.WAITING and item.until:
        return moment(item.until, zone)
    if item.state is State.SETTLING and item.until:
        today = item.until.astimezone(zone).date() == now.astimezone(zone).date()
        return f"{item.until.astimezone(zone):%H:%M}" if today else moment(item.until, zone)
    return "now"


def outlook(item: Planned, mode: Mode, now: datetime, zone: ZoneInfo) -> str:
    """What becomes of a planned effect, such as `Thu 10 Dec 18:00`, `goes 14:35` or `would go now`."""
    if item.state is State.STOPPED:
        return f"stopped; its code is {item.code}" if item.code else "stopped"
    if item.state is State.TOO_LATE:
        return "too late, not sent" if is_mail(item.effect.kind) else "too late, not done"
    if item.state is State.FULL:
        return "waits for the mail allowance"
    time = when(item, now, zone)
    if mode is Mode.SHOW_ONLY:
        return f"would go {time}"
    if mode is Mode.PAUSED:
        return "goes once it is no longer paused" if time == "now" else f"{time}, if it is no longer paused"
    return time if item.state is State.WAITING else f"goes {time}"
