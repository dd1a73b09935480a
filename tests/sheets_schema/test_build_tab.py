import pytest

from sheets_schema import members, outbox, today
from sheets_schema.build_tab import (
    area,
    cell_data,
    check_formula,
    content_requests,
    protection_requests,
    sheet_properties,
    validation_requests,
)
from sheets_schema.cells import YES_NO, Cell, column_letters, text
from sheets_schema.dates import DATE


@pytest.mark.parametrize(
    ("position", "expected"), [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA"), (702, "AAA")]
)
def test_a_column_has_its_letters(position: int, expected: str) -> None:
    assert column_letters(position) == expected


def test_the_check_formula_looks_up_the_key_column() -> None:
    assert check_formula("Members", 2) == (
        '=IF(COUNTA(C:C)<2,"Check",{"Check";ARRAYFORMULA(XLOOKUP("Members|"&'
        "OFFSET(C1,1,0,MAX(FILTER(ROW(C:C),NOT(ISBLANK(C:C))))-1,1),"
        'Checks!A:A,Checks!B:B,""))})'
    )


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("", {}),
        ("2026-12", {"userEnteredValue": {"stringValue": "2026-12"}}),
        ("=1+1", {"userEnteredValue": {"stringValue": "=1+1"}}),
        (5, {"userEnteredValue": {"numberValue": 5}}),
        (True, {"userEnteredValue": {"boolValue": True}}),
    ],
)
def test_a_value_becomes_a_cell_and_never_a_formula(value: Cell, expected: object) -> None:
    assert cell_data(value) == expected


def test_a_choice_gets_a_dropdown_that_refuses_nothing() -> None:
    assert validation_requests(7, (1, None), 3, YES_NO) == [
        {
            "setDataValidation": {
                "range": {"sheetId": 7, "startRowIndex": 1, "startColumnIndex": 3, "endColumnIndex": 4},
                "rule": {
                    "condition": {
                        "type": "ONE_OF_LIST",
                        "values": [{"userEnteredValue": "yes"}, {"userEnteredValue": "no"}],
                    },
                    "showCustomUi": True,
                    "inputMessage": "Expected here: yes or no.",
                    "strict": False,
                },
            }
        }
    ]


def test_a_date_is_checked_while_typing() -> None:
    (request,) = validation_requests(7, (1, 2), 0, DATE)

    assert request["setDataValidation"]["rule"]["condition"] == {"type": "DATE_IS_VALID"}


def test_text_is_not_checked() -> None:
    assert validation_requests(7, (1, None), 0, text(10)) == []


def test_contents_leave_the_check_column_alone() -> None:
    (request,) = content_requests(7, [["", "2026-12"], ["", "2027-01"]])

    assert request["updateCells"]["start"] == {"sheetId": 7, "rowIndex": 1, "columnIndex": 1}
    assert content_requests(7, []) == []


def test_an_area_may_end() -> None:
    assert area(7, (1, 2), (0, 3)) == {
        "sheetId": 7,
        "startRowIndex": 1,
        "endRowIndex": 2,
        "startColumnIndex": 0,
        "endColumnIndex": 3,
    }


def test_tabs_of_the_service_warn_and_have_another_colour() -> None:
    theirs, ours = sheet_properties(members.TAB, 1), sheet_properties(outbox.TAB, 2)

    assert theirs["tabColorStyle"] != ours["tabColorStyle"]
    assert (theirs["hidden"], ours["hidden"]) == (False, True)
    assert protection_requests(members.TAB, 1) == []
    (request,) = protection_requests(today.TAB, 2)
    assert request["addProtectedRange"]["protectedRange"]["warningOnly"] is True
