"""`logout`: give the sign-in back."""

from __future__ import annotations

import typer

from commands.options import Config, around
from commands.screen import say
from commands.session import signing


def logout(context: typer.Context, config: Config = None) -> None:
    """Revoke the sign-in at Google and delete the token file."""
    from credentials import login as consent  # noqa: PLC0415 (Google's clients, which --help must not load)

    configuration = signing(around(context, config))
    consent.logout(configuration.token)
    say(f"Signed out; {configuration.token.name} is deleted.")
