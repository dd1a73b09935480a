"""What the commands show: answers on stdout, everything else on stderr."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, tzinfo
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from mails.clean import one_line

_LONGEST = 200  # characters of one cell
_PIPED = 160  # columns of a table that no terminal shows


def say(line: str = "") -> None:
    """One line of the answer."""
    _write(sys.stdout, line)


def note(line: str) -> None:
    """One line beside the answer."""
    _write(sys.stderr, line)


def show_json(value: Any) -> None:
    """The whole answer, as JSON."""
    sys.stdout.write(json.dumps(value, indent=2, ensure_ascii=False) + "\n")


def show_table(headers: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """A table, as wide as the terminal; what people typed is shown as plain text."""
    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
    for header in headers:
        table.add_column(header, overflow="fold")
    for row in rows:
        table.add_row(*(Text(one_line(cell, _LONGEST)) for cell in row))
    console = Console(file=sys.stdout, width=None if sys.stdout.isatty() else _PIPED)
    console.print(table)


def moment(instant: datetime, zone: tzinfo) -> str:
    """An instant on a zone's clock, such as `Thu 17 Dec 2026 17:00`."""
    return f"{instant.astimezone(zone):%a %d %b %Y %H:%M}"


@contextmanager
def working(what: str) -> Iterator[None]:
    """A bar on stderr for as long as the block takes; nothing where no terminal shows it."""
    console = Console(file=sys.stderr)
    columns = (TextColumn("{task.description}"), BarColumn(bar_width=24), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        progress.add_task(what, total=None)
        yield


def _write(stream: Any, line: str) -> None:
    stream.write(one_line(line, 2000) + "\n")
    stream.flush()
