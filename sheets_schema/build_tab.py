"""The requests of spreadsheets.batchUpdate that make one tab; positions count from 0, ends are exclusive."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sheets_schema import settings, today
from sheets_schema.cells import Cell, Kind, column_letters
from sheets_schema.columns import CHECK_HEADER, Column, Tab

Request = dict[str, Any]

# Rows that an empty tab has; a service's detail tab needs one for every mail to every person.
_ROWS = {True: 1000, False: 5000}
_COLOURS = {True: (0.22, 0.46, 0.36), False: (0.45, 0.47, 0.52)}
_RED = (0.8, 0.1, 0.1)


def _colour(red: float, green: float, blue: float) -> dict[str, Any]:
    return {"rgbColor": {"red": red, "green": green, "blue": blue}}


def check_formula(title: str, key_position: int) -> str:
    """The formula in the header of a Check column.

    It shows, down to the last used row, what the tab Checks says about each row's key cell as typed, and
    spills no further, because values.append would count what it spills as data.
    """
    k = column_letters(key_position)
    return (
        f'=IF(COUNTA({k}:{k})<2,"{CHECK_HEADER}",{{"{CHECK_HEADER}";ARRAYFORMULA(XLOOKUP("{title}|"&'
        f"OFFSET({k}1,1,0,MAX(FILTER(ROW({k}:{k}),NOT(ISBLANK({k}:{k}))))-1,1),"
        'Checks!A:A,Checks!B:B,""))})'
    )


def sheet_properties(tab: Tab, sheet_id: int) -> dict[str, Any]:
    """A new tab's title, size, colour and frozen rows."""
    return {
        "sheetId": sheet_id,
        "title": tab.title,
        "hidden": tab.hidden,
        "gridProperties": {
            "rowCount": _ROWS[tab.organizers],
            "columnCount": max(len(tab.columns), len(today.WIDTHS)),
            "frozenRowCount": 1 if tab.columns else today.FIRST_ROW - 2,
        },
        "tabColorStyle": _colour(*_COLOURS[tab.organizers]),
    }


def area(sheet_id: int, rows: tuple[int, int | None], columns: tuple[int, int]) -> dict[str, int]:
    """A GridRange; rows without an end go on for ever."""
    found = {
        "sheetId": sheet_id,
        "startRowIndex": rows[0],
        "startColumnIndex": columns[0],
        "endColumnIndex": columns[1],
    }
    return found if rows[1] is None else found | {"endRowIndex": rows[1]}


def cell_data(value: Cell) -> dict[str, Any]:
    """A CellData that holds a value and nothing else; "" is an empty cell."""
    if value == "":
        return {}
    if isinstance(value, bool):
        return {"userEnteredValue": {"boolValue": value}}
    if isinstance(value, (int, float)):
        return {"userEnteredValue": {"numberValue": value}}
    return {"userEnteredValue": {"stringValue": value}}


def formula(text: str) -> dict[str, Any]:
    """A CellData that holds one of our own formulas; what people typed never becomes one."""
    return {"userEnteredValue": {"formulaValue": text}}


def validation_requests(
    sheet_id: int, rows: tuple[int, int | None], position: int, kind: Kind[object]
) -> list[Request]:
    """Dropdown or check while typing for part of a column; nothing for a kind that has neither.

    Never strict: whatever is typed stays, and is reported when it cannot be read.
    """
    if kind.options:
        values = [{"userEnteredValue": option} for option in kind.options]
        rule: Request = {"condition": {"type": "ONE_OF_LIST", "values": values}, "showCustomUi": True}
    elif kind.validation:
        rule = {"condition": {"type": kind.validation}}
    else:
        return []
    rule |= {"inputMessage": f"Expected here: {kind.name}.", "strict": False}
    return [{"setDataValidation": {"range": area(sheet_id, rows, (position, position + 1)), "rule": rule}}]


def header_request(
    tab: Tab, sheet_id: int, column: Column[object], position: int, key_position: int
) -> Request:
    """One header cell: bold, in the tab's colour, with a note that explains the column."""
    is_check = column.header == CHECK_HEADER
    shown = formula(check_formula(tab.title, key_position)) if is_check else cell_data(column.header)
    cell = shown | {
        "note": column.explain + (" Must be filled in." if column.required else ""),
        "userEnteredFormat": {
            "backgroundColorStyle": _colour(*_COLOURS[tab.organizers]),
            "textFormat": {"bold": True, "foregroundColorStyle": _colour(1, 1, 1)},
            "verticalAlignment": "MIDDLE",
            "wrapStrategy": "WRAP",
        },
    }
    return {
        "updateCells": {
            "rows": [{"values": [cell]}],
            "fields": "userEnteredValue,userEnteredFormat,note",
            "start": {"sheetId": sheet_id, "rowIndex": 0, "columnIndex": position},
        }
    }


def column_requests(
    tab: Tab, sheet_id: int, placed: Iterable[tuple[int, Column[object]]], key_position: int
) -> list[Request]:
    """Header, width, number format and dropdown of each of `placed` columns, whole column down."""
    requests: list[Request] = []
    for position, column in placed:
        cell_format: dict[str, Any] = {"verticalAlignment": "TOP", "wrapStrategy": "WRAP"}
        if column.kind.number_format:
            cell_format["numberFormat"] = {"type": column.kind.number_format}
        if column.kind.pattern:
            cell_format["numberFormat"]["pattern"] = column.kind.pattern
        if column.header == CHECK_HEADER:
            cell_format["textFormat"] = {"foregroundColorStyle": _colour(*_RED)}
        below = area(sheet_id, (1, None), (position, position + 1))
        requests += [
            {
                "repeatCell": {
                    "range": below,
                    "cell": {"userEnteredFormat": cell_format},
                    "fields": "userEnteredFormat",
                }
            },
            *validation_requests(sheet_id, (1, None), position, column.kind),
            width(sheet_id, position, column.width),
            header_request(tab, sheet_id, column, position, key_position),
        ]
    return requests


def width(sheet_id: int, position: int, pixels: int) -> Request:
    """How wide a column is."""
    return {
        "updateDimensionProperties": {
            "range": {
                "sheetId": sheet_id,
                "dimension": "COLUMNS",
                "startIndex": position,
                "endIndex": position + 1,
            },
            "properties": {"pixelSize": pixels},
            "fields": "pixelSize",
        }
    }


def content_requests(sheet_id: int, rows: Sequence[Sequence[Cell]]) -> list[Request]:
    """The cells below the header; columns that are empty in every row are left alone."""
    if not rows:
        return []
    first = min(next(index for index, cell in enumerate(row) if cell != "") for row in rows)
    data = [{"values": [cell_data(cell) for cell in row[first:]]} for row in rows]
    start = {"sheetId": sheet_id, "rowIndex": 1, "columnIndex": first}
    return [{"updateCells": {"rows": data, "fields": "userEnteredValue", "start": start}}]


def protection_requests(tab: Tab, sheet_id: int) -> list[Request]:
    """A warning for everyone who types into a tab of the service."""
    if tab.organizers:
        return []
    description = "The service writes this tab; what you type here is overwritten."
    protected = {"range": {"sheetId": sheet_id}, "description": description, "warningOnly": True}
    return [{"addProtectedRange": {"protectedRange": protected}}]


def setting_requests(sheet_id: int) -> list[Request]:
    """The dropdowns and checks beside the settings, in the order in which they are filled in."""
    position = settings.TAB.columns.index(settings.VALUE)
    requests: list[Request] = []
    for row, setting in enumerate(settings.SETTINGS, start=1):
        requests += validation_requests(sheet_id, (row, row + 1), position, setting.kind)
    return requests


def today_requests(sheet_id: int) -> list[Request]:
    """What Today shows before the service has looked, and the status that turns red when it stops looking."""
    title = {
        "userEnteredValue": {"stringValue": today.TITLE},
        "userEnteredFormat": {"textFormat": {"bold": True, "fontSize": 16}},
    }
    looked = {"userEnteredFormat": {"numberFormat": {"type": "DATE_TIME", "pattern": "yyyy-mm-dd hh:mm"}}}
    status = formula(today.STATUS_FORMULA) | {"userEnteredFormat": {"textFormat": {"bold": True}}}
    wrap = {"userEnteredFormat": {"verticalAlignment": "TOP", "wrapStrategy": "WRAP"}}
    columns = (0, len(today.WIDTHS))
    rule = {
        "ranges": [area(sheet_id, (1, 2), (2, 3))],
        "booleanRule": {
            "condition": {"type": "CUSTOM_FORMULA", "values": [{"userEnteredValue": today.STOPPED_FORMULA}]},
            "format": {
                "backgroundColorStyle": _colour(*_RED),
                "textFormat": {"bold": True, "foregroundColorStyle": _colour(1, 1, 1)},
            },
        },
    }
    block = area(sheet_id, (today.FIRST_ROW - 1, None), columns)
    return [
        {"repeatCell": {"range": block, "cell": wrap, "fields": "userEnteredFormat"}},
        {
            "updateCells": {
                "rows": [
                    {"values": [title]},
                    {"values": [cell_data(today.LAST_LOOKED_LABEL), looked, status]},
                ],
                "fields": "userEnteredValue,userEnteredFormat",
                "start": {"sheetId": sheet_id, "rowIndex": 0, "columnIndex": 0},
            }
        },
        *(width(sheet_id, position, pixels) for position, pixels in enumerate(today.WIDTHS)),
        {"addConditionalFormatRule": {"rule": rule, "index": 0}},
    ]
