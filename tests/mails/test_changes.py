"""What a correction says."""

from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

from community.mails import Letter, MeetingFacts
from mails.changes import changes, news
from mails.document import Paragraph
from mails.samples import sample_letter
from mails.text_part import draw_nodes

SAMPLE = sample_letter("correction")
assert SAMPLE.before is not None
BEFORE = SAMPLE.before


def correction(facts: MeetingFacts, before: MeetingFacts = BEFORE) -> Letter:
    """A correction to somebody in New York."""
    return replace(SAMPLE, facts=facts, before=before)


def told(letter: Letter) -> str:
    """The changes as text."""
    return draw_nodes(changes(letter))


def test_a_new_start_is_told_on_both_clocks() -> None:
    letter = correction(replace(BEFORE, start=BEFORE.start + timedelta(days=1, hours=2)))

    assert news(letter) == "new time"
    assert told(letter) == (
        "- New time: Friday 18 December 2026, 13:00 (New York time, UTC-5); that is 19:00 "
        "(Berlin time, UTC+1)\n"
        "  Before: Thursday 17 December 2026, 11:00 (New York time, UTC-5)\n\n"
        "Everything else stays as it was."
    )


def test_a_new_zone_at_the_same_instant_changes_nothing_for_the_reader() -> None:
    letter = correction(
        replace(BEFORE, zone="Europe/Athens", start=BEFORE.start.astimezone(ZoneInfo("Europe/Athens")))
    )

    assert news(letter) == "new time zone"
    assert told(letter) == (
        "- New time zone of the community: Athens time, UTC+2; on your clock nothing changes\n"
        "  Before: Berlin time, UTC+1\n\nEverything else stays as it was."
    )


def test_a_new_link_and_a_lost_host_are_told_together() -> None:
    letter = correction(replace(BEFORE, link="https://meet.google.com/new", host=None))

    assert news(letter) == "new link and new host"
    assert told(letter) == (
        "- New link: please use the one in this mail\n  Before: https://meet.google.com/abc-defg-hij\n"
        "- New host: not known yet\n  Before: Rosa Lindqvist\n\nEverything else stays as it was."
    )


def test_a_link_that_is_gone_is_in_the_event() -> None:
    assert told(correction(replace(BEFORE, link=None))) == (
        "- New link: it is in the calendar event\n  Before: https://meet.google.com/abc-defg-hij\n\n"
        "Everything else stays as it was."
    )


def test_a_cancelled_meeting_is_named_as_it_was_told() -> None:
    letter = correction(replace(BEFORE, start=BEFORE.start + timedelta(days=1), cancelled="holidays"))

    assert news(letter) == "cancelled"
    assert told(letter) == (
        "The meeting is cancelled: Thursday 17 December 2026, 11:00 (New York time, UTC-5).\n\n"
        "The reason: holidays"
    )


def test_a_cancelled_meeting_needs_no_reason() -> None:
    assert told(correction(replace(BEFORE, cancelled=""))) == (
        "The meeting is cancelled: Thursday 17 December 2026, 11:00 (New York time, UTC-5)."
    )


def test_a_meeting_that_returns_takes_place_after_all() -> None:
    letter = correction(BEFORE, before=replace(BEFORE, cancelled="holidays"))

    assert news(letter) == "takes place after all"
    assert told(letter) == "The meeting takes place after all."


def test_nothing_is_told_where_nothing_differs_or_nothing_was_told() -> None:
    same, no_correction = correction(BEFORE), replace(SAMPLE, before=None)

    assert (changes(same), news(same)) == ((), "a change")
    assert (changes(no_correction), news(no_correction)) == ((), "a change")


def test_changes_are_nodes_of_one_paragraph_each() -> None:
    [items, rest] = changes(SAMPLE)

    assert isinstance(rest, Paragraph)
    assert items.shape == "items"
