"""The improvement plan as its people use it: filtered, added to, set by hand, measured, read by those who only read."""

from __future__ import annotations

import csv
import re
from io import BytesIO, StringIO

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from tests.journeys.alder_vale import heading, narrow, refs, the
from waypost.governance.improvement.models import Action, ActionChange, BulletClassed, Evidence, MeasureReading, Note

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
FIRST_BYTES = {"PDF": b"%PDF-", "Word": b"PK\x03\x04", "Excel": b"PK\x03\x04", "CSV": b"\xef\xbb\xbf"}


# The plan ------------------------------------------------------------------------------------------------------------


def test_the_plan_is_filtered_ordered_and_taken_away(as_, axe, shot):
    # Given the plan as it opens: what needs attention, worst first
    page = as_("Imogen Fenwick", "plan")
    assert refs(page) == ["1e", "2e", "2c", "3a", "4d", "5a", "6d", "6f", "7d", "7b"]
    axe(page)
    shot(page, "plan")

    # When it is narrowed by area, by lead, by due, by words
    narrow(page, Area="Quality of work (9)")
    assert refs(page) == ["3a", "4d", "5a"]
    narrow(page, Due="Past")
    assert refs(page) == ["3a", "4d"]
    narrow(page, words="trust information")
    assert refs(page) == ["4d"]
    narrow(page, words="", Area="All 4 areas", Due="Any time", Lead="Me")
    assert refs(page) == ["2e", "2c", "3a", "4d"]

    # Then the files hold what is shown
    for kind, first in FIRST_BYTES.items():
        with page.expect_download() as taken:
            page.get_by_role("link", name=kind, exact=True).click()
        held = taken.value.path().read_bytes()
        assert held.startswith(first), kind
    rows = csv.DictReader(StringIO(held.decode("utf-8-sig")))
    assert [row["Ref"] for row in rows] == ["2e", "2c", "3a", "4d"]

    # When the whole plan is asked for, in its own order
    page.get_by_role("link", name="Whole plan (27)").click()
    page.get_by_text("Showing 27 of 27").wait_for()
    page.get_by_role("link", name="Put in the plan’s own order").click()
    page.get_by_role("link", name="Put the worst first").wait_for()
    assert refs(page) == [action.ref for action in Action.objects.order_by("position")]
    axe(page)
    shot(page, "plan-whole")

    # And as it stood a year before
    page.get_by_label("As it stood on").fill("2025-12-01")
    narrow(page)
    page.get_by_text("This is the plan as it stood on 1 December 2025.").wait_for()
    assert page.get_by_role("row", name=re.compile("^3a ")).get_by_text("Overdue", exact=True).count() == 0
    page.get_by_role("link", name="Back to today").click()
    page.get_by_role("row", name=re.compile("^3a ")).get_by_text("Overdue", exact=True).wait_for()


def test_no_action_like_that_says_so(as_, axe, shot):
    page = as_("Imogen Fenwick", "plan")
    narrow(page, words="penguins")
    page.get_by_text("No action is like that.").wait_for()
    assert page.get_by_role("link", name="PDF").count() == 0
    axe(page)
    shot(page, "plan-none")


def test_the_plan_on_paper_has_its_rows_and_no_controls(as_):
    # Given the plan on a printer's page
    page = as_("Imogen Fenwick", "plan")
    page.emulate_media(media="print")

    # Then what can only be pressed is gone, and every row is there
    expect(page.get_by_role("button", name="Filter")).not_to_be_visible()
    expect(page.get_by_role("navigation", name="Improvement plan")).not_to_be_visible()
    expect(page.get_by_role("row", name=re.compile("^4d "))).to_be_visible()
    words = " ".join(sheet.extract_text() for sheet in PdfReader(BytesIO(page.pdf(format="A4"))).pages)
    assert all(ref in words for ref in ("1e", "4d", "7b"))
    assert "Overdue" in words
    assert "As it stood on" not in words


# One action ----------------------------------------------------------------------------------------------------------


def test_a_note_moves_the_status(as_, axe, shot):
    # Given an action that is at risk because nobody wrote for 64 days
    page = as_("Imogen Fenwick", "action", pk=the("7b").pk)
    page.get_by_text("No note for 64 days; one is expected each month.").wait_for()
    axe(page)
    shot(page, "action")

    # When a note is dated in the future
    page.get_by_label("What has happened").fill("Forty-eight of fifty-two were written up in time.")
    page.get_by_label("Year").fill("2027")
    page.get_by_role("button", name="Add the note").click()

    # Then the error keeps what was typed
    page.get_by_role("alert").get_by_text("A note cannot be dated in the future.").wait_for()
    assert page.get_by_label("What has happened").input_value() == "Forty-eight of fifty-two were written up in time."
    expect(page).to_have_title(re.compile("^Error:"))
    axe(page)
    shot(page, "action-note-refused")

    # And when the day is mended, the note is in the record and the status moves
    page.get_by_label("Year").fill("2026")
    page.get_by_role("button", name="Add the note").click()
    page.get_by_text("Your note of 23 November is in the record.").wait_for()
    page.get_by_text("last note 0 days ago").wait_for()
    assert Note.objects.filter(action__ref="7b").count() == 2


def test_a_note_is_added_with_the_keyboard_alone(as_):
    page = as_("Imogen Fenwick", "action", pk=the("4d").pk)
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.tagName") == "TEXTAREA":
            break
    page.keyboard.type("The trust signed on Friday.")
    for _ in range(4):  # day, month, year, the button
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_text("is in the record.").wait_for()
    assert Note.objects.latest("at").words == "The trust signed on Friday."


def test_evidence_is_given_and_opened(as_, axe, shot, tmp_path):
    # Given a paper that shows that the agreement was signed
    paper = tmp_path / "signed.txt"
    paper.write_text("Signed by five of five.")
    page = as_("Imogen Fenwick", "action", pk=the("4d").pk)
    page.get_by_role("link", name="Add evidence").click()
    heading(page, "Add evidence")
    axe(page)
    shot(page, "action-evidence")

    # When it is given, for an inspector too
    page.locator("input[type=file]").set_input_files(paper)
    page.get_by_label("What it shows").fill("All five have signed")
    page.get_by_label("An inspector may open it").check()
    page.get_by_role("button", name="Add the evidence").click()

    # Then it stands at the action, and comes as a file and never as a page
    page.get_by_text("The evidence is in the record.").wait_for()
    assert Evidence.objects.get(action__ref="4d").inspector_may_open
    axe(page)
    with page.expect_download() as taken:
        page.get_by_role("link", name="All five have signed").click()
    assert taken.value.path().read_text() == "Signed by five of five."


def test_done_is_said_and_a_status_set_by_hand(as_, axe, shot):
    # Given an overdue action
    page = as_("Imogen Fenwick", "action", pk=the("1e").pk)

    # When its status is set by hand for too long
    page.get_by_role("link", name="Set the status by hand").click()
    heading(page, "Set the status by hand")
    axe(page)
    page.get_by_label("Status", exact=True).select_option(label="On track")
    page.get_by_label("Reason").fill("The budget meeting was moved to December.")
    for part, value in (("Day", "1"), ("Month", "6"), ("Year", "2027")):
        page.get_by_label(part).fill(value)
    page.get_by_role("button", name="Set the status").click()

    # Then the rule says so and keeps the reason
    page.get_by_role("alert").get_by_text("It may stand for three months at most.").wait_for()
    assert page.get_by_label("Reason").input_value() == "The budget meeting was moved to December."
    axe(page)

    # And with a nearer end, both the rule's word and hers stand beside each other
    page.get_by_label("Year").fill("2026")
    page.get_by_label("Month").fill("12")
    page.get_by_label("Day").fill("31")
    page.get_by_role("button", name="Set the status").click()
    page.get_by_text("set by hand", exact=True).wait_for()
    page.get_by_text("The rule says overdue:").wait_for()
    shot(page, "action-by-hand")

    # When it is done
    page.get_by_role("link", name="Say that it is done").click()
    heading(page, "Say what is true of it")
    axe(page)
    shot(page, "action-say")
    page.get_by_label("It is done", exact=True).check()
    page.get_by_label("How you know").fill("All five shares are in writing.")
    page.get_by_role("button", name="Say it").click()

    # Then that is in the history, with who said it
    page.get_by_role("heading", name="Said to be done on 23 November 2026").wait_for()
    axe(page)


def test_two_tabs_change_the_same_dates(as_, axe, shot):
    # Given the same form open in two tabs
    page = as_("Imogen Fenwick", "action_dates", pk=the("3a").pk)
    axe(page)
    other = page.context.new_page()
    other.goto(page.url)
    for tab, month in ((other, "12"), (page, "1")):
        tab.get_by_label("Month").nth(1).fill(month)
        tab.get_by_label("Year").nth(1).fill("2027")
        tab.get_by_label("Why they change").fill("agreed at the board")

    # When both are sent
    other.get_by_role("button", name="Change the dates").click()
    other.get_by_text("The dates are changed").wait_for()
    page.get_by_role("button", name="Change the dates").click()

    # Then the second is told, sees both, and saved nothing
    page.get_by_role("alert").get_by_text("Someone changed these dates while your form was open.").wait_for()
    page.get_by_text("In the record now:").wait_for()
    assert "finishes December 2027" in page.locator(".wp-empty").inner_text()
    assert page.get_by_label("Month").nth(1).input_value() == "1"
    assert ActionChange.objects.filter(action__ref="3a").count() == 1
    assert the("3a").finish_month.isoformat() == "2027-12-01"
    axe(page)
    shot(page, "action-dates-stale")


def test_a_measure_is_named_and_read_twice(as_, axe, shot):
    # Given an action that nothing measures
    page = as_("Imogen Fenwick", "action", pk=the("4d").pk)
    page.get_by_role("link", name="Name what would show that it works").click()
    heading(page, "Name what would show that it works")
    axe(page)
    shot(page, "action-measure")

    # When a measure is named and read twice
    page.get_by_label("What would show that it works?").fill("Children in danger whose worker was told")
    page.get_by_label("Target, per cent").fill("90")
    page.get_by_role("button", name="Name the measure").click()
    for part, month in (("7", "9"), ("12", "11")):
        page.get_by_role("link", name="Add a reading").click()
        heading(page, "Add a reading")
        axe(page)
        page.get_by_label("How many", exact=True).fill(part)
        page.get_by_label("Out of how many").fill("14")
        page.get_by_label("Month").fill(month)
        page.get_by_role("button", name="Add the reading").click()
        page.get_by_text("The reading is in the record.").wait_for()

    # Then its line is drawn, with its figures as a table and what it comes to in a sentence
    page.get_by_text(
        "7 of 14 (50%) in September 2026, 12 of 14 (86%) in November 2026. Target at least 90%."
    ).wait_for()
    expect(page.locator("figure svg").first).to_be_visible()
    page.get_by_text("Show the figures month by month").click()
    table = page.get_by_role("table", name="Children in danger whose worker was told")
    expect(table.get_by_role("row", name=re.compile("November 2026")).get_by_text("12 of 14")).to_be_visible()
    axe(page)
    shot(page, "action-measured")
    assert MeasureReading.objects.filter(measure__action__ref="4d").count() == 2


def test_a_line_with_no_date_is_classed_and_moves_nothing(as_, axe):
    # Given an action whose document has progress without a date
    page = as_("Imogen Fenwick", "action", pk=the("3c").pk)
    before = page.locator(".wp-status").first.inner_text()

    # When somebody says what the line is
    page.get_by_text("Say what it is").first.click()
    page.get_by_role("button", name=re.compile("Something done.*Sheet of 14 questions")).click()

    # Then that stands beside it, and the status is as it was
    page.get_by_text("Something done, says Imogen Fenwick, 23 November 2026").wait_for()
    assert page.locator(".wp-status").first.inner_text() == before
    assert BulletClassed.objects.get().kind == "done"
    axe(page)


def test_a_doubt_is_settled_after_accepting(as_, axe):
    page = as_("Imogen Fenwick", "action", pk=the("5a").pk)
    doubts = page.get_by_role("heading", name=re.compile("Doubts still open"))
    number = int(re.search(r"\d+", doubts.inner_text())[0])
    page.get_by_role("button", name=re.compile("It is right as it is.*5a starts in September 2025")).click()
    page.get_by_role("heading", name=re.compile("Doubt .* not a doubt")).wait_for()
    assert re.search(rf"\({number - 1}\)", doubts.inner_text()) if number > 1 else doubts.count() == 0
    axe(page)
