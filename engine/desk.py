"""What every hand that applies effects needs within one tick: clients, ledger, clock, list of troubles."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from community.effects import Effect
from community.ledger import Entry, Phase
from engine.ledger import Ledger
from engine.workspace import Workspace
from sheets_schema.cells import Cell
from workspace.errors import AccessDenied, NotSent, QuotaReached, Refused, ScopeMissing, WorkspaceError

ANSWER_WAIT = timedelta(seconds=60)
LONG_PAUSE = timedelta(hours=3)
LONGEST_PAUSE = timedelta(hours=24)  # Gmail's limits are of a day; a later instant is a clock gone wrong

_ABOUT_US = (AccessDenied, NotSent, QuotaReached, ScopeMissing)


@dataclass(slots=True)
class Desk:
    """One tick's working place.

    clock: gives aware instants. headers: first rows of the tabs as read, by title. seconds_between: pause
    between two mails. stopping: whether to stop after the effect in hand. troubles: what could not be done
    this time, one plain sentence each. resting: APIs that are left alone until the next tick. mailing: a
    mail has set out in this tick. appended: rows that have come to a tab since it was read, by title.
    """

    workspace: Workspace
    ledger: Ledger
    clock: Callable[[], datetime]
    headers: Mapping[str, Sequence[Cell]]
    seconds_between: float = 0
    sleep: Callable[[float], None] = time.sleep
    stopping: Callable[[], bool] = lambda: False
    troubles: list[str] = field(default_factory=list)
    resting: set[str] = field(default_factory=set)
    mailing: bool = False
    appended: dict[str, list[list[Cell]]] = field(default_factory=dict)

    def entry(self, key: str) -> Entry | None:
        """The ledger's row of a key."""
        return self.ledger.view().entries.get(key)

    def start(self, effect: Effect, phase: Phase = Phase.STARTED, **ids: str) -> Entry:
        """Write that an effect is about to leave; on disk before it does."""
        return self.ledger.put(self._entry(effect, phase, ids))

    def record(self, effect: Effect, phase: Phase, reason: str) -> Entry:
        """Write that an effect has ended which sends nothing: at once, so that it never seems under way."""
        return self.ledger.put(replace(self._entry(effect, phase, {}), reason=reason))

    def end(self, entry: Entry, phase: Phase, reason: str = "", **ids: str) -> Entry:
        """Write how an effect ended."""
        return self.ledger.put(
            replace(entry, phase=phase, at=self.clock(), reason=reason, ids={**entry.ids, **ids})
        )

    def _entry(self, effect: Effect, phase: Phase, ids: Mapping[str, str]) -> Entry:
        before = self.entry(effect.key)
        return Entry(
            key=effect.key,
            kind=effect.kind,
            phase=phase,
            at=self.clock(),
            person=effect.person,
            meeting=effect.meeting,
            who=effect.who,
            ids=ids,
            fingerprint=effect.fingerprint,
            attempts=before.attempts if before else 0,
        )

    def too_fresh(self, key: str) -> bool:
        """Whether an unanswered attempt is so young that its effect may still appear."""
        entry = self.entry(key)
        return entry is not None and entry.phase is Phase.STARTED and self.clock() < entry.at + ANSWER_WAIT

    def pace(self) -> None:
        """Wait the seconds between two mails; the tick's first one does not wait."""
        if self.mailing:
            self.sleep(self.seconds_between)
        self.mailing = True

    def rest(self, what: str, error: WorkspaceError) -> None:
        """Leave an API alone: until the time it named, for hours after a daily limit, else for this tick."""
        self.resting.add(what)
        self.troubles.append(str(error))
        if isinstance(error, QuotaReached):
            until = error.until or (self.clock() + LONG_PAUSE if error.daily else None)
            if until:
                self.ledger.pause(what, min(until, self.clock() + LONGEST_PAUSE))

    def refused(self, what: str, error: Refused) -> None:
        """Note a refusal; only one that the next request to this API would meet as well makes it rest."""
        if isinstance(error, _ABOUT_US):
            self.rest(what, error)
        else:
            self.troubles.append(str(error))

    def rests(self, what: str) -> bool:
        """Whether an API is to be left alone now."""
        return what in self.resting or bool(self.ledger.view().paused_until(what, self.clock()))
