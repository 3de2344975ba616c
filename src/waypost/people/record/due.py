"""What is due about a child besides casework: alerts to be looked at again."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from waypost.kernel.words import count, day
from waypost.people.need_to_know.today import Line
from waypost.ui.addresses import address

SOON = timedelta(days=7)


def alert_lines(alerts: Iterable[Any], on: date) -> list[Line]:
    """Those overdue or due within a week, in the order given; on a page of several children their names go before."""
    due = [one for one in alerts if one.until is None and one.is_on(on) and one.review_by <= on + SOON]
    return [_line(one, on) for one in due]


def _line(alert: Any, on: date) -> Line:
    late = (on - alert.review_by).days
    return Line(
        mark=f"{count(late, 'day')} late" if late > 0 else "Today" if late == 0 else f"By {day(alert.review_by)}",
        late=late > 0,
        title="Look at an alert again",
        why=f"{alert.words} Set by {alert.by.name}, to be looked at again by {day(alert.review_by)}.",
        do="Keep, change or end it",
        href=address("child_correct", pk=alert.person_id, kind="alert", statement=alert.pk),
        about=alert.person_id,
        due=alert.review_by,
        rank=0,
        who=alert.by.name,
    )
