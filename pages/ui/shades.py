"""The shades of fields from little to most, and the ink that is read on each, the same on a light and a dark ground."""

from collections.abc import Iterable
from typing import Any

import pandas as pd

PALE, STRONG = (213, 236, 234), (11, 110, 110)
INKS = {"#000000": 0.0, "#FFFFFF": 1.0}
# The encodings of charts whose rows have the two columns.
FILL: dict[str, Any] = {"field": "fill", "type": "nominal", "scale": None, "legend": None}
INK: dict[str, Any] = {"field": "ink", "type": "nominal", "scale": None, "legend": None}


def with_shades(frame: pd.DataFrame, shares: Iterable[float]) -> pd.DataFrame:
    """The frame with `fill` and `ink`: the shade of each share, from nothing (0) to most (1), and what is written on it in.

    The ink is the one of black and white that stands out more, which is 4.5 to 1 at least on any shade.
    """
    mixed = [_mixed(min(max(float(share), 0.0), 1.0)) if pd.notna(share) else PALE for share in shares]
    fill = ["#" + "".join(f"{part:02X}" for part in colour) for colour in mixed]
    return frame.assign(fill=fill, ink=[_ink(colour) for colour in mixed])


def contrast(first: float, second: float) -> float:
    """How far two luminances (0 to 1) stand apart, from 1 to 21, as WCAG 2 has it."""
    high, low = max(first, second), min(first, second)
    return (high + 0.05) / (low + 0.05)


def luminance(colour: Iterable[int]) -> float:
    """How bright a colour of three parts from 0 to 255 is, from 0 to 1, as WCAG 2 has it."""
    parts = [each / 255 for each in colour]
    red, green, blue = (each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _mixed(share: float) -> tuple[int, ...]:
    return tuple(round(pale + (strong - pale) * share) for pale, strong in zip(PALE, STRONG, strict=True))


def _ink(colour: Iterable[int]) -> str:
    bright = luminance(colour)
    return max(INKS, key=lambda ink: contrast(INKS[ink], bright))
