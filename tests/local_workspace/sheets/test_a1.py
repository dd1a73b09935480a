"""A1 notation, read and written."""

import pytest

from local_workspace.sheets.a1 import (
    Area,
    Box,
    column_index,
    column_name,
    parse_area,
    split,
)
from local_workspace.sheets.a1 import name as written


@pytest.mark.parametrize(
    ("text", "area"),
    [
        ("A1", Area(0, 1, 0, 1)),
        ("$B$2:D7", Area(1, 7, 1, 4)),
        ("D4:A1", Area(0, 4, 0, 4)),
        ("B:D", Area(0, None, 1, 4)),
        ("2:7", Area(1, 7, 0, None)),
        ("B2:D", Area(1, None, 1, 4)),
        ("B2:7", Area(1, 7, 1, None)),
        ("AA10", Area(9, 10, 26, 27)),
        ("A", None),
        ("5", None),
        ("A0", None),
        ("Today", None),
        ("A1:", None),
        (":B2", None),
        ("", None),
    ],
)
def test_area_of_a_range(text: str, area: Area | None) -> None:
    assert parse_area(text) == area


@pytest.mark.parametrize(
    ("text", "notation"),
    [
        ("Sheet1!A1:B2", ("Sheet1", "A1:B2")),
        ("'Who''s here'!A1", ("Who's here", "A1")),
        ("'A1'", ("A1", None)),
        ("Sheet1", (None, "Sheet1")),
        ("A1:B2", (None, "A1:B2")),
    ],
)
def test_split_at_the_exclamation_mark(text: str, notation: tuple[str | None, str | None]) -> None:
    assert split(text) == notation


@pytest.mark.parametrize(
    ("title", "area", "name"),
    [
        ("Sheet1", Area(0, 1, 0, 1), "Sheet1!A1"),
        ("My tab", Area(1, 7, 1, 4), "'My tab'!B2:D7"),
        ("Who's here", Area(), "'Who''s here'"),
        ("tab01", Area(0, 1, 0, 1), "'tab01'!A1"),
        ("Sheet1", Area(0, None, 0, 1), "Sheet1!A:A"),
        ("Mass", Area(151153, 151354, 0, None), "Mass!151154:151354"),
        ("Sheet1", Area(1, None, 1, 4), "Sheet1!B2:D"),
    ],
)
def test_name_of_an_area(title: str, area: Area, name: str) -> None:
    assert written(title, area) == name


def test_name_of_a_whole_grid_has_all_sides() -> None:
    assert written("Sheet1", Box(0, 1000, 0, 26)) == "Sheet1!A1:Z1000"


def test_column_letters_and_numbers_are_each_other_s_inverse() -> None:
    names = [column_name(index) for index in (0, 25, 26, 51, 701, 702)]

    assert names == ["A", "Z", "AA", "AZ", "ZZ", "AAA"]
    assert [column_index(name) for name in names] == [0, 25, 26, 51, 701, 702]
