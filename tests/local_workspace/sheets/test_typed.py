"""What a sheet makes of a person's typing, and how it shows it again."""

from typing import Any

import pytest

from local_workspace.sheets.cells import Formula
from local_workspace.sheets.number_formats import automatic, show
from local_workspace.sheets.typed import read_typed


@pytest.mark.parametrize(
    ("text", "value", "kind"),
    [
        ("42", 42, None),
        ("0042", 42, None),
        ("-3.5", -3.5, None),
        ("2,000,000.01", 2000000.01, "NUMBER"),
        ("12%", 0.12, "PERCENT"),
        ("12.50%", 0.125, "PERCENT"),
        ("2026-12-17", 46373, "DATE"),
        ("12/17/2026", 46373, "DATE"),
        ("12/17", 46373, "DATE"),
        ("2026-12", 46357, "DATE"),
        ("Dec 17, 2026", 46373, "DATE"),
        ("17 December 2026", 46373, "DATE"),
        ("Dec 2026", 46357, "DATE"),
        ("18:00", 0.75, "TIME"),
        ("6:00 PM", 0.75, "TIME"),
        ("2026-12-17 18:00", 46373.75, "DATE_TIME"),
    ],
)
def test_typing_a_number_or_a_moment_is_shown_as_it_was_typed(
    text: str, value: float, kind: str | None
) -> None:
    typed, number_format = read_typed(text, "en_US", 2026)

    assert typed == value
    assert (number_format or {}).get("type") == kind
    assert isinstance(typed, int | float)
    assert show(typed, number_format) == text.removeprefix("00")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("", None),
        ("Ann", "Ann"),
        ("'007", "007"),
        ("true", True),
        ("FALSE", False),
        ("$5", 5),
        ("1e3", 1000),
        ("=A1+1", Formula("=A1+1")),
        ("=", "="),
        ("2026-13-01", "2026-13-01"),
        ("2/30/2026", "2/30/2026"),
        ("25:00", "25:00"),
        ("13:00 PM", "13:00 PM"),
        ("1,00", "1,00"),
        ("Dec 45, 2026", "Dec 45, 2026"),
    ],
)
def test_typing_anything_else(text: str, value: Any) -> None:
    assert read_typed(text, "en_US", 2026) == (value, None)


def test_day_comes_first_outside_the_united_states() -> None:
    assert read_typed("10/12/2026", "en_GB", 2026)[0] == 46366
    assert read_typed("10/12/2026", "en_US", 2026)[0] == 46307


def test_two_digit_years_lie_between_1930_and_2029() -> None:
    assert read_typed("1/2/29", "en_US", 2026)[0] == 47120
    assert read_typed("1/2/30", "en_US", 2026)[0] == 10960


def test_more_than_fifteen_digits_lose_their_tail() -> None:
    typed, _ = read_typed("123456789012345678", "en_US", 2026)

    assert typed == 1.2345678901234568e17


@pytest.mark.parametrize(
    ("number", "text"),
    [(2.0, "2"), (1 / 3, "0.3333333333"), (0.0009765625, "0.0009765625"), (1e15, "1E+15"), (-0.5, "-0.5")],
)
def test_number_without_a_format(number: float, text: str) -> None:
    assert automatic(number) == text


@pytest.mark.parametrize(
    ("kind", "pattern", "text"),
    [
        ("DATE", "ddd, d mmm yy", "Thu, 17 Dec 26"),
        ("DATE", "dddd d mmmm", "Thursday 17 December"),
        ("DATE_TIME", 'yyyy-mm-dd"T"hh:mm:ss', "2026-12-17T09:05:00"),
        ("TIME", "h:mm am/pm", "9:05 AM"),
        ("NUMBER", "0.00", "46373.38"),
        ("NUMBER", "#,##0.###", "46,373.378"),
        ("CURRENCY", '"EUR "#,##0', "EUR 46,373"),
        ("SCIENTIFIC", "0.00E+00", "46373.37847"),
        ("TEXT", "@", "46373.37847"),
    ],
)
def test_number_in_a_pattern(kind: str, pattern: str, text: str) -> None:
    assert show(46373.378472222222, {"type": kind, "pattern": pattern}) == text
