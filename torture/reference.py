"""The month without a fault, kept on disk: before each tick a copy of it, after it what it came to."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import filelock

from engine.tick import Tick
from tests.faulty import restart
from tests.mortal import MortalMonth
from torture.outcomes import FOLDER, fingerprint
from torture.play import play
from torture.script import BEGIN, SETTINGS, STEPS, Step
from torture.state import State, look

_DATABASES = ("workspace/workspace.db", "ledger.db")
_FILES = (
    "spreadsheet.txt",
    "workspace/client_secret.json",
    "workspace/discord_token",
    "workspace/third-thursday.toml",
    "workspace/token.json",
)


@dataclass(frozen=True, slots=True)
class Moment:
    """One tick of the month. now: its instant, ISO. steps: how many steps had been played by then.

    points: what each point that the tick passed was, in order.
    """

    number: int
    now: str
    steps: int
    points: tuple[str, ...]

    @property
    def at(self) -> datetime:
        """When it is."""
        return datetime.fromisoformat(self.now)

    @property
    def what(self) -> str:
        """The last thing people had done by then."""
        return STEPS[self.steps - 1].what


@dataclass(frozen=True, slots=True)
class Reference:
    """The whole month on disk."""

    folder: Path
    moments: tuple[Moment, ...]
    steps: Sequence[Step] = STEPS

    def restore(self, moment: Moment, folder: Path) -> None:
        """Make of an empty folder what the month was right before a moment's tick."""
        shutil.copytree(self._place(moment.number), folder, dirs_exist_ok=True)

    def state_before(self, moment: Moment) -> State:
        """What the month had come to before a moment's tick."""
        return self.state_after(self.moments[moment.number - 1]) if moment.number else {"mails": {}}

    def state_after(self, moment: Moment) -> State:
        """What the month had come to after a moment's tick."""
        state: State = json.loads(_state_file(self._place(moment.number)).read_text(encoding="utf-8"))
        return state

    def end(self) -> State:
        """What the month comes to in the end."""
        return self.state_after(self.moments[-1])

    def _place(self, number: int) -> Path:
        return self.folder / f"{number:03}"


def reference(folder: Path = FOLDER, steps: Sequence[Step] = STEPS) -> Reference:
    """The month (or its first steps) as these sources play it; played once, on the first call."""
    place = folder / f"reference-{fingerprint(__name__)}-{len(steps)}"
    listed = place / "moments.json"
    folder.mkdir(parents=True, exist_ok=True)
    with filelock.FileLock(folder / "reference.lock"):
        if not listed.exists():
            shutil.rmtree(place, ignore_errors=True)
            _record(place, steps)
    listing = json.loads(listed.read_text(encoding="utf-8"))
    moments = tuple(Moment(**one | {"points": tuple(one["points"])}) for one in listing)
    return Reference(place, moments, steps)


def _record(place: Path, steps: Sequence[Step]) -> None:
    with TemporaryDirectory(prefix="torture-") as folder:
        month = _Recorded(Path(folder), place)
        try:
            play(month, steps, has_played=month.has_played)
        finally:
            month.close()
    text = json.dumps([asdict(moment) for moment in month.moments], indent=1)
    (place / "moments.json").write_text(text, encoding="utf-8")


class _Recorded(MortalMonth):
    """A month that keeps a copy of itself before each tick, and what it has come to after it."""

    def __init__(self, folder: Path, place: Path) -> None:
        self.moments: list[Moment] = []
        self._place = place
        self._steps = 0
        super().__init__(folder, now=BEGIN, settings=SETTINGS)

    def has_played(self, steps: int) -> None:
        """Note how many steps have been played."""
        self._steps = steps

    def tick(self, *codes: str) -> Tick:
        """One tick, recorded, of a process that has just started: so will be whoever restores the copy."""
        restart(self)
        self._mount()
        number, passed = len(self.moments), len(self.points)
        self.forget_requests()
        copy = self._place / f"{number:03}"
        _copy(self.folder, copy)
        tick = super().tick(*codes)
        points = tuple(self.points[passed:])
        self.moments.append(Moment(number, self.now.isoformat(), self._steps, points))
        _state_file(copy).write_text(json.dumps(look(self)), encoding="utf-8")
        return tick


def _state_file(copy: Path) -> Path:
    return copy.with_suffix(".json")


def _copy(source: Path, target: Path) -> None:
    """Copy a month that stands still; databases through SQLite, which knows what their journals hold."""
    (target / "workspace").mkdir(parents=True)
    for name in _FILES:
        shutil.copy2(source / name, target / name)
    for name in _DATABASES:
        with closing(sqlite3.connect(source / name)) as one, closing(sqlite3.connect(target / name)) as other:
            one.backup(other)
