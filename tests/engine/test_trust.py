"""A machine whose clock is wrong does nothing, says so, and goes on when the clock is right again."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.automations.hands import IDLE, today
from tests.month import Month


@pytest.fixture
def agenda_due(live: Month) -> Month:
    """Ann's agenda of November is due this very moment."""
    live.add_members("Ann")
    live.tick()
    live.go_to("2026-11-12T17:00:00+01:00")
    return live


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (timedelta(days=400), "400 days ahead of Google's"),
        (timedelta(days=1), "24 hours ahead of Google's"),
        (timedelta(hours=-1), "60 minutes behind Google's"),
    ],
    ids=["400 days ahead", "a day ahead", "an hour behind"],
)
def test_wrong_clock_stops_everything_until_it_is_right(
    agenda_due: Month, error: timedelta, said: str
) -> None:
    right = agenda_due.now
    agenda_due.now = right + error
    agenda_due.forget_requests()

    tick = agenda_due.tick()

    way_out = "Set its date and time right; until then nothing is sent or changed."
    sentence = f"The clock of this machine is {said}. {way_out}"
    assert tick.plan.stop == sentence
    assert agenda_due.asked() == [*IDLE, "sheets.spreadsheets.values.batchUpdate"]
    assert f"Everything is stopped | {sentence}" in today(agenda_due)

    agenda_due.now = right
    agenda_due.tick()

    assert [mail.to for mail in agenda_due.mails()] == ["ann@example.org"]
    assert "Everything is stopped" not in today(agenda_due)


def test_clock_that_is_a_little_off_stops_nothing(agenda_due: Month) -> None:
    agenda_due.now += timedelta(minutes=10)

    agenda_due.tick()

    assert [mail.to for mail in agenda_due.mails()] == ["ann@example.org"]
