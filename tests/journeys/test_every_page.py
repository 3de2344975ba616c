"""Every page that answers, in a browser, as somebody it answers: nothing axe finds, wide or narrow, nothing too wide.

What the page "Accessibility" says is tested is tested here; the pages of setting up a second factor, to which one is led
from another page, are in `test_sign_in`.
"""

from __future__ import annotations

import pytest
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import Page

from tests.access.matrix_records import World, asked_of
from tests.factories import staff
from tests.support.browser import NARROW, WIDE, violations
from waypost.access import matrix
from waypost.access.models import Staff

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TABLE = matrix.load()
ASKERS = ("head_of_service", "administrator", matrix.VISITOR)
NO_PAGE = {"health", "draft_key"}  # answers to a program
PAGES = {  # url → the first of ASKERS whom it answers, and the state of what stands behind it
    url: found[0]
    for url in TABLE.behind
    if url not in NO_PAGE
    and (
        found := [
            (role, state)
            for role in ASKERS
            for state in TABLE.states_of(url)
            if TABLE.answer(url, "GET", role, state) == 200
        ]
    )
}


def wrong_with(page: Page) -> list[str]:
    found = []
    for size in (WIDE, NARROW):
        page.set_viewport_size(size)
        found += [f"{size['width']}: {each}" for each in violations(page)]
        over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        found += [f"{size['width']}: {over} px too wide"] if over > 0 else []
    return found


def test_there_is_nothing_wrong_with_any_page(page, browser_as, live_server):
    world, wrong = World("plan"), {}
    people: dict[str, Staff] = {role: staff(role, team=world.riverside) for role in ASKERS if role != matrix.VISITOR}
    for role in ASKERS:
        page.context.clear_cookies()
        if role in people:
            browser_as(people[role])
        for url, (asker, state) in PAGES.items():
            if asker == role:
                where = asked_of(url, world, people.get(role, world.head), state).where
                answer = page.goto(live_server.url + reverse(url, kwargs=where))
                assert (url, answer.status) == (url, 200)
                if found := wrong_with(page):
                    wrong[url] = found
    assert wrong == {}
    assert len(PAGES) > 35


def test_the_pages_of_the_footer(page, browser_as, live_server, shot):
    # Given somebody who cannot sign in: they still find whom to ask
    person = staff("administrator", name="Jo Winterbourne")
    page.goto(f"{live_server.url}{settings.LOGIN_URL}")
    page.get_by_role("link", name="Get help").click()
    page.get_by_text("Ask an administrator of your service.").wait_for()
    shot(page, "help-visitor")

    # And somebody who has, who is told by name, and goes on by the footer
    browser_as(person)
    page.reload()
    page.get_by_role("link", name=person.email).wait_for()
    page.get_by_text("The roles people hold here").click()
    shot(page, "help")
    for name in ("Accessibility", "Privacy"):
        page.get_by_role("contentinfo").get_by_role("link", name=name).click()
        page.get_by_role("heading", name=name, level=1).wait_for()
        shot(page, name.lower())
