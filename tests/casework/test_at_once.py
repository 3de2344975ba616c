"""Two people at once on one contact, one order, one decision: one after the other, or one is told why not."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from tests.casework.casework import EXAMPLES, at, missed, order
from tests.factories import staff
from tests.governance.test_attack_at_once import overlapping
from tests.people.children import OURS, as_seen_by, held
from tests.people.test_need_to_know_at_once import deed, seen
from waypost.access.models import Staff
from waypost.casework.compliance import actions as compliance
from waypost.casework.compliance.models import Decision
from waypost.casework.contacts import actions
from waypost.casework.contacts.actions import Came, Meeting
from waypost.casework.contacts.models import Contact
from waypost.casework.models import Contract, Remand
from waypost.casework.tasks import actions as tasks
from waypost.casework.tasks.models import Task
from waypost.kernel.ids import new_id
from waypost.kernel.refusal import Refused
from waypost.people.models import Child, Entry
from waypost.people.record import actions as record
from waypost.people.record.kinds import KINDS

pytestmark = pytest.mark.django_db(transaction=True)
CAME = Came("came", less_safe="nobody", words="He came.")


@pytest.fixture
def people() -> tuple[Staff, Staff]:
    return staff("manager"), staff("practitioner")


@pytest.fixture
def ellis(people: tuple[Staff, Staff]) -> Child:
    with transaction.atomic():
        return held(people[1], entered_by=people[0])


def counts(by: Staff) -> tuple[int, int]:
    return seen(by, lambda: (Contact.objects.count(), Entry.objects.count()))


def test_one_form_posted_twice_at_once_is_one_contact(people: Any, ellis: Child) -> None:
    _, worker = people
    once = new_id()
    post = deed(worker, actions.record, ellis.person, Meeting(at(1)), CAME, once=once)
    overlapping(post, post)
    assert counts(worker) == (1, 1)


def test_two_who_record_one_planned_contact_leave_one_record_of_it(people: Any, ellis: Child) -> None:
    boss, worker = people
    with transaction.atomic():
        as_seen_by(worker)
        soon, now = timezone.now() + timedelta(minutes=5), timezone.now()
        planned = actions.plan(ellis.person, Meeting(soon), by=worker, at=now, once=new_id())
    both = [
        deed(who, actions.record, ellis.person, Meeting(soon), CAME, planned=planned, once=new_id())
        for who in (worker, boss)
    ]
    _, second = overlapping(*both)
    assert isinstance(second, Refused) and f"{worker.name} has recorded this contact already" in str(second)
    assert counts(worker) == (1, 1)


def test_two_contacts_of_one_child_are_both_kept(people: Any, ellis: Child) -> None:
    boss, worker = people
    overlapping(
        *(deed(who, actions.record, ellis.person, Meeting(at(1)), CAME, once=new_id()) for who in (worker, boss))
    )
    assert counts(worker) == (2, 2)


def test_two_contracts_at_once_leave_one_open(people: Any, ellis: Child) -> None:
    boss, worker = people
    with transaction.atomic():
        made = order(ellis, worker, type="referral_order", length=6)
    said = {"outcome": made, "words": "", "since": timezone.localdate(), "until": None}
    both = [deed(who, record.say, ellis.person, KINDS["contract"], said, source=OURS) for who in (worker, boss)]
    _, second = overlapping(*both)
    assert isinstance(second, Refused)
    assert seen(worker, lambda: Contract.objects.count()) == 1


def test_two_remands_at_once_do_not_overlap(people: Any, ellis: Child) -> None:
    boss, worker = people
    said = EXAMPLES["remand"] | {"since": timezone.localdate() - timedelta(days=3), "until": None}
    both = [deed(who, record.say, ellis.person, KINDS["remand"], said, source=OURS) for who in (worker, boss)]
    _, second = overlapping(*both)
    assert isinstance(second, Refused)
    assert seen(worker, lambda: Remand.objects.count()) == 1


def test_two_warnings_for_one_failure_are_one_and_a_refusal(people: Any, ellis: Child) -> None:
    boss, worker = people
    with transaction.atomic():
        made = order(ellis, worker)
        missed(ellis, worker, 9, acceptable=False, outcome=made)
        as_seen_by(worker)
        today, now = timezone.localdate(), timezone.now()
        compliance.decide(ellis, made, step="re_engage", words="Rang.", day=today, by=worker, at=now, once=new_id())
    both = [
        deed(who, compliance.decide, ellis, made, step="warn", words="Chose not to.", day=today, once=new_id())
        for who in (worker, boss)
    ]
    _, second = overlapping(*both)
    assert isinstance(second, Refused), second
    assert seen(worker, lambda: Decision.objects.filter(step="warn").count()) == 1


def test_a_task_is_done_once(people: Any, ellis: Child) -> None:
    boss, worker = people
    with transaction.atomic():
        as_seen_by(worker)
        today, now = timezone.localdate(), timezone.now()
        task = tasks.put_by_hand(
            ellis.person, title="Ring the school", due=today, today=today, by=worker, at=now, once=new_id()
        )
    _, second = overlapping(*(deed(who, tasks.do, task, words="Rang at ten.") for who in (worker, boss)))
    assert isinstance(second, Refused)
    assert seen(worker, lambda: Task.objects.get().done_by) == worker
