"""What pages show of assessments: a fixed number of queries each, however many versions and answers there are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from waypost.access.models import Staff
from waypost.access.permissions import Permission
from waypost.casework.assessments import definitions, rules
from waypost.casework.assessments.actions import state_of
from waypost.casework.assessments.answers import Answer, Asked, asked
from waypost.casework.assessments.compared import Change, Compared, Left, Sheet, compare
from waypost.casework.assessments.forms import ENGLISH, QuestionForm
from waypost.casework.assessments.indicative import Indication
from waypost.casework.assessments.models import (
    Answered,
    Assessment,
    AssessmentStep,
    Contribution,
    ContributionStep,
    Factor,
    Settled,
)
from waypost.casework.assessments.questions import (
    FAMILY,
    MAY_BE_INDICATED,
    ROWS,
    WITH_CHOICES,
    Form,
    Question,
    Section,
    Type,
)
from waypost.casework.assessments.rules import Lacks, State
from waypost.casework.assessments.standing import (
    Standing,
    factor_words,
    holding,
    lacks_of,
    pulled_through,
    roots_in,
    row_of,
    signatures,
    standing,
    standing_of,
)
from waypost.kernel.refusal import NotFound
from waypost.kernel.words import day
from waypost.people.record.beside import current
from waypost.people.record.entries import Document, Entry
from waypost.people.record.models import Child
from waypost.ui.words import coded, short_day

OFFERED = 60  # things of the record from which evidence is picked, the latest
RECENT = timedelta(days=365)


# One child’s assessments ----------------------------------------------------------------------------------------------


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


# Who may know which answer --------------------------------------------------------------------------------------------


def why_kept(question: Question, staff: Staff) -> str | None:
    """Why an answer is not for this person’s eyes, whatever section of the record is open to them."""
    if question.disclosure == "victim" and not staff.may(Permission.READ_VICTIM_IDENTITY):
        return "What is answered here is kept by whoever works with those who were harmed."
    if question.disclosure == "police_intelligence" and not (
        staff.may(Permission.READ_INTELLIGENCE) or staff.agency == "police"
    ):
        return "What is answered here is kept by those whom the police’s handling code names."
    return None


# A section ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Said:
    """One answer as a page shows it."""

    of: Answered
    lines: list[str]

    @property
    def who(self) -> str:
        return rules.who_words(self.of.who)


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
    evidence = _evidence_words(found, [q.key for q in questions])
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
        bool(answer and {str(each) for each in _keys(answer.value)} & set(question.at_once)),
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
        found = [", ".join(words.get(each, str(each)) for each in _keys(value))]
    elif question.type is Type.DATE:
        found = [day(date.fromisoformat(value))]
    else:
        found = [str(value)]
    return [*found, more] if more else found


def _keys(value: Any) -> list[Any]:
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


# What answers rest on -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Source:
    kind: str
    of: UUID
    words: str


def sources(child: Child, assessment: Assessment, staff: Staff, reads: Collection[str], on: date) -> list[Source]:
    """What of the record an answer may rest on, so far as this person reads it, the latest first."""
    people = child.person_ids()
    found: list[tuple[date, Source]] = []
    if "entries" in reads:
        for entry in current(Entry).filter(person__in=people, since__gte=on - RECENT).order_by("-since")[:OFFERED]:
            found.append((entry.since or on, Source("entry", entry.pk, entry_words(entry))))
    if "documents" in reads:
        for one in current(Document).filter(person__in=people).order_by("-at")[:OFFERED]:
            found.append((one.at.date(), Source("document", one.pk, document_words(one))))
    for asked_of in assessment.contributions.all():
        found.append((asked_of.at.date(), Source("contribution", asked_of.pk, contribution_words(asked_of))))
    return [source for _, source in sorted(found, key=lambda each: each[0], reverse=True)]


def entry_words(entry: Any) -> str:
    return f"{short_day(entry.since)}: {entry.title or coded('entry_kinds', entry.kind)}"


def document_words(document: Any) -> str:
    return (
        f"{coded('document_kinds', document.kind)}: {document.title}"
        if document.title
        else coded("document_kinds", document.kind)
    )


def contribution_words(asked_of: Contribution) -> str:
    who = coded("agencies", asked_of.agency).partition(":")[0].lower()
    return f"What {who} told, asked on {short_day(asked_of.at.date())}"


def _evidence_words(found: Paper, keys: Collection[str]) -> dict[str, list[str]]:
    """Three queries where there is any; what is behind a wall or removed is counted and not named."""
    pieces = [one for key in keys for one in found.now.evidence.get(key, [])]
    if not pieces:
        return {}
    of = [one.of for one in pieces]
    words = {one.pk: entry_words(one) for one in Entry.objects.current().filter(pk__in=of)}
    words |= {one.pk: document_words(one) for one in Document.objects.current().filter(pk__in=of)}
    words |= {one.pk: contribution_words(one) for one in Contribution.objects.filter(pk__in=of)}
    named: dict[str, list[str]] = defaultdict(list)
    for one in pieces:
        named[one.question].append(words.get(one.of, "Something that is not shown to you, or was removed"))
    return dict(named)


# What others were asked -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Contributed:
    of: Contribution
    steps: list[ContributionStep]  # the latest first

    @property
    def ended(self) -> ContributionStep | None:
        return next((one for one in self.steps if one.step != ContributionStep.Kind.CHASED), None)

    def is_late(self, on: date) -> bool:
        return self.ended is None and bool(self.of.due < on)


def contributed(assessment: Assessment) -> list[Contributed]:
    """Two queries."""
    steps: dict[UUID, list[ContributionStep]] = defaultdict(list)
    rows = ContributionStep.objects.filter(contribution__assessment=assessment).select_related("by", "document")
    for one in rows.order_by("-at"):
        steps[one.contribution_id].append(one)
    asked_of = assessment.contributions.select_related("by").order_by("due")
    return [Contributed(one, steps[one.pk]) for one in asked_of]


def contribution_of(assessment: Assessment, pk: UUID) -> Contribution:
    found: Contribution | None = assessment.contributions.filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


# What became of it ----------------------------------------------------------------------------------------------------


def history(assessment: Assessment) -> list[AssessmentStep]:
    return list(assessment.steps.select_related("by").order_by("-at"))


def signed_for(assessment: Assessment) -> list[AssessmentStep]:
    return signatures(assessment)


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


# Factors --------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class FactorLine:
    of: Factor

    @property
    def words(self) -> str:
        return factor_words(self.of)

    @property
    def side(self) -> str:
        return dict(ROWS[Type.FACTORS][2].choices)[self.of.side]


@dataclass(frozen=True, slots=True)
class FactorsOfAChild:
    holding: list[FactorLine] = field(default_factory=list)
    ended: list[FactorLine] = field(default_factory=list)


def factors(child: Child) -> FactorsOfAChild:
    rows = Factor.objects.of(child.person_ids()).current().select_related("by").order_by("side", "-since")
    found = [FactorLine(one) for one in rows]
    return FactorsOfAChild(
        [one for one in found if not one.of.ended_because], [one for one in found if one.of.ended_because]
    )


def factor_of(child: Child, root: UUID) -> Factor:
    found: Factor | None = Factor.objects.of(child.person_ids()).current().filter(root=root).first()
    if found is None:
        raise NotFound
    return found


def documents(child: Child) -> Any:
    return current(Document).filter(person__in=child.person_ids()).order_by("-at")


def answers_at_odds(found: Paper, key: str) -> list[Said]:
    """The answers to one question that cannot all be so."""
    question = found.form.by_key.get(key)
    if question is None or question not in found.lacks.at_odds:
        raise NotFound
    return [said(question, row) for row in found.now.by_question[key]]
