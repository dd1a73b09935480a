from __future__ import annotations

import json
from pathlib import Path

import pytest

from local_workspace.serve import RunningWorkspace
from tests.workspace.loopback import HANG_UP, Answer, Loopback, everywhere
from workspace.discord import Discord, read_token
from workspace.errors import AccessDenied, NotFound, OutcomeUnknown, QuotaReached, Rejected

CHANNEL = "123456789012345678"


def test_invite_by_the_local_workspace(running: RunningWorkspace) -> None:
    discord = Discord(everywhere(running.base_url), read_token(running.data / "discord_token"))

    first, second = discord.create_invite(CHANNEL), discord.create_invite(CHANNEL)

    discord.close()
    assert first
    assert first != second


def test_invite_is_for_one_person_and_seven_days() -> None:
    with Loopback(lambda _: Answer({"code": "aBc12"})) as server:
        code = Discord(server.endpoints, "bot-token").create_invite(CHANNEL)

    request = server.received[0]
    assert code == "aBc12"
    assert (request.method, request.path) == ("POST", f"/api/v10/channels/{CHANNEL}/invites")
    assert request.headers["authorization"] == "Bot bot-token"
    assert json.loads(request.body) == {"max_age": 604800, "max_uses": 1, "unique": True}


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (Answer({"message": "Missing Permissions", "code": 50013}, 403), AccessDenied),
        (Answer({"message": "Unknown Channel", "code": 10003}, 404), NotFound),
        (Answer({"message": "You are being rate limited.", "retry_after": 3.0}, 429), QuotaReached),
        (Answer({"message": "oops"}, 500), OutcomeUnknown),
        (Answer({}), OutcomeUnknown),
        (HANG_UP, OutcomeUnknown),
    ],
)
def test_invite_that_is_not_made_is_asked_for_once(answer: Answer | None, kind: type[Exception]) -> None:
    with Loopback(lambda _: answer) as server, pytest.raises(kind):
        Discord(server.endpoints, "bot-token").create_invite(CHANNEL)

    assert len(server.received) == 1


@pytest.mark.parametrize("channel", ["", "general", "12/../34", "1.23456789012346E+17"])
def test_channel_that_is_no_id_is_refused_here(channel: str) -> None:
    with Loopback(lambda _: HANG_UP) as server, pytest.raises(Rejected, match="is not a channel id"):
        Discord(server.endpoints, "bot-token").create_invite(channel)

    assert server.received == []


def test_token_is_read_from_a_private_file(tmp_path: Path) -> None:
    path = tmp_path / "discord_token"
    path.write_text("bot-token\n")
    path.chmod(0o600)

    assert read_token(path) == "bot-token"


@pytest.mark.parametrize(
    ("text", "mode", "sentence"),
    [
        (
            "bot-token",
            0o644,
            "discord_token can be read by other people of this machine: run `chmod 600` on it",
        ),
        ("", 0o600, "discord_token must hold the Discord bot's token and nothing else"),
        ("two words", 0o600, "discord_token must hold the Discord bot's token and nothing else"),
        (None, 0o600, "The Discord bot's token cannot be read from discord_token"),
    ],
)
def test_token_that_cannot_be_used(tmp_path: Path, text: str | None, mode: int, sentence: str) -> None:
    path = tmp_path / "discord_token"
    if text is not None:
        path.write_text(text)
        path.chmod(mode)

    with pytest.raises(AccessDenied) as caught:
        read_token(path)

    assert str(caught.value) == sentence
