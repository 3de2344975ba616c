"""A court officer's morning: a list is read, somebody comes in overnight, a result is kept and its tasks are shown."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from tests.casework.casework import order, say
from tests.factories import service, staff, team
from tests.people.children import as_seen_by, child, document, said
from waypost.access.asking import asking
from waypost.casework.court import actions
from waypost.casework.court.models import Hearing, Remand
from waypost.casework.outcomes.models import Outcome
from waypost.people.record.beside import current

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
COURT = "Alder Vale Youth Court, court 2"


@pytest.fixture
def corin(transactional_db: None) -> Any:
    """Amira is in care and her social worker is missing; Shay is to be sentenced; Leo is known and on no list yet."""
    service()
    officer = staff("court_officer", name="Corin Baptiste", team=team(name="Court"))
    today = timezone.localdate()
    with transaction.atomic():
        asking(officer, at=timezone.now())
        amira = child(officer, given="Amira", family="Quill", born=date(2011, 3, 2))
        said(amira, "care", officer, care_basis="care_order", since=today - timedelta(days=200))
        document(amira, officer, kind="care_plan")
        listed = say(amira, "hearing", officer, clock=time(11, 30), court=COURT, purpose="first")
        who = {"child": "here", "carer": "here", "solicitor": "coming", "social_worker": "missing"}
        as_seen_by(officer)
        actions.attends(listed, who, by=officer, at=timezone.now(), once=listed.person_id)
        shay = child(officer, given="Shay", family="Dunnock", born=date(2012, 1, 20))
        said(shay, "care", officer, since=today - timedelta(days=60))
        document(shay, officer, kind="court_report")
        say(shay, "offence", officer, today - timedelta(days=50), type="damage")
        say(shay, "remand", officer, today - timedelta(days=20))
        made = say(shay, "hearing", officer, clock=time(11, 0), court=COURT)
        who = {"child": "here", "carer": "here", "solicitor": "here"}
        actions.attends(made, who, by=officer, at=timezone.now(), once=made.person_id)
        leo = child(officer, given="Leo", family="Varga", born=date(2009, 6, 9))
        order(leo, officer)
    return officer


def choose(page: Any, question: str, answer: str) -> None:
    page.get_by_role("group", name=question).get_by_label(answer, exact=True).check()


def test_a_list_is_made_before_the_court_sits(
    corin: Any, browser_as: Any, live_server: Any, axe: Any, shot: Any
) -> None:
    # Given the list as it stands, and who is not ready
    page = browser_as(corin)
    page.goto(live_server.url + reverse("today"))
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Court").click()
    page.get_by_role("heading", name="Today’s list", level=1).wait_for()
    page.get_by_text("1 of the 2 still to come is not ready.").wait_for()
    expect(page.get_by_text("Amira Quill has no social worker and no placement.")).to_be_visible()
    axe(page)
    shot(page, "court-desk")

    # When the list of the court is read
    page.get_by_role("button", name="Read a court’s list").click()
    axe(page)
    shot(page, "court-register")
    lines = f'14:00,"{COURT}",Leo Vargo,9 6 2009,Bail\n15:00,"{COURT}",Bram Tolley,1 2 2011,First hearing\nlater,,x'
    page.get_by_label("Paste the list").fill(lines)
    page.get_by_role("button", name="Read it").click()
    page.get_by_role("heading", name="Who is on this list?").wait_for()
    page.get_by_text("Nobody was found.").wait_for()
    page.get_by_text("A line has: time, court, name, birth date, what for.").wait_for()
    axe(page)
    shot(page, "court-read")

    # Then only whom she confirms is on it
    page.get_by_label("Leo Varga").check()
    page.get_by_role("button", name="Put those I chose on the list").click()
    page.get_by_text("1 hearing put on the list. 2 lines of it are not stored.").wait_for()
    expect(page.get_by_role("row", name="Leo Varga")).to_be_visible()

    # When somebody came in overnight whom nobody finds
    page.get_by_role("button", name="Put a child on the list").click()
    axe(page)
    page.get_by_label("What you know of the child").fill("Bram Tolley")
    page.get_by_role("button", name="Find", exact=True).click()
    page.get_by_text("Do not take them as unknown to us: ring duty.").wait_for()
    axe(page)
    shot(page, "court-add")


def test_one_press_says_whose_case_is_before_the_bench(corin: Any, browser_as: Any, live_server: Any, axe: Any) -> None:
    # Given the list of today
    page = browser_as(corin)
    page.goto(live_server.url + reverse("court_desk"))

    # When Corin presses once, then it is said over the list and in the line; pressed again it is said no more
    line = page.get_by_role("row", name="Shay Dunnock")
    line.get_by_role("button", name="Before the bench now").click()
    page.locator("a[href^='#h-']", has_text="Shay Dunnock").wait_for()
    axe(page)
    line.get_by_role("button", name="No longer before the bench").click()
    line.get_by_role("button", name="Before the bench now").wait_for()
    assert not page.locator("a[href^='#h-']").count()


def test_a_result_as_the_bench_says_it(corin: Any, browser_as: Any, live_server: Any, axe: Any, shot: Any) -> None:
    # Given that Shay is called
    page = browser_as(corin)
    page.goto(live_server.url + reverse("court_desk"))
    page.get_by_role("button", name="Record the result for Shay Dunnock").click()
    page.get_by_role("heading", name="What the court did").wait_for()
    axe(page)

    # When what the bench says is typed as it is said
    choose(page, "What did the court do?", "Sentenced")
    page.get_by_label("What was given").select_option(label="Referral order")
    page.get_by_label("For how long").fill("24")
    choose(page, "Does the bail or remand that runs now end with this?", "Yes, it ends today")
    choose(page, "Is that what we proposed?", "Yes")
    page.get_by_label("in their own words?").fill("I’ve got to go and talk to people and pay for the window.")
    page.get_by_text("Saved as a draft").first.wait_for()
    shot(page, "court-result")
    page.get_by_role("button", name="Save the result").click()

    # Then what nobody may leave out is asked, and what the law does not know is refused, with the words still there
    page.get_by_text("Nobody can answer that for you").first.wait_for()
    choose(page, "Is anyone less safe than an hour ago?", "No")
    page.get_by_role("button", name="Save the result").click()
    page.get_by_text("Referral order could be 3 to 12 months").first.wait_for()
    axe(page)
    shot(page, "court-result-refused")
    with transaction.atomic():
        asking(corin, at=timezone.now())
        assert Outcome.objects.filter(type="referral_order").count() == 0

    # And once it is put right, the tasks stand there with their days
    page.get_by_label("For how long").fill("6")
    page.get_by_role("button", name="Save the result").click()
    page.get_by_text("What the court did is in the record.").wait_for()
    page.get_by_role("heading", name="Tasks raised").wait_for()
    expect(page.get_by_text("First panel meeting").first).to_be_visible()
    axe(page)
    shot(page, "court-hearing")
    page.get_by_role("link", name="The list").click()
    page.get_by_role("heading", name="heard (1)").wait_for()
    axe(page)
    shot(page, "court-desk-heard")
    with transaction.atomic():
        asking(corin, at=timezone.now())
        assert current(Remand).get().until == timezone.localdate()
        assert current(Hearing).filter(result="sentenced").count() == 1


def test_who_is_here_is_said_by_keyboard(corin: Any, browser_as: Any, live_server: Any, axe: Any, shot: Any) -> None:
    page = browser_as(corin)
    page.goto(live_server.url + reverse("court_desk"))
    page.get_by_role("link", name="Say who is here for Amira Quill").press("Enter")
    page.get_by_role("heading", name="Who is here").wait_for()
    axe(page)
    shot(page, "court-attends")
    page.get_by_role("group", name="Social worker").get_by_label("Missing").focus()
    page.keyboard.press("ArrowUp")
    page.get_by_role("button", name="Save who is here").press("Enter")
    page.get_by_text("Who attends is in the record.").wait_for()
    assert page.get_by_text("has no social worker").count() == 0


def test_it_works_without_a_script(corin: Any, browser: Any, browser_as: Any, live_server: Any) -> None:
    cookies = browser_as(corin).context.cookies()
    context = browser.new_context(java_script_enabled=False)
    try:
        context.add_cookies(cookies)
        page = context.new_page()
        page.goto(live_server.url + reverse("court_desk"))
        page.get_by_role("button", name="Record the result for Shay Dunnock").click()
        expect(page.get_by_label("Conditions, as the bench said them"), "nothing is hidden").to_be_visible()
        choose(page, "What did the court do?", "Put off")
        for part, words in (("day", "1"), ("month", "6"), ("year", str(timezone.localdate().year + 1))):
            page.locator(f"[name=next_day-{part}]").fill(words)
        choose(page, "Is anyone less safe than an hour ago?", "No")
        page.get_by_role("button", name="Save the result").click()
        page.get_by_text("What the court did is in the record.").wait_for()
        expect(page.get_by_text("the next date").first).to_be_visible()
    finally:
        context.close()
