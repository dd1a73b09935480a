"""Discord, as far as we need it: an invite that one person can use once."""

from __future__ import annotations

import json
import re
import stat
from pathlib import Path

from workspace.endpoints import Endpoints
from workspace.errors import AccessDenied, OutcomeUnknown, Rejected
from workspace.transport import Request, Transport

INVITE_SECONDS = 604_800  # 7 days, the longest that Discord allows for an invite that ends
_AGENT = "DiscordBot (third-thursday, 0.1)"  # the form Discord asks of bots


class Discord:
    """A bot that may make invites (permission CREATE_INSTANT_INVITE) in the community's channel."""

    def __init__(self, endpoints: Endpoints, token: str) -> None:
        """token: the bot's, see read_token. The transport is its own: Google's token must not go there."""
        self._transport = Transport(None, endpoints)
        self._base = f"{endpoints.discord}/api/v10"
        self._headers = {
            "Authorization": f"Bot {token}",
            "User-Agent": _AGENT,
            "Content-Type": "application/json",
        }

    def create_invite(self, channel: str) -> str:
        """A new invite's code, good for one use within 7 days; the link is discord.gg/CODE.

        Never repeated: after OutcomeUnknown an unused invite may stand, which ends by itself.
        """
        if not re.fullmatch(r"\d{15,21}", channel):
            raise Rejected(
                f"discord.channels.createInvite: {channel!r} is not a channel id (15 to 21 digits)"
            )
        wanted = {"max_age": INVITE_SECONDS, "max_uses": 1, "unique": True}
        answer = self._transport.send(
            Request(
                "discord.channels.createInvite",
                "POST",
                f"{self._base}/channels/{channel}/invites",
                body=json.dumps(wanted),
                headers=self._headers,
            )
        ).json()
        if not isinstance(answer, dict) or not answer.get("code"):
            raise OutcomeUnknown("discord.channels.createInvite: the answer names no code", status=200)
        return str(answer["code"])

    def close(self) -> None:
        """Closes the connection."""
        self._transport.close()


def read_token(path: Path) -> str:
    """The bot's token, the one line of a file that only its owner can read.

    AccessDenied, with the way out, when there is none such.
    """
    try:
        mode, token = stat.S_IMODE(path.stat().st_mode), path.read_text(encoding="utf-8").strip()
    except (OSError, ValueError):
        raise AccessDenied(f"The Discord bot's token cannot be read from {path.name}") from None
    if mode & 0o077:
        raise AccessDenied(f"{path.name} can be read by other people of this machine: run `chmod 600` on it")
    if not re.fullmatch(r"\S+", token):
        raise AccessDenied(f"{path.name} must hold the Discord bot's token and nothing else")
    return token
