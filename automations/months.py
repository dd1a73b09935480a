"""Months: the coming twelve stand in Roasts, each appended once."""

from __future__ import annotations

from collections.abc import Iterator

from community.community import Community
from community.effects import AppendMonth, Effect, Record
from community.ledger import Phase
from sheets_schema.months import Month

MONTHS_LISTED = 12


def wanted(community: Community) -> Iterator[Effect]:
    """Months to append to Roasts."""
    if community.zone is None or "Roasts" in community.sheet.stopped:
        return
    listed = {row.month for row in community.sheet.roasts} | community.sheet.unsure_months
    this_month = Month.of(community.now.astimezone(community.zone).date())
    for month in (this_month.plus(ahead) for ahead in range(MONTHS_LISTED)):
        arrived = month in listed and community.ledger.phase(f"roasts/{month}") is Phase.STARTED
        if arrived:
            yield Effect(
                f"roasts/{month}", "month", Record(Phase.DONE, "is listed"), due=community.now, who=str(month)
            )
        # Only months after the last listed one: a gap may be a row that cannot be read just now.
        if not listed or month > max(listed):
            yield Effect(
                f"roasts/{month}", "month", AppendMonth(month), due=community.now, who=str(month), urgency=8
            )
