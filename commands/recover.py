"""`recover`: a new or outdated ledger learns what was done already."""

from __future__ import annotations

import typer

from commands.options import Config, around
from commands.screen import say, working
from commands.session import connected


def recover(context: typer.Context, config: Config = None) -> None:
    """Let the ledger learn from Log and Calendar what was done, so that nothing is done twice."""
    with (
        connected(around(context, config), writing=True) as connection,
        working("Reading Log and the calendar"),
    ):
        learned = connection.recover()
    say(f"Learned of {learned} that the ledger did not know." if learned else "The ledger knew everything.")
