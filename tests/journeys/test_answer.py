"""The answer to an inspection: each line judged by a named person, one after another, and frozen as it stands."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests.factories import staff
from tests.governance.plans import accepted, head, inspection_record, plan_record
from waypost.governance.answers.models import FrozenAnswer, LineJudged, Match

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def boss():
    return head()


@pytest.fixture
def plan(boss):
    return accepted(boss)


def heading(page, name: str) -> None:
    page.get_by_role("heading", name=name, level=1, exact=True).wait_for()


def proposed(page, ref: str):
    return page.locator("section.wp-match").filter(has=page.get_by_role("heading", name=f"is {ref} an answer"))


def test_lines_are_judged_one_after_another_and_frozen(boss, plan, browser_as, live_server, axe, shot):
    # Given an answer in which nobody has judged a line
    page = browser_as(boss)
    page.goto(live_server.url + reverse("answer", kwargs={"pk": plan.inspection_id}))
    page.get_by_text("4 of 4 lines wait for a person").wait_for()
    worst = page.get_by_role("list").filter(has=page.get_by_role("heading", name="Recommendation 2."))
    expect(worst.get_by_text("Nothing in the plan answers this.")).to_be_visible()
    axe(page)
    shot(page, "answer-unjudged")

    # When the first, which no action is likely to answer, is judged so
    page.get_by_role("button", name="Judge the first of 4").click()
    heading(page, "Recommendation 2")
    axe(page)
    shot(page, "answer-line-without-a-hint")
    page.get_by_label("No action answers it: why").fill("The colleges were never asked.")
    page.get_by_role("button", name="nothing answers it").click()

    # Then that is said in the judge's name, and the next line is there
    page.get_by_text("Recommendation 2: nothing in the plan answers it, in your name.").wait_for()
    heading(page, "Finding 1.1")
    assert LineJudged.objects.get().words == "The colleges were never asked."

    # When a match is accepted for it with the keyboard alone
    accept = proposed(page, "1a").get_by_role("button", name="Accept")
    for _ in range(60):
        page.keyboard.press("Tab")
        if accept.evaluate("button => button === document.activeElement"):
            break
    page.keyboard.press("Enter")

    # Then the action stands beside it with who said so, and may be taken back
    page.get_by_text("1a answers finding 1.1, in your name.").wait_for()
    page.get_by_text("1a answers it: said by Imogen Fenwick").wait_for()
    expect(page.get_by_role("button", name="Take back 1a")).to_be_visible()
    axe(page)
    shot(page, "answer-line-matched")

    # When the next line's proposal is turned down and another action chosen
    page.get_by_role("button", name="Next line to judge: finding 1.2").click()
    heading(page, "Finding 1.2")
    page.get_by_role("button", name="This answers it").click()
    page.get_by_role("alert").get_by_role("link", name="Choose the action that answers the line").click()
    assert page.evaluate("document.activeElement.id") == "action"
    axe(page)
    page.get_by_label("An action of the plan").select_option(label="1b Train all staff in writing plans")
    page.get_by_role("button", name="This answers it").click()
    page.get_by_text("1b answers finding 1.2, in your name.").wait_for()
    page.get_by_role("button", name="Next line to judge: recommendation 1").click()
    heading(page, "Recommendation 1")
    turned_down = page.locator("section.wp-match").first
    ref = re.search(r"is (\w+) an answer", turned_down.inner_text())[1]
    turned_down.get_by_role("button", name="Not this").click()

    # Then what was turned down is not proposed for it again
    page.get_by_text(f"{ref} does not answer recommendation 1, in your name.").wait_for()
    assert proposed(page, ref).count() == 0

    # When the whole is frozen
    page.get_by_role("link", name="The answer to the inspection").click()
    page.get_by_text("Nothing in the plan answers recommendation 2.").wait_for()
    axe(page)
    shot(page, "answer-half-judged")
    page.get_by_role("button", name="Freeze as re-inspection file").click()

    # Then gaps went in as gaps, and the file says that it is as it was
    heading(page, "The answer as frozen, number 1")
    page.get_by_text("Its content is as it was then.").wait_for()
    row = page.get_by_role("row").filter(has_text="Recommendation 2")
    expect(row.get_by_role("cell", name="Nothing answers it")).to_be_visible()
    axe(page)
    shot(page, "answer-frozen")
    assert {(match.action.ref, match.verdict) for match in Match.objects.all()} == {
        ("1a", "answers"),
        ("1b", "answers"),
        (ref, "not_this"),
    }
    assert FrozenAnswer.objects.get().by == boss


def test_who_judged_a_line_does_not_check_it(boss, plan, browser_as, live_server, axe):
    # Given a line that the head of service judged
    line = plan.inspection.recommendations.last()
    where = reverse("answer_line", kwargs={"pk": plan.inspection_id, "line": line.pk})
    page = browser_as(boss)
    page.goto(live_server.url + where)
    page.get_by_role("button", name="nothing answers it").click()
    page.get_by_text("in your name.").wait_for()

    # When she checks it herself
    page.goto(live_server.url + where)
    page.get_by_role("button", name="I have checked this").click()

    # Then she is told who may
    page.get_by_text("Somebody else checks it.").wait_for()
    axe(page)

    # And a colleague can
    page.context.clear_cookies()
    page = browser_as(staff("manager", name="Leila Haddad"))
    page.goto(live_server.url + where)
    page.get_by_role("button", name="I have checked this").click()
    page.get_by_text("Checked by Leila Haddad").wait_for()


def test_who_may_only_read_is_offered_nothing_to_judge(plan, browser_as, live_server, axe):
    # Given a board member
    page = browser_as(staff("board_member", name="Ferhat Aydin"))

    # When they open the answer and one line of it
    page.goto(live_server.url + reverse("answer", kwargs={"pk": plan.inspection_id}))
    assert page.get_by_role("button", name=re.compile("Judge|Freeze")).count() == 0
    axe(page)
    page.get_by_role("link", name="The choice of college courses is widened").first.click()

    # Then what is said of it can be read, and nothing be said
    heading(page, "Recommendation 2")
    page.get_by_text("Nobody has said what answers this.").wait_for()
    assert page.locator("main").get_by_role("button").count() == 0
    axe(page)


def test_the_clock_of_an_inspection_long_ago_keeps_its_two_ends_apart(boss, browser_as, live_server, shot):
    # Given an inspection published ten years ago
    long_ago = inspection_record() | {"published": "2016-05"}
    plan = accepted(boss, inspection=long_ago, plan=plan_record() | {"published": "2016-05"})

    # When its answer is opened, wide and narrow
    page = browser_as(boss)
    page.goto(live_server.url + reverse("answer", kwargs={"pk": plan.inspection_id}))
    for width, drawing in ((1280, ".wp-wide"), (320, ".wp-narrow")):
        page.set_viewport_size({"width": width, "height": 800})
        names = page.locator(f"svg.wp-chart{drawing} text.wp-lab")

        # Then no two names on its line meet
        boxes = sorted((box["y"], box["x"], box["x"] + box["width"]) for box in map(_box, names.all()))
        assert len(boxes) == 3
        assert all(a[0] != b[0] or a[2] < b[1] for a, b in zip(boxes, boxes[1:], strict=False))
    shot(page, "answer-long-ago")


def _box(locator):
    return locator.bounding_box()
