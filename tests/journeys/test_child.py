"""A case manager reads and writes on a child's page; what is closed to others is refused in words."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import transaction
from django.urls import reverse

from tests.people.children import as_seen_by
from waypost.access.models import Staff
from waypost.people.models import Child, Name

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


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
    assert re.fullmatch(r"Child \d\d-\d{4} – Waypost", page.title())
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
    assert not page.locator(".moj-timeline .wp-said--carer").first.get_by_text("scared of the bus").is_visible()
