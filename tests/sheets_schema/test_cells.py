from collections.abc import Callable
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sheets_schema.cells import (
    DIGITS,
    LINK,
    NUMBER,
    UNREAD,
    YES_NO,
    Cell,
    Kind,
    Unreadable,
    choice,
    clean,
    failed_formula,
    integer,
    is_blank,
    one_line,
    quoted,
    shown,
    text,
)
from sheets_schema.choices import Status

CELLS = st.one_of(st.text(max_size=80), st.integers(), st.floats(), st.booleans())
KINDS = [text(20), text(20, lines=True), choice(Status), integer(0, 60), NUMBER, YES_NO, LINK, DIGITS, UNREAD]


def refusal(kind: Kind[object], cell: Cell) -> str:
    with pytest.raises(Unreadable) as caught:
        kind.read(cell, None)
    return caught.value.what


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("as typed ", "as typed "),
        (46357, "46357"),
        (46357.0, "46357"),
        (-3.0, "-3"),
        (0.5, "0.5"),
        (46357.708333333336, "46357.7083333333"),
        (1e21, "1e+21"),
        (True, "TRUE"),
        (False, "FALSE"),
    ],
)
def test_shown_is_what_sheets_puts_behind_an_ampersand(cell: Cell, expected: str) -> None:
    assert shown(cell) == expected


def test_clean_takes_away_what_cannot_be_seen() -> None:
    typed = "\ufeff A\u200bn\u202en\x00 \u2066Lee\u2069\r\nsecond\ud800 "

    assert clean(typed) == "Ann Lee\nsecond"


def test_clean_knows_one_spelling_of_an_accent() -> None:
    assert clean("Jose\u0301") == "Jos\u00e9"


def test_one_line_joins_lines_and_spaces() -> None:
    assert one_line("  a\n b\t\u00a0 c ") == "a b c"


def test_quoted_shortens_what_is_long() -> None:
    assert quoted("x" * 61) == '"' + "x" * 57 + '..."'
    assert quoted(12) == '"12"'


@pytest.mark.parametrize("cell", ["", " ", "\u200b", "\n"])
def test_a_cell_without_anything_to_see_is_blank(cell: str) -> None:
    assert is_blank(cell)


@pytest.mark.parametrize("cell", [0, False, "x"])
def test_a_cell_with_a_value_is_not_blank(cell: Cell) -> None:
    assert not is_blank(cell)


@pytest.mark.parametrize("error", ["#REF!", "#N/A", "#ERROR!", "#NAME?", "#VALUE!", "#DIV/0!", "#NUM!"])
def test_a_failed_formula_is_known_by_its_error(error: str) -> None:
    assert failed_formula(error) == error


@pytest.mark.parametrize("cell", ["#1 fan", "# REF", "REF!", 3])
def test_other_cells_are_no_failed_formula(cell: Cell) -> None:
    assert failed_formula(cell) is None


def test_text_takes_numbers_as_they_are_shown() -> None:
    assert text(10).read(12.0, None) == "12"


def test_text_on_several_lines_keeps_them() -> None:
    assert text(10, lines=True).read(" a\r\nb ", None) == "a\nb"
    assert text(10).read(" a\r\nb ", None) == "a b"


def test_text_that_is_too_long_is_cut_and_said_so() -> None:
    with pytest.raises(Unreadable) as caught:
        text(4).read("abcdef", None)

    assert caught.value.what == "This is 6 characters long, 4 are allowed: only those are used."
    assert caught.value.instead == "abcd"


def test_text_that_must_be_whole_is_not_cut() -> None:
    with pytest.raises(Unreadable) as caught:
        text(4, whole=True).read("abcdef", None)

    assert caught.value.instead is None


@pytest.mark.parametrize("cell", [True, "TRUE", "yes", " Yes ", "y", "Y.", "x", "X", "ja", "ok", 1, 1.0, "✓"])
def test_yes_is_read(cell: Cell) -> None:
    assert YES_NO.read(cell, None) is True


@pytest.mark.parametrize("cell", [False, "FALSE", "no", "N", "nein", "No!", 0])
def test_no_is_read(cell: Cell) -> None:
    assert YES_NO.read(cell, None) is False


@pytest.mark.parametrize("cell", ["maybe", 2, "not yet", "yes please"])
def test_neither_yes_nor_no_is_refused(cell: Cell) -> None:
    assert refusal(YES_NO, cell) == f'"{cell}" is neither yes nor no: write one of the two.'


@pytest.mark.parametrize("cell", ["Discord only", "discord only", " DISCORD  ONLY ", "discord-only"])
def test_a_choice_is_read_in_any_case(cell: str) -> None:
    assert choice(Status).read(cell, None) is Status.DISCORD_ONLY


def test_a_choice_is_read_in_other_words() -> None:
    assert choice(Status, {"gone": Status.LEFT}).read("Gone", None) is Status.LEFT


def test_a_near_miss_of_a_choice_is_asked_about() -> None:
    assert refusal(choice(Status), "actve") == (
        '"actve" is none of: active, paused, left, Discord only. Did you mean active?'
    )


def test_another_word_is_no_choice() -> None:
    assert refusal(choice(Status), True) == '"TRUE" is none of: active, paused, left, Discord only.'


@pytest.mark.parametrize("cell", [60, 60.0, "60", " 60 ", "60 minutes", "60min."])
def test_an_integer_is_read_with_its_unit(cell: Cell) -> None:
    assert integer(10, 480).read(cell, None) == 60


@pytest.mark.parametrize("cell", [9, 481, 60.5, "-60", "6o", True, float("nan"), float("inf")])
def test_an_integer_out_of_bounds_is_refused(cell: Cell) -> None:
    assert refusal(integer(10, 480), cell).endswith("is not a whole number from 10 to 480.")


@pytest.mark.parametrize(("cell", "expected"), [(1, 1.0), (2.5, 2.5), ("2,5", 2.5), (" 30 ", 30.0)])
def test_a_number_is_read(cell: Cell, expected: float) -> None:
    assert NUMBER.read(cell, None) == expected


@pytest.mark.parametrize("cell", [True, "one", float("nan"), "inf"])
def test_what_is_no_number_is_refused(cell: Cell) -> None:
    assert refusal(NUMBER, cell).endswith("is not a number.")


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("https://example.org/plan?x=1#y", "https://example.org/plan?x=1#y"),
        (" HTTPS://example.org ", "HTTPS://example.org"),
        ("docs.example.org/d/1", "https://docs.example.org/d/1"),
        ("example.org", "https://example.org"),
    ],
)
def test_a_link_is_read(typed: str, expected: str) -> None:
    assert LINK.read(typed, None) == expected


@pytest.mark.parametrize(
    "typed",
    [
        "soon",
        "https://",
        "https://[",
        "https://a b.org",
        "https://user@example.org",
        "https://x",
        5,
        "javascript:1",
    ],
)
def test_what_is_no_link_is_refused(typed: Cell) -> None:
    assert refusal(LINK, typed).endswith("is not a link: copy it from the browser's address bar.")


def test_a_link_without_encryption_is_refused() -> None:
    assert refusal(LINK, "http://example.org") == (
        '"http://example.org" does not begin with https://, so it is not shown to anybody.'
    )


def test_digits_are_kept_as_typed() -> None:
    assert DIGITS.read("1234567890123456789", None) == "1234567890123456789"


def test_digits_typed_as_a_number_are_refused() -> None:
    assert refusal(DIGITS, 1.2345678901234568e18).startswith("This was typed as a number")


def test_other_signs_than_digits_are_refused() -> None:
    assert "is not an id" in refusal(DIGITS, "general")


@settings(deadline=None)
@given(cell=CELLS)
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_any_cell_is_read_or_refused(kind: Kind[object], cell: Cell) -> None:
    read: Callable[..., object] = kind.read

    with suppress(Unreadable):
        read(cell, None)
