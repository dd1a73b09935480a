from contextlib import suppress
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheets_schema.cells import Cell, Unreadable
from sheets_schema.zones import read_zone


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Europe/Berlin", "Europe/Berlin"),
        ("europe/berlin", "Europe/Berlin"),
        (" Europe / Berlin ", "Europe/Berlin"),
        ("Berlin", "Europe/Berlin"),
        ("America/New_York", "America/New_York"),
        ("america/new york", "America/New_York"),
        ("New York", "America/New_York"),
        ("Buenos Aires", "America/Argentina/Buenos_Aires"),
        ("Indianapolis", "America/Indiana/Indianapolis"),
        ("UTC", "UTC"),
        ("gmt", "UTC"),
    ],
)
def test_a_zone_is_read(typed: str, name: str) -> None:
    assert read_zone(typed) == ZoneInfo(name)


@pytest.mark.parametrize(
    "cell", ["EST", "CET", "UTC+2", "GMT-5", "Atlantis", "Europe", "../etc/passwd", 2, True, "Etc/GMT+2"]
)
def test_what_does_not_say_when_the_clocks_change_is_refused(cell: Cell) -> None:
    with pytest.raises(Unreadable, match="write continent and city, like Europe/Berlin or America/New_York"):
        read_zone(cell)


@given(typed=st.text(max_size=40))
def test_any_text_is_a_zone_or_refused(typed: str) -> None:
    with suppress(Unreadable):
        assert read_zone(typed).key
