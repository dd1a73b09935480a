"""`login`: sign in to Google in the browser."""

from __future__ import annotations

from typing import Annotated

import typer

from commands.options import Config, around
from commands.screen import note, say
from commands.session import signing

ExistingSheet = Annotated[
    bool,
    typer.Option(
        "--existing-sheet", help="Ask for every spreadsheet, for one that the service did not make itself."
    ),
]
Browser = Annotated[bool, typer.Option(help="Open the browser; otherwise only show the address.")]


def login(
    context: typer.Context,
    config: Config = None,
    existing_sheet: ExistingSheet = False,
    browser: Browser = True,
) -> None:
    """Sign in to Google in the browser and keep the sign-in in the token file."""
    # Google's clients, which --help must not load.
    from commands.connect import transported  # noqa: PLC0415
    from credentials import login as consent  # noqa: PLC0415
    from credentials.scopes import scopes  # noqa: PLC0415
    from credentials.store import remember_account  # noqa: PLC0415
    from workspace.gmail import Gmail  # noqa: PLC0415

    surroundings = around(context, config)
    configuration = signing(surroundings)

    def show(url: str) -> None:
        note("Consent in the browser; if none opens, this is the address:")
        typer.echo(url, err=True)
        if browser:
            surroundings.open_url(url)

    consent.login(
        configuration.client_secret,
        configuration.token,
        open_url=show,
        scopes=scopes(with_existing_sheet=existing_sheet),
    )
    with transported(configuration) as transport:
        account = Gmail(transport).account()
    remember_account(configuration.token, account)
    say(f"Signed in as {account}; the sign-in is kept in {configuration.token}.")
