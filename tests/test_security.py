"""What is typed stays text, and addresses stay where they belong: a month of the sample community, searched.

docs/security.md says the same in words.
"""

from __future__ import annotations

import base64
import email
import email.policy
import json
import re
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path
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
from tests.said import VERBS

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


def people_in(*texts: object, organizer: bool = False) -> set[str]:
    """The sample community's addresses that stand in texts, however they are spelled there.

    organizer: look for the organizer's alone instead, which belongs in more places.
    """
    text = "\n".join(map(str, texts)).lower().replace("%40", "@")
    wanted = {ORGANIZER} if organizer else PEOPLE
    return {address for address in wanted if address in text} if "@" in text else set()


def addresses_in(*texts: object) -> set[str]:
    """Everybody's addresses in texts, the organizer's included."""
    return people_in(*texts) | people_in(*texts, organizer=True)


def calendar_files(message: EmailMessage) -> list[str]:
    """The .ics files of a mail."""
    found = [part for part in message.walk() if part.get_content_type() == "text/calendar"]
    return [str(part.get_payload(decode=True), "utf-8") for part in found]  # type: ignore[arg-type]  # bytes


def writes(lived: Lived, api: str) -> list[dict[str, Any]]:
    """The requests of an API that may have changed something."""
    return [one for one in lived.requests if one["api_method"].startswith(api) and one["method"] != "GET"]


def test_page_on_security_names_tests_that_are_there() -> None:
    tests = Path(__file__).parent
    page = tests.parent.joinpath("docs", "security.md").read_text(encoding="utf-8")
    section = page.partition("## What is defended")[2].partition("\n## ")[0]
    rows = [line for line in section.splitlines() if line.startswith("| ")][1:]
    named = [re.findall(r"`([\w/]+)`", row.rsplit("|", 2)[1]) for row in rows]

    assert len(rows) >= 18
    assert [row for row, found in zip(rows, named, strict=True) if not found] == []
    assert [name for found in named for name in found if not (tests / f"{name}.py").exists()] == []


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
    files = [text for raw in lived.sent() for text in calendar_files(parsed(raw))]

    assert len(files) > 30
    for text in files:
        lines = text.replace("\r\n ", "").split("\r\n")
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
        yield from (("calendar file", text) for text in calendar_files(message))
    elif one["api_method"].endswith("values.batchUpdate"):
        yield from ((block["range"].partition("!")[0], block["values"]) for block in body["data"])
    elif one["api_method"].endswith("values.append"):
        yield one["path"].split("%27")[1], body
    else:
        yield from body.items()


def test_requests_carry_addresses_where_google_needs_them_and_nowhere_else(lived: Lived) -> None:
    asked = [
        (f"{one['api_method']} {name}", value) for one in lived.requests for name, value in parts_of(one)
    ]

    assert addresses_in(*(one["path"] for one in lived.requests)) == set()
    assert {place for place, value in asked if people_in(value)} == {
        "calendar.events.insert attendees",
        "gmail.users.drafts.send To",
        "sheets.spreadsheets.values.append Members",
        "sheets.spreadsheets.values.batchUpdate Today",
        "sheets.spreadsheets.values.batchUpdate People",
        "sheets.spreadsheets.values.batchUpdate Problems",
        "sheets.spreadsheets.values.batchUpdate Checks",
    }
    assert {place for place, value in asked if people_in(value, organizer=True)} == {
        *(f"gmail.users.drafts.create {name}" for name in ("From", "Reply-To", "List-Unsubscribe")),
        *(f"gmail.users.drafts.send {name}" for name in ("From", "Reply-To", "List-Unsubscribe", "To")),
        *(f"gmail.users.drafts.{verb} calendar file" for verb in ("create", "send")),
        "calendar.events.insert description",
        *(f"calendar.events.update {name}" for name in ("creator", "organizer")),
    }


def test_addresses_stand_in_these_tabs_alone(lived: Lived) -> None:
    cells = {title: [cell for row in rows for cell in row] for title, rows in lived.tabs.items()}
    found = {title for title, typed in cells.items() if people_in(*typed)}

    assert found & set(ORGANIZER_TABS) == {"Members", "Requests", "Roasts"}
    assert found - set(ORGANIZER_TABS) == {"Today", "People", "Problems", "Checks"}
    assert {title for title, typed in cells.items() if people_in(*typed, organizer=True)} == {"Settings"}


def test_ledger_its_journal_and_its_copies_hold_no_address_at_any_time(lived: Lived) -> None:
    filled = {name: content.decode("latin-1") for name, content in lived.files.items() if content}

    assert {name.partition(" ")[0] for name in filled} == {
        *("ledger.db", "ledger.db-wal", "ledger.db-shm"),
        *("ledger-2026-11-12.db", "ledger-2026-11-19.db", "ledger-2026-11-20.db"),
    }
    assert sum(len(content) for name, content in filled.items() if "-wal" in name) > 500_000
    assert {name for name, content in filled.items() if addresses_in(content)} == set()


def test_troubles_hold_no_address(lived: Lived) -> None:
    assert lived.troubles == ("calendar.events.update: Invalid To header: Ann <[address]> (403)",)
    assert addresses_in(*lived.troubles) == set()


def test_log_of_serve_holds_no_address(lived: Lived) -> None:
    lines = lived.logged.splitlines()

    assert [line.partition(";")[0] for line in lines if " third-thursday " in line] == [
        "WARNING third-thursday sheets.spreadsheets.values.batchGet: Not for [address] (403)",
        "ERROR third-thursday a fault of this program (KeyError)",
        "INFO third-thursday done 0, stopped 0, troubles 0, next not in view",
    ]
    finest = {line.split()[1].partition(".")[0] for line in lines if line.startswith("DEBUG ")}
    assert finest >= {"filelock", "markdown_it"}  # `serve` keeps apscheduler quiet, for the whole process
    assert addresses_in(lived.logged) == set()


def test_failures_log_holds_no_address(lived: Lived) -> None:
    assert lived.failures.count("Traceback (most recent call last):") == 4
    assert lived.failures.count("KeyError: ('Ann <[address]>', {'[address]': ['[address]']})") == 2
    assert lived.failures.count("ConnectionError: [address]: refused") == 2
    assert addresses_in(lived.failures) == set()


def test_verbs_name_no_address_but_of_what_cannot_be_read(lived: Lived) -> None:
    whens = ("held", "agenda due", "refused", "at rest")
    asked = {f"{when}: {' '.join(arguments)}" for when in whens for arguments in VERBS}
    checks = {f"{when}: check{json}" for when in whens if when != "refused" for json in ("", " --json")}
    typed = json.loads(lived.said["held: check --json"])

    assert asked <= set(lived.said)
    assert min(map(len, lived.said.values())) > 20
    assert {when for when, text in lived.said.items() if addresses_in(text)} == checks
    assert addresses_in(typed) == {"amara.oduya@example.org", "fq@gmial.com"}


def test_what_the_verbs_tell_of_a_failure_names_nobody(lived: Lived) -> None:
    refusal = "sheets.spreadsheets.values.batchGet: Not for [address] (403).\n"
    (released,) = (text for when, text in lived.said.items() if when.startswith("released"))
    troubles = [
        "gmail.users.drafts.create: Invalid To header: Ann <[address]> (400)",
        "gmail.users.drafts.send: Invalid To header: Ann <[address]> (400)",
    ]

    assert {text for when, text in lived.said.items() if when.startswith("refused")} == {refusal}
    assert set(troubles) <= set(json.loads(released)["troubles"])
    for trouble in troubles:
        assert f"Did not work this time: {trouble}\n" in lived.said["agenda due: run"]


def test_preview_names_the_organizer_alone(lived: Lived) -> None:
    assert sorted(lived.previews) == ["agenda.eml", "agenda.html", "agenda.txt"]
    assert people_in(*lived.previews.values()) == set()
    assert {name for name, text in lived.previews.items() if people_in(text, organizer=True)} == {
        "agenda.eml"
    }


def test_verbs_send_a_terminal_nothing_but_text(lived: Lived) -> None:
    assert re.findall(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", "".join(lived.said.values())) == []


def test_files_that_hold_a_secret_or_the_ledger_are_their_owners_alone(lived: Lived) -> None:
    assert {name.partition("-2")[0] for name in lived.modes} >= {
        *("ledger.db", "ledger.db.lock", "ledger"),
        *("token.json", "client_secret.json", "discord_token", "failures.log"),
    }
    assert set(lived.modes.values()) == {"0o600"}
