"""Everyone owed a mail gets it, and by its time: what is owed, since when it may not be waiting any more."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from copy import copy
from datetime import datetime, timedelta

from community.ledger import TOLD, Entry, Phase
from community.people import person_key
from community.plan import Plan
from tests.engine.model import NAMES, YES, Typed
from tests.engine.outside import Outside
from tests.engine.owed import DAY, Owed, Past, owed
from tests.month import Month

LOST = frozenset({Phase.GONE, Phase.UNCONFIRMED, Phase.FAILED})
CLOCKS_CHANGE = timedelta(hours=1)  # by which a day may be longer than 24 hours
LINK_WAIT = timedelta(minutes=16)


# By Owed.what: what is owed, and since when its facts are the same.
Open = dict[tuple[str, str, str], tuple[Owed, datetime]]


class Debts:
    """What is owed, watched from tick to tick.

    checked: the mails that were due and looked for, by kind, each once. open: what was owed when it was last
    looked, with the instant since which its facts are the same.
    """

    def __init__(self, month: Month) -> None:
        self.month = month
        self.live_from: datetime | None = None
        self.open: Open = {}
        self.agreed: dict[str, tuple[str, datetime, datetime]] = {}
        self.reminded: set[str] = set()
        self.checked: dict[str, set[tuple[str, str, str]]] = defaultdict(set)

    def copy(self) -> Debts:
        """What is remembered now."""
        debts = copy(self)
        debts.open, debts.agreed = dict(self.open), dict(self.agreed)
        return debts

    def forget(self) -> None:
        """Begin to wait anew for everything."""
        self.open.clear()

    def see(self, typed: Typed, outside: Outside) -> None:
        """Take note of what is owed as things stand when the service reads, and again after it has acted."""
        self._see_hosts_agree(typed, outside)
        if typed.mode != "live" or self.live_from is None:
            self.open.clear()
            return
        now = {one.what: one for one in owed(typed, outside, self._past(self.live_from))}
        before = {what: known for what, known in self.open.items() if what in now}
        self.open = {
            what: (
                one,
                before[what][1] if what in before and before[what][0].facts == one.facts else typed.now,
            )
            for what, one in now.items()
        }
        for meeting, event in outside.meetings.items():
            if event.start - typed.now <= DAY + CLOCKS_CHANGE:
                self.reminded.add(meeting)

    def unpaid(
        self, before: Open, typed: Typed, plan: Plan, got: AbstractSet[str], *, may_be_lost: bool
    ) -> list[str]:
        """What was owed when a tick began and is now, is due, and has not come, a sentence each.

        A tick looks whenever something settles or falls due, so that what is not there now is late.
        """
        wait = timedelta(minutes=float(typed.settings["Wait after my last change"]))
        entries = self.month.ledger.view().entries
        held = [key for hold in plan.holds for key, _ in hold.pairs]
        found = []
        for what, (one, since) in self.open.items():
            if what not in before or before[what][0].facts != one.facts:
                continue
            event = entries.get(f"{one.meeting}/event")
            ready = max(one.due, since + wait)
            if not one.facts[2]:
                ready = max(ready, since + LINK_WAIT, event.at + LINK_WAIT if event else ready)
            key = self._key(one, entries)
            if typed.now < ready or any(self._person(one) in stopped for stopped in held):
                continue
            self.checked[one.kind].add(what)
            phase = entries[key].phase if key in entries else None
            lost = may_be_lost and phase in LOST
            absorbed = phase is Phase.SKIPPED and one.meeting in self.reminded
            if key not in got and not lost and not absorbed:
                found.append(f"{one.name} was owed {one.kind} of {one.meeting} from {ready} on: {phase}")
        return found

    def _key(self, one: Owed, entries: Mapping[str, Entry]) -> str:
        """How the ledger names it; a host's by the last naming, if that was theirs."""
        person = self._person(one)
        if not one.kind.startswith("host."):
            return f"{one.meeting}/{one.kind}/{person}"
        named = re.compile(rf"{re.escape(one.meeting)}/host/(\d+)/([^/]+)/")
        found = (named.match(key) for key in entries)
        last, whose = max(((int(match[1]), match[2]) for match in found if match), default=(1, person))
        return f"{one.meeting}/host/{last + (whose != person)}/{person}/{one.kind.removeprefix('host.')}"

    def _person(self, one: Owed) -> str:
        return person_key(self.month.id, f"{one.name.lower()}@example.org")

    def _past(self, live_from: datetime) -> Past:
        names = {person_key(self.month.id, f"{name.lower()}@example.org"): name for name in NAMES}
        entries = self.month.ledger.view().entries.values()
        over = [
            one for one in entries if one.key.endswith("/welcome") and one.finished and one.person in names
        ]
        told = [one for one in sorted(over, key=lambda one: one.at) if one.phase in TOLD]
        return Past(
            live_from,
            {names[one.person or ""]: one.at for one in told},
            Counter(names[one.person or ""] for one in over),
            dict(self.agreed),
        )

    def _see_hosts_agree(self, typed: Typed, outside: Outside) -> None:
        """A yes belongs to the host and the start it was first read with, until the cell reads otherwise."""
        for meeting in [*self.agreed]:
            row = typed.roasts.get(meeting.partition(".")[0])
            if row is not None and row.get("Host agreed", "").lower() not in YES:
                del self.agreed[meeting]
        for meeting, event in outside.meetings.items():
            row = typed.roasts.get(meeting.partition(".")[0], {})
            host = row.get("Host", "")
            can = host and typed.status(host) not in {"left", "paused"}
            if can and row.get("Host agreed", "").lower() in YES and meeting not in self.agreed:
                self.agreed[meeting] = (host, event.start, typed.now)
