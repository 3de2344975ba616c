"""A letter as a report of one page, which is made into a tagged PDF like any other. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from waypost.casework.letters.words import OF
from waypost.files.reports.model import Fact, Facts, Paragraph, Report
from waypost.files.reports.values import Lines

LABELS = {"english": ("To", "Date", "From"), "welsh": ("At", "Dyddiad", "Oddi wrth")}


@dataclass(frozen=True, slots=True)
class Sender:
    """The service as its letters name it. `marking` says of a demonstration that all in it is invented."""

    service: str
    telephone: str = ""
    address: str = ""
    marking: str = ""


def report(title: str, words: str, *, to: Sequence[str], sender: Sender, language: str, on: date) -> Report:
    """`to`: the name and the address, line by line. Neither stands in the file's own particulars."""
    whom, when, where = LABELS[language]
    home = [line for line in (*sender.address.splitlines(), sender.telephone) if line.strip()]
    facts = [Fact(whom, Lines(tuple(to))), Fact(when, on)]
    facts += [Fact(where, Lines((sender.service, *home)))] if home else []
    paragraphs = [Paragraph(part.strip()) for part in words.strip().split("\n\n") if part.strip()]
    return Report(
        title=title,
        author=sender.service,
        made_on=on,
        blocks=(Facts(tuple(facts)), *paragraphs),
        language=OF[language],
        marking=sender.marking,
    )
