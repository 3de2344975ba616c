"""A plan as one page for the child, in English and in Welsh. Pure.

Only what may be told to the child: objectives, who helps and by when. Not the factors behind them, nor what the plan
says to professionals. What was typed stays in the language it was typed in; what stands around it is ours, in both.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from waypost.files.reports.glyphs import drawn
from waypost.files.reports.legible import legible, with_breaks
from waypost.files.reports.pdf import set_page
from waypost.files.reports.values import Language
from waypost.files.reports.words import day_in_words
from waypost.kernel.lists import load

TEMPLATE = Path(__file__).parent / "one_page.typ"
PICTURES = Path(__file__).parent / "pictures"
LANGUAGES = {"english": Language.ENGLISH, "welsh": Language.WELSH}
LONGEST_WORD = 30  # letters that are sure to have room on a line
SIZES = (16, 15, 13, 12)  # points, for one objective, two …; never smaller, a second page comes first
PART = {"change": "path", "others": "friends", "safety": "shield"}  # → a key of the list of pictures

WORDS = {  # the Welsh is unchecked, and the page beside the plan says so
    "english": {
        "title": "My plan",
        "lead": "{name}, this is what we agreed. It is yours to keep.",
        "draft": "{name}, this is not agreed yet. Say what you want to be different in it.",
        "change": "What will be different for me",
        "others": "How other people stay safe",
        "safety": "How I stay safe",
        "known": "How we will know:",
        "when": "By",
        "child": "Me",
        "carer": "A carer",
        "ring": "Who to ring",
        "ring_words": "If something changes, or is too hard, ring {worker}{telephone}.",
        "on": " on {telephone}",
        "nothing": "There is nothing in it yet.",
    },
    "welsh": {
        "title": "Fy nghynllun i",
        "lead": "{name}, dyma beth y cytunon ni arno. Dy gynllun di yw hwn.",
        "draft": "{name}, nid yw hwn wedi’i gytuno eto. Dwed beth rwyt ti am ei newid ynddo.",
        "change": "Beth fydd yn wahanol i mi",
        "others": "Sut mae pobl eraill yn cadw’n ddiogel",
        "safety": "Sut rydw i’n cadw’n ddiogel",
        "known": "Sut byddwn ni’n gwybod:",
        "when": "Erbyn",
        "child": "Fi",
        "carer": "Gofalwr",
        "ring": "Pwy i’w ffonio",
        "ring_words": "Os bydd rhywbeth yn newid, neu’n rhy anodd, ffonia {worker}{telephone}.",
        "on": " ar {telephone}",
        "nothing": "Does dim byd ynddo eto.",
    },
}
WELSH_CHECKED = False  # by somebody who writes Welsh for a living


@dataclass(frozen=True, slots=True)
class Helps:
    """`who`: a name, or child or carer."""

    who: str
    what: str


@dataclass(frozen=True, slots=True)
class Aimed:
    part: str
    words: str
    own: str
    known: str
    by: date
    helps: tuple[Helps, ...] = ()


@dataclass(frozen=True, slots=True)
class ForTheChild:
    """All that stands on the page."""

    name: str
    aims: Sequence[Aimed]
    agreed: bool
    worker: str
    telephone: str
    service: str
    made_on: date
    language: str
    marking: str = ""


def told(page: ForTheChild) -> str:
    """Every word of it that somebody typed, for whoever checks what it tells and how hard it reads."""
    said = [text for aim in page.aims for text in (aim.words, aim.known, *(one.what for one in aim.helps))]
    return "\n".join(said)


def scene(page: ForTheChild) -> dict[str, Any]:
    """As the template takes it."""
    words, undrawn = WORDS[page.language], set[str]()

    def fit(text: str) -> str:
        return with_breaks(drawn(legible(text), undrawn), LONGEST_WORD).replace("\x01", "\u200b")

    telephone = words["on"].format(telephone=page.telephone) if page.telephone else ""
    parts = [
        {
            "title": words[part],
            "picture": picture(PART[part], page.language),
            "aims": [_aim(one, page.language, fit) for one in page.aims if one.part == part],
        }
        for part in PART
    ]
    return {
        "title": words["title"],
        "lead": fit(words["lead" if page.agreed else "draft"].format(name=page.name)),
        "service": fit(page.service),
        "footer": fit(" · ".join(filter(None, (page.service, _day(page.made_on, page.language), page.marking)))),
        "language": str(LANGUAGES[page.language]),
        "made_on": [page.made_on.year, page.made_on.month, page.made_on.day],
        "size": SIZES[min(len(page.aims), len(SIZES)) - 1] if page.aims else SIZES[0],
        "parts": [part for part in parts if part["aims"]],
        "nothing": words["nothing"],
        "ring": {
            "title": words["ring"],
            "picture": picture("phone", page.language),
            "words": fit(words["ring_words"].format(worker=page.worker, telephone=telephone)),
        },
    }


def _aim(one: Aimed, language: str, fit: Any) -> dict[str, Any]:
    words = WORDS[language]
    return {
        "own": fit(one.own),
        "words": fit(one.words),
        "known": {"picture": picture("star", language), "label": words["known"], "words": fit(one.known)},
        "when": {"picture": picture("clock", language), "label": words["when"], "words": _day(one.by, language)},
        "helps": [
            {
                "picture": picture("speech" if each.who == "child" else "helping_hand", language),
                "who": fit(words.get(each.who, each.who)),
                "what": fit(each.what),
            }
            for each in one.helps
        ],
    }


def picture(key: str, language: str) -> dict[str, str]:
    """The drawing, and what it shows in words for whoever cannot see it."""
    code = load("pictures")[key]
    alt = code.text("cy") if language == "welsh" else code.words
    return {"svg": (PICTURES / f"{key}.svg").read_text(), "alt": alt}


def render(page: ForTheChild) -> bytes:
    """The same page twice gives the same bytes."""
    return set_page(TEMPLATE, {"page": scene(page)}, page.made_on)


def _day(value: date, language: str) -> str:
    return day_in_words(value, LANGUAGES[language])
