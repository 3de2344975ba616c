"""What the pages about other systems show, each in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from uuid import UUID

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count
from django.urls import reverse
from django.utils import timezone

from waypost.access.models import Staff
from waypost.access.permissions import Permission
from waypost.casework.alongside import mapping as mappings
from waypost.casework.alongside.counted import THINGS
from waypost.casework.alongside.models import CaseloadRead, Origin, System
from waypost.kernel.words import count, listed, moment
from waypost.people.matching import found
from waypost.people.matching.search import Match, told_of
from waypost.people.need_to_know.today import Line
from waypost.people.record.models import Child

MOST_ROWS = 8  # of one problem, told by their numbers
MOST_PROBLEMS = 100
MOST_LISTED = 200
GOES_ON = "It was cut off. Reading it again goes on from there."


@dataclass(frozen=True, slots=True)
class Summary:
    system: System
    last: CaseloadRead | None  # that wrote, or would have
    asking: int
    missing: int


def summaries(systems: Iterable[System]) -> list[Summary]:
    """Three queries for each: a service has one or two systems."""
    return [
        Summary(
            system=one,
            last=one.readings.filter(dry=False).select_related("by").first(),
            asking=Origin.objects.asking().filter(system=one).count(),
            missing=Origin.objects.missing().filter(system=one, kind="child").count(),
        )
        for one in systems
    ]


def lines(staff: Staff) -> list[Line]:
    """What leads to them from Today: a reading that did not come to its end, and children of whom somebody says who
    they are. One query where no system is read."""
    if not staff.may(Permission.READ_CASELOAD):
        return []
    return [line for one in summaries(System.objects.visible_to(staff).order_by("name")) for line in _lines(one)]


def _lines(one: Summary) -> Iterator[Line]:
    name, href = one.system.name, reverse("alongside_system", kwargs={"pk": one.system.pk})
    if one.last and one.last.state in (CaseloadRead.State.REFUSED, CaseloadRead.State.CUT_OFF):
        yield Line(
            mark="Not read",
            late=True,
            title=f"{name} was not read to its end",
            why=f"{moment(timezone.localtime(one.last.at))}. {one.last.words or GOES_ON}",
            do="Read it again",
            href=href,
        )
    if one.asking:
        yield Line(
            mark=f"{one.asking} to say",
            late=False,
            title=f"{name}: {count(one.asking, 'child', 'children')} may be here already",
            why="Nothing of them is read until somebody says who they are.",
            do="Say who",
            href=href,
        )


@dataclass(frozen=True, slots=True)
class Trouble:
    """One thing that is wrong in one or many rows."""

    file: str
    sheet: str
    column: str
    sentence: str
    asks: bool
    rows: int
    lines: tuple[int, ...]

    @property
    def where(self) -> str:
        rows = ", ".join(map(str, self.lines))
        return f"row{'s' if self.rows > 1 else ''} {rows}{' …' if self.rows > len(self.lines) else ''}"


def troubles(read: CaseloadRead) -> list[Trouble]:
    """Worst first: what asks somebody, then what leaves out most."""
    what = ("file", "sheet", "column", "sentence", "asks")
    rows = read.problems.order_by().values(*what).annotate(number=Count("pk"), lines=ArrayAgg("line", order_by="line"))
    return [
        Trouble(**{name: one[name] for name in what}, rows=one["number"], lines=tuple(one["lines"][:MOST_ROWS]))
        for one in rows.order_by("-asks", "-number", "file", "column")[:MOST_PROBLEMS]
    ]


@dataclass(frozen=True, slots=True)
class Listed:
    """What is said of one child: what is not in the export any more, or stands here otherwise."""

    child: UUID
    number: str
    name: str
    theirs: str
    what: str
    since: date | None
    original: str


def missing(system: System, *, by: Staff, at: datetime) -> list[Listed]:
    rows = Origin.objects.missing().filter(system=system).order_by("missing_since", "child_key", "kind")
    return _listed(system, rows, by=by, at=at)


def differing(system: System, *, by: Staff, at: datetime) -> list[Listed]:
    return _listed(
        system, Origin.objects.filter(system=system, differs=True).order_by("child_key", "kind"), by=by, at=at
    )


def _listed(system: System, rows: Iterable[Origin], *, by: Staff, at: datetime) -> list[Listed]:
    """A line for each child whom this person may open."""
    of = [(person, [*group]) for person, group in groupby(rows, key=lambda one: one.person_id) if person][:MOST_LISTED]
    names = _names({person for person, _ in of}, by=by, at=at)
    return [
        Listed(
            child=person,
            number=names[person][0],
            name=names[person][1],
            theirs=group[0].child_key,
            what=_what(group),
            since=group[0].missing_since,
            original=original(system, group[0].child_key),
        )
        for person, group in of
        if person in names
    ]


def _names(people: set[UUID], *, by: Staff, at: datetime) -> dict[UUID, tuple[str, str]]:
    told = told_of(
        set(Child.objects.visible_to(by, at).filter(pk__in=people).values_list("pk", flat=True)), by=by, at=at
    )
    rows = found.rows_of([Match(child, *told[child]) for child in told], at=at, on=at.date()) if told else ()
    return {row.child: (row.number, row.name) for row in rows}


def _what(group: list[Origin]) -> str:
    """‘the child’, or ‘2 orders and 1 contact’."""
    if any(one.kind == "child" for one in group):
        return "the child"
    return listed(
        [
            count(sum(one.kind == kind for one in group), *words)
            for kind, words in THINGS.items()
            if any(one.kind == kind for one in group)
        ]
    )


def original(system: System, number: str) -> str:
    """Where their record stands; empty where the mapping knows no address, or the number was taken out."""
    return system.original.replace(mappings.NUMBER, mappings.in_address(number)) if number else ""


@dataclass(frozen=True, slots=True)
class ReadFrom:
    """‘Read from Northway on 3 March’, with the way to the original."""

    system: str
    at: datetime
    original: str
    is_missing: bool


def read_from(people: list[UUID]) -> list[ReadFrom]:
    """Of one child, the latest first. One query."""
    rows = Origin.objects.filter(person__in=people, kind="child").exclude(became=None)
    return [
        ReadFrom(one.system.name, one.read.at, original(one.system, one.key), one.missing_since is not None)
        for one in rows.select_related("system", "read").order_by("-read__at")
    ]
