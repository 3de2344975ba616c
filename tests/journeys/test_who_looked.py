"""A head of service asks who has looked at a colleague's account."""

from __future__ import annotations

import pytest
from django.db import transaction
from playwright.sync_api import expect

from tests.factories import service, staff, team
from waypost.access import log

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_head_of_service_finds_who_looked_at_one_record(browser_as, live_server, axe, shot):
    # Given a week in which people did different things
    service()
    head, anna, boris = staff("head_of_service", name="Helen Ash"), staff(name="Anna Dell"), staff(name="Boris Elm")
    north = team(name="North")
    with transaction.atomic():
        log.record(anna, log.Verb.CHANGED, "account.moved", boris, reason="he asked", on_behalf_of=head)
        log.record(None, log.Verb.ERASED, "file.emptied", north)
        for _ in range(60):
            log.record(anna, log.Verb.VIEWED, "team.page", north, listed=[boris.pk])

    # When she opens the log
    page = browser_as(head)
    page.goto(f"{live_server.url}/who-looked/")
    page.get_by_role("heading", name="Who looked at what").wait_for()
    axe(page)
    shot(page, "who-looked")
    page.get_by_role("link", name="Page 2").click()

    # And follows one record
    page.get_by_role("link", name=f"only this record: {boris.pk}").click()

    # Then she sees who changed it, and every list it stood in
    expect(page.get_by_role("row")).to_have_count(51)
    page.get_by_label("What was done").select_option("Changed")
    page.get_by_role("button", name="Filter").click()
    expect(page.get_by_role("cell", name="Anna Dell, for Helen Ash")).to_be_visible()
    axe(page)

    # And what is no record is said to be none
    page.get_by_label("Record’s number, or its address").fill("Boris")
    page.get_by_role("button", name="Filter").click()
    page.get_by_text("‘Boris’ is not the number of a record.").wait_for()
    axe(page)
    shot(page, "who-looked-no-record")
