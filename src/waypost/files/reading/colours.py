"""Colours as each format writes them, into rrggbb in lower case."""

from __future__ import annotations

import re

# The names people and programs set behind a cell; of the 148 CSS names, those that say something about progress.
_NAMES = {
    "white": "ffffff", "black": "000000", "red": "ff0000", "green": "008000", "lime": "00ff00", "blue": "0000ff",
    "yellow": "ffff00", "orange": "ffa500", "gold": "ffd700", "darkred": "8b0000", "crimson": "dc143c",
    "firebrick": "b22222", "tomato": "ff6347", "salmon": "fa8072", "pink": "ffc0cb", "lightpink": "ffb6c1",
    "lightcoral": "f08080", "darkorange": "ff8c00", "khaki": "f0e68c", "lightyellow": "ffffe0",
    "darkgreen": "006400", "forestgreen": "228b22", "limegreen": "32cd32", "lightgreen": "90ee90",
    "palegreen": "98fb98", "seagreen": "2e8b57", "mediumseagreen": "3cb371", "yellowgreen": "9acd32",
    "navy": "000080", "darkblue": "00008b", "royalblue": "4169e1", "steelblue": "4682b4", "skyblue": "87ceeb",
    "lightblue": "add8e6", "lightskyblue": "87cefa", "deepskyblue": "00bfff", "dodgerblue": "1e90ff",
    "cornflowerblue": "6495ed", "teal": "008080", "purple": "800080", "grey": "808080", "gray": "808080",
    "silver": "c0c0c0", "lightgrey": "d3d3d3", "lightgray": "d3d3d3", "gainsboro": "dcdcdc",
    "whitesmoke": "f5f5f5", "brown": "a52a2a", "maroon": "800000", "olive": "808000", "cyan": "00ffff",
    "magenta": "ff00ff", "orangered": "ff4500", "coral": "ff7f50",
}  # fmt: skip
_HEX = re.compile(r"#?([0-9a-f]{6})$|#([0-9a-f]{3})$", re.IGNORECASE)
_RGB = re.compile(r"rgba?\(\s*(\d{1,3})[\s,]+(\d{1,3})[\s,]+(\d{1,3})(?:[\s,/]+([\d.]{1,6})%?)?\s*\)", re.IGNORECASE)


def colour(text: str | None) -> str | None:
    """The colour a CSS or Office value names; None for none, automatic, transparent or unknown."""
    text = (text or "").strip().lower()
    if found := _HEX.match(text):
        return (found[1] or "".join(2 * c for c in found[2])).lower()
    if found := _RGB.match(text):
        parts = [min(255, int(part)) for part in found.groups()[:3]]
        return None if found[4] in ("0", "0.0") else "".join(f"{part:02x}" for part in parts)
    return _NAMES.get(text)


def from_floats(values: tuple[float, ...]) -> str | None:
    """The same from 0 to 1 parts: one of grey, three of red, green and blue, four of ink."""
    if len(values) == 1:
        values = values * 3
    elif len(values) == 4:
        black = 1 - values[3]
        values = tuple((1 - ink) * black for ink in values[:3])
    if len(values) != 3:
        return None
    return "".join(f"{round(255 * min(1.0, max(0.0, value))):02x}" for value in values)


def tinted(rrggbb: str, tint: float) -> str:
    """A theme colour made lighter (tint above 0) or darker, near enough to what Excel shows."""
    parts = [int(rrggbb[at : at + 2], 16) for at in (0, 2, 4)]
    shown = [part * (1 + tint) if tint < 0 else part + (255 - part) * tint for part in parts]
    return "".join(f"{round(min(255.0, max(0.0, part))):02x}" for part in shown)
