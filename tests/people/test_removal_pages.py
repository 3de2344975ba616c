"""The pages: what goes is read before it goes, the rule is chosen, and a trace without words is what is left."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.factories import staff
from tests.people.children import child, said
from tests.people.test_removal import document
from waypost.access.models import Staff
from waypost.people.models import Child, Entry, Hold, Name, Person, Removal

pytestmark = pytest.mark.django_db
WHY = "The school says that it was another boy."


@pytest.fixture
def worker() -> Staff:
    return staff("practitioner")


@pytest.fixture
def head(worker: Staff) -> Staff:
    return staff("head_of_service")


@pytest.fixture
def ellis(worker: Staff) -> Child:
    return child(worker)


@pytest.fixture
def as_head(head: Staff, signed_in: Callable[[Any], Client]) -> Client:
    return signed_in(head)


def address(name: str, of: Child, **more: Any) -> str:
    return reverse(name, kwargs={"pk": of.pk, **more})


def test_what_goes_is_listed_and_then_goes(ellis: Child, worker: Staff, as_head: Client) -> None:
    entry = said(ellis, "entry", worker, words="He ran.", own_words="")
    where = address("child_remove", ellis, kind="entry", statement=entry.pk)
    page = as_head.get(where).content.decode()
    assert "What happened" in page and "He ran." not in page
    assert as_head.post(where, {"rule": "rectification", "reason": "no"}).status_code == 422
    answer = as_head.post(where, {"rule": "rectification", "reason": WHY})
    assert answer["Location"] == address("child_removed", ellis)
    after = as_head.get(answer["Location"]).content.decode()
    assert "An entry of" in after and "It was wrong or not the whole of it" in after and WHY not in after
    assert Entry.objects.get().words == ""


def test_a_document_says_that_its_file_goes(ellis: Child, worker: Staff, as_head: Client) -> None:
    paper = document(ellis, worker)
    page = as_head.get(address("child_remove", ellis, kind="document", statement=paper.pk)).content.decode()
    assert "1 file, with its name" in page and "minutes.txt" not in page


def test_what_was_said_of_a_carer_is_removed_from_the_childs_record_and_from_no_other(
    ellis: Child, worker: Staff, as_head: Client
) -> None:
    mother = Person.objects.create(entered_by=worker, entered_at=timezone.now())
    said(ellis, "relation", worker, other=mother, relation="mother")
    name = said(mother, "name", worker, given="Zachary")
    where = {"kind": "name", "statement": name.pk}
    assert as_head.get(address("child_remove", child(worker, given="Bryony"), **where)).status_code == 404
    posted = {"rule": "rectification", "reason": WHY}
    assert as_head.post(address("child_remove", ellis, **where), posted).status_code == 302
    assert Name.objects.get(pk=name.pk).given == ""


@pytest.mark.parametrize(("typed", "status"), [("26-9999", 422), ("", 422), (None, 302)])
def test_everything_goes_only_when_the_number_is_typed(
    typed: str | None, status: int, ellis: Child, as_head: Client
) -> None:
    posted = {"rule": "erasure", "reason": WHY, "number": ellis.number if typed is None else typed}
    assert as_head.post(address("child_erase", ellis), posted).status_code == status
    assert Person.objects.get(pk=ellis.pk).removed_on is not None if status == 302 else not Removal.objects.exists()


def test_what_names_the_child_elsewhere_is_listed_first(ellis: Child, worker: Staff, as_head: Client) -> None:
    bryony = child(worker, given="Bryony")
    entry = said(bryony, "entry", worker, words="Was with Ellis Marden.")
    page = as_head.get(address("child_erase", ellis)).content.decode()
    assert f"An entry, with child {bryony.number}" in page
    assert address("child_remove", bryony, kind="entry", statement=entry.pk) in page


def test_a_hold_is_set_seen_and_ended(ellis: Child, worker: Staff, head: Staff, as_head: Client) -> None:
    assert as_head.post(address("child_hold", ellis), {"reason": "short"}).status_code == 422
    assert as_head.post(address("child_hold", ellis), {"reason": "An inquest was opened."}).status_code == 302
    page = as_head.get(address("child_removed", ellis)).content.decode()
    assert f"Held by {head.name} since" in page
    refused = as_head.post(address("child_erase", ellis), {"rule": "erasure", "reason": WHY, "number": ellis.number})
    assert refused.status_code == 422 and "has held this record" in refused.content.decode()
    held = Hold.objects.get()
    assert as_head.post(address("child_hold_end", ellis, held=held.pk)).status_code == 302
    assert Hold.objects.get().ended_by == head
    other = child(worker, given="Bryony")
    assert as_head.post(address("child_hold_end", other, held=held.pk)).status_code == 404


def test_a_move_asks_with_the_childs_name_before_anything_moves(
    ellis: Child, worker: Staff, signed_in: Callable[[Any], Client]
) -> None:
    bryony, entry = child(worker, given="Bryony"), said(ellis, "entry", worker, words="She ran.")
    where, client = address("child_move", ellis, kind="entry", statement=entry.pk), signed_in(worker)
    assert f"Bryony Marden, {bryony.number}" in client.get(where).content.decode()
    asked = client.post(where, {"number": bryony.number, "reason": WHY})
    assert asked.status_code == 200 and f"Move it to Bryony Marden, {bryony.number}?" in asked.content.decode()
    assert Entry.objects.get().person_id == ellis.pk
    done = client.post(where, {"number": bryony.number, "reason": WHY, "confirmed": str(bryony.pk)})
    assert done.status_code == 302 and "Bryony" not in done["Location"]
    assert Entry.objects.get().person_id == bryony.pk
    left = client.get(done["Location"]).content.decode()
    assert "was moved to another record" in left and "Bryony" not in left and "She ran" not in left


@pytest.mark.parametrize(
    "typed",
    [
        {},
        {"number": "26-9999"},
        {"number": "closed"},
        {"to": "closed"},
        {"number": "own", "to": "own"},
        {"number": "same"},
    ],
)
def test_a_move_to_no_child_or_one_not_open_is_given_back(
    typed: dict[str, str], ellis: Child, worker: Staff, signed_in: Callable[[Any], Client]
) -> None:
    closed, own, entry = child(staff()), child(worker, given="Bryony"), said(ellis, "entry", worker)
    named = {"closed": closed, "own": own, "same": ellis}
    posted = {
        key: str(named[value].pk if key == "to" else named[value].number) if value in named else value
        for key, value in typed.items()
    }
    confirmed = str(ellis.pk) if typed == {"number": "same"} else str(own.pk)
    answer = signed_in(worker).post(
        address("child_move", ellis, kind="entry", statement=entry.pk), posted | {"reason": WHY, "confirmed": confirmed}
    )
    assert answer.status_code == 422
    assert Entry.objects.get().person_id == ellis.pk


@pytest.mark.parametrize("name", ["child_removed", "child_remove", "child_subject_access"])
def test_no_page_asks_more_of_the_database_for_a_longer_record(
    name: str, ellis: Child, worker: Staff, as_head: Client
) -> None:
    entry = said(ellis, "entry", worker)
    more = {"kind": "entry", "statement": entry.pk} if name == "child_remove" else {}
    as_head.get(address(name, ellis, **more))
    asked = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            as_head.get(address(name, ellis, **more))
        asked.append(len(queries))
        for _ in range(4):
            said(ellis, "entry", worker)
    assert asked[0] == asked[1]
