"""`preview`: one kind of mail as a reader would get it, written to files."""

from __future__ import annotations

from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from commands.failures import CommandFailure, UsageFailure
from commands.options import Config, around
from commands.screen import say, working
from commands.session import connected, file_in_force
from commands.surroundings import Surroundings
from community.mails import MailKind, Sender
from sheets_schema.wording import Wording

if TYPE_CHECKING:
    from community.community import Community

Mail = Annotated[str, typer.Argument(metavar="MAIL", help="Which mail: " + ", ".join(MailKind) + ".")]
To = Annotated[Path, typer.Option("--to", metavar="DIR", help="Where the files are written.")]


def preview(context: typer.Context, mail: Mail, config: Config = None, to: To = Path()) -> None:
    """Write a sample of a mail as .html, .txt and .eml, in the sheet's wording when there is a sheet."""
    # The composer brings a template engine and more, which --help need not load.
    from mails.compose import compose  # noqa: PLC0415
    from mails.samples import SAMPLE_NOW, SAMPLE_SENDER, sample_letter  # noqa: PLC0415

    kind = _kind(mail)
    community = _community(around(context, config))
    wording = _wording(community, kind)
    sender = SAMPLE_SENDER if community is None else _sender(community, SAMPLE_SENDER)
    message = compose(sample_letter(kind), wording, sender, SAMPLE_NOW)
    files = _files(to, kind, message)
    try:
        to.mkdir(parents=True, exist_ok=True)
        for path, content in files:
            path.write_bytes(content)
    except OSError as error:
        raise CommandFailure(f"The mail cannot be written to {to}: {error.strerror}") from None
    for path, _ in files:
        say(str(path))


def _kind(typed: str) -> MailKind:
    try:
        return MailKind(typed.casefold())
    except ValueError:
        raise UsageFailure(f"There is no mail called {typed}. There are: {', '.join(MailKind)}") from None


def _community(surroundings: Surroundings) -> Community | None:
    """The community of the configured sheet, None where no configuration names one."""
    configuration = file_in_force(surroundings)
    if configuration is None or not configuration.spreadsheet:
        return None
    with connected(surroundings) as connection, working("Reading the sheet"):
        return connection.look()


def _wording(community: Community | None, kind: MailKind) -> Wording | None:
    row = community.sheet.emails.get(str(kind)) if community else None
    return Wording(row.kind, row.goes_to, "", row.subject, row.text) if row else None


def _sender(community: Community, sample: Sender) -> Sender:
    settings = community.settings
    return Sender(
        community=settings.community_name or sample.community,
        organizer=settings.organizer or sample.organizer,
        reply_to=settings.reply_to or sample.reply_to,
        zone=community.zone.key if community.zone else sample.zone,
    )


def _files(folder: Path, kind: MailKind, message: EmailMessage) -> list[tuple[Path, bytes]]:
    parts = {"html": message.get_body(("html",)), "txt": message.get_body(("plain",))}
    files = [
        (folder / f"{kind}.{suffix}", str(part.get_content()).encode())
        for suffix, part in parts.items()
        if part is not None
    ]
    return [*files, (folder / f"{kind}.eml", message.as_bytes(policy=SMTP))]
