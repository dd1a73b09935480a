"""Headers: one recipient, no text that becomes a header, nothing that tells who else gets a mail."""

import email
import email.policy
from dataclasses import replace
from email.message import EmailMessage

import pytest

from community.mails import Letter, Sender
from mails.compose import compose
from mails.headers import KEY_HEADER, address, key_header
from mails.samples import SAMPLE_NOW, SAMPLE_SENDER, sample_letter
from sheets_schema.wording import Wording

DECLINE = sample_letter("access.decline")


def sent(letter: Letter = DECLINE, sender: Sender = SAMPLE_SENDER, subject: str = "Hello") -> EmailMessage:
    """The mail as it is read on the other side."""
    wording = Wording(letter.kind, "", "", subject, "Hello")
    raw = compose(letter, wording, sender, SAMPLE_NOW).as_bytes()
    return email.message_from_bytes(raw, policy=email.policy.SMTP)


def named(name: str) -> Letter:
    """The sample letter to a person of that name."""
    return replace(DECLINE, to=replace(DECLINE.to, name=name))


def test_headers_are_these_and_no_others() -> None:
    message = sent()

    assert {name: str(value) for name, value in message.items() if name != "Content-Type"} == {
        "From": "Co-op Educators <organizer@example.org>",
        "To": "Ann Bell <ann@example.org>",
        "Reply-To": "Co-op Educators <organizer@example.org>",
        "Subject": "Hello",
        "Date": "Wed, 25 Nov 2026 09:00:00 +0000",
        "List-Unsubscribe": "<mailto:organizer@example.org?subject=unsubscribe>",
        "List-Id": "<third-thursday.organizer.example.org>",
        "Auto-Submitted": "auto-generated",
        "X-Third-Thursday-Key": "4601f1ae1f6c6036dee816d6d240a81d",
        "MIME-Version": "1.0",
    }


def test_key_header_is_32_hex_digits_of_the_key() -> None:
    assert key_header("2026-12.g0/agenda/abc") == "87de2dc4e74f94644a8f581256f88202"
    assert sent()[KEY_HEADER] == key_header(DECLINE.key)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Bell, Ann", "Bell, Ann"),
        ('Ann "Bee" Bell', 'Ann "Bee" Bell'),
        ("Šimek, Ünal; Dr.", "Šimek Ünal Dr"),
        ("Ann\r\nBcc: ben", "Ann Bcc: ben"),
        ("Ann\u202e\u200b Bell", "Ann Bell"),
        ("eve@example.org", "eve"),
        ("=?utf-8?q?a=0d=0ab?=", "= ?utf-8?q?a=0d=0ab?="),
        ("", ""),
    ],
)
def test_a_name_is_only_ever_a_display_name(name: str, shown: str) -> None:
    message = sent(named(name))

    assert [(to.display_name, to.addr_spec) for to in message["To"].addresses] == [(shown, "ann@example.org")]
    assert message["Bcc"] is None


def test_a_community_name_is_only_ever_a_display_name() -> None:
    sender = replace(SAMPLE_SENDER, community="Évè, <eve@example.com>\nCc: x", reply_to="answers@example.org")

    message = sent(sender=sender)

    assert [to.addr_spec for to in message["From"].addresses] == ["organizer@example.org"]
    assert [to.addr_spec for to in message["Reply-To"].addresses] == ["answers@example.org"]
    assert message["Cc"] is None


@pytest.mark.parametrize(
    ("subject", "shown"),
    [
        ("One\r\nBcc: eve@example.org", "One Bcc: eve@example.org"),
        ("=?utf-8?q?One=0d=0aBcc:_x?=", "= ?utf-8?q?One=0d=0aBcc:_x?="),
        ("Größe, 日本語 🎉", "Größe, 日本語 🎉"),
        ("\u200b", "Co-op Educators"),
        ("a" * 300, "a" * 149 + "…"),
        ("for {name}", "for Ann Bell"),
    ],
)
def test_a_subject_is_one_line(subject: str, shown: str) -> None:
    message = sent(subject=subject)

    assert str(message["Subject"]) == shown
    assert message["Bcc"] is None


def test_a_rehearsal_says_whom_the_mail_is_for() -> None:
    message = sent(replace(DECLINE, rehearsal_for="38 people"))

    assert str(message["Subject"]) == "[rehearsal, would go to 38 people] Hello"


def test_long_addresses_leave_headers_readable() -> None:
    organizer = "o" * 64 + "@" + "d" * 60 + ".example.org"

    raw = compose(DECLINE, None, replace(SAMPLE_SENDER, organizer=organizer), SAMPLE_NOW).as_bytes()

    assert f"List-Unsubscribe: <mailto:{organizer}?subject=unsubscribe>\r\n".encode() in raw


def test_address_writes_a_domain_as_dns_knows_it() -> None:
    assert str(address("", "ann@bücher.example")) == "ann@xn--bcher-kva.example"


@pytest.mark.parametrize(
    "spec",
    [
        "",
        "ann",
        "@example.org",
        "ann@",
        "a b@example.org",
        "ann@example.org, b@c.d",
        "ä@example.org",
        "a@b\n.c",
    ],
)
def test_address_refuses_what_no_header_can_hold(spec: str) -> None:
    with pytest.raises(ValueError, match="is not an address that mail can go to"):
        address("Ann", spec)
