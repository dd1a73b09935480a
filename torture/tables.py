"""Tables of the page, in markdown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

Cell = str | int


def table(head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    """A markdown table; numbers are set with thousands and to the right."""
    body = [list(row) for row in rows]
    numeric = [bool(body) and all(isinstance(row[place], int) for row in body) for place in range(len(head))]
    lines = [list(head), ["--:" if right else "--" for right in numeric]]
    lines += [[f"{cell:,}" if isinstance(cell, int) else cell for cell in row] for row in body]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
