"""One version beside another, and what of the last one did not open."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from waypost.access.models import Staff
from waypost.casework.assessments.answers import Answer
from waypost.casework.assessments.compared import Change, Compared, Left, Sheet, compare
from waypost.casework.assessments.models import (
    Assessment,
)
from waypost.casework.assessments.questions import (
    Question,
)
from waypost.casework.assessments.standing import (
    pulled_through,
    standing,
    standing_of,
)
from waypost.casework.assessments.telling import in_words, why_kept


def left(assessment: Assessment) -> list[tuple[str, Left]]:
    """What the last one said that does not open in this one, with the words of its question."""
    if assessment.previous is None:
        return []
    old = standing_of(assessment.previous)
    return [(old.form[one.answer.question].words, one) for one in pulled_through(old, assessment.of_form)[1]]


@dataclass(frozen=True, slots=True)
class Pair:
    """One question in two versions, as lines to read."""

    question: Question
    was: list[str]
    now: list[str]


@dataclass(frozen=True, slots=True)
class SideBySide:
    earlier: Assessment
    later: Assessment
    changed: list[Pair]
    new: list[Pair]
    gone: list[Pair]
    same: list[Pair]
    kept: int  # questions whose answers are not for this reader


def side_by_side(one: Assessment, other: Assessment, staff: Staff) -> SideBySide:
    """Two of one form, the earlier first. Three queries."""
    earlier, later = sorted((one, other), key=lambda each: each.at)
    read = standing([earlier, later])
    was, now = (Sheet(read[each.pk].form, read[each.pk].answers) for each in (earlier, later))
    found: dict[Change, list[Pair]] = {change: [] for change in Change}
    kept = 0
    for pair in compare(was, now):
        if why_kept(pair.question, staff):
            kept += 1
            continue
        found[pair.change].append(_pair(pair))
    return SideBySide(
        earlier, later, found[Change.CHANGED], found[Change.NEW], found[Change.GONE], found[Change.SAME], kept
    )


def _pair(pair: Compared) -> Pair:
    return Pair(pair.question, _answer_words(pair.question, pair.was), _answer_words(pair.question, pair.now))


def _answer_words(question: Question, answer: Answer | None) -> list[str]:
    return in_words(question, answer.value, answer.words) if answer else []


def comparable(assessment: Assessment, people: list[UUID]) -> list[Assessment]:
    """The others of the same form, the latest first."""
    rows = Assessment.objects.of(people).standing().filter(form=assessment.form).exclude(pk=assessment.pk)
    return list(rows.order_by("-at"))
