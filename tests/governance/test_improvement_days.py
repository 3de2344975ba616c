"""The plan as of a day: which days may be asked about, and after how long silence is said."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from tests.governance.plans import accepted, head
from waypost.governance.improvement.kinds import ActionKind
from waypost.governance.improvement.lines import Line
from waypost.governance.improvement.models import Action
from waypost.governance.improvement.status import Explained, Status

TODAY = date(2026, 5, 12)


def line(cadence: str, last_note: date | None, status: Status = Status.ON_TRACK) -> Line:
    return Line(
        action=Action(cadence=cadence),
        explained=Explained(status, "why"),
        leads=(),
        last_note=last_note,
        evidence=0,
        said_kind=ActionKind.CHANGE,
        measures=(),
    )


@pytest.mark.parametrize(
    ("cadence", "last_note", "status", "silent"),
    [
        ("monthly", date(2026, 4, 12), Status.ON_TRACK, False),
        ("monthly", date(2026, 4, 11), Status.ON_TRACK, True),
        ("", date(2026, 4, 11), Status.OVERDUE, True),  # a month where no cadence is given
        ("quarterly", date(2026, 4, 11), Status.ON_TRACK, False),
        ("quarterly", date(2026, 2, 11), Status.AT_RISK, True),
        ("every 2 weeks", date(2026, 4, 27), Status.ON_TRACK, True),
        ("monthly", date(2025, 1, 1), Status.DONE, False),  # nobody need write of what is done
        ("monthly", None, Status.OVERDUE, False),  # the status says that there is none
    ],
)
def test_silence_is_longer_than_the_cadence(cadence, last_note, status, silent):
    assert line(cadence, last_note, status).is_silent(TODAY) is silent


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ("2026-03-01", "as it stood on 1 March 2026"),
        ("2026-05-12", ""),
        ("2026-05-13", ""),  # what is to come is not known
        ("2026-02-31", ""),
        ("yesterday", ""),
        ("", ""),
    ],
)
def test_only_a_day_that_has_been_is_shown(time_machine, signed_in, asked, shown):
    time_machine.move_to("2026-05-12 09:00Z")
    boss = head()
    accepted(boss)
    page = signed_in(boss).get(reverse("plan"), {"on": asked})
    assert page.status_code == 200
    words = " ".join(page.content.decode().split())
    assert shown in words
    assert ("as it stood on" in words) is bool(shown)
