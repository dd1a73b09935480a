"""What the reference month owes to whom, spelled out, and what nobody may get."""

from __future__ import annotations

from datetime import datetime

from torture.script import END

Letter = tuple[str, str, str]
"""Kind, month of the meeting ("" where none is named), and the person by name."""


def _to(kind: str, month: str, names: str) -> list[Letter]:
    return [(kind, month, name) for name in names.split()]


_MAILS: list[tuple[str, list[Letter]]] = [
    ("11-12T12:00", _to("welcome", "", "Gus") + _to("ask", "2026-11", "Ann")),
    ("11-12T12:30", _to("decline", "", "Hal")),
    ("11-12T17:00", _to("agenda", "2026-11", "Ann Bob Cyd Dan Eve Fay Gus")),
    ("11-13T09:00", _to("thanks", "2026-11", "Ann")),
    ("11-18T17:00", _to("reminder", "2026-11", "Ann Bob Cyd Eve Fay Gus")),
    ("11-19T17:00", _to("ask", "2026-12", "Cyd")),
    ("12-02T09:00", _to("ask", "2026-12", "Ann")),
    ("12-03T09:00", _to("thanks", "2026-12", "Ann")),
    ("12-04T09:00", _to("welcome", "", "Bob")),
    ("12-10T18:00", _to("agenda", "2026-12", "Ann Bob Cyd Gus")),
    ("12-12T09:00", _to("welcome", "", "Ivy") + _to("agenda", "2026-12", "Ivy")),
    ("12-15T17:00", _to("reminder", "2026-12", "Ann Bob Cyd Eve Gus Ivy")),
]
# To an event that is there already, within a day: the service adds guests once in 24 hours.
_INVITATIONS = [
    ("11-12T10:00", _to("invitation", "2026-11", "Ann Bob Cyd Dan Eve Fay")),
    ("11-12T10:00", _to("invitation", "2026-12", "Ann Bob Cyd Dan Eve Fay")),
    ("11-13T12:00", _to("invitation", "2026-11", "Gus") + _to("invitation", "2026-12", "Gus")),
    ("12-01T09:00", _to("invitation", "2027-01", "Ann Bob Cyd Dan Gus")),
    ("12-13T09:00", _to("invitation", "2026-12", "Ivy") + _to("invitation", "2027-01", "Ivy")),
    ("12-15T09:00", _to("invitation", "2027-01", "Eve")),
]
TWICE: frozenset[Letter] = frozenset(_to("invitation", "2026-12", "Eve"))
"""What is due a second time: Eve paused and came back."""
_GONE = [
    ("Fay", "11-21T09:00", "12-31T00:00"),
    ("Eve", "11-22T09:00", "12-14T09:00"),
]
_NEVER = {("Hal", kind) for kind in ("welcome", "agenda", "reminder", "invitation", "update")}


def _at(when: str) -> datetime:
    return datetime.fromisoformat(f"2026-{when}:00+01:00")


def owed(until: datetime = END) -> set[Letter]:
    """What must have arrived when the month is played until then."""
    return {letter for when, letters in (*_MAILS, *_INVITATIONS) if _at(when) <= until for letter in letters}


def is_unwanted(letter: Letter, at: datetime) -> bool:
    """Whether somebody who had left, or was never let in, got this."""
    kind, _, name = letter
    gone = any(name == who and _at(since) <= at < _at(until) for who, since, until in _GONE)
    return (name, kind) in _NEVER or (gone and kind not in {"cancellation", "update"})
