"""Eight sessions from planning them to what a manager sees: two took place, one was lost by us."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from tests.casework.interventions.work import aim
from tests.factories import service, staff, team
from tests.people.children import as_seen_by, child, said
from waypost.access.models import Staff
from waypost.casework.contacts.models import Contact
from waypost.people.record.models import Child

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def priya(transactional_db: None) -> Staff:
    """Ellis’s plan has an objective that answers his anger; words are hard for him."""
    service()
    worker = staff("practitioner", name="Priya Nandakumar", team=team(name="Riverside"))
    staff("manager", name="Leila Haddad", team=worker.team)
    with transaction.atomic():
        as_seen_by(worker)
        ellis = child(worker)
        said(ellis, "need", worker, area="communication", words="Says yes when it is not understood.")
        aim(ellis, worker, "anger", "thinking", words="I walk away before it starts.")
    return worker


def fill_day(page: Any, group: str, day: date) -> None:
    for part in ("day", "month", "year"):
        page.get_by_role("group", name=group).get_by_label(part.capitalize(), exact=True).fill(str(getattr(day, part)))


def gone_by(number: int) -> None:
    """The first sessions are over."""
    with transaction.atomic():
        as_seen_by(Staff.objects.get(name="Priya Nandakumar"))
        rows = Contact.objects.filter(sessions__number__lte=number).order_by("starts")
        for days_ago, contact in zip(range(3 * number, 0, -3), rows, strict=True):
            contact.starts = timezone.now() - timedelta(days=days_ago)
            contact.save(update_fields=["starts"])


def record(page: Any, came: str) -> None:
    page.get_by_text("The sessions").click()
    page.get_by_role("link", name="Record it").first.click()
    page.get_by_label(came, exact=True).check()
    if came == "Came":
        page.get_by_role("group", name="Is anyone less safe than you thought?").get_by_label("No").check()
        page.get_by_label("What happened?").fill("He tried it out, and laughed.")
    else:
        page.get_by_label("Why we cancelled").select_option(label="No room or no car")
    page.get_by_role("button", name="Save contact").click()
    page.get_by_text("is in the record.").wait_for()


def test_a_case_manager_plans_eight_sessions_and_a_manager_sees_what_came_of_them(
    priya: Staff, browser_as: Any, live_server: Any, axe: Any, shot: Any
) -> None:
    # Given a child with an objective towards which nothing is done
    page, ellis = browser_as(priya), Child.objects.get()
    there = live_server.url + reverse("interventions", kwargs={"pk": ellis.pk})
    page.goto(live_server.url + reverse("child", kwargs={"pk": ellis.pk}))
    page.get_by_role("link", name="What is done with the child").click()
    page.get_by_text("Nothing is done yet towards ‘I walk away before it starts.’").wait_for()
    axe(page)

    # When she plans work towards it with a programme that asks him to talk
    page.get_by_role("link", name="Plan work towards it").click()
    page.get_by_text("What answers this objective").click()
    page.get_by_role("link", name="Handling anger").click()
    page.get_by_label("How many sessions").fill("8")
    axe(page)
    shot(page, "intervention-plan")
    page.get_by_role("button", name="Plan it").click()

    # Then she is asked how it is made to fit
    page.get_by_text("Say how it is made to fit").first.wait_for()
    page.get_by_label("How it is made to fit this child").fill("Pictures, and he says it back.")
    page.get_by_role("button", name="Plan it").click()

    # When she puts its sessions into the diary
    page.get_by_role("heading", name="Put sessions into the diary", level=1).wait_for()
    axe(page)
    expect(page.get_by_label("How many", exact=True)).to_have_value("8")
    fill_day(page, "The first on which day", timezone.localdate() + timedelta(days=7))
    page.get_by_role("button", name="Put them in the diary").click()
    page.get_by_text("0 of 8 took place, 8 to come").first.wait_for()
    axe(page)

    # And three of them go by: he came twice, and once there was no room
    gone_by(3)
    for came in ("Came", "Came", "We cancelled"):
        page.goto(there)
        record(page, came)
    page.goto(there)
    page.get_by_text("2 of 8 took place, 1 cancelled, 5 to come; 1 of those lost was ours").first.wait_for()
    axe(page)
    shot(page, "interventions")

    # Then a manager sees it, and why
    page.context.clear_cookies()
    page = browser_as(Staff.objects.get(name="Leila Haddad"))
    page.goto(live_server.url + reverse("today"))
    page.get_by_role("link", name="Planned against delivered").click()
    page.get_by_text("2 of 3 sessions took place (67%)").wait_for()
    expect(page.get_by_role("row", name="Priya Nandakumar")).to_contain_text("We cancelled: no room or no car")
    expect(page.get_by_text("Ellis")).to_have_count(0)
    axe(page)
    shot(page, "delivery")
