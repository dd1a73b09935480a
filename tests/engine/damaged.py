"""A community whose sheet is damaged, before a run or in the middle of one, and mended within the hour."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from itertools import zip_longest
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import strategies as st

from mails.headers import KEY_HEADER, key_header
from tests.automations.hands import ask_in
from tests.engine.damage import Damage, Hand, Place
from tests.engine.damage_kinds import BRIEF, DAMAGES, TEXT_KINDS, do, touched
from tests.month import ORGANIZER
from tests.mortal import MortalMonth

Cells = Mapping[str, list[list[Any]]]
Received = Counter[tuple[str, str, str]]

MOMENTS = {
    "before the agenda": "2026-11-12T16:57:00+01:00",
    "as the agenda is due": "2026-11-12T17:00:00+01:00",
    "between": "2026-11-14T12:00:00+01:00",
    "before the reminder": "2026-11-18T16:57:00+01:00",
    "as the reminder is due": "2026-11-18T17:00:00+01:00",
}
AS_ROWS_COME = "as rows come"  # in the run that appends a member and a month
_ROWS_COME = "2026-11-14T12:06:00+01:00"
END = "2026-11-20T12:00:00+01:00"
SHORT, LONG = (0, 4), (0, 10, 20, 50)


@dataclass(frozen=True, slots=True)
class Script:
    """What is done to the sheet. point: in the middle of the first run, at this boundary; 0: before it.

    undone: whether it is undone in the end, or was meant. stands: see `minutes`.
    """

    moment: str
    damages: tuple[Damage, ...]
    point: int = 0
    undone: bool = True
    stands: tuple[int, ...] = ()

    @property
    def minutes(self) -> tuple[int, ...]:
        """The runs while the damage stands, counted from when it was done: long enough for it to be acted
        on, unless it is a thing half typed."""
        if self.stands:
            return self.stands
        return SHORT if any(damage.kind in BRIEF for damage in self.damages) else LONG

    @property
    def rewords(self) -> bool:
        """Whether mails may rightly read otherwise: what was typed stood long enough to be meant."""
        return any(damage.kind in TEXT_KINDS for damage in self.damages)


SCRIPTS = st.builds(
    Script,
    moment=st.sampled_from(sorted(MOMENTS)),
    damages=st.lists(DAMAGES, min_size=1, max_size=3).map(tuple),
    point=st.sampled_from([0, 0, 1, 2, 3, 4, 6, 9]),
)


@dataclass(slots=True)
class Seen:
    """What came of it.

    received: by address, key or kind of notice, and subject; meanwhile: of that, while the damage stood.
    wrong: what the service did and must not. problems: tab, row and column of the lines in the tab Problems
    while the damage stood. places: where each damage was done, None where it could not be.
    in_the_middle: whether the run was long enough for the edit to come between two of its boundaries.
    rows: the addresses in Members and the months in Roasts at the end.
    """

    received: Received = field(default_factory=Counter)
    meanwhile: Received = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    problems: list[Place] = field(default_factory=list)
    places: list[Place | None] = field(default_factory=list)
    in_the_middle: bool = False
    rows: dict[str, list[str]] = field(default_factory=dict)


class DamagedMonth(MortalMonth):
    """A month in which somebody edits the sheet at a numbered boundary of a run."""

    def __init__(self, folder: Path, **how: Any) -> None:
        self.edit: Callable[[], None] | None = None
        self.edit_at = 0
        super().__init__(folder, **how)

    def point(self, what: str) -> None:
        """Pass a boundary; the edit happens at its number."""
        super().point(what)
        if self._ticking and self.edit and len(self.points) == self.edit_at:
            edit, self.edit, self._ticking = self.edit, None, False
            edit()
            self._ticking = True

    def people_got(self) -> Received:
        """What everybody but the organizer has got: mails by their keys, notices by their kinds."""
        keys = {key_header(key): key for key in self.ledger.view().entries}
        found = [(mail.to, keys[mail.headers[KEY_HEADER]], mail.subject) for mail in self.mails()]
        found += [(notice.to, notice.kind, notice.subject) for notice in self.notices()]
        return Counter(what for what in found if what[0] != ORGANIZER)


def play(folder: Path, script: Script) -> Seen:
    """The days around a meeting with the script's damage in them, undone, and run on to the end."""
    seen = Seen()
    for name, content in _until(script.moment).items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(content)
        (folder / name).chmod(0o600)
    when = datetime.fromisoformat(MOMENTS.get(script.moment, _ROWS_COME))
    with DamagedMonth(folder, now=when) as month:
        hand = Hand(month)
        hand.copy(tuple({tab: None for damage in script.damages for tab in touched(damage)}))

        _damage(month, hand, script, seen)
        if script.undone:
            hand.restore()
        month.settle()
        month.run_until(END)

        seen.received = month.people_got()
        seen.rows = {
            "Members": _below(month.rows("Members"), "Email"),
            "Roasts": _below(month.rows("Roasts"), "Month"),
        }
        seen.wrong += _twice(month)
        hand.close()
    return seen


@cache
def _until(moment: str) -> dict[str, bytes]:
    """The files of a month that has come to a moment: the agenda and the reminder are due after it, a
    request was approved, a host is confirmed."""
    when = datetime.fromisoformat(MOMENTS.get(moment, _ROWS_COME))
    with TemporaryDirectory() as name:
        folder = Path(name)
        with DamagedMonth(folder) as month:
            month.set("Mode", "live")
            month.ledger.went_live(month.now - timedelta(days=60))
            month.ledger.live_was_released()
            month.add_members("Ann", "Bob", "Cyd", "Dan")
            month.fill("Roasts", "2026-11", Host="Bob", Host_agreed="yes")
            month.type_row("Needs", Month="2026-11", Who_asks="Ann", Need="A second pair of eyes")
            month.type_row("Needs", Month="2026-11", Who_asks="Cyd", Need="A room in spring")
            ask_in(month, "Zoe")
            month.settle()
            month.run_until(when - timedelta(minutes=6))
            if moment == AS_ROWS_COME:
                _let_rows_come(month)
            month.go_to(when - timedelta(minutes=1))
        return {
            path.relative_to(folder).as_posix(): path.read_bytes()
            for path in folder.rglob("*")
            if path.is_file()
        }


def _let_rows_come(month: DamagedMonth) -> None:
    """Approve a request, and take the last month away, so that the next run but one appends both."""
    ask_in(month, "Yan", Received="2026-11-14")
    month.tick()
    last = {"tab": "Roasts", "from": len(month.rows("Roasts")), "count": 1}
    month.local("POST", f"/local/sheets/{month.id}/rows/delete", last)


def _damage(month: DamagedMonth, hand: Hand, script: Script, seen: Seen) -> None:
    """Do it, and run while it stands; every run is watched for what it writes into the organizer's tabs."""
    started = month.now
    for number, after in enumerate(script.minutes):
        month.go_to(started + timedelta(minutes=after))
        if number == 0 and script.point:
            _edit_in_the_middle(month, hand, script, seen)
        else:
            if number == 0:
                seen.places = [do(hand, damage) for damage in script.damages]
            before = hand.cells()
            month.tick()
            seen.wrong += changes(before, hand.cells())
    seen.meanwhile = month.people_got()
    if "Problems" in hand.sheet_ids():
        lines = [[*row, "", "", ""] for row in month.rows("Problems")[1:]]
        seen.problems = [Place(row[0], int(row[1]) if row[1] else None, row[2]) for row in lines]


def _edit_in_the_middle(month: DamagedMonth, hand: Hand, script: Script, seen: Seen) -> None:
    before = hand.cells()
    after: list[Cells] = []

    def edit() -> None:
        seen.wrong += changes(before, hand.cells())
        seen.places = [do(hand, damage) for damage in script.damages]
        after.append(hand.cells())

    month.edit, month.edit_at = edit, len(month.points) + script.point
    month.tick()
    seen.in_the_middle = bool(after)
    if not after:  # the run was shorter than that
        month.edit = None
        edit()
    seen.wrong += changes(after[0], hand.cells())


def changes(before: Cells, after: Cells) -> list[str]:
    """What has become of the organizer's cells, a sentence each; rows may have come below the others."""
    changed = [f"{tab} is gone" for tab in before if tab not in after]
    for tab in before.keys() & after.keys():
        now = after[tab][: len(before[tab])]
        pairs = enumerate(zip_longest(before[tab], now), 1)
        changed += [f"{tab}, row {row}: {old} became {new}" for row, (old, new) in pairs if old != new]
    return changed


def _below(rows: list[list[Any]], header: str) -> list[str]:
    """What stands under a header."""
    place = rows[0].index(header)
    return [str(row[place]) for row in rows[1:] if len(row) > place]


def _twice(month: DamagedMonth) -> list[str]:
    counts = Counter(mail.headers[KEY_HEADER] for mail in month.mails())
    return [f"{count} times: {key}" for key, count in counts.items() if count > 1]
