"""pygsheets, end to end: spreadsheets, worksheets, cells, rows, formats and named ranges."""

import pygsheets  # type: ignore[import-not-found]  # in the clients' own environment

from conformance import here


def main() -> None:
    """Raise AssertionError, or whatever the library raises, where it is not answered as by Google."""
    here.lead_here()
    client = pygsheets.authorize(custom_credentials=here.SignedIn())
    made = client.create("Conformance")
    assert client.open("Conformance").id == made.id
    book = client.open_by_key(made.id)
    _cells(book.sheet1)
    _worksheets(book)
    book.delete()
    assert "Conformance" not in client.spreadsheet_titles()


def _cells(sheet: pygsheets.Worksheet) -> None:
    sheet.update_values("A1", [["Name", "Age"], ["Ann", 30], ["Ben", 20]])
    assert sheet.get_all_records() == [{"Name": "Ann", "Age": 30}, {"Name": "Ben", "Age": 20}]
    sheet.update_value("B3", "21")
    assert sheet.get_value("B3") == "21"
    sheet.append_table([["Cy", "40"]])
    assert sheet.get_col(1, include_tailing_empty=False) == ["Name", "Ann", "Ben", "Cy"]
    sheet.sort_range("A2", "B4", basecolumnindex=1, sortorder="DESCENDING")
    assert sheet.get_values("A2", "A4") == [["Cy"], ["Ann"], ["Ben"]]
    sheet.insert_rows(1, number=1, values=["Dan", "50"])
    sheet.delete_rows(3)
    assert sheet.get_col(1, include_tailing_empty=False) == ["Name", "Dan", "Ann", "Ben"]
    cell = sheet.cell("A1")
    cell.set_text_format("bold", True)
    cell.note = "A header"
    read = sheet.cell("A1")
    read.fetch()
    assert (read.text_format["bold"], read.note) == (True, "A header")
    sheet.create_named_range("people", "A2", "A4", returnas="json")
    assert [one.name for one in sheet.get_named_ranges()] == ["people"]
    sheet.delete_named_range("people")
    sheet.merge_cells("D1", "E2")
    sheet.resize(rows=50, cols=8)
    assert (sheet.rows, sheet.cols) == (50, 8)
    sheet.clear("A3")
    assert sheet.get_all_values(include_tailing_empty=False, include_tailing_empty_rows=False) == [
        ["Name", "Age"],
        ["Dan", "50"],
    ]


def _worksheets(book: pygsheets.Spreadsheet) -> None:
    added = book.add_worksheet("Log", rows=10, cols=3)
    added.title = "Diary"
    added.frozen_rows = 1
    assert [one.title for one in book.worksheets(force_fetch=True)] == ["Sheet1", "Diary"]
    book.del_worksheet(added)
    book.title = "Conformance, renamed"
    assert book.title == "Conformance, renamed"
    book.title = "Conformance"


if __name__ == "__main__":
    main()
