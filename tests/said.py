"""All that the program says while a month goes on: its verbs, the log of `serve`, and failures.log."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from io import StringIO

import requests

from commands.app import run
from commands.serve import Service
from commands.session import connected
from commands.surroundings import Surroundings
from engine import schedule
from tests.month import Month

VERBS = [(verb, *json) for verb in ("check", "plan", "run", "status", "dates") for json in ((), ("--json",))]
# Of the tests' process and of the local workspace in it; neither is there when the program runs.
_NOT_OURS = ("asyncio", "local_workspace", "uvicorn")


class Said:
    """What was said so far, by when and how: `texts["agenda due: plan --json"]`, stdout and stderr together.

    The month's ledger is let go of meanwhile, as between two runs. files: the bytes of its files just before
    that, journal included, by name and when.
    """

    def __init__(self, month: Month) -> None:
        self.texts: dict[str, str] = {}
        self.files: dict[str, bytes] = {}
        self._month = month
        self.here = _surroundings(month)
        file = month.config / "third-thursday.toml"
        text = file.read_text(encoding="utf-8").replace('"ledger.db"', '"../ledger.db"')
        file.write_text(text.replace('spreadsheet = ""', f'spreadsheet = "{month.id}"'), encoding="utf-8")

    def ask(self, when: str, *commands: Sequence[str]) -> None:
        """Type commands, every verb that looks or runs unless others are given."""
        with self._ledger_let_go(when):
            for arguments in commands or VERBS:
                self.texts[f"{when}: {' '.join(arguments)}"] = _output(arguments, self.here)

    def serve(self, when: str) -> None:
        """One tick of `serve`, which tells it in the log."""
        stop = threading.Event()
        with self._ledger_let_go(when), connected(self.here, writing=True) as connection:
            service = Service(self.here, connection, stop)

            def beat() -> datetime | None:
                due = service.tick()
                stop.set()
                return due

            schedule.serve(beat, every=timedelta(hours=1), clock=lambda: datetime.now(UTC), stop=stop)

    def break_down(self, about: str) -> None:
        """Let a run and a tick of `serve` end in an error that nobody has foreseen and that names `about`."""
        clear = self.here
        self.here = replace(clear, clock=_Broken(self._month, about))
        try:
            self.ask("broken", ("run",))
            self.here = replace(clear, clock=_Broken(self._month, about))
            self.serve("broken again")
        finally:
            self.here = clear

    @contextmanager
    def _ledger_let_go(self, when: str) -> Iterator[None]:
        ledgers = self._month.folder.glob("ledger*")
        self.files.update((f"{path.name} ({when})", path.read_bytes()) for path in ledgers)
        self._month.ledger.close()
        try:
            yield
        finally:
            self._month.ledger = self._month.open_ledger()


@contextmanager
def log() -> Iterator[StringIO]:
    """All that is logged meanwhile, the finest included, but for what the program itself keeps quiet."""
    text = StringIO()
    handler = logging.StreamHandler(text)
    handler.setFormatter(logging.Formatter("%(levelname)s %(name)s %(message)s"))
    handler.addFilter(lambda record: not record.name.startswith(_NOT_OURS))
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    try:
        yield text
    finally:
        root.removeHandler(handler)
        root.setLevel(level)


class _Broken:
    """A clock that fails once, with an address in its error and in the one before that."""

    def __init__(self, month: Month, about: str) -> None:
        self._month = month
        self._about = about
        self._failed = False

    def __call__(self) -> datetime:
        if self._failed:
            return self._month.now
        self._failed = True
        try:
            raise requests.ConnectionError(f"/v3/users/{self._about.replace('@', '%40')}/x: refused")
        except requests.ConnectionError as error:
            raise KeyError(f"Ann <{self._about}>", {self._about: [self._about]}) from error


def _surroundings(month: Month) -> Surroundings:
    return Surroundings(
        clock=lambda: month.now,
        folder=month.config,
        configurations=month.config,
        data=month.config,
        program=(),
        version="",
        open_url=lambda _: None,
    )


def _output(arguments: Sequence[str], here: Surroundings) -> str:
    with redirect_stdout(StringIO()) as out, redirect_stderr(out):
        run(arguments, here)
    return out.getvalue()
