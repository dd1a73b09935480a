"""What people and the clock do to one community, in any order: Hypothesis draws the script."""

from __future__ import annotations

import sys
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from tests.automations import hands
from tests.engine.model import NAMES
from tests.engine.standing import assert_stands_as_typed
from tests.engine.watched import Watched

MEMBERS = st.sampled_from(["Ann", "Bob", "Cyd", "Dan", "Eve", "Fay"])
OUTSIDERS = st.sampled_from(["Yan", "Zoe", "Ann", "Fay"])
AHEAD = st.integers(0, 2)
DRAW = st.integers(0, 99)
HOSTS = st.sampled_from(["Ann", "Ann", "Bob", "Bob", "Cyd", "gus@example.org", "Nobody", None])
DECISIONS = st.sampled_from([None, "approve", "decline", "hold"])
WISHES = ["everything", "invitation and agenda", "invitation only", "nothing"]
SETTINGS = [
    ("Starts at", "17:00"),
    ("Starts at", "18:00"),
    ("Wait after my last change", "0"),
    ("Wait after my last change", "10"),
    ("Wait after my last change", "60"),
    ("Agenda needs my yes", "yes"),
    ("Agenda needs my yes", "no"),
    ("Minutes", "90"),
    ("Months ahead", "2"),
    ("Time zone", "Europe/London"),
    ("Time zone", "Europe/Berlin"),
    ("Meet link to use", "https://meet.google.com/abc-defg-hij"),
    ("Meet link to use", ""),
    ("Discord channel id", "1100000000000000009"),
    ("Mode", "paused"),
    ("Mode", "show only"),
    ("Mode", "only to me"),
    ("Mode", "live"),
]


class Organizing(RuleBasedStateMachine):
    """One community of which everything may be changed at any time; every tick is looked at."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = TemporaryDirectory()
        self.watched = Watched(Path(self.folder.name))
        self.month = self.watched.month
        self.asked = 0

    @initialize(live=st.sampled_from([True, True, True, False]), members=st.sampled_from([2, 5, 5]))
    def begins(self, live: bool, members: int) -> None:
        self.watched.begin(NAMES[:members], live=live)

    def teardown(self) -> None:
        """End in mode live and at rest, where all must stand, unless something has failed before."""
        try:
            if sys.exc_info()[0] is None and self.watched.ticks > 1:
                self.goes_live()
                self.comes_to_rest()
        finally:
            self.month.close()
            self.folder.cleanup()

    # What is typed.

    def fill(self, tab: str, key: str, **cells: object) -> None:
        try:
            self.month.fill(tab, key, **cells)
        except StopIteration:
            return  # there is no such row just now

    # Members.

    @rule(name=MEMBERS)
    def comes(self, name: str) -> None:
        if name not in self.watched.typed().members:
            self.month.add_members(name)

    @rule(name=MEMBERS, status=st.sampled_from(["active", "active", "paused", "left", "Discord only"]))
    def changes_status(self, name: str, status: str) -> None:
        self.fill("Members", f"{name.lower()}@example.org", Status=status)

    @rule()
    def all_come(self) -> None:
        self.month.add_members(*(name for name in NAMES[:6] if name not in self.watched.typed().members))

    @rule()
    def all_leave(self) -> None:
        for name in NAMES[:6]:
            self.changes_status(name, "left")

    @rule(name=MEMBERS, wish=st.sampled_from(WISHES))
    def changes_wish(self, name: str, wish: str) -> None:
        self.fill("Members", f"{name.lower()}@example.org", Mail=wish)

    @rule(name=MEMBERS, days=st.sampled_from([None, -1, 0, 3, 20]))
    def is_away(self, name: str, days: int | None) -> None:
        until = None if days is None else (self.month.now + timedelta(days=days)).date().isoformat()
        self.fill("Members", f"{name.lower()}@example.org", Away_until=until)

    @rule(name=MEMBERS, days=st.sampled_from([None, 0, 1, 5]))
    def wants_it_again(self, name: str, days: int | None) -> None:
        day = None if days is None else (self.month.now + timedelta(days=days)).date().isoformat()
        self.fill("Members", f"{name.lower()}@example.org", Send_again_on=day)

    @rule(name=MEMBERS)
    def row_is_deleted(self, name: str) -> None:
        if name in self.watched.typed().members:
            self.rows("delete", "Members", {"from": self.month.row_of("Members", name)})

    @rule(tab=st.sampled_from(["Members", "Roasts", "Requests"]))
    def rows_are_inserted(self, tab: str) -> None:
        if len(self.month.rows(tab)) < 25:
            self.rows("insert", tab, {"before": 2})

    @rule(
        by=st.sampled_from([("Members", "Name"), ("Roasts", "Month"), ("Requests", "Email")]),
        down=st.booleans(),
    )
    def rows_are_sorted(self, by: tuple[str, str], down: bool) -> None:
        tab, header = by
        self.rows("sort", tab, {"by": self.month.column(tab, header), "descending": down})

    def rows(self, how: str, tab: str, body: dict[str, object]) -> None:
        self.month.local("POST", f"/local/sheets/{self.month.id}/rows/{how}", {"tab": tab, **body})

    # Requests.

    @rule(
        name=OUTSIDERS,
        wants=st.sampled_from(["both", "meetups", "Discord", "leave", "fewer mails"]),
        decision=DECISIONS,
    )
    def asks(self, name: str, wants: str, decision: str | None) -> None:
        self.asked += 1
        received = f"2026-11-{1 + self.asked:02}" if self.asked < 29 else "2026-11-30"
        hands.ask_in(self.month, name, Received=received, Wants=wants, Decision=decision)

    @rule(name=OUTSIDERS, decision=DECISIONS)
    def is_decided(self, name: str, decision: str | None) -> None:
        self.fill("Requests", f"{name.lower()}@example.org", Decision=decision)

    @rule(name=OUTSIDERS)
    def withdraws(self, name: str) -> None:
        if any(row["Name"] == name for row in self.watched.typed().requests):
            self.rows("delete", "Requests", {"from": self.month.row_of("Requests", name)})

    @rule(name=OUTSIDERS, days=st.sampled_from([None, 0, 2]))
    def is_answered_again(self, name: str, days: int | None) -> None:
        day = None if days is None else (self.month.now + timedelta(days=days)).date().isoformat()
        self.fill("Requests", f"{name.lower()}@example.org", Send_again_on=day)

    # Roasts.

    @rule(ahead=AHEAD, host=HOSTS)
    def host_is_named(self, ahead: int, host: str | None) -> None:
        self.fill("Roasts", self.watched.when(ahead), Host=host)

    @rule(ahead=AHEAD, answer=st.sampled_from(["yes", "yes", "no", None]))
    def host_answers(self, ahead: int, answer: str | None) -> None:
        self.fill("Roasts", self.watched.when(ahead), Host_agreed=answer)

    @rule(ahead=AHEAD, day=st.sampled_from([None, 3, 12, 20, 26]))
    def other_date(self, ahead: int, day: int | None) -> None:
        when = self.watched.when(ahead)
        self.fill("Roasts", when, Other_date=None if day is None else f"{when}-{day:02}")

    @rule(ahead=AHEAD, start=st.sampled_from([None, "09:30", "19:15"]))
    def other_start(self, ahead: int, start: str | None) -> None:
        self.fill("Roasts", self.watched.when(ahead), Other_start=start)

    @rule(ahead=AHEAD)
    def is_skipped(self, ahead: int) -> None:
        self.fill("Roasts", self.watched.when(ahead), No_meeting_because="Holiday")

    @rule(ahead=AHEAD)
    def is_restored(self, ahead: int) -> None:
        self.fill("Roasts", self.watched.when(ahead), No_meeting_because=None)

    @rule(ahead=AHEAD, yes=st.sampled_from([None, "yes", "no"]))
    def agenda_may_go(self, ahead: int, yes: str | None) -> None:
        self.fill("Roasts", self.watched.when(ahead), Send_agenda=yes)

    @rule(ahead=AHEAD)
    def hosts_swap(self, ahead: int) -> None:
        months = [self.watched.when(ahead), self.watched.when(ahead + 1)]
        roasts = self.watched.typed().roasts
        hosts = [roasts.get(when, {}).get("Host") for when in months]
        for when, host in zip(months, reversed(hosts), strict=True):
            self.fill("Roasts", when, Host=host)

    # Settings.

    @rule(what=st.sampled_from(SETTINGS))
    def setting_is_changed(self, what: tuple[str, str]) -> None:
        self.month.set(*what)

    @rule()
    def goes_live(self) -> None:
        self.month.set("Mode", "live")

    # Calendar's own page.

    @rule(ahead=AHEAD, pick=DRAW, status=st.sampled_from(["accepted", "declined", "tentative"]))
    def guest_answers(self, ahead: int, pick: int, status: str) -> None:
        there = [guest for guest in self.watched.guests(self.watched.when(ahead)) if guest != "organizer"]
        if there:
            hands.answer(self.month, self.watched.when(ahead), **{there[pick % len(there)]: status})

    @rule(ahead=AHEAD, hours=st.sampled_from([-30, -2, 1, 26]))
    def event_is_moved(self, ahead: int, hours: int) -> None:
        when = self.watched.when(ahead)
        if event := self.watched.event(when):
            start = datetime.fromisoformat(event["start"]["dateTime"]) + timedelta(hours=hours)
            if start > self.month.now:
                hands.move_event(self.month, when, start.isoformat())
                self.watched.touched.add(when)

    @rule(ahead=AHEAD)
    def event_is_deleted(self, ahead: int) -> None:
        if self.watched.event(self.watched.when(ahead)):
            hands.delete_event(self.month, self.watched.when(ahead))
            self.watched.touched.add(self.watched.when(ahead))

    @rule(ahead=AHEAD, pick=DRAW)
    def guest_is_taken_off(self, ahead: int, pick: int) -> None:
        there = self.watched.guests(self.watched.when(ahead))
        if there:
            hands.take_off(self.month, self.watched.when(ahead), there[pick % len(there)])
            self.watched.touched.add(self.watched.when(ahead))

    @rule(ahead=AHEAD, name=MEMBERS)
    def guest_is_put_on(self, ahead: int, name: str) -> None:
        if self.watched.event(self.watched.when(ahead)) and name.lower() not in self.watched.guests(
            self.watched.when(ahead)
        ):
            hands.put_on(self.month, self.watched.when(ahead), name.lower())
            self.watched.touched.add(self.watched.when(ahead))

    # Time.

    @rule(minutes=st.sampled_from([0, 1, 5, 10, 11, 61]))
    def minutes_pass(self, minutes: int) -> None:
        self.month.wait(minutes=minutes)
        self.watched.tick()

    @rule(hours=st.sampled_from([5, 23, 25, 48, 24 * 6, 24 * 15, 24 * 33]))
    def sleeps(self, hours: int) -> None:
        self.month.wait(hours=hours)
        self.watched.tick()

    @rule(hours=st.sampled_from([3, 25, 24 * 4, 24 * 7, 24 * 16]))
    def runs(self, hours: int) -> None:
        self.watched.run_until(self.month.now + timedelta(hours=hours))

    @rule()
    def lets_everything_go(self) -> None:
        self.watched.tick()
        self.watched.release()

    @rule()
    def comes_to_rest(self) -> None:
        """A day and more without anybody's hand, everything let go: then all must stand as the sheet says."""
        self.watched.come_to_rest()
        assert_stands_as_typed(self.watched)
