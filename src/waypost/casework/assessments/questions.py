"""What an assessment form is made of: stages, sections, questions and what may be answered. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property

from waypost.kernel.lists import load as list_of

PUBLISHED, DRAFT = "published", "draft"
PRACTITIONER, CHILD, CARER = "practitioner", "child", "carer"
FAMILY = (CHILD, CARER)  # whatever they read stands in English and in Welsh
NOT_KNOWN = "not_known"  # by a worker
NOT_SAID = "not_said"  # by a child or a carer who would rather not


class Type(StrEnum):
    YES_NO_UNKNOWN = "yes_no_unknown"
    CHOICE = "choice"
    CHOICES = "choices"
    PICTURES = "pictures"  # one choice, each with its picture
    TEXT = "text"
    LONG_TEXT = "long_text"
    NUMBER = "number"
    DATE = "date"
    RATING = "rating"
    LIKELIHOOD = "likelihood"
    FACTORS = "factors"
    BEHAVIOURS = "behaviours"
    ADVERSE_OUTCOMES = "adverse_outcomes"
    SUBSTANCES = "substances"
    PLAN = "plan"


class Judgement(StrEnum):
    """What a person judges; the two on harm are never computed, from anything, by anybody's rule."""

    LIKELIHOOD = "likelihood"
    LEVEL = "level"
    SERIOUS_HARM = "serious_harm"
    SAFETY = "safety"


MAY_BE_INDICATED = (Judgement.LIKELIHOOD, Judgement.LEVEL)
LIST_OF_TYPE = {
    Type.YES_NO_UNKNOWN: "yes_no_unknown",
    Type.RATING: "assessment_ratings",
    Type.LIKELIHOOD: "likelihoods",
}
ONE_OF_SOME = (Type.YES_NO_UNKNOWN, Type.CHOICE, Type.PICTURES, Type.RATING, Type.LIKELIHOOD)
WITH_CHOICES = (*ONE_OF_SOME, Type.CHOICES)
LISTS_FED = {  # what an answer may feed, and in which list that is: `factor:home`
    "factor": "factors",
    "need": "need_areas",
    "readiness": "readiness_areas",
    "screening": "health_kinds",
}
FED = tuple(str(judgement) for judgement in MAY_BE_INDICATED)  # `likelihood`, `level`: counted by a rule


SIDES = (("for", "For change"), ("against", "Against change"))


@dataclass(frozen=True, slots=True)
class Cell:
    """One thing a row says: a choice, words, a whole number or a day."""

    name: str
    words: str
    cy: str = ""
    list: str = ""
    kind: str = "words"
    needed: bool = False
    choices: tuple[tuple[str, str], ...] = ()
    staff_only: bool = False  # not shown to a child or a carer

    @property
    def offered(self) -> tuple[tuple[str, str], ...]:
        """(key, words) of what may be chosen; nothing where it is not chosen."""
        return tuple((code.key, code.words) for code in list_of(self.list)) if self.list else self.choices


def _from(name: str, words: str, list: str, *, needed: bool = False) -> Cell:
    return Cell(name, words, list=list, kind="choice", needed=needed)


ROWS: Mapping[Type, tuple[Cell, ...]] = {
    Type.FACTORS: (
        _from("factor", "Factor", "factors"),
        Cell("words", "In our words"),
        Cell("side", "For or against change", kind="choice", needed=True, choices=SIDES),
        _from("category", "Category", "factor_categories"),
        _from("rating", "How much it matters", "factor_ratings", needed=True),
        Cell("evidence", "What it rests on"),
    ),
    Type.BEHAVIOURS: (
        Cell("what", "What may happen", needed=True),
        _from("likelihood", "How likely", "likelihoods", needed=True),
        _from("impact", "How bad it would be", "assessment_ratings", needed=True),
        Cell("to_whom", "To whom"),
        Cell("when", "When and where"),
    ),
    Type.ADVERSE_OUTCOMES: (
        _from("outcome", "What may happen to the child", "adverse_outcomes", needed=True),
        Cell("words", "In our words"),
        _from("likelihood", "How likely", "likelihoods", needed=True),
        _from("impact", "How bad it would be", "assessment_ratings", needed=True),
    ),
    Type.SUBSTANCES: (
        _from("substance", "Which", "substances", needed=True),
        Cell("words", "In our words"),
        _from("use", "Use", "substance_use", needed=True),
        Cell("first_used_age", "Age at first use", kind="number"),
    ),
    Type.PLAN: (
        Cell("what", "What will be done", "Beth fydd yn cael ei wneud", needed=True),
        Cell("who", "Who does it", "Pwy sy’n ei wneud", needed=True),
        Cell("helped_by", "Who helps", "Pwy sy’n helpu"),
        Cell("by", "By when", "Erbyn pryd", kind="day"),
        Cell("factor", "Factor it answers", kind="choice", list="factors", staff_only=True),
    ),
}
ONE_OF_TWO = {  # a row that has neither says nothing
    Type.FACTORS: ("factor", "words"),
}


@dataclass(frozen=True, slots=True)
class Choice:
    key: str
    words: str
    cy: str = ""
    picture: str = ""
    needs_words: bool = False  # whoever chooses it says more


@dataclass(frozen=True, slots=True)
class Condition:
    """That an earlier question was answered by one of these choices."""

    question: str
    any_of: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """One thing asked. Its key means the same in every version; `was` names what it was called, or split from."""

    key: str
    words: str
    type: Type
    who: tuple[str, ...]
    disclosure: str
    asked_at: tuple[str, ...]
    needed_at: tuple[str, ...] = ()
    guidance: str = ""
    cy: str = ""
    guidance_cy: str = ""
    choices: tuple[Choice, ...] = ()
    list: str = ""
    applies: tuple[Condition, ...] = ()
    feeds: tuple[str, ...] = ()
    judges: Judgement | None = None
    at_once: tuple[str, ...] = ()  # choices of which somebody is told the same day; they decide nothing
    picture: str = ""
    national: str = ""  # what the national return calls it
    was: tuple[str, ...] = ()
    least: int | None = None
    most: int | None = None

    @property
    def keys(self) -> tuple[str, ...]:
        """Every choice there ever was, in the order in which they are offered."""
        return tuple(choice.key for choice in self.offered)

    @property
    def offered(self) -> tuple[Choice, ...]:
        """Every choice there ever was, so that an old answer can be read."""
        return self.offered_on(None)

    def offered_on(self, day: date | None) -> tuple[Choice, ...]:
        """What may be chosen on that day."""
        if not self.list:
            return self.choices
        codes = list_of(self.list)
        cy = "cy" in codes.texts
        open = codes if day is None else codes.on(day)
        return tuple(Choice(c.key, c.words, c.text("cy") if cy else "", "", c.needs_words) for c in open)

    @property
    def is_for_family(self) -> bool:
        """Whether a child or a carer reads it."""
        return any(who in FAMILY for who in self.who)

    @property
    def factor(self) -> str:
        """The factor it is about; empty where it is about none."""
        return next((fed.removeprefix("factor:") for fed in self.feeds if fed.startswith("factor:")), "")


@dataclass(frozen=True, slots=True)
class Section:
    key: str
    title: str
    questions: tuple[Question, ...]
    cy: str = ""
    guidance: str = ""
    guidance_cy: str = ""
    applies: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class Stage:
    key: str
    words: str
    cy: str = ""


@dataclass(frozen=True)
class Form:
    """One version of a form, whole. What is published is frozen and may be answered; a draft may not."""

    key: str
    number: int
    name: str
    about: str
    status: str
    source: str
    mark: str
    since: date
    checked: date
    next_review: date
    stages: tuple[Stage, ...]
    sections: tuple[Section, ...]
    digest: str
    until: date | None = None
    name_for_child: str = ""
    name_for_child_cy: str = ""
    welsh_checked: bool = False  # by somebody who writes Welsh for a living
    families: tuple[str, ...] = ()  # of outcomes it is meant for; none: for any
    beside_document: bool = False  # it repeats what a document says, and the document is filed with it

    @cached_property
    def by_key(self) -> Mapping[str, Question]:
        return {question.key: question for question in self}

    def __iter__(self) -> Iterator[Question]:
        return (question for section in self.sections for question in section.questions)

    def __getitem__(self, key: str) -> Question:
        """The question of that key; KeyError with the form's name where there is none."""
        if key not in self.by_key:
            raise KeyError(f"{key} in the form {self.key}, version {self.number}")
        return self.by_key[key]

    def __contains__(self, key: object) -> bool:
        return key in self.by_key

    def holds(self, day: date) -> bool:
        """Whether an assessment of that day may be in this version."""
        return self.since <= day and (self.until is None or day <= self.until)

    def judging(self, judgement: Judgement) -> Question | None:
        return next((question for question in self if question.judges is judgement), None)

    @property
    def stage_keys(self) -> tuple[str, ...]:
        return tuple(stage.key for stage in self.stages)
