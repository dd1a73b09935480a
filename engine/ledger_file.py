"""The ledger's file: its tables, and a SQLite engine that is durable at every commit."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import filelock
import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert

from community.ledger import UNDER_WAY, Entry, Phase
from credentials.private_files import open_to_others
from engine.ledger_backup import backups
from engine.ledger_errors import LedgerError, LedgerInUseError

PATIENCE = 5  # seconds to wait for another program that writes the file

METADATA = sa.MetaData()
META = sa.Table(
    "meta",
    METADATA,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("value", sa.Text, nullable=False),
)
EFFECTS = sa.Table(
    "effects",
    METADATA,
    sa.Column("key", sa.Text, primary_key=True),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("phase", sa.Text, nullable=False),
    sa.Column("at", sa.Text, nullable=False),
    sa.Column("person", sa.Text),
    sa.Column("meeting", sa.Text),
    sa.Column("who", sa.Text, nullable=False),
    sa.Column("told", sa.Text, nullable=False),
    sa.Column("ids", sa.Text, nullable=False),
    sa.Column("fingerprint", sa.Text, nullable=False),
    sa.Column("attempts", sa.Integer, nullable=False),
    sa.Column("number", sa.Integer),
    sa.Column("reason", sa.Text, nullable=False),
)
SIGHTINGS = sa.Table(
    "sightings",
    METADATA,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("value", sa.Text, nullable=False),
    sa.Column("since", sa.Text, nullable=False),
)
RELEASES = sa.Table(
    "releases",
    METADATA,
    sa.Column("key", sa.Text, primary_key=True),
    sa.Column("fingerprint", sa.Text, primary_key=True),
    sa.Column("code", sa.Text, nullable=False),
    sa.Column("at", sa.Text, nullable=False),
)


def open_engine(path: Path) -> sa.Engine:
    """An engine on a file that only its owner can read, durable at every commit.

    Raises OSError when it cannot be made, LedgerError when others can read it and that is not ours to change.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    _close_to_others(path)
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    engine = sa.create_engine(
        f"sqlite:///{path}", poolclass=sa.pool.StaticPool, connect_args={"timeout": PATIENCE}
    )

    @sa.event.listens_for(engine, "connect")
    def _durable(connection: Any, _record: object) -> None:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")

    return engine


def _close_to_others(path: Path) -> None:
    """Take from other people what they may do with the ledger, its journals and its copies."""
    for file in (path, Path(f"{path}-wal"), Path(f"{path}-shm"), *backups(path)):
        with suppress(FileNotFoundError):  # SQLite makes and removes the journals
            if open_to_others(file):
                _take_back(file)


def _take_back(file: Path) -> None:
    try:
        file.chmod(0o600)
    except PermissionError:
        raise LedgerError(
            f"{file.name} is open to other people of this machine and belongs to another user. Let that user"
            " run this program, or give the ledger's files to the one who does (`chown`)."
        ) from None


def take_lock(path: Path) -> filelock.BaseFileLock:
    """Take a ledger for this process alone; raises LedgerInUseError when another one has it."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    lock = filelock.FileLock(f"{path}.lock", timeout=0, mode=0o600)
    try:
        lock.acquire()
    except filelock.Timeout as error:
        raise LedgerInUseError(
            "Another run of the service is under way; this one leaves everything to it."
        ) from error
    return lock


def insist_writable(engine: sa.Engine) -> None:
    """Find out whether a phase could be written before anything else is done; raises SQLAlchemyError.

    BEGIN finds a lock of another program, the update of nothing a file that may only be read.
    """
    with engine.connect() as connection:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        connection.exec_driver_sql("UPDATE meta SET value = '' WHERE name = ''")
        connection.rollback()


def to_row(entry: Entry) -> dict[str, object]:
    """An entry as its row in the table of effects."""
    return {
        "key": entry.key,
        "kind": entry.kind,
        "phase": str(entry.phase),
        "at": entry.at.isoformat(),
        "person": entry.person,
        "meeting": entry.meeting,
        "who": entry.who,
        "told": json.dumps(dict(entry.told), sort_keys=True),
        "ids": json.dumps(dict(entry.ids), sort_keys=True),
        "fingerprint": entry.fingerprint,
        "attempts": entry.attempts,
        "number": entry.number,
        "reason": entry.reason,
    }


def from_row(row: Mapping[Any, Any]) -> Entry:
    """The entry that a row holds; raises ValueError for a phase that does not exist."""
    values = dict(row)
    values["phase"] = Phase(values["phase"])
    values["at"] = datetime.fromisoformat(values["at"])
    values["told"] = json.loads(values["told"])
    values["ids"] = json.loads(values["ids"])
    return Entry(**values)


def put_rows(connection: sa.Connection, entries: Iterable[Entry], number: int) -> tuple[list[Entry], int]:
    """Write rows; each effect that has ended gets the next number after `number`.

    Returns the rows as written, and the highest number given by now.
    """
    written = []
    for entry in entries:
        ended = entry.phase not in UNDER_WAY
        number += ended
        written.append(replace(entry, number=number if ended else None))
    for entry in written:
        row = to_row(entry)
        connection.execute(insert(EFFECTS).values(row).on_conflict_do_update(["key"], set_=row))
    return written, number
