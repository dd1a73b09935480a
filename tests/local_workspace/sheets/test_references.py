"""References in formulas follow inserted, deleted and moved rows and columns, and renamed tabs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from local_workspace.sheets.edits import Edit
from local_workspace.sheets.references import follow, rename


@pytest.mark.parametrize(
    ("formula", "edit", "followed"),
    [
        ("=B2+$C$3", Edit("insert", "ROWS", 1, 3), "=B4+$C$5"),
        ("=B2+$C$3", Edit("insert", "COLUMNS", 2, 3), "=B2+$D$3"),
        ("=SUM(B2:B9)", Edit("insert", "ROWS", 4, 5), "=SUM(B2:B10)"),
        ("=SUM(B2:B9)", Edit("insert", "ROWS", 9, 10), "=SUM(B2:B9)"),
        ("=SUM(B2:B9)", Edit("delete", "ROWS", 1, 3), "=SUM(B2:B7)"),
        ("=SUM(B2:B9)", Edit("delete", "COLUMNS", 1, 2), "=SUM(#REF!)"),
        ("=COUNTA(C:C)", Edit("move", "COLUMNS", 2, 3, 0), "=COUNTA(A:A)"),
        ("=COUNTA(A:A)", Edit("move", "COLUMNS", 2, 3, 0), "=COUNTA(B:B)"),
        ("=SUM($2:$3)", Edit("insert", "ROWS", 0, 1), "=SUM($3:$4)"),
        ('="B2"&B2', Edit("insert", "ROWS", 0, 1), '="B2"&B3'),
        ("=LOG10(B2)", Edit("insert", "ROWS", 0, 1), "=LOG10(B3)"),
        ("=Other!B2+Mine!B2", Edit("insert", "ROWS", 0, 1), "=Other!B2+Mine!B3"),
    ],
)
def test_reference_follows_an_edit_of_its_tab(formula: str, edit: Edit, followed: str) -> None:
    assert follow(formula, "Mine", "Mine", edit) == followed


def test_reference_into_another_tab_follows_that_tab_only() -> None:
    formula = "=B2&'My tab'!B2"

    assert follow(formula, "Mine", "My tab", Edit("insert", "ROWS", 0, 1)) == "=B2&'My tab'!B3"


def test_renaming_a_tab_changes_the_references_into_it() -> None:
    formula = '=Checks!A:A&"Checks!A:A"&Other!A1'

    assert rename(formula, "Checks", "What's wrong") == "='What''s wrong'!A:A&\"Checks!A:A\"&Other!A1"


@given(start=st.integers(0, 9), count=st.integers(1, 5), to=st.integers(0, 15).filter(lambda to: to >= 0))
def test_move_is_a_permutation_and_agrees_with_moving_a_list(start: int, count: int, to: int) -> None:
    end = start + count
    if start < to < end:
        return
    items = list(range(20))
    moved, rest = items[start:end], items[:start] + items[end:]
    place = to if to <= start else to - count
    expected = rest[:place] + moved + rest[place:]

    places = [Edit("move", "ROWS", start, end, to).index(item) for item in items]

    assert [expected.index(item) for item in items] == places
