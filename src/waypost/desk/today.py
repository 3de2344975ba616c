"""What needs one person today: what is due about the children they hold, their day, and what others wrote since."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django.db.models import Max, Q
from django.utils import timezone

from waypost.access.models import Access, Staff, access_of
from waypost.access.permissions import ROLES, Permission
from waypost.casework.contacts.models import Came, ContactWorker
from waypost.casework.contacts.panels import YEAR, Diary, Met
from waypost.casework.due import due_about
from waypost.casework.tasks.models import Task
from waypost.casework.work import Work, whose, work_of
from waypost.desk.caseload import Caseload, Spoken, caseload
from waypost.desk.ordered import NOW, WorkList, work_list
from waypost.kernel.days import working_days_before
from waypost.kernel.lists import load
from waypost.kernel.words import LONDON
from waypost.people.need_to_know.reach import reads_of
from waypost.people.need_to_know.rules import READS, sections
from waypost.people.need_to_know.today import Line
from waypost.people.record.beside import current
from waypost.people.record.due import alert_lines
from waypost.people.record.entries import Entry
from waypost.people.record.models import Child, on_day
from waypost.people.record.naming import names_of
from waypost.people.record.needs import Alert
from waypost.ui.words import coded

Basis = Access.Basis
HOLDS = frozenset({Basis.ALLOCATED, Basis.COVER})
BESIDE = frozenset({Basis.INVOLVED, Basis.DUTY})  # who works beside the holder: only what is theirs
THE_HOLDERS = frozenset({"practitioner", "manager"})  # a task for one of these is not that of whoever works beside
NEEDED = frozenset({"orders", "entries"})
LESS_SAFE = frozenset({"less_safe", "told_today"})  # keys of tasks that a contact, words or an answer raise
DAY_ENDS = time(17)
NEWS_SHOWN = 8


@dataclass(frozen=True, slots=True)
class Children:
    """Those of whom something is this person’s, and all that is read of them."""

    works: Mapping[UUID, Work] = field(default_factory=dict)
    names: Mapping[UUID, str] = field(default_factory=dict)
    bases: Mapping[UUID, frozenset[str]] = field(default_factory=dict)
    people: Mapping[UUID, UUID] = field(default_factory=dict)  # each record → the child whose it is
    alerts: Mapping[UUID, list[Any]] = field(default_factory=dict)  # by child, the first to be looked at first

    def on(self, bases: Iterable[str]) -> list[UUID]:
        wanted = frozenset(bases)
        return [pk for pk in self.works if self.bases.get(pk, frozenset()) & wanted]


@dataclass(frozen=True, slots=True)
class Meeting:
    """One contact of today, with what to know before it."""

    met: Met
    child: UUID
    name: str
    others: list[str]
    alerts: list[Any]

    @property
    def came(self) -> str:
        return Came(self.met.came).label if self.met.came else ""


@dataclass(frozen=True, slots=True)
class News:
    child: UUID
    name: str
    by: str
    what: str


@dataclass(frozen=True, slots=True)
class Mine:
    """`works_with_children`: whether the role has a list of this kind at all."""

    works_with_children: bool
    due: WorkList
    day: list[Meeting]
    since: datetime
    news: list[News]
    more_news: int
    caseload: Caseload | None
    children: Children

    @property
    def shown(self) -> list[UUID]:
        return [*self.children.works]


def mine(staff: Staff, at: datetime) -> Mine:
    """A fixed number of queries, however many children it is about."""
    on = timezone.localdate(at)
    found = children_of(staff, at)
    held = found.on(HOLDS)
    lines = {pk: lines_of(found, pk, staff, on) for pk in found.works}
    news = _news(staff, found, since(on))
    return Mine(
        works_with_children=works_with_children(staff),
        due=work_list([named(line, found.names[pk]) for pk in lines for line in lines[pk]], on),
        day=_day(staff, found, on),
        since=since(on),
        news=news[:NEWS_SHOWN],
        more_news=len(news[NEWS_SHOWN:]),
        caseload=_caseload(found, held, lines, on),
        children=found,
    )


def works_with_children(staff: Staff) -> bool:
    """Whether their role writes about children, and reads what such a list is made of."""
    return staff.may(Permission.ENTER_CHILDREN) and sections(READS, staff.roles(), []) >= NEEDED


def _caseload(found: Children, held: list[UUID], lines: Mapping[UUID, list[Line]], on: date) -> Caseload | None:
    if not held:
        return None
    said = spoken({person: pk for person, pk in found.people.items() if pk in held})
    return caseload([found.works[pk] for pk in held], found.names, lines, said, on)


def children_of(staff: Staff, at: datetime) -> Children:
    """Whom they hold or cover for, with whom they are involved, and whose diary or tasks name them."""
    if not works_with_children(staff):
        return Children()
    bases: dict[UUID, set[str]] = defaultdict(set)
    for child, basis in access_of(staff, at).filter(basis__in=HOLDS | BESIDE).values_list("child", "basis"):
        bases[child].add(basis)
    is_open = Q(contact__attendances=None, contact__starts__lt=at) | Q(contact__starts__date=timezone.localdate(at))
    met = ContactWorker.objects.filter(is_open, staff=staff, contact__dropped_at=None, contact__starts__gte=at - YEAR)
    meets = met.exclude(person__in=[*bases]).values("person")  # theirs are read anyway, and are nearly all there is
    asked = Task.objects.open().filter(staff=staff).values("person")
    theirs = Q(pk__in=list(bases)) | Q(pk__in=meets) | Q(pk__in=asked)
    rows = Child.objects.visible_to(staff, at).filter(theirs).order_by("number")
    reads = reads_of(staff, [child.pk for child in rows], at)
    children = [child for child in rows if reads[child.pk] >= NEEDED]
    if not children:
        return Children()
    of = whose(child.pk for child in children)
    names = names_of(child.pk for child in children)
    held = {pk for pk, found in bases.items() if found & HOLDS}
    return Children(
        work_of(children, at=at, of=of, briefly=True, decided=held),
        {child.pk: names.get(child.pk, child.number) for child in children},
        {pk: frozenset(found) for pk, found in bases.items()},
        of,
        alerts_of({person: pk for person, pk in of.items() if "alerts" in reads[pk]}, timezone.localdate(at)),
    )


def alerts_of(people: Mapping[UUID, UUID], on: date) -> dict[UUID, list[Any]]:
    """By child: those that hold today."""
    found: dict[UUID, list[Any]] = defaultdict(list)
    rows = current(Alert).filter(on_day(on), person__in=list(people)).select_related("by")
    for one in rows.order_by("review_by", "pk"):
        found[people[one.person_id]].append(one)
    return found


def spoken(people: Mapping[UUID, UUID]) -> Spoken:
    """When each child, and a carer of each, was last written down in their own words."""
    found: Spoken = {}
    rows = current(Entry).filter(~Q(own_words=""), person__in=list(people), said_by__in=("child", "carer"))
    for person, who, last in rows.values_list("person", "said_by").annotate(last=Max("since")).order_by():
        key = (people[person], who)
        found[key] = max(found.get(key, last), last)
    return found


def lines_of(found: Children, pk: UUID, staff: Staff, on: date) -> list[Line]:
    """What is due about one child: all of it to whoever holds them, else what is this person’s."""
    work, held = found.works[pk], bool(found.bases.get(pk, frozenset()) & HOLDS)
    lines = due_about(but_now(work if held else _theirs(work, staff)), on=on) + now_first(work, on)
    theirs = {staff.name, *(ROLES[role].name for role in staff.roles() if role in ROLES)}
    lines = [replace(line, who="") if line.who in theirs else line for line in lines]
    alerts = alert_lines(found.alerts.get(pk, []), on) if held else []
    return lines + [replace(line, about=pk, who="") for line in alerts]


def now_first(work: Work, on: date) -> list[Line]:
    """That somebody is less safe than was thought: before everything else, whoever is to act."""
    tasks = [one for one in work.tasks if one.key in LESS_SAFE]
    return [replace(line, rank=NOW) for line in due_about(replace(work, tasks=tasks, orders=[], diary=Diary()), on=on)]


def but_now(work: Work) -> Work:
    return replace(work, tasks=[one for one in work.tasks if one.key not in LESS_SAFE])


def _theirs(work: Work, staff: Staff) -> Work:
    """Of the work what was given to them or to their role, and their own contacts that nobody has recorded."""
    roles = frozenset(staff.roles()) - THE_HOLDERS
    tasks = [one for one in work.tasks if one.staff_id == staff.pk or (one.staff_id is None and one.role in roles)]
    own = tuple(one for one in work.diary.not_recorded if one.is_with(staff))
    return replace(work, tasks=tasks, orders=[], diary=Diary(not_recorded=own))


def named(line: Line, name: str) -> Line:
    """As it stands on a page of several children."""
    return replace(line, title=f"{name}: {line.title}")


def _day(staff: Staff, found: Children, on: date) -> list[Meeting]:
    """Today’s contacts of this person, in the order of the clock."""
    meetings = []
    for pk, work in found.works.items():
        diary = work.diary
        for one in (*diary.past, *diary.to_come, *diary.not_recorded):
            if one.day == on and one.is_with(staff):
                others = [name for name in one.with_whom if name != staff.name]
                meetings.append(Meeting(one, pk, found.names[pk], others, _before(one, found.alerts.get(pk, []))))
    return sorted(meetings, key=lambda meeting: (meeting.met.starts, meeting.name))


def _before(met: Met, alerts: Iterable[Any]) -> list[Any]:
    """What to know before meeting the child; for a visit to the home what is about the place comes first."""
    kinds = load("alert_kinds")
    about_place = {one.pk: met.way == "visit" and kinds[one.kind].flag("place") for one in alerts}
    return sorted(alerts, key=lambda one: not about_place[one.pk])


def since(on: date) -> datetime:
    """The end of the last working day before this one."""
    return datetime.combine(working_days_before(on, 1), DAY_ENDS, tzinfo=LONDON)


def _news(staff: Staff, found: Children, since: datetime) -> list[News]:
    """What others have written since about the children they hold or are involved with, the newest first."""
    wanted = set(found.on(HOLDS | {Basis.INVOLVED}))
    people = [person for person, pk in found.people.items() if pk in wanted]
    rows = current(Entry).filter(person__in=people, at__gt=since).exclude(by=staff).order_by("-at")
    return [
        News(found.people[person], found.names[found.people[person]], by, title or coded("entry_kinds", kind))
        for person, by, title, kind in rows.values_list("person", "by__name", "title", "kind")
    ]
