"""Who sees and does what with the improvement plan, and what they are told where they may not."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.alder_vale import heading, refs, the
from waypost.governance.improvement.models import Evidence

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_lead_adds_to_their_own_and_is_told_why_not_to_others(as_, axe, shot):
    # Given a police officer who leads two actions
    page = as_("PC 4417 Lowe", "my_actions")
    page.get_by_role("heading", name="My actions", level=1).wait_for()
    mine = refs(page)
    assert {"2a", "4b"} <= set(mine)
    axe(page)
    shot(page, "my-actions")

    # When she adds a note to one of them
    page.get_by_role("row", name=re.compile("^4b ")).get_by_role("link").click()
    page.get_by_label("What has happened").fill("Asked for all fourteen.")
    page.get_by_role("button", name="Add the note").click()
    page.get_by_text("is in the record.").wait_for()

    # Then it is hers; on another's she is told whom to ask, and offered nothing to press
    page = as_("PC 4417 Lowe", "action", pk=the("1e").pk)
    page.get_by_text("You are not among this action’s leads. Ask one of them, or a manager, to add it.").wait_for()
    assert page.locator("main").get_by_role("button").count() == 0
    axe(page)
    shot(page, "action-not-a-lead")


@pytest.mark.parametrize("who", ["Ferhat Aydin", "Harriet Moss"])
def test_who_only_reads_sees_all_and_is_offered_nothing(as_, axe, who):
    # Given a board member or an inspector
    page = as_(who, "plan")
    page.get_by_role("heading", name="Improvement plan", level=1).wait_for()

    # Then nothing can be taken out, brought in or added
    assert page.get_by_role("link", name=re.compile("PDF|Read in a document|Add an action|Committee pack")).count() == 0
    page = as_(who, "action", pk=the("4d").pk)
    page.get_by_text("Your role lets you read the plan, not add to it.").wait_for()
    assert page.locator("main").get_by_role("button").count() == 0
    expect(page.get_by_text("No measure").first).to_be_visible()
    assert page.get_by_role("link", name="Name a measure").count() == 0
    axe(page)

    # And the door that is closed says who may open it
    page = as_(who, "read")
    page.get_by_text(
        "Your role does not let you read a plan or an inspection from a document and accept it."
    ).wait_for()
    axe(page)


def test_an_inspector_opens_only_what_is_shown_to_inspectors(as_, live_server):
    shown = Evidence.objects.filter(inspector_may_open=True).first()
    page = as_("Harriet Moss", "action", pk=shown.action_id)
    with page.expect_download() as taken:
        page.get_by_role("link", name=shown.title).click()
    assert taken.value.path().stat().st_size > 0


def test_an_administrator_is_told_that_the_plan_is_not_theirs(as_, axe, shot):
    page = as_("Jo Winterbourne", "plan")
    heading(page, "Not open to you")
    page.get_by_text("Your role does not let you see the improvement plan").wait_for()
    assert page.get_by_role("link", name="Improvement", exact=True).count() == 0
    axe(page)
    shot(page, "plan-refused")


def test_today_says_what_needs_whom(as_, axe, shot):
    # Given the head of service in the morning
    page = as_("Imogen Fenwick", "today")
    page.get_by_role("heading", name="Actions you lead (4)").wait_for()
    axe(page)
    shot(page, "today")

    # When she takes the first thing that is offered
    page.get_by_role("link", name=re.compile("Add a note")).or_(
        page.get_by_role("button", name=re.compile("Add a note"))
    ).first.click()

    # Then she is at the action
    page.get_by_role("heading", name=re.compile("^3a ")).wait_for()
    page = as_("Jo Winterbourne", "today")
    page.get_by_role("heading", name="What needs you today").wait_for()
    axe(page)


@pytest.mark.parametrize("name", ["inspections", "how_status", "committee_pack", "action_add"])
def test_the_other_pages_hold_at_320_and_for_axe(as_, axe, shot, name):
    page = as_("Imogen Fenwick", name)
    expect(page.get_by_role("heading", level=1)).to_have_count(1)
    axe(page)
    shot(page, name.replace("_", "-"))


def test_one_inspection_holds_what_its_report_says(as_, axe, shot):
    page = as_("Leila Haddad", "inspections")
    page.get_by_role("link", name="June 2025").click()
    page.get_by_role("heading", name="Inspection of Alder Vale").wait_for()
    axe(page)
    shot(page, "inspection")
    page.get_by_role("link", name="See what answers it").click()
    page.get_by_text("Nothing in the plan answers recommendations 7 and 8.").wait_for()
    page.get_by_role("link", name="Put in the inspection’s own order").click()
    page.get_by_role("heading", name="In the inspection’s own order").wait_for()
    axe(page)
    shot(page, "answer-in-order")
