"""Runs the cells that have no outcome yet, in a pool of processes; each outcome is kept at once."""

from __future__ import annotations

import multiprocessing
import signal
import time
import traceback
from collections.abc import Callable, Iterable
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

from torture.campaign import Campaign
from torture.outcomes import FOLDER, Line, append, load

LONGEST_CELL = 600  # seconds; a cell that takes longer is an endless loop and ends as an error
_AHEAD = 4  # cells per process that wait in the pool


@dataclass(frozen=True, slots=True)
class Order:
    """What to run. only: a part of a cell's name, empty for all. folder: where outcomes are kept."""

    seed: int = 1
    only: str = ""
    workers: int = 2
    folder: Path = FOLDER


def open_cells(campaign: Campaign, order: Order, sources: str) -> list[str]:
    """The cells that were asked for and have no outcome with these sources; one that failed has none."""
    known = load(campaign.name, sources, order.folder)
    ended = {cell for cell, line in known.items() if not line.error}
    return [cell for cell in campaign.cells(order.seed) if order.only in cell and cell not in ended]


def run_cells(
    campaign: Campaign, cells: Iterable[str], order: Order, sources: str, each: Callable[[Line], None]
) -> None:
    """Run cells and keep what they end in; `each` is called with every line, in the order they end."""
    waiting = iter(cells)
    context = multiprocessing.get_context("spawn")  # workspaces run in threads, which a fork would not take
    with ProcessPoolExecutor(order.workers, mp_context=context) as pool:
        running: set[Future[Line]] = set()
        try:
            while True:
                room = order.workers * _AHEAD - len(running)
                running |= {pool.submit(run_cell, campaign, cell, sources) for cell in islice(waiting, room)}
                if not running:
                    return
                done, running = wait(running, return_when=FIRST_COMPLETED)
                for future in done:
                    append(campaign.name, future.result(), order.folder)
                    each(future.result())
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def run_cell(campaign: Campaign, cell: str, sources: str) -> Line:
    """Run one cell in an empty folder of its own; whatever it raises becomes its line's error."""
    began = time.monotonic()
    outcome, error = None, ""
    signal.signal(signal.SIGALRM, _too_long)
    signal.alarm(LONGEST_CELL)
    try:
        with TemporaryDirectory(prefix="torture-") as folder:
            outcome = campaign.run(cell, Path(folder))
    except (Exception, _TooLongError):
        error = traceback.format_exc()
    finally:
        signal.alarm(0)
    at = datetime.now(UTC).isoformat(timespec="seconds")
    return Line(cell, sources, at, round(time.monotonic() - began, 3), outcome, error)


class _TooLongError(BaseException):
    """A cell does not end; no exception that the program itself would catch."""


def _too_long(*_: object) -> None:
    raise _TooLongError(f"the cell did not end within {LONGEST_CELL} seconds")
