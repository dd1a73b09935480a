"""The files of everybody's Drive: names, owners and times. What is inside them is their own API's affair."""

import sqlite3
from dataclasses import astuple, dataclass
from datetime import datetime
from typing import Any

from local_workspace.call import Call
from local_workspace.errors import not_found
from local_workspace.store import new_id

SPREADSHEET = "application/vnd.google-apps.spreadsheet"

SCHEMA = """
CREATE TABLE IF NOT EXISTS drive_files (
    id TEXT PRIMARY KEY,
    owner TEXT NOT NULL,
    name TEXT NOT NULL,
    mime_type TEXT NOT NULL,
    by_hand INTEGER NOT NULL,                 -- 1: made by a person, so drive.file does not see it
    created TEXT NOT NULL,                    -- RFC 3339, UTC
    modified TEXT NOT NULL,
    trashed INTEGER NOT NULL,
    description TEXT NOT NULL,
    starred INTEGER NOT NULL
);
CREATE INDEX IF NOT EXISTS drive_files_by_owner ON drive_files (owner, modified);
"""

_ID_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
_AUTH = "https://www.googleapis.com/auth/drive"
_SHEETS = "https://www.googleapis.com/auth/spreadsheets"
_SEES_ALL_FILES = {
    "drive": {_AUTH + name for name in ("", ".readonly", ".metadata", ".metadata.readonly")},
    "sheets": {_AUTH, f"{_AUTH}.readonly", _SHEETS, f"{_SHEETS}.readonly"},
}


@dataclass(frozen=True, slots=True)
class File:
    """What Drive knows of a file; times as it writes them."""

    id: str
    owner: str
    name: str
    mime_type: str
    by_hand: bool
    created: str
    modified: str
    trashed: bool
    description: str
    starred: bool


def add(
    call: Call, name: str, mime_type: str = SPREADSHEET, *, by_hand: bool = False, owner: str = ""
) -> File:
    """Make a file of the caller's, or of `owner`, and return it."""
    at, owner = moment(call.now), owner or call.user
    made = File(f"1{new_id(43, _ID_LETTERS)}", owner, name, mime_type, by_hand, at, at, False, "", False)
    call.db.execute("INSERT INTO drive_files VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", astuple(made))
    return made


def find(db: sqlite3.Connection, file_id: str) -> File | None:
    """Return the file with this id, whosever it is."""
    row = db.execute("SELECT * FROM drive_files WHERE id = ?", (file_id,)).fetchone()
    return None if row is None else _file(row)


def search(
    call: Call, where: str, arguments: list[str], order: str, start: int, size: int
) -> tuple[list[File], bool]:
    """Return a page of the caller's files that Drive may show to this token, and whether there are more.

    `where` and `order` are parts of an SQL statement about drive_files.
    """
    of_program = "" if call.scopes & _SEES_ALL_FILES["drive"] else "AND NOT by_hand "
    text = f"SELECT * FROM drive_files WHERE owner = ? {of_program}AND ({where})"  # noqa: S608 - see query.py
    text += f" ORDER BY {order} LIMIT ? OFFSET ?"
    rows = call.db.execute(text, (call.user, *arguments, size + 1, start)).fetchall()
    return [_file(row) for row in rows[:size]], len(rows) > size


def sees(call: Call, file: File, api: str) -> bool:
    """Say whether the caller's token may see this file of theirs: drive.file alone sees what we created."""
    return file.owner == call.user and (not file.by_hand or bool(call.scopes & _SEES_ALL_FILES[api]))


def get(call: Call, file_id: str) -> File:
    """Return a file that the caller sees through Drive; ApiError 404 in Drive's words."""
    file = find(call.db, file_id)
    if file is None or not sees(call, file, "drive"):
        raise not_found(f"File not found: {file_id}.", location="fileId")
    return file


def change(call: Call, file_id: str, **columns: Any) -> None:
    """Note that the file was changed now, with new values of some columns of its table."""
    columns["modified"] = moment(call.now)
    places = ", ".join(f"{name} = ?" for name in columns)
    text = f"UPDATE drive_files SET {places} WHERE id = ?"  # noqa: S608 - names from our own code
    call.db.execute(text, (*columns.values(), file_id))


def remove(db: sqlite3.Connection, file_id: str) -> None:
    """Take the file out of Drive."""
    db.execute("DELETE FROM drive_files WHERE id = ?", (file_id,))


def moment(at: datetime) -> str:
    """Return an aware UTC time as Drive writes it, in milliseconds: 2026-11-19T18:00:00.000Z."""
    return at.strftime("%Y-%m-%dT%H:%M:%S.") + f"{at.microsecond // 1000:03d}Z"


def _file(row: sqlite3.Row) -> File:
    """Return a row of the table as a file."""
    flags = {name: bool(row[name]) for name in ("by_hand", "trashed", "starred")}
    return File(**dict(row) | flags)
