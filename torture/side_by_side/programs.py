"""The four programs, as somebody has them: their processes, and what the sheet must have for them."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Self

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
OURS = "Third Thursday"

_MONTHS = ("2026-11", "2026-12", "2027-01")


@dataclass(frozen=True, slots=True)
class Program:
    """One of them. file: its module; title: how the table calls it; python: what runs it.

    columns: its own ones, by tab, which the organizer adds at the right. tabs: its own ones.
    clears: its own columns of Roasts that the organizer clears when a month gets another host.
    """

    file: str
    title: str
    python: str = sys.executable
    columns: Mapping[str, Sequence[str]] = field(default_factory=dict)
    tabs: Sequence[str] = ()
    clears: Sequence[str] = ()


_NOTED = {"Roasts": ("Asked", "Confirmed"), "Requests": ("Answered",)}

PROGRAMS = (
    Program("ours", OURS),
    Program("quickstart", "(a) quickstart", columns={"Members": ("Agenda sent", "Reminder sent"), **_NOTED}),
    Program(
        "clients", "(b) gcsa, simplegmail", python=str(ROOT / ".venv/conformance/bin/python"), tabs=("Sent",)
    ),
    Program(
        "mail_merge",
        "(c) mail merge",
        columns={
            "Members": [f"{kind} {month}" for month in _MONTHS for kind in ("Agenda", "Reminder")],
            "Roasts": ("Event id", "Asked", "Confirmed"),
            "Requests": ("Answered",),
        },
        clears=("Asked", "Confirmed"),
    ),
)


@dataclass(frozen=True, slots=True)
class Ended:
    """How a run ended. code: its exit code, negative for a signal. typed: what was typed while it ran."""

    code: int
    typed: list[dict[str, Any]]


class Runs:
    """A program's processes, one after another: `with Runs(program) as runs: runs.one(order)`."""

    def __init__(self, program: Program) -> None:
        """Raises FileNotFoundError when the program has no environment yet: `make conformance` makes it."""
        self._process = subprocess.Popen(  # noqa: S603 (our own)
            [program.python, str(HERE / "process.py"), program.file],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
        )

    def one(self, order: Mapping[str, Any]) -> Ended:
        """Run once."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        return Ended(**json.loads(self._process.stdout.readline()))

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the process; a run that is under way ends first."""
        self._process.communicate()
