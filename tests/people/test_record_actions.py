"""What is said about a child is added to, corrected beside what it was, and never said twice by one form."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from tests.factories import staff
from tests.people.children import EXAMPLES, OURS, as_seen_by, child, example, said, sealed
from waypost.access.models import LogEntry, Staff
from waypost.kernel.ids import new_id
from waypost.kernel.refusal import NotAllowed, Refused
from waypost.people.models import Address, Name, Person, Placement
from waypost.people.record import actions
from waypost.people.record.actions import Stale
from waypost.people.record.kinds import KINDS
from waypost.people.record.models import Child

pytestmark = pytest.mark.django_db


@pytest.fixture
def worker() -> Staff:
    return staff("practitioner")


def test_a_child_is_entered_with_a_name_a_birth_date_and_a_number(worker: Staff) -> None:
    ellis = child(worker)
    assert str(Name.objects.get(person=ellis.pk)) == "Ellis Marden"
    assert ellis.number.startswith(f"{timezone.localdate():%y}-")
    assert Child.objects.visible_to(worker, timezone.now()).get() == ellis
    assert LogEntry.objects.filter(subject=ellis.pk, event="child.entered").count() == 1


def test_one_form_posted_twice_is_one_child(worker: Staff) -> None:
    once = new_id()
    assert child(worker, once=once) == child(worker, once=once)
    assert Person.objects.count() == 1


@pytest.mark.parametrize("kind", sorted(EXAMPLES.keys() - {"birth", "relation"}))
def test_every_kind_is_said_and_corrected(kind: str, worker: Staff) -> None:
    ellis = child(worker)
    first = said(ellis, kind, worker)
    second = actions.correct(first, example(kind), source=OURS, by=worker, at=timezone.now(), once=new_id())
    assert [
        one.pk for one in KINDS[kind].model.objects.current().filter(person=ellis.pk) if one.pk in (first.pk, second.pk)
    ] == [second.pk]  # type: ignore[attr-defined]
    assert actions.earlier(second) == [first]
    assert actions.newest(first) == second


@pytest.mark.parametrize(
    ("kind", "fields", "words"),
    [
        ("name", {"given": " ", "family": ""}, "Enter a given name"),
        ("birth", {"born": date(2100, 1, 1)}, "Nobody is born after today"),
        ("birth", {"born": date(1800, 1, 1)}, "Nobody is over 120"),
        ("identifier", {"scheme": "nhs", "value": "123 456 7890"}, "NHS number"),
        ("contact", {"safe": "only_as_said"}, "Say how it is safe"),
        ("education", {"hours_offered": 5, "hours_attended": 9}, "More hours attended than offered"),
        ("alert", {"evidence": ""}, "Say what it rests on"),
        ("alert", {"review_by": None}, "Give a day after today"),
        ("alert", {"review_by": date(2199, 1, 1)}, "within six months"),
        ("entry", {"title": " ", "words": "", "own_words": " "}, "Write what happened"),
        ("entry", {"own_words": "“No.”"}, "Say whose"),
        ("entry", {"since": date(2190, 1, 1)}, "cannot be in the future"),
        ("address", {"since": date(2026, 3, 1), "until": date(2026, 2, 1)}, "The end is before the start"),
    ],
)
def test_what_cannot_be_is_refused_with_what_to_mend(
    kind: str, fields: dict[str, Any], words: str, worker: Staff
) -> None:
    ellis = child(worker)
    before = KINDS[kind].model.objects.count()
    with pytest.raises(Refused, match=words):
        said(ellis, kind, worker, **fields)
    assert KINDS[kind].model.objects.count() == before


def test_a_stale_form_saves_nothing_and_shows_both(worker: Staff) -> None:
    ellis = child(worker)
    first = said(ellis, "address", worker)
    theirs = actions.correct(first, example("address", lines="9 High Row"), source=OURS, by=worker, at=timezone.now())
    with pytest.raises(Stale) as refused:
        actions.correct(first, example("address", lines="2 Low Row"), source=OURS, by=worker, at=timezone.now())
    assert refused.value.newer == theirs
    assert {one.lines for one in Address.objects.current()} == {"9 High Row"}  # type: ignore[attr-defined]


def test_two_placements_at_one_time_are_refused(worker: Staff) -> None:
    ellis, day = child(worker), timezone.localdate()
    said(ellis, "placement", worker, since=day - timedelta(days=30), until=day - timedelta(days=10))
    second = said(ellis, "placement", worker, since=day - timedelta(days=9), until=None)
    overlapping = {"since": day - timedelta(days=12), "until": day - timedelta(days=11)}
    with pytest.raises(Refused, match="They are in another placement from"):
        said(ellis, "placement", worker, **overlapping)
    with pytest.raises(Refused, match="in another placement since"):
        said(ellis, "placement", worker, since=day - timedelta(days=1))
    longer = example("placement", since=day - timedelta(days=8))
    actions.correct(second, longer, source=OURS, by=worker, at=timezone.now())
    assert Placement.objects.current().count() == 2  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("kind", "fields", "words"),
    [
        ("placement", {}, "They are in another placement on some of these days"),
        ("birth", {}, "This is in the record already"),
        ("particular", {}, "This is in the record already"),
    ],
)
def test_what_two_people_say_at_once_is_refused_in_words_by_the_database(
    kind: str, fields: dict[str, Any], words: str, worker: Staff
) -> None:
    ellis = child(worker)
    if kind != "birth":
        said(ellis, kind, worker, **fields)
    kept = {"source": OURS, "by": worker, "at": timezone.now()}
    with pytest.raises(Refused, match=words):
        actions.write(KINDS[kind], ellis.person, example(kind, **fields), **kept)


def test_a_number_is_one_persons(worker: Staff) -> None:
    ellis = child(worker)
    said(ellis, "identifier", worker)
    with pytest.raises(Refused, match=f"Another record has this number: child {ellis.number}"):
        said(child(worker, given="Bryony"), "identifier", worker)


def test_a_number_of_a_sealed_record_says_whom_to_ring_and_no_more(worker: Staff) -> None:
    head = staff("head_of_service")
    hidden = child(head)
    said(hidden, "identifier", head)
    sealed(hidden, head, by=head)
    with pytest.raises(Refused, match="Ring the duty manager") as refused:
        said(child(worker, given="Bryony"), "identifier", worker)
    assert hidden.number not in refused.value.reason


def test_an_alert_whose_review_is_overdue_can_be_ended(worker: Staff) -> None:
    alert, today = said(child(worker), "alert", worker), timezone.localdate()
    type(alert).objects.update(review_by=today - timedelta(days=3))
    alert.refresh_from_db()
    ended = actions.end(alert, until=today, by=worker, at=timezone.now())
    assert (ended.until, ended.replaces_id, ended.words) == (today, alert.pk, alert.words)


@pytest.mark.parametrize(
    ("kind", "fields", "disclosure", "wall"),
    [
        ("entry", {}, "police_intelligence", "intelligence"),
        ("entry", {}, "victim", "victim"),
        ("entry", {}, "professionals", None),
        ("health", {}, "child", None),
    ],
)
def test_what_may_be_told_to_hardly_anybody_stands_behind_a_wall_from_the_first(
    kind: str, fields: dict[str, Any], disclosure: str, wall: str | None, worker: Staff
) -> None:
    ellis = child(worker)
    source = replace(OURS, disclosure=disclosure)
    actions.say(ellis.person, KINDS[kind], example(kind, **fields), source=source, by=worker, at=timezone.now())
    as_seen_by(staff("specialist", agency="health"))
    assert KINDS[kind].model.objects.exists() is (wall is None)


def test_nobody_writes_on_a_record_that_is_not_open_to_them(worker: Staff) -> None:
    ellis = child(worker)
    with pytest.raises(NotAllowed):
        said(ellis, "entry", staff("practitioner"))
    said(ellis, "address", staff("business_support"))
    with pytest.raises(Refused, match="Your role does not write about what happened"):
        said(ellis, "entry", staff("business_support"))
