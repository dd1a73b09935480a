"""What the organizer's cells imply, worked out plainly: who may be written to, and when a meeting begins."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

Row = Mapping[str, str]

NAMES = ["Ann", "Bob", "Cyd", "Dan", "Eve", "Fay", "Yan", "Zoe", "Gus"]
REFUSED = frozenset({"decline", "hold", "ignore"})
READS = {
    "agenda": frozenset({"everything", "invitation and agenda"}),
    "reminder": frozenset({"everything"}),
}


def table(rows: list[list[Any]]) -> list[Row]:
    """Rows as typed, header -> text; empty ones are left out."""
    heads = [str(cell) for cell in rows[0]]
    found = [
        {head: str(cell) for head, cell in zip(heads, row, strict=False) if cell != ""} for row in rows[1:]
    ]
    return [row for row in found if row]


def day_typed(cell: str) -> date:
    """A day as Sheets keeps it: so many days after 30 December 1899."""
    return date(1899, 12, 30) + timedelta(days=int(float(cell)))


def time_typed(cell: str) -> time:
    """A time as text, or as Sheets keeps it: a part of a day."""
    if ":" in cell:
        return time.fromisoformat(cell)
    minutes = round(float(cell) * 24 * 60)
    return time(minutes // 60, minutes % 60)


def third_thursday(month: str) -> date:
    """The third Thursday of a month such as 2026-12."""
    first = date.fromisoformat(f"{month}-01")
    return first + timedelta(days=(3 - first.weekday()) % 7 + 14)


@dataclass(frozen=True, slots=True)
class Typed:
    """Everything that is typed in the sheet at one instant."""

    now: datetime
    members: Mapping[str, Row]
    requests: list[Row]
    roasts: Mapping[str, Row]
    settings: Mapping[str, str]

    @property
    def zone(self) -> ZoneInfo:
        """The community's zone."""
        return ZoneInfo(self.settings["Time zone"])

    @property
    def mode(self) -> str:
        """The mode as typed."""
        return self.settings["Mode"]

    def start(self, month: str) -> datetime:
        """When the sheet wants a month's meeting."""
        row = self.roasts.get(month, {})
        day = day_typed(row["Other date"]) if "Other date" in row else third_thursday(month)
        at = time_typed(row.get("Other start", self.settings["Starts at"]))
        return datetime.combine(day, at, self.zone)

    def skipped(self, month: str) -> bool:
        """Whether there is no meeting that month."""
        return "No meeting because" in self.roasts.get(month, {})

    def sends_agenda(self, month: str) -> bool:
        """Whether a month's agenda may go as far as the organizer's yes is concerned."""
        yes = self.roasts[month].get("Send agenda", "").lower() in {"yes", "true"}
        return yes or self.settings["Agenda needs my yes"] == "no"

    def status(self, name: str) -> str:
        """A person's place by the row and by what they asked for themselves; empty for nobody we know."""
        asked = [row for row in self.requests if row["Name"] == name]
        last = max(asked, key=lambda row: row["Received"], default={})
        if last.get("Wants") == "leave" and last.get("Decision") not in REFUSED:
            return "left"
        row = self.members.get(name)
        return row.get("Status", "active") if row else ""

    def away(self, name: str, at: datetime) -> bool:
        """Whether a member is away at an instant."""
        until = self.members.get(name, {}).get("Away until")
        return until is not None and at.astimezone(self.zone).date() <= day_typed(until)

    def wish(self, name: str) -> str:
        """Which mails a person wants."""
        return self.members.get(name, {}).get("Mail", "everything")

    def reads(self, name: str, kind: str) -> bool:
        """Whether agenda or reminder may go to this member now."""
        active = self.status(name) == "active" and not self.away(name, self.now)
        return active and self.wish(name) in READS[kind]

    def forbids(self, kind: str, name: str) -> str:
        """Why a mail of this kind must not reach this person now; empty when it may."""
        status = self.status(name)
        if kind == "access.decline":
            return ""
        if status in {"left", "paused"}:
            return status
        if kind == "access.welcome":
            return ""
        if self.wish(name) == "nothing" or self.away(name, self.now):
            return "opted out or away"
        asked = any(row["Name"] == name and row.get("Decision") == "approve" for row in self.requests)
        if kind in READS and not (self.reads(name, kind) or (asked and name not in self.members)):
            return f"{status or 'unknown'}, wants {self.wish(name)}"
        return ""

    def invited(self, name: str, at: datetime) -> bool:
        """Whether a member belongs on the guest list of a meeting at an instant."""
        return self.status(name) == "active" and self.wish(name) != "nothing" and not self.away(name, at)


@dataclass(frozen=True, slots=True)
class Outside:
    """What people outside can see at one instant.

    starts, guests: of the events in Calendar, by meeting. reached: who ever got anything. mails: how many
    mails each person got in this calendar month.
    """

    starts: Mapping[str, datetime]
    guests: Mapping[str, frozenset[str]]
    reached: frozenset[str]
    mails: Mapping[str, int]


def too_much(before: Outside, after: Outside, typed: Typed) -> list[str]:
    """What one tick did that the gate stops unless a code lets it go, a sentence each."""
    found = []
    for meeting in before.starts.keys() & after.starts.keys():
        there, gone = before.guests[meeting], before.guests[meeting] - after.guests[meeting]
        if len(gone) > max(3, 0.3 * len(there)):
            found.append(f"{len(gone)} of {len(there)} guests of {meeting} were taken off")
        old, new = before.starts[meeting], after.starts[meeting]
        if old != new and typed.now < old and min(old, new) < typed.now + timedelta(hours=24):
            found.append(f"{meeting} was moved at short notice")
    active = sum(typed.status(name) == "active" for name in typed.members)
    new_people = after.reached - before.reached
    if len(new_people) > max(5, 0.2 * active):
        found.append(f"{len(new_people)} people heard of us for the first time")
    over = [
        address for address, count in after.mails.items() if count > max(12, before.mails.get(address, 0))
    ]
    return found + [f"{address} got more than 12 mails this month" for address in over]
