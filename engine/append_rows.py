"""The only way into an organizer's tab: rows appended, never a cell changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from community.community import Community
from community.effects import AppendMember, AppendMonth, Effect
from community.ledger import Phase
from engine.desk import Desk
from sheets_schema.cells import Cell
from sheets_schema.sheet import TABS
from sheets_schema.table import find_columns
from workspace.errors import OutcomeUnknown, Refused


def append_rows(desk: Desk, _: Community, effects: list[Effect]) -> None:
    """Append approved members and coming months, each tab in one request."""
    _append(desk, "Members", effects, _member_cells)
    _append(desk, "Roasts", effects, _month_cells)


def _member_cells(effect: Effect) -> Mapping[str, str] | None:
    return effect.action.cells if isinstance(effect.action, AppendMember) else None


def _month_cells(effect: Effect) -> Mapping[str, str] | None:
    return {"Month": str(effect.action.month)} if isinstance(effect.action, AppendMonth) else None


def _append(
    desk: Desk, title: str, effects: list[Effect], cells_of: Callable[[Effect], Mapping[str, str] | None]
) -> None:
    """An append without an answer is not repeated for a minute; by then a read shows if it arrived."""
    new = [effect for effect in effects if cells_of(effect) and not desk.too_fresh(effect.key)]
    header = desk.headers.get(title)
    if not new or header is None or desk.stopping() or desk.rests("sheets"):
        return
    rows = [row_for(title, header, cells_of(effect) or {}) for effect in new]
    entries = [desk.start(effect) for effect in new]
    try:
        desk.workspace.sheets.append(title, rows, column=first_column(header))
    except Refused as error:
        for entry in entries:
            desk.ledger.forget(entry.key)
        desk.rest("sheets", error)
    except OutcomeUnknown as error:
        desk.troubles.append(str(error))
    else:
        desk.appended[title] = rows
        for entry in entries:
            desk.end(entry, Phase.DONE)


def first_column(header: Sequence[Cell]) -> int:
    """Where the first header stands, from 0: an empty column may have been put before it."""
    return next((place for place, cell in enumerate(header) if cell != ""), 0)


def row_for(title: str, header: Sequence[Cell], cells: Mapping[str, Cell]) -> list[Cell]:
    """A row of a tab with each value under its header, wherever the organizer has moved the column."""
    tab = next(tab for tab in TABS if tab.title == title)
    places = find_columns(tab, list(header))
    row: list[Cell] = [""] * len(header)
    for name, value in cells.items():
        for place in places.get(name, [])[:1]:
            row[place] = value
    return row
