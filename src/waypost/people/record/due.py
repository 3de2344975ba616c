"""What is due about the children somebody holds: alerts to be looked at again."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.urls import reverse

from waypost.access.models import Access, Staff, access_of
from waypost.access.permissions import Permission
from waypost.kernel.words import count, day
from waypost.people.need_to_know.rules import READS, sections
from waypost.people.need_to_know.today import Line
from waypost.people.record.beside import current
from waypost.people.record.models import Child, on_day
from waypost.people.record.naming import names_of
from waypost.people.record.needs import Alert

SOON = timedelta(days=7)


def alerts_due(staff: Staff, at: datetime, on: date) -> list[Line]:
    """Of the children they hold, overdue or due within a week: the longest overdue first. Three queries at most."""
    if not staff.may(Permission.HOLD_CHILDREN) or "alerts" not in sections(READS, staff.roles(), []):
        return []
    held = access_of(staff, at).filter(basis=Access.Basis.ALLOCATED).values("child")
    children = Child.objects.visible_to(staff, at).filter(pk__in=held).in_bulk()
    due = current(Alert).filter(on_day(on), until=None, review_by__lte=on + SOON, person__in=children)
    names = names_of(children)
    return [
        _line(one, f"{names.get(one.person_id, 'A child')}, {children[one.person_id].number}", on)
        for one in due.select_related("by").order_by("review_by", "pk")
    ]


def alert_lines(alerts: Iterable[Any], on: date) -> list[Line]:
    """For the page of the child they are about: those overdue or due within a week."""
    due = [one for one in alerts if one.until is None and one.is_on(on) and one.review_by <= on + SOON]
    return [_line(one, "", on) for one in due]


def _line(alert: Any, child: str, on: date) -> Line:
    late = (on - alert.review_by).days
    return Line(
        mark=f"{count(late, 'day')} late" if late > 0 else "Today" if late == 0 else f"By {day(alert.review_by)}",
        late=late > 0,
        title=f"{child}: look at an alert again" if child else "Look at an alert again",
        why=f"{alert.words} Set by {alert.by.name}, to be looked at again by {day(alert.review_by)}.",
        do="Keep, change or end it",
        href=reverse("child_correct", kwargs={"pk": alert.person_id, "kind": "alert", "statement": alert.pk}),
        about=alert.person_id,
        due=alert.review_by,
        rank=0,
        who=alert.by.name,
    )
