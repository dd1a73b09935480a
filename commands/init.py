"""`init`: make the community's spreadsheet, or add what one lacks."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from commands.failures import CommandFailure, UsageFailure
from commands.options import Config, around
from commands.screen import say, working
from commands.session import configured
from sheets_schema import settings as settings_tab
from sheets_schema.build import create_requests
from sheets_schema.cells import Unreadable
from sheets_schema.complete import ExistingTab, missing_requests
from sheets_schema.zones import read_zone
from workspace.errors import AccessDenied, NotFound, Rejected, ScopeMissing

if TYPE_CHECKING:
    from commands.configuration import Configuration
    from workspace.sheets import Sheets

Title = Annotated[str, typer.Option(help="The spreadsheet's title and the community's name.")]
TimeZone = Annotated[
    str, typer.Option(metavar="ZONE", help="The community's zone, like Europe/Berlin or just Berlin.")
]
Spreadsheet = Annotated[
    str | None,
    typer.Option(metavar="ID", help="Add what is missing to this spreadsheet (its id or its address)."),
]


def init(
    context: typer.Context,
    config: Config = None,
    title: Title = settings_tab.COMMUNITY_NAME.typed,
    time_zone: TimeZone = settings_tab.TIME_ZONE.typed,
    spreadsheet: Spreadsheet = None,
) -> None:
    """Make the spreadsheet, or add what a spreadsheet lacks and change nothing that is there."""
    # Google's clients, which --help must not load.
    from commands.connect import transported  # noqa: PLC0415
    from workspace.gmail import Gmail  # noqa: PLC0415
    from workspace.sheets import Sheets  # noqa: PLC0415

    zone = _zone(time_zone)
    surroundings = around(context, config)
    with configured(surroundings) as configuration:
        if configuration.spreadsheet and spreadsheet is None:
            raise UsageFailure(
                f"{configuration.path} names a spreadsheet already: to add what is missing there, say"
                f" `init --spreadsheet {configuration.spreadsheet}`; to make another one, empty the key"
            )
        with transported(configuration) as transport, working("Building the spreadsheet"):
            chosen = {
                settings_tab.COMMUNITY_NAME.name: title,
                settings_tab.TIME_ZONE.name: zone,
                settings_tab.ORGANIZER.name: Gmail(transport).account(),
            }
            today = _today(surroundings.clock, zone)
            sheets = Sheets(transport, _id(spreadsheet or ""))
            if spreadsheet is None:
                done = create(configuration, sheets, today, chosen)
            else:
                done = _complete(configuration, sheets, today, chosen)
        say(done)
        if configuration.endpoints.workspace is None:
            say(f"https://docs.google.com/spreadsheets/d/{sheets.spreadsheet_id}")
        say(f"Its id is in {configuration.path}. Next: fill in Members and Settings, then `main.py check`.")


def create(configuration: Configuration, sheets: Sheets, today: date, chosen: Mapping[str, str]) -> str:
    """Make the community's spreadsheet and remember its id in the configuration file; says so in a sentence.

    today: the day in the community's zone. chosen: settings by name, the community's name among them.
    """
    from commands.configuration import remember_spreadsheet  # noqa: PLC0415 (pydantic)

    title = chosen[settings_tab.COMMUNITY_NAME.name]
    spreadsheet = sheets.create(title)
    # Before it is filled, so that a second `init` never makes a second one.
    remember_spreadsheet(configuration.path, spreadsheet)
    sheets.batch_update(create_requests(today, chosen))
    return f"Made the spreadsheet “{title}”."


def _complete(configuration: Configuration, sheets: Sheets, today: date, chosen: Mapping[str, str]) -> str:
    from commands.configuration import remember_spreadsheet  # noqa: PLC0415 (pydantic)

    try:
        requests = missing_requests(_existing(sheets.describe()), today, chosen)
        if requests:
            sheets.batch_update(requests)
    except (NotFound, AccessDenied, ScopeMissing) as refused:
        raise CommandFailure(
            f"The spreadsheet {sheets.spreadsheet_id} cannot be changed with this sign-in: one that the"
            " service did not make itself must be yours or shared with you, and needs"
            " `main.py login --existing-sheet`"
        ) from refused
    except Rejected as refused:
        raise CommandFailure(f"{sheets.spreadsheet_id} cannot be completed: {refused}") from refused
    remember_spreadsheet(configuration.path, sheets.spreadsheet_id)
    return _added(requests)


def _added(requests: Sequence[Mapping[str, Any]]) -> str:
    if not requests:
        return "Nothing was missing."
    tabs = sum("addSheet" in request for request in requests)
    inserted = [request["insertDimension"]["range"] for request in requests if "insertDimension" in request]
    columns, rows = (
        sum(where["endIndex"] - where["startIndex"] for where in inserted if where["dimension"] == dimension)
        for dimension in ("COLUMNS", "ROWS")
    )
    added = f"Added what was missing: tabs {tabs}, columns {columns}, rows {rows}."
    return f"{added} Look the new rows over: they say what a new sheet says." if rows else added


def _existing(description: Mapping[str, Any]) -> list[ExistingTab]:
    return [
        ExistingTab(sheet["properties"]["sheetId"], sheet["properties"]["title"], sheet.get("rows", []))
        for sheet in description.get("sheets", [])
    ]


def _zone(typed: str) -> str:
    try:
        return read_zone(typed).key
    except Unreadable as error:
        raise UsageFailure(f"--time-zone: {error.what}") from None


def _today(clock: Callable[[], datetime], zone: str) -> date:
    return clock().astimezone(read_zone(zone)).date()


def _id(typed: str) -> str:
    """The id out of a spreadsheet's address, or as it is."""
    found = re.search(r"/d/([\w-]+)", typed)
    return found[1] if found else typed
