"""Without a configuration: the local workspace, started beside a command and stopped with it."""

from __future__ import annotations

import subprocess
import threading
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from commands import configuration
from commands.configuration import Configuration
from commands.failures import CommandFailure
from commands.screen import note
from commands.surroundings import Surroundings
from commands.workspace import READY

_PATIENCE = 30.0  # seconds until it must have said where it is, and to stop


@contextmanager
def local_workspace(surroundings: Surroundings) -> Iterator[Configuration]:
    """The configuration of the user's own local workspace, which runs for as long as the block.

    One that runs already is used as it is, and left alone.
    """
    with suppress(OSError):  # the workspace itself says it better
        surroundings.data.mkdir(mode=0o700, parents=True, exist_ok=True)
    data = surroundings.data / "local-workspace"
    file = data / configuration.FILE_NAME
    if file.is_file() and _answers(found := configuration.read(file, surroundings.data)):
        note(f"No {configuration.FILE_NAME}: using the local workspace that runs over {data}.")
        yield found
        return
    with started(surroundings, data):
        note(f"No {configuration.FILE_NAME}: using a local workspace on this machine, kept in {data}.")
        yield configuration.read(file, surroundings.data)


@contextmanager
def started(surroundings: Surroundings, data: Path) -> Iterator[None]:
    """The local workspace over a folder, as a program of its own, for as long as the block.

    CommandFailure when it does not start; its configuration stands in the folder by then.
    """
    command = [*surroundings.program, "workspace", "--port", "0", "--data", str(data), "--until-stdin-ends"]
    # A session of its own: Ctrl-C is for the command, which may still have a mail in hand.
    with subprocess.Popen(  # noqa: S603 (this program itself)
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, start_new_session=True
    ) as child:
        try:
            _await_readiness(child)
            yield
        finally:
            child.terminate()
            _stop(child)


def _await_readiness(child: subprocess.Popen[str]) -> None:
    giving_up = threading.Timer(_PATIENCE, child.kill)
    giving_up.start()
    try:
        line = child.stdout.readline() if child.stdout else ""
    finally:
        giving_up.cancel()
    if not line.startswith(READY):
        raise CommandFailure("The local workspace did not start; `main.py workspace` shows why")


def _stop(child: subprocess.Popen[str]) -> None:
    try:
        child.wait(_PATIENCE)
    except subprocess.TimeoutExpired:
        child.kill()


def _answers(found: Configuration) -> bool:
    base = found.endpoints.workspace
    if base is None or not base.startswith("http://127.0.0.1:"):
        return False
    try:
        with urllib.request.urlopen(f"{base}/local/health", timeout=2) as answer:  # noqa: S310 (loopback)
            return bool(answer.status == 200)
    except OSError:
        return False
