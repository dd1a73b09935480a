"""Access: an approved request becomes a member, a guest and one welcome; every other answer its own end."""

from __future__ import annotations

from tests.automations.hands import ask_in, assert_quiet, check_of, guests, invites, keys, problems, subjects
from tests.month import Mail, Month
from workspace.discord import Discord

CHANNEL = "1100000000000000009"


def only_mail(month: Month, to: str) -> Mail:
    (mail,) = month.mails(f"{to}@example.org")
    return mail


def test_approval_becomes_a_member_a_guest_and_one_welcome(month: Month) -> None:
    month.set("Discord channel id", CHANNEL)
    month.add_members("Ann")
    month.live()

    ask_in(month)
    month.settle()
    month.go_to("2026-11-13T09:30:00+01:00")
    month.tick()

    assert [row[1:] for row in month.rows("Members")[2:]] == [
        ["Zoe", "zoe@example.org", "", "", "active", "everything", "", "", "2026-11-12"]
    ]
    assert sorted(guests(month, "2026-11")) == ["ann", "zoe"]
    assert keys(month, "access/") == {
        "access/zoe/1/discord": "done",
        "access/zoe/1/member": "done",
        "access/zoe/1/welcome": "sent",
    }
    welcome = month.mails("zoe@example.org")[0]
    assert welcome.subject == "Welcome to Co-op educators"
    assert "Thursday 19 November 2026, 17:00 (Berlin time, UTC+1)" in welcome.text
    assert "https://meet.google.com/" in welcome.text
    assert f"https://discord.gg/{invites(month)[0]['code']}" in welcome.text
    assert check_of(month, "Requests", "zoe@example.org") == "welcome sent 12 Nov"
    assert_quiet(month)


def test_invite_is_single_use_unique_and_known_before_the_draft(month: Month) -> None:
    month.set("Discord channel id", CHANNEL)
    month.live()
    month.forget_requests()

    ask_in(month)
    month.settle()

    paths = [entry["path"] for entry in month.requests()]
    invite, draft = f"/api/v10/channels/{CHANNEL}/invites", "/gmail/v1/users/me/drafts?alt=json"
    (made,) = (entry for entry in month.requests() if entry["path"] == invite)
    assert made["body"] == {"max_age": 604800, "max_uses": 1, "unique": True}
    assert paths.index(invite) < paths.index(draft)
    assert [invite["max_uses"] for invite in invites(month)] == [1]
    assert_quiet(month)


def test_member_row_lands_under_its_headers_wherever_they_stand(month: Month) -> None:
    headers = ["Shoe size", "Mail", "Email", "Status", "Full name", "Joined", "Time zone", "Away until"]
    for place, header in enumerate(headers):
        month.type("Members", f"{chr(ord('B') + place)}1", header)
    for cell in ("J1", "K1", "L1"):
        month.type("Members", cell, None)
    month.live()

    ask_in(month)
    month.settle()

    assert month.rows("Members")[1:] == [
        ["", "", "everything", "zoe@example.org", "active", "Zoe", "2026-11-12"]
    ]
    assert_quiet(month)


def test_link_from_settings_is_used_when_there_is_no_channel(month: Month) -> None:
    month.set("Discord invite link", "https://discord.gg/everybody")
    month.live()

    ask_in(month)
    month.settle()

    assert "https://discord.gg/everybody" in only_mail(month, "zoe").text
    assert invites(month) == []


def test_refused_invite_falls_back_to_the_link(month: Month) -> None:
    month.set("Discord invite link", "https://discord.gg/everybody")
    month.set("Discord channel id", CHANNEL)
    if month.workspace.discord:
        month.workspace.discord.close()
    month.workspace.discord = Discord(month.endpoints, "a token that Discord does not know")
    month.live()

    ask_in(month)
    month.settle()
    month.settle()  # Discord is asked three times

    assert "https://discord.gg/everybody" in only_mail(month, "zoe").text
    assert keys(month, "/discord") == {"access/zoe/1/discord": "failed"}
    assert_quiet(month)


def test_whoever_wants_discord_only_gets_no_meeting(month: Month) -> None:
    month.set("Discord channel id", CHANNEL)
    month.add_members("Ann")
    month.live()

    ask_in(month, Wants="Discord")
    month.settle()
    month.go_to("2026-11-13T09:30:00+01:00")
    month.tick()

    assert month.rows("Members")[2][5] == "Discord only"
    assert sorted(guests(month, "2026-11")) == ["ann"]
    assert "2026" not in only_mail(month, "zoe").text
    assert f"https://discord.gg/{invites(month)[0]['code']}" in only_mail(month, "zoe").text
    assert_quiet(month)


def test_whoever_wants_meetups_gets_no_discord(month: Month) -> None:
    month.set("Discord channel id", CHANNEL)
    month.live()

    ask_in(month, Wants="meetups")
    month.settle()

    assert invites(month) == []
    assert "Discord" not in only_mail(month, "zoe").text


def test_member_is_not_added_twice_and_it_is_said(month: Month) -> None:
    month.add_members("Ann")
    month.live()

    ask_in(month, "Ann", Email=" ANN@example.org")
    month.settle()

    assert len(month.rows("Members")) == 2
    assert subjects(month, "ann") == ["Welcome to Co-op educators"]
    assert problems(month, "Requests") == [
        "ann@example.org Ann is a member already (Members, row 2, active). They were not added twice."
    ]
    assert keys(month, "/member") == {"access/ann/1/member": "skipped"}
    assert_quiet(month)


def test_whoever_left_and_is_approved_again_waits_for_the_organizer(month: Month) -> None:
    month.type_row("Members", Name="Ann", Email="ann@example.org", Status="left")
    month.live()

    ask_in(month, "Ann")
    month.settle()

    assert subjects(month, "ann") == []
    assert problems(month, "Requests") == [
        "ann@example.org Ann is a member already (Members, row 2, left). They were not added twice."
    ]


def test_send_again_on_sends_once_more_with_a_new_invite(month: Month) -> None:
    month.set("Discord channel id", CHANNEL)
    month.live()
    ask_in(month)
    month.settle()

    month.fill("Requests", "zoe@example.org", Send_again_on="2026-11-14")
    month.tick()
    month.go_to("2026-11-14T08:59:00+01:00")
    month.tick()
    early = subjects(month, "zoe").count("Welcome to Co-op educators")
    month.go_to("2026-11-14T09:00:00+01:00")
    month.tick()

    welcomes = [mail for mail in month.mails("zoe@example.org") if mail.subject.startswith("Welcome")]
    codes = [invite["code"] for invite in invites(month)]
    assert early == 1
    assert [code in mail.text for code, mail in zip(codes, welcomes, strict=True)] == [True, True]
    assert codes[0] != codes[1]
    assert_quiet(month)


def test_second_request_of_a_person_is_answered_anew(month: Month) -> None:
    month.live()
    ask_in(month, Decision="decline")
    month.settle()

    ask_in(month, Received="2026-11-13")
    month.settle()

    assert subjects(month, "zoe") == ["Your request to join Co-op educators", "Welcome to Co-op educators"]
    assert keys(month, "access/") == {
        "access/zoe/1/decline": "sent",
        "access/zoe/2/member": "done",
        "access/zoe/2/welcome": "sent",
    }


def test_request_without_a_name_still_becomes_a_member(month: Month) -> None:
    month.live()

    ask_in(month, Name=None)
    month.settle()

    assert [row[1:3] for row in month.rows("Members")[1:]] == [["zoe", "zoe@example.org"]]
    assert subjects(month, "zoe") == ["Welcome to Co-op educators"]
    assert problems(month, "Members") == []
    assert_quiet(month)


def test_person_who_asked_twice_becomes_one_member(month: Month) -> None:
    month.live()

    ask_in(month)
    ask_in(month, Received="2026-11-13")
    month.settle()

    assert [row[1] for row in month.rows("Members")[1:]] == ["Zoe"]
    assert keys(month, "/member") == {"access/zoe/1/member": "done", "access/zoe/2/member": "skipped"}
    assert_quiet(month)


def test_headless_members_take_nobody_in_until_they_are_mended(month: Month) -> None:
    month.live()
    month.type("Members", "C1", "Addresses")

    ask_in(month)
    month.settle()
    waiting = (len(month.rows("Members")), subjects(month, "zoe"))
    month.type("Members", "C1", "Email")
    month.settle()

    assert waiting == (1, [])
    assert [row[1] for row in month.rows("Members")[1:]] == ["Zoe"]
    assert subjects(month, "zoe") == ["Welcome to Co-op educators"]
