"""Discord invites: tried again while another try may end otherwise, then given up; the welcome goes on."""

from __future__ import annotations

import pytest

from tests.engine.agendas import asked_in_each_look
from tests.faulty import always, heal
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


def test_discord_that_is_silent_for_an_hour_costs_nobody_their_invite(live: Month) -> None:
    let_in(live, CHANNEL)
    live.type_row("Requests", Name="Hal", Email="hal@example.org", Wants="Discord", Decision="approve")
    always(live, METHOD, "503")

    asked = asked_in_each_look(live, METHOD, 6)
    heal(live)
    live.tick()

    assert asked == [1] * 6
    assert invites(live) == ["done", "done"]
    assert ["https://discord.gg/" in live.mails(f"{who}@example.org")[0].text for who in ("gus", "hal")] == [
        True,
        True,
    ]


def test_discord_that_is_silent_for_six_hours_lets_the_welcome_go_without_an_invite(live: Month) -> None:
    let_in(live, CHANNEL)
    always(live, METHOD, "503")

    live.tick()
    live.wait(hours=5, minutes=59)
    live.tick()
    waiting = invites(live)
    live.wait(minutes=1)
    live.tick()

    assert (waiting, invites(live)) == (["started"], ["failed"])
    assert len(live.mails("gus@example.org")) == 1


def test_no_invite_is_made_while_its_mail_cannot_go(live: Month) -> None:
    let_in(live, CHANNEL)
    live.set("Community name", "")

    live.tick()
    made = live.asked().count(METHOD)
    live.set("Community name", "Co-op educators")
    live.tick()

    assert (made, invites(live)) == (0, ["done"])
    assert len(live.mails("gus@example.org")) == 1
