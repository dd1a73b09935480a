"""`python -m conformance CLIENTS_PYTHON`: each client against a workspace of its own."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from rich.console import Console

from local_workspace.serve import RunningWorkspace

CLIENTS = ("gcsa", "simplegmail", "pygsheets", "gspread")


def main() -> int:
    """Return the number of clients that were not answered as by Google."""
    console, failed = Console(), 0
    for client in CLIENTS:
        with (
            tempfile.TemporaryDirectory() as folder,
            RunningWorkspace(Path(folder), check_answers=True) as there,
        ):
            command = [sys.argv[1], "-m", f"conformance.{client}_client", there.base_url]
            done = subprocess.run(command, check=False, capture_output=True, text=True)  # noqa: S603 (our own)
        failed += done.returncode != 0
        console.print(f"{client}: {'as by Google' if done.returncode == 0 else 'FAILED'}")
        if done.returncode:
            console.print(done.stderr, markup=False, highlight=False)
    return failed


if __name__ == "__main__":
    sys.exit(main())
