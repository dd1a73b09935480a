"""Discord invites: tried again while another try may end otherwise, then given up; the welcome goes on."""

from __future__ import annotations

import pytest

from tests.month import Month

CHANNEL = "123456789012345678"
METHOD = "POST /api/v10/channels/{channel}/invites"


def let_in(live: Month, channel: str) -> None:
    """Gus, who wants into Discord, is approved."""
    live.set("Discord channel id", channel)
    live.type_row("Requests", Name="Gus", Email="gus@example.org", Wants="Discord", Decision="approve")


def invites(live: Month) -> list[str]:
    """What became of the invites, in order."""
    return [phase for key, phase in live.phases().items() if key.endswith("/discord")]


@pytest.mark.parametrize("status", ["401", "404"])
def test_invite_refused_once_is_made_by_the_next_tick(live: Month, status: str) -> None:
    let_in(live, CHANNEL)
    live.local("POST", "/local/faults", {"fault": status, "method": METHOD})

    live.tick()
    assert (invites(live), live.mails("gus@example.org")) == (["started"], [])
    live.wait(minutes=10)
    live.tick()

    assert invites(live) == ["done"]
    assert "https://discord.gg/" in live.mails("gus@example.org")[0].text


def test_invite_refused_three_times_is_given_up_and_the_welcome_goes_without_it(live: Month) -> None:
    let_in(live, CHANNEL)
    live.local("POST", "/local/faults", {"fault": "404", "method": METHOD, "times": None})

    for _ in range(3):
        live.tick()
        live.wait(minutes=10)

    assert invites(live) == ["failed"]
    assert [mail.subject for mail in live.mails("gus@example.org")] == ["Welcome to Co-op educators"]
    assert live.asked().count(METHOD) == 3
