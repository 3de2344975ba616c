"""Children for tests: `ellis = child(by=worker)`; `said(ellis, "alert", …)`; `as_seen_by(worker)` tells the database who asks."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db import connection
from django.utils import timezone

from waypost.access import opening
from waypost.access.asking import asking
from waypost.access.models import Access, Staff
from waypost.kernel.ids import new_id
from waypost.people.need_to_know.models import Wall, WallKey
from waypost.people.organisations import actions as organisations
from waypost.people.organisations.models import Organisation, Professional
from waypost.people.record import actions, document_actions, people_actions
from waypost.people.record.actions import Source
from waypost.people.record.kinds import KINDS
from waypost.people.record.models import Child, Person, Statement
from waypost.people.record.people_actions import NewPerson

OURS = Source(agency="youth_justice", basis="crime_and_disorder_39")
EXAMPLES: dict[str, dict[str, Any]] = {
    "name": {"kind": "known_as", "given": "El", "family": ""},
    "birth": {"born": date(2010, 11, 2), "estimated": False},
    "particular": {"which": "ethnicity", "code": "white_british", "words": ""},
    "identifier": {"scheme": "childrens_social_care", "value": "AV 10072"},
    "language": {"language": "welsh", "first": True, "interpreter": False},
    "address": {"lines": "4 Mill Row", "postcode": "ZZ9 9ZZ", "accommodation": "parents", "suitability": "suitable"},
    "contact": {"method": "mobile", "value": "07700 900318", "safe": "safe", "words": ""},
    "care": {"care_basis": "child_in_need", "responsible": "Alder Vale", "placing": "", "host": ""},
    "placement": {"kind": "foster", "provider": None, "miles": None, "authority": ""},
    "education": {
        "setting": "none",
        "provider": None,
        "hours_offered": None,
        "hours_attended": None,
        "special_needs_plan": False,
        "words": "",
    },
    "exclusion": {"kind": "suspension", "provider": None, "words": ""},
    "health": {"kind": "physical_screening", "words": "Seen at school."},
    "need": {"area": "communication", "words": "Says yes when it is not understood.", "what_helps": "Pictures."},
    "alert": {
        "kind": "weapon",
        "words": "Knife found in the school bag.",
        "what_to_do": "See in the office.",
        "evidence": "The school rang on the day.",
        "review_by": None,
    },
    "entry": {
        "kind": "note",
        "clock": None,
        "title": "A call",
        "words": "The school rang.",
        "own_words": "",
        "demeanour": "",
        "what_changed": "",
    },
}
TO_SOMEBODY = {
    "relation": {"relation": "sibling", "parental_responsibility": False, "carer": False, "household": True},
}
NEEDS_START = {"placement", "entry"}


def as_seen_by(staff: Staff) -> None:
    """For the rest of the transaction, which a test has that does not commit."""
    if connection.in_atomic_block:
        asking(staff, at=timezone.now())


def child(
    by: Staff, given: str = "Ellis", family: str = "Marden", born: date = date(2010, 11, 2), **given_: Any
) -> Child:
    """Held by whoever enters them."""
    as_seen_by(by)
    return actions.enter_child(
        given=given,
        family=family,
        born=born,
        estimated=False,
        source=OURS,
        by=by,
        at=timezone.now(),
        once=given_.get("once") or new_id(),
    )


def held(by: Staff, *, entered_by: Staff, **names: Any) -> Child:
    """A child whom `by` holds, entered by somebody whose role opens every record."""
    found = child(entered_by, **names)
    opening.allocate(found.pk, by, at=timezone.now(), by=entered_by)
    return found


def let_go(of: Child, *, by: Staff) -> None:
    opening.end(of.pk, at=timezone.now(), bases=list(Access.Basis))


def sealed(of: Child, *named: Staff, by: Staff) -> Wall:
    wall = Wall(kind=Wall.Kind.SEALED, person_id=of.pk, made_by=by, made_at=timezone.now())
    wall.save(force_insert=True)
    now = timezone.now()
    WallKey.objects.bulk_create(WallKey(wall=wall, staff=one, since=now, given_by=by) for one in named)
    return wall


def posted(kind: str, /, **fields: Any) -> dict[str, str]:
    """What a browser posts of the form of that kind."""
    whole = example(kind, **fields) | {"how": "observed", "agency": OURS.agency, "basis": OURS.basis, "once": new_id()}
    whole["disclosure"] = KINDS[kind].disclosure
    found: dict[str, str] = {}
    for name, value in whole.items():
        if isinstance(value, date):
            found |= {f"{name}-day": str(value.day), f"{name}-month": str(value.month), f"{name}-year": str(value.year)}
        elif value not in (None, False, ""):
            found[name] = "on" if value is True else str(value)
    return found


def example(kind: str, /, **fields: Any) -> dict[str, Any]:
    said = {**EXAMPLES.get(kind, {})}
    if KINDS[kind].period:
        started = timezone.localdate() - timedelta(days=20) if kind in NEEDS_START else None
        said |= {"since": started, "until": None}
    if kind == "alert":
        said["review_by"] = timezone.localdate() + timedelta(days=28)
    return said | fields


def organisation(by: Staff, name: str = "Eastgate Academy") -> Organisation:
    same = Organisation.objects.filter(name=name).first()
    return same or organisations.add(name=name, agency="education", telephone="01632 960 140", by=by, at=timezone.now())


def professional(by: Staff, name: str = "Sunita Rao") -> Professional:
    kept = {"telephone": "01632 960 141", "by": by, "at": timezone.now()}
    return organisations.add_professional(organisation(by), name=name, job_title="Teacher", **kept)


def document(
    of: Child, by: Staff, name: str = "report.txt", data: bytes = b"He reads well.", **fields: Any
) -> Statement:
    as_seen_by(by)
    said = {"kind": "school_report", "title": "", "since": None, "until": None} | fields
    return document_actions.keep_document(
        of.person, said, name, data, source=OURS, by=by, at=timezone.now(), once=new_id()
    )


def harmed(of: Child, by: Staff, given: str = "Callan", family: str = "Reeve", **fields: Any) -> None:
    """Somebody new, whom the child harmed."""
    as_seen_by(by)
    said = {"keep_apart": True, "words": "Write, do not ring.", "since": None, "until": None} | fields
    who, once = NewPerson(given, family), fields.pop("once", None) or new_id()
    said.pop("once", None)
    people_actions.say_harmed(of.person, said, who, source=OURS, by=by, at=timezone.now(), once=once)


def related(
    of: Child, by: Staff, given: str = "Donna", family: str = "Marden", relation: str = "mother", **fields: Any
) -> Statement:
    """Somebody new in the child's life."""
    as_seen_by(by)
    said = {"relation": relation, "since": None, "until": None, "parental_responsibility": True, "carer": True}
    said |= {"household": True} | fields
    who = NewPerson(given, family)
    return people_actions.relate(of.person, said, who, source=OURS, by=by, at=timezone.now(), once=new_id())


def said(
    of: Child | Person, kind: str, by: Staff, /, *, wall: Wall | None = None, source: Source = OURS, **fields: Any
) -> Statement:
    as_seen_by(by)
    person = of.person if isinstance(of, Child) else of
    return actions.say(
        person, KINDS[kind], example(kind, **fields), source=source, by=by, at=timezone.now(), once=new_id(), wall=wall
    )
