"""What pages show of the checks: a person and a moment in, dataclasses out, a fixed number of queries."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from waypost.access.models import Access, Staff
from waypost.casework.cases.models import Involvement
from waypost.kernel.rates import Rate
from waypost.people.need_to_know.reach import answered_for, reads_of
from waypost.people.record.beside import current
from waypost.people.record.models import Child
from waypost.people.record.naming import names_of
from waypost.quality.readiness import definitions
from waypost.quality.readiness.definitions import Check, Severity, Theme
from waypost.quality.readiness.models import ReadinessResult, ReadinessRun, Snooze
from waypost.ui.addresses import address
from waypost.ui.listing import Choice

NEEDED = frozenset({"entries", "assessment", "plan"})  # sections that what a check says is made of
WORST = 3  # shown of a child; the others are counted
BEFORE = timedelta(days=28)  # what a trend is measured against
PAGES = {  # where a thing is done
    "child": "child",
    "assessments": "assessments",
    "plan": "child_plan",
    "interventions": "interventions",
    "countersign": "child",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One check of one child."""

    check: Check
    since: date | None
    told: Mapping[str, str]
    child: UUID

    @property
    def sentence(self) -> str:
        return self.check.sentence(self.told)

    @property
    def href(self) -> str:
        return address(PAGES[self.check.page], pk=self.child)

    @property
    def order(self) -> tuple[Any, ...]:
        """The most severe first, then what has been so the longest."""
        return self.check.severity.rank, self.since or date.max, self.check.key


@dataclass(frozen=True, slots=True)
class OfChild:
    child: UUID
    name: str
    worker: str
    lines: tuple[Line, ...]  # the worst first

    @property
    def about(self) -> UUID:
        return self.child

    @property
    def worst(self) -> tuple[Line, ...]:
        return self.lines[:WORST]

    @property
    def more(self) -> int:
        return len(self.lines) - WORST

    @property
    def order(self) -> tuple[Any, ...]:
        number = Counter(one.check.severity for one in self.lines)
        return -number[Severity.NOW], -number[Severity.SOON], -number[Severity.TIDY], self.name


@dataclass(frozen=True, slots=True)
class Row:
    """Of a theme, a check, a team or a worker: how many children with something, of how many; and four weeks before."""

    key: str
    words: str
    now: Rate
    at_once: int = 0  # children with something that cannot wait
    before: Rate | None = None
    theme: str = ""


@dataclass(frozen=True, slots=True)
class Overview:
    children: tuple[OfChild, ...]  # those with something, the worst first
    cases: int
    themes: tuple[Row, ...]
    checks: tuple[Row, ...]
    workers: tuple[Row, ...]
    teams: tuple[Row, ...]  # where the cases are of more than one
    run: ReadinessRun | None
    before: date | None  # the day of the trend
    snoozed: int
    choices: tuple[Choice, ...] = ()

    @property
    def at_once(self) -> int:
        return sum(one.lines[0].check.severity is Severity.NOW for one in self.children)


@dataclass(frozen=True, slots=True)
class Snoozed:
    of: Snooze
    check: Check


@dataclass(frozen=True, slots=True)
class Ready:
    """One child: everything, and what is quiet for a while."""

    lines: tuple[Line, ...] = ()
    snoozed: tuple[Snoozed, ...] = ()
    run: ReadinessRun | None = None
    themes: Mapping[Theme, list[Line]] = field(default_factory=dict)


def overview(staff: Staff, at: datetime, asked: Mapping[str, str]) -> Overview:
    """A fixed number of queries, however many cases there are."""
    children, on = answered_for(staff, at), timezone.localdate(at)
    open_ = current(Involvement).filter(until=None, person__in=children.values("pk"))
    cases = set(open_.values_list("person", flat=True))
    reads = reads_of(staff, cases, at)
    cases = {pk for pk in cases if reads[pk] >= NEEDED}
    quiet = _quiet(cases, on)
    rows = _standing(cases, quiet)
    choices = _choices(rows, asked)
    kept = [one for one in rows if _fits(one, choices)]
    names = names_of({one.person_id for one in kept})
    run = ReadinessRun.objects.filter(whole=True).order_by("-at").first()
    then = at - BEFORE
    earlier = ReadinessRun.objects.filter(whole=True, at__lte=then).order_by("-at").first()
    before = _before(cases, earlier.at) if earlier else None
    of_children = _of_children(kept, names)
    held = _held(cases, at)
    return Overview(
        children=tuple(sorted(of_children, key=lambda one: one.order)),
        cases=len(cases),
        themes=_themes(rows, len(cases), before),
        checks=_checks(rows, len(cases)),
        workers=_workers(rows, held),
        teams=_teams(rows, held, earlier),
        run=run,
        before=timezone.localdate(earlier.at) if earlier else None,
        snoozed=len(quiet),
        choices=choices,
    )


def of_child(child: Child, at: datetime) -> Ready:
    """Three queries."""
    on, known = timezone.localdate(at), definitions.load()
    quiet = Snooze.objects.filter(person=child.pk, ended_at=None, until__gte=on).select_related("by").order_by("until")
    snoozed = tuple(Snoozed(one, known[one.check_key]) for one in quiet if one.check_key in known)
    hidden = {one.of.check_key for one in snoozed}
    rows = ReadinessResult.objects.standing().filter(person=child.pk).exclude(check_key__in=hidden)
    lines = tuple(sorted((_line(one) for one in rows if one.check_key in known), key=lambda line: line.order))
    themes: dict[Theme, list[Line]] = {theme: [] for theme in Theme}
    for line in lines:
        themes[line.check.theme].append(line)
    run = ReadinessRun.objects.order_by("-at").first()
    return Ready(lines, snoozed, run, {theme: found for theme, found in themes.items() if found})


def worst_of(child: Child, at: datetime) -> tuple[tuple[Line, ...], int]:
    """For the child’s own page: the worst, and how many others there are."""
    lines = of_child(child, at).lines
    return lines[:WORST], max(0, len(lines) - WORST)


def _line(row: ReadinessResult) -> Line:
    return Line(definitions.load()[row.check_key], row.since, row.told, row.person_id)


def _quiet(cases: set[UUID], on: date) -> set[tuple[UUID, str]]:
    rows = Snooze.objects.filter(person__in=cases, ended_at=None, until__gte=on)
    return set(rows.values_list("person", "check_key"))


def _standing(cases: set[UUID], quiet: set[tuple[UUID, str]]) -> list[ReadinessResult]:
    rows = ReadinessResult.objects.standing().filter(person__in=cases).select_related("worker")
    known = definitions.load()
    return [one for one in rows if one.check_key in known and (one.person_id, one.check_key) not in quiet]


def _before(cases: set[UUID], then: datetime) -> list[tuple[UUID, str]]:
    """What was known then of those whose cases are open now."""
    return list(ReadinessResult.objects.on(then).filter(person__in=cases).values_list("person", "check_key"))


def _choices(rows: Sequence[ReadinessResult], asked: Mapping[str, str]) -> tuple[Choice, ...]:
    known = definitions.load()
    there = {one.check_key for one in rows}
    workers = {str(one.worker_id): one.worker.name for one in rows if one.worker}
    offered = (
        ("theme", "Theme", [(str(one), one.words) for one in Theme]),
        ("check", "What", [(key, one.title) for key, one in known.items() if key in there]),
        ("worker", "Worker", sorted(workers.items(), key=lambda pair: pair[1])),
    )
    return tuple(
        Choice(name, label, (("", "All of them"), *options), _one_of(asked.get(name, ""), dict(options)))
        for name, label, options in offered
    )


def _one_of(asked: str, offered: Mapping[str, str]) -> str:
    return asked if asked in offered else ""


def _fits(row: ReadinessResult, choices: Iterable[Choice]) -> bool:
    says = {
        "theme": str(definitions.load()[row.check_key].theme),
        "check": row.check_key,
        "worker": str(row.worker_id or ""),
    }
    return all(not one.chosen or says[one.name] == one.chosen for one in choices)


def _of_children(rows: Iterable[ReadinessResult], names: Mapping[UUID, str]) -> list[OfChild]:
    found: dict[UUID, list[ReadinessResult]] = defaultdict(list)
    for row in rows:
        found[row.person_id].append(row)
    return [
        OfChild(
            pk,
            names.get(pk, "A child"),
            of[0].worker.name if of[0].worker else "",
            tuple(sorted(map(_line, of), key=lambda line: line.order)),
        )
        for pk, of in found.items()
    ]


def _themes(rows: Sequence[ReadinessResult], cases: int, before: Sequence[tuple[UUID, str]] | None) -> tuple[Row, ...]:
    known = definitions.load()
    now, then = defaultdict(set), defaultdict(set)
    at_once = defaultdict(set)
    for one in rows:
        check = known[one.check_key]
        now[check.theme].add(one.person_id)
        if check.severity is Severity.NOW:
            at_once[check.theme].add(one.person_id)
    for person, key in before or ():
        if key in known:
            then[known[key].theme].add(person)
    return tuple(
        Row(
            str(theme),
            theme.words,
            Rate(len(now[theme]), cases),
            len(at_once[theme]),
            None if before is None else Rate(len(then[theme]), cases),
        )
        for theme in Theme
    )


def _checks(rows: Sequence[ReadinessResult], cases: int) -> tuple[Row, ...]:
    """The most severe first, then the most children."""
    number, known = Counter(one.check_key for one in rows), definitions.load()
    found = [Row(key, known[key].title, Rate(of, cases), theme=known[key].theme.words) for key, of in number.items()]
    return tuple(sorted(found, key=lambda row: (known[row.key].severity.rank, -row.now.numerator, row.words)))


def _held(cases: set[UUID], at: datetime) -> dict[UUID, Staff]:
    rows = Access.objects.at(at).filter(basis=Access.Basis.ALLOCATED, child__in=cases).select_related("staff__team")
    return {row.child: row.staff for row in rows}


def _teams(
    rows: Sequence[ReadinessResult], held: Mapping[UUID, Staff], earlier: ReadinessRun | None
) -> tuple[Row, ...]:
    """What was counted four weeks before is of the team that held the child then, of as many cases as it had then."""
    cases, found, at_once = Counter(one.team for one in held.values() if one.team), defaultdict(set), defaultdict(set)
    if len(cases) < 2:
        return ()
    for one in rows:
        team = held[one.person_id].team if one.person_id in held else None
        if team is not None:
            found[team].add(one.person_id)
            if definitions.load()[one.check_key].severity is Severity.NOW:
                at_once[team].add(one.person_id)
    then = _by_team_then(earlier) if earlier else {}
    lines = [
        Row(
            str(team.pk),
            team.name,
            Rate(len(found[team]), number),
            len(at_once[team]),
            Rate(then.get(team.pk, 0), earlier.teams.get(str(team.pk), 0)) if earlier else None,
        )
        for team, number in cases.items()
    ]
    return tuple(sorted(lines, key=lambda row: (-row.at_once, -row.now.numerator, row.words)))


def _by_team_then(run: ReadinessRun) -> dict[UUID, int]:
    rows = ReadinessResult.objects.on(run.at).exclude(team=None).order_by()
    found: dict[UUID, set[UUID]] = defaultdict(set)
    for team, person in rows.values_list("team", "person").distinct():
        found[team].add(person)
    return {team: len(people) for team, people in found.items()}


def _workers(rows: Sequence[ReadinessResult], held: Mapping[UUID, Staff]) -> tuple[Row, ...]:
    of, late, at_once = Counter(held.values()), defaultdict(set), defaultdict(set)
    for one in rows:
        if (worker := held.get(one.person_id)) is not None:
            late[worker].add(one.person_id)
            if definitions.load()[one.check_key].severity is Severity.NOW:
                at_once[worker].add(one.person_id)
    found = [
        Row(str(worker.pk), worker.name, Rate(len(late[worker]), number), len(at_once[worker]))
        for worker, number in of.items()
    ]
    return tuple(sorted(found, key=lambda row: (-row.at_once, -row.now.numerator, row.words)))
