"""What an assessment says now: its rows as the pure parts take them. A fixed number of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID

from waypost.casework.assessments.answers import ROOT, Answer, missing
from waypost.casework.assessments.compared import AtOdds, Carried, Left, Sheet, carried, disagreements
from waypost.casework.assessments.indicative import Indication, indicative, why_not_final
from waypost.casework.assessments.models import Answered, Assessment, AssessmentStep, Evidence, Factor, Settled
from waypost.casework.assessments.questions import MAY_BE_INDICATED, Form, Judgement, Question, Type
from waypost.casework.assessments.rules import Lacks, Step
from waypost.kernel.lists import load as list_of


@dataclass(frozen=True)
class Standing:
    """Current answers, each by its author; the one that holds is `answers`."""

    of: Assessment
    form: Form
    rows: Sequence[Answered] = ()
    settled: Mapping[str, Settled] = field(default_factory=dict)
    evidence: Mapping[str, list[Evidence]] = field(default_factory=dict)

    @cached_property
    def by_question(self) -> dict[str, list[Answered]]:
        """The one that holds first."""
        found: dict[str, list[Answered]] = defaultdict(list)
        for row in self.rows:
            found[row.question].append(row)
        return {key: sorted(rows, key=lambda row: self._weight(key, row), reverse=True) for key, rows in found.items()}

    def _weight(self, key: str, row: Answered) -> tuple[bool, bool, Any]:
        settled = self.settled.get(key)
        return settled is not None and settled.holds_id == row.pk, not row.unchanged, row.at

    @cached_property
    def answers(self) -> dict[str, Answer]:
        return {key: self.as_answer(rows[0]) for key, rows in self.by_question.items() if key in self.form}

    @property
    def sheet(self) -> Sheet:
        return Sheet(self.form, self.answers)

    def as_answer(self, row: Answered) -> Answer:
        rests_on = tuple(str(one.of) for one in self.evidence.get(row.question, ()))
        return Answer(row.question, row.value, row.who, str(row.by_id), row.at, row.words, rests_on, row.unchanged)

    @cached_property
    def at_odds(self) -> tuple[AtOdds, ...]:
        """Those that nobody has settled."""
        found = disagreements(self.form, [self.as_answer(row) for row in self.rows if row.question in self.form])
        return tuple(one for one in found if one.question.key not in self.settled)

    @property
    def layers(self) -> list[dict[str, Answer]]:
        """Every answer that stands, one of each question in each layer; of what was settled only the one that holds."""
        deepest = max((len(rows) for rows in self.by_question.values()), default=0)
        return [
            {
                key: self.as_answer(rows[depth])
                for key, rows in self.by_question.items()
                if key in self.form and depth < len(rows) and (depth == 0 or key not in self.settled)
            }
            for depth in range(deepest)
        ]

    def indication(self, judgement: Judgement, on: date) -> Indication | None:
        return indicative(self.form, self.answers, judgement, on=on)


def standing(assessments: Iterable[Assessment]) -> dict[UUID, Standing]:
    """Three queries, however many there are."""
    found = {one.pk: one for one in assessments}
    rows: dict[UUID, list[Answered]] = defaultdict(list)
    for row in Answered.objects.current().filter(assessment__in=[*found]).select_related("by"):
        if row.value != []:
            rows[row.assessment_id].append(row)
    settled: dict[UUID, dict[str, Settled]] = defaultdict(dict)
    for one in Settled.objects.filter(assessment__in=[*found], replaced_at=None).select_related("by"):
        settled[one.assessment_id][one.question] = one
    evidence: dict[UUID, dict[str, list[Evidence]]] = defaultdict(lambda: defaultdict(list))
    for piece in Evidence.objects.filter(assessment__in=[*found], removed_at=None).order_by("at"):
        evidence[piece.assessment_id][piece.question].append(piece)
    return {pk: Standing(one, one.of_form, rows[pk], settled[pk], dict(evidence[pk])) for pk, one in found.items()}


def standing_of(assessment: Assessment) -> Standing:
    return standing([assessment])[assessment.pk]


def pulled_through(old: Standing, new: Form) -> tuple[list[Answer], list[Left]]:
    """Every answer of an earlier version as it opens in a later one, and those that do not."""
    opened: dict[tuple[str, str, str], Answer] = {}
    left: list[Left] = []
    for layer in old.layers:
        one: Carried = carried(Sheet(old.form, layer), new)
        left += one.left
        for answer in one.answers.values():
            opened.setdefault((answer.question, answer.who, answer.by), answer)
    return [*opened.values()], left


def factor_question(form: Form) -> Question | None:
    return next((question for question in form if question.type is Type.FACTORS), None)


def holding(people: Collection[UUID]) -> list[Factor]:
    """The child’s factors that hold, the longest seen first."""
    return list(Factor.objects.of([*people]).holding().order_by("since", "root"))


def row_of(factor: Factor) -> dict[str, str]:
    """A factor as a row of an answer."""
    said = {name: getattr(factor, name) for name in ("factor", "words", "side", "rating", "evidence")}
    if not factor.factor:
        said["category"] = factor.category
    return {name: words for name, words in said.items() if words} | {ROOT: str(factor.root)}


def factor_words(factor: Factor) -> str:
    return list_of("factors").words(factor.factor) if factor.factor else factor.words


def roots_in(value: Any) -> set[str]:
    return {row[ROOT] for row in value if isinstance(row, dict) and ROOT in row} if isinstance(value, list) else set()


def lacks_of(standing: Standing, factors: Sequence[Factor], on: date) -> Lacks:
    """What stands between it and its signature."""
    form, answers, stage = standing.form, standing.answers, standing.of.stage
    absent = missing(form, answers, stage=stage)
    asks = factor_question(form)
    there = roots_in(answers[asks.key].value) if asks and asks.key in answers else set()
    return Lacks(
        missing=tuple(each for each in absent if each.key not in answers),
        unchanged=tuple(each for each in form if each.judges and each.key in answers and answers[each.key].unchanged),
        at_odds=tuple(dict.fromkeys(one.question for one in standing.at_odds)),
        factors=tuple(factor_words(one) for one in factors if asks and str(one.root) not in there),
        differing=tuple(_differing(standing, on)),
        no_document=form.beside_document and standing.of.document_id is None,
    )


def _differing(standing: Standing, on: date) -> Iterable[tuple[Question, str]]:
    for judgement in MAY_BE_INDICATED:
        question = standing.form.judging(judgement)
        answer = standing.answers.get(question.key) if question else None
        if question and answer:
            indication = standing.indication(judgement, on)
            if reason := why_not_final(indication, str(answer.value), reason=answer.words):
                yield question, reason


def signatures(assessment: Assessment) -> list[AssessmentStep]:
    """Those that stand: since it was last taken or sent back, and since anything in it was last answered."""
    steps = list(assessment.steps.select_related("by").order_by("at"))
    back = [one.at for one in steps if one.step in (Step.TAKEN_BACK, Step.SENT_BACK)]
    answered = assessment.answered.filter(unchanged=False).order_by("-at").values_list("at", flat=True).first()
    since = max([*back, *([answered] if answered and assessment.signed_at is None else [])], default=None)
    return [one for one in steps if one.step == Step.SIGNED and (since is None or one.at >= since)]
