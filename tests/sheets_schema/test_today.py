"""Today's own formulas: they tell that the service has stopped, and need no service for it."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from reports.words import serial
from sheets_schema.today import STATUS_FORMULA, STOPPED_FORMULA
from tests.month import Month


def computed(month: Month, formula: str) -> object:
    """What a formula shows now, in a cell beside; the local workspace's formulas know no clock."""
    now = str(serial(month.now, ZoneInfo("Europe/Berlin")))
    path = f"{month.base}/v4/spreadsheets/{month.id}/values/Today!C300"
    asked = {
        "valueInputOption": "USER_ENTERED",
        "includeValuesInResponse": "true",
        "responseValueRenderOption": "UNFORMATTED_VALUE",
    }
    body = {"values": [[formula.replace("NOW()", now)]]}
    with month.by_hand():
        shown = month.transport.session.put(path, params=asked, json=body, timeout=30).json()
    return shown["updatedData"]["values"][0][0]


def test_spreadsheet_is_built_with_the_status_beside_the_time_of_the_last_look(month: Month) -> None:
    month.tick()

    path = f"{month.base}/v4/spreadsheets/{month.id}/values/Today!A2:C2"
    shown = month.transport.session.get(path, params={"valueRenderOption": "FORMULA"}, timeout=30)

    label, looked, status = shown.json()["values"][0]
    assert (label, status) == ("Last looked", STATUS_FORMULA)
    assert looked == pytest.approx(46338.375)  # 2026-11-12 09:00 on the community's clock


@pytest.mark.parametrize(
    ("hours", "status", "red"),
    [
        (0, "Running.", False),
        (35, "Running.", False),
        (37, "Stopped since then: is the machine on that runs the service?", True),
        (-37, "Stopped since then: is the machine on that runs the service?", True),  # a clock that was ahead
    ],
)
def test_status_turns_red_when_nobody_looks(month: Month, hours: int, status: str, red: bool) -> None:
    month.tick()
    month.wait(hours=hours)

    assert (computed(month, STATUS_FORMULA), computed(month, STOPPED_FORMULA)) == (status, red)


def test_status_of_a_new_sheet_is_not_red(month: Month) -> None:
    assert computed(month, STATUS_FORMULA) == "Has not looked yet."
    assert computed(month, STOPPED_FORMULA) is False


def test_service_that_looks_once_a_day_is_running(month: Month) -> None:
    for _ in range(3):
        month.wait(hours=24)
        assert computed(month, STOPPED_FORMULA) is False
        month.tick()
