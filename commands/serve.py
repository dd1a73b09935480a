"""`serve`: keep doing what is due, until SIGTERM."""

from __future__ import annotations

import logging
import signal
import sys
import threading
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from commands.failures import Code, keep_private, known
from commands.options import Config, around
from commands.session import connected
from commands.signals import stopped_by
from commands.surroundings import Surroundings

if TYPE_CHECKING:
    from commands.connect import Connection
    from engine.tick import Tick

_LOG = logging.getLogger("third-thursday")

Every = Annotated[int, typer.Option(min=1, max=24 * 60, metavar="MINUTES", help="Minutes between two looks.")]


def serve(context: typer.Context, config: Config = None, every: Every = 10) -> None:
    """Do what is due, when it is due, until SIGTERM or Ctrl-C; one log line per look, without names."""
    from engine import schedule  # noqa: PLC0415 (APScheduler, for this verb alone)

    surroundings = around(context, config)
    logging.basicConfig(stream=sys.stderr, level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
    logging.getLogger("apscheduler").setLevel(logging.WARNING)
    with (
        connected(surroundings, writing=True) as connection,
        stopped_by(signal.SIGTERM, signal.SIGINT) as stop,
    ):
        service = Service(surroundings, connection, stop)
        schedule.serve(service.tick, every=timedelta(minutes=every), clock=connection.clock, stop=stop)
    if service.failure is not None:
        raise service.failure
    _LOG.info("stopped")


class Service:
    """The ticks of one `serve`. stop: ends it; set as well when the sign-in is lost."""

    def __init__(self, surroundings: Surroundings, connection: Connection, stop: threading.Event) -> None:
        self.stop = stop
        self.failure: Exception | None = None
        self._surroundings = surroundings
        self._connection = connection
        self._doubts_ledger = False

    def tick(self) -> datetime | None:
        """One tick, told in one line, failures too; returns when the next is due, None when not known."""
        try:
            if self._doubts_ledger:
                self._connection.ledger.reread()
                self._doubts_ledger = False
            tick = self._connection.tick(stopping=self.stop.is_set)
        except Exception as error:  # whatever it was, the service goes on or ends with a sentence
            self._failed(error)
            return None
        level = logging.WARNING if tick.troubles or tick.plan.stop else logging.INFO
        _LOG.log(level, "%s", counts(tick))
        return tick.next_due

    def _failed(self, error: Exception) -> None:
        foreseen = known(error)
        if foreseen is None:
            path = keep_private(error, self._surroundings.data, self._surroundings.clock())
            _LOG.error("a fault of this program (%s); the traceback is in %s", type(error).__name__, path)
        elif foreseen[1] is Code.SIGN_IN:  # waiting does not mend this
            self.failure = error
            self.stop.set()
        else:
            self._doubts_ledger |= foreseen[1] is Code.LEDGER
            _LOG.warning("%s", foreseen[0])


def counts(tick: Tick) -> str:
    """A tick in numbers, without a name or an address."""
    due = tick.next_due
    return (
        f"done {len(tick.done)}, stopped {len(tick.plan.holds)}, troubles {len(tick.troubles)}, "
        f"next {due.isoformat(timespec='seconds') if due else 'not in view'}"
    )
