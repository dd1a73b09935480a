"""`demo`: a community's whole month on this machine, without an account."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated

import typer

from commands.embedded import started
from commands.failures import CommandFailure, UsageFailure
from commands.options import around
from commands.screen import working

if TYPE_CHECKING:
    from commands.configuration import Configuration
    from commands.connect import Connection
    from commands.demo_hand import Hand
    from commands.demo_month import Clock, DemoMonth
    from commands.demo_screen import Screen

# The imports inside functions bring Google's clients and SQLAlchemy, which `--help` must not load.

To = Annotated[Path, typer.Option("--to", metavar="DIR", help="Where the mails and tabs to look at go.")]
Data = Annotated[
    Path | None,
    typer.Option(metavar="DIR", help="Keep the local workspace in this new folder, to look around later."),
]


def demo(context: typer.Context, to: To = Path("demo"), data: Data = None) -> None:
    """Show five weeks of a sample community: every mail, invitation and mistake, in about a minute."""
    from commands import configuration  # noqa: PLC0415
    from commands.demo_month import Clock  # noqa: PLC0415
    from commands.demo_story import START  # noqa: PLC0415

    surroundings = around(context, None)
    clock = Clock(START)
    with _folder(data) as folder, started(surroundings, folder):
        file = folder / configuration.FILE_NAME
        with working("Setting up a sample community"):
            _set_up(configuration.read(file, folder), clock)
        faults = _show(configuration.read(file, folder), clock, to)
    if faults:
        raise CommandFailure(f"The demo found what must not be: {'; '.join(faults)}")


@contextmanager
def _folder(data: Path | None) -> Iterator[Path]:
    if data is None:
        with TemporaryDirectory(prefix="third-thursday-demo-", ignore_cleanup_errors=True) as folder:
            yield Path(folder)
        return
    if data.exists() and any(data.iterdir()):
        raise UsageFailure(f"The demo begins with an empty folder, and there is something in {data}")
    yield data


def _set_up(configuration: Configuration, clock: Clock) -> None:
    """What `init` does; then the organizer pastes the community and types the first things."""
    from commands import demo_story, sample  # noqa: PLC0415
    from commands.connect import transported  # noqa: PLC0415
    from commands.demo_hand import Hand  # noqa: PLC0415
    from commands.init import create  # noqa: PLC0415
    from engine.append_rows import row_for  # noqa: PLC0415
    from sheets_schema import settings  # noqa: PLC0415
    from sheets_schema.sheet import TABS  # noqa: PLC0415
    from workspace.gmail import Gmail  # noqa: PLC0415
    from workspace.sheets import Sheets  # noqa: PLC0415

    base = configuration.endpoints.workspace or ""
    with transported(configuration) as transport:
        with closing(Hand(base, "")) as hand:
            hand.set_clock(clock())
        sheets = Sheets(transport)
        chosen = {
            settings.COMMUNITY_NAME.name: sample.COMMUNITY,
            settings.TIME_ZONE.name: demo_story.ZONE.key,
            settings.ORGANIZER.name: Gmail(transport).account(),
        }
        create(configuration, sheets, clock().date(), chosen)
        headers = {tab.title: tab.headers for tab in TABS}
        for title, rows in sample.pasted().items():
            sheets.append(title, [row_for(title, headers[title], dict(row)) for row in rows])
    with closing(Hand(base, sheets.spreadsheet_id)) as hand:
        demo_story.first_day(hand)


def _show(configuration: Configuration, clock: Clock, to: Path) -> list[str]:
    """The weeks, the totals and the files; returns what must not be."""
    from commands import demo_story as story  # noqa: PLC0415
    from commands.connect import connect  # noqa: PLC0415
    from commands.demo_files import write_files  # noqa: PLC0415
    from commands.demo_hand import Hand  # noqa: PLC0415
    from commands.demo_month import DemoMonth  # noqa: PLC0415
    from commands.demo_screen import Screen  # noqa: PLC0415

    base = configuration.endpoints.workspace or ""
    screen = Screen(story.ZONE, {story.MEETING_DAY: "the third Thursday"})
    with (
        closing(Hand(base, configuration.spreadsheet)) as hand,
        connect(configuration, clock, writing=True) as connection,
    ):
        month = DemoMonth(connection, hand, clock, screen.happened)
        screen.title(*story.TITLE)
        for text in story.FIRST_DAY:
            screen.happened(clock(), story.ORGANIZER, text, "did")
        month.live_through(story.steps(), story.END)
        did_nothing = month.tick_once_more()
        faults = _judge(screen, month, connection, hand, did_nothing=did_nothing)
        page = write_files(to, hand, connection.history().entries.values())
    screen.say(f"\nMails of every kind and all tabs are in {to}{'/' if to.name else ''}. To look at them:")
    screen.command(f"python3 -m webbrowser {page.resolve().as_uri()}")
    return faults


def _judge(
    screen: Screen, month: DemoMonth, connection: Connection, hand: Hand, *, did_nothing: bool
) -> list[str]:
    """Print what it all came to; returns what must not be."""
    from commands import demo_checks as checks  # noqa: PLC0415
    from community.labels import LABELS  # noqa: PLC0415

    count, mailboxes = month.count, hand.mailboxes()
    entries = list(connection.history().entries.values())
    mails = Counter(LABELS[entry.kind] for _, entry in checks.mails_by_entry(mailboxes, entries) if entry)
    notices = Counter(mail["kind"] for box in mailboxes.values() for mail in box if mail["kind"] != "mail")
    faults = [
        *checks.mail_faults(mailboxes, entries, hand.drafts()),
        *checks.write_faults(count.writes),
        *checks.repetition_faults(count.repeated, count.idle, did_nothing=did_nothing),
    ]
    screen.heading("Problems by cell")
    screen.problems(month.problems)
    screen.totals([("Mails", mails), ("Calendar's own notices", notices), ("Requests", count.asked)])
    screen.heading("Nothing to do")
    screen.say(f"The last tick made {len(count.idle)} requests: {', '.join(count.idle)}.")
    screen.heading("Looked up afterwards")
    if not faults:
        screen.say(
            f"{count.ticks} ticks, each run a second time: the second did nothing. Nobody got a mail twice,"
            " no draft is left, and no cell of the organizer's was written.",
            "green",
        )
    return faults
