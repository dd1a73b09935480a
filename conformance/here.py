"""What the scripts share: a sign-in at the workspace, and Google's hosts led to it.

The libraries name Google's hosts in their own code. They all send through httplib2 (gspread
takes an HTTP client of ours), so its one method that sends is wrapped, and nothing of theirs is changed.
"""

import re
import sys
from typing import Any

import google.auth.credentials
import httplib2
import requests

BASE = sys.argv[1] if len(sys.argv) > 1 else ""
"""The workspace's base URL: the script's one argument."""

_GOOGLE = re.compile(r"^https://[a-z]+\.googleapis\.com(:443)?")


class SignedIn(google.auth.credentials.Credentials):
    """The organizer, with every scope."""

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # google-auth leaves it untyped
        self.token = requests.get(f"{BASE}/local/token", timeout=10).json()["access_token"]

    def refresh(self, request: Any) -> None:
        """Nothing to do: the token outlives the script."""


def local(url: str) -> str:
    """Return a URL of Google's as the workspace has it."""
    return _GOOGLE.sub(BASE, url)


def lead_here() -> None:
    """From now on httplib2 asks the workspace wherever it would ask Google."""
    ask = httplib2.Http.request

    def asked_here(self: Any, uri: str, *arguments: Any, **options: Any) -> Any:
        return ask(self, local(uri), *arguments, **options)

    httplib2.Http.request = asked_here
