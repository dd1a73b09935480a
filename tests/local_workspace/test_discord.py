"""Discord's Create Channel Invite."""

from collections.abc import Callable
from typing import Any

import pytest
import requests

from local_workspace.configuration import write_configuration
from local_workspace.serve import RunningWorkspace

CHANNEL = "1180000000000000042"
ONCE = {"max_uses": 1, "max_age": 604_800, "unique": True, "temporary": False}
Call = Callable[..., Any]


@pytest.fixture
def post(workspace: RunningWorkspace, local: Call) -> Call:
    """Ask for an invite as the bot, at half past nine: the status and the body of the answer."""
    local("POST", "/local/clock", {"now": "2026-11-22T09:30:00+00:00"})
    write_configuration(workspace.data, workspace.base_url)
    token = (workspace.data / "discord_token").read_text(encoding="utf-8").strip()

    def ask(body: Any, channel: str = CHANNEL, authorization: str = f"Bot {token}") -> tuple[int, Any]:
        reply = requests.post(
            f"{workspace.base_url}/api/v10/channels/{channel}/invites",
            json=body,
            headers={"Authorization": authorization},
            timeout=10,
        )
        return reply.status_code, reply.json()

    return ask


def test_create_gives_an_invite_for_one_person_and_a_week(post: Call) -> None:
    status, invite = post(ONCE)

    assert (status, len(invite["code"])) == (200, 10)
    assert invite == {
        "type": 0,
        "code": invite["code"],
        "channel": {"id": CHANNEL, "name": "welcome", "type": 0},
        "uses": 0,
        "max_uses": 1,
        "max_age": 604_800,
        "temporary": False,
        "created_at": "2026-11-22T09:30:00.000000+00:00",
        "expires_at": "2026-11-29T09:30:00.000000+00:00",
    }


def test_create_with_unique_gives_another_code_each_time(post: Call, local: Call) -> None:
    codes = [post(ONCE)[1]["code"] for _ in range(2)]

    made = local("GET", "/local/discord/invites")["invites"]

    assert codes[0] != codes[1]
    assert [invite["code"] for invite in made] == codes


def test_create_without_unique_gives_a_running_invite_with_the_same_settings(post: Call, local: Call) -> None:
    first = post({"max_age": 3600})[1]["code"]
    same = post({"max_age": 3600, "unique": False})[1]["code"]
    other = post({"max_age": 3600, "max_uses": 5})[1]["code"]
    elsewhere = post({"max_age": 3600}, channel="1180000000000000043")[1]["code"]
    local("POST", "/local/clock", {"advance": 3600})
    later = post({"max_age": 3600})[1]["code"]

    assert same == first
    assert len({first, other, elsewhere, later}) == 4


def test_create_with_age_0_never_ends(post: Call, local: Call) -> None:
    first = post({"max_age": 0})[1]
    local("POST", "/local/clock", {"advance": 10_000_000})

    again = post({"max_age": 0})[1]

    assert first["expires_at"] is None
    assert again == first


def test_create_with_empty_body_has_discords_defaults(post: Call) -> None:
    invite = post({})[1]

    assert (invite["max_age"], invite["max_uses"], invite["temporary"]) == (86_400, 0, False)


@pytest.mark.parametrize("authorization", ["", "Bot wrong", "Bearer wrong"])
def test_create_with_wrong_token_is_refused(post: Call, local: Call, authorization: str) -> None:
    refused = post(ONCE, authorization=authorization)

    assert refused == (401, {"message": "401: Unauthorized", "code": 0})
    assert local("GET", "/local/discord/invites") == {"invites": []}


@pytest.mark.parametrize(
    "change", [{"max_age": 604_801}, {"max_age": -1}, {"max_uses": 101}, {"max_uses": "one"}]
)
def test_create_with_wrong_setting_is_refused(post: Call, change: Any) -> None:
    assert post(ONCE | change) == (400, {"message": "Invalid Form Body", "code": 50035})


@pytest.mark.parametrize("channel", ["42", "welcome"])
def test_create_in_unknown_channel_is_refused(post: Call, channel: str) -> None:
    assert post(ONCE, channel=channel) == (404, {"message": "Unknown Channel", "code": 10003})
