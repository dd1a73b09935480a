"""`workspace`: Google Workspace on this machine, in the foreground."""

from __future__ import annotations

import os
import signal
import sys
import threading
from pathlib import Path
from typing import Annotated

import typer

from commands.failures import CommandFailure
from commands.screen import say

READY = "Local workspace: "

Port = Annotated[int, typer.Option(min=0, max=65535, help="The port on 127.0.0.1; 0 takes a free one.")]
Data = Annotated[Path, typer.Option(metavar="DIR", help="Where its state, keys and configuration are kept.")]
UntilStdinEnds = Annotated[bool, typer.Option(hidden=True)]


def workspace(
    port: Port = 8765, data: Data = Path("workspace-data"), until_stdin_ends: UntilStdinEnds = False
) -> None:
    """Run Google Workspace on this machine until SIGTERM or Ctrl-C; nothing leaves it."""
    from local_workspace.serve import run, write_configuration  # noqa: PLC0415 (a web server, for this verb)

    def announce(base_url: str) -> None:
        file = write_configuration(data, base_url)
        say(f"{READY}{base_url}")
        say(f"Configuration: {file.absolute()}")

    if until_stdin_ends:
        threading.Thread(target=_end_with_stdin, daemon=True).start()
    try:
        run(data, port, announce)
    except OSError as error:
        raise CommandFailure(
            f"The local workspace cannot use port {port} or the folder {data}: {error.strerror or error}"
        ) from None


def _end_with_stdin() -> None:
    """Whoever started us holds our stdin; when it ends without a word, so do we."""
    sys.stdin.read()
    os.kill(os.getpid(), signal.SIGTERM)
