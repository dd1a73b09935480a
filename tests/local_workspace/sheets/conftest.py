"""What the tests of Sheets share: the real clients, and a fresh spreadsheet that the program made."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

DRIVE_FILE = "https://www.googleapis.com/auth/drive.file"

CHECK = (
    '=IF(COUNTA(C:C)<2,"Check",{"Check";ARRAYFORMULA(XLOOKUP("Members|"&OFFSET(C1,1,0,'
    'MAX(FILTER(ROW(C:C),NOT(ISBLANK(C:C))))-1,1),Checks!A:A,Checks!B:B,""))})'
)
"""The Check formula of a tab Members whose key column is C."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A spreadsheet, reached by Google's own client with the scope drive.file."""

    api: Any
    id: str

    def values(self, a1: str, **options: Any) -> Any:
        """Return the values of a range; unformatted unless asked otherwise."""
        options = {"valueRenderOption": "UNFORMATTED_VALUE"} | options
        found = self.api.values().get(spreadsheetId=self.id, range=a1, **options).execute()
        return found.get("values", [])

    def write(self, a1: str, *rows: list[Any], option: str = "RAW") -> Any:
        """Write rows of values from a cell on."""
        return (
            self.api.values()
            .update(spreadsheetId=self.id, range=a1, valueInputOption=option, body={"values": list(rows)})
            .execute()
        )

    def type(self, a1: str, *rows: list[Any]) -> Any:
        """Write rows of values as a person types them."""
        return self.write(a1, *rows, option="USER_ENTERED")

    def append(self, a1: str, *rows: list[Any], **options: Any) -> Any:
        """Append rows of values to the table at a range."""
        return (
            self.api.values()
            .append(
                spreadsheetId=self.id,
                range=a1,
                valueInputOption="RAW",
                body={"values": list(rows)},
                **options,
            )
            .execute()
        )

    def batch(self, *requests: dict[str, Any]) -> Any:
        """Do these requests and return their replies."""
        return self.api.batchUpdate(spreadsheetId=self.id, body={"requests": list(requests)}).execute()[
            "replies"
        ]

    def get(self, **options: Any) -> Any:
        """Return the spreadsheet."""
        return self.api.get(spreadsheetId=self.id, **options).execute()

    def add_tab(self, title: str, **properties: Any) -> int:
        """Add a tab and return its id."""
        reply = self.batch({"addSheet": {"properties": {"title": title} | properties}})
        sheet_id: int = reply[0]["addSheet"]["properties"]["sheetId"]
        return sheet_id

    def cells(self, a1: str) -> list[list[dict[str, Any]]]:
        """Return a range's cells with everything about them but what Google computes."""
        found = self.get(ranges=[a1], includeGridData=True)["sheets"][0]["data"][0].get("rowData", [])
        computed = {"effectiveValue", "effectiveFormat", "formattedValue"}
        return [
            [{k: v for k, v in cell.items() if k not in computed} for cell in row.get("values", [])]
            for row in found
        ]


@pytest.fixture
def sheet(client: Callable[..., Any]) -> Sheet:
    """A new spreadsheet with one blank tab, Sheet1."""
    drive = client("drive", "v3", scopes=DRIVE_FILE)
    body = {"name": "Community", "mimeType": "application/vnd.google-apps.spreadsheet"}
    made = drive.files().create(body=body).execute()
    return Sheet(client("sheets", "v4", scopes=DRIVE_FILE).spreadsheets(), made["id"])


@pytest.fixture
def members(sheet: Sheet) -> Sheet:
    """A spreadsheet with a tab Members (Check, Name, Email) and the tab Checks that its Check looks into."""
    sheet.batch(
        {"updateSheetProperties": {"properties": {"sheetId": 0, "title": "Members"}, "fields": "title"}},
        {"addSheet": {"properties": {"title": "Checks", "sheetId": 7}}},
    )
    sheet.write("Members!B1", ["Name", "Email"])
    sheet.type("Members!A1", [CHECK])
    return sheet


def message(error: Any) -> str:
    """Return Google's message in an HttpError."""
    text: str = error.value.reason
    return text
