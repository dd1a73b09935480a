"""`check`: what is wrong in the sheet, by cell."""

from __future__ import annotations

import typer

from commands.failures import Code
from commands.json_shapes import check_shape
from commands.options import AsJson, Config, around
from commands.screen import say, show_json, show_table, working
from commands.session import connected
from sheets_schema.problems import Problem


def check(context: typer.Context, config: Config = None, as_json: AsJson = False) -> None:
    """Show what is wrong in the sheet, by cell; exit 1 when anything is."""
    with connected(around(context, config)) as connection, working("Reading the sheet"):
        problems = connection.problems(connection.look())
    if as_json:
        show_json(check_shape(problems))
    elif problems:
        show_table(("Where", "What stands there", "What is wrong", "Because of it"), map(_row, problems))
        say()
        say("1 problem." if len(problems) == 1 else f"{len(problems)} problems.")
    else:
        say("No problems.")
    if problems:
        raise typer.Exit(Code.NEEDS_YOU)


def _row(problem: Problem) -> tuple[str, str, str, str]:
    row = f"row {problem.row}" if problem.row is not None else ""
    place = ", ".join(part for part in (problem.tab, row, problem.column) if part)
    return place, problem.value, problem.what, problem.skipped
