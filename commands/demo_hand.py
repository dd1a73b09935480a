"""The people around the service in the demo: they act through the local workspace's own controls."""

from __future__ import annotations

import base64
from datetime import datetime
from typing import Any
from urllib.parse import quote

import requests

from community.events import Response
from sheets_schema.cells import column_letters
from sheets_schema.columns import Tab
from sheets_schema.sheet import TABS
from sheets_schema.table import find_columns

_TABS = {tab.title: tab for tab in TABS}
_TIMEOUT = 30  # seconds


class Hand:
    """Somebody who types, answers and looks, as nobody does through the service's own clients.

    base: the local workspace's URL. spreadsheet: the id of the sheet to type into.
    """

    def __init__(self, base: str, spreadsheet: str) -> None:
        self._base = base
        self._spreadsheet = spreadsheet
        self._http = requests.Session()
        self._http.trust_env = False

    def close(self) -> None:
        """Hang up."""
        self._http.close()

    # The sheet.

    def type(self, tab: str, key: str, header: str, value: str) -> None:
        """Type under a header in the first row in which a cell reads `key`; "" clears the cell."""
        rows = self.rows(tab)
        number = next(place for place, row in enumerate(rows, 1) if key in row)
        self._type_at(tab, rows[0], header, number, value)

    def type_row(self, tab: str, cells: dict[str, str]) -> None:
        """Type a new row below the last one; cells by header."""
        rows = self.rows(tab)
        for header, value in cells.items():
            self._type_at(tab, rows[0], header, len(rows) + 1, value)

    def rename(self, tab: str, header: str, name: str) -> None:
        """Type another header over one."""
        self._type_at(tab, self.rows(tab)[0], header, 1, name)

    def insert_row(self, tab: str, before: int) -> None:
        """Insert an empty row."""
        self._edit("rows/insert", {"tab": tab, "before": before})

    def sort(self, tab: str, header: str) -> None:
        """Sort a tab by a column."""
        self._edit("rows/sort", {"tab": tab, "by": _letter(self.rows(tab)[0], tab, header)})

    def rows(self, tab: str) -> list[list[str]]:
        """A tab as it is shown on the screen, header first; trailing empty cells are not there."""
        found: list[list[str]] = self._api(
            f"/v4/spreadsheets/{self._spreadsheet}/values/{quote(tab)}", "values"
        )
        return found

    # Calendar, mail and time.

    def answer(self, address: str, event: str, response: Response) -> None:
        """Answer an invitation as a guest."""
        body = {"address": address, "event": event, "status": str(response)}
        self._control("POST", "invitations/answer", body)

    def set_clock(self, now: datetime) -> None:
        """Let it be `now`, aware, until it is set again."""
        self._control("POST", "clock", {"now": now.isoformat()})

    def mailboxes(self) -> dict[str, list[dict[str, Any]]]:
        """Every mail that was delivered, by address, oldest first."""
        addresses = self._control("GET", "mailboxes")["addresses"]
        return {
            address: self._control("GET", f"mailboxes/{quote(address)}")["mails"]
            for address in sorted(addresses)
        }

    def drafts(self) -> int:
        """How many drafts wait in Gmail."""
        return len(self._control("GET", "drafts")["drafts"])

    def sent_mail(self, message: str) -> bytes:
        """A sent mail by its id in Gmail, as it left."""
        raw = self._api(f"/gmail/v1/users/me/messages/{message}?format=raw", "raw")
        return base64.urlsafe_b64decode(str(raw))

    def take_requests(self) -> list[dict[str, Any]]:
        """What was asked of the APIs since the last time, with the bodies of writes."""
        found: list[dict[str, Any]] = self._control("GET", "requests?bodies=1")["requests"]
        self._control("DELETE", "requests")
        return found

    def _type_at(self, tab: str, headers: list[str], header: str, number: int, value: str) -> None:
        cell = f"{_letter(headers, tab, header)}{number}"
        self._edit("cells", {"tab": tab, "cell": cell, "value": value or None})

    def _edit(self, what: str, body: dict[str, Any]) -> None:
        self._control("POST", f"sheets/{self._spreadsheet}/{what}", body)

    def _control(self, method: str, path: str, body: object = None) -> Any:
        reply = self._http.request(method, f"{self._base}/local/{path}", json=body, timeout=_TIMEOUT)
        reply.raise_for_status()
        return reply.json()

    def _api(self, path: str, field: str) -> Any:
        """Look at something as a person does on Google's own pages, signed in with every scope."""
        token = self._control("GET", "token")["access_token"]
        headers = {"Authorization": f"Bearer {token}"}
        reply = self._http.get(self._base + path, headers=headers, timeout=_TIMEOUT)
        reply.raise_for_status()
        return reply.json().get(field, [])


def _letter(headers: list[str], tab: str, header: str) -> str:
    """The letters of a column, by its header or an alias of it."""
    spec: Tab = _TABS[tab]
    return column_letters(find_columns(spec, list(headers))[header][0])
