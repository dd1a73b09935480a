"""What Gmail does to the text of a mail."""

import re
from datetime import UTC, datetime

import pytest

from local_workspace.errors import ApiError
from local_workspace.gmail import mime

AT = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
OURS = rb"<CA[\w-]{48}@mail\.gmail\.com>"


def stamped(raw: bytes) -> bytes:
    """The mail as the organizer's account keeps it, its Message-ID made readable."""
    kept = mime.stamp(mime.with_crlf(raw), account="organizer@example.org", at=AT)
    return re.sub(OURS, b"<OURS>", kept)


def test_stamp_of_bare_mail_adds_what_is_missing() -> None:
    raw = b"To: ann@example.org\nSubject: Hello\n\nOne\nTwo\n"

    kept = stamped(raw)

    assert kept == (
        b"To: ann@example.org\r\nSubject: Hello\r\nMIME-Version: 1.0\r\nFrom: organizer@example.org\r\n"
        b"Message-ID: <OURS>\r\nDate: Sun, 22 Nov 2026 09:30:00 +0000\r\n\r\nOne\r\nTwo\r\n"
    )


def test_stamp_replaces_message_id_and_keeps_date_and_own_fields() -> None:
    raw = (
        b"Message-ID: <mine@example.org>\r\nX-Third-Thursday: agenda|2026-12|ann@example.org\r\n"
        b"Date: Sat, 21 Nov 2026 08:00:00 +0100\r\nMIME-Version: 1.0\r\nTo: ann@example.org\r\n\r\nHello\r\n"
    )

    kept = stamped(raw)

    assert kept == (
        b"X-Third-Thursday: agenda|2026-12|ann@example.org\r\nDate: Sat, 21 Nov 2026 08:00:00 +0100\r\n"
        b"MIME-Version: 1.0\r\nTo: ann@example.org\r\nFrom: organizer@example.org\r\n"
        b"Message-ID: <OURS>\r\n\r\nHello\r\n"
    )


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("Olga <organizer@example.org>", "Olga <organizer@example.org>"),
        ("ORGANIZER@example.org", "ORGANIZER@example.org"),
        ("Ann <ann@example.org>", "organizer@example.org"),
        ("organizer@example.org, ann@example.org", "organizer@example.org"),
        ("nobody", "organizer@example.org"),
    ],
)
def test_stamp_forces_from_to_the_account(written: str, kept: str) -> None:
    raw = f"From: {written}\r\nTo: ann@example.org\r\n\r\nHello\r\n".encode()

    fields = dict(mime.fields(stamped(raw)))

    assert fields["From"] == kept


def test_stamp_of_text_without_fields_keeps_it_as_body() -> None:
    kept = stamped(b"just words")

    assert kept.endswith(b"\r\n\r\njust words\r\n")


def test_stamp_gives_every_mail_another_message_id() -> None:
    raw = b"To: ann@example.org\r\n\r\n"

    first, second = (mime.stamp(raw, account="organizer@example.org", at=AT) for _ in range(2))

    assert first != second


def test_without_bcc_drops_the_folded_field_only() -> None:
    raw = (
        b"To: ann@example.org\r\nBcc: ben@example.org,\r\n cy@example.org\r\nSubject: Hi\r\n\r\nBcc: text\r\n"
    )

    assert mime.without_bcc(raw) == b"To: ann@example.org\r\nSubject: Hi\r\n\r\nBcc: text\r\n"


def test_fields_are_unfolded_and_decoded() -> None:
    raw = (
        b"Subject: =?utf-8?q?Caf=C3=A9?=\r\n =?utf-8?q?_at_six?=\r\nX-Plain: one\r\n\ttwo\r\n"
        b"X-Odd: =?no-such-charset?q?x?=\r\nX-Raw: caf\xc3\xa9\r\n\r\n"
    )

    assert mime.fields(raw) == [
        ("Subject", "Café at six"),
        ("X-Plain", "one\ttwo"),
        ("X-Odd", "=?no-such-charset?q?x?="),
        ("X-Raw", "café"),
    ]


def test_recipients_are_to_cc_and_bcc_each_once() -> None:
    raw = (
        b"Cc: ben@example.org\r\nTo: Ann <ann@example.org>, ben@example.org\r\n"
        b"Bcc: ANN@example.org, cy@example.org\r\nTo: dan@example.org\r\n\r\n"
    )

    assert mime.recipients(raw) == ["ann@example.org", "ben@example.org", "dan@example.org", "cy@example.org"]


def test_recipients_name_the_field_that_is_wrong() -> None:
    with pytest.raises(ApiError, match=r"Invalid Cc header$"):
        mime.recipients(b"To: ann@example.org\r\nCc: ben at example.org\r\n\r\n")


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ("", []),
        ("undisclosed-recipients:;", []),
        ("Friends: ann@example.org, ben@example.org;", ["ann@example.org", "ben@example.org"]),
        ("ann@example.org", ["ann@example.org"]),
        ("<ann@example.org>", ["ann@example.org"]),
        ("Ann B. Co <ann.b+list@mail.example.org>", ["ann.b+list@mail.example.org"]),
        ('"Co, Ann \\"A\\" <x>" <ann@example.org>', ["ann@example.org"]),
        ("=?utf-8?q?Zo=C3=AB?= <zoe@example.org>", ["zoe@example.org"]),
        ("ann@example.org (Ann), ben@example.org", ["ann@example.org", "ben@example.org"]),
        ("Ann <ann@example.org>,\r\n Ben <ben@example.org>", ["ann@example.org", "ben@example.org"]),
    ],
)
def test_addresses_of_good_lists(value: str, found: list[str]) -> None:
    assert mime.addresses("To", value) == found


@pytest.mark.parametrize(
    "value",
    [
        "ann",
        "ann@",
        "@example.org",
        "ann@example",
        "ann@example..org",
        "ann..co@example.org",
        ".ann@example.org",
        "ann@-example.org",
        "ann@ex ample.org",
        "ann@example.org ben@example.org",
        "ann@example.org; ben@example.org",
        "Co, Ann <ann@example.org>",
        "Ann <ann@example.org",
        "Ann <>",
        "ann@@example.org",
    ],
)
def test_addresses_refuse_what_is_no_address(value: str) -> None:
    with pytest.raises(ApiError, match=r"Invalid To header$"):
        mime.addresses("To", value)
