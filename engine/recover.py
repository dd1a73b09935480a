"""A new or outdated ledger learns from Log and Calendar what was done, so that nothing is done twice."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from automations.meetings import remembered
from community.community import Community
from community.events import MEETING_PROPERTY, Event, event_id
from community.ledger import Entry, LedgerView, Phase
from community.meetings import Meeting
from community.people import person_key
from engine.ledger import Ledger
from engine.ledger_errors import LedgerError
from reports.words import PHASES
from sheets_schema import log
from sheets_schema.cells import Cell, Rows
from sheets_schema.dates import EPOCH
from sheets_schema.table import find_columns

_PHASES = {word: phase for phase, word in reversed(PHASES.items())}
_PERSON = re.compile(r"[0-9a-f]{16}")
_MEETING = re.compile(r"(\d{4}-\d{2})\.g(\d+)")


@dataclass(frozen=True, slots=True)
class _Line:
    """One line of Log."""

    when: float
    who: str
    result: str
    key: str
    ledger: str
    number: int


def recover(ledger: Ledger, community: Community, rows: Rows, events: Mapping[str, Event]) -> int:
    """Take over the keys that Log or Calendar knows better than this ledger; returns how many.

    rows: the tab Log as read, header first. events: Calendar's, by id. A key counts as used however its
    effect ended, unless it was withdrawn: rather never than twice. What people were told is not in Log, so
    mails from before are not corrected. What Log lacks is numbered anew, so that the next run appends it.
    When there was anything to learn, or rows of Log are gone, the next live tick is stopped with its counts,
    as the first one was: Log may lack what was done right before the ledger got lost. Raises LedgerError when
    Log is missing or has lost a header.
    """
    lines, before = _lines(rows), ledger.view()
    entries = {line.key: _entry(line, community) for line in lines if not _is_known(line, before)}
    for event in events.values():
        found = (entry for entry in _from_event(event, community) if entry.key not in before.entries)
        entries |= {entry.key: entry for entry in found}
    if lines and before.live_since is None and community.zone:
        began = EPOCH + timedelta(days=int(min(line.when for line in lines)))
        ledger.went_live(datetime(began.year, began.month, began.day, tzinfo=community.zone))
    unlogged = _unlogged(before, lines, entries)
    ledger.take_over(
        entries.values(),
        unlogged,
        sources={before.id, *(line.ledger for line in lines)},
        passed=max((line.number for line in lines), default=0),
        hold=bool(entries) or any((entry.number or 0) <= before.logged for entry in unlogged),
    )
    return len(entries)


def _unlogged(before: LedgerView, lines: Sequence[_Line], learned: Collection[str]) -> list[Entry]:
    """What this ledger has done and Log does not say, or no longer, in order of number."""
    last = {line.key: line for line in lines}
    missing = [
        (entry.number, entry)
        for key, entry in before.entries.items()
        if entry.number is not None and key not in learned and not _is_logged(last.get(key), entry, before.id)
    ]
    return [entry for _, entry in sorted(missing, key=lambda numbered: numbered[0])]


def _is_logged(line: _Line | None, entry: Entry, ledger: str) -> bool:
    return line is not None and (line.ledger != ledger or line.number >= (entry.number or 0))


def _is_known(line: _Line, before: LedgerView) -> bool:
    """Whether this ledger knows how the effect ended; an older copy of it may think it still under way."""
    entry = before.entries.get(line.key)
    if entry is None or entry.number is None:
        return False
    return line.ledger != before.id or line.number <= entry.number


def _lines(rows: Rows) -> list[_Line]:
    places = find_columns(log.TAB, rows[0] if rows else [])
    found = [places[name] for name in ("When", "Who", "Result", "Key", "Ledger", "Number")]
    if any(len(place) != 1 for place in found):
        raise LedgerError(
            "The tab Log is missing or has lost a header, so that nothing can be learned from it. Bring it"
            " back with Undo or the version history; if it is gone for good, run `main.py init` for this"
            " spreadsheet first."
        )
    columns = [place for (place,) in found]
    lines = []
    for row in rows[1:]:
        when, who, result, key, source, number = (_cell(row, place) for place in columns)
        if key and source and isinstance(number, int | float) and isinstance(when, int | float):
            lines.append(_Line(when, str(who), str(result), str(key), str(source), int(number)))
    return sorted(lines, key=lambda line: line.number)


def _cell(row: Sequence[Cell], place: int) -> Cell:
    return row[place] if place < len(row) else ""


def _entry(line: _Line, community: Community) -> Entry:
    parts = line.key.split("/")
    meeting = parts[0] if _MEETING.fullmatch(parts[0]) else None
    return Entry(
        key=line.key,
        kind=_kind(parts),
        phase=_PHASES.get(line.result.partition(":")[0], Phase.DONE),
        at=community.now,
        person=next((part for part in parts if _PERSON.fullmatch(part)), None),
        meeting=meeting,
        who=line.who,
        ids=_event_ids(meeting, community) if parts[-1] == "event" and meeting else {},
        reason="recovered from Log",
    )


def _kind(parts: Sequence[str]) -> str:
    """The kind of effect a key is about: see the mail table in docs/extending.md."""
    if parts[0] == "access":
        what = parts[3]
        return f"access.{what}" if what in {"welcome", "decline"} else what
    if parts[0] in {"alert", "roasts", "rehearsal"}:
        return {"alert": "organizer.alert", "roasts": "month", "rehearsal": "rehearsal"}[parts[0]]
    if parts[1] == "host":
        return f"host.{parts[-1]}"
    if parts[1] in {"time", "text", "link", "cancel", "deleted", "existing"}:
        return f"event.{parts[1]}"
    return parts[1]


def _event_ids(meeting: str, community: Community) -> Mapping[str, str]:
    match = _MEETING.fullmatch(meeting)
    if match is None:
        return {}
    ours = {"event": event_id(community.id, match[1], int(match[2]))}
    found = _meeting(match[1], community)
    return {**remembered(found), **ours} if found else ours


def _meeting(month: str, community: Community) -> Meeting | None:
    return next((meeting for meeting in community.meetings if str(meeting.month) == month), None)


def _from_event(event: Event, community: Community) -> list[Entry]:
    """An event of ours that stands in Calendar, and its guests, whom we count as added by us."""
    meeting = event.private.get(MEETING_PROPERTY, "")
    if event.cancelled or not _MEETING.fullmatch(meeting):
        return []
    ids = {**_event_ids(meeting, community), "event": event.id}
    whole = Entry(f"{meeting}/event", "event", Phase.DONE, community.now, meeting=meeting, ids=ids)
    guests = [
        Entry(
            key=f"{meeting}/guest/{person_key(community.id, guest.address)}",
            kind="guest",
            phase=Phase.DONE,
            at=community.now,
            person=person_key(community.id, guest.address),
            meeting=meeting,
            reason="recovered from Calendar",
        )
        for guest in event.guests
    ]
    return [whole, *guests]
