"""A head of service brings in a committee paper: every row accounted for, doubts settled, accepted, and answered for."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests.governance.plans import head, read
from waypost.demo import improvement
from waypost.governance.improvement.models import Action, Doubt, Plan
from waypost.governance.improvement.reading_models import Reading

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SOURCE = Path(__file__).parents[3] / "shared" / "reference" / "bromley-2015.txt"
PAPERS = [
    pytest.param(improvement.SAMPLE, "2c starts in November 2025 and finishes in January 2025.", "3 2026", "Recommendation 7", id="our own"),
    *([pytest.param(SOURCE, "2a starts in January 2016 and finishes in February 2015.", "2 2017", "Recommendations 8 and 9", id="a published one")] if SOURCE.exists() else []),
]  # fmt: skip


@pytest.fixture
def boss():
    return head()


def upload(page, live_server, path: Path) -> None:
    page.goto(live_server.url + reverse("read"))
    page.locator("input[type=file]").set_input_files(path)
    page.get_by_role("button", name="Read it").click()
    page.get_by_role("heading", name="Check what was read").wait_for()


def opened(page, message: str):
    """The doubt that stands open, of which there is one."""
    doubt = page.locator("details.wp-doubt[open]")
    expect(doubt).to_have_count(1)
    assert message in doubt.locator("summary").inner_text()
    return doubt


def in_first_screen(locator) -> bool:
    box = locator.bounding_box()
    return box is not None and box["y"] + box["height"] < 900


@pytest.mark.parametrize(("paper", "worst", "month", "nothing"), PAPERS)
def test_a_paper_becomes_a_plan_and_an_answer(boss, browser_as, live_server, axe, shot, paper, worst, month, nothing):
    # Given a committee paper on the head of service's own disk, and no plan
    page = browser_as(boss)
    page.goto(live_server.url + reverse("plan"))
    page.get_by_role("button", name="Read in a document").click()
    axe(page)
    shot(page, "read")

    # When it is sent to be read
    upload(page, live_server, paper)

    # Then every row is accounted for, nothing is stored, and the worst doubt stands open beside its text
    rows = page.get_by_role("table", name="Every row accounted for").get_by_role("row").all_inner_texts()
    numbers = [int(re.search(r"\t(\d+)\t", row)[1]) for row in rows[1:]]
    assert sum(numbers[:-1]) == numbers[-1]
    assert "None left over" in rows[-1]
    assert Plan.objects.count() == 0
    doubt = opened(page, worst)
    expect(doubt.locator(".wp-source mark")).to_have_count(2)
    axe(page)
    shot(page, "reading")

    # When a month is mistyped, what was typed stays and the error says why
    doubt.get_by_label("Finish").fill("soon")
    doubt.get_by_role("button", name="Settle this doubt").click()
    page.get_by_role("alert").get_by_role("link", name=re.compile("Write a month and year")).click()
    assert page.evaluate("document.activeElement.value") == "soon"
    expect(page).to_have_title(re.compile("^Error:"))
    axe(page)

    # And when it is typed well, the doubt is settled and the next one opens
    opened(page, worst).get_by_label("Finish").fill(month)
    opened(page, worst).get_by_role("button", name="Settle this doubt").click()
    page.get_by_role("heading", name="Doubts settled (1)").wait_for()
    expect(page.locator("details.wp-doubt[open]")).to_have_count(1)
    expect(page.get_by_role("row").filter(has_text=worst).get_by_role("cell", name="Finish: ")).to_have_count(1)

    # When many of a kind are given one answer
    many = page.get_by_role("button", name=re.compile(r"All \d+: it is ongoing"))
    number = int(re.search(r"\d+", many.inner_text())[0])
    many.click()

    # Then they are settled at once
    page.get_by_role("heading", name=f"Doubts settled ({number + 1})").wait_for()
    axe(page)
    shot(page, "reading-settled")

    # When it is accepted
    page.get_by_role("link", name="Go to the end to accept").click()
    page.get_by_role("button", name=re.compile("Accept .* actions")).click()

    # Then the answer is there, and its first screen says which recommendations no action is likely to answer
    page.get_by_role("heading", name="The answer to the inspection", level=1).wait_for()
    said = page.get_by_text("no action in the plan is even likely to answer")
    assert in_first_screen(said)
    assert said.inner_text().startswith(nothing)
    axe(page)
    shot(page, f"answer-before-anybody-judged-{paper.stem}")
    settled = Action.objects.get(ref=worst.split()[0])
    assert settled.finish_month is not None
    assert settled.finish_month.year == int(month.split()[1])
    assert Doubt.objects.exclude(answer="").count() == number + 1


def test_an_answer_is_changed_before_accepting(boss, browser_as, live_server):
    # Given a doubt that was settled with a month
    page = browser_as(boss)
    page.goto(live_server.url + reverse("reading", kwargs={"pk": read(boss).pk}))
    opened(page, "2b finishes in January 2025").get_by_label("Finish").fill("March 2026")
    page.locator("details[open]").get_by_role("button", name="Settle this doubt").click()

    # When its reader thinks again
    page.get_by_role("link", name=re.compile("Change.*2b finishes")).click()
    doubt = opened(page, "2b finishes in January 2025")
    assert doubt.get_by_label("Finish").input_value() == "2026-03"
    doubt.get_by_label("Leave it blank and ask the lead").check()
    doubt.get_by_role("button", name="Settle this doubt").click()

    # Then the last answer stands
    page.get_by_role("row", name=re.compile("2b finishes in January 2025")).get_by_text(
        "Leave it blank and ask the lead"
    ).wait_for()


def test_the_same_file_twice_and_one_thrown_away(boss, browser_as, live_server, axe, shot):
    # Given a paper that was accepted before
    page = browser_as(boss)
    upload(page, live_server, improvement.SAMPLE)
    page.get_by_role("button", name=re.compile("Accept")).click()
    page.get_by_role("heading", name="The answer to the inspection", level=1).wait_for()

    # When it is read again
    upload(page, live_server, improvement.SAMPLE)

    # Then that is said, with the plan it made
    page.get_by_text("This very file was read in and accepted before,").wait_for()
    axe(page)
    shot(page, "reading-again")

    # And when it is thrown away, only what was accepted remains
    page.get_by_role("button", name="Throw this reading away").click()
    page.get_by_text("The reading is thrown away.").wait_for()
    assert Plan.objects.count() == 1
    assert Reading.objects.filter(plan__isnull=False, accepted_at__isnull=True).count() == 0


def test_a_file_that_holds_no_plan_is_said_to_hold_none(boss, browser_as, live_server, axe, shot, tmp_path, complaints):
    # Given a letter
    letter = tmp_path / "letter.txt"
    letter.write_text("Dear Imogen,\n\nthank you for the tea.\n")

    # When it is sent to be read
    page = browser_as(boss)
    page.goto(live_server.url + reverse("read"))
    page.locator("input[type=file]").set_input_files(letter)
    page.get_by_role("button", name="Read it").click()

    # Then one clear line says so, and nothing is kept
    page.get_by_role("alert").wait_for()
    expect(page).to_have_title(re.compile("^Error:"))
    axe(page)
    shot(page, "read-no-plan")
    assert Reading.objects.count() == 0
    complaints.clear()  # the browser reports any answer of 422 to a request of a script
