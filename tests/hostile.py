"""A month of the sample community in which every column people type into holds text that wants to be more."""

from __future__ import annotations

import base64
import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any

from commands.app import run
from commands.sample import pasted
from commands.surroundings import Surroundings
from sheets_schema.cells import Cell, Rows, column_letters, shown
from sheets_schema.sheet import TABS
from tests.month import Month

OURS = ("engine", "automations", "community", "workspace", "reports", "credentials", "mails", "commands")
VERBS = ("check", "plan", "run", "status", "dates")
EVIL = "eve@evil.example"
TYPED = [
    (tab.title, column.header)
    for tab in TABS
    if tab.organizers
    for column in tab.columns
    if column.header != "Check"
]

_TEXT = (
    """{}{}"'<script>x()</script><img src=x onerror=x()>\x1b[1m{{{{7*7}}}}{{%x%}}{{0}}%s\r\nBcc: """ + EVIL
)
_LINKS = "[x](javascript:x) [x](data:,x) [x](http://evil.example) [x](https://x@evil.example) ![x](https://evil.example/i)"
_HOSTILE_IN = {
    ("Roasts", "2026-11"): (
        "Plan title",
        "In one sentence",
        "Question for the group",
        "Backup",
        "Private notes",
    ),
    ("Roasts", "2027-01"): ("Host",),
    ("Emails", "agenda"): ("Goes to",),
    ("Emails", "reminder"): ("Text",),
    ("Agenda", "10"): ("Item", "Who", "Shown under the item"),
    ("Settings", "Community name"): ("Value",),
    ("Settings", "Second person"): ("Value",),
    ("Settings", "Meet link to use"): ("Value",),
    ("Settings", "Discord invite link"): ("Value",),
}
_BESIDE: dict[tuple[str, str], dict[str, Cell]] = {
    ("Roasts", "2026-11"): {"Host": "host@example.org", "Host agreed": "yes", "Link": "javascript:alert(1)"},
    ("Roasts", "2026-12"): {"Host": "host@example.org", "Link": "https://x@evil.example"},
    ("Emails", "reminder"): {"Send": "no"},
}


def mark(tab: str, header: str) -> str:
    """What the hostile text of a column can be known by, wherever it comes out: q07q."""
    return f"q{TYPED.index((tab, header)):02}q"


def hostile(tab: str, header: str) -> str:
    """A formula, markup, a terminal's command, templates and a header in one text; at most 100 characters."""
    return _TEXT.format("+-@="[TYPED.index((tab, header)) % 4], mark(tab, header))


@dataclass(frozen=True, slots=True)
class Lived:
    """What a month left behind.

    requests: all that was asked of the APIs, bodies included. tabs: all cells as stored. files: the content
    of the ledger's files and copies by name. logged: the log. troubles: what the ticks said. said: what the
    verbs said, by arguments. modes: of all files that hold a secret or the ledger, by name.
    """

    requests: list[dict[str, Any]]
    tabs: Mapping[str, Rows]
    files: Mapping[str, bytes]
    logged: str
    troubles: tuple[str, ...]
    said: Mapping[str, str]
    modes: Mapping[str, str]

    def sent(self) -> list[bytes]:
        """Every mail as it left."""
        bodies = [one["body"] for one in self.requests if one["api_method"] == "gmail.users.drafts.send"]
        return [base64.urlsafe_b64decode(body["message"]["raw"]) for body in bodies]


def live_through(folder: Path) -> Lived:
    """Play it from a week before November's meeting to the day after; December's is cancelled meanwhile."""
    troubles: list[str] = []
    settings = {"Mode": "live", "Wait after my last change": "0"}
    with Month(folder, settings=settings) as month, _log() as logged:
        month.ledger.went_live(month.now)
        month.ledger.live_was_released()
        _paste(month)

        def play(until: str) -> None:
            codes = [hold.code for hold in month.tick().plan.holds]
            month.tick(*codes)
            month.run_until(until, lambda tick: troubles.extend(tick.troubles))

        play("2026-11-19T17:00:00+01:00")
        month.fill("Roasts", "2026-12", No_meeting_because="'" + hostile("Roasts", "No meeting because"))
        play("2026-11-20T09:00:00+01:00")
        requests = month.requests()
        titles = [tab.title for tab in TABS]
        tabs = {title: rows or [] for title, rows in month.workspace.sheets.read(titles).items()}
        files = {path.name: path.read_bytes() for path in folder.glob("ledger*")}
        said = _say_all(month)
        paths = [*folder.glob("ledger*"), *folder.glob("workspace/*_*"), *folder.glob("workspace/token*")]
        modes = {path.name: oct(path.stat().st_mode & 0o777) for path in paths}
        return Lived(requests, tabs, files, logged.getvalue(), tuple(troubles), said, modes)


@contextmanager
def _log() -> Iterator[StringIO]:
    """All that our own packages log meanwhile, the finest included."""
    text = StringIO()
    handler = logging.StreamHandler(text)
    loggers = [logging.getLogger(name) for name in OURS]
    for logger in loggers:
        logger.addHandler(handler)
        logger.setLevel(logging.DEBUG)
    try:
        yield text
    finally:
        for logger in loggers:
            logger.removeHandler(handler)
            logger.setLevel(logging.NOTSET)


def _paste(month: Month) -> None:
    """Put the sample and the hostile rows into the tabs at once, as a form and a paste do."""
    tabs = {tab.title: tab for tab in TABS if tab.organizers}
    read = month.workspace.sheets.read(list(tabs))
    blocks: dict[str, Rows] = {}
    for title, tab in tabs.items():
        rows = [dict(zip(tab.headers, row, strict=False)) for row in (read[title] or [])[1:]]
        wanted = _filled(title, rows)
        start = 1 if tab.headers[0] == "Check" else 0
        cells: Rows = [[row.get(header, "") for header in tab.headers[start:]] for row in wanted]
        area = f"{title}!{column_letters(start)}2:{column_letters(len(tab.headers) - 1)}{len(cells) + 1}"
        blocks[area] = cells
    month.workspace.sheets.write(blocks)
    month.local("DELETE", "/local/requests")


def _filled(title: str, rows: list[dict[str, Cell]]) -> list[dict[str, Cell]]:
    """A tab's rows with hostile text where it can be read, and one row in which it stands everywhere."""
    everywhere: dict[str, Cell] = {header: hostile(tab, header) for tab, header in TYPED if tab == title}
    sample: list[dict[str, Cell]] = [{**row} for row in pasted().get(title, [])]
    for row in rows:
        place = title, shown(next(iter(row.values())) or row.get("Month", ""))
        row.update({header: hostile(title, header) for header in _HOSTILE_IN.get(place, ())})
        row.update(_BESIDE.get(place, {}))
        if place == ("Emails", "agenda"):
            words = hostile(title, "Text").replace("{", "(")
            row["Subject"] = hostile(title, "Subject").replace("{", "(")
            row["Text"] = f"{row['Text']}\n\n{words}\n\n{_LINKS}"
    if title == "Members":
        known = everywhere | {"Email": "host@example.org", "Status": "", "Mail": "", "Away until": ""}
        return [*rows, *sample, known, everywhere]
    if title == "Requests":
        asks = everywhere | {"Email": "asks@example.org", "Wants": "both", "Decision": "approve"}
        goes = everywhere | {"Email": "no@example.org", "Wants": "both", "Decision": "decline"}
        let_in = [row | {"Decision": "approve"} for row in sample[:2]]
        return [*let_in, *sample[2:], asks, goes, everywhere]
    return [*rows, *(sample if title == "Needs" else ()), everywhere]


def _say_all(month: Month) -> dict[str, str]:
    """Everything that the verbs say about this month, in words and in JSON."""
    file = month.config / "third-thursday.toml"
    text = file.read_text(encoding="utf-8").replace('"ledger.db"', '"../ledger.db"')
    file.write_text(text.replace('spreadsheet = ""', f'spreadsheet = "{month.id}"'), encoding="utf-8")
    month.ledger.close()
    here = Surroundings(
        clock=lambda: month.now,
        folder=month.config,
        configurations=month.config,
        data=month.config,
        program=(),
        version="",
        open_url=lambda _: None,
    )
    said = {}
    for arguments in [(verb, *json) for verb in VERBS for json in ((), ("--json",))]:
        with redirect_stdout(StringIO()) as out, redirect_stderr(out):
            run(arguments, here)
        said[" ".join(arguments)] = out.getvalue()
    return said
