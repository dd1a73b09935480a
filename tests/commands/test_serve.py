"""`serve` from the inside: what ends it, what it goes on after, and what it tells."""

from __future__ import annotations

import logging
import re
import socket
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from commands.serve import Service
from commands.session import connected
from commands.surroundings import Surroundings
from engine import ledger_file
from tests.commands.conftest import Command


def test_serve_ends_when_the_sign_in_is_lost(
    command: Command, spreadsheet: str, control: Callable[..., object]
) -> None:
    control("POST", "tokens/expire")
    control("POST", "tokens/revoke")

    outcome = command("serve")

    assert outcome.code == 3
    assert outcome.err.endswith("Google no longer accepts our sign-in: run `main.py login` again.\n")


def test_tick_where_nobody_answers_is_told_and_tried_again(
    surroundings: Surroundings, spreadsheet: str, configuration: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with socket.socket() as taken:  # bound, but nobody listens
        taken.bind(("127.0.0.1", 0))
        nobody = f'sheets = "http://127.0.0.1:{taken.getsockname()[1]}"'
        configuration.write_text(re.sub(r'sheets = ".*"', nobody, configuration.read_text()))
        with connected(surroundings, writing=True) as connection:
            service = Service(surroundings, connection, Event())

            due = service.tick()

    assert (due, service.stop.is_set(), service.failure) == (None, False, None)
    assert caplog.messages == [
        "sheets.spreadsheets.values.batchGet: no connection could be made; this machine may be offline"
    ]


def test_ledger_that_another_program_writes_is_told_and_read_anew(
    surroundings: Surroundings,
    spreadsheet: str,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(ledger_file, "PATIENCE", 0)
    with connected(surroundings, writing=True) as connection:
        service = Service(surroundings, connection, Event())
        with closing(sqlite3.connect(connection.configuration.ledger, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            due = [service.tick(), service.tick()]
            other.execute("INSERT INTO meta VALUES ('logged', '7')")
            other.execute("COMMIT")

        due.append(service.tick())

    assert [when is not None for when in due] == [False, False, True]
    assert (service.stop.is_set(), service.failure) == (False, None)
    assert connection.ledger.view().logged == 7
    warned = [text.split(". ")[1] for text in caplog.messages[:2]]
    assert warned == ["Another program has it open: close that one"] * 2


def test_tick_with_a_fault_of_ours_is_told_without_its_text(
    surroundings: Surroundings, spreadsheet: str, caplog: pytest.LogCaptureFixture
) -> None:
    def broken() -> datetime:
        raise ZeroDivisionError("ann@example.org")

    with connected(surroundings, writing=True) as connection:
        service = Service(surroundings, replace(connection, clock=broken), Event())

        due = service.tick()

    log = surroundings.data / "failures.log"
    assert (due, service.stop.is_set()) == (None, False)
    assert caplog.messages == [f"a fault of this program (ZeroDivisionError); the traceback is in {log}"]


def test_tick_is_told_in_numbers(
    surroundings: Surroundings, spreadsheet: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "third-thursday")
    with connected(surroundings, writing=True) as connection:
        service = Service(surroundings, connection, Event())

        due = service.tick()

    assert due is not None
    assert caplog.messages == [f"done 0, stopped 0, troubles 0, next {due.isoformat(timespec='seconds')}"]


@pytest.mark.parametrize("damage", ["gone", "garbage", "open to others"])
def test_token_file_that_is_lost_in_mid_run_loses_nothing(
    command: Command,
    surroundings: Surroundings,
    type_cell: Callable[..., None],
    set_to: Callable[[str, str], None],
    control: Callable[..., Any],
    damage: str,
) -> None:
    token = surroundings.folder / "token.json"
    kept = token.read_bytes()
    set_to("Wait after my last change", "0")
    set_to("Mode", "only to me")
    with connected(surroundings, writing=True) as connection:
        service = Service(surroundings, connection, Event())
        service.tick()
        spoil(token, damage)
        control("POST", "tokens/expire")
        control("POST", "clock", {"advance": 120})
        type_cell("Requests", "C2", "Kim")
        type_cell("Requests", "D2", "kim@example.org")
        type_cell("Requests", "G2", "decline")

        service.tick()  # signs in anew with what it read when it started
        sent = control("GET", "mailboxes/organizer@example.org")["mails"]
    outcome = command("run")
    token.write_bytes(kept)
    token.chmod(0o600)
    again = command("run")

    assert (len(sent), service.failure) == (1, None)
    assert (outcome.code, outcome.out) == (3, "")
    assert "run `main.py login`" in outcome.err or "`main.py login` again" in outcome.err
    assert again.code == 0
    assert control("GET", "mailboxes/organizer@example.org")["mails"] == sent


def spoil(token: Path, damage: str) -> None:
    """What may happen to a token file."""
    if damage == "gone":
        token.unlink()
    elif damage == "garbage":
        token.write_text("{")
    else:
        token.chmod(0o644)
