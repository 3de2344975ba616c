"""Sending a file: how far it is, what went wrong, and the same without script."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Page, expect

from tests.factories import service, staff

pytestmark = pytest.mark.browser


@pytest.fixture
def gallery(browser_as, live_server) -> Page:
    service()
    page = browser_as(staff(role="manager"))
    page.goto(f"{live_server.url}/design/")
    return page


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    path = tmp_path / "plan.docx"
    path.write_bytes(b"x" * 2_000_000)
    return path


def test_how_far_it_is_is_drawn_and_said(gallery, plan, complaints):
    slow = gallery.context.new_cdp_session(gallery)
    slow.send(
        "Network.emulateNetworkConditions",
        {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": 1_000_000},
    )
    gallery.locator("input[type=file]").set_input_files(plan)
    gallery.get_by_role("button", name="Send it").click()
    expect(gallery.locator(".wp-upload__words")).to_have_text(
        re.compile(r"of 2\.0 MB sent\.|All sent\. Waypost is reading it")
    )
    expect(gallery.get_by_role("status").filter(has_text="arrived")).to_have_text(
        "2.0 MB arrived, and was thrown away."
    )
    expect(gallery.locator("main")).to_be_focused()
    expect(gallery.locator(".wp-upload__state")).to_be_hidden()


def test_after_it_the_page_works_as_before(gallery, plan):
    for _ in range(2):
        gallery.get_by_label("Your password").evaluate("box => box.dataset.before = ''")
        gallery.locator("input[type=file]").set_input_files(plan)
        gallery.get_by_role("button", name="Send it").click()
        expect(gallery.locator("[data-before]")).to_have_count(
            0
        )  # what was sent before says the same: wait for the new page
        expect(gallery.get_by_text("2.0 MB arrived, and was thrown away.")).to_be_visible()
    expect(gallery.get_by_role("button", name="Show password")).to_be_visible()
    gallery.get_by_role("button", name="Show password").click()
    expect(gallery.get_by_label("Your password")).to_have_attribute("type", "text")


def test_a_lost_connection_is_said_and_the_file_stays(gallery, plan, complaints):
    gallery.locator("input[type=file]").set_input_files(plan)
    gallery.context.set_offline(True)
    gallery.get_by_role("button", name="Send it").click()
    words = gallery.locator(".wp-upload__words")
    expect(words).to_have_text("Not sent. The connection was lost. The file is still on this device; send it again.")
    gallery.context.set_offline(False)
    complaints.clear()
    gallery.wait_for_timeout(1100)  # the button lets nobody press it twice within a second
    gallery.get_by_role("button", name="Send it").click()
    expect(gallery.get_by_text("2.0 MB arrived, and was thrown away.")).to_be_visible()


def test_without_script_it_is_a_form_as_any_other(browser: Browser, live_server, plan):
    service()
    client = Client()
    client.force_login(staff(role="manager"))
    context = browser.new_context(java_script_enabled=False)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])
    page = context.new_page()
    page.goto(f"{live_server.url}/design/")
    page.get_by_label("A plan").set_input_files(plan)
    page.get_by_role("button", name="Send it").click()
    expect(page.get_by_text("2.0 MB arrived, and was thrown away.")).to_be_visible()
    context.close()
