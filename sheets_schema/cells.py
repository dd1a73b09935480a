"""Cells as Sheets answers them."""

from __future__ import annotations

Cell = str | int | float | bool
Rows = list[list[Cell]]
