"""What a manager sees of their team: who is less safe, who is late in more than one way, then each list worst first."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.casework.casework import met, missed, order, say
from tests.desk.today_world import booked, busy, page_of, task, text
from tests.factories import service, staff, team
from tests.people.children import as_seen_by, child, held, let_go, said, sealed
from waypost.access import deputies
from waypost.access.models import LogEntry, Staff
from waypost.casework.outcomes.clocks import clocks
from waypost.desk.ordered import lead_of_team
from waypost.desk.team import Overview, team_of
from waypost.desk.team_lists import MONDAY

LONDON = ZoneInfo("Europe/London")
MORNING = datetime(2026, 11, 23, 9, 0, tzinfo=LONDON)


class World:
    """Riverside with its manager and a worker, and another team."""

    def __init__(self) -> None:
        service(name="Alder Vale")
        self.riverside, self.hillside = team(name="Riverside"), team(name="Hillside")
        self.head = staff("head_of_service", name="Imogen Fenwick")
        self.leila = staff("manager", name="Leila Haddad", team=self.riverside)
        self.rhian = staff("manager", name="Rhian Pell", team=self.hillside)
        self.priya = staff("practitioner", name="Priya Nandakumar", team=self.riverside)
        self.delphine = staff("practitioner", name="Delphine Marsh", team=self.hillside)

    def child(self, given: str = "Ellis", holder: Staff | None = None):
        return held(holder or self.priya, entered_by=self.head, given=given)

    def seen_by(self, who: Staff) -> Overview:
        as_seen_by(who)
        return team_of(who, timezone.now())


@pytest.fixture
def world(db, time_machine) -> World:
    time_machine.move_to(MORNING, tick=False)
    return World()


def today():
    return timezone.localdate()


@pytest.mark.parametrize(
    ("now", "first", "children", "said"),
    [
        (0, 4, 9, ("Four children are late in more than one way.", "Start with them.")),
        (0, 1, 9, ("One child is late in more than one way.", "Start there.")),
        (0, 0, 9, ("No child is late in more than one way.", "")),
        (0, 0, 0, ("Nobody holds a child here yet.", "")),
        (1, 0, 9, ("Somebody is less safe than was thought.", "That comes before everything else.")),
        (
            2,
            1,
            9,
            (
                "Two times somebody is less safe than was thought.",
                "That comes before everything else. One child is late in more than one way.",
            ),
        ),
    ],
)
def test_what_a_manager_begins_with(now, first, children, said):
    assert lead_of_team(now, first, children) == said


def test_each_beginning_of_the_monday_list_is_that_of_a_clock():
    assert [one for one in MONDAY if not any(key.startswith(one) for key in clocks())] == []


# Whose children --------------------------------------------------------------------------------------------------------


def test_a_manager_sees_their_teams_children_and_the_head_everybodys(world):
    for given, holder in (("Ellis", world.priya), ("Rowan", world.delphine)):
        task(world.child(given, holder), world.head, today(), "Review", key="review")
    assert [one.name for one in world.seen_by(world.leila).due] == ["Ellis Marden"]
    assert [one.name for one in world.seen_by(world.rhian).due] == ["Rowan Marden"]
    assert [one.name for one in world.seen_by(world.head).due] == ["Ellis Marden", "Rowan Marden"]
    assert "What needs the service today" in text(page_of(world.head), "//h1")
    assert (world.seen_by(world.leila).name, world.seen_by(world.head).name) == ("Riverside team", "Alder Vale")


def test_a_child_of_a_worker_without_a_team_and_one_whom_nobody_holds_are_every_managers(world):
    task(world.child("Ellis", staff("practitioner")), world.head, today(), "Review", key="review")
    nobodys = world.child("Rowan")
    task(nobodys, world.head, today(), "Review", key="review")
    let_go(nobodys, by=world.head)
    for manager in (world.leila, world.rhian):
        assert [one.name for one in world.seen_by(manager).due] == ["Ellis Marden", "Rowan Marden"]


def test_a_deputy_sees_the_managers_lists(world):
    task(world.child(), world.head, today() - timedelta(days=3), "Review", key="review")
    assert "Team" not in text(page_of(world.delphine), "//nav[@aria-label='Main']")
    until = today() + timedelta(days=7)
    deputies.deputise(world.leila, to=world.delphine, until=until, by=world.leila, at=timezone.now())
    delphine = Staff.objects.get(pk=world.delphine.pk)
    assert [one.name for one in world.seen_by(delphine).due] == ["Ellis Marden"]
    assert "Riverside team" in text(page_of(delphine)) and "Ellis Marden" in text(page_of(delphine, "/team/"))


def test_a_sealed_child_is_nowhere_for_those_not_named(world):
    ellis = busy(world.priya, world.head, "Ellis")
    sealed(ellis, world.priya, world.head, by=world.head)
    for address in ("/", "/team/"):
        assert "Ellis" not in text(page_of(world.leila, address))
    assert [one.children for one in world.seen_by(world.leila).workers] == [0]
    assert "Ellis" in text(page_of(world.head, "/team/"))


def test_the_room_is_for_those_who_oversee(world):
    client = Client()
    client.force_login(world.priya)
    assert client.get("/team/").status_code == 403
    assert "Team" in text(page_of(world.leila), "//nav[@aria-label='Main']")


# The lists -------------------------------------------------------------------------------------------------------------


def test_who_is_less_safe_comes_before_everything(world):
    ellis, aisha = world.child(), world.child("Aisha")
    for title in ("Review", "Plan"):
        task(aisha, world.head, today() - timedelta(days=9), title, key=title.lower())
    met(ellis, world.priya, 1, less_safe="child")
    page = page_of(world.leila)
    assert "Somebody is less safe than was thought. That comes before everything else." in text(page)
    first = page.xpath("//ul[@class='wp-work']/li//h3")
    assert [one.text_content() for one in first[:2]] == [
        "Ellis Marden: The child is less safe than was thought",
        "Aisha Marden: Review",
    ]
    green = page.xpath("//main//a[contains(@class, 'govuk-button') and not(contains(@class, 'secondary'))]")
    assert len(green) == 1 and "Ellis Marden" in green[0].text_content()


def test_late_in_more_than_one_way_comes_first_with_each_way_and_one_thing_to_do(world, time_machine):
    ellis, aisha = world.child(), world.child("Aisha")
    task(ellis, world.head, today() - timedelta(days=3), "Review", key="review", why="Six months.")
    say(ellis, "expected_contact", world.priya, today() - timedelta(days=40), contacts=4)
    said(ellis, "alert", world.priya, review_by=today() + timedelta(days=1))
    task(aisha, world.head, today() - timedelta(days=9), "Plan", key="plan")
    time_machine.move_to(MORNING + timedelta(days=3), tick=False)
    (found,) = world.seen_by(world.leila).first
    assert found.worst.line.title == "Ellis Marden: Look at an alert again"  # a child’s safety before the rest
    assert found.others == ("Review (4 days late)", "Not seen yet; 0 of 4 contacts kept in 4 weeks")
    assert (found.do, found.held_by) == ("Write oversight", "Priya Nandakumar")
    assert "One child is late in more than one way. Start there." in text(page_of(world.leila))


def test_contacts_that_nobody_recorded_are_one_way_of_being_late(world, time_machine):
    ellis = world.child()
    for hours in (1, 2, 3):
        booked(ellis, world.priya, MORNING + timedelta(hours=hours))
    time_machine.move_to(MORNING + timedelta(days=1), tick=False)
    assert world.seen_by(world.leila).first == ()


def test_a_child_whom_nobody_holds_is_given_a_worker(world):
    ellis = world.child()
    say(ellis, "case", world.priya, today() - timedelta(days=40))
    task(ellis, world.head, today() - timedelta(days=3), "Review", key="review")
    let_go(ellis, by=world.head)
    found = world.seen_by(world.leila)
    (nobody,) = found.nobody
    assert (nobody.mark, nobody.line.do) == ("No worker", "Give the child a worker")
    assert nobody.line.why == "A case is open since 14 October 2026; 1 thing is to be done, and nobody holds it."
    assert (found.with_worker.numerator, found.with_worker.denominator) == (0, 1)
    assert [one.do for one in found.first] == ["Give the child a worker"]
    assert [(one.worker, one.why) for one in found.due] == [("", "Nobody holds the child.")]


def test_the_monday_list_says_how_many_working_days_are_left_and_used_and_why(world):
    ellis = world.child()
    day = {"starts": today() - timedelta(days=14)}
    task(ellis, world.head, today() - timedelta(days=3), "Assessment", key="assessment", why="The rule.", **day)
    task(ellis, world.head, today() + timedelta(days=2), "Plan", key="plan", why="The rule.", **day)
    task(ellis, world.head, today() + timedelta(days=60), "Review", key="review", **day)
    task(ellis, world.head, today(), "Ring his mum", **day)
    assert [(one.what, one.left, one.used, one.why, one.do) for one in world.seen_by(world.leila).due] == [
        ("Assessment", "1 day late", (10, 9), "", "Write oversight"),
        ("Plan", "2 left", (10, 12), "The rule.", "Open the record"),
    ]
    assert "No reason given" in text(page_of(world.leila, "/team/"), "//section[@aria-labelledby='due']")
    missed(ellis, world.priya, 2)
    met(ellis, world.priya, 4, "cancelled", reason="worker_ill")
    why = {one.why for one in world.seen_by(world.leila).due}
    assert why == {"Did not come on 21 November. We cancelled 1 session."}
    assert "1 day late" in text(page_of(world.leila, "/team/"), "//section[@aria-labelledby='due']")


def test_why_something_is_late_stands_beside_it_and_is_counted(world):
    # Given three assessments late and one in time; of two somebody has said why
    late = []
    for given in ("Ellis", "Aisha", "Luca"):
        found = world.child(given)
        late.append((found, task(found, world.head, today() - timedelta(days=3), "Assessment", key="assessment")))
    task(world.child("Joel"), world.head, today(), "Assessment", key="assessment")
    for (found, one), reason, by in zip(late, ("child_missed", "workload"), (world.priya, world.leila), strict=False):
        client = Client()
        client.force_login(by)
        answer = client.post(f"/children/{found.pk}/tasks/{one.pk}/late/", {"reason": reason, "words": "Twice."})
        assert answer.status_code == 302
        assert answer.headers["Location"] == ("/team/" if by == world.leila else f"/children/{found.pk}/")

    # Then the manager reads it beside the line, with whose word it is, and what was counted
    found = world.seen_by(world.leila).reasons
    assert (found.late.numerator, found.late.denominator) == (3, 4)
    assert (found.not_excused.numerator, found.not_excused.denominator, found.not_given) == (2, 3, 1)
    said = text(page_of(world.leila, "/team/"), "//section[@aria-labelledby='due']")
    assert "The child did not come to the appointment. Twice. Priya Nandakumar, 23 November 2026." in said
    assert (
        "3 of 4 late: 1 because the child did not come to the appointment; 1 because other work came first;"
        " 1 with no reason given. Without those excused, 2 of 3." in said
    )


def test_several_teams_are_read_together_or_one_alone(world):
    # Given two teams, each with a child
    for given, holder in (("Ellis", world.priya), ("Rowan", world.delphine)):
        task(world.child(given, holder), world.head, today(), "Review", key="review")

    # Then whoever oversees the service chooses among its teams
    both, one = page_of(world.head, "/team/"), page_of(world.head, f"/team/?team={world.hillside.pk}")
    assert [option.text_content() for option in both.xpath("//select[@name='team']/option")] == [
        "All of them",
        "Hillside",
        "Riverside",
    ]
    assert "Ellis Marden" in text(both) and "Rowan Marden" in text(both)
    assert "Ellis Marden" not in text(one) and "Rowan Marden" in text(one)
    assert "The work of the Hillside team" in text(one, "//h1")
    assert [row.name for row in world_of(world.head, team=str(world.hillside.pk)).workers] == ["Delphine Marsh"]

    # And whoever manages one team has no choice, and is given none by an address
    mine = page_of(world.leila, f"/team/?team={world.hillside.pk}")
    assert mine.xpath("//select[@name='team']") == []
    assert "Ellis Marden" in text(mine) and "Rowan Marden" not in text(mine)


def test_a_list_that_is_opened_whole_stays_with_its_team(world):
    ellis = world.child()
    for n in range(12):
        task(ellis, world.head, today() - timedelta(days=n + 1), f"Review {n}", key="review")
    few = page_of(world.head, f"/team/?team={world.riverside.pk}")
    links = few.xpath("//section[@aria-labelledby='due']//a[starts-with(text(), 'Show all')]/@href")
    assert links == [f"?list=due&team={world.riverside.pk}"]
    whole = page_of(world.head, f"/team/{links[0]}")
    assert whole.xpath("//a[@class='govuk-back-link']/@href") == [f"/team/?team={world.riverside.pk}"]


@pytest.mark.parametrize("asked_for", ["", "no-such", "00000000-0000-0000-0000-000000000000"])
def test_a_team_that_is_not_there_is_not_asked_for(world, asked_for):
    assert "The work of the service" in text(page_of(world.head, f"/team/?team={asked_for}"), "//h1")


def test_the_log_says_for_whom_a_deputy_reads_the_lists(world):
    # Given a practitioner who stands in for a manager
    deputies.deputise(
        world.leila, to=world.delphine, until=today() + timedelta(days=7), by=world.leila, at=timezone.now()
    )
    delphine = Staff.objects.get(pk=world.delphine.pk)

    # Then both are in the log, and for a manager’s own lists nobody else is
    for address, event in (("/team/", "desk.team"), ("/", "desk.today")):
        for person, behalf in ((delphine, world.leila.pk), (world.leila, None)):
            page_of(person, address)
            entry = LogEntry.objects.filter(event=event, actor=person.pk).latest("at")
            assert entry.on_behalf_of == behalf


def world_of(who: Staff, **asked: str) -> Overview:
    as_seen_by(who)
    return team_of(who, timezone.now(), asked=asked)


def test_what_waits_for_a_managers_name(world):
    ellis = world.child()
    order(ellis, world.priya)
    (waits,) = world.seen_by(world.leila).signing
    assert waits.line.title == "Ellis Marden: Risk and safety plans countersigned"
    assert (waits.status, waits.line.who) == ("late", "Priya Nandakumar")


def test_gaps_in_contact_longest_since_first_with_why_they_were_lost(world):
    ellis, aisha, calm = world.child(), world.child("Aisha"), world.child("Joel")
    for one in (ellis, aisha, calm):
        say(one, "expected_contact", world.priya, today() - timedelta(days=27), contacts=1)
    met(calm, world.priya, 2)
    missed(ellis, world.priya, 3)
    met(ellis, world.priya, 4, "cancelled", reason="worker_ill")
    booked(aisha, world.priya, MORNING + timedelta(days=1))
    found = world.seen_by(world.leila)
    assert [(one.name, one.last, one.why, one.do) for one in found.gaps] == [
        ("Aisha Marden", "", "Booked for 24 November.", "See the next"),
        ("Ellis Marden", "", "Missed 1 time, cancelled by us 1 time and nothing booked.", "Book the next"),
    ]
    assert [one.line.words for one in found.gaps] == ["Booked: 24 November.", "Lost: 19 November and 20 November."]
    assert (found.as_often.numerator, found.as_often.denominator) == (1, 3)
    assert "Enhanced, 1 in 4 weeks" in text(page_of(world.leila, "/team/"), "//section[@aria-labelledby='gaps']")


def test_alerts_past_their_day_of_those_there_are(world, time_machine):
    ellis = world.child()
    for days in (1, 30):
        said(ellis, "alert", world.priya, review_by=today() + timedelta(days=days))
    time_machine.move_to(MORNING + timedelta(days=3), tick=False)
    found = world.seen_by(world.leila)
    assert [one.mark for one in found.alerts] == ["2 days late"]
    assert (found.alerts_in_date.numerator, found.alerts_in_date.denominator) == (1, 2)


def test_who_carries_how_much_beside_the_guide_and_who_has_room(world):
    for n in range(17):
        world.child(f"Child{n}")
    idris = staff("practitioner", name="Idris Vane", team=world.riverside)
    found = world.seen_by(world.leila).workers
    assert [(one.name, one.children, one.over) for one in found] == [
        ("Priya Nandakumar", 17, True),
        (idris.name, 0, False),
    ]
    assert "17 of a guide of 16" in text(page_of(world.leila, "/team/"), "//section[@aria-labelledby='workers']")


def test_orders_and_voluntary_work_are_counted_apart(world):
    # Given one child on an order and one in diversion, each to be seen and neither seen as often
    for given, type in (("Ellis", "youth_rehabilitation"), ("Luca", "community_resolution")):
        found = world.child(given)
        order(found, world.priya, type=type, length=12 if type == "youth_rehabilitation" else None)
        say(found, "expected_contact", world.priya, today() - timedelta(days=40), contacts=4)
    met(found, world.priya, 3)

    # Then the page says both numbers of the children, and of each figure
    page = page_of(world.leila, "/team/")
    both = "1 on an order, a caution or at court; 1 in prevention or diversion"
    assert f"Two children: {both}." in text(page) or f"2 children: {both}." in text(page)
    apart = "(orders and court 0 of 1; voluntary 0 of 1)"
    assert f"children seen as often as the plan says {apart}" in text(page, "//dl[@class='wp-figures']")
    assert both in text(page, "//section[@aria-labelledby='workers']")
    own = text(page_of(world.priya), "//section[@aria-labelledby='caseload']")
    assert both in own and apart in own


def test_a_long_list_is_shown_in_part_and_whole_where_it_is_asked_for(world):
    ellis = world.child()
    for n in range(12):
        task(ellis, world.head, today() - timedelta(days=n + 1), f"Review {n}", key="review")
    few, whole = page_of(world.leila, "/team/"), page_of(world.leila, "/team/?list=due")
    rows = "//section[@aria-labelledby='due']//tbody/tr"
    assert (len(few.xpath(rows)), len(whole.xpath(rows))) == (10, 12)
    assert "Show all 12" in text(few) and "Show all 12" not in text(whole)
    assert whole.xpath("//section[@aria-labelledby='gaps']") == []
    assert len(page_of(world.leila, "/team/?list=no-such").xpath(rows)) == 10


def test_a_reason_given_is_reviewed_from_there(world):
    ellis = world.child("Ellis", world.delphine)
    client = Client()
    client.force_login(world.priya)
    given = {"reason": "His mother rang duty about last night."}
    assert client.post(f"/children/{ellis.pk}/reason/", given).status_code == 302
    found = text(page_of(world.leila, "/team/"), "//section[@aria-labelledby='reasons']")
    assert "(1 to review)" in found and "Priya NandakumarEllis Marden" in found and "Review it" in found


def test_nothing_is_said_to_be_nothing(world):
    empty = text(page_of(world.leila, "/team/"))
    assert "Nobody holds a child here yet." in empty
    world.child()
    page = text(page_of(world.leila, "/team/"))
    for words in (
        "No child is late in more than one way.",
        "Nothing is late, and nothing is due in the next three weeks.",
        "Nothing waits to be countersigned in the next two weeks.",
        "Nobody has said how often any of these children is seen.",
        "Every alert is inside its review date.",
        "Every child with work under way has a worker.",
        "Nothing new: every reason has been reviewed.",
    ):
        assert words in page


@pytest.mark.parametrize(("address", "number"), [("/", 55), ("/team/", 47)])
def test_the_same_number_of_queries_for_one_child_and_for_twelve(world, address, number):
    busy(world.priya, world.head, "Ellis")
    first = asked(world.leila, address)
    for n in range(11):
        busy(world.priya, world.head, f"Child{n}")
    assert asked(world.leila, address) == first == number


def asked(person: Staff, address: str) -> int:
    page_of(person, address)
    with CaptureQueriesContext(connection) as queries:
        assert "late in more than one way" in text(page_of(person, address))
    return len(queries)


def test_the_log_says_which_children_the_pages_named(world):
    ellis, calm = world.child(), world.child("Joel")
    task(ellis, world.head, today() - timedelta(days=3), "Review", key="review")
    assert ellis.pk in listed(world.leila, "/team/")
    assert ellis.pk not in listed(world.leila, "/"), "counted there, not named"
    task(ellis, world.head, today() - timedelta(days=2), "Write to the school")
    assert ellis.pk in listed(world.leila, "/"), "late in more than one way"
    assert not {calm.pk} & {*listed(world.leila, "/team/"), *listed(world.leila, "/")}


def listed(who: Staff, address: str) -> list[UUID]:
    page_of(who, address)
    event = "desk.team" if address == "/team/" else "desk.today"
    return LogEntry.objects.filter(event=event).latest("at").listed


@pytest.mark.django_db
def test_of_too_many_children_those_with_most_overdue_are_read_and_the_others_are_counted():
    boss, worker = staff("manager"), staff("practitioner")
    children = [child(worker, given=f"Child{n}") for n in range(4)]
    for _ in range(2):
        task(children[2], worker, timezone.localdate() - timedelta(days=3), "Write to the school")
    task(children[1], worker, timezone.localdate() - timedelta(days=9), "Ring the nurse")
    as_seen_by(boss)
    found = team_of(boss, timezone.now(), 2)
    assert ({*found.children}, found.left_out) == ({children[2].pk, children[1].pk}, 2)


@pytest.mark.django_db
def test_of_some_of_the_children_no_number_is_told(world, monkeypatch):
    monkeypatch.setattr("waypost.desk.views.MOST_TODAY", 1)
    for given in ("Ellis", "Joel"):
        busy(world.priya, world.head, given)
    page = text(page_of(world.leila, "/"))
    assert "the other" not in page and "1 other is on the team’s page." in page
    assert "Assessments and plans due" in page and "Assessments and plans due:" not in page
    assert "children with a worker" not in page and "children with a worker" in text(page_of(world.leila, "/team/"))
