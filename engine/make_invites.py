"""Discord invites: single use, made once per approval, their code on disk before any mail names it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from community.community import Community
from community.effects import Effect, MakeInvite
from community.ledger import Phase
from engine.desk import Desk
from workspace.errors import NotSent, OutcomeUnknown, QuotaReached, Refused

MOST_ATTEMPTS = 3
LONGEST_SILENCE = timedelta(hours=6)


def make_invites(desk: Desk, _: Community, effects: list[Effect]) -> None:
    """Make the invites that are ready.

    One that Discord keeps refusing fails, as one of which it has said nothing for hours; its mail goes
    without it.
    """
    for effect in effects:
        if not isinstance(effect.action, MakeInvite) or desk.stopping() or desk.rests("discord"):
            continue
        if not desk.too_fresh(effect.key):
            _make(desk, effect, effect.action)


def _make(desk: Desk, effect: Effect, action: MakeInvite) -> None:
    before = desk.entry(effect.key)
    since = before.ids.get("since") if before else None
    entry = desk.start(effect, since=since or desk.clock().isoformat())
    if desk.workspace.discord is None:
        desk.end(entry, Phase.FAILED, "no Discord token is configured (third-thursday.toml, discord_token)")
        return
    try:
        code = desk.workspace.discord.create_invite(action.channel)
    except (QuotaReached, NotSent) as error:
        desk.ledger.forget(effect.key)
        desk.rest("discord", error)
    except OutcomeUnknown as error:  # an invite that nobody was told of lapses unused
        desk.rest("discord", error)
        if desk.clock() >= datetime.fromisoformat(entry.ids["since"]) + LONGEST_SILENCE:
            desk.end(entry, Phase.FAILED, str(error))
    except Refused as error:
        entry = replace(entry, attempts=entry.attempts + 1)
        if entry.attempts >= MOST_ATTEMPTS or not _may_change(error):
            desk.end(entry, Phase.FAILED, str(error))
        else:
            desk.ledger.put(entry)
            desk.troubles.append(str(error))
    else:
        desk.end(entry, Phase.DONE, code=code)


def _may_change(error: Refused) -> bool:
    """Whether another try may end otherwise; a refusal without a status is our own, of what is configured."""
    return error.status > 0
