"""From a configuration to clients and ledger: the place where everything is put together."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime

from commands.configuration import Configuration
from community.community import Community
from community.ledger import LedgerView
from community.plan import Plan
from engine.ledger import Ledger
from engine.plan import Limits, make_plan
from engine.tick import Pace, Tick, learn_from_log, look, run_tick
from engine.workspace import Workspace
from reports.problems import all_problems
from sheets_schema.problems import Problem
from workspace.calendar import Calendar
from workspace.discord import Discord, read_token
from workspace.gmail import Gmail
from workspace.sheets import Sheets
from workspace.transport import Transport, open_transport


@dataclass(frozen=True, slots=True)
class Connection:
    """Everything that a verb works with. clock: gives aware instants."""

    configuration: Configuration
    clock: Callable[[], datetime]
    workspace: Workspace
    ledger: Ledger

    def look(self) -> Community:
        """The community as it is now; writes nothing."""
        return look(self.workspace, self.ledger, self.clock())

    def plan(self) -> tuple[Community, Plan]:
        """The community, and what would happen now; writes nothing."""
        community = self.look()
        return community, make_plan(community, self._limits(()))

    def problems(self, community: Community) -> tuple[Problem, ...]:
        """Everything that is wrong in the sheet."""
        return all_problems(community)

    def history(self) -> LedgerView:
        """What the ledger knows."""
        return self.ledger.view()

    def tick(self, allow: Iterable[str] = (), *, stopping: Callable[[], bool] = lambda: False) -> Tick:
        """Do what is due now. allow: codes that release what was stopped. stopping: asked between effects."""
        return run_tick(
            self.workspace,
            self.ledger,
            clock=self.clock,
            limits=self._limits(allow),
            pace=Pace(self.configuration.mail.seconds_between, time.sleep, stopping),
        )

    def recover(self) -> int:
        """Let the ledger learn what another one had done; returns how many effects it learned of."""
        return learn_from_log(self.workspace, self.ledger, self.clock())

    def _limits(self, allow: Iterable[str]) -> Limits:
        mail = self.configuration.mail
        return Limits(mail.per_day, mail.per_person_and_month, frozenset(allow))


@contextmanager
def connect(
    configuration: Configuration, clock: Callable[[], datetime], *, writing: bool
) -> Iterator[Connection]:
    """Opens the clients and the ledger of the configured spreadsheet, and closes them.

    writing: whether to take the ledger's lock. Raises ConfigurationError, SignInLost, LedgerError.
    """
    spreadsheet = configuration.needed_spreadsheet()
    with (
        transported(configuration) as transport,
        Ledger.open(
            configuration.ledger, spreadsheet=spreadsheet, calendar=configuration.calendar, writing=writing
        ) as ledger,
        _discord(configuration) as discord,
    ):
        workspace = Workspace(
            sheets=Sheets(transport, spreadsheet),
            calendar=Calendar(transport, configuration.calendar),
            gmail=Gmail(transport),
            discord=discord,
        )
        yield Connection(configuration, clock, workspace, ledger)


@contextmanager
def transported(configuration: Configuration) -> Iterator[Transport]:
    """A signed-in transport to the configured endpoints; SignInLost when there is no sign-in."""
    with closing(open_transport(configuration.token, configuration.endpoints.services)) as transport:
        yield transport


@contextmanager
def _discord(configuration: Configuration) -> Iterator[Discord | None]:
    if configuration.discord_token is None:
        yield None
        return
    token = read_token(configuration.discord_token)
    with closing(Discord(configuration.endpoints.services, token)) as discord:
        yield discord
