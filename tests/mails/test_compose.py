"""Each kind of mail, as its reader sees it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from community.mails import Letter, MailKind
from mails.compose import compose
from mails.samples import SAMPLE_NOW, SAMPLE_SENDER, sample_letter
from sheets_schema.wording import Wording

KINDS = list(MailKind)


def text_of(letter: Letter, wording: Wording | None = None) -> str:
    """The text part of the mail."""
    message = compose(letter, wording, SAMPLE_SENDER, SAMPLE_NOW)
    body = message.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def subject_of(letter: Letter) -> str:
    """The mail's subject."""
    return str(compose(letter, None, SAMPLE_SENDER, SAMPLE_NOW)["Subject"])


def worded(kind: MailKind, text: str) -> Wording:
    """The organizer's own text for a kind."""
    return Wording(kind, "", "", "Subject", text)


def test_agenda_in_full() -> None:
    letter = sample_letter("agenda")

    assert subject_of(letter) == "Co-op Educators on Thursday 17 December 2026: the agenda"
    assert (
        text_of(letter)
        == """\
Hello Ann Bell,

Our next meeting is close, and we look forward to seeing you:

Thursday 17 December 2026, 11:00 (New York time, UTC-5)
That is 17:00 (Berlin time, UTC+1).

Join the meeting: https://meet.google.com/abc-defg-hij

The roast
---------

Host: Rosa Lindqvist

Plan: Who decides here? A first afternoon for a new board

In one sentence: Six people map every decision they took last month and move each to where it belongs.

Question for the group: How do we leave room for those who never speak up?

Read the plan: https://example.org/plans/who-decides

Agenda
------

All times in New York time, UTC-5.

11:00  Welcome, check-in in one word (organizer, 5 min)
11:05  New members and announcements (organizer, 5 min)
11:10  Roast: Rosa Lindqvist describes the plan (host, 5 min)
11:15  Roast: questions (everyone, 10 min)
       To understand first; then who learns what, and how.
11:25  Roast: rapid-fire ideas (everyone, 12 min)
       The host listens.
11:37  Roast: what the host will try (host, 3 min)
11:40  Needs sharing: 30 seconds each (everyone, 15 min)
       Hands up to help; the asker notes names.
11:55  Next host and date, one takeaway (organizer, 5 min)
12:00  Stay and talk (whoever likes, 30 min, optional)

--\x20
You get this mail because you are a member of Co-op Educators. To get fewer mails, or none, answer with “fewer mails” or “leave”.
"""  # noqa: E501  paragraphs of a mail are not wrapped
    )


def test_reminder_in_full_for_a_reader_whose_day_differs() -> None:
    letter = sample_letter("reminder")

    assert (
        subject_of(letter) == "Soon: Co-op Educators, Friday 18 December 2026 at 03:00 (Sydney time, UTC+11)"
    )
    assert (
        text_of(letter)
        == """\
Hello Kim Tran,

A short reminder that we meet soon:

Friday 18 December 2026, 03:00 (Sydney time, UTC+11)
That is Thursday 17 December 2026, 17:00 (Berlin time, UTC+1).

Join the meeting: https://meet.google.com/abc-defg-hij

Host: Rosa Lindqvist

Plan: Who decides here? A first afternoon for a new board

In one sentence: Six people map every decision they took last month and move each to where it belongs.

Question for the group: How do we leave room for those who never speak up?

Read the plan: https://example.org/plans/who-decides

Cannot come? Please say no in the calendar event.

--\x20
You get this mail because you are invited to this meeting of Co-op Educators. To get fewer mails, or none, answer with “fewer mails” or “leave”.
"""  # noqa: E501  paragraphs of a mail are not wrapped
    )


def test_correction_in_full() -> None:
    letter = sample_letter("correction")

    assert subject_of(letter) == "Co-op Educators, Thursday 17 December 2026: new time and new host"
    assert (
        text_of(letter)
        == """\
Hello Ann Bell,

Something has changed about our meeting on Thursday 17 December 2026:

- New time: Thursday 17 December 2026, 12:00 (New York time, UTC-5); that is 18:00 (Berlin time, UTC+1)
  Before: Thursday 17 December 2026, 11:00 (New York time, UTC-5)
- New host: Ben Okafor
  Before: Rosa Lindqvist

Everything else stays as it was.

--\x20
You get this mail because an earlier mail of Co-op Educators told you otherwise. To get fewer mails, or none, answer with “fewer mails” or “leave”.
"""  # noqa: E501  paragraphs of a mail are not wrapped
    )


def test_correction_of_a_cancelled_meeting_in_full() -> None:
    sample = sample_letter("correction")
    assert sample.before is not None
    letter = replace(sample, facts=replace(sample.before, cancelled="Half of us are at the congress"))

    assert subject_of(letter) == "Co-op Educators, Thursday 17 December 2026: cancelled"
    assert (
        text_of(letter)
        == """\
Hello Ann Bell,

Something has changed about our meeting on Thursday 17 December 2026:

The meeting is cancelled: Thursday 17 December 2026, 11:00 (New York time, UTC-5).

The reason: Half of us are at the congress

--\x20
You get this mail because an earlier mail of Co-op Educators told you otherwise. To get fewer mails, or none, answer with “fewer mails” or “leave”.
"""  # noqa: E501  paragraphs of a mail are not wrapped
    )


def test_correction_of_the_link_carries_the_new_one() -> None:
    sample = sample_letter("correction")
    assert sample.before is not None
    letter = replace(sample, facts=replace(sample.before, link="https://meet.google.com/new-link"))

    assert "Join the meeting: https://meet.google.com/new-link\n" in text_of(letter)
    assert "Join the meeting" not in text_of(sample)


def test_decline_in_full() -> None:
    letter = sample_letter("access.decline")

    assert subject_of(letter) == "Your request to join Co-op Educators"
    assert (
        text_of(letter)
        == """\
Hello Ann Bell,

Thank you for asking to join Co-op Educators. We are sorry: we cannot offer you a place at the moment.

If you think that we have misunderstood your request, or if things change, just answer this mail. We wish you well with your work.

--\x20
You get this mail because you asked to join Co-op Educators. No further mails follow.
"""  # noqa: E501  paragraphs of a mail are not wrapped
    )


def test_welcome_says_when_where_and_how() -> None:
    text = text_of(sample_letter("access.welcome"))

    assert (
        "The next meeting\n----------------\n\nThursday 17 December 2026, 11:00 (New York time, UTC-5)\n"
        in text
    )
    assert "\nJoin the meeting: https://meet.google.com/abc-defg-hij\n" in text
    assert "\nWe meet online every month for 60 minutes, and whoever likes stays 30 minutes longer." in text
    assert "Rosa" not in text
    assert "\nBetween meetings\n----------------\n\nJoin us on Discord: https://discord.gg/sample\n" in text


def test_welcome_promises_a_lasting_link_to_nobody_alone() -> None:
    alone = "The invite is meant for you alone; please use it within 7 days."

    for_one = text_of(sample_letter("access.welcome"))
    lasting = text_of(replace(sample_letter("access.welcome"), discord_for_one=False))

    assert for_one.replace(f"{alone}\n\n", "") == lasting
    assert "Join us on Discord: https://discord.gg/sample\n" in lasting


def test_welcome_without_meeting_and_invite_leaves_their_headings_out() -> None:
    text = text_of(replace(sample_letter("access.welcome"), facts=None, discord=None, stay_on=timedelta(0)))

    assert "The next meeting" not in text
    assert "Between meetings" not in text
    assert "What is planned" not in text
    assert "We meet online every month for 60 minutes. Come as you are" in text


def test_welcome_close_to_the_meeting_can_carry_the_agenda() -> None:
    agenda = sample_letter("agenda")

    text = text_of(replace(sample_letter("access.welcome"), agenda=agenda.agenda, roast=agenda.roast))

    assert "What is planned\n---------------\n\nHost: Rosa Lindqvist\n" in text
    assert "\n11:55  Next host and date, one takeaway (organizer, 5 min)\n" in text


def test_host_ask_wants_an_answer() -> None:
    letter = sample_letter("host.ask")

    assert subject_of(letter) == "Will you host the roast on Thursday 17 December 2026?"
    assert "Thursday 17 December 2026, 17:00 (Berlin time, UTC+1)\n\nCan you do it?" in text_of(letter)
    assert "Please answer this mail with a yes or a no." in text_of(letter)


def test_host_confirmed_names_the_deadline_and_what_is_there() -> None:
    text = text_of(sample_letter("host.confirmed"))

    assert "Answer this mail by Wednesday 9 December 2026 with what is still missing:" in text
    assert "so far\n----------------------------\n\nPlan: Who decides here?" in text
    assert "Host:" not in text


def test_host_confirmed_late_asks_for_the_plan_soon() -> None:
    letter = sample_letter("host.confirmed")
    late = SAMPLE_NOW + timedelta(days=20)

    body = compose(letter, None, SAMPLE_SENDER, late).get_body(("plain",))

    assert body is not None
    assert "Answer this mail as soon as you can with" in body.get_content()


def test_alert_lists_its_lines() -> None:
    letter = sample_letter("organizer.alert")

    assert subject_of(letter) == "Co-op Educators: stopped, waiting for you"
    assert (
        "- If that is what you want, type “maple 4711” into “Go ahead with” in the tab Settings.\n"
        in text_of(letter)
    )


def test_a_mail_without_a_link_points_to_the_calendar_event() -> None:
    letter = sample_letter("agenda")
    assert letter.facts is not None

    text = text_of(replace(letter, facts=replace(letter.facts, link=None)))

    assert "\nThe link to join is in the calendar event.\n" in text


def test_a_rehearsal_says_so_at_the_top() -> None:
    text = text_of(replace(sample_letter("reminder"), rehearsal_for="38 people"))

    assert text.startswith(
        "This is a rehearsal: in the mode “live” this mail would go to 38 people.\n\nHello"
    )


def test_the_organizers_wording_is_used() -> None:
    wording = worded(
        MailKind.AGENDA,
        "{host}: *{plan}* at {time}, for you {your_time}. [Notes](https://example.org/n) here",
    )

    assert text_of(sample_letter("agenda"), wording).startswith(
        "Rosa Lindqvist: Who decides here? A first afternoon for a new board at 17:00 (Berlin time, UTC+1), "
        "for you 11:00 (New York time, UTC-5). Notes (https://example.org/n) here\n\n-- \n"
    )


def test_the_communitys_time_names_its_day_where_it_differs() -> None:
    assert text_of(sample_letter("reminder"), worded(MailKind.REMINDER, "{date}, {time}")).startswith(
        "Friday 18 December 2026, 17:00 on Thursday (Berlin time, UTC+1)\n"
    )


def test_values_nobody_typed_have_words() -> None:
    letter = sample_letter("agenda")
    assert letter.facts is not None
    bare = replace(
        letter,
        to=replace(letter.to, name=""),
        facts=replace(letter.facts, host=None),
        roast=type(letter.roast)(),
        agenda=(),
    )

    text = text_of(
        bare, worded(MailKind.AGENDA, "{name}, {host}, {plan}\n\n## Agenda\n\n{roast}\n\n{agenda}")
    )

    assert text.startswith("there, a host still to be found, this month's plan\n\n-- \n")


def test_markdown_of_every_shape_is_readable_as_text() -> None:
    source = "> quoted\n> twice\n\n3. three\n   - inner\n4. four\n\n---\n\n[mail us](mailto:a@example.org)\n\n<https://example.org>"

    assert text_of(sample_letter("agenda"), worded(MailKind.AGENDA, source)).startswith(
        "> quoted\n> twice\n\n3. three\n\n   - inner\n4. four\n\n* * *\n\nmail us: a@example.org\n\n"
        "https://example.org\n\n-- \n"
    )


def test_an_unknown_placeholder_is_refused() -> None:
    with pytest.raises(ValueError, match=r"the wording of agenda cannot be used: \{agneda\} is not known"):
        text_of(sample_letter("agenda"), worded(MailKind.AGENDA, "{agneda}"))


@pytest.mark.parametrize("kind", ["host.ask", "host.confirmed", "agenda", "reminder", "correction"])
def test_a_mail_about_a_meeting_needs_one(kind: str) -> None:
    with pytest.raises(ValueError, match="needs a meeting to be about"):
        text_of(replace(sample_letter(kind), facts=None))


def test_a_correction_needs_what_was_told() -> None:
    with pytest.raises(ValueError, match="needs what was told before"):
        text_of(replace(sample_letter("correction"), before=None))


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_letter_gives_the_same_bytes(kind: MailKind) -> None:
    first = compose(sample_letter(kind), None, SAMPLE_SENDER, SAMPLE_NOW).as_bytes()
    second = compose(sample_letter(kind), None, SAMPLE_SENDER, SAMPLE_NOW).as_bytes()

    assert first == second
