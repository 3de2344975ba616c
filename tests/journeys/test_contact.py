"""A contact is recorded without a mouse, a missed one is followed up, judged and decided, and nothing typed is lost."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import transaction
from django.urls import reverse
from playwright.sync_api import expect

from tests.casework.casework import missed, order
from tests.factories import service, staff, team
from tests.people.children import as_seen_by, child
from waypost.access.models import Staff
from waypost.casework.compliance.models import Decision
from waypost.casework.contacts.models import Contact
from waypost.people.models import Child

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WORDS, OWN = "Bus times and a fake court letter.", "I’d have known what I was agreeing to."


class Keys:
    """A keyboard that counts: typing is words, all else is a key."""

    def __init__(self, page: Any) -> None:
        self.page, self.pressed = page, 0

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)
        self.pressed += 1

    def type(self, words: str) -> None:
        self.page.keyboard.type(words)


@pytest.fixture
def priya() -> Staff:
    service()
    return staff(name="Priya Nandakumar", team=team(name="Riverside"))


@pytest.fixture
def ellis(priya: Staff) -> Child:
    with transaction.atomic():
        return child(priya)


def test_a_contact_takes_eight_keys_at_most_besides_its_words(priya, ellis, browser_as, live_server, axe, shot):
    # Given a case manager on the child's page
    page = browser_as(priya)
    page.goto(live_server.url + reverse("child", kwargs={"pk": ellis.pk}))
    keys = Keys(page)

    # When she records a contact by the keyboard alone
    with page.expect_navigation():
        keys.press("Alt+c")
    page.wait_for_load_state("networkidle")
    keys.press("Tab")  # from 'Came', where the keyboard is, to whether anyone is less safe
    keys.press("Space")
    keys.press("Tab")
    keys.type(WORDS)
    keys.press("Tab")
    keys.type(OWN)
    shot(page, "record a contact")
    with page.expect_navigation():
        keys.press("Alt+s")

    # Then it is in the record, in so few keys
    assert keys.pressed <= 8, keys.pressed
    expect(page.get_by_text("is in the record.")).to_be_visible()
    expect(page.get_by_text(OWN).first).to_be_visible()
    with transaction.atomic():
        as_seen_by(priya)
        assert (Contact.objects.get().entry.words, Contact.objects.get().entry.own_words) == (WORDS, OWN)
    axe(page)


def test_what_is_asked_follows_from_whether_the_child_came(priya, ellis, browser_as, live_server, axe):
    page = browser_as(priya)
    page.goto(live_server.url + reverse("contact_record", kwargs={"pk": ellis.pk}))
    why = page.get_by_label("Why not, as far as it is known")
    expect(why).not_to_be_visible()
    page.get_by_label("Did not come").check()
    expect(why).to_be_visible()
    axe(page)


def test_words_come_back_after_the_page_is_left(priya, ellis, browser_as, live_server):
    # Given words typed and saved as a draft
    page = browser_as(priya)
    address = live_server.url + reverse("contact_record", kwargs={"pk": ellis.pk})
    page.goto(address)
    page.locator("[data-draft-started]").wait_for()
    page.get_by_label("What happened?").fill(WORDS)
    page.get_by_text("Saved as a draft.").first.wait_for()

    # When the page is opened again
    page.goto(address)

    # Then they are in their box, and are not in the record
    assert page.get_by_label("What happened?").input_value() == WORDS
    with transaction.atomic():
        as_seen_by(priya)
        assert Contact.objects.count() == 0


def test_a_missed_contact_is_followed_up_judged_and_decided(priya, ellis, browser_as, live_server, axe, shot):
    # Given a child who did not come ten days ago, on an order
    with transaction.atomic():
        made = order(ellis, priya)
        missed(ellis, priya, 10, outcome=made)
    page = browser_as(priya)
    page.goto(live_server.url + reverse("child", kwargs={"pk": ellis.pk}))

    # When she follows it up
    page.get_by_role("link", name="Follow it up").click()
    page.get_by_label("Follow up and ask the child").check()
    page.get_by_label("Why", exact=True).fill("Rang; his nan is ill, and he had told nobody.")
    page.get_by_role("button", name="Save my decision").click()
    expect(page.get_by_text("Your decision is in the record")).to_be_visible()

    # Then the reason waits to be judged, which is hers to do
    page.get_by_role("table", name="What is due").get_by_role("link", name="Decide").click()
    axe(page)
    shot(page, "decide")
    page.get_by_role("link", name="See it, and judge the reason").click()
    page.get_by_role("combobox", name="Why they did not come").select_option("family")
    page.get_by_label("Yes, it was a good reason").check()
    page.get_by_role("button", name="Save what is known").click()
    expect(page.get_by_text("Priya Nandakumar judged")).to_be_visible()
    axe(page)

    # And nothing more is proposed
    page.goto(live_server.url + reverse("decide", kwargs={"pk": ellis.pk, "outcome": made.pk}))
    expect(page.get_by_text("Nothing is proposed.")).to_be_visible()
    with transaction.atomic():
        as_seen_by(priya)
        assert [one.by for one in Decision.objects.all()] == [priya]
