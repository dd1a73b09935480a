"""gspread's own public calls, end to end."""

from typing import Any

import gspread

from conformance import here


class Here(gspread.HTTPClient):
    """gspread's HTTP client, asking the workspace wherever it would ask Google."""

    def request(self, method: Any, endpoint: str, *arguments: Any, **options: Any) -> Any:
        """Send one request."""
        return super().request(method, here.local(endpoint), *arguments, **options)


def main() -> None:
    """Raise AssertionError, or whatever the library raises, where it is not answered as by Google."""
    client = gspread.Client(here.SignedIn(), http_client=Here)
    book = client.create("gspread")
    assert client.open("gspread").id == client.open_by_key(book.id).id == book.id
    _cells(book.sheet1)
    _worksheets(book)
    copy = client.copy(book.id, title="gspread, again", copy_comments=False)
    assert copy.sheet1.acell("A1").value == "Name"
    for one in (book, copy):
        client.del_spreadsheet(one.id)
    assert client.list_spreadsheet_files() == []


def _cells(sheet: gspread.Worksheet) -> None:
    sheet.update([["Name", "Age"], ["Ann", 30]], "A1")
    sheet.append_row(["Ben", 20])
    sheet.append_rows([["Cy", "=1"], ["Dan", 40]], value_input_option=gspread.utils.ValueInputOption.raw)
    assert sheet.get_all_records()[:2] == [{"Name": "Ann", "Age": 30}, {"Name": "Ben", "Age": 20}]
    assert sheet.col_values(1) == ["Name", "Ann", "Ben", "Cy", "Dan"]
    assert sheet.row_values(2) == ["Ann", "30"]
    sheet.update_acell("B4", 35)
    sheet.batch_update([{"range": "A2:B2", "values": [["Anna", 31]]}])
    assert sheet.batch_get(["A2:B2", "B4"]) == [[["Anna", "31"]], [["35"]]]
    found = sheet.find("Cy")
    assert found is not None
    assert (found.row, found.col) == (4, 1)
    sheet.sort((2, "des"), range="A2:B5")
    sheet.insert_row(["Eve", 50], index=2)
    sheet.delete_rows(3)
    assert sheet.col_values(1)[:3] == ["Name", "Eve", "Cy"]
    sheet.format("A1:B1", {"textFormat": {"bold": True}})
    sheet.update_note("A1", "Who")
    assert sheet.get_note("A1") == "Who"
    sheet.define_named_range("A2:A4", "people")
    assert len(sheet.get("people")) == 3
    sheet.merge_cells("D1:E2")
    sheet.unmerge_cells("D1:E2")
    sheet.freeze(rows=1)
    sheet.add_validation("C2:C4", gspread.utils.ValidationConditionType.boolean, [])
    sheet.batch_clear(["B2:B4"])
    assert sheet.get("B2:B4") == [[]]


def _worksheets(book: gspread.Spreadsheet) -> None:
    log = book.add_worksheet("Log", rows=10, cols=5)
    log.update_title("Diary")
    log.resize(rows=20)
    twin = log.duplicate(new_sheet_name="Twin")
    book.reorder_worksheets([twin, log, book.worksheet("Sheet1")])
    titles = [one.title for one in book.worksheets()]
    assert titles == ["Twin", "Diary", "Sheet1"], titles
    book.del_worksheet(twin)
    book.del_worksheet(log)
    assert [one.title for one in book.worksheets()] == ["Sheet1"]


if __name__ == "__main__":
    main()
