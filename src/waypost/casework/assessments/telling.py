"""Answers as lines to read, and who may know which."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from waypost.access.models import Staff
from waypost.access.permissions import Permission
from waypost.casework.assessments import rules
from waypost.casework.assessments.models import (
    Answered,
)
from waypost.casework.assessments.questions import (
    ROWS,
    WITH_CHOICES,
    Question,
    Type,
)
from waypost.kernel.words import day


def why_kept(question: Question, staff: Staff) -> str | None:
    """Why an answer is not for this person’s eyes, whatever section of the record is open to them."""
    if question.disclosure == "victim" and not staff.may(Permission.READ_VICTIM_IDENTITY):
        return "What is answered here is kept by whoever works with those who were harmed."
    if question.disclosure == "police_intelligence" and not (
        staff.may(Permission.READ_INTELLIGENCE) or staff.agency == "police"
    ):
        return "What is answered here is kept by those whom the police’s handling code names."
    return None


@dataclass(frozen=True, slots=True)
class Said:
    """One answer as a page shows it."""

    of: Answered
    lines: list[str]

    @property
    def who(self) -> str:
        return rules.who_words(self.of.who)


def said(question: Question, row: Answered) -> Said:
    return Said(row, in_words(question, row.value, row.words))


def in_words(question: Question, value: Any, more: str = "") -> list[str]:
    """An answer as lines to read."""
    if value in (None, []):
        return ["Taken back"]
    if question.type in ROWS:
        found = [_row_words(question.type, row) for row in value]
    elif question.type in WITH_CHOICES:
        words = {choice.key: choice.words for choice in question.offered}
        found = [", ".join(words.get(each, str(each)) for each in keys_in(value))]
    elif question.type is Type.DATE:
        found = [day(date.fromisoformat(value))]
    else:
        found = [str(value)]
    return [*found, more] if more else found


def keys_in(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _row_words(type: Type, row: dict[str, Any]) -> str:
    said = []
    for cell in ROWS[type]:
        if cell.name in row:
            value = row[cell.name]
            words = dict(cell.offered).get(value, value) if cell.kind == "choice" else value
            if cell.kind == "day":
                words = day(date.fromisoformat(value))
            said.append(str(words) if cell.name in ("factor", "words", "what") else f"{cell.words.lower()}: {words}")
    return ". ".join(each.rstrip(".") for each in said) + "."
