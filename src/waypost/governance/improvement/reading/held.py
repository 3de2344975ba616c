"""The area and the recommendation that hold for the rows below, until the next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from waypost.files.reading.document import Line, Where
from waypost.governance.improvement.reading.heading_text import HeadingText, read_heading, runs_on
from waypost.governance.improvement.reading.raw import Gathered, RawArea, RawRecommendation
from waypost.governance.improvement.reading.refs import read_ref


class Held:
    """What holds now. Each `take` adds to the gathered areas and recommendations only what is new."""

    def __init__(self, found: Gathered) -> None:
        self.found = found
        self.area: RawArea | None = None
        self.recommendation: RawRecommendation | None = None
        self._areas: dict[str, RawArea] = {}
        self._recommendations: dict[tuple[str, str, str], RawRecommendation] = {}
        self._numbers: dict[str, RawRecommendation] = {}

    def take_area(self, name: str, where: Where) -> RawArea:
        """The same name again is the same area; another name ends the recommendation."""
        area = self._areas.get(name.casefold())
        if area is None:
            area = self._areas[name.casefold()] = RawArea(name, where)
            self.found.areas.append(area)
        if area is not self.area:
            self.area, self.recommendation = area, None
        return area

    def take_cell(
        self, lines: Sequence[Line], where: Where, *, number: str = "", of_ref: str = "", at_top: bool = False
    ) -> bool:
        """A cell of the recommendation's column; True where it began or recalled one, False where it went on with one.

        In a plan with numbers, words without one go on with the recommendation above: it was cut by a page. `number`
        is printed in a column of its own; `of_ref`, the number in the row's ref, is no number of the words' own.
        """
        heading = _heading(lines, number)
        if not heading.number and heading.text and of_ref and not self._holds(of_ref):
            heading = replace(heading, number=of_ref)
        if heading.area:
            self.take_area(heading.area, where)
        current = self.recommendation
        if current is not None and not heading.number and heading.text and self._goes_on(current, heading.text, at_top):
            if not current.text.endswith(heading.text):  # it was whole in a row above, and cut only here
                current.texts.append(heading.text)
                current.wheres.append(where)
            return False
        if heading.number or heading.text:
            self.take_recommendation(heading.number, heading.text, where)
        return True

    def take_recommendation(self, number: str, text: str, where: Where) -> RawRecommendation:
        current = self.recommendation
        if current is not None and number == current.number and (text in ("", current.text) or _cut(current, text)):
            return current
        area = self.area.name if self.area else ""
        known = self._recommendations.get((area, number, text)) or self._awaiting(number, text, where)
        if known is None and number and not text:
            known = self._numbers.get(number)
        if known is None:
            known = RawRecommendation(self.area, number, [text] if text else [], [where])
            self.found.recommendations.append(known)
            self._recommendations[area, number, text] = known
            self._numbers.setdefault(number, known)
        self.recommendation = known
        self.area = known.area or self.area
        return known

    def _awaiting(self, number: str, text: str, where: Where) -> RawRecommendation | None:
        """The recommendation known so far by its number alone, now given its words: a page was turned between them."""
        known = self._numbers.get(number) if number else None
        if known is None or known.texts or known.area is not self.area:
            return None
        known.texts.append(text)
        known.wheres.append(where)
        return known

    def take_number(self, number: str, where: Where) -> None:
        """The recommendation a ref names: "2a" stands under 2, or gives a heading without a number its number."""
        current = self.recommendation
        if current is not None and not current.number and number not in self._numbers:
            current.number = number
            self._numbers[number] = current
        if current is None or current.number != number:
            self.take_recommendation(number, "", where)

    def _holds(self, number: str) -> bool:
        return self.recommendation is not None and self.recommendation.number == number

    def _goes_on(self, current: RawRecommendation, text: str, at_top: bool) -> bool:
        if text == current.text:
            return True
        if self._recommendations.get((self.area.name if self.area else "", "", text)) is not None:
            return False
        return bool(current.number) or (at_top and runs_on(text, current.text))


def _heading(lines: Sequence[Line], number: str) -> HeadingText:
    heading = read_heading(lines)
    alone = read_ref(heading.text)
    if not heading.number and alone is not None and alone.is_plain_number:
        heading = HeadingText(heading.area, alone.letter or "", "")
    return HeadingText(heading.area, heading.number or number, heading.text)


def _cut(whole: RawRecommendation, text: str) -> bool:
    """Whether the words are the beginning of a numbered recommendation printed whole before: a page ends in them."""
    return bool(whole.number) and whole.text.startswith(text)
