"""Panels for tests: `panel(child, worker)` of a referral order, in ten days unless told otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.casework.casework import order
from tests.people.children import as_seen_by, document
from waypost.access.models import LogEntry, Staff
from waypost.casework.outcomes.models import Outcome
from waypost.casework.referral_panels import actions
from waypost.casework.referral_panels.actions import Planned
from waypost.casework.referral_panels.models import PanelMeeting, PanelPaper
from waypost.kernel.ids import new_id
from waypost.people.record.models import Child, Statement

PLACE = "Riverside library"


def referral(child: Child, by: Staff, days_ago: int = 14, **given: Any) -> Outcome:
    on = timezone.localdate() - timedelta(days=days_ago)
    return order(child, by, on, **({"type": "referral_order", "length": 6} | given))


def in_days(days: int, clock: int = 17) -> datetime:
    local = timezone.localtime() + timedelta(days=days)
    return local.replace(hour=clock, minute=0, second=0, microsecond=0)


def planned(
    days: int = 7, adviser: Staff | None = None, volunteers: Sequence[Staff] = (), place: str = PLACE
) -> Planned:
    return Planned(in_days(days), place, adviser, volunteers)


def panel(
    child: Child,
    by: Staff,
    *,
    days: int = 7,
    adviser: Staff | None = None,
    volunteers: Sequence[Staff] = (),
    kind: str = "first",
    of: Outcome | None = None,
    at: datetime | None = None,
) -> PanelMeeting:
    of = of or referral(child, by)
    as_seen_by(by)
    now = at or timezone.now()
    return actions.arrange(child, of, kind, planned(days, adviser, volunteers), by=by, at=now, once=new_id())


def held(meeting: PanelMeeting, days_ago: int = 1) -> PanelMeeting:
    """As if it had been arranged for a day that has gone by."""
    PanelMeeting.objects.filter(pk=meeting.pk).update(starts=in_days(-days_ago))
    meeting.refresh_from_db()
    return meeting


def papers(meeting: PanelMeeting, by: Staff, *documents: Statement) -> list[PanelPaper]:
    """These chosen; the report for the panel, if none is named."""
    as_seen_by(by)
    chosen = documents or (document(Child.objects.get(pk=meeting.person_id), by, "report.txt", kind="panel_report"),)
    as_seen_by(by)
    meeting.refresh_from_db()
    actions.choose_papers(meeting, chosen, revision=meeting.revision, by=by, at=timezone.now())  # type: ignore[arg-type]
    made = {paper.document_id: paper for paper in meeting.papers.now()}
    return [made[one.pk] for one in chosen]


def signed_in(person: Staff) -> Client:
    client = Client()
    client.force_login(person)
    return client


def text(answer) -> str:
    return " ".join(answer.content.decode().split())


def page(person: Staff) -> str:
    answer = signed_in(person).get(reverse("panels"))
    assert answer.status_code == 200
    return text(answer)


def take(person: Staff, paper: PanelPaper) -> int:
    where = {"pk": paper.meeting_id, "paper": paper.pk}
    answer = signed_in(person).get(reverse("panel_paper", kwargs=where))
    if answer.status_code == 200:
        assert b"".join(answer) == b"He reads well."
        assert answer.headers["Content-Disposition"].startswith("attachment")
    return answer.status_code


def events() -> list[str]:
    return list(LogEntry.objects.order_by("at").values_list("event", flat=True))


def changed(meeting: PanelMeeting, by: Staff, *, why: str = "The library is shut.", revision: int = 0, **given):
    as_seen_by(by)
    at = revision or meeting.revision
    return actions.change(meeting, planned(**given), why=why, revision=at, by=by, at=timezone.now(), once=new_id())


def result(meeting: PanelMeeting, by: Staff, result: str = "contract_agreed", instead_of: str = "", **given):
    as_seen_by(by)
    kept = {"words": "He chose the bike workshop.", "by": by, "at": timezone.now(), "once": new_id()} | given
    return actions.say_result(meeting, result=result, instead_of=instead_of, **kept)
