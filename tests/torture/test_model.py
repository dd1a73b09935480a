"""The walks' section of the page, and what one tick may do to people."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from tests.engine.model import Typed
from tests.engine.outside import Appointment, Outside, Written, answers_lost, too_much
from tests.engine.owed import Past, owed
from torture.model import cells, report

NOW = datetime.fromisoformat("2026-11-12T09:00:00+01:00")
START = NOW + timedelta(hours=30)
SIX = dict.fromkeys("abcdef", "accepted")
TYPED = Typed(NOW, {}, [], {}, {})
BEFORE = Outside({"2026-11.g0": Appointment("e", START, SIX)}, mails={"a": 12})
SETTINGS = {"Time zone": "Europe/Berlin", "Starts at": "17:00"}
LATER = {"Time zone": "Europe/Berlin", "Starts at": "18:00"}
AT_FIVE = datetime.fromisoformat("2026-11-19T17:00:00+01:00")


def test_cells_are_named_by_walk_and_seed() -> None:
    assert cells(7)[:2] == ["walk 1 of seed 7", "walk 2 of seed 7"]
    assert len(set(cells(7))) == 24


def test_report_adds_up() -> None:
    one = {"scripts": 8, "steps": 150, "ticks": 1_000, "mails": 40, "rests": 8, "blow: a death": 3}
    other = {"scripts": 8, "steps": 152, "ticks": 900, "mails": 50, "rests": 7, "owed: agenda": 2}

    page = report({"walk 1 of seed 1": one, "walk 2 of seed 1": other}).splitlines()

    assert page[0] == (
        "16 scripts of up to 20 steps: 302 steps, 1,900 ticks, 90 mails and notices looked at;"
        " all compared at rest 15 times."
    )
    assert page[4] == "| a death | 3 |"
    assert page[8] == "| agenda | 2 |"


def test_too_much_of_nothing() -> None:
    assert too_much(BEFORE, BEFORE, TYPED) == []


def test_too_much_is_what_the_gate_stops() -> None:
    moved = Appointment("e", NOW + timedelta(hours=23), {"a": "accepted", "b": "accepted"})
    after = Outside({"2026-11.g0": moved}, SIX.keys(), {"a": 13})

    found = too_much(BEFORE, after, TYPED)

    assert found == [
        "4 of 6 guests of 2026-11.g0 were taken off",
        "2026-11.g0 was moved at short notice",
        "6 people heard of us for the first time",
        "a got more than 12 mails this month",
    ]


def test_too_much_leaves_out_what_a_code_let_go() -> None:
    moved = Appointment("e", NOW + timedelta(hours=23), {"a": "accepted", "b": "accepted"})
    after = Outside({"2026-11.g0": moved}, SIX.keys(), {"a": 13})

    found = too_much(BEFORE, after, TYPED, freed={"2026-11.g0/guest/c", "2026-11.g0/agenda/a"})

    assert found == ["2026-11.g0 was moved at short notice"]


def test_too_much_is_a_move_by_settings_alone() -> None:
    written = {"2026-11.g0": Written(AT_FIVE, SETTINGS)}
    before = Outside({"2026-11.g0": Appointment("e", AT_FIVE, {})})
    after = Outside({"2026-11.g0": Appointment("e", AT_FIVE + timedelta(hours=1), {})})
    by_settings = replace(TYPED, settings=LATER)
    by_row = replace(by_settings, roasts={"2026-11": {"Other start": "18:00"}})

    assert too_much(before, after, by_settings, written) == ["2026-11.g0 was moved by Settings"]
    assert too_much(before, after, by_row, written) == []
    assert too_much(before, after, by_settings, written, {"2026-11.g0/time"}) == []


def test_answer_is_lost_of_a_guest_who_stays() -> None:
    after = Outside({"2026-11.g0": Appointment("e", START, {"a": "needsAction", "b": "accepted"})})

    assert answers_lost(BEFORE, after) == ["2026-11.g0: a said accepted, and needsAction stands there"]


def test_fewer_mails_lower_what_the_row_says_until_an_approval() -> None:
    fewer = {"Name": "Ann", "Received": "1", "Wants": "fewer mails"}
    again = {**fewer, "Received": "2"}
    refused = {**fewer, "Received": "3", "Decision": "decline"}
    approved = {"Name": "Ann", "Received": "4", "Wants": "both", "Decision": "approve"}
    typed = replace(TYPED, members={"Ann": {"Name": "Ann"}}, settings=SETTINGS)

    assert replace(typed, requests=[fewer, refused]).standing("Ann") == ("active", "invitation and agenda")
    assert replace(typed, requests=[fewer, refused]).forbids("reminder", "Ann") != ""
    assert replace(typed, requests=[again, fewer]).standing("Ann") == ("active", "invitation only")
    assert replace(typed, requests=[fewer, again, approved]).standing("Ann") == ("active", "everything")


def test_welcome_excuses_from_agenda_and_reminder_within_36_hours_only() -> None:
    settings = {**SETTINGS, "Months ahead": "1", "Agenda needs my yes": "no", "Mode": "live"}
    rows = {"2026-11": {"Month": "2026-11"}}
    typed = Typed(NOW, {"Ann": {"Name": "Ann"}}, [], rows, settings)
    outside = Outside({"2026-11.g0": Appointment("e", AT_FIVE, {"ann@example.org": "needsAction"})})
    live_from = NOW - timedelta(days=60)
    long_ago = Past(live_from, {"Ann": AT_FIVE - timedelta(hours=37)}, {"Ann": 1}, {})
    close = Past(live_from, {"Ann": AT_FIVE - timedelta(hours=36)}, {"Ann": 1}, {})

    assert [(one.kind, one.name, one.due) for one in owed(typed, outside, long_ago)] == [
        ("agenda", "Ann", AT_FIVE - timedelta(days=7)),
        ("reminder", "Ann", AT_FIVE - timedelta(days=1)),
    ]
    assert list(owed(typed, outside, close)) == []
