"""The files of everybody's Drive: names, owners and times. What is inside them is their own API's affair."""

import json
import sqlite3
from dataclasses import dataclass
from datetime import datetime

from local_workspace.call import Call, Json
from local_workspace.store import new_id

SPREADSHEET = "application/vnd.google-apps.spreadsheet"

SCHEMA = """
CREATE TABLE IF NOT EXISTS drive_files (
    id TEXT PRIMARY KEY,
    owner TEXT NOT NULL,
    by_hand INTEGER NOT NULL,                 -- 1: made by a person, so drive.file does not see it
    body TEXT NOT NULL,                       -- JSON of what Drive's File says besides
    -- What files.list searches in and sorts by.
    name TEXT AS (body ->> '$.name'),
    mimeType TEXT AS (body ->> '$.mimeType'),
    createdTime TEXT AS (body ->> '$.createdTime'),
    modifiedTime TEXT AS (body ->> '$.modifiedTime'),
    starred INTEGER AS (body ->> '$.starred'),
    trashed INTEGER AS (body ->> '$.trashed')
);
CREATE INDEX IF NOT EXISTS drive_files_by_owner ON drive_files (owner);
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
    """A file; `body` is Drive's File without what follows from id and owner. `by_hand`: made by a person."""

    id: str
    owner: str
    by_hand: bool
    body: Json

    @property
    def is_spreadsheet(self) -> bool:
        """Say whether the Sheets API knows what is inside."""
        return bool(self.body["mimeType"] == SPREADSHEET)


def add(
    call: Call, name: str, mime_type: str = SPREADSHEET, *, by_hand: bool = False, owner: str = ""
) -> File:
    """Make a file of the caller's, or of `owner`, and return it."""
    at = _moment(call.now)
    body: Json = {"name": name, "mimeType": mime_type, "createdTime": at, "modifiedTime": at}
    body |= {"starred": False, "trashed": False}
    made = File(f"1{new_id(43, _ID_LETTERS)}", owner or call.user, by_hand, body)
    row = (made.id, made.owner, by_hand, json.dumps(body))
    call.db.execute("INSERT INTO drive_files VALUES (?, ?, ?, ?)", row)
    return made


def read(row: sqlite3.Row) -> File:
    """Return the file of a row of the table."""
    return File(row["id"], row["owner"], bool(row["by_hand"]), json.loads(row["body"]))


def find(call: Call, file_id: str) -> File | None:
    """Return the file with this id, whosever it is."""
    row = call.db.execute("SELECT * FROM drive_files WHERE id = ?", (file_id,)).fetchone()
    return None if row is None else read(row)


def sees_all(call: Call, api: str) -> bool:
    """Say whether the caller's token may see all files of theirs: drive.file alone sees what we created."""
    return bool(call.scopes & _SEES_ALL_FILES[api])


def sees(call: Call, file: File, api: str) -> bool:
    """Say whether the caller's token may see this file."""
    return file.owner == call.user and (not file.by_hand or sees_all(call, api))


def change(call: Call, file_id: str, changes: Json) -> None:
    """Note that the file was changed now, with new values of some fields."""
    text = json.dumps(changes | {"modifiedTime": _moment(call.now)})
    call.db.execute("UPDATE drive_files SET body = json_patch(body, ?) WHERE id = ?", (text, file_id))


def _moment(at: datetime) -> str:
    """Return an aware UTC time as Drive writes it, in milliseconds: 2026-11-19T18:00:00.000Z."""
    return at.strftime("%Y-%m-%dT%H:%M:%S.") + f"{at.microsecond // 1000:03d}Z"
