"""An offence, those it harmed and those accused with the child: what is told, and to whom."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import lxml.html
import pytest
from django.urls import reverse
from django.utils import timezone

from tests.casework.casework import correct, order, say
from tests.casework.test_statements import posted, sentences, signed_in
from tests.factories import service, staff
from tests.people.children import as_seen_by, child, harmed, held
from waypost.access import opening
from waypost.access.models import LogEntry, Staff
from waypost.casework.offences.models import CoAccused, OffenceHarmed
from waypost.people.models import Child, Harmed
from waypost.people.removal import actions as removal
from waypost.people.removal.walls import every_wall_open

pytestmark = pytest.mark.django_db


@pytest.fixture
def head() -> Staff:
    service()
    return staff("head_of_service")


@pytest.fixture
def worker(head) -> Staff:
    return staff("practitioner")


@pytest.fixture
def ellis(worker, head) -> Child:
    return held(worker, entered_by=head)


def long_ago() -> date:
    """Before any order of these examples."""
    return timezone.localdate() - timedelta(days=90)


def robbery(ellis: Child, worker: Staff) -> Any:
    return say(ellis, "offence", worker, long_ago(), type="robbery")


def page(reader: Staff, of: Child) -> str:
    answer = signed_in(reader).get(reverse("child", kwargs={"pk": of.pk}))
    return " ".join(lxml.html.fromstring(answer.content).xpath("//main")[0].text_content().split())


def say_address(of: Child, kind: str) -> str:
    return reverse("child_say", kwargs={"pk": of.pk, "kind": kind})


# Who was harmed --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("role", "sees"), [("victim_worker", True), ("head_of_service", True), ("practitioner", False)]
)
def test_how_many_were_harmed_is_told_and_who_they_are_only_inside_the_wall(role, sees, ellis, worker, head):
    # Given an offence for which there is an order, and somebody harmed by it
    offence = robbery(ellis, worker)
    order(ellis, worker, offences=[offence])
    harmed(ellis, worker, offences=[offence])
    reader = staff(role)
    opening.give(reader, ellis.pk, "involved", at=timezone.now(), by=head)

    # Then everybody reads how many; whom, and by which offence, those who keep them safe
    shown = page(reader, ellis)
    assert shown.count("1 person harmed") == 2  # beside the order, and where the offence is told
    assert ("Callan Reeve" in shown) is sees
    assert ("By: robbery. Keep them apart." in shown) is sees
    assert ("Who was harmed is not shown to you." in shown) is not sees


def test_the_form_says_it_with_the_offence(ellis, worker):
    offence, client = robbery(ellis, worker), signed_in(worker)
    assert f'value="{offence.pk}"' in client.get(say_address(ellis, "harmed")).content.decode()
    form = posted("harmed", given="Callan", family="Reeve", offences=[offence.pk])
    assert [client.post(say_address(ellis, "harmed"), form).status_code for _ in range(2)] == [302, 302]
    link = OffenceHarmed.objects.get()
    assert (link.offence_id, link.person_id) == (offence.pk, ellis.pk)
    as_seen_by(worker)
    assert not Harmed.objects.exists()  # not even by way of the tie


def test_the_tie_holds_where_the_offence_is_corrected_by_somebody_outside_the_wall(ellis, worker):
    offence = robbery(ellis, worker)
    harmed(ellis, worker, offences=[offence])
    corrected = correct(offence, worker, place="Station Road")
    assert OffenceHarmed.objects.get().offence_id == corrected.pk


def test_those_inside_the_wall_say_otherwise_by_which_offence(ellis, worker, head):
    offence, another = robbery(ellis, worker), say(ellis, "offence", worker)
    harmed(ellis, worker, offences=[offence])
    as_seen_by(head)
    one = Harmed.objects.get()
    where = reverse("child_correct", kwargs={"pk": ellis.pk, "kind": "harmed", "statement": one.pk})
    client = signed_in(head)
    assert f'value="{offence.pk}" checked' in " ".join(client.get(where).content.decode().split())
    answer = client.post(where, posted("harmed", words="Write.", offences=[another.pk]))
    assert answer.status_code == 302, sentences(answer)
    as_seen_by(head)
    assert [link.offence_id for link in OffenceHarmed.objects.all()] == [another.pk]


def test_an_offence_that_harmed_somebody_stays_where_it_is(ellis, worker):
    from waypost.casework.beside import offence_stays

    offence = robbery(ellis, worker)
    assert offence_stays(offence) is None
    harmed(ellis, worker, offences=[offence])
    assert offence_stays(offence) == (
        "Its ties to those harmed would stay behind. Enter it on the other child, and correct or remove it here."
    )


def test_what_an_order_was_given_for_can_be_corrected(ellis, worker):
    first, second = robbery(ellis, worker), say(ellis, "offence", worker, long_ago())
    made = order(ellis, worker, offences=[first])
    corrected = correct(made, worker, offences=[first, second])
    assert {link.offence_id for link in corrected.offences.all()} == {first.pk, second.pk}
    again = correct(corrected, worker, offences=[second])
    assert [link.offence_id for link in again.offences.all()] == [second.pk]


def test_once_they_are_erased_that_somebody_was_harmed_stays_and_who_it_was_goes(ellis, worker, head):
    offence = robbery(ellis, worker)
    harmed(ellis, worker, offences=[offence])
    as_seen_by(head)
    who = Harmed.objects.get().person
    removal.erase(who, rule="retention", reason="Kept for its time.", by=head, at=timezone.now())
    link = OffenceHarmed.objects.get()
    assert (link.offence_id, link.harmed_id) == (offence.pk, None)
    assert "1 person harmed" in page(worker, ellis)


# Accused with them -----------------------------------------------------------------------------------------------------


def accused(ellis: Child, worker: Staff, **said: Any) -> Any:
    offence = robbery(ellis, worker)
    answer = signed_in(worker).post(say_address(ellis, "co_accused"), posted("co_accused", offence=offence.pk, **said))
    as_seen_by(worker)
    return answer


def test_a_child_of_ours_is_found_by_number_and_the_page_leads_to_them(ellis, worker, head):
    luca = held(worker, entered_by=head, given="Luca")
    assert accused(ellis, worker, name="Luca M", other=luca.number).status_code == 302
    assert CoAccused.objects.get().other_id == luca.pk
    answer = signed_in(worker).get(reverse("child", kwargs={"pk": ellis.pk}))
    assert f'href="{reverse("child", kwargs={"pk": luca.pk})}">Luca M</a>' in answer.content.decode()
    assert luca.pk in LogEntry.objects.filter(event="child.page").latest("at").listed


def test_whoever_may_not_open_that_child_reads_the_name_alone(ellis, worker, head):
    # Given a child of ours whom the reader may not open
    luca = held(worker, entered_by=head, given="Luca", family="Secretname")
    accused(ellis, worker, name="Luca M", other=luca.number)
    reader = staff("practitioner")
    opening.give(reader, ellis.pk, "involved", at=timezone.now(), by=head)
    client = signed_in(reader)

    # Then the page has the name that was typed and no way to him, and the form neither
    found = client.get(reverse("child", kwargs={"pk": ellis.pk})).content.decode()
    assert "Luca M" in found and str(luca.pk) not in found and luca.number not in found
    as_seen_by(reader)
    one = CoAccused.objects.get()
    where = reverse("child_correct", kwargs={"pk": ellis.pk, "kind": "co_accused", "statement": one.pk})
    form = client.get(where).content.decode()
    assert luca.number not in form and str(luca.pk) not in form and "Secretname" not in form

    # And who corrects the name leaves the tie as it was
    answer = client.post(where, posted("co_accused", offence=one.offence_id, name="Luca Marsh"))
    assert answer.status_code == 302, sentences(answer)
    with every_wall_open():
        now = CoAccused.objects.current().get()
    assert (now.name, now.other_id) == ("Luca Marsh", luca.pk)


def test_whoever_may_open_that_child_takes_the_tie_away(ellis, worker, head):
    luca = held(worker, entered_by=head, given="Luca")
    accused(ellis, worker, name="Luca M", other=luca.number)
    one, client = CoAccused.objects.get(), signed_in(worker)
    where = reverse("child_correct", kwargs={"pk": ellis.pk, "kind": "co_accused", "statement": one.pk})
    assert f'value="{luca.number}"' in client.get(where).content.decode()
    assert client.post(where, posted("co_accused", offence=one.offence_id, name="Luca M")).status_code == 302
    as_seen_by(worker)
    assert CoAccused.objects.current().get().other_id is None


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"name": ""}, "Write their name, as the police or the court gave it."),
        ({"name": "Luca M", "other": "own"}, "This is the child’s own number."),
        ({"name": "Luca M", "other": "closed"}, "No child with this number is open to you."),
        ({"name": "Luca M", "other": "99-9999"}, "No child with this number is open to you."),
    ],
)
def test_what_is_wrong_is_said(said, sentence, ellis, worker, head):
    closed = child(head, given="Rowan")
    numbers = {"own": ellis.number, "closed": closed.number}
    answer = accused(ellis, worker, **said | {"other": numbers.get(said.get("other", ""), said.get("other", ""))})
    assert answer.status_code in (409, 422) and sentence in sentences(answer)
