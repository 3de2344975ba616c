"""A plan from its first objective to the page the child takes home, by a case manager and whoever countersigns."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from tests.casework.plans.given import factor, rated
from tests.factories import service, staff, team
from tests.people.children import as_seen_by, child, related, said
from tests.support.browser import NARROW, WIDE
from waypost.access.models import Staff
from waypost.people.models import Child

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
OWN = "School’s done with me. I want to fix bikes."


@pytest.fixture
def people(transactional_db: None) -> tuple[Staff, Staff, Child]:
    """Ellis has two factors against change, and an assessment that rates his safety high."""
    service()
    riverside = team(name="Riverside")
    priya = staff("practitioner", name="Priya Nandakumar", job_title="Case manager", team=riverside)
    leila = staff("manager", name="Leila Haddad", job_title="Manager", team=riverside)
    with transaction.atomic():
        as_seen_by(priya)
        ellis = child(priya)
        related(ellis, priya)
        spoke = said(ellis, "entry", priya)
        type(spoke).objects.filter(pk=spoke.pk).update(said_by="child", own_words=OWN)
        factor(ellis, priya, "attendance")
        factor(ellis, priya, "local_area", rating="moderate")
        rated(ellis, priya, leila, safety="high", serious_harm="medium")
    return priya, leila, ellis


def fill_day(page: Any, legend: str, value: date) -> None:
    group = page.get_by_role("group", name=legend)
    for part in ("day", "month", "year"):
        group.get_by_label(part.capitalize(), exact=True).fill(str(getattr(value, part)))


def test_a_plan_is_written_signed_sent_back_countersigned_and_given(
    people: Any, browser_as: Any, live_server: Any, axe: Any, shot: Any
) -> None:
    priya, leila, ellis = people
    by_day = timezone.localdate() + timedelta(days=60)
    where = live_server.url + reverse("child_plan", kwargs={"pk": ellis.pk})

    # Given a child without a plan
    page = browser_as(priya)
    page.goto(where)
    axe(page)
    page.get_by_role("link", name="Begin a plan").click()
    axe(page)
    page.get_by_role("button", name="Begin the plan").click()

    # Then what is missing stands first, safety before the rest
    first = page.locator(".wp-work > li").first
    expect(first).to_contain_text("Nothing keeps the child safe")
    axe(page)
    shot(page, "plan-begun")

    writes_an_objective(page, by_day, axe, shot)
    asks_the_child_and_signs(page, axe, shot)

    # When her manager sends it back
    countersigns(browser_as(leila), where, axe, shot)

    # Then she mends it and signs again, and it is countersigned
    page = browser_as(priya)
    page.goto(where)
    expect(page.get_by_text("Say who meets him at the bus.").first).to_be_visible()
    page.get_by_role("link", name="What happens if things get worse, and who does it").click()
    page.get_by_label("In plain words").fill("Donna meets him at the bus; duty is rung.")
    axe(page)
    page.get_by_role("button", name="Save the words").click()
    page.get_by_role("button", name="Sign it").click()
    page.get_by_role("button", name="Sign it").click()
    page = browser_as(leila)
    page.goto(where)
    page.get_by_role("button", name="Countersign it or send it back").click()
    page.get_by_label("Countersign it: this is the plan").check()
    page.get_by_role("button", name="Save what you decide").click()
    page.get_by_text("It is countersigned: this is the plan.").wait_for()
    axe(page)
    shot(page, "plan-countersigned")

    # And the page that Ellis takes home is printed, in his language
    for language in ("In English (PDF)", "In Welsh (PDF)"):
        with page.expect_download() as taken:
            page.get_by_role("link", name=language).click()
        assert taken.value.suggested_filename.startswith("plan-for-the-child-")

    # When Priya opens his page, it says how the plan stands
    page = browser_as(priya)
    page.goto(live_server.url + reverse("child", kwargs={"pk": ellis.pk}))
    expect(page.get_by_role("heading", name="Plan 1 countersigned")).to_be_visible()
    axe(page)
    shot(page, "plan-on-the-childs-page")


def countersigns(page: Any, where: str, axe: Any, shot: Any) -> None:
    page.goto(where)
    page.get_by_role("button", name="Countersign it or send it back").click()
    axe(page)
    page.get_by_label("Send it back", exact=True).check()
    page.get_by_label("What is to be done").fill("Say who meets him at the bus.")
    shot(page, "plan-countersign")
    page.get_by_role("button", name="Save what you decide").click()
    page.get_by_text("It is sent back").wait_for()


def writes_an_objective(page: Any, by_day: date, axe: Any, shot: Any) -> None:
    # When she writes an objective that says nothing
    page.get_by_role("link", name="No objective answers ‘Going to school or work’").first.click()
    page.get_by_label("What will be different").fill("Engage with education")
    page.get_by_label("How we will know").fill("The school’s register, on Fridays.")
    page.get_by_label("Away from offending").check()
    page.get_by_label("Where the child spoke of it").select_option(index=1)
    fill_day(page, "By which day", by_day)
    page.get_by_role("button", name="Save the objective").click()
    expect(page.get_by_role("alert")).to_contain_text("not what will be different")
    axe(page)
    shot(page, "plan-objective-refused")

    # And then one that does, in his own words
    page.get_by_label("What will be different").fill("Ellis is at school twelve hours a week")
    page.get_by_role("button", name="Save the objective").click()
    expect(page.get_by_text(OWN)).to_be_visible()

    # And who does what, and why the other can wait
    page.get_by_role("link", name="Say who does what").first.click()
    page.get_by_label("The child", exact=True).check()
    page.get_by_label("What they do").fill("Comes to the first lesson each day.")
    axe(page)
    shot(page, "plan-who-does-what")
    page.get_by_role("button", name="Save who does it").click()
    page.get_by_role("link", name="say why not now").click()
    page.get_by_label("Why no objective answers it now").fill("He has just moved away from there.")
    axe(page)
    page.get_by_role("button", name="Save the reason").click()


def asks_the_child_and_signs(page: Any, axe: Any, shot: Any) -> None:
    # When she signs before he was asked, she is told
    page.get_by_role("button", name="Sign it").click()
    axe(page)
    page.get_by_role("button", name="Sign it").click()
    expect(page.get_by_role("alert")).to_contain_text("Nobody has said whether the child agrees")
    page.get_by_role("link", name="The plan").click()
    page.get_by_role("link", name="Nobody has said whether the child agrees").click()
    fill_day(page, "On which day it was agreed", timezone.localdate())
    page.get_by_label("What they said of it").fill("Twelve is fine.")
    axe(page)
    page.get_by_role("button", name="Save", exact=True).click()
    shot(page, "plan-written")
    page.set_viewport_size(NARROW)
    shot(page, "plan-written-narrow")
    page.set_viewport_size(WIDE)
    page.get_by_role("button", name="Sign it").click()
    page.get_by_role("button", name="Sign it").click()
    page.get_by_text("It is signed, and waits").wait_for()
    axe(page)
