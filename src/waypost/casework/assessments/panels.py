"""What pages show of assessments: a fixed number of queries each, however many versions and answers there are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from waypost.access.models import Staff
from waypost.casework.assessments import definitions, rules
from waypost.casework.assessments.answers import Asked, asked
from waypost.casework.assessments.forms import ENGLISH, QuestionForm
from waypost.casework.assessments.indicative import Indication
from waypost.casework.assessments.models import (
    Answered,
    Assessment,
    AssessmentStep,
    Factor,
    Settled,
)
from waypost.casework.assessments.questions import (
    FAMILY,
    MAY_BE_INDICATED,
    ROWS,
    Form,
    Question,
    Section,
    Type,
)
from waypost.casework.assessments.resting import evidence_words
from waypost.casework.assessments.rules import Lacks, State
from waypost.casework.assessments.standing import (
    Standing,
    holding,
    lacks_of,
    roots_in,
    row_of,
    standing_of,
)
from waypost.casework.assessments.telling import Said, keys_in, said, why_kept
from waypost.casework.assessments.turns import state_of
from waypost.casework.outcomes.models import Outcome
from waypost.kernel.refusal import NotFound
from waypost.people.record.models import Child


@dataclass(frozen=True, slots=True)
class Line:
    of: Assessment
    form: Form
    state: State

    @property
    def stage(self) -> str:
        return next((each.words for each in self.form.stages if each.key == self.of.stage), self.of.stage)


def lines(child: Child) -> list[Line]:
    """The latest first, those begun in error last."""
    rows = Assessment.objects.of(child.person_ids()).select_related("by", "signed_by", "locked_by", "outcome")
    found = [Line(one, one.of_form, state_of(one)) for one in rows.order_by("-at")]
    return sorted(found, key=lambda one: one.state is State.DROPPED)


def assessment_of(child: Child, pk: UUID) -> Assessment:
    """One about that child; NotFound for any other."""
    rows = Assessment.objects.of(child.person_ids()).select_related(
        "person", "by", "signed_by", "locked_by", "dropped_by", "outcome", "previous", "document"
    )
    found: Assessment | None = rows.filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


def forms_to_begin(on: date) -> tuple[Form, ...]:
    return definitions.in_use(on)


@dataclass(frozen=True, slots=True)
class Block:
    """One question on a page."""

    question: Question
    is_asked: bool
    is_needed: bool
    form: QuestionForm | None  # None: it is only read
    said: list[Said]  # by others; by everybody where it is only read
    unchanged: Said | None
    at_odds: bool
    settled: Settled | None
    indication: Indication | None
    evidence: list[str]
    kept: str | None
    told: bool  # the answer that stands says that somebody is told today

    @property
    def key(self) -> str:
        return self.question.key


@dataclass(frozen=True, slots=True)
class Part:
    """A section in the list of sections."""

    of: Section
    is_asked: bool
    needed: int  # what this stage needs and nobody has answered
    answered: int
    questions: int
    unchanged: int
    at_odds: int


@dataclass(frozen=True)
class Paper:
    """An assessment as it stands now."""

    of: Assessment
    child: Child
    now: Standing
    asked: Asked
    factors: list[Factor]
    lacks: Lacks
    state: State
    parts: list[Part]

    @property
    def form(self) -> Form:
        return self.now.form

    @property
    def stage(self) -> str:
        return next((each.words for each in self.form.stages if each.key == self.of.stage), self.of.stage)

    @property
    def is_for_family(self) -> bool:
        """Whether only a child or a carer answers it."""
        return all(set(question.who) <= set(FAMILY) for question in self.form)

    @property
    def family(self) -> list[str]:
        return [who for who in FAMILY if any(who in question.who for question in self.form)]


def paper(assessment: Assessment, child: Child, on: date) -> Paper:
    now = standing_of(assessment)
    factors = holding(child.person_ids())
    at = asked(now.form, now.answers)
    lacks = lacks_of(now, factors, on)
    parts = [_part(section, now, at, lacks) for section in now.form.sections]
    return Paper(assessment, child, now, at, factors, lacks, state_of(assessment), parts)


def _part(section: Section, now: Standing, at: Asked, lacks: Lacks) -> Part:
    stage = now.of.stage
    asked_here = [q for q in section.questions if q.key in at.now and stage in q.asked_at]
    rows = [now.answers[q.key] for q in asked_here if q.key in now.answers]
    return Part(
        section,
        bool(asked_here),
        sum(q in lacks.missing or q in lacks.unchanged for q in asked_here),
        len(rows),
        len(asked_here),
        sum(answer.unchanged for answer in rows),
        sum(q in lacks.at_odds for q in section.questions),
    )


def section_of(found: Paper, key: str) -> Section:
    section = next((each for each in found.form.sections if each.key == key), None)
    if section is None:
        raise NotFound
    return section


def blocks(
    found: Paper,
    section: Section,
    staff: Staff,
    on: date,
    *,
    data: Any = None,
    writes: bool,
    family: str = "",
    language: str = ENGLISH,
) -> list[Block]:
    """Every question of a section that its stage may ask; those that are not asked now are there, hidden."""
    questions = [q for q in section.questions if found.of.stage in q.asked_at and (not family or family in q.who)]
    evidence = evidence_words(found.now, [q.key for q in questions])
    return [
        _block(found, question, staff, on, data, writes, family, language, evidence.get(question.key, []))
        for question in questions
    ]


def _block(
    found: Paper,
    question: Question,
    staff: Staff,
    on: date,
    data: Any,
    writes: bool,
    family: str,
    language: str,
    evidence: list[str],
) -> Block:
    now, kept = found.now, why_kept(question, staff)
    rows = [] if kept else now.by_question.get(question.key, [])
    form = None
    own: Answered | None = None
    if writes and not kept and found.state is State.WRITING:
        speakers = [family] if family else list(rules.speakers(question, staff.agency))
        form, own = _form(found, question, rows, staff, speakers, on, data, language) if speakers else (None, None)
    unchanged = next((row for row in rows if row.unchanged), None)
    others = [row for row in rows if own is None or row.pk != own.pk]
    answer = now.answers.get(question.key)
    judged = question.judges in MAY_BE_INDICATED and not kept
    return Block(
        question,
        question.key in found.asked.now,
        found.of.stage in question.needed_at,
        form,
        [said(question, row) for row in others if form is None or not row.unchanged],
        said(question, unchanged) if unchanged else None,
        question in found.lacks.at_odds,
        now.settled.get(question.key),
        now.indication(question.judges, on) if judged and question.judges else None,
        evidence,
        kept,
        bool(answer and {str(each) for each in keys_in(answer.value)} & set(question.at_once)),
    )


def _form(
    found: Paper,
    question: Question,
    rows: Sequence[Answered],
    staff: Staff,
    speakers: list[str],
    on: date,
    data: Any,
    language: str,
) -> tuple[QuestionForm, Answered | None]:
    """What they answered themselves, or what was pulled through; a list of factors is one, whoever wrote it."""
    shared = question.type is Type.FACTORS
    mine = [row for row in rows if not row.unchanged and row.who in speakers and (shared or row.by_id == staff.pk)]
    own = max(mine, key=lambda row: row.at) if mine else None
    shown = own or next((row for row in rows if row.unchanged), None)
    value = shown.value if shown else None
    drawn = list(value) if isinstance(value, list) and question.type in ROWS else []
    if shared:
        there = roots_in(drawn)
        drawn += [row_of(one) for one in found.factors if str(one.root) not in there]
    return QuestionForm(
        question,
        data,
        on=on,
        speakers=speakers,
        value=value,
        words=shown.words if shown else "",
        who=own.who if own else "",
        was=own.pk if own else None,
        rows=drawn,
        language=language,
    ), own


def history(assessment: Assessment) -> list[AssessmentStep]:
    return list(assessment.steps.select_related("by").order_by("-at"))


def answers_at_odds(found: Paper, key: str) -> list[Said]:
    """The answers to one question that cannot all be so."""
    question = found.form.by_key.get(key)
    if question is None or question not in found.lacks.at_odds:
        raise NotFound
    return [said(question, row) for row in found.now.by_question[key]]


def outcomes_of(child: Child) -> Any:
    return Outcome.objects.current().of(child.person_ids()).order_by("-since")
