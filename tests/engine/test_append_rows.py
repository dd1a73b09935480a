"""Rows appended to the organizer's tabs, however these look."""

from __future__ import annotations

from engine.append_rows import row_for
from tests.month import Month


def test_row_follows_the_headers_wherever_they_stand() -> None:
    header = ["", "Mail address", "My own", "Name"]

    row = row_for("Members", header, {"Name": "Bo", "Email": "bo@example.org", "Joined": "2026-11-12"})

    assert row == ["", "bo@example.org", "", "Bo"]


def test_new_member_stands_under_the_headers_though_the_first_column_is_empty(live: Month) -> None:
    live.add_members("Ann")
    live.type("Members", "A1", None)
    for number in (6, 7):
        live.type("Members", f"{live.column('Members', 'May_be_introduced')}{number}", False)
    live.type_row("Requests", Name="Bo", Email="bo@example.org", Decision="approve")

    live.tick()

    assert [row[1:3] for row in live.rows("Members")[:3]] == [
        ["Name", "Email"],
        ["Ann", "ann@example.org"],
        ["Bo", "bo@example.org"],
    ]
