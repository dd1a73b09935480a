"""The agenda's own placeholders, and the open clinic of a meeting without a host."""

from community.agenda_lines import _filled_in
from community.mails import AgendaItem, RoastPlan
from sheets_schema.rows import AgendaRow

ROWS = (
    AgendaRow(1, 10, "Welcome", "organizer"),
    AgendaRow(2, 5, 'Roast: {host} describes "{plan}"', "host"),
    AgendaRow(3, 25, 'Roast: ideas on "{question}"', "everyone", "{host} listens."),
    AgendaRow(4, 20, "Needs sharing", "everyone"),
)


def test_words_of_the_host_are_filled_in() -> None:
    plan = RoastPlan(title="Who decides?", question="What to cut?")

    assert _filled_in(ROWS, "Ann", plan)[1:3] == (
        AgendaItem(10, 5, 'Roast: Ann describes "Who decides?"', "host"),
        AgendaItem(15, 25, 'Roast: ideas on "What to cut?"', "everyone", "Ann listens."),
    )


def test_what_was_typed_is_never_read_as_a_placeholder() -> None:
    plan = RoastPlan(title="{question} {host}", question="secret")

    assert _filled_in(ROWS, "Ann", plan)[1].item == 'Roast: Ann describes "{question} {host}"'


def test_without_a_question_the_line_does_without_it() -> None:
    assert _filled_in(ROWS, "Ann", RoastPlan())[2].item == "Roast: ideas"


def test_without_a_host_the_roast_becomes_one_open_clinic() -> None:
    assert _filled_in(ROWS, None, RoastPlan()) == (
        AgendaItem(0, 10, "Welcome", "organizer"),
        AgendaItem(10, 30, "Open clinic: bring a plan or a question, we work on it together", "everyone"),
        AgendaItem(40, 20, "Needs sharing", "everyone"),
    )
