"""The outside as the engine needs it: four clients and the account behind them."""

from __future__ import annotations

from dataclasses import dataclass, field

from workspace.calendar import Calendar
from workspace.discord import Discord
from workspace.gmail import Gmail
from workspace.sheets import Sheets


@dataclass(slots=True)
class Workspace:
    """One signed-in account's services; Discord only where a bot token is configured."""

    sheets: Sheets
    calendar: Calendar
    gmail: Gmail
    discord: Discord | None = None
    _account: str = field(default="", init=False)

    def account(self) -> str:
        """The account's address, asked for once per process."""
        if not self._account:
            self._account = self.gmail.account()
        return self._account
