"""From a community and its plan to the rows of the service's own tabs; pure."""

from __future__ import annotations

from community.community import Community
from community.plan import Plan
from reports import checks, meetings, outbox, people, problems, today
from reports.overview import look
from sheets_schema.cells import Rows


def render(community: Community, plan: Plan) -> dict[str, Rows]:
    """All rows of Today, Meetings, People, Outbox, Problems and Checks, by title.

    Each begins with its headers, but for Today's, which fill its free block from row 4 down, columns A to C.
    Two renderings of the same facts on one day are equal: nothing counts hours or minutes.
    """
    overview = look(community, plan)
    return {
        "Today": today.rows(overview),
        "Meetings": meetings.rows(overview),
        "People": people.rows(overview),
        "Outbox": outbox.rows(overview),
        "Problems": problems.rows(overview.problems),
        "Checks": checks.rows(overview),
    }
