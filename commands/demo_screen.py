"""The demo on the screen: the timeline as it happens, then the totals."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, tzinfo

from rich.columns import Columns
from rich.console import Console
from rich.table import Table
from rich.text import Text

from commands.demo_month import Found
from mails.clean import one_line

_PIPED = 100  # columns where no terminal shows it
_WIDEST = 120
_LONGEST = 120  # characters of one cell
_WHO = {"organizer": "cyan", "guests": "magenta", "service": "green"}
_TONES = {"did": "", "stopped": "yellow", "quiet": "dim"}


class Screen:
    """Prints to stdout. zone: the clock by which times are told. great_days: dates that get a word beside."""

    def __init__(self, zone: tzinfo, great_days: Mapping[date, str]) -> None:
        console = Console(file=sys.stdout)
        width = min(console.width, _WIDEST) if console.is_terminal else _PIPED
        self._console = Console(file=sys.stdout, width=width, highlight=False)
        self._zone = zone
        self._great_days = great_days
        self._day: date | None = None
        self._last = ("", "")

    def happened(self, at: datetime, who: str, text: str, tone: str) -> None:
        """A line of the timeline, under the day it belongs to."""
        local = at.astimezone(self._zone)
        if local.date() != self._day:
            self._day, self._last = local.date(), ("", "")
            beside = f"  {word}" if (word := self._great_days.get(local.date())) else ""
            day = f"\n{local:%A} {local.day} {local:%B %Y}"
            self._console.print(Text.assemble((day, "bold"), (beside, "bold green")))
        now = (f"{local:%H:%M}", who)
        time, actor = ("" if now == self._last else part for part in now)
        self._last = now
        before = Text.assemble((f"  {time:5}  ", "dim"), (f"{actor:9}  ", _WHO[who]))
        words = Text(one_line(text, 400), _TONES[tone])
        for line in words.wrap(self._console, self._console.width - before.cell_len):
            self._console.print(before + line, soft_wrap=True)
            before = Text(" " * before.cell_len)

    def title(self, text: str, below: str) -> None:
        """What this is, in two lines."""
        self._console.print(Text(text, "bold"))
        self._console.print(Text(below, "dim"))

    def heading(self, text: str) -> None:
        """Before a part of what it all came to."""
        self._console.print(Text(f"\n{text}", "bold"))

    def say(self, text: str, style: str = "") -> None:
        """A sentence."""
        self._console.print(Text(text, style))

    def command(self, text: str) -> None:
        """Something to type, on one line however long it is."""
        self._console.print(Text(f"  {text}", "bold"), soft_wrap=True)

    def totals(self, parts: Sequence[tuple[str, Counter[str]]]) -> None:
        """Counts side by side, each with its title and its sum."""
        self._console.print()
        self._console.print(Columns([_counted(title, counts) for title, counts in parts], padding=(0, 5)))

    def problems(self, found: Iterable[Found]) -> None:
        """What was wrong in the sheet, by cell, and until when."""
        table = Table(box=None, pad_edge=False, header_style="dim", padding=(0, 2, 0, 0))
        table.add_column("Where", ratio=3)
        table.add_column("What is wrong", ratio=7)
        table.add_column("Until", width=6)
        for one in found:
            problem = one.problem
            place = ", ".join(
                part for part in (problem.tab, problem.row and f"row {problem.row}", problem.column) if part
            )
            until = one.gone.astimezone(self._zone) if one.gone else None
            table.add_row(
                Text(place),
                Text(one_line(problem.what, _LONGEST)),
                Text(f"{until.day} {until:%b}", "green") if until else Text("open", "yellow"),
            )
        self._console.print(table)


def _counted(title: str, counts: Counter[str]) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    table.add_column(title)
    table.add_column("", justify="right")
    for name, count in counts.most_common():
        table.add_row(name, str(count))
    table.add_row(Text("together", "dim"), Text(str(counts.total()), "dim"))
    return table
