"""`make bench`: what it costs, side by side, in one run."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

from rich.console import Console
from rich.progress import track
from rich.table import Table

from benchmarks import local_workspace, requests_made

SIZES = (20, 200)
ROWS = (20, 2_000, 20_000)


def main() -> None:
    """Count, then print three tables."""
    console = Console()
    work = [
        *((f"{size} members", requests_made.month, size) for size in SIZES),
        *((f"{size} members by hand", requests_made.month_by_hand, size) for size in SIZES),
    ]
    months = {name: run(size) for name, run, size in track(work, "Living through months", transient=True)}
    console.print(_requests(months))
    console.print(_planning([_in_own_process(rows) for rows in track(ROWS, "Planning", transient=True)]))
    with console.status("Asking the local workspace"):
        costs = local_workspace.costs()
        rest = {
            "batchGet of 20,000 rows": local_workspace.batch_get(),
            "start-up": local_workspace.start_up(),
        }
    console.print(_local_workspace(costs, rest))


def _local_workspace(costs: dict[str, tuple[float, float]], rest: dict[str, float]) -> Table:
    table = Table(title="The local workspace: CPU milliseconds per request")
    for name in ("request", "ms", "with 10 times as much held"):
        table.add_column(name, justify="right" if name != "request" else "left")
    for name, (milliseconds, ratio) in costs.items():
        table.add_row(name, f"{milliseconds:.2f}", f"x {ratio:.2f}")
    for name, milliseconds in rest.items():
        table.add_row(name, f"{milliseconds:.0f}", "")
    return table


def _requests(months: dict[str, dict[str, Any]]) -> Table:
    table = Table(title="Requests: one tick with nothing to do / 12 November to 19 December 2026")
    table.add_column("what")
    for name in months:
        table.add_column(name, justify="right")
    for row in (*requests_made.GROUPS, requests_made.ALL, requests_made.KILOBYTES):
        table.add_row(row, *(f"{one['idle'][row]:,} / {one['month'][row]:,}" for one in months.values()))
    table.add_row("ticks", *(f"1 / {one['ticks']}" for one in months.values()))
    return table


def _planning(measured: list[dict[str, float]]) -> Table:
    table = Table(title="Planning: CPU seconds and memory, from cells to reports")
    for name in ("member rows", "read", "plan", "report", "us per row", "effects", "peak MB"):
        table.add_column(name, justify="right")
    for one in measured:
        cpu = one["read"] + one["plan"] + one["report"]
        table.add_row(
            f"{one['members']:,.0f}",
            *(f"{one[step]:.3f}" for step in ("read", "plan", "report")),
            f"{1e6 * cpu / one['members']:,.0f}",
            f"{one['effects']:,.0f}",
            f"{one['peak_mb']:.0f}",
        )
    return table


def _in_own_process(rows: int) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.planning", str(rows)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603 (our own module)
    measured: dict[str, float] = json.loads(done.stdout)
    return measured


if __name__ == "__main__":
    main()
