"""What a new worker must know of a child, short enough to be read before the first call.

Nothing is typed for it: it is what the record says today, the sections this reader reads, the newest first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from math import ceil
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from waypost.access import log
from waypost.access.permissions import Permission
from waypost.access.require import needs_children
from waypost.casework import facts as casework
from waypost.casework.compliance import definitions as routes
from waypost.casework.contacts.models import Came
from waypost.casework.contacts.panels import Diary, Met
from waypost.casework.due import due_about, worst_first
from waypost.casework.work import Work, work_of
from waypost.desk.held import Turn, ordinal, turns_of
from waypost.kernel.words import count, day, listed
from waypost.people.need_to_know.reach import reach
from waypost.people.record import facts, panels
from waypost.people.record.beside import current
from waypost.people.record.due import alert_lines
from waypost.people.record.entries import Entry
from waypost.people.record.panels import Record
from waypost.people.record.views import open_child
from waypost.ui.words import coded

AT_MOST = 600  # words
LENGTHS = (24, 16, 10, 6)  # of words that somebody wrote: the first with which the whole is short enough
A_MINUTE = 200  # words that somebody reads who wants to remember them
NOT_SEEN = 14  # days: from then on it is said that nobody has seen the child


@dataclass(frozen=True, slots=True)
class Row:
    """A term and what is said of it; `own`: somebody’s own words, the child’s or a carer’s."""

    term: str
    words: str
    quiet: str = ""
    href: str = ""
    mark: str = ""
    own: str = ""

    def __len__(self) -> int:
        return len(f"{self.term} {self.mark} {self.words} {self.quiet}".split())


@dataclass(frozen=True, slots=True)
class Part:
    key: str
    title: str
    rows: list[Row]
    none: str = ""  # said where there is nothing
    more: int = 0  # left out, and to be found in the record


@dataclass(frozen=True, slots=True)
class Known:
    """What was read of the record, once."""

    record: Record
    work: Work | None
    said: list[Entry]
    oversight: list[Any]
    held: list[Turn]
    on: date


@dataclass(frozen=True, slots=True)
class Handover:
    parts: list[Part] = field(default_factory=list)
    shortened: bool = False

    @property
    def words(self) -> int:
        return sum(len(part.title.split()) + sum(map(len, part.rows)) + len(part.none.split()) for part in self.parts)

    @property
    def minutes(self) -> int:
        return max(1, ceil(self.words / A_MINUTE))


@require_safe
@needs_children(Permission.OPEN_CHILDREN)
def handover(request: HttpRequest, pk: UUID) -> HttpResponse:
    now, on = timezone.now(), timezone.localdate()
    child = open_child(request, pk)
    record = panels.record(child, reach(request.user, child, now), at=now)  # type: ignore[arg-type]
    found = handover_of(known_of(record, at=now, on=on))
    log.viewed(request, "child.handover", child, listed=record.shown)
    context = {"child": child, "record": record, "handover": found, "on": on}
    return render(request, "desk/handover.html", context)


def known_of(record: Record, *, at: datetime, on: date) -> Known:
    reads = record.reach.reads
    work = work_of([record.child], at=at)[record.child.pk] if "orders" in reads else None
    said = _said(record) if "entries" in reads else []
    return Known(record, work, said, record.said["oversight"], turns_of(record.people), on)


def _said(record: Record) -> list[Entry]:
    """What the child said last, and what a carer did."""
    rows = current(Entry).filter(~Q(own_words=""), person__in=record.people).order_by("-since", "-at")
    return [*rows.filter(said_by="child")[:3], *rows.filter(said_by="carer")[:1]]


def handover_of(known: Known) -> Handover:
    """The longest that is short enough."""
    for most in LENGTHS:
        cut = Cut(most)
        found = Handover([part for part in _parts(known, cut) if part.rows or part.none], cut.shortened)
        found = Handover(found.parts, cut.shortened)
        if found.words <= AT_MOST:
            break
    return found


@dataclass(slots=True)
class Cut:
    """Shortens what somebody wrote to so many words, and remembers that it did."""

    most: int
    shortened: bool = False

    def __call__(self, text: str) -> str:
        words = text.split()
        if len(words) <= self.most:
            return " ".join(words)
        self.shortened = True
        return f"{' '.join(words[: self.most])} …"


def _parts(known: Known, cut: Cut) -> Iterator[Part]:
    record, work, reads, on = known.record, known.work, known.record.reach.reads, known.on
    yield Part("who", "Who the child is", list(_who(record, on)))
    if "alerts" in reads:
        alerts = list(_alerts(record, on, cut))
        yield Part("alerts", "What to know first", alerts[:4], "No alert is set.", max(0, len(alerts) - 4))
    if work:
        decided = [Row(one.term, cut(one.words), cut(one.quiet)) for one in casework.orders(work, on)]
        yield Part("orders", "What was decided, and until when", decided[:10])
        if "entries" in reads:
            due = list(_due(record, work, on, cut))
            yield Part(
                "due", "What is due next", due[:8], "Nothing is due in the next two weeks.", max(0, len(due) - 8)
            )
    if "entries" in reads:
        yield Part("said", "What was said", [_own(one, cut) for one in known.said])
    if "needs" in reads:
        yield Part("needs", "What helps", list(_needs(record, on, cut))[:4])
    yield Part("calls", "Who to call", list(_calls(record, on, cut))[:7], "Nobody is recorded.")
    if work and "entries" in reads:
        yield Part("contacts", "Contacts", list(_contacts(record, work.diary, cut)))
    yield Part("held", "Who has held the child", list(_held(known.held)), "Nobody holds the child.")
    if work and "entries" in reads:
        yield Part("decisions", "What was decided, and why", list(_decisions(known, cut))[:4])
    gaps = [Row("", one) for one in not_known(known)]
    yield Part("gaps", "What is not known", gaps, "Nothing that this page looks for is missing.")


def _who(record: Record, on: date) -> Iterator[Row]:
    yield Row("Called", record.name, listed([f"likes ‘{name}’" for name in record.liked]))
    if pronouns := record.particular("pronouns"):
        yield Row("Pronouns", pronouns.words)
    if record.born:
        yield Row("Age", str(record.age(on)), f"born {day(record.born.born)}")
    for one in record.now("language", on):
        if one.interpreter or one.first:
            yield Row("Language", coded("languages", one.language), "interpreter needed" if one.interpreter else "")
    if lives := facts.lives(record, on):
        yield Row("Home", lives)


def _alerts(record: Record, on: date, cut: Cut) -> Iterator[Row]:
    for line in panels.alerts(record, on):
        late = f"Review was due {day(line.of.review_by)}" if line.overdue else ""
        yield Row(cut(line.of.words), cut(line.of.what_to_do), mark=late)
    for one in panels.urgent(record, on):
        yield Row(coded("health_kinds", one.kind), cut(one.words))


def _due(record: Record, work: Work, on: date, cut: Cut) -> Iterator[Row]:
    found = due_about(work, on=on)
    found += alert_lines(record.said["alert"], on) if "alerts" in record.reach.reads else []
    for line in worst_first(found, on):
        title = cut(line.title)
        yield Row(line.mark, f"{title[:1].upper()}{title[1:]}", line.who, line.href, "late" if line.late else "")


def _own(entry: Entry, cut: Cut) -> Row:
    carer = entry.said_by != "child"
    who = (entry.speaker or coded("speakers", entry.said_by)) if carer else "The child"
    own = "carer" if carer else "child"
    return Row("", cut(entry.own_words), f"{who}, {day(entry.since)}" if entry.since else who, own=own)


def _needs(record: Record, on: date, cut: Cut) -> Iterator[Row]:
    for one in record.now("need", on):
        yield Row(coded("need_areas", one.area), cut(one.what_helps or one.words))


def _calls(record: Record, on: date, cut: Cut) -> Iterator[Row]:
    for call in facts.calls(record, on):
        ways = [f"{way.value}{f' ({way.note})' if way.note else ''}" for way in call.ways[:1]]
        unsafe = f"Not safe: {call.unsafe[0].method}" if call.unsafe and not ways else ""
        yield Row(call.who.capitalize(), ", ".join([call.name, *(cut(way) for way in ways)]), mark=unsafe)


def _contacts(record: Record, diary: Diary, cut: Cut) -> Iterator[Row]:
    pk = record.child.pk
    for title, met in [("Next", diary.next), *((day(one.day), one) for one in diary.past[:3])]:
        if met is None:
            continue
        where = reverse("contact", kwargs={"pk": pk, "contact": met.pk})
        yield Row(title, f"{cut(met.what)}: {_came(met)}", listed(met.with_whom), where)


def _came(met: Met) -> str:
    if not met.came:
        return f"{day(met.day)} at {met.starts:%H:%M}"
    return Came(met.came).label.lower()


def _held(held: Sequence[Turn]) -> Iterator[Row]:
    """The present one first, and how often that changed."""
    if not held:
        return
    number, now = len(held), held[-1]
    since = held[0].since
    if number == 1:
        yield Row("Now", now.who, f"since {day(now.since)}; the first worker, with no change")
    else:
        how_many = f"{ordinal(number)} worker since {day(since)}; {count(number - 1, 'change')}"
        yield Row("Now", now.who, f"since {day(now.since)}: {how_many}")
    for one in reversed(held[:-1][-3:]):
        yield Row("Before", one.who, f"{day(one.since)} to {day(one.until)}" if one.until else f"from {day(one.since)}")


def _decisions(known: Known, cut: Cut) -> Iterator[Row]:
    """Decisions after a missed contact and what a manager looked at, the newest first."""
    assert known.work is not None
    made = [(one.day, _step_of(one, known.work), one.words, one.by.name) for one in known.work.decisions]
    made += [
        (one.since, "Oversight", f"{one.words} {one.what_changed}", one.by.name) for one in known.oversight if one.since
    ]
    for when, what, why, who in sorted(made, key=lambda one: one[0], reverse=True):
        yield Row(day(when), f"{what}: {cut(why) or 'no reason is written down'}", who)


def _step_of(decision: Any, work: Work) -> str:
    order = next((one for one in work.orders if one.of.pk == decision.outcome_id), None)
    return routes.load()[order.type.route].step(decision.step).words if order else "A decision"


def not_known(known: Known) -> list[str]:
    """What this page looked for and did not find, in the sections that this reader reads."""
    return [*_not_known_of(known.record, known.on), *_not_known_of_work(known)]


def _not_known_of(record: Record, on: date) -> Iterator[str]:
    reads = record.reach.reads
    if "identity" in reads and not record.born:
        yield "The birth date is not recorded."
    if "home" in reads:
        yield from _no_number(record, on)
    if "care" in reads and not record.said["care"]:
        yield "Whether the child is or was in anybody’s care was never recorded."
    if "education" in reads and not record.now("education", on):
        yield "School, college or work is not recorded."
    if "needs" in reads and not record.now("need", on):
        yield "Nobody has written down what helps."


def _no_number(record: Record, on: date) -> Iterator[str]:
    carers = [call for call in facts.calls(record, on) if call.form == "relation"]
    if not carers:
        yield "Nobody is recorded who looks after the child."
    elif not any(call.ways for call in carers):
        yield "No number of a carer is recorded that is safe to use."


def _not_known_of_work(known: Known) -> Iterator[str]:
    work, on, reads = known.work, known.on, known.record.reach.reads
    if work is None:
        return
    if work.case(on) is None:
        yield "No case is open."
    if not work.frequencies:
        yield "Nobody has said how often the child is seen."
    if "entries" in reads:
        yield from _not_seen(work.diary, on)
        if not any(one.said_by == "child" for one in known.said):
            yield "The child’s own words were never written down."


def _not_seen(diary: Diary, on: date) -> Iterable[str]:
    seen = diary.last_seen
    if seen is None:
        yield "No contact is recorded in which the child was seen."
    elif (on - seen.day).days >= NOT_SEEN:
        yield f"Nobody has seen the child for {count((on - seen.day).days, 'day')}."
    if diary.next is None:
        yield "No next contact is in the diary."
