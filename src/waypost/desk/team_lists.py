"""Two lists of a team: assessments and plans by the day they are due, and children seen less often than planned."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from waypost.access.models import Staff
from waypost.casework.due import mark_of
from waypost.casework.tasks.panels import why_late
from waypost.casework.work import Work
from waypost.desk.caseload import frequency_of
from waypost.desk.ordered import near
from waypost.kernel.days import working_days_after, working_days_between
from waypost.kernel.lists import load
from waypost.kernel.rates import Rate
from waypost.kernel.words import count, listed
from waypost.ui.addresses import address
from waypost.ui.words import capital, short_day

AHEAD = 15  # working days that the list of assessments and plans looks ahead
BACK, ON, STEP = 28, 7, 6  # days that a line goes back and on from today, and pixels to a day
MONDAY = ("assessment", "plan", "review", "closing_review", "pre_sentence_report")  # keys of clocks begin with one


@dataclass(frozen=True, slots=True)
class Read:
    """What the lists are made of, read once."""

    works: Mapping[UUID, Work]
    names: Mapping[UUID, str]
    holders: Mapping[UUID, Staff]
    alerts: Mapping[UUID, list[Any]]
    on: date

    def worker(self, child: UUID) -> str:
        return self.holders[child].name if child in self.holders else ""


@dataclass(frozen=True, slots=True)
class Due:
    """One assessment, plan or review of the Monday list."""

    about: UUID
    name: str
    what: str
    worker: str
    due: date
    day: str
    late: bool
    left: str
    used: tuple[int, int] | None  # working days since it was asked for, of those allowed; None: a fixed date
    why: str  # what the record knows; empty: nothing that would say why
    given: Any  # why a person said it is late; None: nobody has
    say: str  # where that is said
    do: str
    href: str


@dataclass(frozen=True, slots=True)
class Reasons:
    """How many are late and why, as people gave it; and how many without those for which nobody here is to blame."""

    late: Rate
    not_excused: Rate
    counts: tuple[tuple[str, int], ...]  # the most frequent first
    not_given: int


@dataclass(frozen=True, slots=True)
class Spot:
    """One contact on the line of a child: kept, lost, or booked; `x` in pixels from the left."""

    kind: str  # of a knot: ok, none, next
    day: date
    x: int


@dataclass(frozen=True, slots=True)
class Line:
    """Four weeks to today, and a week on."""

    spots: tuple[Spot, ...]
    today: int
    last: int | None  # where the last one kept stands

    @property
    def words(self) -> str:
        """For whoever hears it read."""
        named = {"ok": "Kept", "none": "Lost", "next": "Booked"}
        days = {kind: [short_day(one.day) for one in self.spots if one.kind == kind] for kind in named}
        return " ".join(f"{named[kind]}: {listed(found)}." for kind, found in days.items() if found) or "No contact."


@dataclass(frozen=True, slots=True)
class Gap:
    """A child seen less often than the plan says."""

    about: UUID
    name: str
    worker: str
    plan: str
    last: str
    days: int | None
    kept: Rate
    line: Line
    why: str
    do: str
    href: str


def with_worker(read: Read, pk: UUID) -> tuple[str, str]:
    """The one thing a manager does: find the child a worker, or look at it with the one there is, and write so."""
    if pk not in read.holders:
        return "Give the child a worker", address("child_access", pk=pk)
    return "Write oversight", address("child_say", pk=pk, kind="oversight")


def monday(read: Read) -> list[Due]:
    """Assessments, plans and reviews that are late or due within three working weeks. One query."""
    found = list(on_monday(read))
    given = why_late([task.pk for _, task in found if task.due < read.on])
    return [_due(read, pk, task, given.get(task.pk)) for pk, task in found]


def on_monday(read: Read) -> Iterator[tuple[UUID, Any]]:
    """The same, as child and task. None."""
    end = working_days_after(read.on, AHEAD + 1)
    for pk, work in read.works.items():
        yield from ((pk, task) for task in work.tasks if task.key.startswith(MONDAY) and task.due < end)


def _due(read: Read, pk: UUID, task: Any, given: Any) -> Due:
    on, late = read.on, task.due < read.on
    left = working_days_between(on, task.due)
    allowed = working_days_between(task.starts, task.due)
    if late or pk not in read.holders:
        do, href = with_worker(read, pk)
    else:
        do, href = "Open the record", address("child", pk=pk)
    return Due(
        about=pk,
        name=read.names[pk],
        what=task.title,
        worker=read.worker(pk),
        due=task.due,
        day=near(task.due, on),
        late=late,
        left=mark_of(task.due, on) if late else f"{left} left" if left else "Today",
        used=(working_days_between(task.starts, on), allowed) if 0 < allowed <= 3 * AHEAD else None,
        why=_why_where_it_is(read, pk, task),
        given=given,
        say=address("task_late", pk=pk, task=task.pk) if late else "",
        do=do,
        href=href,
    )


def reasons(due: Sequence[Due]) -> Reasons:
    """Of what is late or due within three working weeks; an excused one is left out of both numbers."""
    codes, late = load("late_reasons"), [one for one in due if one.late]
    said = Counter(one.given.reason for one in late if one.given)
    excused = sum(number for key, number in said.items() if codes[key].flag("excused"))
    counts = tuple(
        (code.words, said[code.key]) for code in sorted(codes, key=lambda one: -said[one.key]) if said[code.key]
    )
    not_given = len(late) - said.total()
    return Reasons(Rate(len(late), len(due)), Rate(len(late) - excused, len(due) - excused), counts, not_given)


def _why_where_it_is(read: Read, pk: UUID, task: Any) -> str:
    """What the record knows that may have held it up; for what is in time, else, the rule that set its day."""
    since = [one for one in read.works[pk].diary.past if one.day >= task.starts]
    missed = [short_day(one.day) for one in since if one.came == "missed"]
    lost = sum(one.came == "cancelled" for one in since)
    found = [] if pk in read.holders else ["Nobody holds the child."]
    found += [f"Did not come on {listed(missed[2::-1])}."] if missed else []
    found += [f"We cancelled {count(lost, 'session')}."] if lost else []
    return " ".join(found) or ("" if task.due < read.on else task.why)


def gap_of(read: Read, pk: UUID) -> Gap | None:
    """None where the child is seen as often as the plan says, or nobody has said how often."""
    work, on = read.works[pk], read.on
    seen = work.seen(on)
    if seen is None or seen.of_expected.numerator == seen.expected:
        return None
    last, following = work.last_seen, work.diary.next
    lost = [f"Missed {count(seen.missed + seen.not_judged, 'time')}"] if seen.missed + seen.not_judged else []
    lost += [f"cancelled by us {count(seen.cancelled_by_us, 'time')}"] if seen.cancelled_by_us else []
    lost += [] if following else ["nothing booked"]
    level, plan = frequency_of(work, on)
    do, href = ("See the next", "child") if following else ("Book the next", "contact_plan")
    if pk not in read.holders:
        do, href = "Give the child a worker", "child_access"
    return Gap(
        about=pk,
        name=read.names[pk],
        worker=read.worker(pk),
        plan=", ".join(filter(None, (level, plan))) or "No longer said",
        last=near(last, on) if last else "",
        days=(on - last).days if last else None,
        kept=seen.of_expected,
        line=line_of(work, on),
        why=f"{capital(listed(lost))}." if lost else f"Booked for {short_day(following.day)}." if following else "",
        do=do,
        href=address(href, pk=pk),
    )


def line_of(work: Work, on: date) -> Line:
    """Contacts with the child, planned or not, each on its day."""
    since = on - timedelta(days=BACK)
    held = [("ok" if one.took_place else "none", one) for one in work.diary.past]
    rows = [*held, *(("next", one) for one in work.diary.to_come)]
    spots = [
        Spot(kind, one.day, _x(one.day, since))
        for kind, one in sorted(rows, key=lambda row: row[1].starts)
        if "child" in one.who and since <= one.day <= on + timedelta(days=ON)
    ]
    return Line(tuple(spots), _x(on, since), max((one.x for one in spots if one.kind == "ok"), default=None))


def _x(day: date, since: date) -> int:
    return 10 + STEP * (day - since).days


def longest_first(gap: Gap) -> tuple[bool, int, str]:
    """Never seen, then the longest since."""
    return (gap.days is not None, -(gap.days or 0), gap.name)


def gap_words(gap: Gap) -> str:
    last = f"not seen for {count(gap.days, 'day')}" if gap.days is not None else "not seen yet"
    return f"{last}; {gap.kept.numerator} of {count(gap.kept.denominator, 'contact')} kept in 4 weeks"
