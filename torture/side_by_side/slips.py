"""The reference month's steps as a program needs them: its cells cleared by hand, rows lost and restored."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sheets_schema.sheet import ORGANIZER_TABS
from tests.month import Month
from torture.script import STEPS, Step
from torture.side_by_side.plans import Plan
from torture.side_by_side.programs import Program

_COPIED, WIPED, _RESTORED = (
    datetime.fromisoformat(f"2026-12-{when}:00+01:00") for when in ("09T12:00", "11T06:00", "11T08:00")
)
LETS_GO = next(step.deed for step in STEPS if step.what == "the organizer lets that go")
"""Types the codes that the organizer was mailed."""
_NEW_HOST = {"the organizer has another host", "Ann hosts instead"}
_ALL = (*ORGANIZER_TABS, "Log", "Sent")
"""What goes back in time with the whole spreadsheet; the service's other tabs are written anew anyway."""


def steps_for(program: Program, plan: Plan) -> list[Step]:
    """What people do in the month of `program`, and what a plan has them do to rows."""
    cleared = [
        Step(step.when, "the merge's cells are cleared", lambda month: _clear(month, program.clears))
        for step in STEPS
        if program.clears and step.what in _NEW_HOST
    ]
    return sorted([*STEPS, *cleared, *(_slip(plan) if plan.wiped else [])], key=lambda step: step.when)


def _clear(month: Month, columns: Sequence[str]) -> None:
    month.fill("Roasts", "2026-12", **dict.fromkeys(columns))


def _slip(plan: Plan) -> list[Step]:
    """Rows are cleared on 11 December, put back as on the 9th and mended by hand."""
    copy: dict[str, list[list[Any]]] = {}

    def keep(month: Month) -> None:
        there = {str(one["properties"]["title"]) for one in month.workspace.sheets.describe()["sheets"]}
        back = _ALL if plan.whole else plan.wiped
        copy.update({tab: month.rows(tab)[1:] for tab in back if tab in there})

    def wipe(month: Month) -> None:
        for tab in plan.wiped:
            _write(month, tab, [])

    def restore(month: Month) -> None:
        for tab, rows in copy.items():
            _write(month, tab, rows)
        month.fill("Roasts", "2026-12", Send_agenda="yes")

    return [
        Step(_COPIED, "the copy is made", keep),
        Step(WIPED, "rows are cleared", wipe),
        Step(_RESTORED, "they are restored", restore),
    ]


def _write(month: Month, tab: str, rows: list[list[Any]]) -> None:
    """Replace everything below the header but the column Check, which is a formula's."""
    there = month.rows(tab)
    first = int(there[0][:1] == ["Check"])
    width = max(map(len, [*there, *rows]))
    filled = [[*row, *[""] * (width - len(row))][first:] for row in rows]
    filled += [[""] * (width - first)] * (len(there) - 1 - len(rows))
    if filled:
        with month.by_hand() as page:
            page.write({f"{tab}!{'AB'[first]}2": filled})
