"""The ledger as the rules see it: what was done, what is under way, what was seen when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Phase(StrEnum):
    """How far an effect is. The first five are under way; the rest are ends."""

    DRAFTING = "drafting"
    DRAFTED = "drafted"
    SENDING = "sending"
    STARTED = "started"
    REMOVING = "removing"

    SENT = "sent"
    UNCONFIRMED = "unconfirmed"
    GONE = "gone"
    WITHDRAWN = "withdrawn"
    DONE = "done"
    REMOVED = "removed"
    SKIPPED = "skipped"
    FAILED = "failed"


UNDER_WAY = frozenset({Phase.DRAFTING, Phase.DRAFTED, Phase.SENDING, Phase.STARTED, Phase.REMOVING})
FREES_KEY = frozenset({Phase.WITHDRAWN, Phase.REMOVED})
TOLD = frozenset({Phase.SENT, Phase.UNCONFIRMED, Phase.SENDING})


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the ledger.

    key: what the effect means. told: the facts a person was told, by name, as text. ids: Google's and our
    own identifiers. at: the last change of phase, aware. number: the order of ending, None while under way.
    fingerprint: of the facts the effect was planned with.
    """

    key: str
    kind: str
    phase: Phase
    at: datetime
    person: str | None = None
    meeting: str | None = None
    who: str = ""
    told: Mapping[str, str | None] = field(default_factory=dict)
    ids: Mapping[str, str] = field(default_factory=dict)
    fingerprint: str = ""
    attempts: int = 0
    number: int | None = None
    reason: str = ""

    @property
    def finished(self) -> bool:
        """Whether the effect is over and its key taken for good."""
        return self.phase not in UNDER_WAY and self.phase not in FREES_KEY


@dataclass(frozen=True, slots=True)
class Sighting:
    """What was seen under a name, and since when it has been the same."""

    value: str
    since: datetime


@dataclass(frozen=True, slots=True)
class LedgerView:
    """Everything the rules may know of the past.

    live_since: the first tick in mode live. live_released: whether the first live tick was let go.
    released: pairs of key and fingerprint that a code has let go. pauses: until when an API
    asked to be left alone, by `mail` or `calendar`.
    logged: the highest number known to stand in Log; last_number: the highest given to an ended effect.
    id: this ledger's; recovered: the ids of ledgers whose keys it has taken over, its own among them when it
    was a copy; recovered_to: up to which number its lines in Log were settled by that. alarm: the generation
    of the calendar entry that rings when the service has stopped.
    """

    id: str = ""
    entries: Mapping[str, Entry] = field(default_factory=dict)
    sightings: Mapping[str, Sighting] = field(default_factory=dict)
    released: frozenset[tuple[str, str]] = frozenset()
    used_codes: frozenset[str] = frozenset()
    live_since: datetime | None = None
    live_released: bool = False
    pauses: Mapping[str, datetime] = field(default_factory=dict)
    logged: int = 0
    last_number: int = 0
    recovered: frozenset[str] = frozenset()
    recovered_to: int = 0
    alarm: int = 0

    def mails_since(self, instant: datetime) -> int:
        """Mails that left, or may have left, since an instant."""
        return sum(entry.at > instant and entry.phase in TOLD for entry in self.entries.values())

    def paused_until(self, what: str, now: datetime) -> datetime | None:
        """Until when `mail` or `calendar` must rest, None when it need not."""
        until = self.pauses.get(what)
        return until if until and until > now else None

    def since(self, name: str, now: datetime) -> datetime:
        """Since when `name` has been seen as it is; `now` when it is new."""
        sighting = self.sightings.get(name)
        return sighting.since if sighting else now

    def phase(self, key: str) -> Phase | None:
        """The phase of a key, None when the ledger has no row for it."""
        entry = self.entries.get(key)
        return entry.phase if entry else None
