"""Google lets us mail but not read any more: the owner of the account hears of it, once a day."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from zoneinfo import ZoneInfo

from community.community import Community
from community.ledger import Sighting
from community.letters import Timing, mail_effect
from community.mails import Letter, MailKind
from community.people import Person, person_key
from engine.desk import Desk
from engine.send_mail import send_mails
from sheets_schema.sheet import Sheet
from workspace.errors import ScopeMissing, WorkspaceError

_REFUSED = "access refused"  # a sighting that the next good tick drops


def warn_of_sign_in(desk: Desk, error: WorkspaceError) -> None:
    """Mail the owner of the account what `error` says; quietly does nothing when mail fails as well.

    The sheet cannot be read then, so nobody else is known. A service that never was live stays silent, and
    one refusal is none yet: a missing scope is sure, anything else must be said twice in a row.
    """
    view = desk.ledger.view()
    if view.live_since is None:
        return
    if not isinstance(error, ScopeMissing) and _REFUSED not in view.sightings:
        desk.ledger.see({**view.sightings, _REFUSED: Sighting("", desk.clock())})
        return
    with suppress(WorkspaceError):
        account = desk.workspace.account()
        now, zone = desk.clock(), ZoneInfo("UTC")
        spreadsheet = desk.workspace.sheets.spreadsheet_id
        community = Community(spreadsheet, now, Sheet(), view, zone, {}, (), (), ())
        owner = Person(person_key(spreadsheet, account), "", account, zone)
        letter = Letter(
            key=f"alert/sign-in/{now.date()}/{owner.key}",
            kind=MailKind.ORGANIZER_ALERT,
            to=owner,
            lines=(str(error), "Until then nothing is read and nothing goes out. Nothing is lost."),
            subject="Google no longer lets the service in",
        )
        known = view.entries.get(letter.key)
        if known is None or not known.finished:
            send_mails(desk, community, [mail_effect(community, letter, Timing(now, None, timedelta(0)))])
