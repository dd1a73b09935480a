"""`python -m torture [NAME ...]`: run what has not been run yet, then write docs/reliability.md."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from torture.campaign import Campaign, broken
from torture.campaigns import CAMPAIGNS
from torture.outcomes import FOLDER, Line, fingerprint, forget, load
from torture.page import PAGE, Section, render
from torture.runner import Order, open_cells, run_cells

_SHOWN = 20  # broken promises named at the end


def main(arguments: list[str], page: Path = PAGE, folder: Path = FOLDER) -> int:
    """Run the named campaigns (all without a name); 1 when a cell failed or a promise was broken."""
    asked = _parse(arguments)
    order = Order(asked.seed, asked.only, asked.workers, folder)
    console = Console()
    for campaign in _chosen(asked.names):
        if asked.fresh:
            forget(campaign.name, folder)
        _run(campaign, order, _sources(campaign), console)
    sections = [
        Section(campaign, campaign.cells(order.seed), lines)
        for campaign in CAMPAIGNS
        if (lines := load(campaign.name, _sources(campaign), folder))
    ]
    there = {section.campaign.name for section in sections}
    missing = [campaign.name for campaign in CAMPAIGNS if campaign.name not in there]
    page.write_text(render(sections, missing, order.seed), encoding="utf-8")
    return _verdict(sections, console)


def _parse(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m torture", description=__doc__)
    names = [campaign.name for campaign in CAMPAIGNS]
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"all, or some of: {', '.join(names)}")
    parser.add_argument("--seed", type=int, default=1, help="what random cells are drawn with (1)")
    parser.add_argument("--fresh", action="store_true", help="forget the outcomes so far")
    parser.add_argument("--only", default="", metavar="TEXT", help="only cells whose name holds this")
    parser.add_argument("--workers", type=int, default=2, help="processes at once (2)")
    asked = parser.parse_args(arguments)
    if unknown := sorted(set(asked.names) - set(names)):
        parser.error(f"there is no campaign {', '.join(unknown)}; there are {', '.join(names) or 'none'}")
    return asked


def _chosen(names: list[str]) -> list[Campaign]:
    return [campaign for campaign in CAMPAIGNS if not names or campaign.name in names]


def _sources(campaign: Campaign) -> str:
    return fingerprint(campaign.run.__module__)


def _run(campaign: Campaign, order: Order, sources: str, console: Console) -> None:
    with console.status(f"{campaign.name}: getting ready"):
        cells = open_cells(campaign, order, sources)
    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn()
    with Progress(*columns, console=console) as progress:
        task = progress.add_task(campaign.name, total=len(cells))

        def each(line: Line) -> None:
            progress.advance(task)
            if line.error:
                progress.console.print(f"{campaign.name} {line.cell}: {line.error.splitlines()[-1]}")

        if cells:
            run_cells(campaign, cells, order, sources, each)


def _verdict(sections: list[Section], console: Console) -> int:
    errors = [f"{part.campaign.name} {cell}: ended in an error" for part in sections for cell in part.errors]
    wrong = [f"{part.campaign.name} {what}" for part in sections for what in broken(part.outcomes)]
    for sentence in (errors + wrong)[:_SHOWN]:
        console.print(sentence, style="red")
    if errors or wrong:
        console.print(f"{len(errors):,} cells ended in an error, {len(wrong):,} promises were broken.")
    return 1 if errors or wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
