"""What the demo calls a fault at its end."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from commands.demo_checks import IDLE, mail_faults, repetition_faults, write_faults
from community.ledger import Entry, Phase
from mails.headers import KEY_HEADER, key_header

NOON = datetime(2026, 12, 10, 12, tzinfo=UTC)
AGENDA = Entry("2026-12.g0/agenda/1", "agenda", Phase.SENT, NOON, meeting="2026-12.g0", who="Ann")


def mail(key: str) -> dict[str, Any]:
    """A mail of the service in a mailbox."""
    return {"kind": "mail", "headers": {KEY_HEADER: key_header(key)}}


def wrote(method: str, *ranges: str) -> dict[str, Any]:
    """A write in the request log."""
    return {"api_method": method, "body": {"data": [{"range": where} for where in ranges]}}


def appended(where: str, how: str) -> dict[str, Any]:
    """An append in the request log."""
    return {
        "api_method": "sheets.spreadsheets.values.append",
        "params": {"range": where, "insertDataOption": how},
        "body": {"values": []},
    }


def test_mails_that_came_once_are_no_fault() -> None:
    boxes = {"ann@example.org": [mail(AGENDA.key), {"kind": "invitation", "headers": {}}]}

    assert list(mail_faults(boxes, [AGENDA], drafts=0)) == []


def test_mails_that_came_twice_are_a_fault() -> None:
    boxes = {"ann@example.org": [mail(AGENDA.key), mail(AGENDA.key)]}

    assert list(mail_faults(boxes, [AGENDA], drafts=0)) == [
        "ann@example.org got agenda for 2026-12.g0 2 times",
        "agenda to Ann was sent, and came 2 times",
    ]


def test_mails_that_nobody_planned_or_got_and_drafts_are_faults() -> None:
    boxes = {"ann@example.org": [mail("something else")]}

    assert list(mail_faults(boxes, [AGENDA], drafts=3)) == [
        "ann@example.org got a mail that the ledger does not know",
        "agenda to Ann was sent, and came 0 times",
        "3 drafts were left in Gmail",
    ]


def test_appended_rows_and_the_services_own_tabs_are_no_fault() -> None:
    writes = [
        appended("'Members'!A1", "INSERT_ROWS"),
        appended("'Log'", "OVERWRITE"),
        wrote("sheets.spreadsheets.values.batchUpdate", "'Today'!A4:C9", "Checks!A1:B2"),
        wrote("gmail.users.drafts.create"),
    ]

    assert list(write_faults(writes)) == []


def test_an_organizers_cell_and_a_change_of_the_spreadsheet_are_faults() -> None:
    writes = [
        wrote("sheets.spreadsheets.values.batchUpdate", "Today!B2", "Members!F2"),
        wrote("sheets.spreadsheets.batchUpdate"),
        appended("'Members'!A1", "OVERWRITE"),
    ]

    assert list(write_faults(writes)) == [
        "sheets.spreadsheets.values.batchUpdate wrote to Today, Members",
        "sheets.spreadsheets.batchUpdate wrote to the spreadsheet",
        "sheets.spreadsheets.values.append wrote to Members",
    ]


def test_second_runs_that_do_nothing_are_no_fault() -> None:
    assert list(repetition_faults([], IDLE, did_nothing=True)) == []


def test_second_runs_that_repeat_and_idle_ticks_that_ask_more_are_faults() -> None:
    asked = [*IDLE, "gmail.users.getProfile"]

    assert list(repetition_faults(["agenda for Ann"], asked, did_nothing=True)) == [
        "a second run repeated agenda for Ann",
        "the last tick should have made 2 requests; it made 3: sheets.spreadsheets.values.batchGet,"
        " calendar.events.list, gmail.users.getProfile",
    ]
