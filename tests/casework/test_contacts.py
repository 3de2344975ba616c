"""Contacts: planned, recorded, judged and followed up."""

from __future__ import annotations

from datetime import timedelta
from random import Random

import pytest
from django.utils import timezone

from tests.casework.casework import at, correct, met, missed, order, say
from tests.factories import staff
from tests.people.children import as_seen_by, child
from waypost.casework.contacts import actions
from waypost.casework.contacts.actions import Came, Meeting
from waypost.casework.contacts.models import Contact
from waypost.casework.due import due_about
from waypost.casework.tasks import actions as tasks
from waypost.casework.tasks.models import Task
from waypost.casework.work import work_of
from waypost.kernel.ids import new_id
from waypost.kernel.refusal import Refused
from waypost.people.matching import combining
from waypost.people.models import Entry
from waypost.people.removal import actions as removal

pytestmark = pytest.mark.django_db


def test_a_contact_puts_its_words_where_all_words_of_the_record_stand():
    worker = staff("practitioner")
    ellis = child(worker)
    found = met(ellis, worker, words="Bus times.", own_words="I just say yes.", said_by="child")
    entry = Entry.objects.get()
    assert (found.entry, entry.words, entry.own_words, entry.kind) == (entry, "Bus times.", "I just say yes.", "office")
    assert entry.title == "In person, here: came"


def test_what_changed_because_of_it_stands_in_the_entry_and_goes_with_its_words():
    worker, head = staff("practitioner"), staff("head_of_service")
    ellis = child(worker)
    found = met(ellis, worker, what_changed=" Seen at the workshop from now on. ")
    assert found.entry.what_changed == "Seen at the workshop from now on."
    as_seen_by(head)
    removal.remove(found.entry, rule="rectification", reason="Rang him, and looked.", by=head, at=timezone.now())
    found.entry.refresh_from_db()
    assert found.entry.what_changed == ""


def test_the_same_form_twice_is_one_contact():
    worker = staff("practitioner")
    ellis, once, now = child(worker), new_id(), timezone.now()
    for _ in range(2):
        actions.record(
            ellis.person, Meeting(at(1)), Came("came", less_safe="nobody", words="Came."), by=worker, at=now, once=once
        )
    assert (Contact.objects.count(), Entry.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    ("came", "said", "sentence"),
    [
        ("came", {}, "Say whether anyone is less safe"),
        ("missed", {}, "Say why they did not come"),
        ("cancelled", {}, "Say why we cancelled"),
        ("missed", {"reason": "other"}, "Say more"),
        ("missed", {"reason": "not_known", "acceptable": False}, "not known yet"),
        ("missed", {"reason": "not_told", "acceptable": False}, "lies with us"),
        ("cancelled", {"reason": "other"}, "Say more"),
    ],
)
def test_what_is_not_said_is_asked_for(came, said, sentence):
    worker = staff("practitioner")
    ellis = child(worker)
    with pytest.raises(Refused, match=sentence):
        actions.record(ellis.person, Meeting(at(1)), Came(came, **said), by=worker, at=timezone.now(), once=new_id())
    assert Contact.objects.count() == 0


def test_a_planned_contact_is_recorded_once():
    worker, other = staff("practitioner"), staff("manager")
    ellis, now = child(worker), timezone.now()
    planned = actions.plan(ellis.person, Meeting(now + timedelta(minutes=5)), by=worker, at=now, once=new_id())
    came = Came("came", less_safe="nobody", words="He came.")
    actions.record(ellis.person, Meeting(planned.starts), came, planned=planned, by=worker, at=now, once=new_id())
    as_seen_by(other)
    with pytest.raises(Refused, match=f"{worker.name} has recorded this contact already"):
        actions.record(ellis.person, Meeting(planned.starts), came, planned=planned, by=other, at=now, once=new_id())
    assert Contact.objects.count() == 1


def test_whoever_says_that_a_child_is_less_safe_tells_a_manager_today():
    worker = staff("practitioner")
    ellis = child(worker)
    met(ellis, worker, less_safe="child")
    task = Task.objects.get()
    assert (task.key, task.role, task.due) == ("less_safe", "manager", timezone.localdate())


def test_a_reason_is_judged_by_a_person_and_what_was_said_before_stays():
    worker = staff("practitioner")
    ellis = child(worker)
    found = missed(ellis, worker, outcome=order(ellis, worker))
    actions.judge(found, acceptable=False, reason="chose_not_to", words="", by=worker, at=timezone.now())
    assert [(one.acceptable, one.replaced_at is None) for one in found.attendances.order_by("at")] == [
        (None, False),
        (False, True),
    ]


def test_a_correction_of_an_order_takes_its_contacts_with_it():
    worker = staff("practitioner")
    ellis = child(worker)
    made = order(ellis, worker)
    found = missed(ellis, worker, outcome=made)
    corrected = correct(made, worker, length=18)
    found.refresh_from_db()
    assert found.outcome == corrected


@pytest.mark.parametrize("seed", range(6))
def test_a_list_knows_of_a_child_what_their_own_page_knows(seed):
    """A list reads four weeks of contacts and what did not take place in a year; a page reads two years."""
    chance, worker, now = Random(seed), staff("practitioner"), timezone.now()
    ellis = child(worker)
    made = order(ellis, worker, timezone.localdate() - timedelta(days=200))
    say(ellis, "expected_contact", worker, timezone.localdate() - timedelta(days=200))
    for days_ago in sorted(chance.sample(range(1, 190), 14), reverse=True):
        who = chance.choice([("child",), ("carer",), ("professional",)])
        if chance.random() < 0.5:
            missed(ellis, worker, days_ago, chance.choice([None, False, True]), outcome=chance.choice([made, None]))
        else:
            met(
                ellis,
                worker,
                days_ago,
                chance.choice(["came", "late"]),
                who=who,
                way=chance.choice(["office", "phone"]),
            )
    page, listed = (work_of([ellis], at=now, briefly=brief)[ellis.pk] for brief in (False, True))
    on = timezone.localdate(now)
    for order_there, order_listed in zip(page.orders, listed.orders, strict=True):
        assert page.history(order_there, on) == listed.history(order_listed, on)
        assert page.proposal(order_there, on) == listed.proposal(order_listed, on)
    assert due_about(page, on=on) == due_about(listed, on=on)
    assert page.last_seen == listed.last_seen == (page.diary.last_seen.day if page.diary.last_seen else None)
    assert (page.seen(on), page.diary.kept(on)) == (listed.seen(on), listed.diary.kept(on))
    assert len(listed.diary.past) <= len(page.diary.past)


def test_who_was_reached_next_is_found_on_a_record_that_was_combined_too():
    worker, manager = staff("practitioner"), staff("manager")
    ellis, double = child(worker), child(worker)
    lost = missed(ellis, worker, 40)
    met(double, worker, 38, who=("carer",), way="phone")
    as_seen_by(manager)
    combining.combine(ellis, double, by=manager, at=timezone.now(), reason="The same mother, the same day.")
    work = work_of([ellis], at=timezone.now(), briefly=True)[ellis.pk]
    found = next(one for one in work.diary.past if one.pk == lost.pk)
    assert work.followed_up(found) == timezone.localdate() - timedelta(days=38)


def test_what_was_planned_before_two_records_were_combined_is_recorded_judged_and_dropped_after():
    worker, manager = staff("practitioner"), staff("manager")
    ellis, double, now = child(worker), child(worker), timezone.now()
    as_seen_by(worker)
    planned, dropped = (
        actions.plan(double.person, Meeting(now + timedelta(minutes=n)), by=worker, at=now, once=new_id())
        for n in (5, 9)
    )
    asked = {"key": "by_hand", "title": "Ring the school", "due": timezone.localdate(), "starts": timezone.localdate()}
    task = tasks.put(double.person, **asked, source=("person", None), by=worker, at=now, once=new_id())
    need = say(double, "expected_contact", worker)
    as_seen_by(manager)
    combining.combine(ellis, double, by=manager, at=now, reason="The same mother, the same day.")
    as_seen_by(worker)
    lost = Came("missed", reason="not_known")
    made = actions.record(
        planned.person, Meeting(planned.starts), lost, planned=planned, by=worker, at=now, once=new_id()
    )
    actions.judge(made, acceptable=True, reason="ill", words="", by=worker, at=now)
    actions.drop(dropped, by=worker, at=now)
    tasks.do(task, words="Rang.", by=worker, at=now)
    assert made.attendances.get(replaced_at=None).acceptable
    assert correct(need, worker, level="intensive").level == "intensive"
