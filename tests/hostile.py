"""A month of the sample community in which every column people type into holds text that wants to be more."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from commands.sample import pasted
from sheets_schema.cells import Cell, Rows, column_letters, shown
from sheets_schema.sheet import TABS
from tests.faulty import always, answer, fail, heal
from tests.month import Month
from tests.said import VERBS, Said, log

NAMED = "amara.oduya@example.org"  # of the sample community; what fails says this address
EVIL = "eve@evil.example"
TYPED = [
    (tab.title, column.header)
    for tab in TABS
    if tab.organizers
    for column in tab.columns
    if column.header != "Check"
]

_TEXT = (
    """{}{}"'<script>x()</script><img src=x onerror=x()>\x1b[1m\x9b1m"""
    """{{{{7*7}}}}{{%x%}}{{0}}%s\r\nBcc: """ + EVIL
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
    of the ledger's files and copies, by name and when. previews: a mail's preview, by file name. logged: the
    log. failures: failures.log. troubles: what the ticks said. said: what the verbs said, by when and
    arguments. modes: of all files that hold a secret or the ledger, by name.
    """

    requests: list[dict[str, Any]]
    tabs: Mapping[str, Rows]
    files: Mapping[str, bytes]
    previews: Mapping[str, str]
    logged: str
    failures: str
    troubles: tuple[str, ...]
    said: Mapping[str, str]
    modes: Mapping[str, str]

    def sent(self) -> list[bytes]:
        """Every mail as it left."""
        bodies = [one["body"] for one in self.requests if one["api_method"] == "gmail.users.drafts.send"]
        return [base64.urlsafe_b64decode(body["message"]["raw"]) for body in bodies]


def live_through(folder: Path) -> Lived:
    """Play it from a week before November's meeting to the day after; December's is cancelled meanwhile.

    On the way everything is asked that can be asked, much fails, and one error is foreseen by nobody.
    """
    troubles: list[str] = []

    def play(until: str) -> None:
        month.run_until(until, lambda tick: troubles.extend(tick.troubles))

    settings = {"Mode": "live", "Wait after my last change": "0"}
    with Month(folder, settings=settings) as month, log() as logged:
        _paste(month)
        said = Said(month)
        said.ask("held")
        codes = [hold.code for hold in month.tick().plan.holds]
        _disturb(month)
        said.ask("released", ("run", "--json", *(f"--allow={code}" for code in codes)))
        play("2026-11-12T16:59:00+01:00")
        month.go_to("2026-11-12T17:00:00+01:00")
        _disturb(month)
        said.ask("agenda due")
        play("2026-11-19T17:00:00+01:00")
        month.fill("Roasts", "2026-12", No_meeting_because="'" + hostile("Roasts", "No meeting because"))
        always(month, "sheets.spreadsheets.values.batchGet", answer(403, f"Not for {NAMED}"))
        said.ask("refused")
        said.serve("refused again")
        heal(month)
        said.break_down(NAMED)
        play("2026-11-20T09:00:00+01:00")
        said.serve("served")
        requests = month.requests()
        titles = [tab.title for tab in TABS]
        tabs = {title: rows or [] for title, rows in month.workspace.sheets.read(titles).items()}
        previews = folder / "previews"
        said.ask("at rest", *VERBS, ("preview", "agenda", f"--to={previews}"), ("recover",))
        secrets = ("ledger*", "workspace/*_*", "workspace/token*", "workspace/*.log")
        paths = [path for pattern in secrets for path in folder.glob(pattern)]
        return Lived(
            requests=requests,
            tabs=tabs,
            files=said.files,
            previews={path.name: path.read_text(encoding="utf-8") for path in previews.iterdir()},
            logged=logged.getvalue(),
            failures=(month.config / "failures.log").read_text(encoding="utf-8"),
            troubles=tuple(troubles),
            said=said.texts,
            modes={path.name: oct(path.stat().st_mode & 0o777) for path in paths},
        )


def _disturb(month: Month) -> None:
    """Let some of the coming calls fail, in words that name somebody."""
    words = f"Invalid To header: Ann <{NAMED}>"
    fail(month, "gmail.users.drafts.create", answer(400, words), "closeAfter")
    fail(month, "gmail.users.drafts.send", answer(400, words), "halfAnswer", answer(500, words))
    fail(month, "calendar.events.update", answer(403, words))


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
    with month.by_hand() as page:
        page.write(blocks)
    month.forget_requests()


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
        goes = everywhere | {"Name": "", "Email": "no@example.org", "Wants": "both", "Decision": "decline"}
        let_in = [row | {"Decision": "approve"} for row in sample[:2]]
        return [*let_in, *sample[2:], asks, goes, everywhere]
    return [*rows, *(sample if title == "Needs" else ()), everywhere]
