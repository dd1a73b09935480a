"""The ledger on disk: SQLite, written through before anything leaves, held by one process at a time."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Self

import filelock
import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert

from community.ledger import Entry, LedgerView, Sighting
from engine.ledger_backup import back_up
from engine.ledger_errors import LedgerError, unusable
from engine.ledger_file import (
    EFFECTS,
    META,
    METADATA,
    RELEASES,
    SIGHTINGS,
    from_row,
    insist_writable,
    open_engine,
    put_rows,
    take_lock,
    to_row,
)


class Ledger:
    """What was done, in order. Every write is on disk when the call returns, or LedgerError is raised.

    Use it as a context manager; open it with `Ledger.open`.
    """

    def __init__(self, path: Path, engine: sa.Engine, lock: filelock.BaseFileLock | None) -> None:
        self._path = path
        self._engine = engine
        self._lock = lock
        self._view = LedgerView()

    @classmethod
    def open(cls, path: Path, *, spreadsheet: str, calendar: str, writing: bool = True) -> Ledger:
        """Open or create the ledger of one spreadsheet and one calendar.

        `writing` takes the process lock. Raises LedgerInUseError when another process has it, LedgerError
        when the file belongs to another spreadsheet or calendar, cannot be read, or, with `writing`, cannot
        be written just now.
        """
        lock = None
        try:
            lock = take_lock(path) if writing else None
            engine = open_engine(path)
            METADATA.create_all(engine)
            ledger = cls(path, engine, lock)
            ledger._belong_to(spreadsheet, calendar)
            ledger._load()
            if writing:
                insist_writable(engine)
        except BaseException as error:
            if lock:
                lock.release()
            if isinstance(error, sa.exc.SQLAlchemyError | OSError | ValueError | LookupError):
                raise unusable(path, error) from error
            raise
        return ledger

    def reread(self) -> None:
        """Begin anew with what is on disk, after a write that failed; raises as `open` does."""
        try:
            self._engine.dispose()  # the file itself may be another one by now
            self._load()
            insist_writable(self._engine)
        except (sa.exc.SQLAlchemyError, OSError, ValueError, LookupError) as error:
            raise unusable(self._path, error) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file and the lock."""
        self._engine.dispose()
        if self._lock:
            self._lock.release()

    def view(self) -> LedgerView:
        """Everything the rules may know of the past, as of the last write."""
        return self._view

    def put(self, entry: Entry) -> Entry:
        """Write one effect's row; an effect that ends gets the next number. Returns the row as written."""
        return self.put_all([entry])[0]

    def put_all(self, entries: Iterable[Entry]) -> list[Entry]:
        """Write several rows in one transaction."""
        with self._writing() as connection:
            written, number = self._put(connection, entries)
        known = dict(self._view.entries)
        known.update((entry.key, entry) for entry in written)
        self._view = replace(self._view, entries=known, last_number=number)
        return written

    def amend(self, entry: Entry) -> None:
        """Rewrite what is remembered of an effect without giving it a new number."""
        row = to_row(entry)
        with self._writing() as connection:
            connection.execute(sa.update(EFFECTS).where(EFFECTS.c.key == entry.key).values(row))
        self._view = replace(self._view, entries={**self._view.entries, entry.key: entry})

    def forget(self, key: str) -> None:
        """Remove the row of an effect that certainly never left."""
        with self._writing() as connection:
            connection.execute(sa.delete(EFFECTS).where(EFFECTS.c.key == key))
        known = {name: entry for name, entry in self._view.entries.items() if name != key}
        self._view = replace(self._view, entries=known)

    def see(self, sightings: Mapping[str, Sighting]) -> None:
        """Replace what is being watched; writes what changed, and keeps the view when nothing has."""
        before = self._view.sightings
        gone = [name for name in before if name not in sightings]
        new = [
            {"name": name, "value": seen.value, "since": seen.since.isoformat()}
            for name, seen in sightings.items()
            if before.get(name) != seen
        ]
        if not (gone or new):
            return
        with self._writing() as connection:
            for name in gone:
                connection.execute(sa.delete(SIGHTINGS).where(SIGHTINGS.c.name == name))
            if new:
                statement = insert(SIGHTINGS)
                update = {"value": statement.excluded.value, "since": statement.excluded.since}
                connection.execute(statement.on_conflict_do_update(["name"], set_=update), new)
        self._view = replace(self._view, sightings=dict(sightings))

    def release(
        self, code: str, pairs: Iterable[tuple[str, str]], now: datetime, *, first_live: bool = False
    ) -> None:
        """Let go the effects behind a code: pairs of key and fingerprint. A used code stays used.

        first_live: these are what the first live tick held, and nothing is held for that reason any more.
        """
        rows = [{"key": key, "fingerprint": mark, "code": code, "at": now.isoformat()} for key, mark in pairs]
        with self._writing() as connection:
            for row in rows:
                connection.execute(insert(RELEASES).values(row).on_conflict_do_nothing())
            if first_live:
                self._set_meta(connection, "live_released", "yes")
        self._view = replace(
            self._view,
            released=self._view.released | {(row["key"], row["fingerprint"]) for row in rows},
            used_codes=self._view.used_codes | {code},
            live_released=self._view.live_released or first_live,
        )

    def went_live(self, now: datetime) -> None:
        """Remember the first tick in mode live."""
        self.remember("live_since", now.isoformat())
        self._view = replace(self._view, live_since=now)

    def live_was_released(self) -> None:
        """Remember that the first live tick was let go."""
        self.remember("live_released", "yes")
        self._view = replace(self._view, live_released=True)

    def pause(self, what: str, until: datetime) -> None:
        """Remember until when `mail` or `calendar` must rest."""
        pauses = {**self._view.pauses, what: until}
        self.remember("pauses", json.dumps({name: at.isoformat() for name, at in pauses.items()}))
        self._view = replace(self._view, pauses=pauses)

    def logged_up_to(self, number: int) -> None:
        """Remember that Log holds every line up to this number."""
        if number > self._view.logged:
            self.remember("logged", str(number))
            self._view = replace(self._view, logged=number)

    def next_alarm(self, generation: int) -> None:
        """Remember which generation of the alarm is made from now on."""
        self.remember("alarm", str(generation))
        self._view = replace(self._view, alarm=generation)

    def take_over(
        self,
        learned: Iterable[Entry],
        unlogged: Iterable[Entry],
        *,
        sources: Iterable[str],
        passed: int,
        hold: bool,
    ) -> None:
        """Settle with Log what was done: all of it or, when this fails, nothing.

        learned: rows that Log has. unlogged: those that it lacks, to be appended to it. sources: the ledgers
        that wrote Log, whose ids count as ours from now on; passed: their highest number. hold: whether the
        next live tick is to be held, as the first one was.
        """
        known = self._view.recovered | {*sources}
        with self._writing() as connection:
            self._set_meta(connection, "recovered", json.dumps(sorted(known)))
            self._set_meta(connection, "number", str(max(passed, self._view.last_number)))
            _, settled = self._put(connection, learned)
            self._set_meta(connection, "logged", str(settled))
            self._set_meta(connection, "recovered_to", str(settled))
            self._put(connection, unlogged)
            if hold:
                self._set_meta(connection, "live_released", "")
        self._load()

    def back_up(self, day: date) -> None:
        """Keep a copy of the file for that day, once; raises OSError or sqlite3.Error when that fails."""
        back_up(self._path, day)

    def remember(self, name: str, value: str) -> None:
        """Write one named value."""
        with self._writing() as connection:
            self._set_meta(connection, name, value)

    def _put(self, connection: sa.Connection, entries: Iterable[Entry]) -> tuple[list[Entry], int]:
        """The rows as written, and the highest number that was given by now."""
        before = int(self._meta(connection, "number") or 0)
        written, number = put_rows(connection, entries, before)
        if number != before:
            self._set_meta(connection, "number", str(number))
        return written, number

    @contextmanager
    def _writing(self) -> Iterator[sa.Connection]:
        """A transaction: on disk at the end of the block, or undone with a LedgerError."""
        try:
            with self._engine.begin() as connection:
                yield connection
        except sa.exc.SQLAlchemyError as error:
            raise unusable(self._path, error) from error

    def _belong_to(self, spreadsheet: str, calendar: str) -> None:
        with self._writing() as connection:
            owner = self._meta(connection, "owner")
            wanted = json.dumps([spreadsheet, calendar])
            if owner is None:
                self._set_meta(connection, "owner", wanted)
                self._set_meta(connection, "id", secrets.token_hex(6))
            elif owner != wanted:
                raise LedgerError(
                    "This ledger belongs to another spreadsheet or calendar. Name another file under `ledger`"
                    " in third-thursday.toml, or put the old spreadsheet and calendar back."
                )

    def _load(self) -> None:
        with self._engine.connect() as connection:
            meta: dict[str, str] = {name: value for name, value in connection.execute(sa.select(META))}
            entries = [from_row(row) for row in connection.execute(sa.select(EFFECTS)).mappings()]
            sightings = connection.execute(sa.select(SIGHTINGS)).all()
            releases = connection.execute(sa.select(RELEASES)).mappings().all()
        self._view = LedgerView(
            id=meta["id"],
            entries={entry.key: entry for entry in entries},
            sightings={
                name: Sighting(value, datetime.fromisoformat(since)) for name, value, since in sightings
            },
            released=frozenset((row["key"], row["fingerprint"]) for row in releases),
            used_codes=frozenset(row["code"] for row in releases),
            live_since=_instant(meta.get("live_since")),
            live_released=meta.get("live_released") == "yes",
            pauses={
                name: datetime.fromisoformat(at) for name, at in json.loads(meta.get("pauses", "{}")).items()
            },
            logged=int(meta.get("logged", 0)),
            last_number=int(meta.get("number", 0)),
            recovered=frozenset(json.loads(meta.get("recovered", "[]"))),
            recovered_to=int(meta.get("recovered_to", 0)),
            alarm=int(meta.get("alarm", 0)),
        )

    @staticmethod
    def _meta(connection: sa.Connection, name: str) -> str | None:
        value: str | None = connection.execute(sa.select(META.c.value).where(META.c.name == name)).scalar()
        return value

    @staticmethod
    def _set_meta(connection: sa.Connection, name: str, value: str) -> None:
        row = {"name": name, "value": value}
        connection.execute(insert(META).values(row).on_conflict_do_update(["name"], set_=row))


def _instant(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
