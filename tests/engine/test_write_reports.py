"""Reports: what cannot be written in one tab is said in another."""

from __future__ import annotations

from tests.month import Month


def test_log_that_cannot_be_written_does_not_silence_today(live: Month) -> None:
    live.local("POST", "/local/faults", {"fault": "404", "method": "sheets.spreadsheets.values.append"})

    live.tick()

    assert [
        "Not done yet",
        "Google Sheets said: Requested entity was not found. It is tried again.",
    ] in [row[:2] for row in live.rows("Today")]
