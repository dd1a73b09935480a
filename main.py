"""Third Thursday's entry point: wires everything, and is the only reader of the clock and the environment."""

from __future__ import annotations

import sys
import tomllib
import webbrowser
from datetime import UTC, datetime
from pathlib import Path

import platformdirs

from commands.app import run
from commands.surroundings import Surroundings

_NAME = "third-thursday"
_HERE = Path(__file__).resolve()


def surroundings() -> Surroundings:
    """The machine as it is; the user's folders follow its customs (XDG on Linux)."""
    project = tomllib.loads(_HERE.with_name("pyproject.toml").read_text(encoding="utf-8"))["project"]
    return Surroundings(
        clock=lambda: datetime.now(UTC),
        folder=Path.cwd(),
        configurations=platformdirs.user_config_path(_NAME, appauthor=False),
        data=platformdirs.user_data_path(_NAME, appauthor=False),
        program=(sys.executable, str(_HERE)),
        version=project["version"],
        open_url=webbrowser.open,
    )


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:], surroundings()))
