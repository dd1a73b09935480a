"""A community that is looked at after every tick: what went out, to whom, and whether all stands as typed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
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
from mails.headers import KEY_HEADER, key_header
from tests.automations import hands
from tests.automations.hands import IDLE
from tests.engine.damage import Damage, Hand
from tests.engine.damage_kinds import do
from tests.engine.disturbed import DisturbedMonth
from tests.engine.model import Outside, Typed, table, too_much
from tests.month import ORGANIZER, Mail
from workspace.errors import WorkspaceError

INTERVAL = timedelta(minutes=10)  # at which the service looks whatever is due
TABS = ["Members", "Requests", "Roasts", "Settings"]


class Watched:
    """One community; a tick fails when it does what it must not.

    got: keys of the mails that arrived; lost: of those that did not, for a reason that Log shows.
    touched: months whose event a person has changed in Calendar. reached: who ever got anything.
    mailed: mails in this calendar month by address. calm_from: until then something that went wrong may
    show. freed: a code was given whose effects may be still to come. live_from: the first tick in mode live;
    what was due or asked_before then does not go.
    """

    last: Tick

    def __init__(self, folder: Path) -> None:
        self.month = DisturbedMonth(folder, settings={"Mode": "live"})
        self.seen: dict[str, int] = {}
        self.headers: set[str] = set()
        self.got: set[str] = set()
        self.lost: set[str] = set()
        self.touched: set[str] = set()
        self.reached: set[str] = set()
        self.mailed: Counter[str] = Counter()
        self.calm_from = self.month.now
        self.is_new = self.freed = self.codes_given = False
        self.live_from: datetime | None = None
        self.asked_before: set[str] = set()
        self.ticks = self.looked_at = 0
        self.counting = ""

    def begin(self, members: Sequence[str], *, live: bool) -> None:
        """With these members: live for two months already, or new and in mode show only."""
        self.is_new = not live
        if live:
            self.live_from = self.month.now - timedelta(days=60)
            self.month.ledger.went_live(self.live_from)
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
        self.turn_the_month(typed)
        before = self.outside()
        tick = self.try_tick(*codes)
        if tick and typed.mode == "live" and self.live_from is None:
            self.live_from = self.month.now
            self.asked_before = {row["Name"] for row in typed.requests}
        self.look_at(typed, self.new_mails())
        self.freed = self.freed or bool(codes)
        self.codes_given = self.codes_given or bool(codes)
        self.assert_gate_held(typed, before)
        self.month.forget_requests()
        rests = any(until > self.month.now for until in self.month.ledger.view().pauses.values())
        if tick and self.month.now >= self.calm_from and not rests:
            self.assert_all_done(tick, typed)
            self.freed = self.freed and typed.mode != "live"
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

    def assert_all_done(self, tick: Tick, typed: Typed) -> None:
        """After a tick that nothing disturbed all is done that was due; another one only looks."""
        assert not tick.troubles, tick.troubles
        ready = [item.effect.key for item in tick.plan.items if item.state is State.READY]
        assert not ready, ready
        if typed.mode in {"live", "only to me"}:
            under_way = {k: p for k, p in self.month.phases().items() if p in set(map(str, UNDER_WAY))}
            assert not under_way, under_way
            assert not self.month.drafts(), "a draft is left"

        again = self.try_tick()
        if again and self.month.asked() != IDLE:  # Meet links come a little later than their event
            self.month.forget_requests()
            again = self.try_tick()
        if again is None or self.month.now < self.calm_from:
            return
        assert not again.done, [(entry.key, entry.phase) for entry in again.done]
        asked = [(entry["api_method"], str(entry.get("body"))[:500]) for entry in self.month.requests()]
        assert [method for method, _ in asked] == IDLE, asked
        assert not (mails := self.new_mails()), mails

    def be_wiped(self, minutes: int) -> None:
        """Everything is cleared for so long, while the service goes on; then it is as it was."""
        hand = Hand(self.month)
        hand.copy()
        do(hand, Damage("everything cleared", "Members", 1, 1))
        end = self.month.now + timedelta(minutes=minutes)
        while True:
            self.try_tick()
            for mail in self.new_mails():
                assert mail.to == ORGANIZER, f"{mail.subject} while nothing stands in the sheet"
            if self.month.now >= end:
                break
            self.month.go_to(min(end, self.month.now + timedelta(minutes=max(10, minutes // 5))))
        hand.restore()
        self.month.forget_requests()

    def turn_the_month(self, typed: Typed) -> None:
        """Begin to count mails anew on the first of a month."""
        month = f"{typed.now.astimezone(typed.zone):%Y-%m}"
        if month != self.counting:
            self.counting = month
            self.mailed.clear()

    def outside(self) -> Outside:
        """What people outside can see now."""
        listed = self.month.workspace.calendar.list_tagged(community_tag(self.month.id), self.month.now)
        there = [event for event in listed if not event.cancelled and MEETING_PROPERTY in event.private]
        events = {event.private[MEETING_PROPERTY]: event for event in there}
        return Outside(
            {meeting: event.start for meeting, event in events.items()},
            {
                meeting: frozenset(guest.address for guest in event.guests)
                for meeting, event in events.items()
            },
            frozenset(self.reached),
            dict(self.mailed),
        )

    def assert_gate_held(self, typed: Typed, before: Outside) -> None:
        """Without a code, no tick does to people what the gate is there to stop."""
        after = self.outside()
        if not self.freed:
            assert not (found := too_much(before, after, typed)), found
        if self.is_new and not self.codes_given:
            assert not after.reached, "somebody heard of us before the first live tick was let go"

    def new_mails(self) -> list[Mail]:
        """Everything that came into any mailbox since the last look."""
        counts = self.month.local("GET", "/local/mailboxes")["addresses"]
        found = []
        for address, count in counts.items():
            if count != self.seen.get(address, 0):
                found += self.month._mailboxes(address)[self.seen.get(address, 0) :]
                self.seen[address] = count
        return found

    def look_at(self, typed: Typed, mails: list[Mail]) -> None:
        """Fail when one of these mails went twice, or to whom or about what it must not."""
        entries = self.month.ledger.view().entries
        by_header = {key_header(key): entry for key, entry in entries.items()}
        for mail in mails:
            self.looked_at += 1
            if mail.to != ORGANIZER:
                self.reached.add(mail.to)
            if mail.kind != "mail":
                assert typed.mode == "live", f"{mail.kind} while {typed.mode}"
                continue
            header = mail.headers[KEY_HEADER]
            entry = by_header[header]
            assert header not in self.headers, f"twice: {entry.key}"
            self.headers.add(header)
            self.got.add(entry.key)
            if mail.to == ORGANIZER:
                continue
            assert typed.mode == "live", f"mail while {typed.mode}: {entry.key}"
            self.mailed[mail.to] += 1
            name = mail.to.split("@")[0].capitalize()
            assert person_key(self.month.id, mail.to) in entry.key, f"{entry.key} went to {name}"
            assert not (why := typed.forbids(entry.kind, name)), f"{entry.kind} to {name}: {why}"
            if entry.kind in {"agenda", "reminder", "host.ask", "host.confirmed"}:
                when = (entry.meeting or "").partition(".")[0]
                event = self.event(when)
                assert not typed.skipped(when), f"{entry.kind} for a month without meeting"
                assert event, f"{entry.kind} without an event"
                told = datetime.fromisoformat(entry.told["start"] or "")
                assert told == datetime.fromisoformat(event["start"]["dateTime"]), entry.kind
                assert told > self.month.now, f"{entry.kind} after the start"

    def comes(self, name: str, when: str) -> bool:
        """Whether somebody is a guest and has not said no."""
        guests = (self.event(when) or {}).get("attendees", [])
        answers = {guest["email"]: guest["responseStatus"] for guest in guests}
        return bool(answers.get(f"{name.lower()}@example.org", "declined") != "declined")

    def has_got(self, name: str, begin: str, part: str) -> bool:
        """Whether a mail to them came, or was lost and is shown, whose key begins so and holds `part`."""
        theirs = (key for key in self.got | self.lost if self.person(name) in key)
        return any(key.startswith(begin) and part in key for key in theirs)

    def person(self, name: str) -> str:
        """How keys name this person."""
        return person_key(self.month.id, f"{name.lower()}@example.org")
