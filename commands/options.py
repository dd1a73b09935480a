"""Options that several verbs share."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Annotated, cast

import typer

from commands.failures import UsageFailure
from commands.surroundings import Surroundings

Config = Annotated[
    Path | None,
    typer.Option("--config", metavar="PATH", help="The configuration file; may stand before the verb, too."),
]
AsJson = Annotated[bool, typer.Option("--json", help="Answer in JSON, in a shape that stays as it is.")]
At = Annotated[
    str | None,
    typer.Option("--at", metavar="ISO", help="As if it were that instant; on a local workspace only."),
]


def around(context: typer.Context, config: Path | None) -> Surroundings:
    """The surroundings of a verb: --config after the verb wins over --config before it."""
    surroundings = cast(Surroundings, context.obj)
    return surroundings if config is None else replace(surroundings, config=config)


def read_instant(typed: str) -> datetime:
    """An aware instant out of --at; UsageFailure for anything else."""
    try:
        instant = datetime.fromisoformat(typed)
    except ValueError:
        instant = None
    if instant is None or instant.tzinfo is None:
        raise UsageFailure(
            f"--at {typed} is not an instant: write date, time and offset, like 2026-12-10T09:00+01:00"
        )
    return instant
