"""What needs one person today: worst first, each line with its reason and one thing to do; ‘nothing new’ is said."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.casework.casework import met
from tests.desk.today_world import booked, busy, page_of, task, text, titles
from tests.factories import staff
from tests.governance.plans import accepted
from tests.governance.plans import head as plan_head
from tests.people.children import as_seen_by, child, held, said, sealed
from waypost.access import opening
from waypost.access.models import Access, Staff
from waypost.desk import guide
from waypost.desk.ordered import lead, week_ends, work_list
from waypost.desk.today import mine, since
from waypost.kernel.definition_files import Unreadable
from waypost.people.need_to_know.today import Line

LONDON = ZoneInfo("Europe/London")
WEDNESDAY = datetime(2026, 11, 25, 9, 0, tzinfo=LONDON)


def line(title: str, due: date, rank: int = 3) -> Line:
    return Line("", due < WEDNESDAY.date(), title, "", "Do it", "/", due=due, rank=rank)


# The list, without a database ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("on", "friday"),
    [
        (date(2026, 11, 23), date(2026, 11, 27)),
        (date(2026, 11, 26), date(2026, 11, 27)),
        (date(2026, 11, 27), date(2026, 12, 4)),  # on a Friday the week to come
        (date(2026, 11, 28), date(2026, 12, 4)),
        (date(2026, 11, 29), date(2026, 12, 4)),
    ],
)
def test_the_week_ends_on_its_friday(on, friday):
    assert week_ends(on) == friday


@pytest.mark.parametrize(
    ("late", "today", "week", "said"),
    [
        (3, 2, 4, "Three things are late, two are for today and four are due by Friday."),
        (1, 0, 1, "One thing is late and one is due by Friday."),
        (1, 0, 0, "One thing is late."),
        (12, 1, 0, "12 things are late and one is for today."),
        (0, 1, 2, "Nothing is late, one thing is for today and two are due by Friday."),
        (0, 0, 2, "Nothing is late and two things are due by Friday."),
        (0, 0, 0, "Nothing is late, and nothing is due by Friday."),
    ],
)
def test_the_sentence_that_leads_the_list(late, today, week, said):
    assert "".join(lead(late, today, week, "by Friday")) == said


def test_groups_hold_the_worst_first_and_nothing_is_left_out():
    days = [date(2026, 11, day) for day in (24, 20, 25, 27, 26)] + [date(2026, 12, 1)]
    found = work_list(
        [line(f"{day:%-d}", day) for day in days] + [line("safety", date(2026, 11, 24), 0)], WEDNESDAY.date()
    )
    assert [(group.name, [one.line.title for one in group.lines]) for group in found.groups] == [
        ("Late", ["safety", "20", "24"]),
        ("Today", ["25"]),
        ("By Friday", ["26", "27"]),
    ]
    assert [one.line.title for one in found.later] == ["1"] and found.last_day == date(2026, 12, 1)
    assert [(one.mark, one.quiet) for one in found.groups[0].lines[1:]] == [
        ("3 days late", "was due Friday 20 November"),
        ("1 day late", "was due yesterday"),
    ]
    (old,) = work_list([line("old", date(2025, 12, 24))], WEDNESDAY.date()).groups[0].lines
    assert old.quiet == "was due Wednesday 24 December 2025"
    assert [(one.mark, one.quiet) for one in found.groups[2].lines] == [
        ("Tomorrow", "26 November"),
        ("Friday", "27 November"),
    ]


def test_what_is_new_is_counted_from_the_end_of_the_last_working_day():
    assert since(date(2026, 11, 23)) == datetime(2026, 11, 20, 17, 0, tzinfo=LONDON)
    assert since(date(2026, 12, 29)) == datetime(2026, 12, 24, 17, 0, tzinfo=LONDON)  # the 28th is a bank holiday


def test_the_guide_is_said_to_be_unconfirmed_and_is_read_strictly(tmp_path):
    assert (guide.load().children, guide.load().mark) == (16, "check")
    path = tmp_path / "caseload.yaml"
    path.write_text(guide.FILE.read_text().replace("guide: 16", "guide: 0"))
    with pytest.raises(Unreadable, match=r"caseload\.yaml: guide must be 1 or more, and is 0"):
        guide.load(path)


# The page --------------------------------------------------------------------------------------------------------------


@pytest.fixture
def head(db, time_machine) -> Staff:
    time_machine.move_to(WEDNESDAY, tick=False)
    return staff("head_of_service")


@pytest.fixture
def worker(head) -> Staff:
    return staff("practitioner")


def test_late_today_and_by_friday_each_with_a_reason_and_one_thing_to_do(worker, time_machine):
    ellis, today = child(worker), timezone.localdate()
    for title, due in (
        ("Ring his mum", today),
        ("Write the letter", today + timedelta(2)),
        ("Plan", today + timedelta(8)),
    ):
        task(ellis, worker, due, title)
    said(ellis, "alert", worker, review_by=today + timedelta(days=1))
    time_machine.move_to(WEDNESDAY + timedelta(days=1), tick=False)

    page = page_of(worker)
    assert "One thing is late, one is for today and one is due by Friday." in text(page)
    assert titles(page) == [
        "Ellis Marden: Ring his mum",
        "Ellis Marden: Look at an alert again",
        "Ellis Marden: Write the letter",
        "Ellis Marden: Plan",
    ]
    assert [found.text_content() for found in page.xpath("//h2[@id='late' or @id='today-list' or @id='week']")] == [
        "Late",
        "Today",
        "By Friday",
    ]
    assert "1 more thing due by 3 December 2026" in text(page, "//summary")
    green = page.xpath("//main//a[contains(@class, 'govuk-button') and not(contains(@class, 'secondary'))]")
    assert [one.text_content() for one in green] == ["Say it is done: Ellis Marden: Ring his mum"]
    assert "Put down by" in text(page, "//ul[@class='wp-work']/li[1]")


def test_a_practitioner_without_children_and_one_with_nothing_late_are_told_so(worker, head):
    assert "No child is yours to work with yet." in text(page_of(worker))
    child(worker)
    page = page_of(worker)
    for words in ("Nothing is due about your children", "Nothing new about your children.", "No contact of yours"):
        assert words in text(page)


def test_what_a_colleague_is_covered_for_is_due_too_and_the_teams_children_are_not(worker, head):
    ellis = held(staff("practitioner"), entered_by=head)
    task(ellis, head, timezone.localdate(), "Ring his mum")
    opening.give(worker, ellis.pk, Access.Basis.TEAM, at=timezone.now(), by=head)
    assert titles(page_of(worker)) == []
    opening.give(worker, ellis.pk, Access.Basis.COVER, at=timezone.now(), by=head)
    assert titles(page_of(worker)) == ["Ellis Marden: Ring his mum"]


def test_that_somebody_is_less_safe_comes_before_everything(worker, head, time_machine):
    ellis, nurse = child(worker), staff("specialist", agency="health")
    opening.give(nurse, ellis.pk, Access.Basis.INVOLVED, at=timezone.now(), by=head)
    said(ellis, "alert", worker, review_by=timezone.localdate() + timedelta(days=1))
    met(ellis, worker, 1, less_safe="child")
    time_machine.move_to(WEDNESDAY + timedelta(days=2), tick=False)
    page = page_of(worker)
    assert titles(page) == [
        "Ellis Marden: The child is less safe than was thought",
        "Ellis Marden: Look at an alert again",
    ]
    assert "Somebody is less safe than was thought. One thing is late." in text(page)
    assert titles(page_of(nurse)) == ["Ellis Marden: The child is less safe than was thought"]


def test_a_specialist_sees_what_is_theirs_and_no_more(worker, head, time_machine):
    ellis, nurse = child(worker), staff("specialist", agency="health")
    opening.give(nurse, ellis.pk, Access.Basis.INVOLVED, at=timezone.now(), by=head)
    today = timezone.localdate()
    task(ellis, worker, today, "Ring his mum")
    task(ellis, worker, today, "Screen him", staff=nurse)
    booked(ellis, worker, purpose="Priya’s session")
    booked(ellis, nurse, purpose="Clinic")
    time_machine.move_to(WEDNESDAY + timedelta(hours=2), tick=False)
    page = page_of(nurse)
    assert titles(page) == ["Ellis Marden: Screen him", "Ellis Marden: Clinic, not recorded"]
    assert "Clinic: Ellis Marden" in text(page, "//ol") and "Priya’s session" not in text(page, "//ol")
    assert "Your caseload" not in text(page)


def test_a_court_officer_sees_what_is_for_court_of_todays_list(worker, head):
    ellis, corin = child(worker), staff("court_officer")
    opening.give(corin, ellis.pk, Access.Basis.DUTY, at=timezone.now(), until=timezone.now() + timedelta(1), by=head)
    task(ellis, worker, timezone.localdate(), "Tell social care", role="court_officer", key="tell_social_care")
    task(ellis, worker, timezone.localdate(), "Plan with him", role="practitioner", key="plan")
    assert titles(page_of(corin)) == ["Ellis Marden: Tell social care"]
    assert "For: Court officer." in text(page_of(worker), "//ul[@class='wp-work']/li[1]")


def test_a_sealed_child_is_nowhere_for_those_not_named(worker, head):
    ellis = child(worker)
    booked(ellis, worker, purpose="Session 2")
    task(ellis, worker, timezone.localdate(), "Ring his mum", staff=worker)
    sealed(ellis, head, by=head)
    page = page_of(worker)
    assert "No child is yours to work with yet." in text(page)
    assert not {"Ellis", "Session 2", "Ring his mum"} & {*text(page).replace(":", " ").split()}


def test_the_day_has_its_contacts_with_what_to_know_before_a_visit(worker, head):
    ellis = child(worker)
    said(ellis, "alert", worker, kind="weapon", words="Knife in the bag.", what_to_do="Ask first.")
    said(ellis, "alert", worker, kind="home_visit", words="An uncle threatens.", what_to_do="Go in pairs.")
    booked(ellis, worker, WEDNESDAY + timedelta(hours=2), way="visit", place="4 Mill Row", purpose="Session 3")
    booked(ellis, worker, WEDNESDAY + timedelta(days=1), purpose="Tomorrow’s")
    day = text(page_of(worker), "//ol")
    assert day == (
        "11:00 Session 3: Ellis Marden In person, at home, 4 Mill Row. "
        "An uncle threatens. Go in pairs. Knife in the bag. Ask first."
    )


def test_what_others_wrote_since_the_last_working_day_is_new(worker, head, time_machine):
    ellis = child(worker)
    time_machine.move_to(WEDNESDAY - timedelta(days=1), tick=False)
    said(ellis, "entry", head, title="Before")
    time_machine.move_to(WEDNESDAY, tick=False)
    said(ellis, "entry", head, title="A call")
    said(ellis, "entry", worker, title="My own")
    as_seen_by(worker)
    assert [(one.name, one.by, one.what) for one in mine(worker, timezone.now()).news] == [
        ("Ellis Marden", head.name, "A call")
    ]


def test_the_caseload_keeps_its_fractions_and_the_child_most_in_need_comes_first(worker, head):
    calm, ellis = child(worker, given="Aisha"), busy(worker, head, "Ellis")
    page = page_of(worker)
    figures = [" ".join(one.text_content().split()) for one in page.xpath("//section[@aria-labelledby='caseload']//dd")]
    assert figures == ["2 of a guide of 16, to be confirmed", "0 of 1", "0 of 1", "1 of 2", "0 of 2"]
    rows = page.xpath("//section[@aria-labelledby='caseload']//tbody/tr")
    assert [one.xpath("th")[0].text_content() for one in rows] == ["Ellis Marden", "Aisha Marden"]
    ellis_row, aisha_row = (" ".join(one.text_content().split()) for one in rows)
    assert "Youth rehabilitation" in ellis_row and "4 in 4 weeks" in ellis_row and "0 of 1" in ellis_row
    assert "None planned" in aisha_row and "Nothing booked" in aisha_row and "None yet" in aisha_row
    assert {calm.pk, ellis.pk} == set(mine(worker, timezone.now()).shown)


def test_whoever_reads_no_entries_has_no_list(head):
    for role in ("board_member", "panel_coordinator", "auditor"):
        assert "Your day" not in text(page_of(staff(role)))


def test_the_same_number_of_queries_for_one_child_and_for_twelve(worker, head):
    busy(worker, head, "Ellis")
    first = asked(worker)
    for n in range(11):
        busy(worker, head, f"Child{n}")
    assert asked(worker) == first == 49


@pytest.mark.django_db
def test_of_a_plan_in_which_they_lead_nothing_one_thing_is_asked(worker, head):
    busy(worker, head, "Ellis")
    first = asked(worker)
    accepted(plan_head())
    assert asked(worker) == first + 1


def asked(person: Staff) -> int:
    page_of(person)
    with CaptureQueriesContext(connection) as queries:
        assert "Your caseload" in text(page_of(person))
    return len(queries)
