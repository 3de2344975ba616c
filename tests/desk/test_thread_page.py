"""The thread on the child’s page, drawn of what the record holds; and what is to be put right beside what is due."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.factories import staff
from tests.people.children import said as say
from tests.quality.test_readiness import FROM_CHILD, a_case, a_factor, a_plan, gone_through, signed
from waypost.access.models import Staff
from waypost.casework.models import Evidence, Objective

pytestmark = pytest.mark.django_db


@pytest.fixture
def head() -> Staff:
    return staff("head_of_service")


@pytest.fixture
def worker() -> Staff:
    return staff()


def page_of(client: Any, child: Any) -> str:
    return client.get(reverse("child", kwargs={"pk": child.pk})).content.decode()


def test_a_factor_and_an_objective_stand_on_one_strand(
    worker: Staff, head: Staff, signed_in: Callable[[Any], Any]
) -> None:
    ellis = a_case(worker, head)
    entry = say(ellis, "entry", head, source=FROM_CHILD, own_words="School’s done with me.", since=timezone.localdate())
    plan = a_plan(ellis, worker, head, "change", answers=a_factor(ellis, worker))
    Objective.objects.filter(plan=plan).update(said_in=entry.pk)
    page = page_of(signed_in(worker), ellis)
    assert "Ellis Marden’s thread" in page or "Ellis’s thread" in page
    assert "Going to school or work" in page and "Go to the workshop twice a week" in page
    assert "No session planned" in page and "is cut" in page


def test_the_words_an_answer_rests_on_are_behind_the_factor(
    worker: Staff, head: Staff, signed_in: Callable[[Any], Any]
) -> None:
    ellis = a_case(worker, head)
    entry = say(ellis, "entry", head, source=FROM_CHILD, own_words="I never go.", since=timezone.localdate())
    a_factor(ellis, worker)
    made = signed(ellis, worker, head)
    Evidence.objects.create(
        person=ellis.person, assessment=made, question="goes", kind="entry", of=entry.pk, by=worker, at=timezone.now()
    )
    about = [question.key for question in made.of_form if question.factor == "attendance"]
    Evidence.objects.update(question=about[0])
    page = page_of(signed_in(worker), ellis)
    assert "No words of the child" not in page and "I never go." in page


def test_nothing_assessed_and_nothing_planned_draws_no_thread(
    worker: Staff, head: Staff, signed_in: Callable[[Any], Any]
) -> None:
    assert "thread</h2>" not in page_of(signed_in(worker), a_case(worker, head))


def test_the_worst_three_are_named_and_the_others_counted(
    worker: Staff, head: Staff, signed_in: Callable[[Any], Any]
) -> None:
    ellis = a_case(worker, head, days=200)
    gone_through(head)
    page = page_of(signed_in(worker), ellis)
    assert "To be put right" in page and "Why it matters, and what to do" in page and "other things" in page


def test_who_may_not_read_the_plan_sees_neither(worker: Staff, head: Staff, signed_in: Callable[[Any], Any]) -> None:
    ellis = a_case(worker, head)
    a_factor(ellis, worker)
    gone_through(head)
    page = page_of(signed_in(staff("performance_officer")), ellis)
    assert "To be put right" not in page and "Going to school or work" not in page
