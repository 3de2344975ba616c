"""What the page "Who looked at what" shows: what its address asks, in; lines, out; three queries whatever is asked."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from django.apps import apps
from django.db.models import Q

from waypost.access.log_models import REFUSED, LogEntry, LogQuerySet, Verb
from waypost.access.models import Access, Staff
from waypost.ui.listing import Choice, Listing, listing

THE_SYSTEM = "the system"
DAYS = (("1", "24 hours"), ("7", "7 days"), ("30", "30 days"), ("90", "90 days"), ("365", "A year"))
DAYS_UNASKED = "7"
BECAUSE = {
    Access.Basis.ALLOCATED: "who held the child",
    Access.Basis.TEAM: "in the team",
    Access.Basis.INVOLVED: "involved with the child",
    Access.Basis.COVER: "covering for a colleague",
    Access.Basis.DUTY: "with today’s list",
    Access.Basis.SAMPLED: "for an audit",
    Access.Basis.PANEL: "on a panel",
    Access.Basis.NAMED: "named on a sealed record",
    Access.Basis.REASON: "with a reason",
}
AN_ID = re.compile(r"[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the log, in words."""

    at: datetime
    who: str
    on_behalf_of: str | None
    verb: str
    event: str
    subject: UUID | None
    subject_name: str | None
    listed: int
    reason_given: bool


@dataclass(frozen=True, slots=True)
class WhoLooked:
    lines: list[Line]
    page: Listing
    choices: tuple[Choice, ...]
    searched: str
    not_an_id: bool
    shown: list[UUID]  # everyone and everything the page names


def who_looked(asked: Mapping[str, str], *, at: datetime) -> WhoLooked:
    """The page asked for, newest first; a record's id may be given as the address of its page."""
    names = dict(Staff.objects.order_by("name").values_list("pk", "name"))
    person, verb, days = _choices(asked, names)
    searched = asked.get("q", "").strip()
    found_id = AN_ID.search(searched)
    rows = LogEntry.objects.since(at - timedelta(days=int(days.chosen))).newest_first()
    rows = _by(rows, person.chosen)
    if verb.chosen:
        rows = rows.that(verb.chosen)
    if searched:
        rows = rows.that_showed(UUID(found_id[0])) if found_id else rows.none()
    page = listing(rows, rows.count(), asked)
    lines = [_line(row, names) for row in page.rows]
    people = {each for row in page.rows for each in (row.actor, row.on_behalf_of) if each}
    return WhoLooked(
        lines,
        page,
        (person, verb, days),
        searched,
        bool(searched) and found_id is None,
        sorted(people | {line.subject for line in lines if line.subject}),
    )


@dataclass(frozen=True, slots=True)
class Looked:
    """How many people opened one child's record in so many days, and what opened it to them."""

    people: int
    days: int
    because: tuple[tuple[str, int], ...]  # what opened it, in words; how many people


def looked_at(child: UUID, *, at: datetime, days: int = 30) -> Looked:
    """Two queries. Somebody to whom it was open on several grounds counts under the nearest to the child."""
    since = at - timedelta(days=days)
    rows = LogEntry.objects.since(since).filter(subject=child, verb=Verb.VIEWED)
    people = {actor for actor in rows.values_list("actor", flat=True).distinct() if actor}
    given = Access.objects.filter(Q(until__isnull=True) | Q(until__gt=since), child=child, staff__in=people)
    bases = list(Access.Basis)
    nearest: dict[UUID, int] = {}
    for staff, basis in given.values_list("staff", "basis"):
        nearest[staff] = min(nearest.get(staff, len(bases)), bases.index(Access.Basis(basis)))
    counts = Counter(nearest.get(staff, len(bases)) for staff in people)
    words = [*(BECAUSE[basis] for basis in bases), "by a role that opens every record"]
    return Looked(len(people), days, tuple((words[number], counts[number]) for number in sorted(counts)))


def _by(rows: LogQuerySet, person: str) -> LogQuerySet:
    if person == THE_SYSTEM:
        return rows.filter(actor=None)
    return rows.of_person(UUID(person)) if person else rows


def _choices(asked: Mapping[str, str], names: Mapping[UUID, str]) -> tuple[Choice, Choice, Choice]:
    people = [("", "Everyone"), *((str(pk), name) for pk, name in names.items()), (THE_SYSTEM, "The system")]
    done = [(verb.value, verb.label.capitalize()) for verb in Verb]
    verbs = [("", "Anything"), *done, (REFUSED, "Refused or not found")]
    return (
        _choice("person", "Person", people, asked),
        _choice("verb", "What was done", verbs, asked),
        _choice("days", "In the last", DAYS, asked, unasked=DAYS_UNASKED),
    )


def _choice(
    name: str, label: str, options: Iterable[tuple[str, str]], asked: Mapping[str, str], unasked: str = ""
) -> Choice:
    """What is not among the answers is not asked."""
    given = tuple(options)
    wanted = asked.get(name, unasked)
    return Choice(name, label, given, wanted if wanted in dict(given) else unasked)


def _line(row: LogEntry, names: Mapping[UUID, str]) -> Line:
    line = Line(
        at=row.at,
        who=_name(row.actor, names) or "The system",
        on_behalf_of=_name(row.on_behalf_of, names),
        verb=Verb(row.verb).label,
        event=in_words(row.event),
        subject=row.subject,
        subject_name=_subject_name(row, names),
        listed=len(row.listed),
        reason_given=row.reason_digest is not None,
    )
    return _in_vain(line, row, names) if row.in_vain else line


def _in_vain(line: Line, row: LogEntry, names: Mapping[UUID, str]) -> Line:
    """What was asked for and not shown: its page, and the record its address named first, of whatever kind."""
    how, _, page = row.event.partition(".")
    asked_for = next(iter(row.listed), None)
    name = names.get(asked_for, "a record") if asked_for else None
    return replace(line, verb=in_words(how), event=in_words(page), subject=asked_for, subject_name=name, listed=0)


def _name(staff: UUID | None, names: Mapping[UUID, str]) -> str | None:
    return None if staff is None else names.get(staff, "Somebody no longer known")


def _subject_name(row: LogEntry, names: Mapping[UUID, str]) -> str | None:
    """A person of the staff by name; anything else by its kind, for the rooms above are not asked from here."""
    if row.subject is None or row.subject_kind is None:
        return None
    if row.subject in names:
        return names[row.subject]
    try:
        return str(apps.get_model(row.subject_kind)._meta.verbose_name)
    except LookupError:
        return in_words(row.subject_kind)


def in_words(event: str) -> str:
    """'improvement.note_added' as 'improvement: note added'."""
    return event.replace(".", ": ").replace("_", " ")
