"""What Excel shows for a value under a number format: dates, months, numbers, percentages; not fractions or powers."""

from __future__ import annotations

import datetime as dt
import re
from decimal import ROUND_HALF_UP, Decimal

# Formats that Excel writes by number or in American order and shows in the order of the reader's own country.
_LOCAL = {"mm-dd-yy": "dd/mm/yyyy", "m/d/yy": "dd/mm/yyyy", "m/d/yyyy": "dd/mm/yyyy", "m/d/yy h:mm": "dd/mm/yyyy hh:mm"}
_LONG_DATE = "[$-f800]"
_LITERAL = re.compile(r'"([^"]*)"|\\(.)|_.|\*.|\[[^\]]*\]')
_TOKEN = re.compile(
    r'"[^"]*"|\\.|\[(?:h+|m+|s+)\]|\[[^\]]*\]|_.|\*.|am/pm|a/p|y+|m+|d+|h+|s+(?:\.0+)?|.', re.IGNORECASE | re.DOTALL
)
_PLAIN_BELOW = 1e15  # Excel keeps fifteen digits; beyond them, and for what is no number, its general form serves
_DIGITS = re.compile(r"[0#?][0#?,.]*")


def shown(value: object, number_format: str | None) -> str:
    """The text a person sees in the cell."""
    form = number_format or "General"
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, dt.datetime | dt.date | dt.time):
        return _moment(value, form)
    if isinstance(value, dt.timedelta):
        minutes = int(value.total_seconds() // 60)
        return f"{minutes // 60}:{minutes % 60:02d}"
    if isinstance(value, int | float):
        return _number(value, form)
    return str(value)


def _number(value: float, form: str) -> str:
    sections = form.split(";")
    section = sections[1] if value < 0 and len(sections) > 1 and sections[1].strip() else sections[0]
    pattern = _DIGITS.search(_LITERAL.sub("", section))
    if (
        not abs(value) < _PLAIN_BELOW
        or pattern is None
        or "e" in _LITERAL.sub("", section).lower()
        or "/" in section
        or "?" in pattern[0]
    ):
        return _general(value)
    if value < 0 and section is not sections[0]:
        value = -value  # the section says how a number below nought is shown
    percent = section.count("%")
    whole, _, fraction = pattern[0].rstrip(",.").partition(".")
    places = len(fraction.replace(",", ""))
    rounded = (Decimal(repr(value)) * 100**percent).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    text = f"{abs(rounded):,f}" if "," in whole else f"{abs(rounded):f}"
    optional = len(fraction) - len(fraction.rstrip("#"))
    for _ in range(optional):
        text = text.removesuffix("0")
    text = text.removesuffix(".") if optional else text
    least = whole.count("0")
    text = text.zfill(least + (len(text) - text.find(".") if "." in text else 0)) if least > 1 else text
    before, after = _around(section)
    return (("-" if rounded < 0 else "") + before + text + after).strip()


def _around(section: str) -> tuple[str, str]:
    """The words a format sets before and after the digits: "£", "Q", "%"."""
    plain = re.sub(r"\[\$([^\]-]*)[^\]]*\]", r'"\1"', section)
    marks = [(found.group(), found.start()) for found in _TOKEN.finditer(plain)]
    digits = [place for place, (mark, _) in enumerate(marks) if mark in "0#?"]
    before, after = marks[: digits[0]], marks[digits[-1] + 1 :]
    return _literal(before), _literal(after)


def _literal(marks: list[tuple[str, int]]) -> str:
    text = ""
    for mark, _ in marks:
        if mark.startswith('"'):
            text += mark[1:-1]
        elif mark.startswith("\\"):
            text += mark[1:]
        elif len(mark) == 1 and mark not in "[]_*,.@":
            text += mark
    return text


def _general(value: float) -> str:
    if isinstance(value, int) or (value.is_integer() and abs(value) < _PLAIN_BELOW):
        return str(int(value))
    return f"{value:.10g}"


def _moment(value: dt.datetime | dt.date | dt.time, form: str) -> str:
    form = form.split(";")[0]
    if _LONG_DATE in form.lower():
        form = "d mmmm yyyy"
    form = _LOCAL.get(form.lower(), form)
    if form in ("General", "@"):
        form = "dd/mm/yyyy"
    tokens = [found.group() for found in _TOKEN.finditer(form)]
    half_day = any(token.lower() in ("am/pm", "a/p") for token in tokens)
    text = ""
    for place, token in enumerate(tokens):
        text += _part(value, token, is_minutes=_is_minutes(tokens, place), half_day=half_day)
    return text.strip()


def _is_minutes(tokens: list[str], place: int) -> bool:
    """m is minutes beside hours or seconds, else months."""
    before = [t[0].lower() for t in tokens[:place] if t[0].lower() in "ymdhs"]
    after = [t[0].lower() for t in tokens[place + 1 :] if t[0].lower() in "ymdhs"]
    return (bool(before) and before[-1] == "h") or (bool(after) and after[0] == "s")


def _part(value: dt.datetime | dt.date | dt.time, token: str, *, is_minutes: bool, half_day: bool) -> str:
    kind, width = token[0].lower(), len(token)
    if token.startswith('"'):
        return token[1:-1]
    if token.startswith("\\"):
        return token[1:]
    if kind in "[_*":
        return " " if kind == "_" else ""
    if token.lower() in ("am/pm", "a/p"):
        return value.strftime("%p") if width > 3 else value.strftime("%p")[0]
    if kind in "hs" or (kind == "m" and is_minutes):
        return _clock(value, kind, width, half_day=half_day)
    if kind in "ymd" and isinstance(value, dt.date):
        return _calendar(value, kind, width)
    return "" if kind in "ymd" else token


def _clock(value: dt.datetime | dt.date | dt.time, kind: str, width: int, *, half_day: bool) -> str:
    if not isinstance(value, dt.datetime | dt.time):
        return "00" if width > 1 else "0"
    hour = (value.hour % 12 or 12) if half_day else value.hour
    number = {"h": hour, "m": value.minute, "s": value.second}[kind]
    return f"{number:02d}" if width > 1 else str(number)


def _calendar(value: dt.date, kind: str, width: int) -> str:
    if kind == "y":
        return f"{value.year:04d}" if width > 2 else f"{value.year % 100:02d}"
    number = value.month if kind == "m" else value.day
    if width <= 2:
        return f"{number:02d}" if width == 2 else str(number)
    name = value.strftime("%B" if kind == "m" else "%A")
    return name if width == 4 else name[:1] if width == 5 else name[:3]
