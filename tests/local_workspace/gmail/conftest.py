"""What the tests of Gmail share: the organizer's client at a known time, and a look into mailboxes."""

from collections.abc import Callable
from typing import Any

import pytest

Call = Callable[..., Any]


@pytest.fixture
def users(client: Call, local: Call) -> Any:
    """The organizer's Gmail, every scope, at half past nine on 22 November 2026 UTC."""
    local("POST", "/local/clock", {"now": "2026-11-22T09:30:00+00:00"})
    return client("gmail", "v1").users()


@pytest.fixture
def inbox(local: Call) -> Callable[[str], list[tuple[str, str]]]:
    """The (to, subject) of the mails in an address's mailbox."""

    def read(address: str) -> list[tuple[str, str]]:
        return [
            (mail["to"], mail["subject"]) for mail in local("GET", f"/local/mailboxes/{address}")["mails"]
        ]

    return read
