"""What is drawn on one page of a PDF: its words, rules, filled boxes and pictures, in points from the page's top left.

PDFium reads the page; only what it would draw within the page's edges is kept.
"""

from __future__ import annotations

import ctypes
import math
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise

import pypdfium2.raw as pdfium

from .colours import from_floats

Point = tuple[float, float]
Matrix = tuple[float, float, float, float, float, float]

_THIN = 2.5  # a filled box no thicker than this is a rule
_DOT = (1.0, 7.0)  # a filled box of this size beside words is a bullet drawn as a shape
_STRAIGHT = 0.6
_DEEPEST = 8  # forms within forms
_MOST_SEGMENTS = 20_000  # of one path: more is a drawing, not a table
_TEXT, _PATH, _IMAGE, _FORM = (
    pdfium.FPDF_PAGEOBJ_TEXT,
    pdfium.FPDF_PAGEOBJ_PATH,
    pdfium.FPDF_PAGEOBJ_IMAGE,
    pdfium.FPDF_PAGEOBJ_FORM,
)
_INVISIBLE = 3
_QUARTER = math.pi / 2
_FIRST_RTL = 0x590
_HYPHEN = 2  # how PDFium marks a hyphen that ends a line
_HEAVY = ("bold", "black", "heavy", "semibold", "demi")
_SLANTED = ("italic", "oblique")
_JOINED = {0xFB00 + at: text for at, text in enumerate(("ff", "fi", "fl", "ffi", "ffl", "st", "st"))}


@dataclass(frozen=True, slots=True)
class Box:
    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def width(self) -> float:
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def middle(self) -> Point:
        return (self.x0 + self.x1) / 2, (self.top + self.bottom) / 2

    def holds(self, point: Point) -> bool:
        return self.x0 <= point[0] <= self.x1 and self.top <= point[1] <= self.bottom

    def shared(self, other: Box) -> float:
        """The area both cover."""
        across = min(self.x1, other.x1) - max(self.x0, other.x0)
        down = min(self.bottom, other.bottom) - max(self.top, other.top)
        return across * down if across > 0 and down > 0 else 0.0


def union(boxes: Iterable[Box]) -> Box:
    """The smallest box around them; there must be one."""
    x0, top, x1, bottom = zip(*((box.x0, box.top, box.x1, box.bottom) for box in boxes), strict=True)
    return Box(min(x0), min(top), max(x1), max(bottom))


@dataclass(frozen=True, slots=True)
class Word:
    """A word or the part of one that is set alike; `glued` to the one before where no space parts them."""

    text: str
    box: Box
    size: float
    bold: bool = False
    italic: bool = False
    glued: bool = False
    angle: int = 0  # quarter turns
    drawn: bool = False  # a bullet that is a shape


@dataclass(slots=True)
class Page:
    width: float
    height: float
    turned: int = 0  # quarter turns clockwise that the page is shown at
    words: list[Word] = field(default_factory=list)
    rules: list[Box] = field(default_factory=list)
    fills: list[tuple[Box, str]] = field(default_factory=list)
    pictures: list[Box] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Set:
    """How one text object sets its words."""

    bold: bool
    italic: bool
    size: float
    angle: int
    seen: bool


class PageUnreadable(Exception):
    """PDFium could not load a page."""


def read_page(document: object, number: int) -> Page:
    """The page's marks; `number` counts from 0."""
    handle = pdfium.FPDF_LoadPage(document, number)
    if not handle:
        raise PageUnreadable(f"page {number + 1}")
    try:
        width, height = pdfium.FPDF_GetPageWidthF(handle), pdfium.FPDF_GetPageHeightF(handle)
        page = Page(width, height, pdfium.FPDFPage_GetRotation(handle))
        place = _placing(handle, width, height)
        objects = (pdfium.FPDFPage_GetObject(handle, at) for at in range(pdfium.FPDFPage_CountObjects(handle)))
        _draw(objects, (1, 0, 0, 1, 0, 0), page, place)
        text = pdfium.FPDFText_LoadPage(handle)
        if text:
            try:
                page.words += _words(text, page, place)
            finally:
                pdfium.FPDFText_ClosePage(text)
        return page
    finally:
        pdfium.FPDF_ClosePage(handle)


def _placing(handle: object, width: float, height: float) -> Matrix:
    """From the page's own coordinates to points from its top left, whatever its crop and rotation."""
    scale = 1000
    found = []
    for x, y in ((0.0, 0.0), (1000.0, 0.0), (0.0, 1000.0)):
        across, down = ctypes.c_int(), ctypes.c_int()
        size = (round(width * scale), round(height * scale))
        pdfium.FPDF_PageToDevice(handle, 0, 0, *size, 0, x, y, across, down)
        found.append((across.value / scale, down.value / scale))
    (e, f), right, up = found
    return (right[0] - e) / 1000, (right[1] - f) / 1000, (up[0] - e) / 1000, (up[1] - f) / 1000, e, f


def _at(matrix: Matrix, x: float, y: float) -> Point:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _times(inner: Matrix, outer: Matrix) -> Matrix:
    a, b, c, d, e, f = inner
    first, second = _at((*outer[:4], 0, 0), a, b), _at((*outer[:4], 0, 0), c, d)
    return (*first, *second, *_at(outer, e, f))


def _around(points: list[Point]) -> Box:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return Box(min(xs), min(ys), max(xs), max(ys))


def _matrix(handle: object) -> Matrix:
    found = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(handle, found)
    return found.a, found.b, found.c, found.d, found.e, found.f


def _draw(objects: Iterator[object], outer: Matrix, page: Page, place: Matrix, depth: int = 0) -> None:
    for handle in objects:
        kind = pdfium.FPDFPageObj_GetType(handle)
        if kind == _PATH:
            _path(handle, _times(_matrix(handle), outer), page, place)
        elif kind == _IMAGE:
            matrix = _times(_times(_matrix(handle), outer), place)
            page.pictures.append(_around([_at(matrix, x, y) for x in (0, 1) for y in (0, 1)]))
        elif kind == _FORM and depth < _DEEPEST:
            inner = (pdfium.FPDFFormObj_GetObject(handle, at) for at in range(pdfium.FPDFFormObj_CountObjects(handle)))
            _draw(inner, _times(_matrix(handle), outer), page, place, depth + 1)


def _colour(handle: object, ask: object) -> str | None:
    parts = [ctypes.c_uint() for _ in range(4)]
    if not ask(handle, *parts) or parts[3].value == 0:  # type: ignore[operator]  # one of two PDFium functions
        return None
    return from_floats(tuple(part.value / 255 for part in parts[:3]))


def _path(handle: object, matrix: Matrix, page: Page, place: Matrix) -> None:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(handle, fill, stroke)
    segments = pdfium.FPDFPath_CountSegments(handle)
    if not (fill.value or stroke.value) or segments > _MOST_SEGMENTS:
        return
    colour = _colour(handle, pdfium.FPDFPageObj_GetFillColor) if fill.value else None
    drawn = bool(stroke.value) and _colour(handle, pdfium.FPDFPageObj_GetStrokeColor) is not None
    for points, curved in _outlines(handle, segments, _times(matrix, place)):
        if colour:
            _fill(_around(points), colour, page)
        if drawn and not curved:
            page.rules += [_around([a, b]) for a, b in pairwise(points) if _is_straight(a, b)]
        elif drawn and len(points) >= 8:
            # A box with rounded corners: its sides are rules as any other box's are.
            page.rules += [_around([a, b]) for a, b in pairwise(points) if _is_straight(a, b) and _length(a, b) > 4]


def _outlines(handle: object, segments: int, matrix: Matrix) -> Iterator[tuple[list[Point], bool]]:
    points: list[Point] = []
    curved = False
    x, y = ctypes.c_float(), ctypes.c_float()
    for at in range(segments):
        segment = pdfium.FPDFPath_GetPathSegment(handle, at)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            if len(points) > 1:
                yield points, curved
            points, curved = [], False
        points.append(_at(matrix, x.value, y.value))
        curved = curved or kind == pdfium.FPDF_SEGMENT_BEZIERTO
        if pdfium.FPDFPathSegment_GetClose(segment) and len(points) > 2:
            points.append(points[0])
    if len(points) > 1:
        yield points, curved


def _length(a: Point, b: Point) -> float:
    return abs(a[0] - b[0]) + abs(a[1] - b[1])


def _is_straight(a: Point, b: Point) -> bool:
    return min(abs(a[0] - b[0]), abs(a[1] - b[1])) <= _STRAIGHT < _length(a, b)


def _fill(box: Box, colour: str, page: Page) -> None:
    if box.width >= 0.9 * page.width and box.height >= 0.9 * page.height:
        return  # the paper
    low, high = _DOT
    if min(box.width, box.height) <= _THIN < max(box.width, box.height):
        page.rules.append(box)
    elif low <= box.width <= high and low <= box.height <= high:
        if 0.7 <= box.width / box.height <= 1.4:
            page.words.append(Word("•", box, box.height, drawn=True))
    else:
        page.fills.append((box, colour))


def _words(text: object, page: Page, place: Matrix) -> Iterator[Word]:
    """Runs of characters without a space between, parted where their setting changes."""
    codes = [pdfium.FPDFText_GetUnicode(text, at) for at in range(pdfium.FPDFText_CountChars(text))]
    reader = _Characters(text, page, place, mixed=any(code >= _FIRST_RTL and is_rtl(_letter(code)) for code in codes))
    start = 0
    held: list[str] = []
    for at, code in enumerate(codes):
        if code > 32 and code != 160:
            held.append(_letter(code))
            continue
        if code == _HYPHEN:
            held.append("-")
        if held:
            yield from reader.parts(held, start)
            held = []
        start = at + 1
    if held:
        yield from reader.parts(held, start)


def is_rtl(letter: str) -> bool:
    return unicodedata.bidirectional(letter) in ("R", "AL")


def _unturned(letters: list[str], places: list[list[Point]]) -> list[str]:
    """The letters of a word as they are read, on a page with right-to-left words.

    PDFium turns left-to-right words round where they stand on a line with others, and of right-to-left words each
    letter, also those that are joined in one glyph.
    """
    if not any(is_rtl(letter) for letter in letters):
        return [letters[at] for at in sorted(range(len(letters)), key=lambda at: min(x for x, _ in places[at]))]
    found = list(letters)
    for at in range(len(found) - 1):
        if places[at] == places[at + 1] and is_rtl(found[at]) and is_rtl(found[at + 1]):
            found[at], found[at + 1] = found[at + 1], found[at]
    return found


def _letter(code: int) -> str:
    """Halves of pairs are lost; joined letters are parted later."""
    return "\ufffd" if code >= 0x110000 or 0xD800 <= code < 0xE000 else chr(code)


class _Characters:
    """Looks up where characters stand and how they are set; one look-up serves a whole text object."""

    def __init__(self, text: object, page: Page, place: Matrix, *, mixed: bool) -> None:
        self.text = text
        self.mixed = mixed  # the page has right-to-left words
        self.place = place
        self.turned = page.turned
        self.edge = Box(-1, -1, page.width + 1, page.height + 1)
        self.scanned = any(p.width * p.height > 0.5 * page.width * page.height for p in page.pictures)
        self.sets: dict[int, _Set] = {}
        self.fonts: dict[int, tuple[bool, bool]] = {}
        self.rectangle = pdfium.FS_RECTF()

    def parts(self, word: list[str], start: int) -> Iterator[Word]:
        first, last = self.set_of(start), self.set_of(start + len(word) - 1)
        if first is last or first == last:
            yield from self._word(word, start, first, glued=False)
            return
        begun = 0
        for at in range(1, len(word) + 1):
            here = self.set_of(start + at) if at < len(word) else None
            if here != first:
                yield from self._word(word[begun:at], start + begun, first, glued=begun > 0)
                begun, first = at, here or first

    def _word(self, letters: list[str], start: int, how: _Set, *, glued: bool) -> Iterator[Word]:
        corners = self._corners(start)
        if len(letters) > 1:
            corners += self._corners(start + len(letters) - 1)
        if self.mixed and how.angle == 0:
            places = [self._corners(start + at) for at in range(len(letters))]
            corners = [corner for place in places for corner in place]
            letters = _unturned(letters, places)
        box = _around(corners)
        if how.seen and self.edge.holds(box.middle):
            text = "".join(letters)
            text = text if text.isascii() else text.translate(_JOINED)
            yield Word(text, box, how.size, how.bold, how.italic, glued, how.angle)

    def _corners(self, at: int) -> list[Point]:
        found = self.rectangle
        pdfium.FPDFText_GetLooseCharBox(self.text, at, found)
        return [_at(self.place, found.left, found.top), _at(self.place, found.right, found.bottom)]

    def set_of(self, at: int) -> _Set:
        handle = pdfium.FPDFText_GetTextObject(self.text, at)
        key = ctypes.addressof(handle.contents) if handle else 0
        if key not in self.sets:
            self.sets[key] = self._look(handle, at)
        return self.sets[key]

    def _look(self, handle: object, at: int) -> _Set:
        if not handle:
            return _Set(bold=False, italic=False, size=10.0, angle=0, seen=True)
        bold, italic = self._font(pdfium.FPDFTextObj_GetFont(handle))
        mode = pdfium.FPDFTextObj_GetTextRenderMode(handle)
        angle = pdfium.FPDFText_GetCharAngle(self.text, at)
        return _Set(
            bold=bold,
            italic=italic,
            size=pdfium.FPDFText_GetFontSize(self.text, at),
            angle=(round(angle / _QUARTER) + self.turned) % 4,
            # The words a scanner laid unseen over its picture are those the picture shows.
            seen=mode != _INVISIBLE or self.scanned,
        )

    def _font(self, font: object) -> tuple[bool, bool]:
        key = ctypes.addressof(font.contents) if font else 0  # type: ignore[attr-defined]  # a pointer of ctypes
        if key not in self.fonts:
            name = ctypes.create_string_buffer(200)
            pdfium.FPDFFont_GetBaseFontName(font, name, 200)
            called = name.value.decode("latin-1").lower()
            heavy = any(mark in called for mark in _HEAVY) or pdfium.FPDFFont_GetWeight(font) >= 600
            self.fonts[key] = heavy, any(mark in called for mark in _SLANTED)
        return self.fonts[key]
