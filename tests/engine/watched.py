"""A community that is looked at after every tick: what went out, to whom, and whether all stands as typed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from automations.meetings import community_tag
from community.events import MEETING_PROPERTY
from community.ledger import UNDER_WAY
from community.people import person_key
from community.plan import State
from engine.desk import ANSWER_WAIT
from engine.tick import Tick
from tests.automations import hands
from tests.automations.hands import IDLE
from tests.engine.damage import Damage, Hand
from tests.engine.damage_kinds import do
from tests.engine.debts import Debts, Open
from tests.engine.disturbed import DisturbedMonth
from tests.engine.model import NAMES, Typed, table
from tests.engine.outside import Appointment, Outside, Written, answers_lost, too_much
from tests.engine.received import Received
from workspace.errors import WorkspaceError

INTERVAL = timedelta(minutes=10)  # at which the service looks whatever is due
TABS = ["Members", "Requests", "Roasts", "Settings"]


class Watched:
    """One community; a tick fails when it does what it must not.

    received: all that people got; lost: keys of mails that did not arrive, for a reason that Log shows.
    debts: what is owed to whom. touched: months whose event a person has changed in Calendar. calm_from:
    until then something that went wrong may show. freed: the effects that codes have let go, people by
    address. written: what the sheet said as the service last wrote an event's start, by meeting. live_from:
    the first tick in mode live; what was due or asked_before then does not go. rests: how often all was
    compared at rest.
    """

    last: Tick

    def __init__(self, folder: Path) -> None:
        self.month = DisturbedMonth(folder, settings={"Mode": "live"})
        self.received = Received(self.month)
        self.debts = Debts(self.month)
        self.lost: set[str] = set()
        self.touched: set[str] = set()
        self.calm_from = self.month.now
        self.is_new = False
        self.freed: set[str] = set()
        self.written: dict[str, Written] = {}
        self.asked_before: set[str] = set()
        self.ticks = self.rests = 0

    @property
    def live_from(self) -> datetime | None:
        """The first tick in mode live."""
        return self.debts.live_from

    def begin(self, members: Sequence[str], *, live: bool) -> None:
        """With these members: live for two months already, or new and in mode show only."""
        self.is_new = not live
        if live:
            self.debts.live_from = self.month.now - timedelta(days=60)
            self.month.ledger.went_live(self.debts.live_from)
            self.month.ledger.live_was_released()
        else:
            self.month.set("Mode", "show only")
        self.month.add_members(*members)
        self.tick()

    def typed(self) -> Typed:
        """The organizer's tabs as they read now."""
        read = self.month.workspace.sheets.read(TABS)
        members, requests, roasts, settings_ = (table(read[tab] or []) for tab in TABS)
        return Typed(
            self.month.now,
            {row["Name"]: row for row in members if "Name" in row},
            requests,
            {row["Month"]: row for row in roasts if "Month" in row},
            {row["Setting"]: row.get("Value", "") for row in settings_},
        )

    def when(self, ahead: int) -> str:
        """The month so many months from now: 2026-12."""
        year, month = self.month.now.year, self.month.now.month - 1 + ahead
        return f"{year + month // 12}-{month % 12 + 1:02}"

    def event(self, when: str) -> dict[str, Any] | None:
        """A month's event as Calendar holds it, None when there is none."""
        try:
            found = hands.event(self.month, when)
        except (IndexError, AssertionError):
            return None  # not wanted yet, or its insert was not carried out
        return found if found["status"] != "cancelled" else None

    def guests(self, when: str) -> list[str]:
        """Who stands on a month's guest list, by local part."""
        event = self.event(when)
        return sorted(guest["email"].split("@")[0] for guest in (event or {}).get("attendees", []))

    # Time.

    def release(self) -> None:
        """Type the codes of everything that is stopped."""
        self.tick(*(hold.code for hold in self.last.plan.holds))

    def come_to_rest(self) -> None:
        """Let more than a day pass, let go what is stopped, and wait until nothing settles any more."""
        self.month.leave_alone()
        self.run_until(self.month.now + timedelta(hours=25))
        for _ in range(4):
            if not self.last.plan.holds:
                break
            self.release()
            self.run_until(self.month.now + timedelta(hours=25))
        while any(item.state is State.SETTLING for item in self.last.plan.items):
            self.run_until(self.month.now + timedelta(minutes=70))

    def run_until(self, end: datetime) -> None:
        """Jump from due time to due time, as a service that never sleeps."""
        due = self.tick()
        jumps = 0
        while due and due <= end:
            jumps += 1
            assert jumps < 400, "it never comes to rest"
            self.month.go_to(max(due, self.month.now + timedelta(seconds=1)))
            due = self.tick()
        if self.month.now < end:
            self.month.go_to(end)
            self.tick()

    def tick(self, *codes: str) -> datetime | None:
        """Tick, and look at what it did; returns what is due next."""
        typed = self.typed()
        self.received.turn_the_month(typed)
        before = self.outside()
        self.received.forget_who_is_off(before)
        remembered = self.debts.copy()
        self.debts.see(typed, before)
        owed = dict(self.debts.open)
        if codes:
            self.freed |= {self.named(key) for hold in self.last.plan.holds for key, _ in hold.pairs}
        tick = self.try_tick(*codes)
        if tick and typed.mode == "live" and self.live_from is None:
            self.debts.live_from = self.month.now
            self.asked_before = {row["Name"] for row in typed.requests}
        after = self.outside()
        self.received.look_at(typed, before, after)
        after = replace(after, reached=frozenset(self.received.reached), mails=dict(self.received.mailed))
        self.assert_gate_held(typed, before, after)
        self.received.forget_who_is_off(after)
        if tick:
            self.debts.see(typed, after)
        else:
            self.debts = remembered  # the service has seen nothing of it
        self.month.forget_requests()
        rests = any(until > self.month.now for until in self.month.ledger.view().pauses.values())
        if tick and self.month.now >= self.calm_from and not rests:
            self.assert_all_done(tick, typed, owed)
            return tick.next_due
        soon = self.month.now + INTERVAL
        return min(tick.next_due or soon, soon) if tick else soon

    def try_tick(self, *codes: str) -> Tick | None:
        """One tick; None when it could not read, for which there must be a reason."""
        blows = self.month.blows.total()
        tick = None
        self.ticks += 1
        try:
            self.last = tick = self.month.tick(*codes)
        except WorkspaceError:
            assert self.month.blows.total() > blows, "a tick failed and nothing was wrong"
        if self.month.blows.total() > blows:
            self.calm_from = self.month.now + ANSWER_WAIT
        return tick

    def assert_all_done(self, tick: Tick, typed: Typed, owed: Open) -> None:
        """After a tick that nothing disturbed all is done that was due; another one only looks."""
        assert not tick.troubles, tick.troubles
        ready = [item.effect.key for item in tick.plan.items if item.state is State.READY]
        assert not ready, ready
        if typed.mode in {"live", "only to me"}:
            under_way = {k: p for k, p in self.month.phases().items() if p in set(map(str, UNDER_WAY))}
            assert not under_way, under_way
            assert not self.month.drafts(), "a draft is left"
        may_be_lost = bool(self.month.blows.total())
        late = self.debts.unpaid(owed, typed, tick.plan, self.received.got.keys(), may_be_lost=may_be_lost)
        assert not late, late

        again = self.try_tick()
        if again and self.month.asked() != IDLE:  # a new event's Meet link has come, and what waited for it
            now = self.outside()
            self.received.look_at(typed, now, now)
            self.month.forget_requests()
            again = self.try_tick()
        if again is None or self.month.now < self.calm_from:
            return
        assert not again.done, [(entry.key, entry.phase) for entry in again.done]
        asked = [(entry["api_method"], str(entry.get("body"))[:500]) for entry in self.month.requests()]
        assert [method for method, _ in asked] == IDLE, asked
        assert not (mails := self.received.new()), mails

    def be_wiped(self, minutes: int) -> None:
        """Everything is cleared for so long, while the service goes on; then it is as it was."""
        before = self.outside()
        hand = Hand(self.month)
        hand.copy()
        do(hand, Damage("everything cleared", "Members", 1, 1))
        end = self.month.now + timedelta(minutes=minutes)
        while True:
            self.try_tick()
            self.received.look_in_a_wipe()
            if self.month.now >= end:
                break
            self.month.go_to(min(end, self.month.now + timedelta(minutes=max(10, minutes // 5))))
        hand.restore()
        stood, stand = before.meetings, self.outside().meetings
        there = {key: one for key, one in stood.items() if key in stand or one.start > self.month.now}
        assert {key: (one.id, one.start, one.answers) for key, one in stand.items()} == {
            key: (one.id, one.start, one.answers) for key, one in there.items()
        }, "Calendar was written to in a wipe"
        self.debts.forget()
        self.month.forget_requests()

    def outside(self) -> Outside:
        """What people outside can see now."""
        listed = self.month.workspace.calendar.list_tagged(community_tag(self.month.id), self.month.now)
        there = [event for event in listed if not event.cancelled and MEETING_PROPERTY in event.private]
        return Outside(
            {
                event.private[MEETING_PROPERTY]: Appointment(
                    event.id,
                    event.start,
                    {guest.address: str(guest.response) for guest in event.guests},
                    event.meet_link or "",
                )
                for event in there
            },
            frozenset(self.received.reached),
            dict(self.received.mailed),
        )

    def assert_gate_held(self, typed: Typed, before: Outside, after: Outside) -> None:
        """Without a code, no tick does to people what the gate is there to stop; no answer is ever lost."""
        assert not (lost := answers_lost(before, after)), lost
        assert not (found := too_much(before, after, typed, self.written, self.freed)), found
        if self.is_new and not self.freed:
            assert not after.reached, "somebody heard of us before the first live tick was let go"
        for meeting, event in after.meetings.items():
            if meeting not in before.meetings or before.meetings[meeting].start != event.start:
                start = typed.start(meeting.partition(".")[0])
                self.written[meeting] = Written(start, typed.settings)

    def named(self, key: str) -> str:
        """A key with people's addresses in it."""
        for name in NAMES:
            key = key.replace(self.person(name), f"{name.lower()}@example.org")
        return key

    def has_got(self, name: str, begin: str, part: str) -> bool:
        """Whether a mail to them came, or was lost and is shown, whose key begins so and holds `part`."""
        theirs = (key for key in self.received.got.keys() | self.lost if self.person(name) in key)
        return any(key.startswith(begin) and part in key for key in theirs)

    def person(self, name: str) -> str:
        """How keys name this person."""
        return person_key(self.month.id, f"{name.lower()}@example.org")
