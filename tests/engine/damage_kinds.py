"""The kinds of damage that people do to a spreadsheet without meaning it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from sheets_schema.sheet import ORGANIZER_TABS, SERVICE_TABS
from tests.engine.damage import FIVE_WAYS, FORMULAS, MOST_CHARACTERS, ODD_TEXTS, Damage, Hand, Place

Doing = Callable[[Hand, Damage], Place | None]


def do(hand: Hand, damage: Damage) -> Place | None:
    """Do it; returns where, None when there is nothing to which it could be done."""
    if damage.tab not in hand.sheet_ids():
        return None
    return KINDS[damage.kind](hand, damage)


def _at(hand: Hand, damage: Damage) -> tuple[int, int, list[list[Any]]]:
    """The damaged place, inside of what is there: row from 1, column from 0; and the tab's cells."""
    rows = hand.cells((damage.tab,))[damage.tab] or [[]]
    return damage.row % len(rows) + 1, damage.column % _width(rows), rows


def _width(rows: list[list[Any]]) -> int:
    return max(*map(len, rows), 1)


def _header(rows: list[list[Any]], column: int) -> str:
    return str(rows[0][column]) if column < len(rows[0]) else ""


def _cut_short(hand: Hand, damage: Damage) -> Place | None:
    row, column, rows = _at(hand, damage)
    row = max(row, 2)
    cell = str(rows[row - 1][column]) if row <= len(rows) and column < len(rows[row - 1]) else ""
    if not cell:
        return None
    hand.type_at(damage.tab, row, column, cell[: len(cell) // 2] or None)
    return Place(damage.tab, row, _header(rows, column))


def _begun(hand: Hand, damage: Damage) -> Place:
    _, column, rows = _at(hand, damage)
    hand.type_at(damage.tab, len(rows) + 1, column, damage.text or "x")
    return Place(damage.tab, len(rows) + 1, _header(rows, column))


def _odd(hand: Hand, damage: Damage) -> Place:
    row, column, rows = _at(hand, damage)
    hand.type_at(damage.tab, max(row, 2), column, _as_text(damage.text))
    return Place(damage.tab, max(row, 2), _header(rows, column))


def _as_text(text: str) -> str:
    """Typed so that it is neither a number nor a formula; a cell that is full has no room for the sign."""
    return text if len(text) == MOST_CHARACTERS else "'" + text


def _formula(hand: Hand, damage: Damage) -> Place:
    row, column, rows = _at(hand, damage)
    hand.type_at(damage.tab, max(row, 2), column, damage.text)
    return Place(damage.tab, max(row, 2), _header(rows, column))


def _header_renamed(hand: Hand, damage: Damage) -> Place:
    _, column, rows = _at(hand, damage)
    hand.type_at(damage.tab, 1, column, _as_text(damage.text[:100]))
    return Place(damage.tab, 1, _header(rows, column))


def _header_doubled(hand: Hand, damage: Damage) -> Place | None:
    _, column, rows = _at(hand, damage)
    if not _header(rows, column):
        return None
    hand.add_column(damage.tab)
    hand.type_at(damage.tab, 1, len(rows[0]), _header(rows, column))
    return Place(damage.tab, 1, _header(rows, column))


def _header_moved(hand: Hand, damage: Damage) -> Place | None:
    _, column, _ = _at(hand, damage)
    place = _header_doubled(hand, damage)
    if place:
        hand.type_at(damage.tab, 1, column, None)
    return place and replace(place, header="")  # the column that it has left is named by its letter


def _move(dimension: str) -> Doing:
    def move(hand: Hand, damage: Damage) -> Place | None:
        row, column, rows = _at(hand, damage)
        first, most = (row - 1, len(rows)) if dimension == "ROWS" else (column, len(rows[0]))
        first = max(1, min(first, most - 2))  # neither the frozen first one nor the last
        if first + 1 >= most:
            return None
        source = {"sheetId": hand.sheet_ids()[damage.tab], "dimension": dimension}
        place = {"startIndex": first, "endIndex": first + 1}
        hand.batch({"moveDimension": {"source": source | place, "destinationIndex": most}})
        return Place(damage.tab)

    return move


def _of_the_tab(kind: str, **how: Any) -> Doing:
    """One request about a whole tab, named by its id."""

    def change(hand: Hand, damage: Damage) -> Place:
        fields = {"fields": ",".join(how)} if how else {}
        own = {"sheetId": hand.sheet_ids()[damage.tab]}
        named = {name: value.format(tab=damage.tab) for name, value in how.items() if name == "title"}
        hand.batch({kind: {"properties": own | how | named, **fields} if how else own})
        return Place(damage.tab)

    return change


def _cleared(hand: Hand, damage: Damage) -> Place:
    everywhere = {"sheetId": hand.sheet_ids()[damage.tab]}
    hand.batch({"updateCells": {"range": everywhere, "fields": "userEnteredValue"}})
    return Place(damage.tab)


def _all_cleared(hand: Hand, damage: Damage) -> Place:
    for tab in hand.sheet_ids().keys() & set(ORGANIZER_TABS):
        _cleared(hand, Damage(damage.kind, tab, 1, 1))
    return Place(damage.tab)


def _sorted(hand: Hand, damage: Damage) -> Place | None:
    _, column, rows = _at(hand, damage)
    body = {"tab": damage.tab, "by": chr(ord("A") + column), "descending": damage.row % 2 == 0}
    hand.month.local("POST", f"/local/sheets/{hand.month.id}/rows/sort", body)
    return Place(damage.tab) if len(rows) > 2 else None


def _rows_inserted(hand: Hand, damage: Damage) -> Place:
    row, _, _ = _at(hand, damage)
    body = {"tab": damage.tab, "before": max(row, 2), "count": 1 + damage.column % 3}
    hand.month.local("POST", f"/local/sheets/{hand.month.id}/rows/insert", body)
    return Place(damage.tab)


def _row_deleted(hand: Hand, damage: Damage) -> Place | None:
    row, _, rows = _at(hand, damage)
    if len(rows) < 2:
        return None
    body = {"tab": damage.tab, "from": max(row, 2), "count": 1}
    hand.month.local("POST", f"/local/sheets/{hand.month.id}/rows/delete", body)
    return Place(damage.tab)


def _merged(hand: Hand, damage: Damage) -> Place | None:
    row, column, rows = _at(hand, damage)
    top, left = max(0, min(row - 1, len(rows) - 2)), max(0, min(column, len(rows[0]) - 2))
    box = {"startRowIndex": top, "endRowIndex": min(top + 2, len(rows))}
    box |= {"startColumnIndex": left, "endColumnIndex": min(left + 2, len(rows[0]))}
    if len(rows[0]) < 2:
        return None
    place = {"sheetId": hand.sheet_ids()[damage.tab], **box}
    hand.batch({"mergeCells": {"range": place, "mergeType": "MERGE_ALL"}})
    return Place(damage.tab)


def _five_ways(hand: Hand, _: Damage) -> Place | None:
    if "Members" not in hand.sheet_ids():
        return None
    hand.append("Members", [["", "Ann", spelling] for spelling in FIVE_WAYS])
    return Place("Members")


KINDS: dict[str, Doing] = {
    "a cell half typed": _cut_short,
    "a row begun": _begun,
    "odd text in a cell": _odd,
    "a formula in a cell": _formula,
    "a header renamed": _header_renamed,
    "a header in another column": _header_moved,
    "a header twice": _header_doubled,
    "columns swapped": _move("COLUMNS"),
    "rows swapped": _move("ROWS"),
    "a tab renamed": _of_the_tab("updateSheetProperties", title="{tab} renamed"),
    "a tab deleted": _of_the_tab("deleteSheet"),
    "tabs in another order": _of_the_tab("updateSheetProperties", index=0),
    "a tab cleared": _cleared,
    "everything cleared": _all_cleared,
    "rows sorted": _sorted,
    "rows inserted": _rows_inserted,
    "a row deleted": _row_deleted,
    "cells merged": _merged,
    "the same person five ways": _five_ways,
}
TEXT_KINDS = {"odd text in a cell": ODD_TEXTS, "a formula in a cell": FORMULAS}
# Half typed: nobody leaves it so for longer than the sheet waits.
BRIEF = frozenset({"a cell half typed", "a row begun"})
# Not of one tab among others: they are what they are wherever they are drawn.
EVERYWHERE = frozenset({"everything cleared", "the same person five ways"})
# What people do to a tab in which they do not type.
SERVICE_KINDS = ("a tab renamed", "a tab deleted", "a header renamed", "a tab cleared", "a row deleted")


def touched(damage: Damage) -> tuple[str, ...]:
    """The tabs that a damage may change."""
    if damage.kind == "everything cleared":
        return ORGANIZER_TABS
    return ("Members",) if damage.kind == "the same person five ways" else (damage.tab,)


def _drawn(
    kinds: Sequence[str], tabs: Sequence[str], texts: st.SearchStrategy[str]
) -> st.SearchStrategy[Damage]:
    return st.builds(
        Damage,
        kind=st.sampled_from(kinds),
        tab=st.sampled_from(tabs),
        row=st.integers(1, 40),
        column=st.integers(0, 12),
        text=texts,
    )


_WORDS = st.one_of(st.sampled_from(list(ODD_TEXTS.values())), st.text(max_size=40))
_OTHERS = [kind for kind in KINDS if kind not in TEXT_KINDS]
DAMAGES = st.one_of(
    _drawn(_OTHERS, ORGANIZER_TABS, _WORDS),
    _drawn(_OTHERS, ORGANIZER_TABS, _WORDS),
    _drawn(["odd text in a cell"], ORGANIZER_TABS, _WORDS),
    _drawn(["a formula in a cell"], ORGANIZER_TABS, st.sampled_from(list(FORMULAS.values()))),
    _drawn(SERVICE_KINDS, SERVICE_TABS, _WORDS),
)
