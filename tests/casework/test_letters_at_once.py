"""Two at once on one letter: posted twice it is one, sent twice it is sent once, and what is unsafe meanwhile is not made."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import transaction

from tests.casework import letters
from tests.factories import staff
from tests.governance.test_attack_at_once import overlapping
from tests.people.children import OURS, held, related, said
from tests.people.test_need_to_know_at_once import deed, seen
from waypost.access.models import Staff
from waypost.casework.letters import actions
from waypost.casework.letters.definitions import load
from waypost.casework.letters.models import Letter
from waypost.kernel.ids import new_id
from waypost.kernel.refusal import Refused
from waypost.people.models import Child, Entry
from waypost.people.record import actions as record
from waypost.people.record.kinds import KINDS
from waypost.people.removal import actions as removal

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def people() -> tuple[Staff, Staff]:
    return staff("manager"), staff("practitioner")


@pytest.fixture
def ellis(people: tuple[Staff, Staff]) -> Child:
    with transaction.atomic():
        return held(people[1], entered_by=people[0])


@pytest.fixture
def what(people: tuple[Staff, Staff], ellis: Child) -> actions.Written:
    with transaction.atomic():
        said(ellis, "contact", people[1])
        return letters.written(ellis, letters.to_come(ellis, people[1]))


def test_one_form_posted_twice_at_once_is_one_letter(people: Any, ellis: Child, what: actions.Written) -> None:
    _, worker = people
    post = deed(worker, actions.make, ellis, what, sender=letters.SENDER, once=new_id())
    overlapping(post, post)
    assert seen(worker, lambda: (Letter.objects.count(), Entry.objects.count())) == (1, 1)


def test_two_who_say_that_they_sent_it_leave_one_sending(people: Any, ellis: Child, what: actions.Written) -> None:
    boss, worker = people
    with transaction.atomic():
        made = letters.make(ellis, what, worker)
    _, second = overlapping(*(deed(who, actions.send, made) for who in (worker, boss)))
    assert isinstance(second, Refused) and "said already" in str(second)
    assert seen(worker, lambda: Entry.objects.filter(title__startswith="Text message sent").count()) == 1


@pytest.mark.parametrize("to", ["child", "mother"])
def test_a_way_said_to_be_unsafe_at_that_moment_is_obeyed(people: Any, ellis: Child, to: str) -> None:
    boss, worker = people
    with transaction.atomic():
        mother: Any = related(ellis, worker)
        detail = said(mother.other if to == "mother" else ellis, "contact", worker)
        unsafe = KINDS["contact"].said_of(detail) | {"safe": "not_safe", "words": "His brother has it."}
        given = {"to": str(mother.pk), "type": load()["carer_appointment"]} if to == "mother" else {}
        what = letters.written(ellis, letters.to_come(ellis, worker), **given)
    correct = deed(boss, record.correct, detail, unsafe, source=OURS)
    make = deed(worker, actions.make, ellis, what, sender=letters.SENDER, once=new_id())
    _, second = overlapping(correct, make)
    assert isinstance(second, Refused) and "That way was corrected" in str(second), second
    assert seen(worker, Letter.objects.count) == 0


def test_a_text_said_to_be_sent_while_its_number_is_said_to_be_unsafe_is_not(people: Any, ellis: Child) -> None:
    boss, worker = people
    with transaction.atomic():
        made = letters.made(ellis, worker)
        unsafe = KINDS["contact"].said_of(made.detail) | {"safe": "not_safe", "words": "His brother has it."}
    correct = deed(boss, record.correct, made.detail, unsafe, source=OURS)
    _, second = overlapping(correct, deed(worker, actions.send, made))
    assert isinstance(second, Refused) and "His brother has it" in str(second), second
    assert seen(worker, lambda: Letter.objects.get().sent_at) is None


def test_a_text_said_to_be_sent_while_its_number_is_taken_out_is_not(people: Any, ellis: Child) -> None:
    _, worker = people
    with transaction.atomic():
        head, made = staff("head_of_service"), letters.made(ellis, worker)
    why = {"rule": "erasure", "reason": "Asked for by letter, checked."}
    remove = deed(head, removal.remove, made.detail, **why)
    _, second = overlapping(remove, deed(worker, actions.send, made))
    assert isinstance(second, Refused) and "make it again" in str(second), second
    assert seen(worker, lambda: Letter.objects.get().sent_at) is None
