"""What needs me today."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from waypost.access import log
from waypost.access.asking import asking
from waypost.access.deputies import acting_for
from waypost.access.models import Staff
from waypost.access.permissions import Permission
from waypost.access.require import needs_children
from waypost.casework import countersign
from waypost.casework.alongside import panels as alongside
from waypost.casework.referral_panels.panels import seat_lines
from waypost.desk.team import FIRST, LISTS, MOST_TODAY, Overview, team_of
from waypost.desk.today import mine
from waypost.governance import panels
from waypost.people.drafts import panels as drafts
from waypost.people.need_to_know.reviewing import reasons
from waypost.people.need_to_know.today import today as need_to_know
from waypost.ui.listing import PER_PAGE, Column, Listing, listing

FEW = 10  # lines of a list on a page that has several
CASELOAD = [
    Column("Child"),
    Column("Order and end"),
    Column("How often"),
    Column("Contacts, 4 weeks"),
    Column("Next seen"),
    Column("Own words"),
    Column("Late"),
]


MONDAY = [
    Column("Child"),
    Column("What"),
    Column("Worker"),
    Column("Due"),
    Column("Working days left"),
    Column("Days used"),
    Column("Why it is where it is"),
    Column("Do"),
]
GAPS = [
    Column("Child"),
    Column("Worker"),
    Column("The plan says"),
    Column("Last seen"),
    Column("Kept, 4 weeks"),
    Column("Four weeks, and the next", width="w20"),
    Column("Why"),
    Column("Do"),
]
WORKERS = [Column("Worker"), Column("Children"), Column("Things late"), Column("Contacts kept, 4 weeks")]
REASONS = [
    Column("Who, and whose"),
    Column("When"),
    Column("Reason given", width="w30"),
    Column("What is known"),
    Column("Do"),
]


@require_safe
def today(request: HttpRequest) -> HttpResponse:
    """Worst first, each line with its reason and one thing to do; ‘nothing new’ is said."""
    now, on = timezone.now(), timezone.localdate()
    asking(request.user, at=now)
    found, waiting = panels.improvement(request.user, on), need_to_know(request.user, now)
    waiting += countersign.today_lines(request.user, now)  # type: ignore[arg-type]
    own, going = mine(request.user, now), drafts.warned(request.user, now)  # type: ignore[arg-type]
    overview = team_of(request.user, now, MOST_TODAY) if request.user.may(Permission.GIVE_ACCESS) else None  # type: ignore[union-attr]
    lists = _lists(overview, {}, FIRST) if overview else {}
    sitting, read_from = seat_lines(request.user, now), alongside.lines(request.user)  # type: ignore[arg-type]
    about = [line.about for line in waiting if line.about] + [line.child.pk for line in going if line.child]
    stands_in_for = _stands_in_for(request, overview, now) if overview else None
    listed = [*own.shown, *found.shown, *about, *_named(lists)]
    log.viewed(request, "desk.today", listed=listed, on_behalf_of=stands_in_for)
    context = {"improvement": found, "mine": own, "waiting": waiting, "going": going, "on": on, "team": overview}
    more = {"lists": lists, "caseload_columns": CASELOAD, "sitting": sitting, "alongside": read_from}
    return render(request, "desk/today.html", context | more)


@require_safe
@needs_children(Permission.GIVE_ACCESS)
def team(request: HttpRequest) -> HttpResponse:
    """The lists of a team, each worst first; one of them whole where the address asks for it."""
    now, asked = timezone.now(), request.GET.dict()
    overview = team_of(request.user, now, asked=asked)  # type: ignore[arg-type]
    lists, opened = _lists(overview, asked), reasons(request.user, now)  # type: ignore[arg-type]
    about = [one.child.pk for one in opened.waiting[:FEW]]
    stands_in_for = _stands_in_for(request, overview, now)
    log.viewed(request, "desk.team", listed=[*_named(lists), *about], on_behalf_of=stands_in_for)
    columns = {"monday": MONDAY, "gaps": GAPS, "workers": WORKERS, "reasons": REASONS}
    context = {"team": overview, "lists": lists, "reasons": opened, "few": FEW, "on": timezone.localdate()}
    return render(request, "desk/team.html", context | {"columns": columns, "whole": _whole(asked)})


def _stands_in_for(request: HttpRequest, overview: Overview, at: datetime) -> Staff | None:
    """The manager whose lists a deputy reads: the log names both."""
    by: Staff = request.user  # type: ignore[assignment]
    return acting_for(by, Permission.GIVE_ACCESS, at=at, team=overview.team)


def _whole(asked: dict[str, str]) -> str:
    return asked["list"] if asked.get("list") in LISTS else ""


def _lists(overview: Overview, asked: dict[str, str], keys: Sequence[str] = LISTS) -> dict[str, Listing]:
    """The first few of each, or the one that is asked for, a page at a time."""
    whole = _whole(asked)
    return {
        key: listing(rows, len(rows), asked if key == whole else {}, PER_PAGE if key == whole else FEW)
        for key, rows in overview.lists([whole] if whole else keys).items()
    }


def _named(lists: dict[str, Listing]) -> list[UUID]:
    return [row.about for one in lists.values() for row in one.rows if row.about]
