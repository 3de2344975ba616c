"""What waits for somebody today about who may see what: each a reason and one thing to do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from waypost.access.models import Access, AccessQuerySet, Staff
from waypost.access.permissions import Permission
from waypost.kernel.words import count, day
from waypost.people.need_to_know.asked import asks
from waypost.people.need_to_know.models import OpenedWithReason
from waypost.people.need_to_know.reviewing import reasons
from waypost.people.record.models import Child
from waypost.people.record.naming import names_of

TOLD_FOR = timedelta(days=7)  # how long somebody is told that a child was given to them, or to another


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that waits: a reason, and one thing to do."""

    mark: str
    late: bool
    title: str
    why: str
    do: str
    href: str
    about: UUID | None = None  # the child it names
    due: date | None = None  # the last day on which it is in time
    rank: int = 3  # among what is due on one day: 0 a child’s safety, 1 other people’s, 2 the court’s dates, 3 the rest
    who: str = ""  # whose it is, where a page shows more than one person’s


def today(staff: Staff, at: datetime) -> list[Line]:
    """Late ones first."""
    if not staff.may(Permission.OPEN_CHILDREN):
        return []
    found = [
        *_without_worker(staff, at),
        *_asks_today(staff, at),
        *_reasons_today(staff, at),
        *_own_reasons_today(staff),
        *_given_and_taken_today(staff, at),
    ]
    return sorted(found, key=lambda line: not line.late)


def _without_worker(staff: Staff, at: datetime) -> list[Line]:
    """Children whose worker has left and whom nobody has been given to since, the longest first."""
    if not staff.may(Permission.GIVE_ACCESS):
        return []
    held = Access.objects.at(at).filter(basis=Access.Basis.ALLOCATED).values("child")
    left = Access.objects.filter(basis=Access.Basis.ALLOCATED, staff__is_active=False, until__lte=at)
    rows = {row.child: row for row in left.exclude(child__in=held).select_related("staff").order_by("since")}
    if not rows:
        return []
    children = Child.objects.visible_to(staff, at).in_bulk(list(rows))
    names = names_of(children)
    return [
        Line(
            mark="No worker",
            late=True,
            title=f"{names.get(pk, children[pk].number)} has no worker",
            why=f"{row.staff.name} held the child, and left on {day(timezone.localdate(row.until))}.",
            do="Give the child",
            href=reverse("child_access", kwargs={"pk": pk}),
            about=pk,
        )
        for pk, row in rows.items()
        if pk in children and row.until
    ]


def _reasons_today(staff: Staff, at: datetime) -> list[Line]:
    if not staff.may(Permission.REVIEW_REASONS):
        return []
    if not OpenedWithReason.objects.waiting().exclude(staff=staff).exists():
        return []
    found = reasons(staff, at)
    oldest = timezone.localdate(found.waiting[0].opened.at)
    first = f"{count(len(found.first), 'is', 'are')} of your own team. " if found.first else ""
    return [
        Line(
            mark=f"{len(found.waiting)} to review",
            late=False,
            title=f"{count(len(found.waiting), 'record')} opened with a reason",
            why=f"{first}The oldest is of {day(oldest)}. Reviewed in the last 90 days: {found.reviewed} of {found.of}.",
            do="Review the first",
            href=reverse("reasons"),
        )
    ]


def _asks_today(staff: Staff, at: datetime) -> list[Line]:
    found = asks(staff, at)
    mine = [
        Line(
            mark="Overdue" if one.overdue else f"By {day(one.ask.due)}",
            late=one.overdue,
            title=f"{one.ask.by.name} asks for something held back",
            why=f"{one.called}: {one.subject}. Your agency keeps it; the answer was due {day(one.ask.due)}."
            if one.overdue
            else f"{one.called}: {one.subject}. Your agency keeps it.",
            do="Answer",
            href=reverse("held_back_answer", kwargs={"pk": one.ask.pk}),
            about=one.child.pk,
        )
        for one in found.to_answer
    ]
    overdue = [
        Line(
            mark="Overdue",
            late=True,
            title=f"{one.agency} has not answered {one.ask.by.name}",
            why=f"{one.called}: {one.subject}, kept by {one.ask.wall.made_by.name}. Due {day(one.ask.due)}.",
            do="See what was asked",
            href=reverse("held_back_asks"),
            about=one.child.pk,
        )
        for one in found.overdue
        if not one.mine_to_answer
    ]
    return [*mine, *overdue]


def _own_reasons_today(staff: Staff) -> list[Line]:
    return [
        Line(
            mark="A question to you",
            late=False,
            title="A manager asks why you opened a record",
            why=f"You opened it on {day(timezone.localdate(one.at))}, and gave a reason.",
            do="Answer",
            href=reverse("reason", kwargs={"pk": one.pk}),
        )
        for one in OpenedWithReason.objects.waiting_for(staff).order_by("at")
    ]


def _given_and_taken_today(staff: Staff, at: datetime) -> list[Line]:
    """Of the last week, in one question: on most days there is neither."""
    since = at - TOLD_FOR
    lately = Q(since__gte=since) | Q(until__gte=since, until__lte=at)
    held = Access.objects.filter(lately, staff=staff, basis=Access.Basis.ALLOCATED, since__lte=at)
    rows = list(held.select_related("given_by"))
    given = [one for one in rows if one.since >= since and _is_on(one, at) and one.given_by_id != staff.pk]
    taken = [one for one in rows if not _is_on(one, at)]
    return [*(_given(staff, given, at) if given else []), *(_taken(staff, taken, at) if taken else [])]


def _is_on(row: Access, at: datetime) -> bool:
    return row.until is None or row.until > at


def _given(staff: Staff, rows: list[Access], at: datetime) -> list[Line]:
    children = Child.objects.visible_to(staff, at).in_bulk([row.child for row in rows])
    names = names_of(children)
    return [
        Line(
            mark="New to you",
            late=False,
            title=f"{names.get(row.child, children[row.child].number)} is yours to work with",
            why=f"Given to you on {day(timezone.localdate(row.since))}{_by(row)}.",
            do="Read the handover",
            href=reverse("child_handover", kwargs={"pk": row.child}),
            about=row.child,
        )
        for row in rows
        if row.child in children
    ]


def _taken(staff: Staff, rows: list[Access], at: datetime) -> list[Line]:
    """By number only: the record may be open to them no longer. Not those who are theirs again."""
    again = set(_allocated(staff, at).filter(child__in=[row.child for row in rows]).values_list("child", flat=True))
    children = Child.objects.findable_by(staff, at).in_bulk([row.child for row in rows if row.child not in again])
    holders = {row.child: row.staff.name for row in _held_now(children)}
    return [
        Line(
            mark="With another",
            late=False,
            title=f"Child {children[row.child].number} is no longer yours",
            why=f"{holders[row.child]} holds the child since {day(timezone.localdate(row.until))}.",
            do="Hand over",
            href=reverse("child", kwargs={"pk": row.child}),
            about=row.child,
        )
        for row in rows
        if row.until and row.child in children and row.child in holders
    ]


def _allocated(staff: Staff, at: datetime) -> AccessQuerySet:
    return Access.objects.at(at).filter(staff=staff, basis=Access.Basis.ALLOCATED)


def _held_now(children: Iterable[UUID]) -> AccessQuerySet:
    held = Access.objects.filter(child__in=list(children), basis=Access.Basis.ALLOCATED, until__isnull=True)
    return held.select_related("staff")


def _by(row: Access) -> str:
    return f" by {row.given_by.name}" if row.given_by else ""
