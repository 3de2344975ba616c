"""What the record says of many open cases, read together: a fixed number of queries, however many cases there are.

Read as the database lets whoever asks read: of a sealed record nobody but those named on it learns anything here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Exists, Max, Min, OuterRef, Q, QuerySet
from django.utils import timezone

from waypost.access.models import Access
from waypost.casework.cases.models import Consent, ExitPlan, ExpectedContact, Involvement, Oversight, TransitionStep
from waypost.casework.contacts import expected
from waypost.casework.contacts.models import Came, Contact
from waypost.casework.contacts.panels import SEEN, TOOK_PLACE
from waypost.casework.court.models import Remand
from waypost.casework.court.rules import Remand as RemandOf
from waypost.casework.court.rules import looked_after
from waypost.casework.models import Origin
from waypost.casework.outcomes.panels import Order, orders
from waypost.casework.tasks.models import Lateness, Task
from waypost.casework.voice.panels import changed_nothing
from waypost.kernel.lists import load
from waypost.people.record.beside import current
from waypost.people.record.care import CareStatus, Education
from waypost.people.record.entries import Entry
from waypost.people.record.home import Harmed, WorksWith
from waypost.people.record.models import Child, on_day
from waypost.people.record.needs import Alert
from waypost.people.record.who import Birth
from waypost.quality.readiness import planned as about
from waypost.quality.readiness.cases import Cases, Row, cases_of, day_of, rows_of
from waypost.quality.readiness.facts import (
    Assessed,
    CaseFacts,
    Met,
    Said,
)

FOUR_WEEKS = timedelta(days=28)
LOOKED_BACK = timedelta(days=91)  # for what was missed and not followed up
WORDS_BACK = timedelta(days=183)
SAYS_WHAT_FOR = ("full", "out_of_court", "filed_national", "asset")  # forms that say what the work is for
SOCIAL_WORKER = "social worker"  # as a role is typed


def read(children: QuerySet[Child], at: datetime) -> list[CaseFacts]:
    """In some forty queries. `children`: those whom whoever asks may see."""
    on, cases = timezone.localdate(at), cases_of(children)
    if not cases.owner:
        return []
    began = _earliest(cases, current(Involvement).filter(until=None))
    given = _orders(cases, on)
    births = cases.first(rows_of(cases, current(Birth), "born"))
    holders, answers = _holders(cases, at), about.answering(cases)
    planned, assessed = about.plans(cases, answers), about.assessed(cases)
    factors = about.factors(cases, answers)
    said, met, waiting = _said(cases, on), _met(cases, began, at), _waiting(cases, on)
    flags, works = _flags(cases, on), about.works(cases, at)
    found = []
    for child in began:
        order = given.get(child)
        worker, team = holders.get(child, (None, None))
        found.append(
            CaseFacts(
                child=child,
                began=max(began[child], order.given.made) if order else began[child],
                team=team,
                worker=worker,
                born=births.get(child),
                answered_for=order is not None,
                ends=order.ends if order else None,
                factors=tuple(factors.get(child, ())),
                assessed=assessed.get(child, Assessed()),
                plan=planned.get(child),
                said=said.get(child, Said()),
                met=met.get(child, Met()),
                works=tuple(works.get(child, ())),
                **waiting.get(child, {}),
                **{name: of[child] for name, of in flags.items() if child in of},
            )
        )
    return found


def _earliest(cases: Cases, rows: QuerySet[Any]) -> dict[UUID, date]:
    found = cases.by(rows_of(cases, rows, "since"))
    return {child: min(since for _, since in of) for child, of in found.items()}


def _orders(cases: Cases, on: date) -> dict[UUID, Order]:
    """The latest that is open and for which somebody here answers."""
    found: dict[UUID, Order] = {}
    for order in orders([*cases.owner], whole=False):
        if order.is_answered_for and order.is_open(on):
            found.setdefault(cases.owner[order.of.person_id], order)
    return found


def _holders(cases: Cases, at: datetime) -> dict[UUID, tuple[UUID, UUID | None]]:
    rows = Access.objects.at(at).filter(basis=Access.Basis.ALLOCATED, child__in=cases.people)
    return {child: (staff, team) for child, staff, team in rows.values_list("child", "staff", "staff__team")}


# What was said, and who was seen --------------------------------------------------------------------------------------


def _said(cases: Cases, on: date) -> dict[UUID, Said]:
    own = current(Entry).exclude(own_words="").filter(said_by__in=("child", "carer"), person__in=cases.people)
    last: dict[UUID, dict[str, date]] = defaultdict(dict)
    for person, who, day in (
        own.values("person", "said_by").annotate(last=Max("since")).values_list("person", "said_by", "last")
    ):
        of = last[cases.owner[person]]
        of[who] = max(of.get(who, day), day)
    nothing = changed_nothing().filter(said_by="child", since__gte=on - WORDS_BACK).order_by("since")
    unanswered = cases.by(rows_of(cases, nothing, "since"))
    return {
        child: Said(of.get("child"), of.get("carer"), tuple(day for _, day in unanswered.get(child, ())))
        for child, of in last.items()
    }


def _met(cases: Cases, began: Mapping[UUID, date], at: datetime) -> dict[UUID, Met]:
    seen, coming = _last_seen(cases, at), _next_seen(cases, at)
    often = cases.by(rows_of(cases, current(ExpectedContact).order_by("-since"), "since", "level", "contacts", "weeks"))
    lately: dict[UUID, list[Row]] = cases.by(_lately(cases, at))
    on = timezone.localdate(at)
    return {
        child: Met(
            last_seen=seen.get(child),
            next_seen=coming.get(child),
            missed=_missed(lately.get(child, ())),
            **_kept(often[child], lately.get(child, ()), on) if child in often else {},
        )
        for child in began
    }


def _last_seen(cases: Cases, at: datetime) -> dict[UUID, date]:
    ways = [way.key for way in load("contact_ways") if way.flag("seen")]
    there = Q(attendances__replaced_at=None, attendances__came__in=TOOK_PLACE)
    rows = Contact.objects.filter(there, who__contains=["child"], way__in=ways, starts__lte=at, dropped_at=None)
    found = rows.filter(person__in=cases.people).values("person").annotate(last=Max("starts"))
    return _per_child(cases, found.values_list("person", "last"), max)


def _next_seen(cases: Cases, at: datetime) -> dict[UUID, date]:
    rows = Contact.objects.filter(who__contains=["child"], starts__gt=at, dropped_at=None, person__in=cases.people)
    return _per_child(cases, rows.values("person").annotate(next=Min("starts")).values_list("person", "next"), min)


def _per_child(cases: Cases, rows: Iterable[Row], which: Any) -> dict[UUID, date]:
    return {child: which(day_of(moment) for _, moment in of) for child, of in cases.by(rows).items()}


def _lately(cases: Cases, at: datetime) -> Iterator[Row]:
    """Of the last three months what was recorded, the earliest first."""
    rows = Contact.objects.filter(
        attendances__replaced_at=None, attendances__isnull=False, starts__gte=at - LOOKED_BACK, starts__lte=at,
        dropped_at=None,
    )  # fmt: skip
    names = ("pk", "starts", "who", "attendances__came", "attendances__acceptable", "follows")
    return rows_of(cases, rows.order_by("starts"), *names)


def _missed(lately: Iterable[Row]) -> date | None:
    """The earliest contact that the child missed and after which nobody reached the child or a carer."""
    rows = [*lately]
    followed = {row[6] for row in rows if row[6]}
    reached = max((row[2] for row in rows if row[4] in TOOK_PLACE and SEEN & {*row[3]}), default=None)
    for _, pk, starts, who, came, _, _ in rows:
        if came == Came.MISSED and "child" in who and pk not in followed and (reached is None or reached < starts):
            return day_of(starts)
    return None


def _kept(often: list[Row], lately: Iterable[Row], on: date) -> dict[str, int]:
    began = min(since for _, since, *_ in often)
    plan = [expected.Planned(since, contacts, weeks) for _, since, _, contacts, weeks in often if contacts is not None]
    held = [
        expected.Contact(day_of(starts), _held(came, acceptable))
        for _, _, starts, who, came, acceptable, _ in lately
        if "child" in who and day_of(starts) > on - FOUR_WEEKS
    ]
    level = expected.load().get(often[0][2])
    seen = expected.seen(level, began, on - FOUR_WEEKS + timedelta(days=1), on, held, plan=plan)
    return {"kept": seen.kept + seen.excused, "expected": seen.expected}


def _held(came: str, acceptable: bool | None) -> expected.Held:
    if came in TOOK_PLACE:
        return expected.Held.KEPT
    if came == Came.CANCELLED:
        return expected.Held.CANCELLED_BY_US
    judged = {True: expected.Held.EXCUSED, False: expected.Held.MISSED, None: expected.Held.NOT_JUDGED}
    return judged[acceptable]


# What waits, and what is or is not there ------------------------------------------------------------------------------


def _waiting(cases: Cases, on: date) -> dict[UUID, dict[str, Any]]:
    """By the name of the fact: what is to be done, of the tasks that wait."""
    told = Exists(Lateness.objects.filter(task=OuterRef("pk"), replaced_at=None))
    rows = Task.objects.open().annotate(told=told).order_by("due", "at")
    found: dict[UUID, dict[str, Any]] = defaultdict(dict)
    for person, key, due, at, said in rows_of(cases, rows, "key", "due", "at", "told"):
        of = found[cases.owner[person]]
        if key in ("less_safe", "told_today"):
            of.setdefault(key, day_of(at))
        elif key == "tell_social_care":
            of.setdefault(key, due)
        if due < on and not said:
            of.setdefault("late", due)
    return found


def _flags(cases: Cases, on: date) -> dict[str, dict[UUID, Any]]:
    """By the name of the fact, the children of whom it is so."""
    nothing = [code.key for code in load("education_settings") if code.flag("nothing") and code.key != "not_known"]
    nowhere = current(Education).filter(on_day(on), setting__in=nothing).exclude(since=None)
    alerts = current(Alert).filter(until=None, review_by__lt=on).order_by("review_by")
    social = current(WorksWith).filter(on_day(on), role__icontains=SOCIAL_WORKER)
    harmed = current(Harmed).filter(child__in=cases.people).values_list("child")
    return {
        "consent": _there(cases, rows_of(cases, current(Consent).filter(on_day(on)))),
        "exit_plan": _there(cases, rows_of(cases, current(ExitPlan))),
        "harmed": _there(cases, harmed),
        "looked_after": _looked_after(cases, on),
        "social_worker": _there(cases, rows_of(cases, social)),
        "nowhere_since": cases.first(rows_of(cases, nowhere.order_by("since"), "since")),
        "alerts_due": {
            child: tuple(day for _, day in of) for child, of in cases.by(rows_of(cases, alerts, "review_by")).items()
        },
        "oversight": cases.first(rows_of(cases, current(Oversight).exclude(since=None).order_by("-since"), "since")),
        "steps_to_18": _there(cases, rows_of(cases, current(TransitionStep))),
        "imported": _imported(cases),
    }


def _there(cases: Cases, rows: Iterable[Row]) -> dict[UUID, bool]:
    return dict.fromkeys(cases.by(rows), True)


def _looked_after(cases: Cases, on: date) -> dict[UUID, bool]:
    """By a care status, or because of a remand."""
    bases = [code.key for code in load("care_bases") if code.flag("looked_after")]
    found = _there(cases, rows_of(cases, current(CareStatus).filter(on_day(on), care_basis__in=bases)))
    remands = cases.by(rows_of(cases, current(Remand).exclude(since=None), "kind", "since", "until"))
    for child, rows in remands.items():
        periods = looked_after(RemandOf(kind, since, until) for _, kind, since, until in rows)
        if any(since <= on and (until is None or on <= until) for since, until in periods):
            found[child] = True
    return found


def _imported(cases: Cases) -> dict[UUID, date]:
    """When the child was first read from another system."""
    rows = Origin.objects.filter(kind="child", written_at__isnull=False).order_by("written_at")
    return {child: day_of(moment) for child, moment in cases.first(rows_of(cases, rows, "written_at")).items()}
