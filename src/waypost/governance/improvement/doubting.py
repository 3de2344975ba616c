"""Each kind of doubt as a question to a person, with the answers that may be given; nothing is chosen for them. Pure.

A reading is the JSON of `reading.plan`; `settled` maps a doubt's number, as text, to what was chosen.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from waypost.kernel.words import month

Read = dict[str, Any]
KEPT, DROPPED, CORRECTED = "kept", "dropped", "corrected"


@dataclass(frozen=True, slots=True)
class Choice:
    """An answer: to keep the doubt, to drop it, or to correct `field` to `value` (None: to what is typed)."""

    key: str
    words: str
    answer: str
    field: str = ""
    value: str | None = ""


@dataclass(frozen=True, slots=True)
class Kind:
    title: str
    question: str
    choices: tuple[Choice, ...]
    typed: str = ""  # the label of the box a correction is typed in
    hint: str = ""


_KEEP = Choice("keep", "Keep it as written; it will show as a doubt", KEPT)
_ASK = Choice("keep", "Leave it empty; it will show as a doubt", KEPT)
_MONTH = {"hint": "A month and year, like 3 2026"}


def _typed(field: str, words: str) -> Choice:
    return Choice("correct", words, CORRECTED, field, None)


def _dropped(words: str) -> Choice:
    return Choice("drop", words, DROPPED)


KINDS: dict[str, Kind] = {  # what would mislead first, what is only missing last
    "finish-before-start": Kind(
        "Finishes before it starts",
        "What should the finish be?",
        (
            _typed("finish", "The month written below"),
            Choice("blank", "Leave it blank and ask the lead", CORRECTED, "finish", ""),
            _KEEP,
        ),
        "Finish",
        **_MONTH,
    ),
    "unreadable-date": Kind(
        "A date that cannot be read",
        "What should it be?",
        (_typed("", "The month written below"), _KEEP),
        "Month",
        **_MONTH,
    ),
    "conflict-between-duplicates": Kind(
        "The same action with different dates",
        "Do the dates contradict each other?",
        (_KEEP, _dropped("No, both are right: they are two actions")),
    ),
    "possible-duplicate": Kind(
        "May be the same action twice",
        "Are they one action?",
        (Choice("keep", "One action that serves both; keep both texts", KEPT), _dropped("Two actions")),
    ),
    "starts-before-inspection": Kind(
        "Starts before the inspection was published",
        "Did it begin before the inspection?",
        (_dropped("Yes, it had begun already"), _typed("start", "No, it starts in the month written below"), _KEEP),
        "Start",
        **_MONTH,
    ),
    "no-lead": Kind(
        "No lead",
        "Who leads it?",
        (_typed("lead", "The person, team or outside body written below"), _ASK),
        "Lead",
        "An action with no lead tells nobody when it is late",
    ),
    "continued-row": Kind(
        "A row with no letter",
        "Do these lines belong to the action above?",
        (_dropped("Yes, they belong to it"), Choice("keep", "Not sure: keep the doubt", KEPT)),
    ),
    "progress-before-start": Kind(
        "Says something was done before it was to start",
        "What is the line?",
        (_dropped("A step to come, written as if done"), Choice("keep", "Cannot be told: keep the doubt", KEPT)),
    ),
    "review-passed": Kind(
        "Its review had passed when the plan was written",
        "When is it reviewed next?",
        (_dropped("The review took place"), _typed("review", "In the month written below"), _KEEP),
        "Review",
        **_MONTH,
    ),
    "no-start": Kind(
        "No start", "When does it start?", (_typed("start", "In the month written below"), _ASK), "Start", **_MONTH
    ),
    "no-finish": Kind(
        "No finish",
        "When should it be finished?",
        (
            _typed("finish", "By the month written below"),
            Choice("ongoing", "It is ongoing", CORRECTED, "ongoing", "yes"),
            _ASK,
        ),
        "Finish",
        **_MONTH,
    ),
    "no-review": Kind(
        "No review", "When is it reviewed?", (_typed("review", "In the month written below"), _ASK), "Review", **_MONTH
    ),
    "rag-missing": Kind(
        "No red, amber or green",
        "The colour cannot be known from the document.",
        (
            _dropped("Leave it out: the status is worked out from dates and notes"),
            Choice("keep", "Keep the doubt", KEPT),
        ),
    ),
}
OTHER = Kind("A doubt", "What should be done?", (_KEEP, _dropped("It is right as it is")))


SETTLED_BY = {  # which of an action's fields, once changed by a person, answer a doubt of the kind
    "finish-before-start": {"start_month", "finish_month", "ongoing"},
    "unreadable-date": {"start_month", "finish_month", "ongoing", "review_month", "cadence"},
    "conflict-between-duplicates": {"start_month", "finish_month", "ongoing"},
    "starts-before-inspection": {"start_month"},
    "no-lead": {"leads"},
    "review-passed": {"review_month", "cadence"},
    "no-start": {"start_month"},
    "no-finish": {"finish_month", "ongoing"},
    "no-review": {"review_month", "cadence"},
}


def kind_of(doubt: Read) -> Kind:
    return KINDS.get(doubt["kind"], OTHER)


def why_not_settle(doubt: Read, action: Read | None, key: str, value: str) -> str | None:
    """Why this answer cannot be taken; None when it can."""
    choice = next((c for c in kind_of(doubt).choices if c.key == key), None)
    if choice is None:
        return "Choose one of the answers."
    if choice.value is not None:
        return None
    if choice.field == "lead":
        return None if value.strip() else "Write who leads it, or choose to keep the doubt."
    typed = month_typed(value)
    if typed is None:
        return f"Write a month and year, like 3 2026: ‘{value.strip()}’ is not one."
    if choice.field == "finish" and action and (start := action["start"]["month"]) and typed < start:
        return f"That is before its start in {month(date.fromisoformat(start + '-01'))}. Write a later month."
    return None


def settle(doubt: Read, action: Read | None, key: str, value: str) -> Read:
    """What is remembered of an answer that `why_not_settle` allows."""
    choice = next(c for c in kind_of(doubt).choices if c.key == key)
    given: str | None = choice.value if choice.value is not None else value.strip()
    field = choice.field or field_in_doubt(doubt, action)
    if choice.value is None and field != "lead":
        given = month_typed(value)
    return {"key": key, "answer": choice.answer, "field": field, "value": given, "words": choice.words}


def field_in_doubt(doubt: Read, action: Read | None) -> str:
    """Which date an unreadable one is: the one whose words the doubt quotes."""
    found = (name for name in ("start", "finish", "review") if action and action[name]["text"])
    return next((name for name in found if action and action[name]["text"] in doubt["message"]), "finish")


def month_typed(text: str) -> str | None:
    """'2026-03' from '3 2026', '03/2026', 'March 2026' or '2026-03'."""
    from waypost.governance.improvement.reading.months import read_when

    found = read_when(re.sub(r"^\s*(\d{1,2})\s+(\d{4})\s*$", r"\1/\2", text))
    return str(found.month) if found.month else None


def corrected(plan: Read, settled: dict[str, Read]) -> Read:
    """The plan as read, with every settled correction in place; the reading itself is not touched."""
    actions = list(plan["actions"])
    places = {action["ref"]: place for place, action in enumerate(actions)}
    for number, doubt in enumerate(plan["doubts"], 1):
        answer, place = settled.get(str(number)), places.get(doubt["ref"])
        if answer and answer["answer"] == CORRECTED and place is not None:
            actions[place] = _corrected(actions[place], answer["field"], answer["value"])
    return {**plan, "actions": actions}


def _corrected(action: Read, field: str, value: str) -> Read:
    if field == "lead":
        return {**action, "leads": [{"name": value, "role": ""}]}
    if field == "ongoing":
        return {**action, "finish": action["finish"] | {"month": None, "ongoing": True}}
    ends = {"ongoing": False} if field == "finish" else {}
    return {**action, field: action[field] | {"month": value or None} | ends}
