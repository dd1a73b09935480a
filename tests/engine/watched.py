"""A community that is looked at after every tick: what went out, to whom, and whether all stands as typed."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from community.ledger import UNDER_WAY
from community.people import person_key
from community.plan import State
from engine.tick import Tick
from mails.headers import KEY_HEADER, key_header
from tests.automations import hands
from tests.automations.hands import IDLE
from tests.engine.model import NAMES, Typed, table
from tests.month import ORGANIZER, Mail, Month

TABS = ["Members", "Requests", "Roasts", "Settings"]


class Watched:
    """One community of Ann and Bob that went live long ago; a tick fails when it does what it must not.

    got: keys of the mails that arrived. touched: months whose event a person has changed in Calendar.
    """

    last: Tick

    def __init__(self, folder: Path) -> None:
        self.month = Month(folder, settings={"Mode": "live"})
        self.month.ledger.went_live(self.month.now - timedelta(days=60))
        self.month.ledger.live_was_released()
        self.month.add_members("Ann", "Bob")
        self.seen: dict[str, int] = {}
        self.headers: set[str] = set()
        self.got: set[str] = set()
        self.touched: set[str] = set()
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
        except IndexError:
            return None
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
        """Tick, and once more at the same instant; returns what is due next."""
        typed = self.typed()
        tick = self.month.tick(*codes)
        self.last = tick
        assert tick.troubles == ()
        assert [item for item in tick.plan.items if item.state is State.READY] == []
        under_way = {k: p for k, p in self.month.phases().items() if p in set(map(str, UNDER_WAY))}
        assert under_way == {}
        assert self.month.drafts() == []
        self.look_at(typed, self.new_mails())
        self.month.forget_requests()

        again = self.month.tick()
        assert again.done == ()
        if self.month.asked() != IDLE:  # Meet links come a little later than their event
            self.month.forget_requests()
            self.month.tick()
        wrote = [
            block for entry in self.month.requests() for block in (entry.get("body") or {}).get("data", [])
        ]
        assert self.month.asked() == IDLE, str(wrote)[:3000]
        assert self.new_mails() == []
        return tick.next_due

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
            name = mail.to.split("@")[0].capitalize()
            assert person_key(self.month.id, mail.to) in entry.key
            assert typed.forbids(entry.kind, name) == "", (entry.kind, name)
            if entry.kind in {"agenda", "reminder", "host.ask", "host.confirmed"}:
                when = (entry.meeting or "").partition(".")[0]
                event = self.event(when)
                assert not typed.skipped(when), f"{entry.kind} for a month without meeting"
                assert event, f"{entry.kind} without an event"
                told = datetime.fromisoformat(entry.told["start"] or "")
                assert told == datetime.fromisoformat(event["start"]["dateTime"]), entry.kind
                assert told > self.month.now, f"{entry.kind} after the start"

    def assert_stands_as_typed(self) -> None:
        """Fail when, at rest and live, a meeting, a guest list or an answer is not as typed."""
        typed = self.typed()
        if typed.mode != "live" or self.last.plan.holds:
            return
        self.assert_requests_are_answered(typed)
        for when in (self.when(0), self.when(1)):
            if when in typed.roasts and typed.start(when) > self.month.now + timedelta(hours=1):
                self.assert_month_stands(typed, when)

    def assert_requests_are_answered(self, typed: Typed) -> None:
        """Whoever asked has the answer that was decided last."""
        for name in NAMES:
            theirs = [row for row in typed.requests if row["Name"] == name]
            last = max(theirs, key=lambda row: row["Received"], default={})
            answer = {"approve": "welcome", "decline": "decline"}.get(last.get("Decision", ""))
            if answer == "welcome" and (
                last["Wants"] in {"leave", "fewer mails"} or typed.status(name) != "active"
            ):
                continue
            if answer:
                key = f"access/{self.person(name)}/"
                assert any(got.startswith(key) and answer in got for got in self.got), (name, answer)

    def assert_month_stands(self, typed: Typed, when: str) -> None:
        """The event, its guests and what people were told of it are as typed."""
        event, start = self.event(when), typed.start(when)
        if typed.skipped(when):
            assert event is None, f"{when} is skipped and stands in Calendar"
            self.assert_told(typed, when, None)
            return
        if when not in self.touched:
            assert event, f"{when} has no event"
            assert datetime.fromisoformat(event["start"]["dateTime"]) == start, when
            there = self.guests(when)
            for name in NAMES:
                if typed.invited(name, start):
                    assert name.lower() in there, f"{name} is not invited to {when}"
                elif typed.status(name) in {"left", "paused", "Discord only"}:
                    assert name.lower() not in there, f"{name} is still a guest of {when}"
        if event is None:
            return
        begins = datetime.fromisoformat(event["start"]["dateTime"])
        if begins <= self.month.now:
            return
        self.assert_told(typed, when, begins)
        self.assert_mailed(typed, when, begins)

    def assert_told(self, typed: Typed, when: str, begins: datetime | None) -> None:
        """Whoever heard of this month's meeting believes what is true; begins None: that there is none."""
        entries = self.month.ledger.view().entries.values()
        heard = [e for e in entries if e.told and (e.meeting or "").startswith(when) and e.key in self.got]
        for name in NAMES:
            theirs = [entry for entry in heard if entry.person == self.person(name)]
            if not theirs or typed.status(name) != "active" or typed.forbids("correction", name):
                continue
            told = max(theirs, key=lambda entry: (entry.at, entry.number or 0)).told
            then = datetime.fromisoformat(told["start"] or "")
            if then <= self.month.now:
                continue
            if begins is None:
                assert told["cancelled"] or when in self.touched, f"{name} still comes to {when}"
            else:
                assert not told["cancelled"], f"{name} does not know that {when} is on again"
                assert then == begins, f"{name} believes in another start of {when}"

    def assert_mailed(self, typed: Typed, when: str, begins: datetime) -> None:
        """Whoever was due a mail about this meeting has had it, or a welcome that told it all."""
        soon, row = begins - self.month.now, typed.roasts[when]
        for name in NAMES:
            if name not in typed.members or self.has_got(name, "", "/welcome"):
                continue
            reminded = self.has_got(name, f"{when}.g", "/reminder/")
            if (
                soon < timedelta(days=7, hours=-1)
                and typed.sends_agenda(when)
                and typed.reads(name, "agenda")
            ):
                assert reminded or self.has_got(name, f"{when}.g", "/agenda/"), (
                    f"{name} has no agenda of {when}"
                )
            if soon < timedelta(hours=23) and typed.reads(name, "reminder") and self.comes(name, when):
                assert reminded, f"{name} was not reminded of {when}"
            is_asked = row.get("Host") == name and "Host agreed" not in row
            if (
                is_asked
                and timedelta(hours=25) < soon < timedelta(days=27)
                and not typed.forbids("host", name)
            ):
                assert self.has_got(name, f"{when}.g", "/host/"), f"{name} was not asked to host {when}"

    def comes(self, name: str, when: str) -> bool:
        """Whether somebody is a guest and has not said no."""
        guests = (self.event(when) or {}).get("attendees", [])
        answers = {guest["email"]: guest["responseStatus"] for guest in guests}
        return bool(answers.get(f"{name.lower()}@example.org", "declined") != "declined")

    def has_got(self, name: str, begin: str, part: str) -> bool:
        """Whether a mail to this person arrived whose key begins so and holds `part`."""
        theirs = (key for key in self.got if self.person(name) in key)
        return any(key.startswith(begin) and part in key for key in theirs)

    def person(self, name: str) -> str:
        """How keys name this person."""
        return person_key(self.month.id, f"{name.lower()}@example.org")
