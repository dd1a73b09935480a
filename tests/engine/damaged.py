"""A community whose sheet is damaged, before a run or in the middle of one, and mended within the hour."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import strategies as st

from engine.tick import Tick
from mails.headers import KEY_HEADER
from tests.automations.hands import ask_in
from tests.engine.damage import DAMAGES, Damage, Hand
from tests.month import ORGANIZER
from tests.mortal import MortalMonth

Cells = dict[str, list[list[Any]]]
Received = Counter[tuple[str, str, str]]

MOMENTS = {
    "before the agenda": "2026-11-12T16:57:00+01:00",
    "as the agenda is due": "2026-11-12T17:00:00+01:00",
    "between": "2026-11-14T12:00:00+01:00",
    "before the reminder": "2026-11-18T16:57:00+01:00",
    "as the reminder is due": "2026-11-18T17:00:00+01:00",
}
END = "2026-11-20T12:00:00+01:00"


@dataclass(frozen=True, slots=True)
class Script:
    """What is done to the sheet. point: in the middle of the first run, at this boundary; 0: before it."""

    moment: str
    damages: tuple[Damage, ...]
    point: int = 0

    @property
    def minutes(self) -> tuple[int, ...]:
        """The runs while the damage stands, minutes after it was done."""
        return (0, 4) if any(damage.is_brief for damage in self.damages) else (0, 10, 20, 50)


SCRIPTS = st.builds(
    Script,
    moment=st.sampled_from(sorted(MOMENTS)),
    damages=st.lists(DAMAGES, min_size=1, max_size=3).map(tuple),
    point=st.sampled_from([0, 0, 1, 2, 3, 4, 6, 9]),
)


@dataclass(slots=True)
class Seen:
    """What came of it. wrong: what the service did and must not. problems: the lines in the tab Problems.

    in_the_middle: whether the run was long enough for the edit to come between two of its boundaries.
    """

    received: Received = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    problems: int = 0
    in_the_middle: bool = False


class DamagedMonth(MortalMonth):
    """A month in which somebody edits the sheet at a numbered boundary of a run."""

    def __init__(self, folder: Path) -> None:
        self.edit: Callable[[], None] | None = None
        self.edit_at = 0
        super().__init__(folder)

    def point(self, what: str) -> None:
        """Pass a boundary; the edit happens at its number."""
        super().point(what)
        if self._ticking and self.edit and len(self.points) == self.edit_at:
            edit, self.edit, self._ticking = self.edit, None, False
            edit()
            self._ticking = True


def play(folder: Path, script: Script, minutes: tuple[int, ...]) -> Seen:
    """The days around a meeting with the script's damage in them, mended, and run on to the end.

    minutes: when the service runs while the damage stands, counted from its beginning.
    """
    seen = Seen()
    with DamagedMonth(folder) as month:
        month.set("Mode", "live")
        month.ledger.went_live(month.now - timedelta(days=60))
        month.ledger.live_was_released()
        month.add_members("Ann", "Bob", "Cyd", "Dan")
        month.fill("Roasts", "2026-11", Host="Bob", Host_agreed="yes")
        ask_in(month, "Zoe")
        month.settle()
        when = datetime.fromisoformat(MOMENTS[script.moment])
        month.run_until(when - timedelta(minutes=1))
        month.go_to(when)
        hand = Hand(month)
        hand.copy()

        _damage(month, hand, script, minutes, seen)
        hand.restore()
        month.settle()
        month.run_until(END)
        seen.received = month.received()
        seen.wrong += _twice(month)
    return seen


def assert_harmless(script: Script) -> Seen:
    """Play a script; fails when anybody is worse off for the damage."""
    with TemporaryDirectory() as folder:
        seen = play(Path(folder), script, script.minutes)

    assert seen.wrong == []
    people = _members(seen)
    reference = undisturbed(script.moment, script.minutes)
    assert {"lost": sorted(reference - people), "too much": sorted(people - reference)} == {
        "lost": [],
        "too much": [],
    }
    return seen


@cache
def undisturbed(moment: str, minutes: tuple[int, ...]) -> Received:
    """What everybody but the organizer gets when nobody damages anything."""
    with TemporaryDirectory() as folder:
        seen = play(Path(folder), Script(moment, ()), minutes)
    assert seen.wrong == []
    return _members(seen)


def _members(seen: Seen) -> Received:
    """What everybody but the organizer got."""
    return Counter({what: count for what, count in seen.received.items() if what[0] != ORGANIZER})


def _damage(month: DamagedMonth, hand: Hand, script: Script, minutes: tuple[int, ...], seen: Seen) -> None:
    """Do it, and run while it stands; every run is watched for what it writes into the organizer's tabs."""
    started = month.now
    for number, after in enumerate(minutes):
        month.go_to(started + timedelta(minutes=after))
        if number == 0 and script.point:
            _edit_in_the_middle(month, hand, script, seen)
        else:
            if number == 0:
                _do(hand, script.damages)
            _watched_tick(month, hand, seen)
    seen.problems = len(month.rows("Problems")) - 1


def _edit_in_the_middle(month: DamagedMonth, hand: Hand, script: Script, seen: Seen) -> None:
    before = hand.cells()
    after: list[Cells] = []

    def edit() -> None:
        seen.wrong += _changes(before, hand.cells())
        _do(hand, script.damages)
        after.append(hand.cells())

    month.edit, month.edit_at = edit, len(month.points) + script.point
    month.tick()
    seen.in_the_middle = bool(after)
    if not after:  # the run was shorter than that
        month.edit = None
        edit()
    seen.wrong += _changes(after[0], hand.cells())


def _do(hand: Hand, damages: tuple[Damage, ...]) -> None:
    for damage in damages:
        if damage.tab in hand.sheet_ids():
            hand.do(damage)


def _watched_tick(month: DamagedMonth, hand: Hand, seen: Seen) -> Tick:
    before = hand.cells()
    tick = month.tick()
    seen.wrong += _changes(before, hand.cells())
    return tick


def _changes(before: Cells, after: Cells) -> list[str]:
    """The cells of the organizer's tabs that are not as they were; rows may have come below the others."""
    changed = [f"{tab} is gone" for tab in before if tab not in after]
    for tab, rows in before.items():
        now = after.get(tab, [])[: len(rows)]
        changed += [f"{tab}: {row} became {new}" for row, new in zip(rows, now, strict=False) if row != new]
    return changed


def _twice(month: DamagedMonth) -> list[str]:
    counts = Counter(mail.headers[KEY_HEADER] for mail in month.mails())
    return [f"{count} times: {key}" for key, count in counts.items() if count > 1]
