"""Alder Vale's children, entered and written about by those who work with them, in the months before. All invented."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from waypost.access.asking import asking
from waypost.access.models import Staff
from waypost.demo.children import CHILDREN, ORGANISATIONS, OURS, Invented, Other, Said
from waypost.kernel.ids import new_id
from waypost.people.need_to_know import actions as need_to_know
from waypost.people.need_to_know import holding_back, sealing
from waypost.people.organisations import actions as organisations
from waypost.people.organisations.models import Organisation, Professional
from waypost.people.record import actions, document_actions, people_actions
from waypost.people.record.actions import Source
from waypost.people.record.kinds import KINDS
from waypost.people.record.models import Child, How
from waypost.people.record.people_actions import NewPerson

ENTERS, MANAGES, HEAD = "Colin Ashdown", "Leila Haddad", "Imogen Fenwick"
PERIOD = {"since": None, "until": None}
BASIS = "crime_and_disorder_39"
SCHOOL_REPORT = (
    b"Eastgate Academy, in short. Ellis reads well when nobody watches. Nine absences since September, all Mondays."
)


class Telling:
    """One child's story, told by many: each statement in its author's name, on its day."""

    def __init__(self, at: datetime) -> None:
        self.at = at
        self.staff = {one.name: one for one in Staff.objects.all()}

    def ago(self, days: int) -> datetime:
        return self.at - timedelta(days=days, hours=2)

    def ask(self, name: str, at: datetime) -> Staff:
        asking(self.staff[name], at=at)
        return self.staff[name]

    def born(self, years: int, month: int = 6, day: int = 15) -> date:
        today = timezone.localdate(self.at)
        return date(today.year - years - (date(today.year, month, day) > today), month, day)


@transaction.atomic
def load_people(*, at: datetime) -> None:
    telling = Telling(at)
    _organisations(telling)
    for invented in CHILDREN:
        _told(telling, invented)


def _organisations(telling: Telling) -> None:
    by, at = telling.ask(ENTERS, telling.ago(320)), telling.ago(320)
    organisations.add(**OURS, by=by, at=at)
    for name, agency, telephone, (who, job, number) in ORGANISATIONS:
        found = organisations.add(name=name, agency=agency, telephone=telephone, by=by, at=at)
        organisations.add_professional(found, name=who, job_title=job, telephone=number, by=by, at=at)


def _told(telling: Telling, invented: Invented) -> None:
    began = telling.ago(invented.days)
    child = actions.enter_child(
        given=invented.given,
        family=invented.family,
        born=telling.born(*invented.born),
        estimated=False,
        source=_source(telling.staff[ENTERS]),
        by=telling.ask(ENTERS, began),
        at=began,
        once=new_id(),
    )
    _given_to(telling, child, invented, began)
    for other in invented.others:
        _related(telling, child, invented, other, began)
    for said in invented.said:
        _say(telling, child, invented, said)
    _kept_apart(telling, child, invented)


def _given_to(telling: Telling, child: Child, invented: Invented, at: datetime) -> None:
    by, holder = telling.ask(MANAGES, at), telling.staff[invented.holder]
    need_to_know.allocate(child, to=holder, by=by, at=at)
    for name in invented.involved:
        need_to_know.involve(child, staff=telling.staff[name], by=by, at=at)


def _related(telling: Telling, child: Child, invented: Invented, other: Other, at: datetime) -> None:
    by, born = telling.ask(invented.holder, at), telling.born(other.years) if other.years else None
    said: dict[str, Any] = {"relation": other.relation, "since": None, "until": None}
    said |= {"carer": other.carer, "parental_responsibility": other.responsible, "household": other.household}
    new = NewPerson(other.given, other.family, born)
    kept: dict[str, Any] = {"source": _source(by), "by": by, "at": at}
    relation = people_actions.relate(child.person, said, new, once=new_id(), **kept)
    if other.number:
        way = {"method": "mobile", "value": other.number, "safe": other.safe, "words": other.words}
        whole = way | {"since": None, "until": None}
        actions.say(relation.other, KINDS["contact"], whole, **kept)  # type: ignore[attr-defined]


def _say(telling: Telling, child: Child, invented: Invented, said: Said) -> None:
    kind, days = KINDS[said.kind], said.days_ago or invented.days
    at = telling.ago(min(days, invented.days))
    by = telling.ask(said.by or invented.holder, at)
    fields = {name: _found(name, value) for name, value in said.fields.items()}
    if kind.period:
        fields |= {"since": timezone.localdate(telling.ago(days)) if said.days_ago else None, "until": None}
    if said.due is not None:
        fields["review_by"] = timezone.localdate(at) + timedelta(days=min(said.due, 183))
    statement = actions.say(child.person, kind, fields, source=_source(by, said), by=by, at=at, once=new_id())
    if said.held_back:
        kept: dict[str, Any] = {"must_share": (), "bears_on_safety": False, "by": by, "at": at}
        holding_back.hold_back(statement, subject=said.held_back, **kept)


def _found(name: str, value: Any) -> Any:
    """An organisation or a professional, named in the story, as the record holds it."""
    if name == "provider" and value:
        return Organisation.objects.get(name=value)
    return Professional.objects.get(name=value) if name == "professional" else value


def _source(by: Staff, said: Said | None = None) -> Source:
    if said is None:
        return Source(agency=by.agency, basis=BASIS)
    how = How.REPORTED if said.said_by else How.OBSERVED
    return Source(by.agency, BASIS, how, said.said_by, said.speaker, said.disclosure)


def _kept_apart(telling: Telling, child: Child, invented: Invented) -> None:
    """Who was harmed, a document, and the wall around a sealed record, which comes last."""
    at = telling.ago(min(invented.days, 60))
    if invented.harmed:
        by = telling.ask(invented.holder, at)
        kept: dict[str, Any] = {"source": _source(by), "by": by, "at": at}
        words = {"keep_apart": True, "words": "Does not want to meet him. Write to him, do not ring."}
        who = NewPerson(*invented.harmed)
        people_actions.say_harmed(child.person, words | PERIOD, who, once=new_id(), **kept)
        report = {
            "kind": "school_report",
            "title": "School report, autumn",
            "since": timezone.localdate(at),
            "until": None,
        }
        document_actions.keep_document(child.person, report, "school report.txt", SCHOOL_REPORT, once=new_id(), **kept)
    if invented.sealed_to:
        named = [telling.staff[name] for name in invented.sealed_to]
        why = "Two families must not learn where."
        sealing.seal(child, named=named, reason=why, by=telling.ask(HEAD, at), at=at)
