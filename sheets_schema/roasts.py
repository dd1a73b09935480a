"""The Roasts tab: a row per month, with its host, their plan, and whatever differs from the rule."""

from __future__ import annotations

from collections import Counter

from sheets_schema.cells import LINK, YES_NO, Rows, text
from sheets_schema.columns import CHECK, PRIVATE_NOTES, Tab, optional, required
from sheets_schema.dates import DAY_IN_MONTH, MONTH, TIME
from sheets_schema.months import Month
from sheets_schema.problems import Problem
from sheets_schema.rows import RoastRow
from sheets_schema.table import Row, read_table

_LEFT_AS_IT_IS = "This month's meeting is left as it is until this is mended."

MONTH_OF = required(
    "Month",
    MONTH,
    "The month of the meeting, like 2026-12. One row per month.",
    "This row is left out.",
    width=90,
)
HOST = optional(
    "Host",
    text(200),
    "",
    "Who hosts the Roast of the Month: a member's name or an address.",
    _LEFT_AS_IT_IS,
    guard=True,
    aliases=("Host of the month", "Hosted by"),
    width=160,
)
PLAN_TITLE = optional(
    "Plan title", text(200), "", "What the host's workshop or exercise plan is called.", width=200
)
SENTENCE = optional(
    "In one sentence", text(500), "", "What it is about, as the agenda mail tells it.", width=260
)
PLAN_LINK = optional(
    "Link", LINK, "", "Where the plan can be read; https only.", "Mails go without the link.", width=180
)
QUESTION = optional(
    "Question for the group", text(500), "", "What the host wants ideas on.", aliases=("Question",), width=260
)
HOST_AGREED = optional(
    "Host agreed",
    YES_NO,
    None,
    "Type yes when the host has said yes; the service then confirms it to them.",
    "The host counts as not having answered.",
    headed=True,
    width=90,
)
BACKUP = optional("Backup", text(200), "", "Who steps in: a member's name or an address.", width=160)
BACKUP_AGREED = optional("Backup agreed", YES_NO, None, "Whether the backup has said yes.", width=100)
OTHER_DATE = optional(
    "Other date",
    DAY_IN_MONTH,
    None,
    "Only when the meeting is not on the usual day. It must lie in the row's month.",
    _LEFT_AS_IT_IS,
    guard=True,
    width=110,
)
OTHER_START = optional(
    "Other start",
    TIME,
    None,
    "Only when the meeting does not begin at the usual time, like 17:00 in the community's time zone.",
    _LEFT_AS_IT_IS,
    guard=True,
    width=90,
)
NO_MEETING = optional(
    "No meeting because",
    text(200),
    "",
    "A reason here cancels this month's meeting. Clear the cell to have a new one made.",
    _LEFT_AS_IT_IS,
    guard=True,
    aliases=("No meeting", "Cancelled because", "Canceled because"),
    width=180,
)
SEND_AGENDA = optional(
    "Send agenda",
    YES_NO,
    None,
    "When Settings say that the agenda needs your yes: type yes here.",
    "The agenda waits.",
    width=100,
)
RECAP = optional(
    "Recap for everyone", YES_NO, None, "Whether everyone gets a recap after the meeting.", width=130
)

TAB = Tab(
    "Roasts",
    (
        CHECK,
        MONTH_OF,
        HOST,
        PLAN_TITLE,
        SENTENCE,
        PLAN_LINK,
        QUESTION,
        HOST_AGREED,
        BACKUP,
        BACKUP_AGREED,
        OTHER_DATE,
        OTHER_START,
        NO_MEETING,
        SEND_AGENDA,
        RECAP,
        PRIVATE_NOTES,
    ),
    explain="One row per month. The service adds the coming months at the end.",
    stops="No roast is read: meetings stay as they are, and no host is written to, until it is back.",
    key=MONTH_OF.header,
)


def _roast(row: Row) -> RoastRow:
    return RoastRow(
        row=row.number,
        key=row.key,
        month=row.get(MONTH_OF),
        host=row.get(HOST),
        plan_title=row.get(PLAN_TITLE),
        sentence=row.get(SENTENCE),
        link=row.get(PLAN_LINK),
        question=row.get(QUESTION),
        host_agreed=row.get(HOST_AGREED),
        backup=row.get(BACKUP),
        backup_agreed=row.get(BACKUP_AGREED),
        other_date=row.get(OTHER_DATE),
        other_start=row.get(OTHER_START),
        no_meeting=row.get(NO_MEETING),
        send_agenda=row.get(SEND_AGENDA),
        recap=row.get(RECAP),
    )


def read(rows: Rows | None, problems: list[Problem]) -> tuple[tuple[RoastRow, ...], frozenset[Month]] | None:
    """Read the roasts, and the months whose meeting must be left as it is. None when the tab is stopped.

    Such months stand in two rows, or in a row of which a cell that decides about the meeting cannot be read;
    they have no roast here.
    """
    found = read_table(TAB, rows, problems)
    if found is None:
        return None
    dated = [(row, month) for row in found if (month := row.find(MONTH_OF))]
    count = Counter(month for _, month in dated)
    for row, month in dated:
        if count[month] > 1:
            others = " and ".join(
                str(other.number) for other, same in dated if same == month and other is not row
            )
            what = f"{month} stands in row {others}, too. Delete the row that is not meant."
            problems.append(Problem(TAB.title, row.number, MONTH_OF.header, row.key, what, _LEFT_AS_IT_IS))
    unsure = frozenset(month for row, month in dated if row.dropped or count[month] > 1)
    return tuple(_roast(row) for row, month in dated if month not in unsure), unsure
