"""What a column holds, by its heading, in the many words councils use for the same seven or eight things."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache

from waypost.files.reading.document import Cell
from waypost.governance.improvement.reading.layout import GridRow, Slot
from waypost.governance.improvement.reading.months import read_when


class Role(StrEnum):
    REF = "ref"
    AREA = "area"
    RECOMMENDATION = "recommendation"
    ACTION = "action"
    OUTCOME = "outcome"
    LEAD = "lead"
    TIMESCALE = "timescale"
    START = "start"
    FINISH = "finish"
    REVIEW = "review"
    PROGRESS = "progress"
    RAG = "rag"
    OTHER = "other"  # a column with no place in the reading: resources, cost, risk

    @property
    def is_when(self) -> bool:
        return self in _WHEN


_WHEN = {Role.TIMESCALE, Role.START, Role.FINISH, Role.REVIEW}


@dataclass(frozen=True, slots=True)
class Column:
    """`at` is the column's place from 0, `across` the columns it is written over; `colour`: it promises a colour."""

    role: Role
    heading: str
    at: int
    across: int = 1
    colour: bool = False


@dataclass(frozen=True, slots=True)
class Headings:
    columns: tuple[Column, ...]
    width: int

    def has(self, *roles: Role) -> bool:
        return any(column.role in roles for column in self.columns)

    @property
    def shape(self) -> frozenset[str]:
        """What the table is about, whatever its columns are called; two tables of one shape can be one plan."""
        return frozenset(
            "when" if c.role.is_when else "progress" if c.role is Role.RAG else str(c.role)
            for c in self.columns
            if c.role not in (Role.OTHER, Role.REF)
        )

    @property
    def names(self) -> str:
        return ", ".join(column.heading for column in self.columns if column.heading)


# Asked first, in this order: headings whose earliest word would mislead.
_FIRST: tuple[tuple[Role, str], ...] = (
    (Role.OTHER, r"actual|date (?:completed|achieved|closed)|completed on|risks?\b|cost|budget|resource|funding"),
    (Role.LEAD, r"\b(?:action|task) (?:owner|lead|holder)|^who\b|\b(?:owner|by whom|responsib\w*|accountab\w*)\b"),
    (Role.REF, r"^(?:\w+ )?(?:ref|reference|no|nos|number|num|id|rhif|cyf|cyfeirnod)$|^#$|^(?:item|letter)$"),
    (
        Role.PROGRESS,
        r"\bactions? (?:taken|to date|completed|so far)|\bwhat (?:has been|have we) done|evidence of progress",
    ),
    (Role.PROGRESS, r"\b(?:progress|action) (?:review|status|update|notes?|log)|\breview of progress"),
    (Role.START, r"^(?:planned |target |actual )?(?:start|commenc\w*)(?: (?:date|month|on|by))?$|^dyddiad dechrau"),
    (Role.RECOMMENDATION, r"\bareas? (?:requiring|for|of|needing|identified)\b|\bimprovement (?:area|needed|required)"),
    (Role.RECOMMENDATION, r"^what (?:needs?|must|did|was|do we need) |^why\b|\binspect(?:ors?|ion) (?:said|finding)"),
    (Role.OUTCOME, r"^what (?:will|would) (?:be |change|success|it look|good)|^how (?:will|do) we (?:know|measure)"),
    (Role.OUTCOME, r"\bdifference\b|\bsuccess\b"),
    (Role.FINISH, r"\b(?:by when|due|deadline|target date|completion date|date for completion|complet\w* by)\b"),
    (Role.REVIEW, r"\breview (?:date|month|by|on)\b|\bnext review\b|^reviewed?$|^date (?:of|for) review"),
)
# Then the word that stands earliest in the heading.
_WORDS: tuple[tuple[Role, str], ...] = (
    (
        Role.RECOMMENDATION,
        r"recommendations?|findings?|issues?|requirements?|weakness\w*|gaps?|aims?|goals?|objectives?",
    ),
    (Role.RECOMMENDATION, r"argymhell\w*"),
    (Role.ACTION, r"actions?|tasks?|activit\w+|steps?|milestones?|what we will do|camau|cam|gweithred\w*|^what|^how"),
    (Role.OUTCOME, r"outcomes?|impact|results?|measures?|benefits?|targets?|canlyniad\w*|effaith|intended|expected"),
    (Role.LEAD, r"leads?|owners?|officers?|agency|agencies|named person|arweinydd|arweinwyr|cyfrifol\w*|perchennog"),
    (Role.TIMESCALE, r"time ?-?(?:scales?|frames?|lines?|tables?)|^when|dates?|amserlen|^pryd|dyddiad\w*"),
    (Role.START, r"start\w*|commenc\w*|begin\w*|from|dechrau"),
    (Role.FINISH, r"complet\w*|finish\w*|ends?|ending|until|gorffen|cwblhau|erbyn"),
    (Role.REVIEW, r"reviews?|adolyg\w*"),
    (Role.PROGRESS, r"progress|updates?|comments?|commentary|notes?|position|latest|cynnydd|diweddariad\w*|sylwadau"),
    (Role.RAG, r"b?rag|traffic lights?|colou?r|achieved|tick\w*|status|statws|rating|cyflawnwyd"),
    (
        Role.AREA,
        r"areas?|themes?|priorit\w+|domains?|strands?|sections?|workstreams?|standards?|categor\w+|maes|meysydd",
    ),
    (Role.AREA, r"thema|blaenoriaeth\w*|pillars?"),
    (Role.REF, r"ref|no|nos|number"),
    (Role.OTHER, r"evidence|tystiolaeth|links?|source|adnoddau"),
)
_FIRST_PATTERNS = tuple((role, re.compile(words)) for role, words in _FIRST)
_PATTERNS = tuple((role, re.compile(rf"(?<![\w'])(?:{words})(?!\w)")) for role, words in _WORDS)
_START_AND_END = re.compile(r"\b(?:start|from|commenc\w*)\b.*\b(?:end|to|finish|complet\w*)\b")
_COLOUR = re.compile(r"\bb?rag\b|\bcolou?r\b|traffic light")
_NUMBERED = re.compile(r"\(?\d+(?:\.\d+)*[.)]?\s+\S|\(?[a-z]\)\s")
_YEAR = re.compile(r"\d\d")
_LONGEST_HEADING = 12  # words


@lru_cache(maxsize=1024)
def role_of(heading: str) -> Role | None:
    """The role a heading's words name, or None where they name none."""
    words = re.sub(r"\([^()]*\)", " ", heading.lower())
    words = " ".join(re.sub(r"[^\w\s#'/&-]", " ", words).split()) or " ".join(re.findall(r"\w+", heading.lower()))
    if not words or len(words.split()) > _LONGEST_HEADING:
        return None
    if _START_AND_END.search(words):
        return Role.TIMESCALE
    if _COLOUR.search(words) and (re.search(r"progress|update|comment|cynnydd", words)):
        return Role.PROGRESS
    for role, pattern in _FIRST_PATTERNS:
        if pattern.search(words):
            return role
    found = [(match.start(), role) for role, pattern in _PATTERNS if (match := pattern.search(words))]
    return min(found, key=lambda place: place[0])[1] if found else None


def read_headings(row: GridRow) -> Headings | None:
    """The row as column headings, or None where it is not one: a plan's says what is done, and who, when or how far."""
    filled = [slot for slot in row.slots if slot.text]
    if len(filled) < 2 or any(_is_not_a_heading(slot.cell) for slot in filled):
        return None
    roles = {slot.at: role_of(slot.text) for slot in filled}
    known = [role for role in roles.values() if role is not None]
    about = {role for role in known if role in (Role.ACTION, Role.RECOMMENDATION)}
    besides = set(known) - about - {Role.REF, Role.OTHER, Role.AREA}
    enough = len(known) >= max(2, -(-len(filled) * 3 // 5)) and len(set(known)) >= min(3, len(filled))
    if not (about and besides and enough):
        return None
    return Headings(tuple(_settled([_column(slot, roles.get(slot.at)) for slot in row.slots])), row.width)


def with_second_row(headings: Headings, row: GridRow) -> Headings | None:
    """The headings with those of a second row beneath them ("Timescale" over "Start" and "End"), or None."""
    filled = [slot for slot in row.slots if slot.text and slot.own]
    roles = {slot.at: role_of(slot.text) for slot in filled}
    if len(filled) < 2 or any(_is_not_a_heading(s.cell) or _says_when(s.text) for s in filled):
        return None
    if not all(role is not None and (role.is_when or role in (Role.RAG, Role.LEAD)) for role in roles.values()):
        return None
    above = {column.at: column for column in headings.columns}
    beneath = {slot.at: _column(slot, roles[slot.at]) for slot in filled}
    columns = sorted((above | beneath).values(), key=lambda column: column.at)
    return Headings(tuple(columns), max(headings.width, row.width))


def _says_when(text: str) -> bool:
    """ "Review: yearly" stands under a heading; "Review" is one."""
    when = read_when(text)
    return len(text.split()) > 4 or when.ongoing or when.cadence is not None or when.month is not None


def _is_not_a_heading(cell: Cell) -> bool:
    """Bullets, sentences, dates and numbered words stand under headings."""
    text = cell.text
    if len(text) > 90 or any(line.bullet for line in cell.lines):
        return True
    sentence = text.endswith((".", ";")) and len(text.split()) > 2
    return sentence or _NUMBERED.match(text) is not None or (_YEAR.search(text) is not None and _dated(text))


def _dated(text: str) -> bool:
    return read_when(text).month is not None


def _column(slot: Slot, role: Role | None) -> Column:
    colour = bool(_COLOUR.search(slot.text.lower()))
    return Column(role or Role.OTHER, slot.text, slot.at, max(1, slot.cell.across), colour)


def _settled(columns: list[Column]) -> Iterable[Column]:
    """One column where two were read as the same thing: the plainer name keeps it, the other gives way."""
    columns = _give_way(columns, Role.RECOMMENDATION, r"recommendation|argymhell", Role.AREA)
    columns = _what_and_how(columns)
    columns = _give_way(columns, Role.ACTION, r"action|task|camau|gweithred|how", Role.OTHER)
    columns = _give_way(columns, Role.OUTCOME, r"outcome|canlyniad|impact", Role.OTHER)
    return _give_way(columns, Role.LEAD, r"lead|owner|responsib|who", Role.OTHER)


def _give_way(columns: list[Column], role: Role, plainest: str, instead: Role) -> list[Column]:
    rivals = [column for column in columns if column.role is role]
    if len(rivals) < 2:
        return columns
    keeps = next((column for column in rivals if re.search(plainest, column.heading.lower())), rivals[0])
    return [replace(c, role=instead) if c in rivals and c is not keeps else c for c in columns]


def _what_and_how(columns: list[Column]) -> list[Column]:
    """Beside a column "How", the column "What" is what is to improve."""
    names = {column.heading.strip(" ?:").lower() for column in columns}
    if not {"what", "how"} <= names or any(column.role is Role.RECOMMENDATION for column in columns):
        return columns
    return [
        replace(column, role=Role.RECOMMENDATION) if column.heading.strip(" ?:").lower() == "what" else column
        for column in columns
    ]
