"""All verbs under one command, and the one place where their errors are caught."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Annotated, cast

import typer

from commands.check import check
from commands.dates import dates
from commands.demo import demo
from commands.failures import INTERRUPTED, Code, keep_private, known
from commands.init import init
from commands.login import login
from commands.logout import logout
from commands.options import Config
from commands.plan import plan
from commands.preview import preview
from commands.recover import recover
from commands.run import run as run_once
from commands.screen import note
from commands.serve import serve
from commands.status import status
from commands.surroundings import Surroundings
from commands.workspace import workspace

# In the order of --help.
VERBS: dict[str, Callable[..., None]] = {
    "demo": demo,
    "workspace": workspace,
    "login": login,
    "logout": logout,
    "init": init,
    "check": check,
    "plan": plan,
    "run": run_once,
    "serve": serve,
    "status": status,
    "dates": dates,
    "preview": preview,
    "recover": recover,
}

Version = Annotated[bool, typer.Option("--version", help="Show the version and stop.")]


def build() -> typer.Typer:
    """The whole command line; it wants Surroundings as its object."""
    app = typer.Typer(
        help="Runs a community of practice that meets every third Thursday, from one Google Sheet.",
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode="rich",
    )
    app.callback(invoke_without_command=True)(_begin)
    for name, verb in VERBS.items():
        app.command(name)(verb)
    return app


def run(arguments: Sequence[str], surroundings: Surroundings) -> int:
    """Run one command; returns the exit code. Every failure is one sentence on stderr."""
    try:
        code = typer.main.get_command(build()).main(
            list(arguments), prog_name="main.py", standalone_mode=False, obj=surroundings
        )
    except BaseException as error:  # the one place: whatever it is, it becomes a sentence
        return _failed(error, surroundings)
    if code == Code.INTERRUPTED:  # typer's own answer to Ctrl-C
        note(INTERRUPTED)
    return int(code or Code.FINE)


def _begin(context: typer.Context, config: Config = None, version: Version = False) -> None:
    surroundings = cast(Surroundings, context.obj)
    if version:
        typer.echo(f"third-thursday {surroundings.version}")
        raise typer.Exit
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())
        raise typer.Exit(Code.USAGE)
    context.obj = replace(surroundings, config=config)


def _failed(error: BaseException, surroundings: Surroundings) -> int:
    if isinstance(error, SystemExit):  # typer's way out when whoever read our answer has gone
        return Code.FINE
    foreseen = known(error)
    if foreseen is not None:
        sentence, code = foreseen
        note(sentence if sentence.endswith((".", "…", "?")) else f"{sentence}.")
        return code
    path = keep_private(error, surroundings.data, surroundings.clock())
    where = f"the traceback is in {path}" if path else "the traceback could not be written anywhere"
    note(f"This is a fault of the program itself ({type(error).__name__}); {where}.")
    return Code.FAULT
