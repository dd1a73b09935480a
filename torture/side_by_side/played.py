"""The reference month, played for one program that cron calls every hour, with a plan's troubles."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from tests.month import Month
from torture.script import BEGIN, END, SETTINGS, Step
from torture.side_by_side.plans import Plan, Trouble
from torture.side_by_side.programs import OURS, Program, Runs
from torture.side_by_side.slips import LETS_GO, WIPED, steps_for

LIVE = datetime.fromisoformat("2026-11-12T10:00:00+01:00")
"""When the organizer lets things happen: before that, cron calls nothing but what has a mode for it."""
_DUE = [
    datetime.fromisoformat(f"2026-{when}:00+01:00")
    for when in ("11-12T17:00", "11-18T17:00", "11-19T17:00", "12-15T17:00")
]
_HOUR = timedelta(hours=1)
_NEEDS_YOU = 1  # the service's exit code when something is stopped
_SIGN_IN = "POST /token"
_FEWEST, _MOST = 2, 24  # runs after each thing that happens; more than the fewest until one is quiet


class Played(Month):
    """A month whose program is one of several; it ends at `until`, at rest.

    Of the runs that cron starts every hour only those are played that may have something to do. busy: the
    requests of those that did write; idle: those of one that did not. codes: how each run ended. typed: what
    the organizer typed while a run was under way, as the door was told.
    """

    def __init__(self, folder: Path, program: Program, plan: Plan, seed: int, until: datetime = END) -> None:
        super().__init__(folder, now=BEGIN, settings=SETTINGS)
        self.program, self.plan, self._until = program, plan, until
        self.busy = self.idle = 0
        self._quiet = True
        self.codes: list[int] = []
        self.typed: list[dict[str, Any]] = []
        self._seed = seed
        self._steps = [step for step in steps_for(program, plan) if step.when <= until]
        for tab, columns in program.columns.items():
            self._add_columns(tab, columns)
        for tab in program.tabs:
            self.workspace.sheets.batch_update([{"addSheet": {"properties": {"title": tab}}}])
        self._order = self._first_order()

    def organizer_cells_written(self) -> list[str]:
        """Ours is judged as everywhere; the others may write, and what became of the cells is counted."""
        return super().organizer_cells_written() if self.program.title == OURS else []

    def play(self) -> None:
        """Play deeds and runs hour by hour, and the last runs without any trouble."""
        steps = list(self._steps)
        events = sorted(
            {*(step.when for step in steps), *(due for due in _DUE if due <= self._until), self._until}
        )
        hour, made = BEGIN, 0
        with Runs(self.program) as runs:
            while events or made < _FEWEST or not (self._quiet or made >= _MOST):
                if made >= _MOST or (made >= _FEWEST and self._quiet):
                    hour = max(hour, _next_hour(events[0]))
                if events and events[0] <= hour:
                    events, made = [event for event in events if event > hour], 0
                while steps and steps[0].when <= hour:
                    self._do(steps.pop(0))
                self._run(runs, hour, calm=not events)
                made += 1
                hour += _HOUR

    def _do(self, step: Step) -> None:
        self.go_to(max(step.when, self.now))
        step.deed(self)

    def _run(self, runs: Runs, hour: datetime, *, calm: bool) -> None:
        self.go_to(max(hour, self.now))
        if self.program.title != OURS and self.now < LIVE:
            return
        lost = bool(self.plan.wiped) and self.now >= WIPED
        if self.program.title == OURS and self.codes[-1:] == [_NEEDS_YOU] and not lost:
            LETS_GO(self)  # whoever is told that something is stopped answers before the next hour
        trouble = Trouble() if calm else self._trouble(hour)
        for fault in trouble.faults:
            self.local("POST", "/local/faults", fault)
        self.forget_requests()
        order = self._order | {"now": self.now.isoformat(), "deeds": trouble.deeds, "hurry": trouble.hurry}
        ended = runs.one(order)
        self.codes.append(ended.code)
        self.typed += ended.typed
        self.local("DELETE", "/local/faults")
        entries = self.local("GET", "/local/requests")["requests"]
        asked = [entry["method"] for entry in entries if entry["api_method"] != _SIGN_IN]
        self._quiet = ended.code == 0 and set(asked) <= {"GET"}
        if self._quiet:
            self.idle = len(asked)
        else:
            self.busy += len(asked)

    def _trouble(self, hour: datetime) -> Trouble:
        """The hour's trouble, the same for every program."""
        number = (hour - BEGIN) // _HOUR
        drawn = Random(f"{self.plan.name} {self._seed} {number}")  # noqa: S311 (nothing is secret here)
        return self.plan.draw(drawn, number, self)

    def _first_order(self) -> dict[str, Any]:
        """What is the same in every run's order."""
        config = self.config / "third-thursday.toml"
        text = config.read_text(encoding="utf-8").replace('spreadsheet = ""', f'spreadsheet = "{self.id}"')
        config.write_text(text.replace('"ledger.db"', '"../ledger.db"'), encoding="utf-8")
        self.ledger.close()
        return {
            "base": self.base,
            "config": str(config),
            "spreadsheet": self.id,
            "token": self.local("GET", "/local/token")["access_token"],
            "said": str(self.folder / "said.txt"),
        }

    def _add_columns(self, tab: str, columns: Any) -> None:
        """Type headers at the right of a tab's own."""
        sheets = [one["properties"] for one in self.workspace.sheets.describe()["sheets"]]
        sheet = next(one for one in sheets if one["title"] == tab)
        wider = {"sheetId": sheet["sheetId"], "dimension": "COLUMNS", "length": len(columns)}
        self.workspace.sheets.batch_update([{"appendDimension": wider}])
        for place, name in enumerate(columns, len(self.rows(tab)[0])):
            self.type(tab, f"{chr(ord('A') + place)}1", name)


def _next_hour(when: datetime) -> datetime:
    """The whole hour at `when` or after it."""
    whole = when.replace(minute=0, second=0)
    return whole if whole == when else whole + _HOUR
