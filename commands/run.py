"""`run`: do once what is due now; for cron."""

from __future__ import annotations

import signal
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from commands.failures import Code
from commands.json_shapes import run_shape
from commands.options import AsJson, At, Config, around
from commands.outlook import show_outlook
from commands.screen import note, say, show_json, show_table, working
from commands.session import connected
from commands.signals import stopped_by
from community.ledger import Entry
from community.plan import spelled
from reports.words import PHASES, entry_label, month_of

if TYPE_CHECKING:
    from engine.tick import Tick

Allow = Annotated[
    list[str] | None,
    typer.Option(metavar="CODE", help="Let go what was stopped under this code; may be given several times."),
]


def run(
    context: typer.Context,
    config: Config = None,
    allow: Allow = None,
    as_json: AsJson = False,
    at: At = None,
) -> None:
    """Do what is due now, once. Exit 1 when something is stopped or did not work this time."""
    with connected(around(context, config), at=at, writing=True) as connection:
        with working("Working"), stopped_by(signal.SIGTERM) as stop:
            tick = connection.tick(allow or (), stopping=stop.is_set)
        problems = len(connection.problems(tick.community))
        used = {spelled(code) for code in connection.history().used_codes}
    unknown = [code for code in allow or () if spelled(code) not in used]
    if as_json:
        show_json(run_shape(tick, problems))
    else:
        _show(tick, problems)
    for code in unknown:
        note(f"Nothing is stopped under the code {code}; what was stopped may have changed since.")
    if unknown or needs_you(tick):
        raise typer.Exit(Code.NEEDS_YOU)


def needs_you(tick: Tick) -> bool:
    """Whether something waits for a person, or did not work this time."""
    return bool(tick.plan.holds or tick.plan.stop or tick.troubles)


def _show(tick: Tick, problems: int) -> None:
    if tick.done:
        show_table(("Meeting", "What", "Who", "Result"), rows_of(tick.done))
    else:
        say("Nothing to do.")
    show_outlook(tick.community, tick.plan)
    for trouble in tick.troubles:
        say(f"Did not work this time: {trouble}")
    if problems:
        say(f"Problems in the sheet: {problems}; `main.py check` names the cells.")


def rows_of(entries: Iterable[Entry]) -> Iterator[tuple[str, str, str, str]]:
    """A line per ended effect."""
    for entry in entries:
        result = f"{PHASES[entry.phase]}: {entry.reason}" if entry.reason else PHASES[entry.phase]
        yield month_of(entry.meeting), entry_label(entry), entry.who, result
