"""Faults of a month's workspace, told in few words, and the month as a process that starts finds it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.workspace import Workspace
from tests.month import Month
from workspace.calendar import Calendar
from workspace.discord import Discord, read_token
from workspace.gmail import Gmail
from workspace.sheets import Sheets
from workspace.transport import open_transport

Fault = str | Mapping[str, Any]  # its name, or all that POST /local/faults is told but the method


def answer(code: int, message: str, **more: object) -> Fault:
    """An error of Google's in words of one's own; the workspace does nothing of what it was asked.

    more: what else stands beside code and message.
    """
    error = {"code": code, "message": message, **more}
    return {"fault": "answer", "status": code, "body": {"error": error}}


def fail(month: Month, method: str, *faults: Fault) -> None:
    """Break the coming calls of an API method, one fault each, in order; then all is well again."""
    for call, fault in enumerate(faults, 1):
        _tell(month, method, fault, call=call)


def always(month: Month, method: str, fault: Fault) -> None:
    """Break every call of an API method until `heal`."""
    _tell(month, method, fault, times=None)


def heal(month: Month) -> None:
    """Break nothing any more."""
    month.local("DELETE", "/local/faults")


def restart(month: Month) -> None:
    """Make of a month what a new process finds: fresh clients, and the ledger as it is on disk."""
    month.ledger.close()
    month.transport.close()
    if month.workspace.discord:
        month.workspace.discord.close()
    month.transport = open_transport(month.config / "token.json", month.endpoints, sleep=lambda _: None)
    month.workspace = Workspace(
        Sheets(month.transport, month.id),
        Calendar(month.transport),
        Gmail(month.transport),
        Discord(month.endpoints, read_token(month.config / "discord_token")),
    )
    month.ledger = month.open_ledger()


def _tell(month: Month, method: str, fault: Fault, **when: object) -> None:
    told = {"fault": fault} if isinstance(fault, str) else fault
    month.local("POST", "/local/faults", {"method": method, **told, **when})
