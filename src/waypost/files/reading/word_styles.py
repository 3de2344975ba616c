"""What Word's styles and numbering say about a paragraph: heading, bold, hidden, and the bullet or number it shows."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml.etree import _Element as Element

_HEADING = re.compile(r"heading ([1-9])$", re.IGNORECASE)
_OFF = {"0", "false", "off", "none"}
_LEVEL_MARK = re.compile(r"%([1-9])")
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"))
_ROMAN_ONES = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")
_DEEPEST = 9


def name_of(element: Element) -> str:
    """The element's name without its namespace: Word's strict form has other namespaces and the same names."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def attribute(element: Element | None, name: str) -> str | None:
    if element is None:
        return None
    for key, value in element.attrib.items():
        if str(key).rpartition("}")[2] == name:
            return str(value)
    return None


def child(element: Element | None, name: str) -> Element | None:
    return None if element is None else next(element.iterchildren("{*}" + name), None)


def whole(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 7 else otherwise


def switch(properties: Element | None, name: str) -> bool | None:
    """A property that is on, off or not said."""
    found = child(properties, name)
    return None if found is None else (attribute(found, "val") or "1").lower() not in _OFF


@dataclass(frozen=True, slots=True)
class Look:
    """How a run or a style sets its words; None where it says nothing."""

    bold: bool | None = None
    italic: bool | None = None
    hidden: bool | None = None

    @classmethod
    def of(cls, properties: Element | None) -> Look:
        if properties is None or not len(properties):
            return _PLAIN
        return cls(switch(properties, "b"), switch(properties, "i"), switch(properties, "vanish"))

    def over(self, beneath: Look) -> Look:
        if self is _PLAIN:
            return beneath
        return Look(
            beneath.bold if self.bold is None else self.bold,
            beneath.italic if self.italic is None else self.italic,
            beneath.hidden if self.hidden is None else self.hidden,
        )


_PLAIN = Look()


@dataclass(frozen=True, slots=True)
class Style:
    look: Look = _PLAIN
    level: int | None = None
    numbering: tuple[str, int] | None = None
    bullet: bool = False


_NO_STYLE = Style()


class Styles:
    """A document's styles by id, each with what it inherits."""

    def __init__(self, root: Element | None) -> None:
        self._elements = {attribute(style, "styleId"): style for style in ([] if root is None else root)}
        self._found: dict[str | None, Style] = {None: _NO_STYLE}

    def style(self, id_: str | None, depth: int = 0) -> Style:
        if id_ in self._found:
            return self._found[id_]
        element = self._elements.get(id_)
        if element is None or depth > 20:
            return _NO_STYLE
        base = self.style(attribute(child(element, "basedOn"), "val"), depth + 1)
        name = attribute(child(element, "name"), "val") or ""
        paragraph = child(element, "pPr")
        own = numbering_of(paragraph)
        if own and base.numbering and own[0] == "":
            own = (base.numbering[0], own[1])
        self._found[id_] = Style(
            Look.of(child(element, "rPr")).over(base.look),
            _level(name, paragraph) or base.level,
            own or base.numbering,
            name.lower().startswith("list bullet") or base.bullet,
        )
        return self._found[id_]


def _level(name: str, paragraph: Element | None) -> int | None:
    if found := _HEADING.match(name):
        return min(6, int(found[1]))
    if name.lower() == "title":
        return 1
    return outline_level(paragraph)


def outline_level(paragraph: Element | None) -> int | None:
    level = whole(attribute(child(paragraph, "outlineLvl"), "val"), _DEEPEST)
    return min(6, level + 1) if level < _DEEPEST else None


def numbering_of(paragraph: Element | None) -> tuple[str, int] | None:
    """The list (by number id, "" where the style names it) and the level in it."""
    properties = child(paragraph, "numPr")
    if properties is None:
        return None
    level = whole(attribute(child(properties, "ilvl"), "val"), 0)
    return attribute(child(properties, "numId"), "val") or "", min(level, _DEEPEST - 1)


@dataclass(slots=True)
class _Level:
    format: str = "decimal"
    text: str = ""
    start: int = 1


@dataclass(slots=True)
class _List:
    levels: dict[int, _Level] = field(default_factory=dict)
    counters: list[int | None] = field(default_factory=lambda: [None] * _DEEPEST)


class Numbering:
    """Counts a document's lists as Word does when it draws them."""

    def __init__(self, root: Element | None) -> None:
        self._lists: dict[str | None, _List] = {}
        self._list_of: dict[str | None, str | None] = {}
        self._restarts: dict[str | None, dict[int, int]] = {}
        for element in [] if root is None else root:
            if name_of(element) == "abstractNum":
                self._lists[attribute(element, "abstractNumId")] = _List(_levels(element))
            elif name_of(element) == "num":
                number = attribute(element, "numId")
                self._list_of[number] = attribute(child(element, "abstractNumId"), "val")
                self._restarts[number] = _restarts(element)

    def label(self, number: str, level: int) -> tuple[bool, str]:
        """Whether the next item shows a bullet, and the number it shows if not."""
        found = self._lists.get(self._list_of.get(number))
        if found is None or level not in found.levels:
            return False, ""
        if found.levels[level].format == "bullet":
            return True, ""
        for at, start in self._restarts.pop(number, {}).items():
            found.counters[at] = start - 1
        counter = found.counters[level]
        found.counters[level] = found.levels[level].start if counter is None else counter + 1
        found.counters[level + 1 :] = [None] * (_DEEPEST - level - 1)
        return False, _LEVEL_MARK.sub(lambda m: _shown(found, int(m[1]) - 1), found.levels[level].text).strip()


def _levels(element: Element) -> dict[int, _Level]:
    return {
        whole(attribute(one, "ilvl"), 0): _Level(
            attribute(child(one, "numFmt"), "val") or "decimal",
            attribute(child(one, "lvlText"), "val") or "",
            whole(attribute(child(one, "start"), "val"), 1),
        )
        for one in element
        if name_of(one) == "lvl"
    }


def _restarts(element: Element) -> dict[int, int]:
    found = {}
    for one in element:
        start = attribute(child(one, "startOverride"), "val")
        if name_of(one) == "lvlOverride" and start is not None:
            found[min(whole(attribute(one, "ilvl"), 0), _DEEPEST - 1)] = whole(start, 1)
    return found


def _shown(found: _List, level: int) -> str:
    kind = found.levels.get(level, _Level())
    counter = found.counters[level]
    number = kind.start if counter is None else counter
    if kind.format in ("lowerLetter", "upperLetter") and number > 0:
        letter = chr(97 + (number - 1) % 26) * (1 + min(9, (number - 1) // 26))
        return letter if kind.format == "lowerLetter" else letter.upper()
    if kind.format in ("lowerRoman", "upperRoman") and 0 < number < 4000:
        roman = _roman(number)
        return roman if kind.format == "lowerRoman" else roman.upper()
    return f"{number:02d}" if kind.format == "decimalZero" else "" if kind.format == "none" else str(number)


def _roman(number: int) -> str:
    text = ""
    for value, letters in _ROMAN:
        text += letters * (number // value)
        number %= value
    return text + _ROMAN_ONES[number]
