"""What was answered, by whom and when; what is asked, what is no answer, and what a stage still needs. Pure.

Values are as JSON keeps them: a key, keys, words, a whole number, a day as '2026-05-12', or rows of those.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from typing import Any

from waypost.casework.assessments.questions import (
    NOT_KNOWN,
    ONE_OF_SOME,
    ONE_OF_TWO,
    ROWS,
    Cell,
    Choice,
    Condition,
    Form,
    Question,
    Type,
)
from waypost.kernel.lists import load as list_of
from waypost.kernel.words import count, listed

Row = Mapping[str, str | int]
Value = str | int | list[str] | list[Row]
LONGEST_TEXT, LONGEST = 300, 20_000  # characters: of one line, of anything
MOST_ROWS = 40
OLDEST_AGE = 25
ROOT = "root"  # in a row of factors: what names the factor for good


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer. `by` and `evidence` are ids, opaque here; `unchanged`: pulled through and not looked at since."""

    question: str
    value: Value
    who: str  # practitioner, child, carer or an agency
    by: str
    at: datetime
    words: str = ""  # said beside a choice
    evidence: tuple[str, ...] = ()
    unchanged: bool = False


Answers = Mapping[str, Answer]


def as_json(answers: Answers) -> list[dict[str, Any]]:
    """In an order that does not depend on who answered first."""
    kept = (answer for _, answer in sorted(answers.items()))
    return [{**asdict(each), "at": each.at.isoformat(), "evidence": list(each.evidence)} for each in kept]


def from_json(kept: Iterable[Mapping[str, Any]]) -> dict[str, Answer]:
    read = (
        Answer(**{**one, "at": datetime.fromisoformat(one["at"]), "evidence": tuple(one["evidence"])}) for one in kept
    )
    return {answer.question: answer for answer in read}


def looked_at(answer: Answer, *, who: str, by: str, at: datetime) -> Answer:
    """The answer as somebody says that it still holds."""
    return replace(answer, who=who, by=by, at=at, unchanged=False)


def why_not_answer(
    question: Question, value: object, *, words: str = "", who: str | None = None, on: date | None = None
) -> str | None:
    """Why that is no answer to this question, or could not be chosen on that day; None where it is one."""
    if who is not None and who not in question.who:
        return f"This is answered by {listed([each.replace('_', ' ') for each in question.who], 'or')}."
    if len(words) > LONGEST:
        return _too_long(len(words), LONGEST)
    if question.type in ONE_OF_SOME:
        return _why_not_choices(question.offered_on(on), [value], words)
    if question.type is Type.CHOICES:
        return _why_not_choices(question.offered_on(on), value, words)
    if question.type in ROWS:
        return why_not_rows(question.type, value)
    if question.type is Type.NUMBER:
        return _why_not_number(value, question.least, question.most)
    if question.type is Type.DATE:
        return _why_not_day(value)
    return _why_not_words(value, LONGEST_TEXT if question.type is Type.TEXT else LONGEST)


def why_not_rows(type: Type, rows: object) -> str | None:
    """Why those are no rows of that kind, with the number of the first that is not."""
    if not isinstance(rows, list) or not rows:
        return "Give at least one row, or leave the question unanswered."
    if len(rows) > MOST_ROWS:
        return f"Give {MOST_ROWS} rows at most: the ones that matter."
    for number, row in enumerate(rows, start=1):
        if reason := _why_not_row(type, row):
            return f"Row {number}: {reason}"
    return None


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked now, and what would be asked if a question not answered or not known were answered in some way."""

    now: Mapping[str, Question]
    perhaps: Mapping[str, Question]  # the key of what may come to be asked, with the question that would tell


def asked(form: Form, answers: Answers) -> Asked:
    """What hangs on a question that is not asked is not asked either."""
    now: dict[str, Question] = {}
    perhaps: dict[str, Question] = {}
    for section in form.sections:
        for question in section.questions:
            telling: list[Question] = []
            holds = [_holds(each, answers, now, perhaps, telling) for each in (*section.applies, *question.applies)]
            if all(holds):
                now[question.key] = question
            elif False not in holds:
                perhaps[question.key] = telling[0]
    return Asked(now, perhaps)


def applies(form: Form, answers: Answers, *, stage: str | None = None) -> tuple[Question, ...]:
    """What is asked now, in the form's order."""
    return tuple(
        question for question in asked(form, answers).now.values() if stage is None or stage in question.asked_at
    )


def at_once(form: Form, answers: Answers) -> tuple[Question, ...]:
    """Whose answer says that somebody should be told today; what then happens a person decides."""
    return tuple(
        question for question in applies(form, answers) if chosen(answers.get(question.key)) & set(question.at_once)
    )


def missing(form: Form, answers: Answers, *, stage: str) -> tuple[Question, ...]:
    """What that stage needs and nobody has answered; a judgement pulled through is answered once it is judged again."""
    return tuple(
        question
        for question in applies(form, answers, stage=stage)
        if stage in question.needed_at and not _is_answered(question, answers.get(question.key))
    )


def chosen(answer: Answer | None) -> frozenset[str]:
    """The choices in an answer; none where it has none."""
    if answer is None:
        return frozenset()
    values = answer.value if isinstance(answer.value, list) else [answer.value]
    return frozenset(value for value in values if isinstance(value, str))


def _is_answered(question: Question, answer: Answer | None) -> bool:
    return answer is not None and not (question.judges and answer.unchanged)


def _holds(
    condition: Condition,
    answers: Answers,
    now: Mapping[str, Question],
    perhaps: Mapping[str, Question],
    telling: list[Question],
) -> bool | None:
    """None while it cannot be said; then `telling` gets the question that would tell."""
    key = condition.question
    if key in perhaps:
        telling.append(perhaps[key])
        return None
    if key not in now:
        return False
    said = chosen(answers.get(key))
    if said & set(condition.any_of):
        return True
    if said - {NOT_KNOWN}:
        return False
    telling.append(now[key])
    return None


def _why_not_choices(open: Iterable[Choice], value: object, words: str) -> str | None:
    if not isinstance(value, list) or not value:
        return "Choose at least one, or leave the question unanswered."
    if len(value) > len({str(each) for each in value}):
        return "Choose each only once."
    offered = {choice.key: choice for choice in open}
    if any(not isinstance(each, str) or each not in offered for each in value):
        return f"Choose {listed([choice.words for choice in offered.values()], 'or')}."
    if asking := [offered[each].words for each in value if offered[each].needs_words]:
        return None if words.strip() else f"Say more in your own words: {listed(asking)}."
    return None


def _why_not_number(value: object, least: int | None, most: int | None) -> str | None:
    if isinstance(value, bool) or not isinstance(value, int):
        return "Give a whole number."
    if (least is not None and value < least) or (most is not None and value > most):
        return f"Give a whole number {_range(least, most)}."
    return None


def _range(least: int | None, most: int | None) -> str:
    if least is None or most is None:
        return f"of at least {least}" if most is None else f"of at most {most}"
    return f"from {least} to {most}"


def _why_not_day(value: object) -> str | None:
    try:
        return None if isinstance(value, str) and date.fromisoformat(value).isoformat() == value else _A_DAY
    except ValueError:
        return _A_DAY


def _why_not_words(value: object, longest: int) -> str | None:
    if not isinstance(value, str) or not value.strip():
        return "Write something, or leave the question unanswered."
    return _too_long(len(value), longest) if len(value) > longest else None


def _why_not_row(type: Type, row: object) -> str | None:
    cells = {cell.name: cell for cell in ROWS[type]}
    if not isinstance(row, Mapping):
        return f"it must say {listed([cell.words.lower() for cell in cells.values()])}."
    named = {ROOT} if type is Type.FACTORS else set()
    if unknown := sorted(str(name) for name in row if name not in cells and name not in named):
        return f"it has no {listed(unknown, 'or')}."
    if absent := [cell.words.lower() for cell in cells.values() if cell.needed and cell.name not in row]:
        return f"say {listed(absent)}."
    if type in ONE_OF_TWO and not any(name in row for name in ONE_OF_TWO[type]):
        return f"say {listed([cells[name].words.lower() for name in ONE_OF_TWO[type]], 'or')}."
    reasons = (_why_not_cell(cells[name], said) for name, said in row.items() if name in cells)
    return next((reason for reason in reasons if reason), None) or _why_not_unsaid(cells, row) or _why_not_category(row)


def _why_not_cell(cell: Cell, said: object) -> str | None:
    if cell.kind == "number":
        reason = _why_not_number(said, 0, OLDEST_AGE)
    elif cell.kind == "day":
        reason = _why_not_day(said)
    elif cell.kind == "choice":
        reason = (
            None
            if isinstance(said, str) and said in dict(cell.offered)
            else f"Choose {listed([words for _, words in cell.offered], 'or')}."
        )
    else:
        reason = _why_not_words(said, LONGEST)
    return f"{cell.words.lower()}: {reason}" if reason else None


def _why_not_unsaid(cells: Mapping[str, Cell], row: Row) -> str | None:
    coded = {name: said for name, said in row.items() if name in cells and cells[name].list}
    codes = [list_of(cells[name].list)[str(said)] for name, said in coded.items()]
    asking = [code.words for code in codes if code.needs_words]
    return (
        f"say more in your own words: {listed(asking)}." if asking and "words" in cells and "words" not in row else None
    )


def _why_not_category(row: Row) -> str | None:
    """A factor of the list brings its category; one in somebody's own words has to be given one."""
    if "side" not in row:
        return None
    if "factor" not in row:
        return None if "category" in row else "say in which category it belongs."
    category = list_of("factors")[str(row["factor"])].text("category")
    if row.get("category", category) != category:
        return f"it belongs to {list_of('factor_categories').words(category)}. Leave the category out."
    return None


def _too_long(length: int, most: int) -> str:
    return f"It is {count(length, 'character')} long and may have {most:,}. Shorten it, or file it as a document."


_A_DAY = "Give a day that there is, as 2026-05-12."
