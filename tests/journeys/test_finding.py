"""Somebody enters a child who is here already, and two records of one child are combined and parted."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import transaction
from django.urls import reverse
from playwright.sync_api import expect

from tests.factories import staff, team
from tests.people.children import child, said, sealed
from waypost.people.models import Child

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def riverside(transactional_db: None) -> Any:
    """Priya holds Ellis; Dylan’s record is sealed; a third is held by another team."""
    priya = staff("practitioner", name="Priya Nandakumar", team=team(name="Riverside"))
    head = staff("head_of_service", name="Imogen Fenwick")
    with transaction.atomic():
        ellis = child(priya)
        said(ellis, "alert", priya)
        said(ellis, "identifier", priya, scheme="nhs", value="999 000 0018")
        dylan = child(priya, given="Dylan", family="Prosser", born=date(2009, 3, 14))
        sealed(dylan, priya, by=head)
        child(staff("practitioner", name="Rhys Owen", team=team(name="Hillside")), given="Elis", family="Marsden")
    return priya


def test_a_child_who_is_here_is_not_entered_again(
    riverside: Any, browser_as: Any, live_server: Any, axe: Any, shot: Any
) -> None:
    # Given a worker of another team, rung by a mother
    page = browser_as(staff("practitioner", name="Sunita Rao", team=team(name="Valley")))
    page.goto(live_server.url + reverse("find"))
    axe(page)

    # When she looks for the name as she heard it
    page.get_by_label("What you know of the child").fill("Mardin Elis")
    page.get_by_role("button", name="Find", exact=True).click()

    # Then she is told that it sounds alike, who holds the child, and no more
    page.get_by_role("heading", name="1 child").wait_for()
    assert "Mardin" not in page.url
    expect(page.get_by_text("born in 2010")).to_be_visible()
    expect(page.get_by_text("Held by Priya Nandakumar, Riverside")).to_be_visible()
    expect(page.get_by_text("same sound")).to_be_visible()
    axe(page)
    shot(page, "find")

    # And when she enters the child all the same
    page.get_by_role("link", name="Enter a child").click()
    axe(page)
    for label, text in (
        ("Given names", "Elis"),
        ("Family name", "Mardin"),
        ("Day", "2"),
        ("Month", "11"),
        ("Year", "2010"),
    ):
        page.get_by_label(label, exact=True).fill(text)
    page.get_by_label("seen or heard by the worker").check()
    page.get_by_role("button", name="Enter the child").click()

    # Then she sees who it may be before anything is saved
    page.get_by_role("heading", name="These may be the same child").wait_for()
    expect(page.get_by_text("name sounds alike; birth date")).to_be_visible()
    assert Child.objects.count() == 2, "two, beside the sealed one that nobody is told of"
    axe(page)
    shot(page, "enter-likely")

    # And it is enough of a question to be answered by hand
    page.get_by_role("button", name="It is none of these: enter the child").click()
    page.get_by_role("alert").get_by_text("This child may be here already").wait_for()
    page.get_by_label("I have looked: Ellis Marden is another child").check()
    page.get_by_role("button", name="It is none of these: enter the child").click()
    page.get_by_text("The child is in the record").wait_for()
    assert Child.objects.count() == 3


def test_a_closed_record_says_whom_to_ring(
    riverside: Any, browser_as: Any, live_server: Any, axe: Any, shot: Any
) -> None:
    page = browser_as(staff("practitioner", name="Sunita Rao"))
    page.goto(live_server.url + reverse("find"))
    page.get_by_label("What you know of the child").fill("Dylan Prosser 14/3/2009")
    page.get_by_role("button", name="Find", exact=True).click()
    page.get_by_text("Restricted: ring the duty manager.").wait_for()
    expect(page.get_by_role("heading", name="Nobody was found")).to_be_visible()
    axe(page)
    shot(page, "find-restricted")


def test_two_records_are_combined_and_parted(
    riverside: Any, browser_as: Any, live_server: Any, axe: Any, shot: Any
) -> None:
    # Given two records that a manager thinks are one child
    manager = staff("manager", name="Leila Haddad")
    with transaction.atomic():
        second = child(manager, given="El", family="Marden", born=date(2010, 2, 11))
        first = Child.objects.exclude(pk=second.pk).order_by("number").first()
    page = browser_as(manager)
    page.goto(live_server.url + reverse("child_combine_with", kwargs={"pk": first.pk}))
    axe(page)

    # When she types the number of the other
    page.get_by_label("Number of the other record").fill(second.number)
    page.get_by_role("button", name="See both records").click()

    # Then both stand beside each other, with what differs
    page.get_by_role("heading", name="Are these one child?").wait_for()
    expect(page.get_by_text("day and month swapped")).to_be_visible()
    axe(page)
    shot(page, "combine")

    # And combined they are one, until she parts them
    page.get_by_label(f"Keep {first.number}").check()
    page.get_by_label("How do you know that they are one child?").fill("The school has one child of this name.")
    page.get_by_role("button", name="Combine the records").click()
    page.get_by_text(f"{second.number} is read with {first.number} from now on").wait_for()
    page.goto(live_server.url + reverse("child_combine_with", kwargs={"pk": first.pk}))
    axe(page)
    page.get_by_role("link", name="Part them").click()
    page.get_by_role("heading", name="Are these two children?").wait_for()
    axe(page)
    shot(page, "part")
    page.get_by_label("How do you know that they are two children?").fill("They are cousins.")
    page.get_by_role("button", name="Part the records").click()
    page.get_by_text("are two children again").wait_for()
