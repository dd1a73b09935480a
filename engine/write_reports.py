"""Writes the service's own tabs: one append to Log, one write for all others, nothing when all is told."""

from __future__ import annotations

from dataclasses import replace

from community.community import Community
from community.plan import Plan
from engine.append_rows import first_column, row_for
from engine.desk import Desk
from reports import render
from reports.difference import changes
from reports.log import new_lines
from sheets_schema import log
from workspace.errors import OutcomeUnknown, Refused


def write_reports(desk: Desk, community: Community, plan: Plan) -> None:
    """Tell in the sheet what was done and what is next; the next tick repairs what fails."""
    try:
        if not plan.stop:
            _append_to_log(desk, community)
    except (Refused, OutcomeUnknown) as error:
        desk.troubles.append(str(error))
        plan = replace(plan, troubles=tuple(dict.fromkeys([*plan.troubles, str(error)])))
    try:
        changed = changes(community.sheet, render(community, plan), community.now, community.zone)
        if changed:
            desk.workspace.sheets.write(changed)
    except (Refused, OutcomeUnknown) as error:
        desk.troubles.append(str(error))


def _append_to_log(desk: Desk, community: Community) -> None:
    """Log is the ledger's witness: after a lost answer the next read tells what arrived."""
    ledger = desk.ledger.view()
    seen = max((line.number for line in community.sheet.logged if line.ledger == ledger.id), default=0)
    desk.ledger.logged_up_to(seen)
    lines = new_lines(ledger, community.sheet.logged, community.zone)
    if lines and "Log" not in community.sheet.stopped:
        header = desk.headers["Log"]
        rows = [row_for("Log", header, dict(zip(log.TAB.headers, line, strict=True))) for line in lines]
        # Nobody types below Log, and rows that push down would look like its header.
        desk.workspace.sheets.append("Log", rows, column=first_column(header), push_down=False)
        desk.ledger.logged_up_to(ledger.last_number)
