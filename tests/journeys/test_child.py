"""A case manager reads and writes on a child's page; what is closed to others is refused in words."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from tests.people.children import OURS, as_seen_by
from tests.support.browser import NARROW
from waypost.access.models import Staff
from waypost.people.models import Alert, Child, Name
from waypost.people.record import actions
from waypost.people.record.kinds import kind_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
KNIFE = re.compile("Keep, change or end it.*Knife found in his bag")


def the_child(given: str) -> Child:
    with transaction.atomic():
        as_seen_by(Staff.objects.get(name="Imogen Fenwick"))
        return Child.objects.get(pk=Name.objects.get(given=given, kind="legal").person_id)


def open_page(page: Any, given: str) -> Child:
    found = the_child(given)
    page.goto(re.sub(r"(//[^/]+)/.*", r"\1", page.url) + reverse("child", kwargs={"pk": found.pk}))
    return found


def test_a_case_manager_opens_ellis_and_writes_down_what_he_said(as_, axe, shot):
    # Given the list of those open to her, the child whose alert is longest overdue first
    page = as_("Priya Nandakumar", "children")
    page.get_by_role("heading", name="Your children", level=1).wait_for()
    axe(page)
    shot(page, "children")

    # When she opens him
    page.get_by_role("link", name="Ellis Marden").click()
    page.get_by_role("heading", name="Ellis Marden", level=1).wait_for()
    expect(page).to_have_title(re.compile(r"^Child \d\d-\d{4} – Waypost$"))
    axe(page)
    shot(page, "child")

    # Then she sees whom to call, and never the number that is not safe
    assert page.get_by_role("link", name="07700 900318").get_attribute("href") == "tel:07700900318"
    assert "07700 900771" not in page.content()

    # When she writes down what he said, by keyboard alone
    page.get_by_role("button", name="Write what happened").focus()
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="What happened", level=1).wait_for()
    axe(page)
    shot(page, "child-entry")
    page.get_by_label("In a few words").fill("Met at the workshop")
    page.get_by_label("What was said, in their own words").fill("Tell them I’m not scared of the bus now.")
    page.get_by_role("button", name="Save to the record").focus()
    page.keyboard.press("Enter")

    # Then it is on his page, set apart as his own
    page.get_by_text("What happened: it is in the record.").wait_for()
    said = page.locator(".moj-timeline .wp-said").first
    assert "not scared of the bus" in said.inner_text()
    expect(page.locator(".moj-timeline .wp-said--carer").first.get_by_text("scared of the bus")).not_to_be_visible()


def test_an_overdue_alert_is_kept_while_somebody_else_changes_it(as_, axe, shot):
    # Given an alert of Ellis that is overdue for review, open in her browser
    page = as_("Priya Nandakumar", "children")
    open_page(page, "Ellis")
    page.get_by_role("link", name=KNIFE).click()
    page.get_by_role("heading", name="An alert", level=1).wait_for()
    expect(page.get_by_text("Written by")).to_be_visible()
    axe(page)
    shot(page, "child-alert")

    # When the police officer corrects it before she saves
    with transaction.atomic():
        lowe = Staff.objects.get(name="PC 4417 Lowe")
        as_seen_by(lowe)
        alert = Alert.objects.current().get(kind="weapon")
        theirs = {**kind_of(alert).said_of(alert), "review_by": timezone.localdate() + timedelta(days=14)}
        theirs |= {"words": "Knife found in his bag, a year ago."}
        actions.correct(alert, theirs, source=OURS, by=lowe, at=timezone.now())
    page.get_by_label("What to do").fill("See him in the office, with the door open.")
    for part, value in (("Day", "20"), ("Month", "12"), ("Year", "2026")):
        review = page.get_by_role("group", name="To be looked at again by")
        review.get_by_label(part).fill(value)
    page.get_by_role("button", name="Save the correction").click()

    # Then both texts stand side by side, and hers is still in the form
    page.get_by_role("heading", name="Theirs beside yours").wait_for()
    expect(page.get_by_role("cell", name="Knife found in his bag, a year ago.")).to_be_visible()
    assert page.get_by_label("What to do").input_value() == "See him in the office, with the door open."
    axe(page)
    shot(page, "child-stale")

    # And the next save is over theirs, knowingly
    page.get_by_role("button", name="Save over theirs").click()
    page.get_by_text("An alert: corrected. What it was stays behind it.").wait_for()
    expect(page.get_by_text("Review by 20 December 2026.")).to_be_visible()

    # And it is ended by one short form
    page.get_by_role("link", name=KNIFE).click()
    page.get_by_role("link", name="End it").click()
    page.get_by_role("heading", name="End it: an alert", level=1).wait_for()
    axe(page)
    page.get_by_role("button", name="End it").click()
    page.get_by_text("An alert: ended. It stays in the record.").wait_for()
    expect(page.get_by_text("Ends today.")).to_be_visible()


def test_business_support_sees_who_he_is_and_is_told_who_reads_the_rest(as_, axe, shot):
    page = as_("Colin Ashdown", "children")
    open_page(page, "Ellis")
    page.get_by_text("Part of this record is not open to you:").wait_for()
    expect(page.get_by_text("ask Priya Nandakumar, who holds the child")).to_be_visible()
    expect(page.get_by_text("4 Mill Row")).to_be_visible()
    for words in ("Knife", "parade", "held back"):
        assert words not in page.locator("main").inner_text()
    axe(page)
    shot(page, "child-business-support")


def test_a_mother_and_her_number_are_put_on_the_record_on_a_telephone(as_, axe, shot):
    # Given a narrow screen and a child of whose family nothing is known
    page = as_("Priya Nandakumar", "children")
    page.set_viewport_size(NARROW)
    aisha = open_page(page, "Aisha")
    page.get_by_role("link", name="Somebody in their life").click()
    page.get_by_role("heading", name="Somebody in their life", level=1).wait_for()
    axe(page)
    shot(page, "child-relation")

    # When his worker writes her down, and then her number
    page.get_by_label("Given names").fill("Nasreen")
    page.get_by_label("Family name").fill("Carrow")
    page.get_by_label("What they are to the child").select_option("Mother")
    page.get_by_label("Looks after the child").check()
    page.get_by_label("Lives with the child").check()
    page.get_by_role("button", name="Save to the record").click()
    page.get_by_role("link", name="Add a way to reach Nasreen Carrow").click()
    page.get_by_text("Of Nasreen Carrow.").wait_for()
    page.get_by_label("How", exact=True).select_option("Mobile")
    page.get_by_label("Number or address").fill("07700 900123")
    page.get_by_label("Is it safe to use?").select_option("Yes, safe")
    page.get_by_role("button", name="Save to the record").click()

    # Then she can be rung from the child's page
    page.get_by_role("link", name="07700 900123").wait_for()
    expect(page.get_by_text("Lives with Nasreen Carrow (mother).")).to_be_visible()
    assert page.url.endswith(reverse("child", kwargs={"pk": aisha.pk}))


def test_what_is_printed_has_no_address_that_is_kept_from_somebody(as_, shot):
    page = as_("Idris Vane", "children")
    open_page(page, "Amira")
    page.get_by_role("heading", name="Amira Quill", level=1).wait_for()
    page.emulate_media(media="print")
    expect(page.get_by_text("Kept from somebody", exact=False).first).to_be_visible()
    expect(page.get_by_text("11 Fen Lane")).not_to_be_visible()
    expect(page.get_by_text("Brook House, 41 miles")).not_to_be_visible()
    expect(page.get_by_role("button", name="Write what happened")).not_to_be_visible()
    shot(page, "child-printed")
    page.emulate_media(media="screen")
    page.get_by_role("region", name="Care and home").get_by_text("Show where").last.click()
    expect(page.get_by_text("11 Fen Lane")).to_be_visible()


def test_a_school_and_whom_to_ring_there_are_added(as_, axe, shot):
    page = as_("Colin Ashdown", "organisations")
    page.get_by_role("heading", name="Organisations", level=1).wait_for()
    axe(page)
    shot(page, "organisations")
    page.get_by_role("button", name="Add an organisation").click()
    page.get_by_label("Its name").fill("Weir College")
    page.get_by_label("Which agency it belongs to").select_option("Education: school, college or local authority")
    axe(page)
    page.get_by_role("button", name="Add the organisation").click()
    page.get_by_label("Their name").fill("Ada Stone")
    page.get_by_label("Telephone").fill("01632 960 190")
    page.get_by_role("button", name="Add them").click()
    page.get_by_role("link", name="01632 960 190").wait_for()
    axe(page)
    shot(page, "organisation")
