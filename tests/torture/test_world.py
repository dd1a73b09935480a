"""The campaign of clocks, zones and sleep: a scenario of each kind, and the page."""

from __future__ import annotations

from pathlib import Path

import pytest

from torture.world import ELSEWHERE, cells, report, run

ROOT = Path(__file__).parent.parent.parent


@pytest.mark.parametrize(
    "cell",
    [
        "an agenda in the hour that is skipped",
        "a start in the hour that comes twice",
        "a meeting on 29 February",
        "asleep over agenda and reminder",
        "the community's zone changes",
    ],
)
def test_scenario_is_as_it_should_be(cell: str, tmp_path: Path) -> None:
    assert cell in cells(1)
    assert run(cell, tmp_path) == {"wrong": []}


def test_page_names_what_was_wrong() -> None:
    page = report({"one": {"wrong": []}, "other": {"wrong": ["agenda: 1 where 2 was right", "start: late"]}})

    assert page.splitlines()[2:6] == [
        "| scenario | seen |",
        "|--|--|",
        "| one | as it should be |",
        "| other | agenda: 1 where 2 was right; start: late |",
    ]


def test_page_names_tests_that_are_there() -> None:
    assert [where for where in ELSEWHERE.values() if not (ROOT / where).is_file()] == []
