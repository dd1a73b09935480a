"""Plain formulas: what they show, and that the ones beyond the workspace show their own text."""

import pytest

from tests.local_workspace.sheets.conftest import Sheet


@pytest.mark.parametrize(
    ("formula", "shown"),
    [
        ("=4/2", 2),
        ("= 1 / 1024", 0.0009765625),
        ("=1+2*3-4", 3),
        ("=(1+2)*3", 9),
        ('="a"&1&TRUE', "a1TRUE"),
        ('="say ""hi"""', 'say "hi"'),
        ('="A"="a"', True),
        ("=2<>2", False),
        ("=9<10", True),
        ('=9<"1"', True),
        ("=B1*2", 20),
        ("=$B$1+Other!A1", 110),
        ("=SUM(B1:B3)", 30),
        ("=SUM(B:B, 1, 2)", 33),
        ("=AVERAGE(B1:B3)", 15),
        ("=COUNT(B1:C3)", 2),
        ("=COUNTA(B1:C3)", 3),
        ("=MAX(B1:B3)-MIN(B1:B3)", 10),
        ('=IF(B1>5,"big","small")', "big"),
        ("=C1", "text"),
        ("=D1", 0),
        ("=1/0", "#DIV/0!"),
        ("=C1+1", "#VALUE!"),
        ("=Nowhere!A1", "#REF!"),
        ("=A1", "#REF!"),
        ("=SUM(A2)", 2),
        ("=A3", "=A3"),
        ("=SUM(A3)", "=SUM(A3)"),
        ("=1+", "=1+"),
        ("=FOO(1)", "=FOO(1)"),
    ],
)
def test_formula(sheet: Sheet, formula: str, shown: object) -> None:
    sheet.batch({"addSheet": {"properties": {"title": "Other"}}})
    sheet.write("Other!A1", [100])
    sheet.write("Sheet1!B1", [10, "text"], [20])
    sheet.type("Sheet1!A1", [formula], ["=1+1"], ["=TODAY()"])

    assert sheet.values("Sheet1!A1") == [[shown]]
    assert sheet.values("Sheet1!A1", valueRenderOption="FORMULA") == [[formula]]


def test_formulas_that_need_one_another_show_an_error(sheet: Sheet) -> None:
    sheet.type("A1", ["=B1", "=A1"])

    assert sheet.values("Sheet1") == [["#REF!", "#REF!"]]


def test_failed_formula_is_an_error_value(sheet: Sheet) -> None:
    sheet.type("A1", ["=1/0"])

    found = sheet.get(ranges=["A1"], includeGridData=True)["sheets"][0]["data"][0]["rowData"][0]["values"][0]

    assert found["userEnteredValue"] == {"formulaValue": "=1/0"}
    assert found["effectiveValue"]["errorValue"]["type"] == "DIVIDE_BY_ZERO"
    assert found["formattedValue"] == "#DIV/0!"


def test_sorting_goes_by_what_formulas_show_and_their_references_go_along(sheet: Sheet) -> None:
    sheet.type("A1", [1, "=A1*-1"], [2, "=A2*-1"], [3, "=$A$3*-1"])
    whole = {"sheetId": 0, "startRowIndex": 0, "endRowIndex": 3, "startColumnIndex": 0, "endColumnIndex": 2}

    sheet.batch({"sortRange": {"range": whole, "sortSpecs": [{"dimensionIndex": 1}]}})

    shown = [[3, "=$A$3*-1"], [2, "=A2*-1"], [1, "=A3*-1"]]
    assert sheet.values("Sheet1", valueRenderOption="FORMULA") == shown
    assert sheet.values("Sheet1") == [[3, -1], [2, -2], [1, -1]]


def test_copied_formula_moves_its_references_and_a_cut_one_keeps_them(sheet: Sheet) -> None:
    sheet.type("A1", ["=B1+$C$1+Sheet1!B:B"])
    source = {"startRowIndex": 0, "endRowIndex": 1, "startColumnIndex": 0, "endColumnIndex": 1}
    copied = {"startRowIndex": 1, "endRowIndex": 3, "startColumnIndex": 2, "endColumnIndex": 3}

    sheet.batch(
        {"copyPaste": {"source": source, "destination": copied}},
        {"cutPaste": {"source": source, "destination": {"rowIndex": 4, "columnIndex": 4}}},
    )

    assert sheet.values("Sheet1", valueRenderOption="FORMULA") == [
        [],
        ["", "", "=D2+$C$1+Sheet1!D:D"],
        ["", "", "=D3+$C$1+Sheet1!D:D"],
        [],
        ["", "", "", "", "=B1+$C$1+Sheet1!B:B"],
    ]
