"""Organisations and the people there whom a worker rings."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone

from tests.factories import staff
from tests.people.children import child, organisation, professional, said
from waypost.access.models import LogEntry, Staff
from waypost.kernel.refusal import NotAllowed, Refused
from waypost.people.organisations import actions, rules
from waypost.people.organisations.models import Organisation, Professional

pytestmark = pytest.mark.django_db


@pytest.fixture
def worker() -> Staff:
    return staff("practitioner")


@pytest.fixture
def client(signed_in, worker: Staff) -> Client:
    return signed_in(worker)


@pytest.mark.parametrize(
    ("telephone", "says"),
    [
        ("01632 960 114", None),
        ("+44 (0)1632 960114 ext 4", None),
        ("", None),
        ("ask at the desk", "in digits"),
        ("01632 960 114; drop", "in digits"),
    ],
)
def test_a_telephone_number_is_one_that_can_be_rung(telephone: str, says: str | None) -> None:
    found = rules.why_not_telephone(telephone)
    assert (says in found) if says else found is None


def test_one_is_added_with_its_people_and_ended(client: Client, worker: Staff) -> None:
    answer = client.post(
        "/organisations/add/", {"name": " Eastgate  Academy", "agency": "education", "telephone": "01632 960 140"}
    )
    school = Organisation.objects.get()
    assert (answer.headers["Location"], school.name) == (f"/organisations/{school.pk}/", "Eastgate Academy")
    client.post(f"/organisations/{school.pk}/", {"name": "Sunita Rao", "telephone": "01632 960 141"})
    assert "Sunita Rao" in client.get("/organisations/").content.decode()
    sunita = Professional.objects.get()
    client.post(f"/organisations/{school.pk}/people/{sunita.pk}/end/")
    assert "Nobody is added yet." in client.get(f"/organisations/{school.pk}/").content.decode()
    client.post(f"/organisations/{school.pk}/end/")
    assert "No organisation is added yet." in client.get("/organisations/").content.decode()
    assert [one.event for one in LogEntry.objects.filter(event__startswith="organisation").order_by("at")] == [
        "organisation.added",
        "organisation.professional_added",
        "organisation.professional_ended",
        "organisation.ended",
    ]


@pytest.mark.parametrize(
    ("data", "status", "says"),
    [
        ({}, 422, "Enter its name"),
        ({"name": "eastgate academy", "agency": "education"}, 422, "is there already. Add people to it."),
        ({"name": "Eastgate", "agency": "circus"}, 422, "circus"),
        ({"name": "Eastgate", "agency": "education", "telephone": "none"}, 422, "in digits"),
    ],
)
def test_what_cannot_be_added_is_given_back(data, status, says, client: Client, worker: Staff) -> None:
    organisation(worker)
    answer = client.post("/organisations/add/", data)
    assert answer.status_code == status
    assert says in answer.content.decode()
    assert Organisation.objects.count() == 1


def test_somebody_who_cannot_be_reached_is_not_added(client: Client, worker: Staff) -> None:
    school = organisation(worker)
    answer = client.post(f"/organisations/{school.pk}/", {"name": "Ada Stone"})
    assert answer.status_code == 422
    assert "Enter a telephone number or an e-mail address" in answer.content.decode()


def test_what_has_ended_is_offered_in_no_form_and_stays_where_it_was_said(client: Client, worker: Staff) -> None:
    ellis, school = child(worker), organisation(worker)
    said(ellis, "education", worker, provider=school)
    professional(worker)
    actions.end(school, by=worker, at=timezone.now())
    assert "Eastgate Academy" in client.get(f"/children/{ellis.pk}/").content.decode()
    assert "Eastgate Academy" not in client.get(f"/children/{ellis.pk}/say/exclusion/").content.decode()
    assert "Sunita Rao" not in client.get(f"/children/{ellis.pk}/say/works_with/").content.decode()
    with pytest.raises(Refused, match="has ended"):
        professional(worker)
    with pytest.raises(Refused, match="ended already"):
        actions.end(school, by=worker, at=timezone.now())


def test_who_enters_nothing_adds_none() -> None:
    with pytest.raises(NotAllowed):
        organisation(staff("auditor"))


def test_the_list_asks_as_much_for_forty_as_for_one(client: Client, worker: Staff, queries) -> None:
    organisation(worker)
    client.get("/organisations/")
    with queries(9):
        client.get("/organisations/")
    for number in range(40):
        organisation(worker, f"School {number}")
    with queries(9):
        client.get("/organisations/")
