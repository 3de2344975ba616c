"""What an agency may keep to itself, what it must share, and how somebody gets it when they need it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.factories import staff
from tests.people.children import OURS, Source, as_seen_by, example, held, posted, said, sealed
from waypost.access import opening
from waypost.access.models import Access, LogEntry, Staff
from waypost.kernel.days import is_working_day, last_day, midnight_after, working_days_after
from waypost.kernel.ids import new_id
from waypost.kernel.lists import load
from waypost.kernel.refusal import NotAllowed, NotFound, Refused
from waypost.people.models import Ask, Child, Entry, Health, Wall
from waypost.people.need_to_know import asked, holding_back
from waypost.people.need_to_know.today import today
from waypost.people.record import actions as record
from waypost.people.record.kinds import KINDS

pytestmark = pytest.mark.django_db
HEALTH = Source(agency="health", basis="crime_and_disorder_39")
WHY = "She fainted in my session and I must know what to do."
NONE = {"must_share": (), "bears_on_safety": False}


@pytest.fixture
def head() -> Staff:
    return staff("head_of_service")


@pytest.fixture
def worker() -> Staff:
    return staff("practitioner", name="Priya Nandakumar")


@pytest.fixture
def nurse() -> Staff:
    return staff("specialist", agency="health", name="Hazel Quayle")


@pytest.fixture
def ellis(worker: Staff, head: Staff, nurse: Staff) -> Child:
    found = held(worker, entered_by=head)
    opening.give(nurse, found.pk, Access.Basis.INVOLVED, at=timezone.now(), by=head)
    return found


@pytest.fixture
def note(ellis: Child, nurse: Staff) -> Health:
    return said(ellis, "health", nurse, source=HEALTH, words="Asthma, well controlled.")


def as_(by: Staff, deed: Callable[..., Any], *args: Any, **said: Any) -> Any:
    as_seen_by(by)
    return deed(*args, by=by, at=timezone.now(), **said)


def hold(note: Health, by: Staff, **said: Any) -> Wall:
    return as_(by, holding_back.hold_back, note, **{"subject": "physical_health", **NONE} | said)


def reads(who: Staff) -> int:
    as_seen_by(who)
    return Health.objects.count()


def test_a_specialist_keeps_a_thing_within_their_agency_with_what_stood_there_before(
    note: Health, worker: Staff, nurse: Staff, head: Staff
) -> None:
    as_seen_by(nurse)
    again = record.correct(note, example("health", words="Asthma."), source=HEALTH, by=nurse, at=timezone.now())
    hold(again, nurse)
    assert [reads(who) for who in (nurse, staff("specialist", agency="health"), worker, head)] == [2, 2, 0, 0]
    assert LogEntry.objects.filter(event="child.held_back", subject=note.person_id).count() == 1
    as_seen_by(worker)
    told = asked.held_back(Child.objects.get(), worker)
    assert [(one.subject, one.agency, one.reads_it, one.asked) for one in told] == [
        ("physical health", "Health", False, None)
    ]


@pytest.mark.parametrize("key", [code.key for code in load("must_share")])
def test_what_must_be_shared_is_never_held_back(key: str, note: Health, worker: Staff, nurse: Staff) -> None:
    with pytest.raises(Refused, match="must be shared") as refused:
        hold(note, nurse, must_share=[key])
    assert load("must_share").words(key)[1:] in refused.value.reason
    assert "Share it with the case manager" in refused.value.reason
    assert reads(worker) == 1


@pytest.mark.parametrize(
    ("said_of_safety", "words"),
    [(True, "bears on somebody’s safety is never held back"), (None, "Say whether anything in it bears")],
)
def test_what_bears_on_safety_is_never_held_back_and_nobody_is_asked_to_assume(
    said_of_safety: bool | None, words: str, note: Health, worker: Staff, nurse: Staff
) -> None:
    with pytest.raises(Refused, match=words):
        hold(note, nurse, bears_on_safety=said_of_safety)
    assert reads(worker) == 1


def test_what_else_is_not_held_back(ellis: Child, note: Health, worker: Staff, nurse: Staff, head: Staff) -> None:
    ours = said(ellis, "health", worker)
    alert = said(ellis, "alert", nurse, source=HEALTH)
    for statement, words in ((ours, "not your agency’s knowledge"), (alert, "never held back")):
        with pytest.raises(Refused, match=words):
            hold(statement, nurse)
    with pytest.raises(Refused, match="Choose what kind"):
        hold(note, nurse, subject="gossip")
    with pytest.raises(Refused, match="Only a specialist of another agency"):
        hold(ours, staff_of_ours(ellis, head))
    with pytest.raises(NotAllowed):
        hold(note, worker)
    hold(note, nurse)
    note.refresh_from_db()
    with pytest.raises(Refused, match="behind a wall already"):
        hold(note, nurse)
    assert Wall.objects.count() == 1


def staff_of_ours(ellis: Child, head: Staff) -> Staff:
    one = staff("specialist")
    opening.give(one, ellis.pk, Access.Basis.INVOLVED, at=timezone.now(), by=head)
    return one


def test_whoever_needs_it_asks_and_it_is_shared_with_everybody(
    note: Health, worker: Staff, nurse: Staff, head: Staff
) -> None:
    wall = hold(note, nurse)
    asks = [as_(who, holding_back.ask_held_back, wall, reason=WHY) for who in (worker, head)]
    with pytest.raises(Refused, match="asked already"):
        as_(worker, holding_back.ask_held_back, wall, reason=WHY)
    as_(nurse, holding_back.answer_held_back, asks[0], share=True)
    assert [reads(who) for who in (worker, head)] == [1, 1]
    assert {one.answer for one in Ask.objects.all()} == {"shared"}
    with pytest.raises(Refused, match="not held back any more"):
        as_(worker, holding_back.ask_held_back, wall, reason=WHY)
    with pytest.raises(Refused, match="answered already"):
        as_(nurse, holding_back.answer_held_back, asks[1], share=True)


def test_it_is_kept_only_with_a_reason_and_the_question_of_safety_answered_again(
    note: Health, worker: Staff, nurse: Staff
) -> None:
    wall = hold(note, nurse)
    ask = as_(worker, holding_back.ask_held_back, wall, reason=WHY)
    keep = {"share": False, "words": "It is of no use to you, and she asked me.", **NONE}
    for said_, words in (
        (keep | {"words": "No."}, "Say why it stays"),
        (keep | {"bears_on_safety": None}, "Say whether anything in it bears"),
        (keep | {"bears_on_safety": True}, "never held back"),
        (keep | {"must_share": ["weapon"]}, "must be shared"),
    ):
        with pytest.raises(Refused, match=words):
            as_(nurse, holding_back.answer_held_back, ask, **said_)
    as_(nurse, holding_back.answer_held_back, ask, **keep)
    assert reads(worker) == 0
    again = as_(worker, holding_back.ask_held_back, wall, reason=WHY)
    assert again.pk != ask.pk


@pytest.mark.parametrize("role", ["business_support", "auditor", "panel_coordinator", "performance_officer"])
def test_who_does_not_work_with_children_does_not_ask(role: str, note: Health, nurse: Staff) -> None:
    wall = hold(note, nurse)
    with pytest.raises(NotAllowed):
        as_(staff(role), holding_back.ask_held_back, wall, reason=WHY)


def test_asking_and_answering_have_their_walls(
    note: Health, ellis: Child, worker: Staff, nurse: Staff, head: Staff
) -> None:
    wall, other = hold(note, nurse), staff("practitioner")
    with pytest.raises(NotFound):
        as_(other, holding_back.ask_held_back, wall, reason=WHY)
    with pytest.raises(Refused, match="Your agency keeps this"):
        as_(nurse, holding_back.ask_held_back, wall, reason=WHY)
    ask = as_(worker, holding_back.ask_held_back, wall, reason=WHY)
    teacher = staff("specialist", agency="education")
    opening.give(teacher, ellis.pk, Access.Basis.INVOLVED, at=timezone.now(), by=head)
    with pytest.raises(Refused, match="Only the agency that keeps this"):
        as_(teacher, holding_back.answer_held_back, ask, share=True)
    as_seen_by(head)
    sealed(ellis, worker, head, by=head)
    as_seen_by(nurse)
    assert not Ask.objects.exists()
    with pytest.raises(NotFound):
        holding_back.answer_held_back(ask, share=True, by=nurse, at=timezone.now())


def test_an_ask_that_is_not_answered_in_two_working_days_is_a_managers(
    note: Health, worker: Staff, nurse: Staff
) -> None:
    wall = hold(note, nurse)
    ask = as_(worker, holding_back.ask_held_back, wall, reason=WHY)
    assert ask.due == working_days_after(timezone.localdate(), 2)
    manager = staff("manager")

    def lines(who: Staff, days: int) -> list[tuple[str, bool]]:
        as_seen_by(who)
        due_noon = datetime.combine(ask.due, datetime.min.time(), tzinfo=UTC) + timedelta(days=days, hours=12)
        return [(line.do, line.late) for line in today(who, due_noon) if line.do in ("Answer", "See what was asked")]

    assert (lines(nurse, 0), lines(manager, 0)) == ([("Answer", False)], [])
    assert (lines(nurse, 1), lines(manager, 1)) == ([("Answer", True)], [("See what was asked", True)])


@pytest.mark.parametrize(
    ("asked_on", "due"),
    [
        (date(2026, 5, 11), date(2026, 5, 13)),  # Monday: Wednesday
        (date(2026, 5, 8), date(2026, 5, 12)),  # Friday: Tuesday
        (date(2026, 12, 24), date(2026, 12, 30)),  # Boxing Day is a Saturday, so Monday is a bank holiday too
        (date(2026, 4, 2), date(2026, 4, 8)),  # before Easter
    ],
)
def test_two_working_days_in_england_and_wales(asked_on: date, due: date) -> None:
    assert working_days_after(asked_on, 2) == due
    assert is_working_day(due)


def test_a_day_ends_at_midnight_in_london() -> None:
    assert midnight_after(date(2026, 7, 14)) == datetime(2026, 7, 14, 23, tzinfo=UTC)
    assert last_day(midnight_after(date(2026, 7, 14))) == date(2026, 7, 14)


# Not for the police, and intelligence ---------------------------------------------------------------------------------


def test_a_statement_is_said_behind_a_wall_that_the_writer_reads(ellis: Child, worker: Staff, head: Staff) -> None:
    officer = staff("specialist", agency="police")
    opening.give(officer, ellis.pk, Access.Basis.INVOLVED, at=timezone.now(), by=head)
    teacher = staff("specialist", agency="education")
    opening.give(teacher, ellis.pk, Access.Basis.INVOLVED, at=timezone.now(), by=head)
    said(ellis, "entry", worker, wall=as_(worker, holding_back.not_to_police, ellis))
    said(ellis, "entry", officer, wall=as_(officer, holding_back.intelligence, ellis))

    def entries(who: Staff) -> int:
        as_seen_by(who)
        return Entry.objects.count()

    assert [entries(who) for who in (worker, head, officer, teacher)] == [2, 2, 1, 1]
    with pytest.raises(Refused, match="You could not read this yourself"):
        as_(officer, holding_back.not_to_police, ellis)
    with pytest.raises(Refused, match="You could not read this yourself"):
        as_(teacher, holding_back.intelligence, ellis)


def test_the_form_offers_the_walls_its_writer_reads(
    signed_in: Callable[[Staff], Client], ellis: Child, worker: Staff
) -> None:
    page = reverse("child_say", kwargs={"pk": ellis.pk, "kind": "entry"})
    client = signed_in(worker)
    assert "Who must not read this" in client.get(page).text
    assert client.post(page, posted("entry") | {"keep_from": "not_to_police"}).status_code == 302
    as_seen_by(worker)
    assert [one.wall.kind for one in Entry.objects.select_related("wall")] == ["not_to_police"]
    assert client.post(page, posted("entry", title="", words="") | {"keep_from": "not_to_police"}).status_code == 409
    twice = posted("entry") | {"keep_from": "not_to_police"}
    assert [client.post(page, twice).status_code for _ in range(2)] == [302, 302]
    assert (Entry.objects.count(), Wall.objects.count()) == (2, 2), "a refused or repeated post leaves no wall behind"


def test_one_who_reads_no_wall_is_offered_none(signed_in: Callable[[Staff], Client], ellis: Child, head: Staff) -> None:
    officer = staff("specialist", agency="police")
    opening.give(officer, ellis.pk, Access.Basis.INVOLVED, at=timezone.now(), by=head)
    page = signed_in(officer).get(reverse("child_say", kwargs={"pk": ellis.pk, "kind": "entry"}))
    assert "police intelligence" in page.text
    assert 'value="not_to_police"' not in page.text


def test_the_pages_hold_back_ask_and_answer(
    signed_in: Callable[[Staff], Client], ellis: Child, note: Health, worker: Staff, nurse: Staff
) -> None:
    keep = reverse("hold_back", kwargs={"pk": ellis.pk, "kind": "health", "statement": note.pk})
    client = signed_in(nurse)
    unanswered = client.post(keep, {"subject": "physical_health"})
    assert (unanswered.status_code, "Nobody can answer that for you" in unanswered.text) == (422, True)
    assert client.post(keep, {"subject": "physical_health", "bears_on_safety": "no"}).status_code == 302

    as_seen_by(worker)
    wall = Wall.objects.get()
    theirs = signed_in(worker)
    asking_page = reverse("ask_held_back", kwargs={"pk": ellis.pk, "wall": wall.pk})
    assert asking_page in theirs.get(reverse("child_access", kwargs={"pk": ellis.pk})).text
    assert theirs.post(asking_page, {"reason": WHY}).status_code == 302
    assert "You asked" in theirs.get(reverse("held_back_asks")).text

    answer = reverse("held_back_answer", kwargs={"pk": Ask.objects.get().pk})
    assert answer in client.get(reverse("today")).text
    assert client.post(answer, {"answer": "keep", "bears_on_safety": "yes", "words": WHY}).status_code == 422
    assert client.post(answer, {"answer": "share"}).status_code == 302
    assert reads(worker) == 1
    assert record.say(
        ellis.person, KINDS["entry"], example("entry"), source=OURS, by=worker, at=timezone.now(), once=new_id()
    )
