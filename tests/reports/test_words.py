"""Words and times, the same on every machine."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from community.labels import LABELS
from community.mails import MailKind
from community.people import head_count
from reports.words import day, long_moment, moment, month_of, serial, stamp

BERLIN = ZoneInfo("Europe/Berlin")
LATE = datetime(2026, 12, 9, 23, 30, tzinfo=UTC)


def test_times_are_told_on_the_communitys_clock() -> None:
    assert (long_moment(LATE, BERLIN), moment(LATE, BERLIN), day(LATE, BERLIN), stamp(LATE, BERLIN)) == (
        "Thursday 10 December 2026, 00:30",
        "Thu 10 Dec 00:30",
        "10 Dec",
        "2026-12-10 00:30",
    )


def test_serials_count_the_days_as_a_spreadsheet_does() -> None:
    noon = datetime(2026, 12, 10, 12, 0, tzinfo=UTC)

    assert serial(noon, ZoneInfo("UTC")) == 46366.5
    assert serial(LATE, BERLIN) == 46366.020833


def test_every_mail_has_a_name() -> None:
    assert [kind for kind in MailKind if kind not in LABELS] == []


def test_numbers_and_months_in_words() -> None:
    assert [head_count(1), head_count(38), month_of("2026-12.g0"), month_of(None)] == [
        "1 person",
        "38 people",
        "2026-12",
        "",
    ]
