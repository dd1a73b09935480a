"""The Agenda tab: what happens in a meeting, minute by minute."""

from __future__ import annotations

from dataclasses import replace
from itertools import accumulate

from sheets_schema.cells import NUMBER, Rows, integer, text
from sheets_schema.columns import Tab, optional, required
from sheets_schema.problems import Problem
from sheets_schema.rows import AgendaRow
from sheets_schema.table import read_table

_LEFT_OUT = "This line is left out."

ORDER = required("Order", NUMBER, "Lines are sorted by this number.", _LEFT_OUT, width=70)
MINUTES = required("Minutes", integer(1, 480), "How long it takes.", _LEFT_OUT, aliases=("Min",), width=80)
ITEM = required(
    "Item", text(200), "What happens. {host}, {plan} and {question} are filled in.", _LEFT_OUT, width=320
)
WHO = optional("Who", text(100), "", "Who leads it.", width=120)
SHOWN_UNDER = optional(
    "Shown under the item", text(500), "", "Smaller text below the item in the agenda mail.", width=360
)

TAB = Tab(
    "Agenda",
    (ORDER, MINUTES, ITEM, WHO, SHOWN_UNDER),
    explain="The lines must add up to the meeting's minutes in Settings; lines after that are for whoever "
    "stays on. Lines that begin with Roast: become one open clinic when a month has no host.",
    stops="The agenda mail waits until it is mended.",
)

DEFAULT = (
    AgendaRow(10, 5, "Welcome, and a check-in in one word", "organizer"),
    AgendaRow(20, 5, "New faces and announcements", "organizer"),
    AgendaRow(30, 5, 'Roast: {host} describes "{plan}"', "host"),
    AgendaRow(
        40,
        10,
        "Roast: questions to the host",
        "everyone",
        "First to understand it. Then: whose knowledge counts, and where do people do rather than listen?",
    ),
    AgendaRow(50, 12, 'Roast: rapid-fire ideas on "{question}"', "everyone", "The host only listens."),
    AgendaRow(60, 3, "Roast: what the host will try", "host"),
    AgendaRow(
        70,
        15,
        "Needs sharing",
        "everyone",
        "Half a minute each: what I am working on, what I need. Raise a hand if you can help; whoever asks "
        "notes the names.",
    ),
    AgendaRow(80, 5, "Next host and date, and one thing to take home", "organizer"),
    AgendaRow(90, 30, "Stay and talk", "whoever likes", "Optional: the meeting itself is over."),
)


def read(
    rows: Rows | None, minutes: int | None, stay_on: int | None, problems: list[Problem]
) -> tuple[AgendaRow, ...] | None:
    """Read the agenda in its order, for a meeting of `minutes` and `stay_on` minutes after it.

    Empty when its minutes do not add up, which is a problem, or when a length is not known. None when the
    tab is stopped.
    """
    found = read_table(TAB, rows, problems)
    if found is None:
        return None
    lines = [
        AgendaRow(row.get(ORDER), row.get(MINUTES), row.get(ITEM), row.get(WHO), row.get(SHOWN_UNDER))
        for row in found
        if not row.dropped
    ]
    lines.sort(key=lambda line: line.order)
    if minutes is None or stay_on is None:
        return ()
    ends = list(accumulate(line.minutes for line in lines))
    if minutes not in ends or ends[-1] > minutes + stay_on:
        problems.append(
            Problem(TAB.title, None, MINUTES.header, "", _arithmetic(lines, minutes, stay_on), TAB.stops)
        )
        return ()
    return tuple(replace(line, optional=end > minutes) for line, end in zip(lines, ends, strict=True))


def _arithmetic(lines: list[AgendaRow], minutes: int, stay_on: int) -> str:
    """Why an agenda does not fit its meeting, with the sum."""
    ends = list(accumulate(line.minutes for line in lines))
    if minutes in ends:
        after = [line.minutes for line in lines[ends.index(minutes) + 1 :]]
        return (
            f"After the meeting's {minutes} minutes come {_sum(after)}, but Settings let people stay on for "
            f"{stay_on}. Shorten these lines, or raise Stay on."
        )
    # The line that goes over the end is shown, so that the organizer sees where.
    shown = [line.minutes for line, end in zip(lines, ends, strict=True) if end - line.minutes < minutes]
    return f"{_sum(shown)}, but the meeting has {minutes}. Change these lines, or Minutes in Settings."


def _sum(minutes: list[int]) -> str:
    if len(minutes) < 2:
        return f"{sum(minutes)} minutes"
    return f"{'+'.join(map(str, minutes))}={sum(minutes)} minutes"
