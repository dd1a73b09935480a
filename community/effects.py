"""What should become true: effects with a key that says what each means, never when it ran."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from community.events import EventChange, EventDraft
from community.mails import Letter
from sheets_schema.months import Month


@dataclass(frozen=True, slots=True)
class SendMail:
    """One mail to one person. told: the facts it tells, as the ledger keeps them."""

    letter: Letter
    told: Mapping[str, str | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CreateEvent:
    """Insert a meeting's event. guests: person key -> address, as the draft invites them.

    memory: what the ledger remembers of the write (the sheet's start, minutes, what the row said).
    """

    draft: EventDraft
    guests: Mapping[str, str]
    memory: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ChangeEvent:
    """One part of an event's update; all ready parts of an event leave in one request.

    guest: the person added or removed by this part, if it is about one.
    """

    event_id: str
    change: EventChange
    guest: str | None = None
    memory: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CancelEvent:
    """Cancel a meeting's event; None when there is nothing in Calendar to cancel any more."""

    event_id: str | None


@dataclass(frozen=True, slots=True)
class AppendMember:
    """Append an approved requester to Members. cells: by header."""

    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class AppendMonth:
    """Append a coming month to Roasts."""

    month: Month


@dataclass(frozen=True, slots=True)
class MakeInvite:
    """Make a single-use invite to a Discord channel."""

    channel: str


@dataclass(frozen=True, slots=True)
class Record:
    """Nothing leaves: the ledger takes note that something has ended (skipped, seen in place, removed)."""

    ends_as: str
    reason: str


Action = SendMail | CreateEvent | ChangeEvent | CancelEvent | AppendMember | AppendMonth | MakeInvite | Record


@dataclass(frozen=True, slots=True)
class Effect:
    """Something that should happen once.

    kind: the mail's kind, or `event`, `guest`, `member` and so on. due: not before; latest: never after.
    reaches: keys of the people who would notice. fingerprint: of the facts that must hold still for `wait`.
    urgency: lower leaves first. after: keys that must have ended before this one leaves.
    who: for people to read in Outbox and Log, a name. rule: why the gate should look at it, see engine.gate.
    """

    key: str
    kind: str
    action: Action
    due: datetime
    latest: datetime | None = None
    meeting: str | None = None
    reaches: tuple[str, ...] = ()
    person: str | None = None
    who: str = ""
    fingerprint: str = ""
    wait: timedelta = timedelta(0)
    urgency: int = 5
    after: tuple[str, ...] = ()
    from_settings: bool = False


def fingerprint(*facts: object) -> str:
    """A short, stable digest of facts, none of which can be read back from it."""
    return hashlib.sha256("\x1f".join(map(str, facts)).encode()).hexdigest()[:16]
