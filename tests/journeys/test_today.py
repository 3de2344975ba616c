"""A case manager and a team manager begin their day: the worst first, a reason, one thing to do."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from playwright.sync_api import expect

from tests.casework.casework import met, missed, order
from tests.desk.today_world import booked, task
from tests.journeys.test_child import the_child
from tests.people.children import as_seen_by, said
from tests.support.browser import NARROW, WIDE
from waypost.access.models import Staff
from waypost.casework.contacts.models import Contact

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@transaction.atomic
def work_of_a_few_weeks() -> None:
    """What Priya Nandakumar has to do with four of her children, and what was lost."""
    priya, marged = (Staff.objects.get(name=name) for name in ("Priya Nandakumar", "Marged Pryce"))
    today, now = timezone.localdate(), timezone.now()
    ellis, aisha, kayleigh = (the_child(given) for given in ("Ellis", "Aisha", "Kayleigh"))
    as_seen_by(priya)
    _held(ellis, priya)
    made = order(aisha, priya, today - timedelta(days=80))
    missed(aisha, priya, 3, outcome=made)
    met(aisha, priya, 10, outcome=made, own_words="I’ll come if it’s not Fridays.")
    order(kayleigh, priya, today - timedelta(days=200), type="community_resolution", length=None)
    booked(
        kayleigh, priya, now + timedelta(hours=2), way="visit", place="Flat 3, 70 Station Road", purpose="Home visit"
    )
    booked(
        ellis,
        priya,
        now + timedelta(hours=7),
        place="Riverside office",
        purpose="Session 6 of 6",
        staff=(priya, marged),
    )
    booked(ellis, priya, now + timedelta(minutes=1), purpose="Breakfast club")
    task(ellis, priya, today + timedelta(days=2), "Write to Eastgate Academy")
    said(ellis, "entry", marged, title="What he said about the parade")


def _held(ellis: Any, priya: Staff) -> None:
    made = order(ellis, priya, timezone.localdate() - timedelta(days=30))
    for ago in (4, 9, 16, 20):
        found = met(ellis, priya, ago, outcome=made)
        Contact.objects.filter(pk=found.pk).update(planned=True)
    met(ellis, priya, 2, less_safe="child", purpose="Session 5 of 6", own_words="They’re always there.")


def test_a_case_manager_begins_with_what_is_worst(as_, axe, shot, time_machine):
    # Given a Monday on which things are late, due today and to come
    page = as_("Priya Nandakumar", "today")
    page.get_by_role("heading", name="What needs you today", level=1).wait_for()
    work_of_a_few_weeks()
    time_machine.shift(timedelta(minutes=10))

    # When she opens her first page
    page.reload()
    page.get_by_role("heading", name="What needs you today", level=1).wait_for()
    axe(page)
    shot(page, "today-practitioner")
    page.set_viewport_size(NARROW)
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
    page.set_viewport_size(WIDE)

    # Then the worst comes first, and has the one green button
    first = page.locator(".wp-work > li").first
    assert "Ellis Marden" in first.inner_text() and "less safe" in first.inner_text()
    expect(page.locator("main .govuk-button:not(.govuk-button--secondary)")).to_have_count(1)
    expect(page.locator("ol.wp-plain").get_by_text("Go in pairs")).to_be_visible()
    expect(page.get_by_text("Marged Pryce, What he said about the parade")).to_be_visible()

    # And how the order is made is told, by keyboard
    page.locator("summary", has_text="How this order is made").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Nobody’s place in the order is set by hand")).to_be_visible()

    # When she records what nobody has recorded, it is no longer asked for
    page.get_by_role("button", name="Breakfast club").click()
    page.get_by_role("heading", level=1).wait_for()
    expect(page.get_by_text("From your diary")).to_be_visible()


def test_a_team_manager_begins_with_who_is_less_safe_and_who_is_late_twice(as_, axe, shot, time_machine):
    # Given the same Monday
    page = as_("Leila Haddad", "today")
    work_of_a_few_weeks()
    time_machine.shift(timedelta(minutes=10))
    page.reload()

    # Then a child who is less safe stands above everything
    page.get_by_role("heading", name="What needs your team today", level=1).wait_for()
    expect(page.get_by_text("That comes before everything else.")).to_be_visible()
    assert "Ellis Marden" in page.locator(".wp-work > li").first.inner_text()
    axe(page)
    shot(page, "today-manager")

    # When she goes on to the lists of her team
    page.get_by_role("link", name="Gaps in contact").click()
    page.get_by_role("heading", name="The work of your team", level=1).wait_for()
    axe(page)
    shot(page, "team")
    page.set_viewport_size(NARROW)
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
    page.set_viewport_size(WIDE)
    assert page.get_by_role("region", name="Gaps in contact").get_by_role("rowheader").count() >= 2

    # Then she writes down what she agreed about the child who is late in two ways
    page.get_by_role("button", name="Write oversight").first.click()
    page.get_by_role("heading", name="Oversight", exact=True, level=1).wait_for()
