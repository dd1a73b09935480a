"""The one place where errors become a sentence and an exit code; no traceback is ever shown.

Codes: 0 fine, 1 something needs you, 2 wrong usage or configuration, 3 sign-in, 4 Google or the network,
5 ledger, 6 a fault of this program, 130 interrupted.
"""

from __future__ import annotations

import os
import traceback
from datetime import datetime
from enum import IntEnum
from pathlib import Path

import typer

from credentials.errors import SignInError
from engine.ledger_errors import LedgerError
from workspace.errors import (
    NotSent,
    OutcomeUnknown,
    QuotaReached,
    ScopeMissing,
    SignInLost,
    WorkspaceError,
    masked,
)


class Code(IntEnum):
    """What the exit code of this program means."""

    FINE = 0
    NEEDS_YOU = 1
    USAGE = 2
    SIGN_IN = 3
    UNREACHABLE = 4
    LEDGER = 5
    FAULT = 6
    INTERRUPTED = 130


class CommandFailure(Exception):
    """A command cannot go on; the message is one sentence with the way out."""

    code = Code.NEEDS_YOU


class UsageFailure(CommandFailure):
    """What was typed, or what the configuration says, cannot be done."""

    code = Code.USAGE


INTERRUPTED = "Interrupted; what was done is in the ledger, and the next run goes on from there."


def known(error: BaseException) -> tuple[str, Code] | None:
    """The sentence and the code of an error we foresaw, None for one we did not."""
    if isinstance(error, CommandFailure):
        return str(error), error.code
    if isinstance(error, typer.TyperException):
        return error.format_message(), Code.USAGE
    if isinstance(error, SignInError | SignInLost | ScopeMissing):
        return str(error), Code.SIGN_IN
    if isinstance(error, NotSent | OutcomeUnknown | QuotaReached):
        return str(error), Code.UNREACHABLE
    if isinstance(error, WorkspaceError):
        return str(error), Code.NEEDS_YOU
    if isinstance(error, KeyboardInterrupt):
        return INTERRUPTED, Code.INTERRUPTED
    if isinstance(error, LedgerError):
        return str(error), Code.LEDGER
    return None


def keep_private(error: BaseException, folder: Path, now: datetime) -> Path | None:
    """Append an unforeseen error's traceback to a file for its owner alone; None where that fails, too.

    Addresses, links and tokens are masked.
    """
    path = folder / "failures.log"
    lines = "".join(traceback.format_exception(error)).splitlines()
    text = "\n".join([now.isoformat(), *(_masked_line(line) for line in lines), "", ""])
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with open(
            os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "a", encoding="utf-8"
        ) as file:
            file.write(text)
    except OSError:
        return None
    return path


def _masked_line(line: str) -> str:
    indent = line[: len(line) - len(line.lstrip())]
    return indent + masked(line)
