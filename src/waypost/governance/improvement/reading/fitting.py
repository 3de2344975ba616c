"""How well a cell fits a role, by what stands in it: the evidence that places cells under headings."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from waypost.files.reading.document import Cell
from waypost.governance.improvement.reading.columns import Role
from waypost.governance.improvement.reading.lead_words import Sort, sort_of
from waypost.governance.improvement.reading.leads import read_leads
from waypost.governance.improvement.reading.months import MONTH_NAMES, names_a_time, read_when
from waypost.governance.improvement.reading.rag import colour_of, is_only_rag
from waypost.governance.improvement.reading.refs import read_ref
from waypost.governance.improvement.reading.timescale import has_labels

_LONG = 25  # words; no lead, colour or date is as long
_BUCKETS = (0, 1, 2, 4, 8, _LONG, _LONG + 15)  # sizes that make a difference to a score
# Words that stand beside a month or a cadence; more than one other word, and the cell is about something else.
_TIME_WORD = re.compile(
    rf"\W*(?:.*\d.*|{MONTH_NAMES}|(?:bi-?|six-?|half-?)?(?:daily|weekly|fortnightly|monthly|quarterly|yearly|annual(?:ly)?)"
    r"|on-?going|going|n/?a|tbc|every|each|other|second|once|twice|a|per|day|weeks?|months?|quarter|years?|two|three|four"
    r"|six|twelve|board|team|management|meetings?|mid|early|late|end|start|beginning|by|of|from|to|until|in|on|the|and"
    r"|then|w/?c|between|review|spring|summer|autumn|winter|term|bob|mis|chwarter|chwe|blwyddyn|erbyn|o|hyd|tan|yn"
    r"|parhaus|parhau|misol|chwarterol|blynyddol|wythnosol|ddiwedd|diwedd|canol)\W*",
    re.I,
)


class Look(NamedTuple):
    """What a score depends on, and no more: cells that look alike are scored once."""

    words: int  # up to the next of _BUCKETS
    bullets: bool
    ref: bool
    letter: bool  # a ref that cannot be a colour
    date: bool  # the whole of it is about when
    colour: bool  # by its words or what is behind them
    lead: bool


def look_of(cell: Cell) -> Look | None:
    """None for an empty cell, which says nothing."""
    if not cell.lines:
        return None
    return _look(cell.text, any(line.bullet for line in cell.lines), colour_of(cell.fill) is not None)


def score(look: Look, role: Role) -> float:
    """From −6 (cannot be) to 4 (is surely)."""
    if role is Role.REF:
        return (4.0 if look.letter else 1.0) if look.ref else -6.0
    if role.is_when:
        return _score_when(look)
    return _SCORES[role](look) if role in _SCORES else 0.0


def _score_when(look: Look) -> float:
    if look.date:
        return 3.0
    return -4.0 if look.bullets or look.words > 8 else -1.5 if look.ref else -1.0


def _score_rag(look: Look) -> float:
    if look.colour:
        return 0.5 if look.letter else 3.0
    return -3.0 if look.bullets or look.words > _LONG else -1.0 if look.words > 4 else -0.5


def _score_progress(look: Look) -> float:
    if look.bullets:
        return 2.0
    return -3.0 if look.date or look.letter else 0.3


def _score_lead(look: Look) -> float:
    if look.date or look.bullets or look.words > _LONG + 15:
        return -3.0
    return 1.5 if look.lead else -2.0 if look.ref else -0.2


def _score_action(look: Look) -> float:
    if look.ref or look.date:
        return -4.0
    return (0.7 if look.words > 2 else 0.0) - (0.5 if look.bullets else 0.0) - (1.0 if look.lead else 0.0)


def _score_outcome(look: Look) -> float:
    if look.ref or look.date:
        return -3.0
    return (0.4 if look.words > 1 else 0.0) - (0.3 if look.bullets else 0.0) - (0.7 if look.lead else 0.0)


def _score_recommendation(look: Look) -> float:
    if look.date:
        return -3.0
    if look.ref:
        return -4.0 if look.letter else 0.3
    return 0.4 if look.words > 2 else 0.0


def _score_area(look: Look) -> float:
    return -3.0 if look.date or look.letter else 0.3 if look.words < _LONG else -1.0


_SCORES = {
    Role.RAG: _score_rag,
    Role.PROGRESS: _score_progress,
    Role.LEAD: _score_lead,
    Role.ACTION: _score_action,
    Role.OUTCOME: _score_outcome,
    Role.RECOMMENDATION: _score_recommendation,
    Role.AREA: _score_area,
}


@lru_cache(maxsize=8192)
def _look(text: str, bullets: bool, filled: bool) -> Look:
    words = len(text.split())
    ref = read_ref(text)
    colour = is_only_rag(text)
    return Look(
        words=next((size for size in _BUCKETS if words <= size), 2 * _LONG),
        bullets=bullets,
        ref=ref is not None,
        letter=ref is not None and ref.code is None and not ref.is_plain_number and not (colour and text.isupper()),
        date=_is_about_when(text, words),
        colour=colour or filled,
        lead=_is_lead(text, words),
    )


def _is_about_when(text: str, words: int) -> bool:
    if words > _LONG:
        return False
    if has_labels(text):
        return words <= 16
    if words > 6 or sum(not _TIME_WORD.fullmatch(word) for word in text.split()) > 1:
        return False
    when = read_when(text)
    return (
        when.month is not None or when.ongoing or when.cadence is not None or (when.unreadable and names_a_time(text))
    )


def _is_lead(text: str, words: int) -> bool:
    """Every piece of it can stand alone as a lead; at least half of its words begin with a capital."""
    if words > _LONG + 15 or 2 * sum(not word[0].islower() for word in text.split()) < words:
        return False
    leads = read_leads([text])
    return bool(leads) and all(lead.role is not None or sort_of(lead.name) is not Sort.UNKNOWN for lead in leads)
