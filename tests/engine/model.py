"""What the organizer's cells imply, worked out plainly: who may be written to, and when a meeting begins."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

Row = Mapping[str, str]

NAMES = ["Ann", "Bob", "Cyd", "Dan", "Eve", "Fay", "Yan", "Zoe", "Gus"]
YES = frozenset({"yes", "true"})
REFUSED = frozenset({"decline", "hold", "ignore"})
LESS = {"everything": "invitation and agenda", "invitation and agenda": "invitation only"}
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
        yes = self.roasts[month].get("Send agenda", "").lower() in YES
        return yes or self.settings["Agenda needs my yes"] == "no"

    def standing(self, name: str) -> tuple[str, str]:
        """A person's place and wish: as the row says, and what they asked for themselves, in its order.

        The place is empty for somebody who has no row; an approval goes back to what the row says.
        """
        row = self.members.get(name, {"Status": ""})
        status, wish = typed = row.get("Status", "active"), row.get("Mail", "everything")
        for asked in sorted(self.asked(name), key=lambda asked: asked["Received"]):
            if asked.get("Decision") in REFUSED:
                continue
            if asked.get("Wants") == "leave":
                status = "left"
            elif asked.get("Wants") == "fewer mails":
                wish = LESS.get(wish, wish)
            elif asked.get("Decision") == "approve":
                status, wish = typed
        return status, wish

    def asked(self, name: str) -> list[Row]:
        """A person's requests."""
        return [row for row in self.requests if row["Name"] == name]

    def status(self, name: str) -> str:
        """A person's place; empty for nobody we know."""
        return self.standing(name)[0]

    def away(self, name: str, at: datetime) -> bool:
        """Whether a member is away at an instant."""
        until = self.members.get(name, {}).get("Away until")
        return until is not None and at.astimezone(self.zone).date() <= day_typed(until)

    def wish(self, name: str) -> str:
        """Which mails a person wants."""
        return self.standing(name)[1]

    def reads(self, name: str, kind: str) -> bool:
        """Whether agenda or reminder may go to this member now."""
        active = self.status(name) == "active" and not self.away(name, self.now)
        return active and self.wish(name) in READS[kind]

    def is_let_in(self, name: str) -> bool:
        """Whether somebody was approved who has no row (yet, or any more)."""
        return name not in self.members and any(
            asked.get("Decision") == "approve" for asked in self.asked(name)
        )

    def forbids(self, kind: str, name: str) -> str:
        """Why a mail of this kind must not reach this person now; empty when it may."""
        status, wish = self.standing(name)
        if kind == "access.decline":
            return ""
        if status in {"left", "paused"}:
            return status
        if kind == "access.welcome":
            return ""
        if wish == "nothing" or self.away(name, self.now):
            return "opted out or away"
        comes_in = status == "active" or self.is_let_in(name)
        if kind in READS and not (comes_in and wish in READS[kind]):
            return f"{status or 'unknown'}, wants {wish}"
        return ""

    def invited(self, name: str, at: datetime) -> bool:
        """Whether a member belongs on the guest list of a meeting at an instant."""
        return self.status(name) == "active" and self.wish(name) != "nothing" and not self.away(name, at)
