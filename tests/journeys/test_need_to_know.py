"""A closed record is opened with a reason and reviewed; a record is sealed; a nurse keeps a thing back and is asked."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from tests.factories import service, staff, team
from tests.people.children import Source, held, said
from waypost.access import opening
from waypost.access.models import Access, Staff
from waypost.people.models import Child

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def people() -> dict[str, Staff]:
    service()
    riverside, hillside = team(name="Riverside"), team(name="Hillside")
    return {
        "leila": staff("manager", name="Leila Haddad", job_title="Team manager", team=riverside),
        "rhian": staff("manager", name="Rhian Pell", job_title="Team manager", team=hillside),
        "priya": staff(name="Priya Nandakumar", job_title="Case manager", team=riverside),
        "idris": staff(name="Idris Vane", job_title="Case manager", team=riverside),
        "delphine": staff(name="Delphine Marsh", job_title="Case manager", team=hillside),
        "hazel": staff("specialist", name="Hazel Quayle", job_title="Nurse", agency="health"),
        "owen": staff("duty_officer", name="Owen Tasker", job_title="Case manager, on duty", team=hillside),
        "gwil": staff("auditor", name="Gwil Tennant", job_title="Auditor from another service"),
    }


@pytest.fixture
def ellis(people: dict[str, Staff]) -> Child:
    with transaction.atomic():
        found = held(people["priya"], entered_by=people["leila"])
        opening.give(people["hazel"], found.pk, Access.Basis.INVOLVED, at=timezone.now(), by=people["leila"])
    return found


@pytest.fixture
def at(people: dict[str, Staff], browser_as: Any, live_server: Any) -> Callable[..., Any]:
    """`page = at("leila", "reasons")`."""

    def go(who: str, name: str, **where: object) -> Any:
        page = browser_as(people[who])
        page.goto(live_server.url + reverse(name, kwargs=where or None))
        return page

    return go


def test_a_record_is_opened_with_a_reason_and_a_manager_reviews_it(at, ellis, axe, shot):
    # Given a case manager of another team, whom the child's mother rings
    page = at("delphine", "child", pk=ellis.pk)
    page.get_by_text("Priya Nandakumar, case manager in Riverside, holds the child.").wait_for()
    assert "Marden" not in page.content()
    axe(page)
    shot(page, "need-closed-record")

    # When a word is no reason, she is told what is
    page.get_by_label("Why do you need to open this record?").fill("duty")
    page.get_by_role("button", name="Open the record").click()
    page.get_by_role("alert").get_by_text("Say why you need it").wait_for()
    axe(page)

    # Then a sentence opens it for a day
    page.get_by_label("Why do you need to open this record?").fill("His mother rang: he did not come home last night.")
    page.get_by_role("button", name="Open the record").click()
    page.get_by_text("open to you for a day").wait_for()
    page.get_by_role("heading", name="Ellis Marden").wait_for()

    # And her own team's manager finds it first, and asks
    page = at("rhian", "today")
    axe(page)
    shot(page, "need-today-manager")
    page.get_by_role("button", name=re.compile("Review the first")).click()
    axe(page)
    shot(page, "need-reasons")
    page.get_by_role("button", name=re.compile("^Review.*Delphine Marsh")).click()
    page.get_by_label("Ask the person").check()
    page.get_by_label("What you say to them").fill("Where did you write down the call?")
    axe(page)
    shot(page, "need-reason")
    page.get_by_role("button", name="Say so").click()
    page.get_by_text("Nothing waits for your review.").wait_for()
    axe(page)

    # And she answers, and the manager says that it was needed
    page = at("delphine", "today")
    page.get_by_role("button", name=re.compile("^Answer")).click()
    page.get_by_label("Your answer").fill("In the diary; I have now put it on his record.")
    axe(page)
    shot(page, "need-reason-own")
    page.get_by_role("button", name="Answer").click()
    page = at("rhian", "reasons")
    page.get_by_role("button", name=re.compile("^Review.*Delphine Marsh")).click()
    page.get_by_text("In the diary; I have now put it on his record.").wait_for()
    page.get_by_label("It was needed").check()
    page.get_by_role("button", name="Say so").click()
    page.get_by_text("1 of 1 (100%)").wait_for()


def test_a_record_is_given_covered_and_sealed(at, ellis, axe, shot):
    # Given a manager on the page that says who works with the child
    page = at("leila", "child_access", pk=ellis.pk)
    page.get_by_text("Priya Nandakumar holds this child.").wait_for()
    axe(page)
    shot(page, "need-who")

    # When she gives him to another worker, and a duty officer is involved
    page.get_by_label("Who holds the child from now").select_option(label="Idris Vane, Case manager")
    page.get_by_role("button", name="Give the child").click()
    page.get_by_text("Priya Nandakumar held the child before, and is told.").wait_for()
    page.get_by_label("Who works with the child too").select_option(label="Owen Tasker, Case manager, on duty")
    page.get_by_role("button", name="Open the record to them").click()
    page.get_by_text("Owen Tasker works with this child too.").wait_for()

    # And seals the record to two
    page.get_by_role("link", name="Seal the record").click()
    page.get_by_role("button", name="Seal the record").click()
    page.get_by_role("alert").get_by_text("Choose who may open it").wait_for()
    axe(page)
    shot(page, "need-seal")
    for name in ("Idris Vane, Case manager", "Leila Haddad, Team manager"):
        page.get_by_label(name, exact=True).check()
    page.get_by_label("Why it is sealed").fill("A cousin works in the service.")
    page.get_by_role("button", name="Seal the record").click()
    page.get_by_role("heading", name="Sealed: named people only").wait_for()
    axe(page)
    shot(page, "need-sealed")

    # Then to another manager it is not there, and to the named it says so
    page = at("rhian", "child", pk=ellis.pk)
    assert page.goto(page.url).status == 404
    assert "Marden" not in page.content()
    page = at("idris", "child_access", pk=ellis.pk)
    page.get_by_text("This record is sealed:").wait_for()
    assert "Owen Tasker" not in page.content()
    axe(page)


def test_a_nurse_keeps_a_thing_back_is_asked_and_shares_it(at, ellis, people, axe, shot):
    # Given a note of the nurse's
    with transaction.atomic():
        source = Source(agency="health", basis="crime_and_disorder_39")
        note = said(ellis, "health", people["hazel"], source=source, words="Asthma, well controlled.")
    page = at("hazel", "hold_back", pk=ellis.pk, kind="health", statement=note.pk)
    axe(page)
    shot(page, "need-hold-back")

    # When it speaks of what must be shared, it cannot be kept
    page.get_by_label("A weapon: carried, hidden, used or within reach").check()
    page.get_by_label("No", exact=True).check()
    page.get_by_label("What kind of thing is it?").select_option("Physical health")
    page.get_by_role("button", name="Keep it within your agency").click()
    page.get_by_role("alert").get_by_text("This must be shared").wait_for()
    axe(page)
    page.get_by_label("A weapon: carried, hidden, used or within reach").uncheck()
    page.get_by_role("button", name="Keep it within your agency").click()
    page.get_by_text("Kept within your agency.").wait_for()

    # Then the case manager is told that there is something, and asks
    page = at("priya", "child_access", pk=ellis.pk)
    page.get_by_text("You cannot read one thing about physical health.").wait_for()
    axe(page)
    shot(page, "need-held-back")
    page.get_by_role("link", name=re.compile("^ask, and say why")).click()
    page.get_by_label("Why do you need it?").fill("He fainted in my session, and I take him to court on Friday.")
    axe(page)
    shot(page, "need-ask")
    page.get_by_role("button", name="Ask").click()
    page.get_by_text("The answer is due by").first.wait_for()

    # And the nurse finds it on her first page, and shares it
    page = at("hazel", "today")
    shot(page, "need-today-nurse")
    page.get_by_role("button", name=re.compile("^Answer")).click()
    axe(page)
    shot(page, "need-answer")
    page.get_by_label("Share it with everyone who works with the child").check()
    page.get_by_role("button", name="Answer").click()
    page.get_by_text("Answered. Priya Nandakumar is told.").wait_for()
    page = at("priya", "held_back_asks")
    page.get_by_text("Shared with everyone who works with the child").wait_for()
    axe(page)
    shot(page, "need-asks")


def test_cover_todays_list_samples_and_deputies(at, ellis, axe, shot):
    # Given a worker away until a day
    page, until = at("leila", "cover"), timezone.localdate()
    page.get_by_label("Who is away").select_option(label="Priya Nandakumar, Case manager")
    page.get_by_label("Who covers").select_option(label="Delphine Marsh, Case manager")
    type_day(page, until)
    page.get_by_role("button", name="Open their children to the colleague").click()
    page.get_by_text("Delphine Marsh covers for Priya Nandakumar.").wait_for()
    axe(page)
    shot(page, "need-cover")

    # When the child is expected at court, and his record is sampled
    page = at("leila", "todays_list")
    page.get_by_label("The child’s number").fill(ellis.number)
    page.get_by_role("button", name="Put on today’s list").click()
    page.get_by_text("open until midnight to 1 person.").wait_for()
    axe(page)
    shot(page, "need-todays-list")
    page = at("leila", "sample")
    page.get_by_label("Who looks").select_option(label="Gwil Tennant, Auditor from another service")
    page.get_by_label("The children’s numbers").fill(f"{ellis.number}\n99-0001")
    page.get_by_label("What happened").check()
    type_day(page, until)
    page.get_by_role("button", name="Open the sample").click()
    page.get_by_role("alert").get_by_text("has the number 99-0001").wait_for()
    axe(page)
    page.get_by_label("The children’s numbers").fill(ellis.number)
    page.get_by_role("button", name="Open the sample").click()
    page.get_by_text("1 record is open to Gwil Tennant.").wait_for()
    axe(page)
    shot(page, "need-sample")

    # And she goes away, and names a deputy
    page = at("leila", "deputies")
    page.get_by_label("Who is away").select_option(label="Leila Haddad, Team manager")
    page.get_by_label("Who is the deputy").select_option(label="Idris Vane, Case manager")
    type_day(page, until)
    page.get_by_role("button", name="Name the deputy").click()
    page.get_by_text("Idris Vane is deputy for Leila Haddad.").wait_for()
    axe(page)
    shot(page, "need-deputies")

    # Then all of them stand on the page that says who may open the record
    page = at("idris", "child_access", pk=ellis.pk)
    for words in ("Covering for a colleague", "On today's list", "Sampled for an audit: what happened"):
        page.get_by_text(words).wait_for()
    axe(page)
    shot(page, "need-who-all")


def type_day(page: Any, value: Any) -> None:
    for part in ("day", "month", "year"):
        page.locator(f"[name=until-{part}]").fill(str(getattr(value, part)))
