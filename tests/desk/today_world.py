"""Children with work that is late, due today and to come, for the tests of the first page."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from django.test import Client
from django.utils import timezone
from lxml import html

from tests.casework.casework import at, met, missed, order, say
from tests.people.children import as_seen_by, held, said
from waypost.access.models import Staff
from waypost.casework.contacts import actions as contacts
from waypost.casework.contacts.actions import Meeting
from waypost.casework.contacts.models import Contact
from waypost.casework.tasks import actions as tasks
from waypost.casework.tasks.models import Task
from waypost.people.record.models import Child


def page_of(person: Staff, address: str = "/") -> Any:
    client = Client()
    client.force_login(person)
    return html.fromstring(client.get(address).content)


def text(page: Any, path: str = "//main") -> str:
    return " ".join(" ".join(found.text_content() for found in page.xpath(path)).split())


def titles(page: Any) -> list[str]:
    return [one.text_content() for one in page.xpath("//ul[@class='wp-work']/li//h3")]


def task(child: Child, by: Staff, due: date, title: str = "Ring the school", **given: Any) -> Task:
    as_seen_by(by)
    found = {"key": "by_hand", "why": "", "starts": timezone.localdate(), "source": ("person", None)} | given
    return tasks.put(child.person, title=title, due=due, by=by, at=timezone.now(), once=uuid4(), **found)


def booked(child: Child, by: Staff, starts: Any = None, **given: Any) -> Contact:
    """In the diary, a while from now unless told otherwise."""
    as_seen_by(by)
    now = timezone.now()
    meeting = Meeting(starts or now + timedelta(minutes=20), **given)
    return contacts.plan(child.person, meeting, by=by, at=now, once=uuid4())


def busy(worker: Staff, head: Staff, given: str) -> Child:
    """One child with some of everything that a list reads."""
    found = held(worker, entered_by=head, given=given, family="Marden")
    made = order(found, worker)
    say(found, "case", worker)
    say(found, "expected_contact", worker, timezone.localdate() - timedelta(days=40), contacts=4)
    met(found, worker, 3, own_words="I’ll come.", outcome=made)
    lost = missed(found, worker, 2, outcome=made)
    Contact.objects.filter(pk=lost.pk).update(planned=True)
    said(found, "alert", worker, review_by=timezone.localdate() + timedelta(days=1))
    booked(found, worker, at(-3))
    task(found, worker, timezone.localdate() + timedelta(days=1))
    return found
