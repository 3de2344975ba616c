"""A panel from arranging it to what came of it, by the coordinator, and as a volunteer who sits on it sees it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from tests.casework.panels import held, in_days, panel, papers, referral
from tests.factories import service, staff, team
from tests.people.children import as_seen_by, child, document
from tests.support.browser import NARROW, WIDE
from waypost.access import opening
from waypost.access.models import Access, Staff
from waypost.casework.referral_panels import actions
from waypost.casework.referral_panels.models import PanelMeeting

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def yusra(transactional_db: None) -> Staff:
    """Aisha’s order asks for its first panel; her report is kept, and so is a letter that no panel may have."""
    service()
    worker = staff("practitioner", name="Priya Nandakumar", job_title="Case manager", team=team(name="Riverside"))
    coordinator = staff("panel_coordinator", name="Yusra Bell", job_title="Panel coordinator")
    staff("panel_volunteer", name="Dennis Orchard")
    staff("panel_volunteer", name="Ruth Penhale")
    with transaction.atomic():
        as_seen_by(worker)
        aisha = child(worker, given="Aisha", family="Carrow", born=date(2010, 1, 14))
        referral(aisha, worker)
        document(aisha, worker, "report.txt", kind="panel_report", title="Report for the panel")
        letter = document(aisha, worker, "letter.txt", kind="letter_in", title="From her brother")
        type(letter).objects.filter(pk=letter.pk).update(disclosure="third_party")
        opening.give(coordinator, aisha.pk, Access.Basis.INVOLVED, at=timezone.now(), by=worker)
    return coordinator


def fill_day(page: Any, day: date) -> None:
    for part in ("day", "month", "year"):
        page.get_by_label(part.capitalize(), exact=True).fill(str(getattr(day, part)))


def test_a_coordinator_arranges_a_panel_and_chooses_its_papers(
    yusra: Staff, browser_as: Any, live_server: Any, axe: Any, shot: Any
) -> None:
    # Given an order whose clock asks for a panel
    page = browser_as(yusra)
    page.goto(live_server.url + reverse("today"))
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Panels").click()
    page.get_by_role("heading", name="Panels", level=1).wait_for()
    page.get_by_role("row", name="Aisha Carrow").wait_for()
    axe(page)
    shot(page, "panels-to-arrange")

    # When she arranges it with one volunteer
    page.get_by_role("link", name="Arrange it").click()
    page.get_by_role("heading", name="Arrange a panel", level=1).wait_for()
    axe(page)
    fill_day(page, timezone.localdate() + timedelta(days=7))
    page.get_by_label("At what time").fill("17:00")
    page.get_by_label("Where").fill("Canal Street library")
    page.get_by_label("Who of the service").select_option(label="Priya Nandakumar, case manager")
    page.get_by_label("Dennis Orchard").check()
    shot(page, "panel-arrange")
    page.get_by_role("button", name="Arrange it").click()

    # Then the page says who is missing, and that no paper is chosen
    page.get_by_text("one more volunteer is missing").wait_for()
    axe(page)
    shot(page, "panel-not-ready")

    # When she chooses its papers, of those that may go to a panel
    page.get_by_role("button", name="Choose its papers").click()
    page.get_by_text("1 document kept to: about somebody else").wait_for()
    expect(page.get_by_text("From her brother")).not_to_be_visible()
    axe(page)
    shot(page, "panel-papers")
    page.get_by_label("Report for the panel").check()
    page.get_by_role("button", name="These are the papers").click()

    # And finds the second volunteer
    page.get_by_role("button", name="Change it").click()
    page.get_by_label("Ruth Penhale").check()
    axe(page)
    shot(page, "panel-change")
    page.get_by_role("button", name="Save the change").click()
    page.get_by_text("The panel is changed.").wait_for()
    assert page.get_by_text("missing").count() == 0
    shot(page, "panel-ready")

    # Then it is among those that are ready
    page.goto(live_server.url + reverse("panels"))
    expect(page.get_by_role("heading", name="Ready (1)")).to_be_visible()
    axe(page)
    shot(page, "panels-ready")

    # When it has met
    PanelMeeting.objects.all()
    with transaction.atomic():
        as_seen_by(yusra)
        held(PanelMeeting.objects.get())
    page.reload()
    page.get_by_role("link", name="Say what came of it").click()
    page.get_by_role("heading", name="What came of a panel", level=1).wait_for()
    axe(page)
    page.get_by_role("button", name="Save what came of it").click()
    page.get_by_role("alert").wait_for()
    axe(page)
    page.get_by_label("A contract was agreed").check()
    page.get_by_label("What was said").fill("She chose the food bank.")
    shot(page, "panel-result")
    page.get_by_role("button", name="Save what came of it").click()

    # Then what was due is done, and who writes the contract is told
    page.get_by_text("The contract is to be written into the record").wait_for()
    axe(page)
    shot(page, "panel-held")
    page.goto(live_server.url + reverse("panels"))
    expect(page.get_by_role("heading", name="To arrange (0)")).to_be_visible()


def test_a_volunteer_reads_the_papers_until_taken_off(
    yusra: Staff, browser_as: Any, live_server: Any, axe: Any, shot: Any
) -> None:
    # Given a panel that Dennis sits on
    dennis, ruth, priya = (
        Staff.objects.get(name=name) for name in ("Dennis Orchard", "Ruth Penhale", "Priya Nandakumar")
    )
    with transaction.atomic():
        as_seen_by(priya)
        aisha = child(priya, given="Leo", family="Varga")
        meeting = panel(aisha, priya, adviser=priya, volunteers=[dennis, ruth])
        papers(meeting, priya, document(aisha, priya, "report.txt", kind="panel_report", title="Report for the panel"))

    # When he signs in on a telephone, one link leads to it
    page = browser_as(dennis)
    page.set_viewport_size(NARROW)
    page.goto(live_server.url + reverse("today"))
    shot(page, "volunteer-today")
    page.set_viewport_size(WIDE)
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Panels").click()
    page.get_by_role("heading", name="My panels", level=1).wait_for()
    page.get_by_text("Leo V").wait_for()
    expect(page.get_by_text("Ruth Penhale")).to_be_visible()
    assert page.get_by_text("Varga").count() == 0
    axe(page)
    shot(page, "volunteer-panels")
    page.set_viewport_size(NARROW)
    shot(page, "volunteer-panels-narrow")
    page.set_viewport_size(WIDE)

    # Then he takes the paper, by keyboard
    link = page.get_by_role("link", name="Report for the panel")
    link.focus()
    with page.expect_download() as taken:
        page.keyboard.press("Enter")
    assert taken.value.suggested_filename == "report.txt"
    address = link.get_attribute("href")

    # And opens nothing of the record
    for name, where in (("child", {"pk": aisha.pk}), ("panel", {"pk": meeting.pk}), ("children", {})):
        assert page.goto(live_server.url + reverse(name, kwargs=where)).status == 403

    # When he is taken off while the page is open
    page.goto(live_server.url + reverse("panels"))
    with transaction.atomic():
        as_seen_by(priya)
        meeting.refresh_from_db()
        planned = actions.Planned(meeting.starts, meeting.place, priya, [ruth])
        kept = {"why": "", "revision": meeting.revision, "by": priya, "at": timezone.now(), "once": aisha.pk}
        actions.change(meeting, planned, **kept)

    # Then the next request finds nothing
    assert page.goto(live_server.url + address).status == 404
    page.goto(live_server.url + reverse("panels"))
    page.get_by_text("No panel of yours has its papers open today.").wait_for()
    axe(page)
    shot(page, "volunteer-none")
    assert in_days(0).date() < meeting.day
