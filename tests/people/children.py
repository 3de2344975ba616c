"""Children for tests: `ellis = child(by=worker)`; `said(ellis, "alert", …)`; `as_seen_by(worker)` tells the database who asks."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from waypost.access import opening
from waypost.access.asking import asking
from waypost.access.models import Access, Staff
from waypost.kernel.ids import new_id
from waypost.people.need_to_know.models import Wall, WallKey
from waypost.people.record import actions
from waypost.people.record.actions import Source
from waypost.people.record.kinds import KINDS
from waypost.people.record.models import Child, Person, Statement

OURS = Source(agency="youth_justice", basis="crime_and_disorder_39")
EXAMPLES: dict[str, dict[str, Any]] = {
    "name": {"kind": "known_as", "given": "El", "family": ""},
    "birth": {"born": date(2010, 11, 2), "estimated": False},
    "particular": {"which": "ethnicity", "code": "white_british", "words": ""},
    "identifier": {"scheme": "childrens_social_care", "value": "AV 10072"},
    "language": {"language": "cy", "first": True, "interpreter": False},
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
    },
}
NEEDS_START = {"placement", "entry"}


def as_seen_by(staff: Staff) -> None:
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


def said(of: Child | Person, kind: str, by: Staff, /, *, wall: Wall | None = None, **fields: Any) -> Statement:
    as_seen_by(by)
    person = of.person if isinstance(of, Child) else of
    return actions.say(
        person, KINDS[kind], example(kind, **fields), source=OURS, by=by, at=timezone.now(), once=new_id(), wall=wall
    )
