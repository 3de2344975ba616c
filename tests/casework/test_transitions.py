"""The page of children near 18, or between services."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from dateutil.relativedelta import relativedelta
from django.test import Client
from django.utils import timezone

from tests.casework.casework import order, say
from tests.factories import service, staff
from tests.people.children import child, held, said, sealed
from waypost.access.models import LogEntry
from waypost.people.matching import combining
from waypost.people.record.models import Child

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


@pytest.fixture
def worker():
    service()
    return staff("practitioner")


@pytest.fixture
def head():
    return staff("head_of_service")


def of_age(worker, years: int = 17, months: int = 8, given: str = "Ellis", **more: Any) -> Child:
    return child(worker, given=given, born=TODAY() - relativedelta(years=years, months=months), **more)


def page(who) -> str:
    client = Client()
    client.force_login(who)
    answer = client.get("/transitions/")
    assert answer.status_code == 200
    main = answer.content.decode().partition("<main")[2].partition("</main")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def test_the_oldest_comes_first_and_whoever_is_18_above_all(worker):
    for years, months, given in ((17, 7, "Bryony"), (18, 1, "Callan"), (17, 11, "Dana"), (17, 4, "Elis")):
        say(of_age(worker, years, months, given), "case", worker)
    found = page(worker)
    assert "3 children are 17½ or older" in found
    assert found.index("Callan") < found.index("Dana") < found.index("Bryony")
    assert "Elis " not in found
    assert "18 since" in found


def test_only_those_whose_case_or_order_is_open(worker):
    closed = of_age(worker, given="Bryony")
    began = TODAY() - timedelta(days=90)
    say(closed, "case", worker, began, until=TODAY() - timedelta(days=1), ended_because="completed")
    of_age(worker, given="Callan")
    discharged = of_age(worker, given="Dana")
    order(discharged, worker, type="conditional_discharge", length=12)
    order(of_age(worker, given="Elis"), worker)
    found = page(worker)
    assert "1 child is 17½ or older" in found and "Elis" in found


def test_an_order_beyond_18_asks_for_what_probation_needs(worker):
    order(of_age(worker, given="Bryony"), worker, length=12)
    order(of_age(worker, given="Callan"), worker, length=3)
    found = page(worker)
    assert "Runs beyond 18." in found and "Ends before 18." in found
    assert found.count("0 of 8") == 1 and found.count("0 of 7") == 1


def test_a_step_that_is_done_is_counted_and_the_next_is_offered(worker):
    ellis = of_age(worker)
    say(ellis, "case", worker)
    say(ellis, "transition", worker, step="told_child")
    say(ellis, "transition", worker, step="told_child", words="And again.")
    found = page(worker)
    assert "1 of 7 Carers were told Say it is done : Ellis Marden" in found


@pytest.mark.parametrize(
    ("basis", "mark", "steps"),
    [
        ("care_leaver_eligible", "Leaving care.", "0 of 9"),
        ("care_order", "In care: ask whether they are owed", "0 of 7"),
        ("child_in_need", "", "0 of 7"),
    ],
)
def test_what_a_care_status_says_of_leaving_care(basis, mark, steps, worker):
    ellis = of_age(worker)
    say(ellis, "case", worker)
    said(ellis, "care", worker, care_basis=basis)
    found = page(worker)
    assert mark in found and steps in found
    assert bool(mark) or "care" not in found.lower().replace("carers", "")


def test_those_between_services_with_what_was_agreed(worker):
    young, other = child(worker, given="Bryony"), child(worker, given="Callan")
    say(young, "transfer", worker, kind="caretaking_for", words="They write the reports.")
    say(other, "transfer", worker, kind="out", words="", until=TODAY())
    found = page(worker)
    assert "2 children are between services" in found
    assert "Caretaking: we do the work, another service is responsible: Marlow Deep" in found
    assert "They write the reports." in found and "Nothing is written down" in found


def test_a_practitioner_sees_those_open_to_them_and_a_manager_all(worker, head):
    stranger = staff("practitioner")
    say(of_age(worker, given="Bryony"), "case", worker)
    mine = held(stranger, entered_by=head, given="Callan", born=TODAY() - relativedelta(years=18))
    say(mine, "case", head)
    shut = of_age(head, given="Dana")
    say(shut, "case", head)
    sealed(shut, stranger, by=head)
    assert "Callan" in page(stranger) and "Bryony" not in page(stranger)
    found = page(staff("manager"))
    assert "Bryony" in found and "Callan" in found and "Dana" not in found


def test_whoever_does_not_read_orders_is_told_so(worker):
    say(of_age(worker), "case", worker)
    found = page(staff("business_support"))
    assert "Orders are not open to you." in found and "Ellis" not in found


def test_a_record_that_was_combined_is_read_with_its_other_half(worker, head):
    kept, gone = child(head, given="Elis", born=TODAY() - relativedelta(years=17, months=9)), of_age(head)
    say(gone, "case", head)
    say(gone, "transition", head, step="told_child")
    combining.combine(kept, gone, by=head, at=timezone.now(), reason="The same mother.")
    found = page(head)
    assert "1 child is 17½ or older" in found and "1 of 7" in found


def test_the_page_asks_the_database_as_often_whatever_its_length(worker, django_assert_max_num_queries):
    def lines(number: int) -> int:
        for _ in range(number):
            ellis = of_age(worker)
            say(ellis, "case", worker)
            order(ellis, worker)
            say(ellis, "transfer", worker)
            said(ellis, "care", worker, care_basis="care_order")
        with django_assert_max_num_queries(200) as queries:
            page(worker)
        return len(queries)

    page(worker)
    assert lines(1) == lines(4)


def test_the_log_names_those_whom_the_page_showed(worker):
    ellis = of_age(worker)
    say(ellis, "case", worker)
    page(worker)
    assert LogEntry.objects.filter(event="case.transitions", listed=[ellis.pk]).exists()
