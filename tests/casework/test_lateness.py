"""Why something is late: given by a person once its day has gone by, said otherwise later, never lost."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.factories import service, staff
from tests.people.children import as_seen_by, child
from waypost.casework.tasks import actions
from waypost.casework.tasks.models import Lateness, Task
from waypost.casework.tasks.rules import why_not_say_late
from waypost.kernel.ids import new_id
from waypost.kernel.lists import load
from waypost.kernel.refusal import Refused

DUE = date(2026, 11, 20)
BEFORE, AFTER = DUE - timedelta(days=1), DUE + timedelta(days=1)
IN_TIME = "It was done in time."
NOT_LATE = "It is not late. A reason is given once its day has gone by."


@pytest.mark.parametrize(
    ("reason", "words", "done", "today", "why_not"),
    [
        ("child_missed", "", None, AFTER, None),
        ("child_missed", "", None, DUE, NOT_LATE),
        ("child_missed", "", None, BEFORE, NOT_LATE),
        ("child_missed", "", AFTER, AFTER, None),  # done late has a reason too
        ("child_missed", "", DUE, AFTER, IN_TIME),
        ("child_missed", "", BEFORE, AFTER, IN_TIME),
        ("", "", None, AFTER, "Choose why it is late."),
        ("other", "", None, AFTER, "Say more: the reason chosen says too little."),
        ("other", "A flood.", None, AFTER, None),
    ],
)
def test_when_a_reason_may_be_given(reason, words, done, today, why_not):
    assert why_not_say_late(reason, words, due=DUE, done=done, today=today) == why_not


def test_what_lies_with_the_service_is_not_excused():
    codes = load("late_reasons")
    excused = {code.key for code in codes if code.flag("excused")}
    assert excused == {"child_missed", "child_away", "interpreter", "told_late"}


def late_task(ellis, worker, days=3) -> Task:
    as_seen_by(worker)
    today = timezone.localdate()
    return actions.put(
        ellis.person,
        key="assessment",
        title="Assessment",
        due=today - timedelta(days=days),
        starts=today - timedelta(days=20),
        source=("person", None),
        by=worker,
        at=timezone.now(),
        once=new_id(),
    )


def say(task, worker, reason, words=""):
    return actions.say_why_late(task, reason=reason, words=words, by=worker, at=timezone.now())


@pytest.mark.django_db
class TestSaid:
    def test_what_was_said_before_stays_behind_it(self) -> None:
        worker = staff("practitioner")
        task = late_task(child(worker), worker)
        say(task, worker, "workload")
        say(task, worker, "child_missed", "Twice.")
        rows = Lateness.objects.order_by("at")
        assert [(one.reason, one.replaced_at is None) for one in rows] == [("workload", False), ("child_missed", True)]

    def test_the_same_said_twice_is_said_once(self) -> None:
        worker = staff("practitioner")
        task = late_task(child(worker), worker)
        assert say(task, worker, "workload") == say(task, worker, "workload")
        assert Lateness.objects.count() == 1

    def test_the_database_holds_one_reason_for_each(self) -> None:
        worker = staff("practitioner")
        task = late_task(child(worker), worker)
        say(task, worker, "workload")
        with pytest.raises(IntegrityError, match="one_reason_why_a_task_is_late"), transaction.atomic():
            Lateness.objects.create(task=task, person=task.person, reason="other", by=worker, at=timezone.now())

    def test_what_is_not_late_has_no_reason(self) -> None:
        worker = staff("practitioner")
        task = late_task(child(worker), worker, days=0)
        with pytest.raises(Refused, match="It is not late"):
            say(task, worker, "workload")

    def test_the_page_asks_and_the_task_says_it(self) -> None:
        service()
        worker = staff("practitioner")
        ellis = child(worker)
        task = late_task(ellis, worker)
        client = Client()
        client.force_login(worker)
        where = reverse("task", kwargs={"pk": ellis.pk, "task": task.pk})
        asks = reverse("task_late", kwargs={"pk": ellis.pk, "task": task.pk})
        assert f'href="{asks}">Say why it is late</a>' in client.get(where).content.decode()
        assert client.post(asks, {"reason": ""}).status_code == 422
        answer = client.post(asks, {"reason": "other"})
        assert answer.status_code == 409 and "Say more" in answer.content.decode()
        assert client.post(asks, {"reason": "interpreter", "words": "Three rang."}).status_code == 302
        page = client.get(where).content.decode()
        assert "No interpreter could be found. Three rang." in page and worker.name in page
        assert "Said so far" in client.get(asks).content.decode()
