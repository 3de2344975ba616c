"""Words that changed nothing yet, what came of them, and harm that was told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.factories import staff
from tests.people.children import OURS, as_seen_by, child, held, said, sealed
from waypost.access.models import Staff
from waypost.casework.models import Because, HarmTold, Task
from waypost.casework.voice import actions, panels, rules
from waypost.kernel.ids import new_id
from waypost.kernel.refusal import NotAllowed, Refused
from waypost.people.record import actions as record
from waypost.people.record.entries import Entry
from waypost.people.record.kinds import KINDS
from waypost.people.record.models import Child

LONDON = ZoneInfo("Europe/London")
NOON = datetime(2026, 5, 12, 12, tzinfo=LONDON)


def words(of: Child, by: Staff, own: str = "I never go.", who: str = "child", days: int = 5) -> Entry:
    since = timezone.localdate() - timedelta(days=days)
    found: Any = said(of, "entry", by, source=replace(OURS, said_by=who), own_words=own, since=since)
    return found


def corrected(entry: Entry, by: Staff) -> None:
    told = KINDS["entry"].said_of(entry) | {"title": "By telephone"}
    record.correct(entry, told, source=replace(OURS, said_by="child"), by=by, at=timezone.now())


# Rules ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("words", ["", "Noted.", "nothing", "Discussed", "We talked."])
def test_what_changes_nothing_is_not_said_to_have(words: str) -> None:
    assert rules.why_not_because(words)


def test_what_is_different_now_is() -> None:
    assert rules.why_not_because("His mornings are at the workshop now.") is None


@pytest.mark.parametrize(
    ("moment", "fits"),
    [
        (NOON, False),
        (NOON + timedelta(minutes=1), True),
        (datetime(2026, 5, 12, 23, 59, tzinfo=LONDON), True),
        (NOON + timedelta(hours=24), True),
        (NOON + timedelta(hours=25), False),
    ],
)
def test_harm_is_acted_on_today_or_within_a_day(moment: datetime, fits: bool) -> None:
    assert (rules.why_not_act_by(moment, now=NOON) is None) is fits


@pytest.mark.parametrize(
    ("now", "first"),
    [
        (NOON, datetime(2026, 5, 12, 16, tzinfo=LONDON)),
        (datetime(2026, 5, 12, 22, 30, tzinfo=LONDON), datetime(2026, 5, 12, 23, 59, tzinfo=LONDON)),
    ],
)
def test_the_time_that_is_offered(now: datetime, first: datetime) -> None:
    assert rules.act_by_at_first(now) == first


# Kept -----------------------------------------------------------------------------------------------------------------


@pytest.fixture
def head(db: None) -> Staff:
    return staff("head_of_service")


@pytest.fixture
def worker(db: None) -> Staff:
    return staff()


def listed(by: Staff) -> list[str]:
    as_seen_by(by)
    return [one.of.own_words for one in panels.unanswered(by, timezone.now(), {})[0]]


def because(of: Entry, by: Staff, what: str = "His mornings are at the workshop now.", **more: Any) -> Because:
    return actions.because(of, what, by=by, at=timezone.now(), **{"once": new_id()} | more)


class TestTheList:
    def test_the_childs_own_first_then_the_oldest(self, worker: Staff, head: Staff) -> None:
        ellis = held(worker, entered_by=head)
        words(ellis, head, "He is not himself.", "carer", 40)
        words(ellis, head, "Second.", days=10)
        words(ellis, head, "First.", days=20)
        assert listed(worker) == ["First.", "Second.", "He is not himself."]

    def test_what_came_of_words_takes_them_off(self, worker: Staff, head: Staff) -> None:
        ellis = held(worker, entered_by=head)
        entry = words(ellis, head)
        because(entry, worker)
        assert listed(worker) == []

    def test_only_of_children_one_answers_for(self, worker: Staff, head: Staff) -> None:
        words(held(worker, entered_by=head), head, "Mine.")
        words(held(staff(), entered_by=head, given="Bryony"), head, "Another’s.")
        assert listed(worker) == ["Mine."] and len(listed(head)) == 2

    def test_a_sealed_record_is_not_among_them(self, worker: Staff, head: Staff) -> None:
        ellis = held(worker, entered_by=head)
        words(ellis, head)
        sealed(ellis, head, by=head)
        assert listed(worker) == []

    def test_as_many_questions_for_twelve_as_for_one(
        self, worker: Staff, head: Staff, signed_in: Callable[[Any], Any]
    ) -> None:
        client = signed_in(worker)

        def asked() -> int:
            client.get(reverse("voice"))
            with CaptureQueriesContext(connection) as queries:
                assert client.get(reverse("voice")).status_code == 200
            return len(queries)

        words(held(worker, entered_by=head), head)
        first = asked()
        for n in range(11):
            words(held(worker, entered_by=head, given=f"Child{n}"), head)
        assert asked() == first


class TestWhatCameOfThem:
    def test_said_again_it_takes_the_place_of_what_was_said(self, worker: Staff, head: Staff) -> None:
        entry = words(held(worker, entered_by=head), head)
        because(entry, worker)
        because(entry, worker, "The plan has a mentor in it now.")
        assert [one.words for one in Because.objects.current()] == ["The plan has a mentor in it now."]
        assert Because.objects.count() == 2

    def test_sent_twice_it_is_one(self, worker: Staff, head: Staff) -> None:
        entry, once = words(held(worker, entered_by=head), head), new_id()
        assert because(entry, worker, once=once).pk == because(entry, worker, once=once).pk

    def test_it_stays_with_an_entry_that_is_corrected(self, worker: Staff, head: Staff) -> None:
        entry = words(held(worker, entered_by=head), head)
        because(entry, worker)
        corrected(entry, head)
        assert listed(worker) == []

    def test_of_an_entry_that_was_corrected_meanwhile_it_is_refused(self, worker: Staff, head: Staff) -> None:
        entry = words(held(worker, entered_by=head), head)
        corrected(entry, head)
        with pytest.raises(Refused, match="meanwhile"):
            because(entry, worker)

    def test_who_may_not_write_may_not_say_it(self, worker: Staff, head: Staff) -> None:
        entry = words(held(worker, entered_by=head), head)
        with pytest.raises(NotAllowed):
            because(entry, staff())

    def test_of_an_entry_with_nobodys_words_there_is_nothing_to_say(self, worker: Staff, head: Staff) -> None:
        ellis = held(worker, entered_by=head)
        entry: Any = said(ellis, "entry", head, since=date(2026, 1, 5))
        with pytest.raises(Refused, match="own words"):
            because(entry, worker)


class TestHarm:
    def told(self, of: Entry, by: Staff) -> HarmTold:
        now = timezone.now()
        return actions.act_on_harm(of, now + timedelta(minutes=30), by=by, at=now, once=new_id())

    def test_a_manager_is_told_first_of_all_and_by_when(self, worker: Staff, head: Staff) -> None:
        entry = words(held(worker, entered_by=head), head, "He hits me.")
        made = self.told(entry, worker)
        task = Task.objects.get(pk=made.task_id)
        assert (task.key, task.role) == ("less_safe", "manager")
        assert "He hits me" not in f"{task.title} {task.why}"
        assert listed(worker) == [], "it is no longer among words that changed nothing: somebody acts"

    def test_told_twice_it_is_one(self, worker: Staff, head: Staff) -> None:
        entry = words(held(worker, entered_by=head), head)
        assert self.told(entry, worker).pk == self.told(entry, worker).pk
        assert Task.objects.filter(key="less_safe").count() == 1


class TestPages:
    def test_from_the_list_to_what_changed(self, worker: Staff, head: Staff, signed_in: Callable[[Any], Any]) -> None:
        ellis = held(worker, entered_by=head)
        entry = words(ellis, head)
        client = signed_in(worker)
        where = {"pk": ellis.pk, "entry": entry.pk}
        assert reverse("words_because", kwargs=where) in client.get(reverse("voice")).content.decode()
        posted = {"once": str(new_id()), "words": "His mornings are at the workshop now."}
        page = client.post(reverse("words_because", kwargs=where), posted, follow=True).content.decode()
        assert "Changed: His mornings are at the workshop now." in page
        assert client.post(reverse("words_because", kwargs=where), posted | {"once": str(new_id()), "words": "Noted"}).status_code == 409  # fmt: skip

    def test_of_another_childs_entry_there_is_no_page(
        self, worker: Staff, head: Staff, signed_in: Callable[[Any], Any]
    ) -> None:
        entry = words(child(head), head)
        mine = held(worker, entered_by=head)
        for name in ("words_because", "words_harm"):
            address = reverse(name, kwargs={"pk": mine.pk, "entry": entry.pk})
            assert signed_in(worker).get(address).status_code == 404
