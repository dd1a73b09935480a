"""`init`: a new spreadsheet, or what one lacks, and its id in the configuration."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from commands.configuration import read
from sheets_schema.sheet import TABS
from tests.commands.conftest import Command

Control = Callable[..., Any]


def test_init_makes_the_sheet_and_notes_its_id(
    command: Command, running: object, configuration: Path
) -> None:
    outcome = command("init", "--title", "Roasters", "--time-zone", "Berlin")

    spreadsheet = read(configuration, configuration.parent).spreadsheet
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.splitlines()[0] == "Made the spreadsheet “Roasters”."
    assert spreadsheet
    assert configuration.read_text().startswith("# Made by the local workspace")


def test_init_twice_makes_no_second_sheet(
    command: Command, spreadsheet: str, configuration: Path, control: Control
) -> None:
    control("DELETE", "requests")

    outcome = command("init")

    assert (outcome.code, outcome.out) == (2, "")
    assert f"`init --spreadsheet {spreadsheet}`" in outcome.err
    assert control("GET", "requests")["requests"] == []


def test_init_existing_whole_sheet_changes_nothing(
    command: Command, spreadsheet: str, control: Control
) -> None:
    control("DELETE", "requests")

    outcome = command("init", "--spreadsheet", spreadsheet)

    writes = [entry for entry in control("GET", "requests")["requests"] if entry["method"] != "GET"]
    assert outcome.code == 0
    assert outcome.out.splitlines()[0] == "Nothing was missing."
    assert [entry["path"] for entry in writes] == []


def test_init_existing_sheet_gets_the_missing_tab_back(
    command: Command, spreadsheet: str, control: Control
) -> None:
    control("POST", f"sheets/{spreadsheet}/tabs/delete", {"tab": "Needs"})
    address = f"https://docs.google.com/spreadsheets/d/{spreadsheet}/edit#gid=0"

    outcome, afterwards = command("init", "--spreadsheet", address), command("check")

    assert outcome.code == 0
    assert outcome.out.splitlines()[0] == "Added what was missing: tabs 1, columns 0, rows 0."
    assert (afterwards.code, afterwards.out) == (0, "No problems.\n")


def test_init_existing_sheet_gets_the_missing_setting_back(
    command: Command, spreadsheet: str, control: Control
) -> None:
    control("POST", f"sheets/{spreadsheet}/rows/delete", {"tab": "Settings", "from": 13})

    before, outcome, afterwards = (
        command("check"),
        command("init", "--spreadsheet", spreadsheet),
        command("check"),
    )

    assert "The setting Wait after my last change is missing." in before.out
    assert outcome.out.splitlines()[0] == (
        "Added what was missing: tabs 0, columns 0, rows 1."
        " Look the new rows over: they say what a new sheet says."
    )
    assert (afterwards.code, afterwards.out) == (0, "No problems.\n")


def test_init_foreign_sheet_says_which_permission_it_needs(
    command: Command, running: object, configuration: Path
) -> None:
    outcome = command("init", "--spreadsheet", "nobody-has-this-one")

    assert (outcome.code, outcome.out) == (1, "")
    assert "needs `main.py login --existing-sheet`" in outcome.err
    assert read(configuration, configuration.parent).spreadsheet == ""


def test_init_unknown_zone_is_refused_before_anything_is_made(
    command: Command, running: object, control: Control
) -> None:
    outcome = command("init", "--time-zone", "EST")

    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.startswith('--time-zone: "EST" is not a time zone we know')
    assert control("GET", "requests")["requests"] == []


def test_every_tab_is_there_after_init(command: Command, spreadsheet: str, control: Control) -> None:
    control("DELETE", "requests")

    command("check")

    reads = [entry["path"] for entry in control("GET", "requests")["requests"] if "batchGet" in entry["path"]]
    assert len(reads) == 1
    assert reads[0].count("ranges=") == len(TABS)


def test_init_whose_spreadsheet_was_made_without_an_answer_can_be_run_again(
    command: Command, running: object, configuration: Path, control: Control
) -> None:
    control("POST", "faults", {"fault": "closeAfter", "method": "drive.files.create"})

    lost = command("init")
    again = command("init")

    assert (lost.code, lost.out) == (4, "")
    assert lost.err == "drive.files.create: the connection was lost before an answer came.\n"
    assert again.code == 0
    assert command("check").code in {0, 1}


def test_init_that_could_not_fill_its_spreadsheet_completes_it_the_next_time(
    command: Command, running: object, configuration: Path, control: Control
) -> None:
    control("POST", "faults", {"fault": "503", "method": "sheets.spreadsheets.batchUpdate"})

    empty = command("init")
    spreadsheet = read(configuration, configuration.parent).spreadsheet
    refused = command("init")
    completed = command("init", "--spreadsheet", str(spreadsheet))

    assert (empty.code, refused.code, completed.code) == (4, 2, 0)
    assert f"`init --spreadsheet {spreadsheet}`" in refused.err
    assert command("init", "--spreadsheet", str(spreadsheet)).out.splitlines()[0] == "Nothing was missing."
