"""Formulas: what they show and fill, and that the ones beyond the workspace show #NAME?."""

from typing import Any

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
        ("=ROUND(2.5)+ROUND(-1.25,1)", 1.7),
        ("=IF(ISNUMBER(C1),1/0,NOT(ISBLANK(D1)))", False),
        ('=XLOOKUP("TEXT",C:C,B:B)', 10),
        ("=SUM(FILTER(B1:B3,B1:B3>10))", 20),
        ("=SUM(OFFSET(B1,1,0,2,1))", 20),
        ("=SUM({1,2;3,4})", 10),
        ("=SUM(B1:B3*{1;2;3})", 50),
        ("=MAX(ROW(B2:B3))", 3),
        ('=XLOOKUP("x",C:C,B:B)', "#N/A"),
        ("=OFFSET(B1,-1,0,1,1)", "#REF!"),
        ('=OFFSET(B1,"one",0,1,1)', "#NAME?"),
        ("=XLOOKUP(10,B:C,B:C)", "#NAME?"),
        ("=SUM({1;2}*{10,20,30})", 180),
        ("=B1:B3", "#VALUE!"),
        ("=1E+308*10", "#VALUE!"),
        ("=ROUND(1,400)", "#VALUE!"),
        ("=A3", "#NAME?"),
        ("=SUM(A3)", "#NAME?"),
        ("=1+", "#NAME?"),
        ("=1^2", "#NAME?"),
        ("=FOO(1)", "#NAME?"),
        ("=NOT(1,2)", "#NAME?"),
        ("=ROW(1)", "#NAME?"),
        ("=SUM(B1)(1)", "#NAME?"),
        ("=" + "(" * 1000 + "1", "#NAME?"),
    ],
)
def test_formula(sheet: Sheet, formula: str, shown: object) -> None:
    sheet.batch({"addSheet": {"properties": {"title": "Other"}}})
    sheet.write("Other!A1", [100])
    sheet.write("Sheet1!B1", [10, "text"], [20])
    sheet.type("Sheet1!A1", [formula], ["=1+1"], ["=VLOOKUP(B1,B:C,2)"])

    assert sheet.values("Sheet1!A1") == [[shown]]
    assert sheet.values("Sheet1!A1", valueRenderOption="FORMULA") == [[formula]]


def test_formulas_that_need_one_another_show_an_error(sheet: Sheet) -> None:
    sheet.type("A1", ["=B1", "=A1"])

    assert sheet.values("Sheet1") == [["#REF!", "#REF!"]]


def test_time_is_that_of_the_workspace_in_the_zone_of_the_spreadsheet(sheet: Sheet, local: Any) -> None:
    zone = {"properties": {"timeZone": "Asia/Tokyo"}, "fields": "timeZone"}
    sheet.batch({"updateSpreadsheetProperties": zone})
    sheet.type("A1", ["=NOW()", "=TODAY()", '=IF(NOW()-B2>1.5,"Stopped","Running")'], ["", "2026-12-01"])
    local("POST", "/local/clock", {"now": "2026-12-01T18:00:00Z"})

    morning = sheet.values("A1:C1")
    local("POST", "/local/clock", {"advance": 86400})
    next_morning = sheet.values("A1:C1")
    local("POST", "/local/clock", {"run": True})

    assert morning == [[46358.125, 46358, "Running"]]
    assert next_morning == [[46359.125, 46359, "Stopped"]]


def test_array_fills_the_cells_beside_and_below_it(sheet: Sheet) -> None:
    sheet.type("A1", ["={1,2;3,4}", "", "=SUM(A1:B2)"], ["", "", "=B2"])

    assert sheet.values("Sheet1") == [[1, 2, 10], [3, 4, 4]]
    assert sheet.values("Sheet1", valueRenderOption="FORMULA") == [
        ["={1,2;3,4}", "", "=SUM(A1:B2)"],
        ["", "", "=B2"],
    ]


def test_formula_does_not_see_the_ones_beside_the_cells_it_names(sheet: Sheet) -> None:
    sheet.type("A1", ["=B1", 1, "=A1+B1"])

    assert sheet.values("Sheet1") == [[1, 1, 2]]


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
