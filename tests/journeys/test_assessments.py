"""An assessment in a browser: saved as one types, kept where the network is cut, signed by one and looked at by another."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from django.urls import reverse
from playwright.sync_api import Page, expect

from tests.casework.assessments.made import begun, filled
from tests.factories import staff
from tests.people.children import as_seen_by, child
from tests.support.processes import wait_until
from waypost.access.models import Staff
from waypost.casework.assessments.models import Answered, Assessment

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SOON = 15_000
KEPT = "Kept on this device, not saved."


@pytest.fixture
def worker() -> Staff:
    return staff("practitioner", name="Priya Nandakumar")


@pytest.fixture
def made(worker: Staff) -> Assessment:
    with transaction.atomic():
        return begun(child(worker, given="Aisha", family="Karim"), worker)


@pytest.fixture
def life(worker: Staff, made: Assessment, browser_as: Callable[[Any], Page], live_server: Any) -> Page:
    page = browser_as(worker)
    page.goto(live_server.url + address("assessment_section", made, section="life"))
    ready(page)
    return page


def address(name: str, made: Assessment, **more: object) -> str:
    return reverse(name, kwargs={"pk": made.person_id, "assessment": made.pk} | more)


def ready(page: Page) -> None:
    expect(page.locator("[data-answers][data-started]")).to_be_attached(timeout=SOON)
    wait_until(lambda: page.evaluate("localStorage !== null"), "the page runs")


def block(page: Page, key: str) -> Any:
    return page.locator(f"#b-{key}")


def box(page: Page) -> Any:
    return page.get_by_label("What of who the child is should the work fit?")


def saved(by: Staff, made: Assessment) -> dict[str, Any]:
    with transaction.atomic():
        as_seen_by(by)
        rows = Answered.objects.current().filter(assessment=made)
        return {row.question: row.value for row in rows}


def test_each_question_is_saved_as_it_is_answered(
    life: Page, worker: Staff, made: Assessment, axe: Any, shot: Any
) -> None:
    # Given a section of which nothing is answered
    expect(block(life, "self_harm_done")).to_be_hidden()
    axe(life)
    shot(life, "assessment-section")

    # When the worker types a line
    box(life).press_sequentially("Welsh chapel.")
    expect(block(life, "identity").locator("[data-says]")).to_contain_text("Not saved yet.")

    # Then only the server's answer makes it saved
    expect(block(life, "identity").locator("[data-says]")).to_contain_text("Saved at", timeout=SOON)
    assert saved(worker, made) == {"identity": "Welsh chapel."}

    # And an answer brings the question that hangs on it
    block(life, "self_harm").get_by_label("Yes", exact=True).check()
    expect(block(life, "self_harm_done")).to_be_visible(timeout=SOON)
    expect(block(life, "self_harm").locator("[data-says]")).to_contain_text("Saved at", timeout=SOON)
    axe(life)


def test_where_the_network_is_cut_nothing_is_called_saved(
    life: Page, worker: Staff, made: Assessment, complaints: list[str], axe: Any, shot: Any
) -> None:
    says = block(life, "identity").locator("[data-says]")
    life.context.set_offline(True)
    box(life).press_sequentially("His drumming.")
    expect(says).to_contain_text(KEPT, timeout=SOON)
    expect(says).not_to_contain_text("Saved at")
    assert saved(worker, made) == {}
    axe(life)
    shot(life, "assessment-kept")
    life.context.set_offline(False)
    expect(says).to_contain_text("Saved at", timeout=2 * SOON)
    assert saved(worker, made) == {"identity": "His drumming."}
    complaints.clear()


def test_what_a_dead_page_kept_is_back_in_the_next(
    life: Page, worker: Staff, made: Assessment, complaints: list[str]
) -> None:
    where = life.url
    life.context.set_offline(True)
    box(life).press_sequentially("His drumming.")
    expect(block(life, "identity").locator("[data-says]")).to_contain_text(KEPT, timeout=SOON)
    complaints.clear()
    again = life.context.new_page()
    life.close()
    again.context.set_offline(False)
    again.goto(where)
    expect(box(again)).to_have_value("His drumming.", timeout=SOON)
    wait_until(lambda: saved(worker, made) == {"identity": "His drumming."}, "the words are at the server")


def test_two_pages_of_one_person_lose_nothing(
    life: Page, worker: Staff, made: Assessment, complaints: list[str], axe: Any, shot: Any
) -> None:
    other = life.context.new_page()
    other.goto(life.url)
    ready(other)
    box(life).press_sequentially("On the first page.")
    expect(block(life, "identity").locator("[data-says]")).to_contain_text("Saved at", timeout=SOON)
    box(other).press_sequentially("On the second.")
    expect(block(other, "identity").locator("[data-other]")).to_contain_text("On the first page.", timeout=SOON)
    assert saved(worker, made) == {"identity": "On the first page."}
    axe(other)
    shot(other, "assessment-two-pages")
    other.get_by_role("button", name="Save what is in the form").click()
    expect(block(other, "identity").locator("[data-says]")).to_contain_text("Saved at", timeout=SOON)
    assert saved(worker, made) == {"identity": "On the second."}
    complaints.clear()


def test_with_the_child_in_welsh(
    worker: Staff, made: Assessment, browser_as: Any, live_server: Any, axe: Any, shot: Any
) -> None:
    page = browser_as(worker)
    page.goto(live_server.url + address("assessment_section", made, section="what_happened") + "?with=child&in=cy")
    ready(page)
    axe(page)
    shot(page, "assessment-child-welsh")
    page.get_by_label("Gwell").check()
    expect(block(page, "child_since").locator("[data-says]")).to_contain_text("Wedi’i gadw am", timeout=SOON)
    assert saved(worker, made) == {"child_since": "better"}


def test_one_signs_and_another_looks(
    worker: Staff, made: Assessment, browser_as: Any, live_server: Any, axe: Any, shot: Any
) -> None:
    # Given an assessment in which things are missing
    page = browser_as(worker)
    page.goto(live_server.url + address("assessment", made))
    page.get_by_role("button", name="Sign it").click()
    expect(page.get_by_role("alert")).to_contain_text("It cannot be signed yet")
    axe(page)
    shot(page, "assessment-missing")

    # When nothing is missing, it is signed
    with transaction.atomic():
        filled(made, worker)
    page.goto(live_server.url + address("assessment", made))
    page.get_by_role("button", name="Sign it").click()
    expect(page.get_by_role("status").first).to_contain_text("It is signed.")

    # Then a manager finds it on Today, and countersigns
    page.context.clear_cookies()
    page = browser_as(staff("manager", name="Dele Akande", team=worker.team))
    page.goto(live_server.url + reverse("today"))
    page.get_by_role("button", name="Look at the first").or_(
        page.get_by_role("link", name="Look at the first")
    ).first.click()
    axe(page)
    shot(page, "countersign")
    page.get_by_role("link", name="Look at it").click()
    page.get_by_label("Countersign it").check()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("status").first).to_contain_text("Countersigned")
    axe(page)
    shot(page, "assessment-locked")
