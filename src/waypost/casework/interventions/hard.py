"""What the record says is hard for a child, by area of need: what a programme is measured against."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from uuid import UUID

from waypost.casework.catalogue.definitions import READING, SPEECH
from waypost.kernel.lists import load
from waypost.people.record.beside import current
from waypost.people.record.models import on_day
from waypost.people.record.needs import Health, Need
from waypost.people.record.who import Language

SCREENING = "speech_screening"  # what came of it bears on talking and listening


def hard_for(people: Collection[UUID], on: date) -> list[tuple[str, str]]:
    """(area, what is said of it); three queries."""
    areas = {*READING, *SPEECH}
    needs = current(Need).filter(on_day(on), person__in=people, area__in=areas).order_by("-at")
    found = [(one.area, _said(load("need_areas").words(one.area), one.words)) for one in needs]
    screened = current(Health).filter(on_day(on), person__in=people, kind=SCREENING).exclude(words="").order_by("-at")
    found += [("communication", _said(load("health_kinds").words(one.kind), one.words)) for one in screened]
    spoken = current(Language).filter(on_day(on), person__in=people, interpreter=True)
    return found + [("language", f"an interpreter for {load('languages').words(one.language)}") for one in spoken]


def _said(area: str, words: str) -> str:
    whole = f"{area}: {words}" if words.strip() else area
    return whole.rstrip(".")
