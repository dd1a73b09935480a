"""What the demo leaves behind: a mail of every kind, the sheet's tabs, and a page that leads there."""

from __future__ import annotations

import csv
import html
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from email import message_from_bytes, policy
from pathlib import Path

from commands.demo_hand import Hand
from commands.failures import CommandFailure
from community.labels import LABELS
from community.ledger import Entry, Phase
from sheets_schema.sheet import TABS
from sheets_schema.today import FIRST_ROW

_PAGE = """<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark"><title>Third Thursday: what the demo left</title>
<style>
body {{ font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }}
table {{ border-collapse: collapse; }} td {{ border-top: 1px solid #8884; padding: .3rem .8rem .3rem 0; }}
td {{ vertical-align: top; }} td:only-child {{ font-weight: bold; padding-top: 1rem; }}
.mails td:nth-child(n + 3) {{ white-space: nowrap; }}
</style>
<h1>What the demo left</h1>
<h2>One mail of every kind</h2>
<table class="mails">{mails}</table>
<h2>Today, as the organizer sees it</h2>
<table>{today}</table>
<h2>All tabs of the sheet</h2>
<p>{tabs}</p>
</html>
"""


def write_files(folder: Path, hand: Hand, entries: Iterable[Entry]) -> Path:
    """Write everything into a folder, which is made; returns the page to open.

    CommandFailure when the folder cannot be written to.
    """
    mails = [entry for entry in _one_of_each(entries) if entry.ids.get("message")]
    tabs = {tab.title: hand.rows(tab.title) for tab in TABS}
    files = [*_tab_files(tabs)]
    subjects: dict[str, str] = {}
    for entry in mails:
        raw = hand.sent_mail(entry.ids["message"])
        subjects[entry.kind] = str(message_from_bytes(raw, policy=policy.default)["Subject"])
        files += _mail_files(entry.kind, raw)
    page = _page(subjects, tabs)
    try:
        for name, content in [*files, ("index.html", page.encode())]:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(content)
    except OSError as error:
        raise CommandFailure(f"The demo cannot write to {folder}: {error.strerror}") from None
    return folder / "index.html"


def _one_of_each(entries: Iterable[Entry]) -> Iterator[Entry]:
    """A mail of every kind, always to the reader who is first by name."""
    by_name = sorted(entries, key=lambda entry: entry.who, reverse=True)
    sent = {entry.kind: entry for entry in by_name if entry.phase is Phase.SENT}
    yield from (sent[kind] for kind in LABELS if kind in sent)


def _mail_files(kind: str, raw: bytes) -> Iterator[tuple[str, bytes]]:
    message = message_from_bytes(raw, policy=policy.default)
    yield f"mails/{kind}.eml", raw
    for suffix, part in (("html", message.get_body(("html",))), ("txt", message.get_body(("plain",)))):
        if part is not None:
            yield f"mails/{kind}.{suffix}", str(part.get_content()).encode()


def _tab_files(tabs: Mapping[str, Sequence[Sequence[str]]]) -> Iterator[tuple[str, bytes]]:
    for title, rows in tabs.items():
        text = io.StringIO()
        csv.writer(text).writerows(rows)
        yield f"sheet/{title}.csv", text.getvalue().encode()


def _page(subjects: Mapping[str, str], tabs: Mapping[str, Sequence[Sequence[str]]]) -> str:
    mails = [
        [
            html.escape(LABELS[kind]),
            _link(f"mails/{kind}.html", subject),
            _link(f"mails/{kind}.txt", "as text"),
            _link(f"mails/{kind}.eml", "as it left"),
        ]
        for kind, subject in subjects.items()
    ]
    today = [[html.escape(cell) for cell in row] for row in tabs["Today"][FIRST_ROW - 1 :]]
    return _PAGE.format(
        mails=_rows(mails),
        today=_rows(today),
        tabs=" · ".join(_link(f"sheet/{tab}.csv", tab) for tab in tabs),
    )


def _rows(rows: Iterable[Sequence[str]]) -> str:
    return "\n".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)


def _link(path: str, text: str) -> str:
    return f'<a href="{path}">{html.escape(text)}</a>'
