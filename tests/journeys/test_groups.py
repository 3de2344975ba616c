"""A group is written down in one go, a child near 18 is not lost sight of, and a new worker reads what there is."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import pytest
from dateutil.relativedelta import relativedelta
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect
from pypdf import PdfReader

from tests.casework.casework import met, missed, order, say
from tests.factories import service, staff, team
from tests.people.children import child, related, said
from tests.support.browser import NARROW
from waypost.access.models import RoleHeld
from waypost.casework.contacts import actions
from waypost.casework.contacts.actions import Meeting
from waypost.casework.contacts.models import Contact
from waypost.kernel.ids import new_id
from waypost.people.need_to_know import actions as need_to_know

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NAMES = (
    "Ellis Marden",
    "Bryony Tate",
    "Callan Reeve",
    "Dana Okoro",
    "Farah Aziz",
    "Gethin Pugh",
    "Hollie Ward",
    "Idris Cole",
)


@pytest.fixture
def worker(transactional_db):
    service()
    return staff("practitioner", name="Priya Nandakumar", team=team(name="Riverside"))


def group_of(worker) -> None:
    for name in NAMES:
        given, family = name.split()
        order(child(worker, given=given, family=family), worker)


def test_eight_children_are_written_down_in_one_go(page, browser_as, live_server, axe, shot, worker):
    # Given a worker with eight children
    with transaction.atomic():
        group_of(worker)
    browser_as(worker)
    page.goto(f"{live_server.url}/children/")
    page.get_by_role("button", name="Record a group").click()

    # When she chooses all eight, and says when and what for
    for name in NAMES:
        page.get_by_label(name).check()
    page.get_by_label("What for").fill("Session 2 of 6: knives")
    page.get_by_label("What the group did").fill("Talked about what happens when somebody carries one.")
    axe(page)
    shot(page, "register-who")
    page.get_by_role("button", name="Go on to the rows").click()

    # Then there is a row for each, in which nothing is filled in for anybody
    rows = page.get_by_role("row").filter(has=page.get_by_role("radio"))
    expect(rows).to_have_count(8)
    assert page.locator("input[type=radio]:checked").count() == 0
    axe(page)
    shot(page, "register-rows")

    # When she answers by keyboard, for all but one
    for place in range(1, 9):
        row = page.locator(f"#row{place}")
        row.get_by_label("Came", exact=True).focus()
        page.keyboard.press("Space")
        if place != 5:
            row.get_by_label("No", exact=True).focus()
            page.keyboard.press("Space")
        row.get_by_label("About this child").fill("Joined in.")
    rows.nth(1).get_by_label("In their own words").fill("I only took it because he did.")
    rows.nth(2).get_by_label("Did not come").focus()
    page.keyboard.press("Space")
    rows.nth(2).get_by_label("Why not, as far as it is known").select_option(label="Not known yet")
    page.get_by_role("button", name="Save all 8").click()

    # Then nothing is saved, the refusal names the row, and all comes back as typed
    page.get_by_role("heading", name="There is a problem: nothing is saved").wait_for()
    fifth = page.locator("#row5").get_by_role("rowheader").inner_text()
    assert "Say whether anyone is less safe" in fifth
    assert page.locator("#row2").get_by_label("In their own words").input_value() == "I only took it because he did."
    axe(page)
    shot(page, "register-refused")

    # And with that answer it is all in the record
    page.locator("#row5").get_by_label("No", exact=True).focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Save all 8").click()
    page.get_by_text("The register is in the record: 8 children, of whom 7 came.").wait_for()
    with transaction.atomic():
        assert Contact.objects.count() == 8


def test_whoever_is_near_18_is_not_lost_sight_of(page, browser_as, live_server, axe, shot, worker):
    with transaction.atomic():
        for months, name in ((-1, NAMES[0]), (1, NAMES[1]), (4, NAMES[2])):
            given, family = name.split()
            born = timezone.localdate() - relativedelta(years=18) + relativedelta(months=months)
            found = child(worker, given=given, family=family, born=born)
            order(found, worker, length=6)
            said(found, "care", worker, care_basis="care_leaver_eligible" if months == 1 else "care_order")
        say(found, "transition", worker, step="told_child")
        say(found, "transfer", worker, kind="caretaken_by", words="They see her weekly; we write the reports.")
    browser_as(worker)
    page.goto(f"{live_server.url}/children/")
    page.get_by_role("link", name="Children near 18, or between services").click()
    page.get_by_role("heading", name="Near 18, or between services", level=1).wait_for()
    first = page.get_by_role("row").nth(1)
    assert "18 since" in first.inner_text() and "Runs beyond 18" in first.inner_text()
    axe(page)
    shot(page, "transitions")

    page.get_by_role("link", name="Say it is done").first.click()
    page.get_by_role("heading", name="A step before 18").wait_for()


def test_a_new_worker_reads_what_there_is(page, browser_as, live_server, axe, shot, worker):
    # Given a child whom somebody else held
    head, new = staff("head_of_service", name="Leila Haddad"), staff("practitioner", name="Callum Baird")
    RoleHeld.objects.update(since=timezone.now() - timedelta(days=200))
    with transaction.atomic():
        ellis = child(worker)
        said(ellis, "name", worker)
        said(ellis, "alert", worker, words="May be hurt by others near the Eastgate parade.")
        said(ellis, "need", worker)
        donna = related(ellis, worker).other
        said(donna, "contact", worker)
        say(ellis, "case", worker, timezone.localdate() - timedelta(days=80))
        made = order(ellis, worker)
        met(ellis, worker, 21, own_words="I can’t go past the parade any more.", purpose="Bus times")
        missed(ellis, worker, 7, outcome=made)
        say(ellis, "oversight", head, what_changed="Seen at home, not in the office.")
        soon = Meeting(timezone.now() + timedelta(days=2), purpose="Session 2", place="At home")
        actions.plan(ellis.person, soon, by=head, at=timezone.now(), once=new_id())
        for number in range(4):
            said(
                ellis, "alert", worker, words=f"Alert {number}: he was followed home twice by two older boys in a car."
            )
            said(ellis, "need", worker, words="Loses the thread when more than one thing is asked.")
            met(
                ellis,
                worker,
                40 + number,
                own_words="They talk fast and then they say I agreed to it, and I never did.",
            )
            looked = (
                "Read the plan, the last four contacts and what his nan said; asked why nobody had been to see him."
            )
            say(
                ellis,
                "oversight",
                head,
                words=looked,
                what_changed="Priya sees him at home, twice a week, until Easter.",
            )
            related(ellis, worker, given="Bryony", relation="sibling", carer=False, parental_responsibility=False)
        need_to_know.allocate(ellis, to=new, by=head, at=timezone.now())

    # When she is told on the morning after
    browser_as(new)
    page.goto(f"{live_server.url}/")
    page.get_by_role("button", name="Read the handover").click()

    # Then it says who the child is, what to do first, and what nobody knows
    page.get_by_role("heading", name="Ellis Marden", level=1).wait_for()
    assert "Ellis" not in page.title()
    page.get_by_text("second worker since").wait_for()
    page.get_by_text("Nobody has seen the child for 21 days.").wait_for()
    assert 500 <= int(page.get_by_text("minutes to read").inner_text().split()[0]) <= 600
    axe(page)
    shot(page, "handover")

    # And it prints on two pages at most
    printed = page.pdf(format="A4")
    assert len(PdfReader(BytesIO(printed)).pages) <= 2
    page.set_viewport_size(NARROW)

    # And the child's page says that the worker changed
    page.goto(f"{live_server.url}{reverse('child', kwargs={'pk': ellis.pk})}")
    page.get_by_text("Second worker this order").wait_for()
