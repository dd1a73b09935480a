"""The Emails tab: which mails go out, when, and how they are worded."""

from __future__ import annotations

import re
from datetime import timedelta

from sheets_schema.cells import YES_NO, Cell, Kind, Rows, Unreadable, one_line, quoted, shown, text
from sheets_schema.columns import Tab, optional, required
from sheets_schema.months import Month
from sheets_schema.problems import BRING_BACK, Problem
from sheets_schema.rows import EmailRow
from sheets_schema.table import Row, read_table
from sheets_schema.wording import BUILT_IN, faults

ALERT = "organizer.alert"
_BEFORE = re.compile(r"(\d{1,3}) ?(minute|hour|day|week)s? before\b.*", re.IGNORECASE)
_NOT_SENT = "This mail is not sent until it is mended."
_OWN_WORDS = "The built-in wording is used until it is mended."


def _read_before(cell: Cell, _: Month | None = None) -> timedelta:
    match = _BEFORE.fullmatch(one_line(shown(cell)))
    if match is None:
        raise Unreadable(f'{quoted(cell)} is not understood: write it like "7 days before".')
    return timedelta(**{f"{match[2].lower()}s": int(match[1])})


def before(when: str) -> timedelta | None:
    """How long before the start "28 days before" is, None for words that name no such time."""
    try:
        return _read_before(when)
    except Unreadable:
        return None


def _read_kind(cell: Cell, _: Month | None) -> str:
    kind = one_line(shown(cell)).casefold()
    if kind not in BUILT_IN:
        raise Unreadable(f"There is no mail called {quoted(cell)}. There are: {', '.join(BUILT_IN)}.")
    return kind


MAIL = required(
    "Mail",
    Kind("a mail's name", _read_kind, options=tuple(BUILT_IN)),
    "Which mail this row is about. Do not change it.",
    "This row is left out.",
    width=130,
)
GOES_TO = optional("Goes to", text(200), "", "Who gets it; changing this changes nothing.", width=180)
WHEN = optional(
    "When",
    text(100),
    "",
    'When it goes out: like "7 days before" or "24 hours before" the start, where it says so at first.',
    _NOT_SENT,
    width=160,
)
SEND = optional(
    "Send", YES_NO, False, "Whether this mail goes out at all. Empty: no.", _NOT_SENT, guard=True, width=70
)
SUBJECT = optional("Subject", text(200), "", "The mail's subject.", _OWN_WORDS, width=260)
TEXT = optional(
    "Text",
    text(20_000, lines=True, whole=True),
    "",
    "The mail in Markdown, with placeholders such as {name}. Clear the cell to get the first wording back.",
    _OWN_WORDS,
    width=520,
)

TAB = Tab(
    "Emails",
    (MAIL, GOES_TO, WHEN, SEND, SUBJECT, TEXT),
    explain="One row per kind of mail. Only placeholders that a mail knows may be used in it.",
    stops="No mail goes out but alerts to you until it is back.",
)


def _email(row: Row, problems: list[Problem]) -> EmailRow:
    kind = row.get(MAIL)
    built_in = BUILT_IN[kind]
    send = row.get(SEND)
    due = before(built_in.when)
    if due is not None:
        try:
            due = _read_before(row.get(WHEN))
        except Unreadable as error:
            problems.append(_problem(row, WHEN.header, row.get(WHEN), error.what, _NOT_SENT))
            send = False
    subject, words = row.get(SUBJECT) or built_in.subject, row.get(TEXT) or built_in.text
    found = [(SUBJECT.header, fault) for fault in faults(kind, subject, "")]
    found += [(TEXT.header, fault) for fault in faults(kind, "", words)]
    for column, fault in found:
        problems.append(_problem(row, column, "", f"{fault}.", _OWN_WORDS))
    if found:
        subject, words = built_in.subject, built_in.text
    return EmailRow(kind, row.get(GOES_TO) or built_in.goes_to, due, send, subject, words)


def _problem(row: Row, column: str, value: str, what: str, skipped: str) -> Problem:
    return Problem(TAB.title, row.number, column, value, what, skipped)


def _silent(kind: str) -> EmailRow:
    """A mail without a row: nothing of it goes out, but for alerts to the organizer."""
    words = BUILT_IN[kind]
    return EmailRow(kind, words.goes_to, before(words.when), kind == ALERT, words.subject, words.text)


def read(rows: Rows | None, problems: list[Problem]) -> dict[str, EmailRow] | None:
    """Read how every kind of mail goes out, by kind; None when the tab is stopped."""
    found = read_table(TAB, rows, problems)
    if found is None:
        return None
    emails: dict[str, EmailRow] = {}
    for row in found:
        kind = row.find(MAIL)
        if kind is not None and kind in emails:
            what = f"Two rows are about {kind}. Delete the one that is not meant."
            problems.append(_problem(row, MAIL.header, kind, what, "Only the first row counts."))
        elif kind is not None:
            emails[kind] = _silent(kind) if row.dropped else _email(row, problems)
    for kind in BUILT_IN:
        if kind not in emails:
            what = f"The row of the mail {kind} is missing. {BRING_BACK}"
            skipped = "" if kind == ALERT else "This mail is not sent until it is back."
            problems.append(Problem(TAB.title, None, MAIL.header, "", what, skipped))
            emails[kind] = _silent(kind)
    return emails


def without_tab() -> dict[str, EmailRow]:
    """What goes out while the tab cannot be read: alerts to the organizer, nothing else."""
    return {kind: _silent(kind) for kind in BUILT_IN}
