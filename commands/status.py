"""`status`: what was done, what is next, and how much mail may still leave today."""

from __future__ import annotations

from typing import Annotated

import typer

from commands.failures import Code
from commands.json_shapes import DAY, pauses, status_shape
from commands.options import AsJson, At, Config, around
from commands.outlook import show_outlook, zone_of
from commands.run import rows_of
from commands.screen import say, show_json, show_table, working
from commands.session import connected
from community.ledger import Entry, LedgerView
from reports.words import moment, stamp

Last = Annotated[int, typer.Option(min=0, help="How many of the newest effects to list.")]


def status(
    context: typer.Context,
    config: Config = None,
    last: Last = 10,
    as_json: AsJson = False,
    at: At = None,
) -> None:
    """Show what was done, what is next, and the mails of the last 24 hours."""
    with connected(around(context, config), at=at) as connection:
        with working("Reading the sheet and the calendar"):
            community, plan = connection.plan()
        history, per_day = connection.history(), connection.configuration.mail.per_day
    newest = newest_ended(history, last)
    if as_json:
        show_json(status_shape(community, plan, history, last=newest, per_day=per_day))
    else:
        zone = zone_of(community)
        say(f"Mode: {community.mode}")
        rows = [(stamp(entry.at, zone), *row) for entry, row in zip(newest, rows_of(newest), strict=True)]
        if rows:
            show_table(("When", "Meeting", "What", "Who", "Result"), rows)
        else:
            say("Nothing was done yet.")
        show_outlook(community, plan)
        for what, until in pauses(history, plan.now).items():
            say(f"Left alone until {moment(until, zone)}, as Google asked: {what}.")
        say(f"Mails in the last 24 hours: {history.mails_since(plan.now - DAY)} of {per_day}.")
    if plan.holds or plan.stop:
        raise typer.Exit(Code.NEEDS_YOU)


def newest_ended(history: LedgerView, count: int) -> list[Entry]:
    """The effects that ended last, the newest first."""
    ended = [entry for entry in history.entries.values() if entry.number is not None]
    return sorted(ended, key=lambda entry: entry.number or 0, reverse=True)[:count]
