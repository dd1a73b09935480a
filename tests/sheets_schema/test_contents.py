from datetime import date

import pytest

from sheets_schema.contents import rows_of

TODAY = date(2026, 11, 20)


def test_twelve_months_begin_with_the_present_one() -> None:
    rows = rows_of("Roasts", TODAY, {})

    assert rows[:3] == [["", "2026-11"], ["", "2026-12"], ["", "2027-01"]]
    assert len(rows) == 12


def test_settings_take_what_was_chosen() -> None:
    rows = rows_of("Settings", TODAY, {"Organizer": "organizer@example.org", "Time zone": "Europe/Berlin"})

    values = {row[0]: row[1] for row in rows}
    assert values["Organizer"] == "organizer@example.org"
    assert values["Reply to"] == "organizer@example.org"
    assert values["Time zone"] == "Europe/Berlin"
    assert values["Mode"] == "show only"


def test_answers_may_go_elsewhere() -> None:
    rows = rows_of("Settings", TODAY, {"Organizer": "organizer@example.org", "Reply to": "we@example.org"})

    assert {row[0]: row[1] for row in rows}["Reply to"] == "we@example.org"


def test_a_setting_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ValueError, match="there is no setting called Colour"):
        rows_of("Settings", TODAY, {"Colour": "green"})


@pytest.mark.parametrize("title", ["Members", "Requests", "Needs", "Today", "Log"])
def test_other_tabs_begin_empty(title: str) -> None:
    assert rows_of(title, TODAY, {}) == []
