"""What a manager sees of a team’s children: those late in more than one way first, then each list worst first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import Case, Count, Q, Sum, When, Window
from django.utils import timezone

from waypost.access import deputies
from waypost.access.models import Access, RoleHeld, Service, Staff, Team
from waypost.access.permissions import Permission, roles_with
from waypost.casework.apart import Apart, Ground, apart, counted, ground_of, in_words
from waypost.casework.cases.models import Involvement
from waypost.casework.contacts.panels import Diary
from waypost.casework.due import due_about, mark_of, worst_first
from waypost.casework.tasks.models import Task
from waypost.casework.work import whose, work_of
from waypost.desk import guide
from waypost.desk.caseload import as_often
from waypost.desk.ordered import Shown, lead_of_team, shown
from waypost.desk.team_lists import (
    Due,
    Gap,
    Read,
    Reasons,
    gap_of,
    gap_words,
    longest_first,
    monday,
    on_monday,
    reasons,
    with_worker,
)
from waypost.desk.today import LESS_SAFE, alerts_of, named
from waypost.kernel.rates import Rate
from waypost.kernel.words import count, day, listed
from waypost.people.need_to_know.today import Line
from waypost.people.record.beside import current
from waypost.people.record.due import alert_lines
from waypost.people.record.models import Child
from waypost.people.record.naming import names_of
from waypost.ui.addresses import address
from waypost.ui.listing import Choice
from waypost.ui.words import capital

MANAGERS = "manager"
MOST, MOST_TODAY, URGENT = 200, 24, 1000
ALLOCATED = Access.Basis.ALLOCATED
FIRST = ("now", "first")
LISTS = (*FIRST, "due", "signing", "gaps", "alerts", "nobody")


@dataclass(frozen=True, slots=True)
class Ways:
    """A child late in more than one way: the worst, then the others."""

    worst: Shown
    others: tuple[str, ...]
    held_by: str
    do: str
    href: str

    @property
    def about(self) -> UUID | None:
        return self.worst.about


@dataclass(frozen=True, slots=True)
class Worker:
    """What one worker carries, beside the guide."""

    name: str
    children: int
    guide: int
    late: int
    kept: Apart
    grounds: str  # how many of the children on an order, how many in voluntary work

    @property
    def over(self) -> bool:
        return self.children > self.guide


@dataclass(frozen=True)
class Overview:
    """What is read of some children, and the lists and figures made of it: each is made when a page first asks."""

    read: Read
    teams: frozenset[UUID]
    at: datetime
    name: str
    of: str  # whose work it is, as a heading goes on: your team, the service
    choice: Choice | None = None  # of one among several teams; None: there is but one
    team: UUID | None = None  # which was chosen
    left_out: int = 0  # children who are not read here, being too many for one page

    @property
    def children(self) -> tuple[UUID, ...]:
        return tuple(self.read.works)

    @property
    def lead(self) -> str:
        return lead_of_team(len(self.now), len(self.first), len(self.children))[0]

    @property
    def then(self) -> str:
        return lead_of_team(len(self.now), len(self.first), len(self.children))[1]

    def lists(self, keys: Iterable[str] = LISTS) -> dict[str, Sequence[Any]]:
        return {key: getattr(self, key) for key in keys}

    @cached_property
    def now(self) -> tuple[Shown, ...]:
        """Somebody is less safe: before everything else."""
        return _tasks(self.read, lambda task: task.key in LESS_SAFE)

    @cached_property
    def first(self) -> tuple[Ways, ...]:
        return tuple(_late_in_more_ways(self.read, self._lines, {gap.about: gap for gap in self.gaps}))

    @cached_property
    def due(self) -> tuple[Due, ...]:
        return tuple(sorted(monday(self.read), key=lambda one: (one.due, one.name)))

    @cached_property
    def signing(self) -> tuple[Shown, ...]:
        return _tasks(self.read, lambda task: task.role == MANAGERS and task.key not in LESS_SAFE)

    @cached_property
    def gaps(self) -> tuple[Gap, ...]:
        return tuple(sorted(filter(None, (gap_of(self.read, pk) for pk in self.read.works)), key=longest_first))

    @cached_property
    def alerts(self) -> tuple[Shown, ...]:
        found = [line for lines in self._lines.values() for line in lines if line.rank == 0 and _is_alert(line)]
        return tuple(shown(line, self.read.on) for line in worst_first(found, self.read.on) if line.late)

    @cached_property
    def nobody(self) -> tuple[Shown, ...]:
        found = (_nobody(self.read, pk) for pk in self.read.works)
        return tuple(shown(line, self.read.on) for line in found if line)

    @cached_property
    def workers(self) -> tuple[Worker, ...]:
        return tuple(_workers(self.read, self.teams, self._lines, self._grounds, self.at))

    @property
    def guide(self) -> guide.Guide:
        return guide.load()

    @property
    def grounds(self) -> str:
        return in_words(counted(self.read.works, self._grounds))

    @cached_property
    def reasons(self) -> Reasons:
        return reasons(self.due)

    @cached_property
    def assessments_late(self) -> Apart:
        late = {one: Rate(0, 0) for one in self._grounds}
        for one, task in on_monday(self.read):
            late[one] += Rate(task.due < self.read.on, 1)
        return self._apart(late.__getitem__)

    @cached_property
    def as_often(self) -> Apart:
        return self._apart(lambda pk: as_often(self.read.works[pk], self.read.on))

    @property
    def alerts_in_date(self) -> Apart:
        return self._apart(lambda pk: _in_date(self.read.alerts.get(pk, []), self.read.on))

    @property
    def with_worker(self) -> Apart:
        return self._apart(lambda pk: Rate(pk in self.read.holders, 1))

    def _apart(self, rate: Callable[[UUID], Rate]) -> Apart:
        return apart(self.read.works, self._grounds, rate)

    @cached_property
    def _lines(self) -> Mapping[UUID, list[Line]]:
        return {pk: _lines(self.read, pk) for pk in self.read.works}

    @cached_property
    def _grounds(self) -> Mapping[UUID, Ground]:
        return {pk: ground_of(work, self.read.on) for pk, work in self.read.works.items()}


def team_of(staff: Staff, at: datetime, most: int = MOST, asked: Mapping[str, str] | None = None) -> Overview:
    """A fixed number of queries. For whoever oversees: ask `Permission.GIVE_ACCESS` before.

    Of more children than `most` those are read who have most that is overdue, and it is said how many are not. One of
    several teams alone, where that is asked for; `asked`: None where a page offers no such choice.
    """
    managed = deputies.teams_managed(staff, at)
    choice = None if asked is None else _choice(managed, asked)
    one = UUID(choice.chosen) if choice and choice.chosen else None
    teams = {one} if one else managed
    read, left_out = _read(staff, teams, at, most)
    name = _name(teams)
    of = f"the {name}" if one else "your team" if len(teams) == 1 else "your teams" if teams else "the service"
    return Overview(read, frozenset(teams), at, name, of, choice, one, left_out)


def _choice(managed: set[UUID], asked: Mapping[str, str]) -> Choice | None:
    """Whoever oversees the service chooses among all its teams, whoever manages several among those."""
    if len(managed) == 1:
        return None
    teams = Team.objects.order_by("name")
    options = [(str(one.pk), one.name) for one in (teams.filter(pk__in=managed) if managed else teams)]
    if len(options) < 2:
        return None
    wanted = asked.get("team", "")
    return Choice("team", "Team", (("", "All of them"), *options), wanted if wanted in dict(options) else "")


def _in_date(alerts: Iterable[Any], on: date) -> Rate:
    kept = [one for one in alerts if one.until is None]
    return Rate(sum(one.review_by >= on for one in kept), len(kept))


def _name(teams: Iterable[UUID]) -> str:
    """‘Riverside team’; where no team is managed, the service."""
    names = [one.name for one in Team.objects.filter(pk__in=list(teams)).order_by("name")]
    if names:
        return f"{listed(names)} {'team' if len(names) == 1 else 'teams'}"
    service = Service.objects.first()
    return service.name if service else ""


def _read(staff: Staff, teams: set[UUID], at: datetime, most: int) -> tuple[Read, int]:
    on = timezone.localdate(at)
    held = Access.objects.at(at).filter(basis=ALLOCATED)
    theirs = held.filter(Q(staff__team=None) | Q(staff__team__in=teams)) if teams else held
    ours = Child.objects.visible_to(staff, at).filter(
        Q(pk__in=theirs.values("child")) | _held_by_nobody(held.values("child"))
    )
    children, number = _worst(ours, on, most)
    read = [child.pk for child in children]
    names, of = names_of(read), whose(read)
    works = work_of(children, at=at, of=of, briefly=True)
    return Read(
        works,
        {child.pk: names.get(child.pk, child.number) for child in children},
        {row.child: row.staff for row in held.filter(child__in=read).select_related("staff")},
        alerts_of(of, on),
        on,
    ), number - len(read)


def _worst(ours: Any, on: date, most: int) -> tuple[list[Child], int]:
    """Where they are more than `most`, those of whom somebody is less safe first, then by how much is overdue; and how
    many there are. The others are counted and never read."""
    late = Q(person__tasks__done_at=None) & (Q(person__tasks__due__lt=on) | Q(person__tasks__key__in=LESS_SAFE))
    weight = Sum(Case(When(person__tasks__key__in=LESS_SAFE, then=URGENT), default=1), filter=late, default=0)
    rows = ours.annotate(weight=weight, number_of_all=Window(Count("pk"))).order_by("-weight", "number")
    found = list(rows[:most])
    number = found[0].number_of_all if found else 0
    return sorted(found, key=lambda child: child.number) if number <= most else found, number


def _held_by_nobody(held: Any) -> Q:
    """With a case that is open, or something to be done, or a worker who held them once and has left."""
    cases = current(Involvement).filter(until=None).values("person")
    asked = Task.objects.open().values("person")
    left = Access.objects.filter(basis=ALLOCATED, staff__is_active=False).values("child")
    return (Q(pk__in=cases) | Q(pk__in=asked) | Q(pk__in=left)) & ~Q(pk__in=held)


def _lines(read: Read, pk: UUID) -> list[Line]:
    """What is due about one child, the alerts and that nobody holds them among it."""
    lines = due_about(read.works[pk], on=read.on)
    lines += [replace(line, about=pk) for line in alert_lines(read.alerts.get(pk, []), read.on)]
    lines = [replace(named(line, read.names[pk]), who=read.worker(pk)) for line in lines]
    nobody = _nobody(read, pk)
    return [nobody, *lines] if nobody else lines


def _nobody(read: Read, pk: UUID) -> Line | None:
    if pk in read.holders:
        return None
    work, case = read.works[pk], read.works[pk].case(read.on)
    since = f"A case is open since {day(case.since)}" if case else "Work with the child is not finished"
    asks = f"; {count(len(work.tasks), 'thing is', 'things are')} to be done" if work.tasks else ""
    return Line(
        mark="No worker",
        late=True,
        title=f"{read.names[pk]}: no worker",
        why=f"{since}{asks}, and nobody holds it.",
        do="Give the child a worker",
        href=address("child_access", pk=pk),
        about=pk,
        rank=0,
    )


def _is_alert(line: Line) -> bool:
    return line.do == "Keep, change or end it"


def _tasks(read: Read, wanted: Any) -> tuple[Shown, ...]:
    """Tasks of one sort, of all the children, worst first."""
    found: list[Line] = []
    for pk, work in read.works.items():
        if tasks := [one for one in work.tasks if wanted(one)]:
            only = replace(work, tasks=tasks, orders=[], diary=Diary())
            lines = due_about(only, on=read.on, name=read.names[pk])
            found += [replace(line, who=read.worker(pk)) for line in lines]
    return tuple(shown(line, read.on) for line in worst_first(found, read.on))


def _late_in_more_ways(read: Read, lines: Mapping[UUID, list[Line]], gaps: Mapping[UUID, Gap]) -> list[Ways]:
    """The most ways first; of as many, the one that is late longest."""
    found = []
    for pk, about in lines.items():
        in_order = worst_first((line for line in about if line.late), read.on)
        late = _one_of_each_way(sorted(in_order, key=lambda line: line.due is not None))  # that nobody holds them first
        gap = [gap_words(gaps[pk])] if pk in gaps else []
        if late and len(late) + len(gap) > 1:
            found.append((len(late) + len(gap), late[0].due or date.min, _ways(read, pk, late, gap)))
    return [ways for _, _, ways in sorted(found, key=lambda one: (-one[0], one[1], one[2].worst.line.title))]


def _one_of_each_way(late: Iterable[Line]) -> list[Line]:
    """Two contacts that nobody has recorded are one way of being late; two tasks are two."""
    ways: dict[str, Line] = {}
    for line in late:
        ways.setdefault(line.title if line.do == "Say it is done" else line.do, line)
    return list(ways.values())


def _ways(read: Read, pk: UUID, late: Sequence[Line], gap: list[str]) -> Ways:
    without = f"{read.names[pk]}: "
    others = [f"{line.title.removeprefix(without)} ({_how_late(line, read.on)})" for line in late[1:]]
    do, href = with_worker(read, pk)
    return Ways(shown(late[0], read.on), tuple(map(capital, [*others, *gap])), read.worker(pk), do, href)


def _how_late(line: Line, on: date) -> str:
    return mark_of(line.due, on) if line.due else line.mark.lower()


def _workers(
    read: Read, teams: Iterable[UUID], lines: Mapping[UUID, list[Line]], grounds: Mapping[UUID, Ground], at: datetime
) -> list[Worker]:
    """Who carries most first; those who may hold children and hold none stand there too, as who has room."""
    of: dict[UUID, list[UUID]] = defaultdict(list)
    for pk, holder in read.holders.items():
        of[holder.pk].append(pk)
    roles = RoleHeld.objects.at(at).filter(role__in=roles_with(Permission.HOLD_CHILDREN)).values("staff")
    able = Staff.objects.working().filter(pk__in=roles)
    people = {one.pk: one.name for one in (able.filter(team__in=teams) if teams else able)}
    people |= {holder.pk: holder.name for holder in read.holders.values()}
    most = guide.load().children
    found = [
        Worker(
            name=name,
            children=len(of[pk]),
            guide=most,
            late=sum(line.late for child in of[pk] for line in lines[child]),
            kept=apart(of[pk], grounds, lambda child: Rate(*read.works[child].diary.kept(read.on))),
            grounds=in_words(counted(of[pk], grounds)) if of[pk] else "",
        )
        for pk, name in people.items()
    ]
    return sorted(found, key=lambda one: (-one.children, -one.late, one.name))
