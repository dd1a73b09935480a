"""Requests of an idle tick and of a whole month, by size of the community, beside the month by hand."""

from __future__ import annotations

import tempfile
from itertools import product
from pathlib import Path
from typing import Any

import google.auth.credentials
import gspread
from googleapiclient.discovery import build

from benchmarks import by_hand
from tests.month import Month

ALL, KILOBYTES = "all", "kilobytes"
TO = "2026-12-19T17:00:00+01:00"
LOOKS = 9  # as many as the service has ticks when it jumps from due time to due time
MEETINGS = 2  # in November and December
GROUPS = {
    "Sheets read": ("values.batchGet", "values.get", "spreadsheets.get"),
    "Sheets write": ("values.batchUpdate", "values.append"),
    "Calendar list": ("events.list",),
    "Calendar get": ("events.get",),
    "Calendar write": ("events.insert", "events.update", "events.delete"),
    "Gmail profile": ("users.getProfile",),
    "Gmail mail": ("drafts.create", "drafts.send", "messages.send"),
    "Gmail look": ("drafts.get", "drafts.list"),
}


def month(members: int) -> dict[str, Any]:
    """Let a community of so many members live through a month; counts by group, idle and in all."""
    with tempfile.TemporaryDirectory() as folder, Month(Path(folder)) as community:
        _fill(community, members)
        community.live()
        community.fill("Roasts", "2026-12", Host="member1@example.org")
        community.forget_requests()
        ticks = _Count()
        community.run_until(TO, ticks)
        whole = _counted(community)
        community.forget_requests()
        community.tick()
        return {"members": members, "ticks": ticks.number, "month": whole, "idle": _counted(community)}


def month_by_hand(members: int) -> dict[str, Any]:
    """The same by hand: as many looks, and for both meetings an event, agendas and reminders."""
    with tempfile.TemporaryDirectory() as folder, Month(Path(folder)) as community:
        _fill(community, members)
        client, calendar, gmail = _clients(community)
        community.forget_requests()
        addresses = [str(row["Email"]) for row in by_hand.look(client, calendar, community.id)["Members"]]
        idle = _counted(community)
        community.forget_requests()
        community.local("POST", "/local/gmail/limit", {"per_day": 10 * members})
        for look in range(LOOKS):
            by_hand.look(client, calendar, community.id)
            if look < MEETINGS:
                by_hand.invite(calendar, addresses, f"by-hand-{look}")
                for subject, address in product(("Agenda", "Reminder"), addresses):
                    by_hand.mail(gmail, address, subject)
        return {"members": members, "ticks": LOOKS, "month": _counted(community), "idle": idle}


class _Count:
    """Counts ticks."""

    def __init__(self) -> None:
        self.number = 0

    def __call__(self, _: object) -> None:
        self.number += 1


def _fill(community: Month, members: int) -> None:
    """Type the members with one append, as an organizer pastes a list."""
    rows = [["", f"Member {number}", f"member{number}@example.org"] for number in range(1, members + 1)]
    community.workspace.sheets.append("Members", rows)


def _counted(community: Month) -> dict[str, int]:
    """Requests by group, all of them, and the bytes of their bodies in both directions."""
    log = community.requests()
    methods = [str(entry["api_method"]) for entry in log]
    counts = {group: sum(method.endswith(ends) for method in methods) for group, ends in GROUPS.items()}
    moved = sum(entry["request_bytes"] + entry["response_bytes"] for entry in log)
    return {**counts, ALL: sum(counts.values()), KILOBYTES: round(moved / 1000)}


def _clients(community: Month) -> tuple[gspread.Client, Any, Any]:
    """gspread and Google's clients, as their documentation sets them up, pointed at the local workspace."""
    token = community.local("GET", "/local/token")["access_token"]
    credentials = _Bearer(token)
    client = gspread.Client(credentials, http_client=_at(community.base))
    apis = {"calendar": ("v3", "/calendar/v3/"), "gmail": ("v1", "/")}
    calendar, gmail = (
        build(
            api,
            version,
            credentials=credentials,
            client_options={"api_endpoint": community.base + path},
            static_discovery=True,
        )
        for api, (version, path) in apis.items()
    )
    return client, calendar, gmail


class _Bearer(google.auth.credentials.Credentials):
    """A token that never ends."""

    def __init__(self, token: str) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # google-auth leaves it untyped
        self.token = token

    def refresh(self, _: object) -> None:
        """Nothing to do."""


def _at(base: str) -> Any:
    class Here(gspread.HTTPClient):
        def request(self, method: str, endpoint: str, *args: Any, **kwargs: Any) -> Any:
            for google_base in ("https://sheets.googleapis.com", "https://www.googleapis.com"):
                endpoint = endpoint.replace(google_base, base)
            return super().request(method, endpoint, *args, **kwargs)

    return Here
