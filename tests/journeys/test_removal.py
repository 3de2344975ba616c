"""A head of service takes out what was wrong, holds a record, moves what stood on the wrong child, and answers a request."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from tests.factories import service, staff
from tests.people.children import child, said
from tests.people.test_removal import document
from waypost.people.models import Child

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SCHOOL = "The school rang on 4 June: it was another boy. Checked with the form tutor."


def test_words_are_removed_moved_held_and_given_out(browser_as: Any, live_server: Any, axe: Any, shot: Any) -> None:
    # Given a child of whom two wrong things were said
    with transaction.atomic():
        service()
        head, worker = staff("head_of_service", name="Helen Ash"), staff(name="Anna Dell")
        ellis, bryony = child(worker), child(head, given="Bryony", family="Tanner")
        wrong = said(ellis, "entry", worker, title="At the bridge", since=timezone.localdate() - timedelta(days=9))
        others = said(ellis, "entry", worker, title="In the shop", since=timezone.localdate() - timedelta(days=3))
        said(ellis, "alert", worker)
        document(ellis, worker)
    page = browser_as(head)

    def to(name: str, of: Child = ellis, **where: Any) -> None:
        page.goto(live_server.url + reverse(name, kwargs={"pk": of.pk, **where}))

    # When she removes one under a rule
    to("child_remove", kind="entry", statement=wrong.pk)
    page.get_by_text("These are emptied and cannot be brought back").wait_for()
    axe(page)
    shot(page, "child-remove")
    page.get_by_role("button", name="Remove these words").click()
    page.get_by_role("heading", name="There is a problem").wait_for()
    axe(page)
    page.get_by_label("Under which rule").select_option("rectification")
    page.get_by_label("Why").fill(SCHOOL)
    page.get_by_role("button", name="Remove these words").click()
    page.get_by_text("was removed on").wait_for()

    # And moves the other to the child it was about
    to("child_move", kind="entry", statement=others.pk)
    page.get_by_label("Or another child’s number").fill(bryony.number)
    page.get_by_label("Why it is moved").fill(SCHOOL)
    page.get_by_role("button", name="Show me the child").click()
    page.get_by_role("heading", name=f"Move it to Bryony Tanner, {bryony.number}?").wait_for()
    axe(page)
    shot(page, "child-move")
    page.get_by_role("button", name="Move it there").click()
    page.get_by_text("was moved to another record on").wait_for()

    # And holds the record
    page.get_by_role("link", name="Hold this record against removal").click()
    axe(page)
    shot(page, "child-hold")
    page.get_by_label("Why nothing may be removed").fill("A claim was made on 3 May; legal asked for it.")
    page.get_by_role("button", name="Hold the record").click()

    # Then the page says what happened and who holds it, and not what was said
    page.get_by_text("Held by Helen Ash since").wait_for()
    assert page.get_by_text("bridge").count() == 0
    axe(page)
    shot(page, "child-removed")

    # And nothing is erased while that runs
    page.get_by_role("link", name="Remove everything about this child").click()
    axe(page)
    page.get_by_label("Under which rule").select_option("erasure")
    page.get_by_label("Why").fill("Asked for by letter of 2 June.")
    page.get_by_label("Type the child’s number").fill(ellis.number)
    page.get_by_role("button", name="Remove everything").click()
    page.get_by_role("alert").get_by_text("Helen Ash has held this record").wait_for()
    axe(page)
    shot(page, "child-erase")

    # And what is held can be given out, with what is withheld counted
    to("child_subject_access")
    page.get_by_role("heading", name="Withheld").wait_for()
    axe(page)
    shot(page, "child-subject-access")
    with page.expect_download() as taken:
        page.get_by_role("button", name="Give it out as PDF").click()
    assert taken.value.suggested_filename.endswith(".pdf")
