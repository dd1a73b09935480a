"""Whatever comes into the mailboxes: each mail is looked at once, as it arrives."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from community.ledger import Entry
from community.people import person_key
from mails.headers import KEY_HEADER, key_header
from tests.engine.model import Typed
from tests.engine.outside import Outside
from tests.month import ORGANIZER, Month

NOT_BEFORE = {"agenda": timedelta(days=7), "reminder": timedelta(hours=24), "host.ask": timedelta(days=28)}
TRUE_TO_CALENDAR = frozenset({*NOT_BEFORE, "host.confirmed", "access.welcome", "correction"})
GONE = frozenset({"left", "paused", "Discord only"})


@dataclass(frozen=True, slots=True)
class Arrived:
    """One mail or notice. event: the id of the event that a notice is about. header: of our own mails."""

    to: str
    kind: str
    at: datetime
    subject: str
    header: str
    event: str

    @property
    def name(self) -> str:
        """Whose it is, as typed in the sheet."""
        return self.to.split("@")[0].capitalize()


class Received:
    """All that people got.

    got: when each of our mails arrived, by key. invited: who holds an invitation to which event. reached:
    who ever got anything. mailed: mails in this calendar month by address. looked_at: how many in all.
    """

    def __init__(self, month: Month) -> None:
        self.month = month
        self.seen: dict[str, int] = {}
        self.got: dict[str, datetime] = {}
        self.invited: set[tuple[str, str]] = set()
        self.reached: set[str] = set()
        self.mailed: Counter[str] = Counter()
        self.looked_at = 0
        self.counting = ""

    def new(self) -> list[Arrived]:
        """Everything that came since the last look."""
        found = []
        for address, count in self.month.local("GET", "/local/mailboxes")["addresses"].items():
            known = self.seen.get(address, 0)
            if count != known:
                mails = self.month.local("GET", f"/local/mailboxes/{address}")["mails"][known:]
                found += [
                    Arrived(
                        address,
                        mail["kind"],
                        datetime.fromisoformat(mail["at"]),
                        mail["subject"],
                        mail["headers"].get(KEY_HEADER, ""),
                        (mail["extra"] or {}).get("event", ""),
                    )
                    for mail in mails
                ]
                self.seen[address] = count
        return found

    def turn_the_month(self, typed: Typed) -> None:
        """Begin to count mails anew on the first of a month."""
        month = f"{typed.now.astimezone(typed.zone):%Y-%m}"
        if month != self.counting:
            self.counting = month
            self.mailed.clear()

    def forget_who_is_off(self, outside: Outside) -> None:
        """Whoever is on a guest list no more may be invited anew."""
        lists = {one.id: one.answers for one in outside.meetings.values()}
        self.invited = {(event, to) for event, to in self.invited if to in lists.get(event, {to})}

    def look_in_a_wipe(self) -> None:
        """Fail when anybody but the organizer got something, or the same twice."""
        entries = self._by_header()
        for mail in self.new():
            assert mail.to == ORGANIZER, f"{mail.subject} while nothing stands in the sheet"
            self._take(mail, entries)

    def look_at(self, typed: Typed, before: Outside, after: Outside) -> None:
        """Fail when something went twice, or to whom or about what it must not, in one tick."""
        entries = self._by_header()
        for mail in self.new():
            self.looked_at += 1
            if mail.to != ORGANIZER:
                self.reached.add(mail.to)
            if mail.kind != "mail":
                assert typed.mode == "live", f"{mail.kind} while {typed.mode}"
                self._look_at_notice(mail, typed, before, after)
                continue
            entry = self._take(mail, entries)
            if mail.to == ORGANIZER:
                continue
            assert typed.mode == "live", f"mail while {typed.mode}: {entry.key}"
            self.mailed[mail.to] += 1
            assert person_key(self.month.id, mail.to) in entry.key, f"{entry.key} went to {mail.name}"
            assert not (why := typed.forbids(entry.kind, mail.name)), f"{entry.kind} to {mail.name}: {why}"
            if entry.kind in TRUE_TO_CALENDAR and entry.told:
                _assert_tells_the_truth(mail, entry, typed, after)

    def _by_header(self) -> Mapping[str, Entry]:
        entries = self.month.ledger.view().entries
        return {key_header(key): entry for key, entry in entries.items()}

    def _take(self, mail: Arrived, entries: Mapping[str, Entry]) -> Entry:
        entry = entries[mail.header]
        assert entry.key not in self.got, f"twice: {entry.key}"
        self.got[entry.key] = mail.at
        return entry

    def _look_at_notice(self, mail: Arrived, typed: Typed, before: Outside, after: Outside) -> None:
        """Fail when an invitation came twice or to whom it must not, or a cancellation for nothing."""
        entries = self.month.ledger.view().entries.values()
        meeting = next(
            entry.meeting or ""
            for entry in entries
            if entry.kind == "event" and entry.ids["event"] == mail.event
        )
        skipped = typed.skipped(meeting.partition(".")[0])
        if mail.kind == "cancellation":
            assert skipped or typed.status(mail.name) in GONE, f"{mail.name} was taken off {meeting}"
        if mail.kind != "invitation":
            return
        assert (mail.event, mail.to) not in self.invited, f"{mail.name} was invited twice to {meeting}"
        self.invited.add((mail.event, mail.to))
        assert not skipped, f"{mail.name} was invited to {meeting}, which is skipped"
        assert meeting in after.meetings, f"{mail.name} was invited to {meeting}, which does not stand"
        starts = {one.meetings[meeting].start for one in (before, after) if meeting in one.meetings}
        assert typed.is_let_in(mail.name) or any(typed.invited(mail.name, at) for at in starts), (
            f"{mail.name} was invited to {meeting}: {typed.standing(mail.name)}"
        )


def _assert_tells_the_truth(mail: Arrived, entry: Entry, typed: Typed, after: Outside) -> None:
    """Fail when a mail about a meeting is early, late, or tells what Calendar and sheet do not say."""
    meeting, told = entry.meeting or "", datetime.fromisoformat(entry.told["start"] or "")
    skipped = typed.skipped(meeting.partition(".")[0])
    assert bool(entry.told["cancelled"]) == skipped, f"{entry.kind}, and {meeting} is skipped: {skipped}"
    if skipped:
        return
    event = after.meetings.get(meeting)
    assert event or entry.kind == "correction", f"{entry.kind} without an event"
    assert event is None or told == event.start, f"{entry.kind} tells {told} of {meeting}"
    assert told > mail.at, f"{entry.kind} after the start"
    ahead = told - mail.at
    earliest = NOT_BEFORE.get(entry.kind, ahead) + timedelta(hours=1)  # the clocks may have changed
    assert ahead <= earliest, f"{entry.kind} {ahead} before the start"
