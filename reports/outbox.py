"""The Outbox tab: every mail to every person, two weeks back and two weeks ahead."""

from __future__ import annotations

from datetime import datetime

from community.effects import SendMail
from community.labels import in_plain_words
from community.ledger import UNDER_WAY, Entry
from community.mails import MailKind
from community.people import Person, shown_name
from community.plan import Planned, State
from reports.overview import Overview, time_of
from reports.words import EXPLAINED, PHASES, is_mail, month_of, stamp
from sheets_schema import outbox
from sheets_schema.cells import Cell, Rows

DAYS = 14

_STATES = {
    State.READY: ("goes now", ""),
    State.WAITING: ("planned", ""),
    State.SETTLING: ("planned", "Waits until your changes have settled."),
    State.STOPPED: ("stopped", "Waits for you: see Today."),
    State.FULL: ("planned", "Waits: the account's mail allowance is used up."),
    State.SHOWN: ("shown only", "Mode is show only."),
    State.PAUSED: ("paused", "Mode is paused."),
    State.TOO_LATE: ("too late", "It was due before going live, or its latest time has passed."),
}

# What it is sorted by (when, kind, whom, key), and its row.
_Line = tuple[tuple[datetime, str, str, str], list[Cell]]


def rows(overview: Overview) -> Rows:
    """The Outbox tab, header included, by time."""
    lines = [
        _planned(overview, item, item.effect.action)
        for item in overview.planned
        if isinstance(item.effect.action, SendMail) and overview.within(time_of(item, overview.now), DAYS)
    ]
    lines += [
        _ended(overview, entry)
        for key, entry in overview.community.ledger.entries.items()
        if is_mail(entry.kind) and key not in overview.by_key and _is_recent(overview, entry)
    ]
    lines.sort(key=lambda line: line[0])
    return [list(outbox.TAB.headers), *(row for _, row in lines)]


def _is_recent(overview: Overview, entry: Entry) -> bool:
    return entry.phase in UNDER_WAY or overview.within(entry.at, -DAYS)


def _planned(overview: Overview, item: Planned, mail: SendMail) -> _Line:
    effect, letter = item.effect, mail.letter
    at = time_of(item, overview.now)
    word, note = _STATES[item.state]
    if letter.rehearsal_for:
        note = f"Meant for {letter.rehearsal_for}. {note}".rstrip()
    to = _recipient(effect.kind, effect.who, letter.to)
    row: list[Cell] = [
        stamp(at, overview.zone) if at != overview.now else "now",
        effect.kind,
        to,
        month_of(effect.meeting),
        word,
        note,
    ]
    return (at, effect.kind, to, effect.key), row


def _ended(overview: Overview, entry: Entry) -> _Line:
    to = _recipient(entry.kind, entry.who, overview.community.people.get(entry.person or ""))
    row: list[Cell] = [
        stamp(entry.at, overview.zone),
        entry.kind,
        to,
        month_of(entry.meeting),
        PHASES[entry.phase],
        " ".join(filter(None, (EXPLAINED.get(entry.phase, ""), in_plain_words(entry.reason)))),
    ]
    return (entry.at, entry.kind, to, entry.key), row


def _recipient(kind: str, who: str, person: Person | None) -> str:
    """A name; of somebody without one what stands before the @ of the address."""
    if kind == MailKind.ORGANIZER_ALERT:
        return who or "organizer"
    return who or (shown_name(person.address) if person else "")
