"""Update masks: which fields a request replaces; and objects tidied as Google keeps them."""

import copy
import struct
from typing import Any

from local_workspace import fields
from local_workspace.call import Json
from local_workspace.errors import bad_request
from local_workspace.fields import Mask

PLACES = {"startRowIndex", "endRowIndex", "startColumnIndex", "endColumnIndex", "dimension"}
"""What tells a range of cells, rows or columns, whose sheet id Google leaves out when it is 0."""
_CHANNELS = {"red", "green", "blue", "alpha"}


def parse(request: Json) -> Mask:
    """Return the mask of what a request writes, its `fields`; ApiError 400 when there is none to be read."""
    if not request.get("fields"):
        raise bad_request("At least one field must be listed in 'fields'. (Use '*' to indicate all fields.)")
    return fields.parse(request["fields"])


def merge(target: Json, source: Json, mask: Mask) -> None:
    """Replace the masked fields of `target` by those of `source`; what `source` lacks is dropped."""
    if "*" in mask:
        target.clear()
        target.update(copy.deepcopy(source))
        return
    for name, inner in mask.items():
        value = source.get(name)
        # A color and its style are two faces of one thing: the one that is not written follows.
        target.pop(name.removesuffix("Style") if name.endswith("ColorStyle") else f"{name}Style", None)
        if inner:
            child = target.setdefault(name, {})
            merge(child, value or {}, inner)
            value = child
        if value in (None, {}):
            target.pop(name, None)
        else:
            target[name] = copy.deepcopy(value)


def tidy(value: Any) -> Any:
    """Return a request's object as Google keeps it: no nulls, colors completed, no sheet id 0 in ranges."""
    if isinstance(value, list):
        return [tidy(item) for item in value]
    if not isinstance(value, dict):
        return value
    if value and value.keys() <= _CHANNELS:
        return {name: _channel(part) for name, part in value.items() if part}
    kept = {name: tidy(item) for name, item in value.items() if item is not None}
    if kept.get("sheetId") == 0 and (len(kept) == 1 or kept.keys() & PLACES):
        del kept["sheetId"]
    for name in list(kept):
        if name.endswith(("Color", "color")) and name != "rgbColor":
            kept.setdefault(f"{name}Style", {"rgbColor": kept[name]})
        if name.endswith(("ColorStyle", "colorStyle")) and "rgbColor" in kept[name]:
            kept[name.removesuffix("Style")] = kept[name]["rgbColor"]
    return kept


def _channel(part: float) -> int | float:
    """Return a color's part as Google gives it back: one of 256 steps, in single precision, written short."""
    step = _single(int(part * 255 + 1e-6) / 255)
    shorter = (float(f"{step:.{digits}g}") for digits in range(1, 9))
    short = next((number for number in shorter if _single(number) == step), step)
    return int(short) if short.is_integer() else short


def _single(number: float) -> float:
    """Return the number in single precision."""
    rounded: float = struct.unpack("f", struct.pack("f", number))[0]
    return rounded
