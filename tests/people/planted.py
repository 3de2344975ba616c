"""A child of whom everything that can be held is held, each column with a word of its own that stands nowhere else."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.apps import apps
from django.db import connection, models
from django.utils import timezone

from tests.factories import staff
from tests.people.children import as_seen_by, child
from waypost.access.models import Staff
from waypost.casework.models import (
    Agreed,
    Answered,
    Assessment,
    AssessmentStep,
    AtBench,
    Attendance,
    Because,
    CaseloadRead,
    Contact,
    ContactWorker,
    Contribution,
    ContributionStep,
    Decision,
    Evidence,
    Factor,
    HarmTold,
    Hearing,
    Intervention,
    InterventionSession,
    Lateness,
    Letter,
    NotNow,
    Objective,
    ObjectiveFactor,
    Offence,
    OffenceHarmed,
    Origin,
    Outcome,
    OutcomeFor,
    PanelChange,
    PanelMeeting,
    PanelMember,
    PanelPaper,
    PanelResult,
    Plan,
    PlanStep,
    PlanWords,
    Progress,
    Settled,
    System,
    SystemMapping,
    Task,
    Undertaking,
)
from waypost.files import actions as files
from waypost.kernel.field_classes import about_people, load
from waypost.kernel.ids import new_id
from waypost.people.matching import keys
from waypost.people.models import (
    Ask,
    Child,
    Combined,
    Document,
    Draft,
    Entry,
    Harmed,
    Hold,
    Moved,
    Name,
    OpenedWithReason,
    Organisation,
    Person,
    Professional,
    Removal,
    Wall,
    WallKey,
)
from waypost.people.record.kinds import KINDS
from waypost.people.removal.walls import every_wall_open
from waypost.quality.models import ReadinessResult, Snooze

WORDS = (models.CharField, models.TextField)


@dataclass
class Planted:
    """`words` are those planted, by `people.entry.words/1`; the head of service can read behind some walls, not all."""

    child: Child
    head: Staff
    worker: Staff
    other: Child
    words: dict[str, str] = field(default_factory=dict)

    def word(self, where: str) -> str:
        """Eight letters that stand nowhere else; the same for the same place."""
        return self.words.setdefault(where, f"zq{len(self.words):04d}xw")

    def fill(self, row: models.Model, version: str = "") -> models.Model:
        """Give every column that a removal empties a word, a day or a number of its own."""
        of = load()[row._meta.label_lower]
        for name in of.that("empty"):
            column, where = row._meta.get_field(name), f"{of.label}.{name}{version}"
            if column.generated:
                continue
            if isinstance(column, WORDS):
                setattr(row, name, self.word(where))
            elif isinstance(column, models.JSONField):
                setattr(row, name, {"words": f"{self.word(where)}\nd’ŵr ☂"})
            elif isinstance(column, models.DateField):
                setattr(row, name, date(1911, 1, 1) + timedelta(days=len(self.words)))
                self.words[where] = str(getattr(row, name))
            elif isinstance(column, models.DecimalField):
                setattr(row, name, Decimal("37.7"))
            elif isinstance(column, models.BooleanField):
                setattr(row, name, True)
        row.save(force_insert=True)
        return row


def everything() -> Planted:
    head, worker = staff("head_of_service"), staff("practitioner")
    found = Planted(child(worker), head, worker, child(worker, given="Bryony", family="Tanner"))
    person, now = found.child.person, timezone.now()
    Name.objects.all().delete()
    apps.get_model("people.birth")._default_manager.all().delete()
    walls = [_wall(found, kind) for kind in Wall.Kind if kind != Wall.Kind.SEALED]
    for kind in KINDS.values():
        _said_twice(found, kind.model, walls[1] if kind.key == "health" else walls[0] if kind.key == "harmed" else None)
    by = {"by": worker, "at": now}
    for row in (
        Draft(person=person, staff=worker, form="entry", begun_at=now, saved_at=now),
        Combined(kept=found.child, gone=_part(found), parted_by=worker, parted_at=now, **by),
        OpenedWithReason(
            person=person, staff=worker, at=now, until=now + timedelta(days=1), verdict="needed", reviewed_by=head, reviewed_at=now
        ),
        Ask(wall=walls[1], person=person, due=now.date(), answer="kept", answered_by=head, answered_at=now, **by),
        Hold(person=person, ended_by=worker, ended_at=now, **by),
        Removal(person=person, rule="retention", versions=1, statement=person.pk, kind="entry", **by),
        Moved(statement=person.pk, kind="entry", left=person, to=found.other.person, **by),
    ):  # fmt: skip
        found.fill(row)
    _casework(found)
    WallKey(wall=walls[0], staff=worker, since=now, given_by=head).save(force_insert=True)
    as_seen_by(head)
    return found


def _casework(of: Planted) -> None:
    """A contact with what came of it, what was decided, and what is to be done."""
    person, worker, now = of.child.person, of.worker, timezone.now()
    outcome, offence = Outcome.objects.current().first(), Offence.objects.current().first()
    with every_wall_open():
        harmed = Harmed.objects.current().first()
    entry, by = Entry.objects.current().first(), {"by": worker, "at": now}
    contact = Contact(person=person, starts=now, way="office", who=["child"], planned=True, outcome=outcome, entry=entry, once=new_id(), **by)  # fmt: skip
    of.fill(contact)
    for row in (
        ContactWorker(contact=contact, person=person, staff=worker),
        Attendance(contact=contact, person=person, came="missed", reason="ill", **by),
        OutcomeFor(person=person, outcome=outcome, offence=offence),
        OffenceHarmed(person=person, offence=offence, harmed=harmed),
        Decision(person=person, outcome=outcome, step="warn", day=now.date(), once=new_id(), **by),
        AtBench(person=person, hearing=Hearing.objects.current().first(), court="court 2", **by),
        Letter(
            person=person,
            to=of.other.person,
            type="appointment",
            language="english",
            channel="text",
            entry=entry,
            contact=contact,
            once=new_id(),
            **by,
        ),  # fmt: skip
    ):
        of.fill(row)
    task = Task(
        person=person, key="by_hand", due=now.date(), starts=now.date(), from_kind="person", once=new_id(), **by
    )
    of.fill(task)
    of.fill(Lateness(task=task, person=person, reason="child_missed", **by))
    system = System.objects.create(name="Northway", owner=worker, at=now)
    mapping = SystemMapping.objects.create(system=system, number=1, text="system: Northway", **by)
    read = CaseloadRead.objects.create(system=system, mapping=mapping, dry=False, state="ended", **by)
    of.fill(Origin(system=system, kind="child", key_digest="0", person=person, became=person.pk, read=read, at=now))
    _panel(of, outcome)
    _assessment(of, outcome)
    _plan(of, outcome)
    of.fill(Because(person=person, entry=entry, once=new_id(), **by))
    of.fill(HarmTold(person=person, entry=entry, task=task, act_by=now, once=new_id(), **by))
    about = {"person": person, "check_key": "not_seen"}
    of.fill(ReadinessResult(first_seen=now, **about))
    of.fill(Snooze(until=now.date(), once=new_id(), **about, **by))
    _delivery(of, contact)


def _plan(of: Planted, outcome: Outcome) -> None:
    """A plan with an objective, who does what, that it was agreed, and how far it has come."""
    person, now, by = of.child.person, timezone.now(), {"by": of.worker, "at": timezone.now()}
    plan = Plan(person=person, outcome=outcome, number=1, once=new_id(), **by)
    of.fill(plan)
    about, objective = {"person": person, "plan": plan} | by, new_id()
    for row in (
        PlanStep(step="signed", once=new_id(), **about),
        PlanWords(what="victim_safety", **about),
        Objective(root=objective, part="change", place=1, by_day=now.date(), agency="education", **about),
        ObjectiveFactor(objective=objective, factor=new_id(), **about),
        NotNow(factor=new_id(), **about),
        Undertaking(objective=objective, who="carer", **about),
        Agreed(who="child", **about),
        Progress(person=person, objective=objective, state="going", day=now.date(), once=new_id(), **by),
    ):
        of.fill(row)


def _delivery(of: Planted, contact: Contact) -> None:
    """A piece of work with a session."""
    person, now, by = of.child.person, timezone.now(), {"by": of.worker, "at": timezone.now()}
    work = Intervention(
        person=person, staff=of.worker, sessions=6, minutes=45, starts=now.date(), ends=now.date(),
        agency="youth_justice", format="one_to_one", once=new_id(), **by
    )  # fmt: skip
    of.fill(work)
    of.fill(InterventionSession(person=person, intervention=work, contact=contact, number=1, **by))


def _assessment(of: Planted, outcome: Outcome) -> None:
    """An assessment with an answer, what it rests on, what was asked of an agency, and a factor."""
    person, now, by = of.child.person, timezone.now(), {"by": of.worker, "at": timezone.now()}
    made = Assessment(
        person=person, form="full", version=1, stage="start", reason="first", outcome=outcome, once=new_id(), **by
    )
    of.fill(made)
    about = {"person": person, "assessment": made} | by
    for row in (
        answer := Answered(question="home_settled", who="practitioner", disclosure="child", **about),
        AssessmentStep(step="signed", once=new_id(), **about),
        Evidence(question="home_settled", kind="entry", of=new_id(), **about),
        Settled(question="home_settled", holds=answer, **about),
        asked := Contribution(agency="education", due=now.date(), once=new_id(), **about),
        ContributionStep(person=person, contribution=asked, step="received", once=new_id(), **by),
        Factor(
            root=new_id(), side="against", category="learning_work", rating="strong", disclosure="child", since=now,
            factor="attendance", **about,
        ),
    ):  # fmt: skip
        of.fill(row)


def _panel(of: Planted, outcome: Outcome) -> None:
    """A meeting of a panel with who sat, what it was given, what was changed and what came of it."""
    person, now, by = of.child.person, timezone.now(), {"by": of.worker, "at": timezone.now()}
    meeting = PanelMeeting(person=person, outcome=outcome, root=outcome.pk, kind="first", starts=now, once=new_id(), **by)  # fmt: skip
    of.fill(meeting)
    about = {"person": person, "meeting": meeting} | by
    for row in (
        PanelChange(was_starts=now, once=new_id(), **about),
        PanelMember(staff=of.worker, seat="adviser", **about),
        PanelPaper(document=Document.objects.current().first(), **about),
        PanelResult(result="adjourned", once=new_id(), **about),
    ):
        of.fill(row)


def _part(of: Planted) -> Child:
    """Another record of the same child, combined with theirs; it has words of its own."""
    as_seen_by(of.worker)
    part = child(of.worker, given=of.word("part.given"), family=of.word("part.family"))
    Child.objects.filter(pk=part.pk).update(combined_into=of.child)
    return part


def _wall(of: Planted, kind: Wall.Kind) -> Wall:
    held = {"agency": "health", "subject": "physical_health", "bears_on_safety": False} if kind == "held_back" else {}
    wall = Wall(kind=kind, person=of.child.person, made_by=of.worker, made_at=timezone.now(), **held)
    return of.fill(wall, f"/{kind.value}")  # type: ignore[return-value]


def _said_twice(of: Planted, model: Any, wall: Wall | None) -> None:
    """As it was said, and as it was corrected."""
    now, first = timezone.now(), None
    given: dict[str, Any] = dict(
        person=of.child.person,
        by=of.worker,
        at=now,
        agency="youth_justice",
        said_by="carer",
        how="reported",
        basis="crime_and_disorder_39",
        disclosure="professionals",
        since=timezone.localdate() - timedelta(days=9),
        wall=wall,
    )
    columns = {column.name: column for column in model._meta.get_fields()}
    kinds = {"kind": "known_as", "which": "religion", "scheme": "local", "method": "mobile", "relation": "carer"}
    kinds |= {"accommodation": "parents", "care_basis": "in_need", "setting": "none", "area": "communication"}
    given |= {name: key for name, key in kinds.items() if name in columns}
    for version in ("/1", "/2"):
        if "other" in columns or "child" in columns:
            name = "other" if "other" in columns else "child"
            given[name] = Person.objects.create(entered_by=of.worker, entered_at=now)
        entered = {"entered_by": of.worker, "entered_at": now}
        school = Organisation.objects.create(name=f"School {len(of.words)}", agency="education", **entered)
        if "provider" in columns:
            given["provider"] = school
        if "outcome" in columns:
            given["outcome"] = Outcome.objects.filter(replaced_at=None).first()
        if "offence" in columns:
            given["offence"] = Offence.objects.filter(replaced_at=None).first()
        if "professional" in columns:
            given["professional"] = Professional.objects.create(organisation=school, name="A teacher", **entered)
        if "file" in columns:
            data = f"Before. {of.word(f'files.filechunk.data{version}')} After ŵ.".encode()
            named = f"{of.word(f'files.storedfile.name{version}')}.txt"
            given["file"] = files.keep(named, data, by=of.worker, at=now, content_type="text/plain")
        replaced = {"replaced_at": now} if version == "/1" else {"replaces": first}
        row = model(**given, **replaced)
        first = of.fill(row, version)
        if isinstance(row, Name) and row.replaced_at is None:
            keys.keep(row)


def models_planted() -> set[str]:
    """Of the models whose rows are about a person, those that have one."""
    return {model.label for model in about_people() if apps.get_model(model.label)._default_manager.all().exists()}


def dump() -> str:
    """Every table as text, as its owner reads it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT format('%I.%I', schemaname, tablename) FROM pg_tables"
            " WHERE schemaname NOT IN ('pg_catalog', 'information_schema') ORDER BY 1"
        )
        tables = [name for (name,) in cursor.fetchall()]
        parts = []
        for table in tables:
            with cursor.copy(f"COPY (SELECT * FROM {table}) TO STDOUT") as rows:
                parts += [bytes(piece) for piece in rows]
    return b"".join(parts).decode()


def stands_in(text: str, word: str) -> bool:
    """Plain, in capitals, as the bytes of a file, or in base 64 at whichever of its three beginnings."""
    return any(form in text for form in (word, word.upper(), word.encode().hex(), *_base64(word)))


def _base64(word: str) -> Iterator[str]:
    for before in range(3):
        whole = base64.b64encode(b"\0" * before + word.encode()).decode().rstrip("=")
        yield whole[(0, 2, 3)[before] : (len(word.encode()) + before) * 8 // 6]
