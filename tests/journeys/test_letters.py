"""A letter is written from the child's page, by keyboard, beside why its way is safe; what is not safe is not sent."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import transaction
from django.urls import reverse
from playwright.sync_api import expect

from tests.casework import letters
from tests.factories import service, staff, team
from tests.people.children import OURS, as_seen_by, child, related, said
from waypost.access.models import Staff
from waypost.casework.letters.models import Letter
from waypost.people.models import Child
from waypost.people.record import actions as record
from waypost.people.record.kinds import KINDS

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def priya() -> Staff:
    service()
    return staff(name="Priya Nandakumar", team=team(name="Riverside"))


@pytest.fixture
def ellis(priya: Staff) -> Child:
    """With an appointment to come, a telephone that is safe, and a father who is not to know."""
    with transaction.atomic():
        found = child(priya)
        letters.to_come(found, priya)
        said(found, "contact", priya, value="07700 900655")
        said(found, "contact", priya, method="post", value="4 Mill Row, Riverside, ZZ9 4MR", safe="only_as_said", words="Plain envelope.")  # fmt: skip
        said(found, "language", priya)
        said(found, "need", priya)
        father = related(found, priya, "Craig", "Holt", "father")
        said(father.other, "contact", priya, value="07700 900771", safe="not_safe", words="He is not to learn where.")
        return found


def chosen(page: Any, letter: str, how: str) -> None:
    page.get_by_label(letter, exact=True).check()
    page.get_by_label(how).check()
    page.get_by_label("What it is about").select_option(index=1)


def test_a_letter_is_written_by_keyboard_and_kept(priya, ellis, browser_as, live_server, axe, shot):
    # Given a case manager on the child's page
    page = browser_as(priya)
    page.goto(live_server.url + reverse("child", kwargs={"pk": ellis.pk}))
    page.get_by_role("button", name="Write a letter or a text").press("Enter")
    chosen(page, "An appointment", "Letter by post")
    axe(page)
    shot(page, "letter choose")

    # When she goes on to the words
    page.get_by_role("button", name="Go on to the words").press("Enter")
    expect(page.get_by_text("Only as the person said: Plain envelope.")).to_be_visible()
    expect(page.get_by_text("Pictures.")).to_be_visible()
    axe(page)
    shot(page, "letter words")
    words = page.get_by_label("What it says")
    words.fill(words.input_value().replace("[telephone of the service]", "01632 960 100"))
    page.get_by_role("button", name="Make the letter").press("Enter")

    # Then she is asked how it keeps to what was said, and nothing typed is lost
    page.get_by_text("Say how you keep to that").first.wait_for()
    assert "01632 960 100" in words.input_value()
    axe(page)
    page.get_by_label("How it was agreed that this way is safe").fill("A plain envelope.")
    page.get_by_role("button", name="Make the letter").press("Enter")

    # And it is made, and not sent by itself
    page.get_by_text("Waypost does not send it.").wait_for()
    axe(page)
    shot(page, "letter made")
    with page.expect_download() as taken:
        page.get_by_role("link", name="Open the letter").click()
    assert taken.value.suggested_filename == "letter.pdf"
    page.get_by_role("button", name="I sent it").press("Enter")
    page.get_by_text("It is in the record that you sent it.").wait_for()
    expect(page.get_by_text("Letter sent: an appointment").first).to_be_visible()


def test_what_is_not_safe_is_not_offered(priya, ellis, browser_as, live_server, axe, shot):
    page = browser_as(priya)
    page.goto(live_server.url + reverse("letter_write", kwargs={"pk": ellis.pk}))
    chosen(page, "An appointment, to a carer", "Text message")
    page.get_by_label("Who it goes to").select_option(label="Craig Holt (father)")
    page.get_by_role("button", name="Go on to the words").click()
    page.get_by_text("There is no safe way to send this text.").wait_for()
    expect(page.get_by_text("07700 900771")).not_to_be_visible()
    assert page.get_by_role("button", name="Make the text").count() == 0
    axe(page)
    shot(page, "letter not safe")


def test_a_text_that_is_not_safe_any_more_is_not_sent(priya, ellis, browser_as, live_server, axe, shot):
    # Given a text that is written, on an open page
    page = browser_as(priya)
    page.goto(live_server.url + reverse("letter_write", kwargs={"pk": ellis.pk}))
    chosen(page, "An appointment", "Text message")
    page.get_by_role("button", name="Go on to the words").click()
    page.get_by_label("What it says").fill(letters.WORDS)
    page.get_by_role("button", name="Make the text").click()
    page.get_by_role("button", name="I sent it").wait_for()

    # When somebody learns that the telephone is another's now
    with transaction.atomic():
        as_seen_by(priya)
        detail = Letter.objects.get().detail
        changed = KINDS["contact"].said_of(detail) | {"safe": "not_safe", "words": "His brother has it."}
        record.correct(detail, changed, source=OURS, by=priya, at=detail.at)

    # Then it is refused, and the number goes from the page
    page.get_by_role("button", name="I sent it").click()
    page.get_by_text("Nothing is saved.").wait_for()
    expect(page.get_by_text("07700 900655")).not_to_be_visible()
    axe(page)
    shot(page, "letter refused")
