"""A copy of the ledger for each day, beside it: what is put back when the file is damaged."""

from __future__ import annotations

import os
import re
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

from credentials.private_files import put_in_place

DAYS_KEPT = 14
DAMAGED = "the ledger itself is damaged; put back the copy of an earlier day, as docs/operating.md says"


def back_up(ledger: Path, day: date) -> bool:
    """Copy the ledger as it is now, unless it was copied on that day; returns whether it was.

    The copy of `ledger.db` is `ledger-2026-12-10.db`, its owner's alone, and appears whole or not at all. The
    newest 14 stay. Raises OSError or sqlite3.Error when there is no room or no right to write, and when the
    ledger is damaged: its copy must not take the place of a good one.
    """
    copy = ledger.with_name(f"{ledger.stem}-{day}{ledger.suffix}")
    if copy.exists():
        return False
    draft = ledger.with_name(f".{copy.name}.new")
    draft.unlink(missing_ok=True)
    try:
        _copy(ledger, draft)
        put_in_place(draft, copy)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
    for old in backups(ledger)[:-DAYS_KEPT]:
        old.unlink()
    return True


def backups(ledger: Path) -> list[Path]:
    """The copies that lie beside a ledger, the oldest first."""
    name = re.compile(rf"{re.escape(ledger.stem)}-\d{{4}}-\d\d-\d\d{re.escape(ledger.suffix)}")
    return sorted(path for path in ledger.parent.iterdir() if name.fullmatch(path.name))


def _copy(ledger: Path, draft: Path) -> None:
    """SQLite's own online copy, which sees every commit and may run beside a writer; sound, or an error."""
    os.close(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    source = f"{ledger.absolute().as_uri()}?mode=ro"
    with closing(sqlite3.connect(source, uri=True)) as here, closing(sqlite3.connect(draft)) as there:
        here.backup(there)
        there.execute("PRAGMA journal_mode=DELETE")  # one file, that can be carried about
        if there.execute("PRAGMA integrity_check(1)").fetchall() != [("ok",)]:
            raise sqlite3.DatabaseError(DAMAGED)
