"""The verbs that read and act, as typed, against a local workspace."""

from __future__ import annotations

import re
import socket
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from commands.app import run
from commands.surroundings import Surroundings
from tests.commands.conftest import Command

Type = Callable[..., None]
Set = Callable[[str, str], None]


def _member(type_cell: Type, row: int, name: str, address: str, zone: str = "") -> None:
    for column, value in zip("BCD", (name, address, zone), strict=True):
        type_cell("Members", f"{column}{row}", value)


def test_check_clean_sheet_is_fine(command: Command, spreadsheet: str) -> None:
    outcome = command("check")

    assert (outcome.code, outcome.out, outcome.err) == (0, "No problems.\n", "")


def test_check_names_the_cell_and_exits_1(command: Command, type_cell: Type) -> None:
    _member(type_cell, 2, "Ann Bell", "ann at example.org")

    outcome = command("check")

    assert outcome.code == 1
    assert "Members, row 2, Email" in outcome.out
    assert "ann at example.org" in outcome.out
    assert outcome.out.endswith("1 problem.\n")


def test_check_json_has_the_cell(command: Command, type_cell: Type) -> None:
    _member(type_cell, 2, "Ann Bell", "ann at example.org")

    outcome = command("check", "--json")

    (problem,) = outcome.json()["problems"]
    assert outcome.code == 1
    assert (problem["tab"], problem["row"], problem["column"]) == ("Members", 2, "Email")
    assert problem["value"] == "ann at example.org"


def test_check_before_init_says_what_to_do(command: Command, running: object) -> None:
    outcome = command("check")

    assert (outcome.code, outcome.err) == (2, "There is no spreadsheet yet: run `main.py init` first.\n")


def test_plan_says_what_would_go_and_changes_nothing(
    command: Command, type_cell: Type, control: Callable[..., dict[str, list[dict[str, str]]]]
) -> None:
    _member(type_cell, 2, "Ann Bell", "ann@example.org")
    control("DELETE", "requests")

    outcome = command("plan")

    assert outcome.code == 0
    assert "Mode: show only" in outcome.out
    assert "Calendar event with invitations" in outcome.out
    writes = [entry for entry in control("GET", "requests")["requests"] if entry["method"] != "GET"]
    assert [entry["path"] for entry in writes] in ([], ["/token"])


def test_plan_at_an_instant_plays_it(command: Command, spreadsheet: str) -> None:
    outcome = command("plan", "--at", "2027-02-01T09:00+01:00", "--json")

    assert outcome.code == 0
    assert outcome.json()["now"] == "2027-02-01T08:00:00+00:00"


@pytest.mark.parametrize("verb", ["plan", "run", "status", "dates"])
def test_at_is_refused_where_google_could_be_reached(
    command: Command, configuration: Path, running: object, verb: str
) -> None:
    text = configuration.read_text()
    there = text.replace('gmail = "http://127.0.0.1', 'gmail = "https://gmail.googleapis.com')
    configuration.write_text(there)

    outcome = command(verb, "--at", "2026-12-01T09:00Z")

    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err == "--at plays with time, so it works on a local workspace only.\n"


@pytest.mark.parametrize("typed", ["soon", "2026-12-01T09:00"])
def test_at_without_an_offset_is_refused(command: Command, spreadsheet: str, typed: str) -> None:
    outcome = command("plan", "--at", typed)

    assert outcome.code == 2
    assert outcome.err.startswith(f"--at {typed} is not an instant")


def test_run_stopped_says_the_code_and_allow_lets_go(command: Command, type_cell: Type, set_to: Set) -> None:
    _member(type_cell, 2, "Ann Bell", "ann@example.org")
    set_to("Mode", "live")
    set_to("Wait after my last change", "0")

    stopped = command("run", "--json")
    code = stopped.json()["stopped"][0]["code"]
    released = command("run", "--allow", code, "--json")
    again = command("run")

    assert stopped.code == 1
    assert [done["kind"] for done in stopped.json()["done"]] == ["organizer.alert"]
    assert released.code == 0
    assert ("event", "done") in [(done["kind"], done["result"]) for done in released.json()["done"]]
    assert (again.code, again.out.splitlines()[0]) == (0, "Nothing to do.")


def test_status_lists_what_was_done_and_the_mails(command: Command, type_cell: Type, set_to: Set) -> None:
    _member(type_cell, 2, "Ann Bell", "ann@example.org")
    set_to("Mode", "live")
    set_to("Wait after my last change", "0")
    code = command("run", "--json").json()["stopped"][0]["code"]
    command("run", "--allow", code)

    outcome, structured = command("status"), command("status", "--json", "--last", "1")

    assert outcome.code == 0
    assert "Calendar event with invitations" in outcome.out
    assert outcome.out.endswith("of 400.\n")
    assert len(structured.json()["done"]) == 1
    assert structured.json()["mails"]["per_day"] == 400


def test_run_allow_with_a_code_that_fits_nothing_says_so(command: Command, spreadsheet: str) -> None:
    outcome = command("run", "--allow", "maple 1234")

    assert outcome.code == 1
    assert outcome.err.startswith("Nothing is stopped under the code maple 1234;")


def test_plan_and_status_say_what_is_stopped_and_how_to_let_it_go(
    command: Command, type_cell: Type, set_to: Set
) -> None:
    _member(type_cell, 2, "Ann Bell", "ann@example.org")
    set_to("Mode", "live")
    set_to("Wait after my last change", "0")

    ran, planned, looked = command("run"), command("plan"), command("status")

    code = re.findall(r"main\.py run --allow '(\w+ \d+)'", ran.out)[0]
    assert [outcome.code for outcome in (ran, planned, looked)] == [1, 1, 1]
    assert f"stopped, waiting for you ({code})" in planned.out
    for outcome in (planned, looked):
        assert f"\nTo let it go: main.py run --allow '{code}'\n" in outcome.out


def test_dates_without_settings_says_where_to_look(command: Command, set_to: Set) -> None:
    set_to("Time zone", "nowhere")

    outcome = command("dates")

    assert outcome.code == 0
    assert outcome.out.startswith("No dates: the tab Settings does not say")


def test_run_problems_are_counted(command: Command, type_cell: Type) -> None:
    _member(type_cell, 2, "Ann Bell", "ann at example.org")

    outcome = command("run")

    assert outcome.code == 0
    assert outcome.out.endswith("Problems in the sheet: 1; `main.py check` names the cells.\n")


def test_dates_show_the_communitys_clock_and_the_members(command: Command, type_cell: Type) -> None:
    _member(type_cell, 2, "Ann Bell", "ann@example.org", "America/New_York")
    _member(type_cell, 3, "Kim Tran", "kim@example.org", "Australia/Sydney")
    _member(type_cell, 4, "Bo Reed", "bo@example.org", "Australia/Sydney")

    outcome, structured = command("dates", "--months", "2"), command("dates", "--months", "2", "--json")

    assert outcome.code == 0
    assert [" ".join(line.split()) for line in outcome.out.splitlines()] == [
        "Month Berlin Sydney New York Host",
        "2026-12 Thu 17 Dec 2026 12:00 Thu 17 Dec 2026 22:00 Thu 17 Dec 2026 06:00",
        "2027-01 Thu 21 Jan 2027 12:00 Thu 21 Jan 2027 22:00 Thu 21 Jan 2027 06:00",
    ]
    assert structured.json()["zones"] == ["Europe/Berlin", "Australia/Sydney", "America/New_York"]
    assert [meeting["start"] for meeting in structured.json()["meetings"]] == [
        "2026-12-17T11:00:00+00:00",
        "2027-01-21T11:00:00+00:00",
    ]


def test_config_may_stand_before_and_after_the_verb(
    command: Command, spreadsheet: str, configuration: Path, tmp_path: Path
) -> None:
    moved = configuration.rename(configuration.with_name("mine.toml"))

    outcomes = [command("--config", str(moved), "check"), command("check", "--config", str(moved))]

    assert [outcome.code for outcome in outcomes] == [0, 0]


def test_sign_in_lost_is_code_3(command: Command, spreadsheet: str, control: Callable[..., object]) -> None:
    control("POST", "tokens/expire")
    control("POST", "tokens/revoke")

    outcome = command("run")

    assert (outcome.code, outcome.out) == (3, "")
    assert outcome.err == "Google no longer accepts our sign-in: run `main.py login` again.\n"


def test_nobody_there_is_code_4(command: Command, spreadsheet: str, configuration: Path) -> None:
    with socket.socket() as taken:  # bound, but nobody listens
        taken.bind(("127.0.0.1", 0))
        nobody = f'sheets = "http://127.0.0.1:{taken.getsockname()[1]}"'
        configuration.write_text(re.sub(r'sheets = ".*"', nobody, configuration.read_text()))

        outcome = command("check")

    assert (outcome.code, outcome.out) == (4, "")
    assert (
        outcome.err
        == "sheets.spreadsheets.values.batchGet: no connection could be made; this machine may be offline.\n"
    )


def test_foreign_ledger_is_code_5(command: Command, spreadsheet: str, configuration: Path) -> None:
    command("run")
    text = configuration.read_text()
    configuration.write_text(text.replace(f'"{spreadsheet}"', '"another"'))

    outcome = command("run")

    assert (outcome.code, outcome.out) == (5, "")
    assert outcome.err.startswith("This ledger belongs to another spreadsheet or calendar.")


def test_damaged_ledger_is_one_sentence_and_code_5(
    command: Command, spreadsheet: str, surroundings: Surroundings
) -> None:
    (surroundings.folder / "ledger.db").write_bytes(b"This is no database. " * 100)

    outcome = command("run")

    assert (outcome.code, outcome.out) == (5, "")
    assert outcome.err == (
        "The ledger ledger.db cannot be read or written (file is not a database)."
        " If it is damaged, put back a copy: those of the last days lie beside it. docs/operating.md says"
        " how. Nothing goes out until then.\n"
    )


def test_interrupted_is_one_sentence_and_code_130(
    surroundings: Surroundings, spreadsheet: str, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted() -> datetime:
        raise KeyboardInterrupt

    code = run(["check"], replace(surroundings, clock=interrupted))

    assert (code, capsys.readouterr().err) == (
        130,
        "Interrupted; what was done is in the ledger, and the next run goes on from there.\n",
    )


def test_version_is_the_projects(command: Command) -> None:
    assert command("--version").out == "third-thursday 1.2.3\n"


def test_unforeseen_error_is_code_6_and_stays_private(command: Command, surroundings: Surroundings) -> None:
    log = surroundings.data / "failures.log"

    outcome = command(
        "plan"
    )  # no configuration, and the program that the embedded workspace needs is missing

    assert (outcome.code, outcome.out) == (6, "")
    assert outcome.err == (
        f"This is a fault of the program itself (FileNotFoundError); the traceback is in {log}.\n"
    )
    assert "FileNotFoundError" in log.read_text()
