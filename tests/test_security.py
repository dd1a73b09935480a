"""What is typed stays text, and addresses stay where they belong: a month of the sample community, searched.

docs/security.md says the same in words.
"""

from __future__ import annotations

import base64
import email
import email.policy
import re
from collections.abc import Iterator
from email.message import EmailMessage
from typing import Any

import pytest

from commands.sample import pasted
from sheets_schema.build import create_requests
from sheets_schema.build_tab import check_formula
from sheets_schema.cells import one_line
from sheets_schema.sheet import ORGANIZER_TABS, TABS
from sheets_schema.today import STATUS_FORMULA
from tests.hostile import EVIL, TYPED, Lived, hostile, live_through, mark
from tests.mails.test_safety import Seen, parts
from tests.month import ORGANIZER, START

ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
PEOPLE = {
    address.lower()
    for rows in pasted().values()
    for row in rows
    for cell in row.values()
    for address in ADDRESS.findall(cell)
} | {"host@example.org", "asks@example.org", "no@example.org"}

HEADERS = [
    *("From", "To", "Reply-To", "Subject", "Date", "List-Unsubscribe", "List-Id", "Auto-Submitted"),
    *("X-Third-Thursday-Key", "MIME-Version", "Content-Type"),
]
PART_HEADERS = {"Content-Type", "Content-Transfer-Encoding", "Content-Disposition", "MIME-Version"}
ELEMENTS = {
    *("html", "head", "meta", "title", "style", "body", "div", "p", "h2", "ul", "li", "strong", "br", "a"),
    *("span", "table", "tbody", "tr", "td"),
}
ATTRIBUTES = {"charset", "class", "content", "data-css-inline", "href", "lang", "name", "style"}


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Lived:
    """The one month that all tests of this file look at."""
    return live_through(tmp_path_factory.mktemp("hostile"))


def parsed(raw: bytes) -> EmailMessage:
    """A mail as a strict reader takes it: every oddity is an error."""
    message = email.message_from_bytes(raw, policy=email.policy.SMTP.clone(raise_on_defect=True))
    assert isinstance(message, EmailMessage)
    return message


def names_of(block: bytes, end: bytes = b"\r\n\r\n") -> list[str]:
    """The names of the fields at the beginning of raw bytes; lines end with CR LF and with nothing else."""
    lines = block.partition(end)[0].decode("ascii").split("\r\n")
    assert not any(sign in line for line in lines for sign in "\r\n")
    return [line.partition(":")[0] for line in lines if not line.startswith((" ", "\t"))]


def people_in(*texts: object) -> set[str]:
    """The addresses of the sample community that stand in texts, however they are spelled there."""
    text = "\n".join(map(str, texts)).lower().replace("%40", "@")
    return {address for address in PEOPLE if address in text} if "@" in text else set()


def writes(lived: Lived, api: str) -> list[dict[str, Any]]:
    """The requests of an API that may have changed something."""
    return [one for one in lived.requests if one["api_method"].startswith(api) and one["method"] != "GET"]


def test_every_cell_that_is_written_is_a_raw_value(lived: Lived) -> None:
    asked = writes(lived, "sheets.")

    assert {one["api_method"] for one in asked} == {
        "sheets.spreadsheets.values.append",
        "sheets.spreadsheets.values.batchUpdate",
    }
    assert {one["params"].get("valueInputOption") or one["body"]["valueInputOption"] for one in asked} == {
        "RAW"
    }


def test_init_writes_no_formula_but_its_own() -> None:
    def formulas(value: Any) -> Iterator[str]:
        if isinstance(value, dict):
            yield from (text for name, text in value.items() if name == "formulaValue")
            value = [*value.values()]
        if isinstance(value, list):
            for one in value:
                yield from formulas(one)

    keys = [(tab.title, tab.headers.index(tab.key)) for tab in TABS if tab.key]
    requests = create_requests(START.date(), {"Community name": '=HYPERLINK("https://evil.example")'})

    assert set(formulas(requests)) == {STATUS_FORMULA, *(check_formula(*key) for key in keys)}


def test_text_that_looks_like_a_formula_comes_back_as_text(lived: Lived) -> None:
    members, meetings = lived.tabs["Members"], lived.tabs["Meetings"]
    name = one_line(hostile("Requests", "Name")).removesuffix(EVIL).strip()
    reason = one_line(hostile("Roasts", "No meeting because"))

    assert [row[1] for row in members if "asks@example.org" in row] == [name]
    assert [
        cell for row in meetings for cell in row if mark("Roasts", "No meeting because") in str(cell)
    ] == [f"no meeting: {reason}"]


def test_mails_have_exactly_our_headers_and_one_recipient(lived: Lived) -> None:
    mails = lived.sent()

    assert len(mails) > 40
    for raw in mails:
        message = parsed(raw)
        assert names_of(raw) == HEADERS
        assert len(message["To"].addresses) == 1
        assert {message[name].addresses[0].addr_spec for name in ("From", "Reply-To")} == {ORGANIZER}
        assert message["List-Unsubscribe"] == f"<mailto:{ORGANIZER}?subject=unsubscribe>"
        for part in list(message.walk())[1:]:
            assert set(part.keys()) <= PART_HEADERS


def test_mails_have_no_element_and_no_link_but_ours(lived: Lived) -> None:
    links = set()
    for raw in lived.sent():
        html = Seen(parts(parsed(raw))[1])
        assert html.tags <= ELEMENTS
        assert html.attributes <= ATTRIBUTES
        links |= set(html.links)

    assert {re.sub(r"[a-z]{3}-[a-z]{4}-[a-z]{3}$", "*", link) for link in links} == {
        "https://meet.google.com/*",
        "https://evil.example/i",  # of an image in the organizer's own wording, which is no image here
    }


def test_calendar_files_have_no_line_but_ours(lived: Lived) -> None:
    files = [
        part.get_payload(decode=True)
        for raw in lived.sent()
        for part in parsed(raw).walk()
        if part.get_content_type() == "text/calendar"
    ]

    assert len(files) > 30
    for content in files:
        assert isinstance(content, bytes)
        lines = content.decode().replace("\r\n ", "").split("\r\n")
        names = {re.split("[:;]", line)[0] for line in lines}
        assert names <= {
            *("BEGIN", "END", "VERSION", "PRODID", "METHOD", "UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY"),
            *("DESCRIPTION", "ORGANIZER", "LOCATION", "URL", "TZID", "TZNAME", "TZOFFSETFROM", "TZOFFSETTO"),
            *("RDATE", "RRULE", "COMMENT", ""),
        }


def test_templates_and_placeholders_in_a_value_stay_as_typed(lived: Lived) -> None:
    text = "".join(parts(parsed(raw))[0] for raw in lived.sent())

    for column in ("Item", "Who", "Shown under the item"):
        assert one_line(hostile("Agenda", column))[:79] in text


def test_each_column_comes_out_where_it_should_and_nowhere_else(lived: Lived) -> None:
    mails = "".join(
        str(message["To"]) + str(message["Subject"]) + parts(message)[0]
        for message in map(parsed, lived.sent())
    )
    events = str([one["body"] for one in writes(lived, "calendar.")])
    reached = {"mails": mails, "events": events, "ledger": str(lived.files)}
    found = {place: {column for column in TYPED if mark(*column) in text} for place, text in reached.items()}

    agenda = {("Agenda", "Item"), ("Agenda", "Who"), ("Agenda", "Shown under the item")}
    plan = {("Roasts", "Plan title"), ("Roasts", "In one sentence"), ("Roasts", "Question for the group")}
    names = {("Members", "Name"), ("Requests", "Name")}
    emails = {("Emails", "Subject"), ("Emails", "Text")}
    reason, settings = {("Roasts", "No meeting because")}, {("Settings", "Value")}
    assert found == {
        "mails": agenda | plan | names | emails | reason | settings,
        "events": plan | settings | {("Members", "Name")},
        "ledger": names | reason,
    }


def test_events_hold_no_markup(lived: Lived) -> None:
    events = [one["body"]["description"] for one in writes(lived, "calendar.") if one["body"]]

    assert len(events) >= 3
    assert [Seen(description).tags for description in events] == [set()] * len(events)


def test_guest_list_is_hidden_on_every_event(lived: Lived) -> None:
    events = [one["body"] for one in writes(lived, "calendar.") if (one["body"] or {}).get("attendees")]

    assert len(events) >= 2
    for event in events:
        assert (event["guestsCanSeeOtherGuests"], event["guestsCanInviteOthers"]) == (False, False)


def parts_of(one: dict[str, Any]) -> Iterator[tuple[str, object]]:
    """What a request carried, part by part; a mail's headers by name, a write's cells by tab."""
    body = one.get("body") or {}
    if "raw" in body.get("message", {}):
        message = parsed(base64.urlsafe_b64decode(body["message"]["raw"]))
        yield from message.items()
        yield "content", parts(message)
    elif one["api_method"].endswith("values.batchUpdate"):
        yield from ((block["range"].partition("!")[0], block["values"]) for block in body["data"])
    elif one["api_method"].endswith("values.append"):
        yield one["path"].split("%27")[1], body
    else:
        yield from body.items()


def test_requests_carry_addresses_where_google_needs_them_and_nowhere_else(lived: Lived) -> None:
    found = {
        f"{one['api_method']} {name}"
        for one in lived.requests
        for name, value in parts_of(one)
        if people_in(value)
    }

    assert people_in(*(one["path"] for one in lived.requests)) == set()
    assert found == {
        "calendar.events.insert attendees",
        "gmail.users.drafts.send To",
        "sheets.spreadsheets.values.append Members",
        "sheets.spreadsheets.values.batchUpdate Today",
        "sheets.spreadsheets.values.batchUpdate People",
        "sheets.spreadsheets.values.batchUpdate Problems",
        "sheets.spreadsheets.values.batchUpdate Checks",
    }


def test_addresses_stand_in_these_tabs_alone(lived: Lived) -> None:
    found = {
        title for title, rows in lived.tabs.items() if people_in(*(cell for row in rows for cell in row))
    }

    assert found & set(ORGANIZER_TABS) == {"Members", "Requests", "Roasts"}
    assert found - set(ORGANIZER_TABS) == {"Today", "People", "Problems", "Checks"}


def test_ledger_log_and_troubles_hold_no_address(lived: Lived) -> None:
    bytes_of = {name: content.decode("latin-1") for name, content in lived.files.items()}

    assert {name.partition("-2")[0] for name in bytes_of} == {
        *("ledger.db", "ledger.db-wal", "ledger.db-shm", "ledger.db.lock", "ledger")
    }
    assert len(bytes_of["ledger.db-wal"]) > 100_000
    assert {name for name, content in bytes_of.items() if people_in(content)} == set()
    assert people_in(lived.logged, *lived.troubles) == set()


def test_verbs_name_no_address_but_of_what_cannot_be_read(lived: Lived) -> None:
    said = {arguments for arguments, text in lived.said.items() if people_in(text)}

    assert len(lived.said) == 10
    assert said == {"check", "check --json"}
    assert people_in(lived.said["check --json"]) == {"amara.oduya@example.org", "fq@gmial.com"}


def test_verbs_send_a_terminal_nothing_but_text(lived: Lived) -> None:
    assert re.findall(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", "".join(lived.said.values())) == []


def test_files_that_hold_a_secret_or_the_ledger_are_their_owners_alone(lived: Lived) -> None:
    assert {name.partition("-2")[0] for name in lived.modes} >= {
        *("ledger.db", "ledger.db.lock", "ledger", "token.json", "client_secret.json", "discord_token")
    }
    assert set(lived.modes.values()) == {"0o600"}
