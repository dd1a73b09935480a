"""gspread, unchanged but for its base URLs."""

from collections.abc import Iterator
from typing import Any, cast

import gspread
import pytest
import requests

from local_workspace.serve import RunningWorkspace


@pytest.fixture
def library(workspace: RunningWorkspace, local: Any) -> Iterator[gspread.Client]:
    """gspread's client with every scope."""
    session = requests.Session()
    session.headers["Authorization"] = f"Bearer {local('GET', '/local/token')['access_token']}"

    class LocalClient(gspread.HTTPClient):
        def request(self, method: str, endpoint: str, *args: Any, **kwargs: Any) -> Any:
            for host in ("https://sheets.googleapis.com", "https://www.googleapis.com"):
                endpoint = endpoint.replace(host, workspace.base_url)
            return super().request(method, endpoint, *args, **kwargs)

    yield gspread.Client(cast(Any, None), session=session, http_client=LocalClient)
    session.close()


def test_a_worksheet_s_life(library: gspread.Client) -> None:
    book = library.create("Community")
    tab = book.add_worksheet("Members", rows=10, cols=4)
    tab.update([["Name", "Email"], ["Ann", "ann@example.org"]], "A1")
    tab.append_row(["Ben", "ben@example.org"])
    tab.insert_row(["Cyd", "cyd@example.org"], 2)
    tab.freeze(rows=1)
    tab.format("A1:B1", {"textFormat": {"bold": True}})
    tab.sort((1, "des"), range="A2:B4")

    assert [other.title for other in book.worksheets()] == ["Sheet1", "Members"]
    assert tab.get_all_records() == [
        {"Name": "Cyd", "Email": "cyd@example.org"},
        {"Name": "Ben", "Email": "ben@example.org"},
        {"Name": "Ann", "Email": "ann@example.org"},
    ]
    found = tab.find("Ben")
    assert found is not None
    assert found.address == "A3"
    tab.delete_rows(3)
    tab.update_acell("B2", "c@example.org")
    assert tab.get_all_values() == [["Name", "Email"], ["Cyd", "c@example.org"], ["Ann", "ann@example.org"]]
    tab.batch_clear(["A3:B3"])
    book.del_worksheet(book.sheet1)
    assert book.values_batch_get(["Members"])["valueRanges"] == [
        {
            "range": "Members!A1:D10",
            "majorDimension": "ROWS",
            "values": [["Name", "Email"], ["Cyd", "c@example.org"]],
        }
    ]


def test_missing_range_is_gspread_s_own_error(library: gspread.Client) -> None:
    book = library.create("Community")

    with pytest.raises(gspread.exceptions.APIError) as error:
        book.values_get("Gone!A1")

    assert error.value.code == 400
    assert error.value.error["message"] == "Unable to parse range: Gone!A1"


def test_opening_by_name(library: gspread.Client) -> None:
    made = library.create("Who's in")

    assert library.open("Who's in").id == made.id
    with pytest.raises(gspread.SpreadsheetNotFound):
        library.open("Nothing")
