"""Small forms and answers for the tests of assessments."""

from __future__ import annotations

from datetime import UTC, date, datetime

from waypost.casework.assessments.answers import Answer
from waypost.casework.assessments.definitions import form_of

AT = datetime(2026, 5, 12, 9, 30, tzinfo=UTC)
WORKER = "worker-1"
YES_NO = {"type": "yes_no_unknown"}


def asking(key, **said):
    """A question as a file says it; text unless said otherwise."""
    return {"key": key, "words": f"What of {key}?", "type": "text", **said}


def raw(*questions, **said):
    """A whole form as a file says it, in one section."""
    whole = {
        "name": "Small form",
        "about": "For a test.",
        "status": "published",
        "source": "Nobody's.",
        "mark": "check",
        "since": date(2024, 4, 1),
        "checked": date(2026, 1, 1),
        "next_review": date(2027, 1, 1),
        "who": ["practitioner"],
        "disclosure": "child",
        "stages": [{"key": "start", "words": "Start"}, {"key": "review", "words": "Review"}],
        "sections": [{"key": "only", "title": "Only", "questions": list(questions)}],
    }
    return {name: value for name, value in {**whole, **said}.items() if value is not None}


def small(*questions, number=1, **said):
    return form_of("small", number, raw(*questions, **said))


def answer(question, value, *, who="practitioner", by=WORKER, at=AT, **said):
    return Answer(question, value, who, by, at, **said)


def answers(**values):
    """Answers of one worker by question; `True` and `False` are yes and no."""
    plain = {True: "yes", False: "no"}
    return {key: answer(key, plain[value] if isinstance(value, bool) else value) for key, value in values.items()}
