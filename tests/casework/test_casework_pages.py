"""The pages of casework, as somebody who works with the child meets them."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.casework.casework import at, met, missed, order, say
from tests.factories import service, staff
from tests.people.children import as_seen_by, child
from waypost.casework.compliance.models import Decision
from waypost.casework.contacts import actions
from waypost.casework.contacts.actions import Meeting
from waypost.casework.contacts.models import Contact
from waypost.casework.tasks.models import Task
from waypost.kernel.ids import new_id

pytestmark = pytest.mark.django_db


@pytest.fixture
def worker():
    service()
    return staff("practitioner")


def signed_in(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def contact_posted(**said) -> dict[str, str]:
    start = timezone.localtime(at(0, 9) if timezone.localtime().hour >= 10 else at(1, 9))
    day = {"day-day": start.day, "day-month": start.month, "day-year": start.year, "clock": f"{start:%H:%M}"}
    plain = {"once": new_id(), "minutes": 30, "way": "office", "who": "child", "came": "came", "less_safe": "nobody"}
    return day | plain | {"words": "Bus times.", "acceptable": "not_yet", "said_by": "child", "next": "none"} | said


def test_from_the_childs_page_a_contact_is_saved(worker):
    ellis, client = child(worker), signed_in(worker)
    page = client.get(reverse("child", kwargs={"pk": ellis.pk})).content.decode()
    address = reverse("contact_record", kwargs={"pk": ellis.pk})
    assert f'href="{address}"' in page and 'data-key="c"' in page

    form = client.get(address).content.decode()
    assert "Never filled in for you" in form

    answer = client.post(address, contact_posted(own_words="I’d have known."))
    assert answer.status_code == 302
    as_seen_by(worker)
    assert Contact.objects.get().entry.own_words == "I’d have known."
    after = client.get(reverse("child", kwargs={"pk": ellis.pk})).content.decode()
    assert "Last seen" in after and "I’d have known." in after


def test_what_changed_because_of_a_contact_stands_apart_from_what_happened(worker):
    ellis, client = child(worker), signed_in(worker)
    made = met(ellis, worker, what_changed="Seen at the workshop from now on.")
    said = '<strong>What changed:</strong> <span class="wp-typed">Seen at the workshop from now on.</span>'
    assert said in client.get(reverse("child", kwargs={"pk": ellis.pk})).content.decode()
    assert said in client.get(reverse("contact", kwargs={"pk": ellis.pk, "contact": made.pk})).content.decode()


def test_what_a_contact_works_towards_is_typed_once_and_offered_after(worker):
    # Given contacts that worked towards seven things, one of them twice
    ellis, client = child(worker), signed_in(worker)
    for days, words in enumerate(("Home by ten", "A start", "A start", "B", "C", "D", "E", "F"), start=1):
        met(ellis, worker, days, objective=words)

    # When the form is opened again
    form = client.get(reverse("contact_record", kwargs={"pk": ellis.pk})).content.decode()

    # Then the last six are offered, the latest first, each once; the box itself is empty
    offered = re.findall(r'<option value="([^"]+)"></option>', form)
    assert offered == ["Home by ten", "A start", "B", "C", "D", "E"]
    assert re.search(r'<input[^>]* list="objectives"', form)

    # And it stands in the diary, on the contact’s page and on the timeline
    client.post(reverse("contact_record", kwargs={"pk": ellis.pk}), contact_posted(objective="A ninth thing"))
    as_seen_by(worker)
    made = Contact.objects.get(objective="A ninth thing")
    assert (
        "A ninth thing" in client.get(reverse("contact", kwargs={"pk": ellis.pk, "contact": made.pk})).content.decode()
    )
    page = client.get(reverse("child", kwargs={"pk": ellis.pk})).content.decode()
    assert "For: A ninth thing" in page and "For: Home by ten" in page


def test_the_timeline_says_which_requirement_a_contact_was_for(worker):
    ellis, client = child(worker), signed_in(worker)
    made = order(ellis, worker)
    asked = say(ellis, "requirement", worker, outcome=made, type="supervision", amount=None, words="")
    met(ellis, worker, outcome=made, requirement=asked, objective="Home by ten")
    page = client.get(reverse("child", kwargs={"pk": ellis.pk})).content.decode()
    assert f"For: {asked}: Home by ten" in page


def test_a_contact_without_the_question_of_safety_goes_back_as_typed(worker):
    ellis, client = child(worker), signed_in(worker)
    answer = client.post(reverse("contact_record", kwargs={"pk": ellis.pk}), contact_posted(less_safe=""))
    assert answer.status_code == 409 and "Nobody can answer that for you" in answer.content.decode()
    assert "Bus times." in answer.content.decode()
    as_seen_by(worker)
    assert Contact.objects.count() == 0


def test_what_the_diary_knows_is_filled_in_and_next_week_is_planned(worker):
    ellis, client, now = child(worker), signed_in(worker), timezone.now()
    as_seen_by(worker)
    planned = actions.plan(
        ellis.person,
        Meeting(now + timedelta(minutes=10), place="Riverside office", purpose="Session 2"),
        by=worker,
        at=now,
        once=new_id(),
    )
    address = reverse("contact_record", kwargs={"pk": ellis.pk})
    form = client.get(address)
    assert "From your diary" in form.content.decode() and "Riverside office" in form.content.decode()
    start = timezone.localtime(planned.starts)
    when = {"day-day": start.day, "day-month": start.month, "day-year": start.year, "clock": f"{start:%H:%M}"}
    assert client.post(address, contact_posted(of=planned.pk, next="same", **when)).status_code == 302
    as_seen_by(worker)
    assert Contact.objects.count() == 2
    first, following = Contact.objects.order_by("starts")
    assert (following.day - first.day, following.starts.minute) == (timedelta(days=7), first.starts.minute)


def test_a_missed_contact_is_due_to_be_followed_up_judged_and_decided(worker):
    ellis, client = child(worker), signed_in(worker)
    made = order(ellis, worker)
    found = missed(ellis, worker, 10, outcome=made)
    page = client.get(reverse("child", kwargs={"pk": ellis.pk})).content.decode()
    assert "Follow it up" in page

    met(ellis, worker, 8, way="phone", words="Rang: his nan was ill.")
    judge = reverse("contact", kwargs={"pk": ellis.pk, "contact": found.pk})
    answer = client.post(judge, {"reason": "chose_not_to", "words": "", "acceptable": "not_good"})
    assert answer.status_code == 302, answer.content.decode()

    decide = reverse("decide", kwargs={"pk": ellis.pk, "outcome": made.pk})
    assert "What is proposed" in client.get(decide).content.decode()
    today = timezone.localdate()
    day = {"day-day": today.day, "day-month": today.month, "day-year": today.year}
    answer = client.post(decide, {"once": new_id(), "step": "warn", "words": "He knew, and chose.", **day})
    assert answer.status_code == 302, answer.content.decode()
    as_seen_by(worker)
    assert (Decision.objects.get().step, Decision.objects.get().by) == ("warn", worker)
    page = client.get(reverse("child", kwargs={"pk": ellis.pk})).content.decode()
    assert "1 warning" in page and "Decided: give a warning" in page and "He knew, and chose." in page


def test_voluntary_work_knows_no_warning(worker):
    ellis, client = child(worker), signed_in(worker)
    made = order(ellis, worker, type="community_resolution", length=None)
    missed(ellis, worker, 10, outcome=made)
    page = client.get(reverse("decide", kwargs={"pk": ellis.pk, "outcome": made.pk})).content.decode().lower()
    assert not {"warning", "breach", "failure"} & {*page.replace(">", " ").replace("<", " ").split()}


def test_an_outcome_raises_its_tasks_and_one_is_done(worker):
    ellis, client = child(worker), signed_in(worker)
    say(ellis, "outcome", worker)
    as_seen_by(worker)
    task = Task.objects.order_by("due").first()
    answer = client.post(reverse("task", kwargs={"pk": ellis.pk, "task": task.pk}), {"words": "Done with him."})
    assert answer.status_code == 302
    as_seen_by(worker)
    task.refresh_from_db()
    assert (task.done_by, task.done_words) == (worker, "Done with him.")


def test_an_order_undone_on_appeal_is_open_no_more(worker):
    ellis, client = child(worker), signed_in(worker)
    made = order(ellis, worker)
    where = reverse("child", kwargs={"pk": ellis.pk})
    assert "Youth rehabilitation order, 12 months" in client.get(where).content.decode()
    say(ellis, "appeal", worker, outcome=made, result="allowed", words="")
    assert "Youth rehabilitation order, 12 months" not in client.get(where).content.decode()


def test_a_contact_for_a_requirement_is_for_its_order(worker):
    ellis, client = child(worker), signed_in(worker)
    made = order(ellis, worker)
    asked = say(ellis, "requirement", worker, outcome=made, type="supervision", amount=None, words="")
    answer = client.post(
        reverse("contact_record", kwargs={"pk": ellis.pk}), contact_posted(requirement=asked.pk, outcome="")
    )
    assert answer.status_code == 302
    as_seen_by(worker)
    found = Contact.objects.get()
    assert (found.requirement, found.outcome) == (asked, made)


def test_an_offence_is_shown_with_its_national_category(worker):
    ellis, client = child(worker), signed_in(worker)
    say(ellis, "offence", worker)
    page = client.get(reverse("child", kwargs={"pk": ellis.pk})).content.decode()
    assert "violence against the person, seriousness" in page and "to be confirmed" in page
