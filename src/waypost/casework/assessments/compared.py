"""Answers beside other answers: pulled through to a later version, compared, contradicting each other. Pure.

A question of a later version is asked for one of an earlier version when it has the same key, or says so by `was`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import combinations
from typing import Any

from waypost.casework.assessments.answers import Answer, Answers, chosen, why_not_answer
from waypost.casework.assessments.questions import CHILD, NOT_KNOWN, NOT_SAID, ONE_OF_SOME, Form, Question, Type

AT_ODDS = (*ONE_OF_SOME, Type.CHOICES, Type.NUMBER, Type.DATE, Type.FACTORS)  # words are for people to weigh


class Change(StrEnum):
    SAME = "same"
    CHANGED = "changed"
    NEW = "new"
    GONE = "gone"


MIRRORED = {Change.SAME: Change.SAME, Change.CHANGED: Change.CHANGED, Change.NEW: Change.GONE, Change.GONE: Change.NEW}


@dataclass(frozen=True)
class Sheet:
    """Answers with the version of the form in which they were given."""

    form: Form
    answers: Answers


@dataclass(frozen=True, slots=True)
class Left:
    """An answer that does not open in the later version, and why."""

    answer: Answer
    why: str


@dataclass(frozen=True, slots=True)
class Carried:
    answers: Answers
    left: tuple[Left, ...]


@dataclass(frozen=True, slots=True)
class Compared:
    """One question in both: `was` in the first, `now` in the second; None where it was not answered there."""

    question: Question
    was: Answer | None
    now: Answer | None
    change: Change

    @property
    def mirror(self) -> Compared:
        return Compared(self.question, self.now, self.was, MIRRORED[self.change])


@dataclass(frozen=True, slots=True)
class AtOdds:
    """Two current answers to one question that cannot both be so."""

    question: Question
    one: Answer
    other: Answer


def carried(old: Sheet, new: Form) -> Carried:
    """Every answer of an earlier version, marked unchanged in the later one, or named with the reason why not."""
    opened: dict[str, Answer] = {}
    arrived: set[str] = set()
    reasons: dict[str, str] = {}
    for question in new:
        sources = [old.answers[key] for key in _sources(question, old.form, new) if key in old.answers]
        reason = _why_not_carried(question, sources)
        if sources and reason is None:
            opened[question.key] = replace(sources[0], question=question.key, unchanged=True)
            arrived |= {source.question for source in sources}
        for source in sources:
            reasons[source.question] = reason or ""
    left = (
        Left(answer, reasons.get(key) or "It is not asked any more.")
        for key, answer in old.answers.items()
        if key not in arrived
    )
    return Carried(opened, tuple(left))


def compare(a: Sheet, b: Sheet) -> tuple[Compared, ...]:
    """What is answered in either, in the order of the later form; last what the later form does not ask."""
    if a.form.key != b.form.key:
        raise ValueError(f"{a.form.key} and {b.form.key} ask different things; compare two of one form")
    if a.form.number > b.form.number:
        return tuple(each.mirror for each in compare(b, a))
    pairs = [(question, key) for question in b.form for key in _sources(question, a.form, b.form) or [""]]
    asked_again = {key for _, key in pairs}
    found = [_compared(question, a.answers.get(key), b.answers.get(question.key)) for question, key in pairs]
    gone = [
        _compared(question, a.answers.get(question.key), None) for question in a.form if question.key not in asked_again
    ]
    return tuple(each for each in (*found, *gone) if each.was or each.now)


def disagreements(form: Form, answers: Iterable[Answer]) -> tuple[AtOdds, ...]:
    """Pairs that contradict, of what each author said last, in the form's order."""
    last: dict[tuple[str, str, str], Answer] = {}
    for answer in sorted(answers, key=lambda each: each.at):
        author = "" if answer.who == CHILD else answer.by  # the child is one, whoever writes it down
        last[answer.question, answer.who, author] = answer
    by_question: dict[str, list[Answer]] = {}
    for answer in last.values():
        by_question.setdefault(answer.question, []).append(answer)
    return tuple(
        AtOdds(question, one, other)
        for question in form
        for one, other in combinations(by_question.get(question.key, ()), 2)
        if contradict(question, one, other)
    )


def contradict(question: Question, one: Answer, other: Answer) -> bool:
    """Whether both cannot be so; free words never contradict by rule, and 'not known' or 'not said' nobody."""
    if question.type not in AT_ODDS or (chosen(one) | chosen(other)) & {NOT_KNOWN, NOT_SAID}:
        return False
    if question.type is Type.CHOICES:
        return not chosen(one) & chosen(other)
    if question.type is Type.FACTORS:
        return bool(_sides(one) & {(factor, _OTHER_SIDE[side]) for factor, side in _sides(other)})
    return one.value != other.value


def _sources(question: Question, old: Form, new: Form) -> Sequence[str]:
    """Which questions of the earlier version it is asked for; in one and the same version only itself."""
    was = question.was if old.number != new.number else ()
    return [key for key in dict.fromkeys((question.key, *was)) if key in old]


def _why_not_carried(question: Question, sources: Sequence[Answer]) -> str | None:
    if any((source.value, source.words) != (sources[0].value, sources[0].words) for source in sources[1:]):
        return f"Several questions became one, and were answered differently: {question.words}"
    for source in sources:
        if reason := why_not_answer(question, source.value, words=source.words):
            return f"It does not fit any more: {reason}"
    return None


def _compared(question: Question, was: Answer | None, now: Answer | None) -> Compared:
    if was is None or now is None:
        return Compared(question, was, now, Change.GONE if now is None else Change.NEW)
    same = (_plain(was.value), was.words) == (_plain(now.value), now.words)
    return Compared(question, was, now, Change.SAME if same else Change.CHANGED)


def _plain(value: Any) -> Any:
    """Choices and rows say the same in any order."""
    return sorted(map(repr, map(_cells, value))) if isinstance(value, list) else value


def _cells(row: Any) -> Any:
    return sorted(row.items()) if isinstance(row, Mapping) else row


def _sides(answer: Answer) -> set[tuple[str, str]]:
    rows = answer.value if isinstance(answer.value, list) else []
    return {(str(row["factor"]), str(row["side"])) for row in rows if isinstance(row, Mapping) and "factor" in row}


_OTHER_SIDE = {"for": "against", "against": "for"}
