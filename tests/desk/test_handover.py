"""The handover: what a new worker must know of a child, in about 600 words, from what the record says."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests.casework.casework import met, missed, order, say
from tests.factories import service, staff
from tests.people.children import Source, as_seen_by, child, held, related, said, sealed
from waypost.access.models import Access, LogEntry, RoleHeld
from waypost.casework.compliance import actions as compliance
from waypost.casework.contacts import actions as contacts
from waypost.casework.contacts.actions import Meeting
from waypost.desk import held as holders
from waypost.desk.handover import AT_MOST, Cut, Row, handover_of, known_of
from waypost.desk.held import Turn, ordinal, turns
from waypost.kernel.ids import new_id
from waypost.people.need_to_know import actions as need_to_know
from waypost.people.need_to_know.models import Allocation
from waypost.people.need_to_know.reach import reach
from waypost.people.record import panels
from waypost.people.record.models import Child

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


@pytest.fixture
def worker():
    service()
    return staff("practitioner", name="Priya Nandakumar")


@pytest.fixture
def head():
    return staff("head_of_service", name="Leila Haddad")


def page(who, of: Child) -> str:
    client = Client()
    client.force_login(who)
    answer = client.get(f"/children/{of.pk}/handover/")
    assert answer.status_code == 200
    assert "Ellis" not in answer.content.decode().partition("</title>")[0]
    main = answer.content.decode().partition("<main")[2].partition("</main")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def read_by(who, of: Child) -> Any:
    as_seen_by(who)
    now = timezone.now()
    return known_of(panels.record(of, reach(who, of, now), at=now), at=now, on=TODAY())


def parts_of(who, of: Child) -> dict[str, list[Row]]:
    return {part.key: part.rows for part in handover_of(read_by(who, of)).parts}


def gaps(who, of: Child) -> list[str]:
    return [row.words for row in parts_of(who, of)["gaps"]]


def everything(worker) -> Child:
    """A record with something of each."""
    ellis = child(worker)
    said(ellis, "name", worker)
    said(ellis, "alert", worker)
    said(ellis, "need", worker)
    said(ellis, "care", worker)
    said(ellis, "education", worker)
    donna = related(ellis, worker).other
    said(donna, "contact", worker)
    say(ellis, "case", worker, TODAY() - timedelta(days=80))
    say(ellis, "expected_contact", worker, TODAY() - timedelta(days=60))
    made = order(ellis, worker)
    met(ellis, worker, 9, own_words="I’d have known.", purpose="Bus times")
    missed(ellis, worker, 4, outcome=made)
    entry = {"own_words": "He’s not himself.", "since": TODAY() - timedelta(days=3), "title": "A call"}
    said(ellis, "entry", worker, source=_told_by_a_carer(), **entry)
    as_seen_by(worker)
    soon = timezone.now() + timedelta(days=2)
    contacts.plan(ellis.person, Meeting(soon, purpose="Session 2"), by=worker, at=timezone.now(), once=new_id())
    return ellis


def _told_by_a_carer() -> Source:
    return Source(agency="youth_justice", basis="crime_and_disorder_39", said_by="carer", speaker="Donna")


def test_it_says_all_a_new_worker_needs_from_what_is_in_the_record(worker):
    ellis = everything(worker)
    found = page(worker, ellis)
    for words in (
        "Ellis Marden",
        "likes ‘El’",
        "Knife found in the school bag.",
        "See in the office.",
        "Youth rehabilitation order, 12 months",
        "Follow up and ask the child again",
        "“I’d have known.”",
        "The child,",
        "“He’s not himself.” Donna,",
        "Pictures.",
        "07700 900318",
        "Bus times: came",
        "Session 2",
        "Priya Nandakumar",
        "the first worker, with no change",
    ):
        assert words.lower() in found.lower(), words
    assert "Nothing that this page looks for is missing." in found
    assert re.search(r"\d+ words: about [12] minutes? to read", found)


def test_what_is_not_known_is_said_plainly(worker):
    ellis = child(worker)
    assert gaps(worker, ellis) == [
        "Nobody is recorded who looks after the child.",
        "Whether the child is or was in anybody’s care was never recorded.",
        "School, college or work is not recorded.",
        "Nobody has written down what helps.",
        "No case is open.",
        "Nobody has said how often the child is seen.",
        "No contact is recorded in which the child was seen.",
        "No next contact is in the diary.",
        "The child’s own words were never written down.",
    ]


def test_a_carer_without_a_number_that_is_safe(worker):
    ellis = child(worker)
    donna = related(ellis, worker).other
    assert "No number of a carer is recorded that is safe to use." in gaps(worker, ellis)
    said(donna, "contact", worker, safe="not_safe", words="His dad reads it.")
    assert "No number of a carer is recorded that is safe to use." in gaps(worker, ellis)
    said(donna, "contact", worker, value="07700 900401")
    assert not [gap for gap in gaps(worker, ellis) if "carer" in gap or "looks after" in gap]


def test_care_that_has_ended_was_recorded(worker):
    ellis = child(worker)
    said(ellis, "care", worker, since=TODAY() - timedelta(days=90), until=TODAY() - timedelta(days=30))
    assert not [gap for gap in gaps(worker, ellis) if "care was never" in gap]


@pytest.mark.parametrize(("days", "is_said"), [(13, False), (14, True), (40, True)])
def test_how_long_nobody_has_seen_the_child(days, is_said, worker):
    ellis = child(worker)
    met(ellis, worker, days)
    met(ellis, worker, 2, way="phone")  # a call: the child was not seen
    assert (f"Nobody has seen the child for {days} days." in gaps(worker, ellis)) is is_said


def test_what_is_due_comes_worst_first_and_at_most_eight(worker):
    ellis = everything(worker)
    late = said(ellis, "alert", worker, words="Hurt by others.", review_by=TODAY() + timedelta(days=3))
    assert late.review_by
    for days in range(2, 14):
        missed(ellis, worker, days)
    due = parts_of(worker, ellis)["due"]
    assert len(due) == 8 and due[0].mark == "late"
    assert "more are on the child’s page" in page(worker, ellis).lower()


def test_it_is_never_longer_than_about_600_words(worker):
    ellis = everything(worker)
    long = " ".join(["winter"] * 40)
    for _ in range(6):
        said(ellis, "alert", worker, words=long[:280], what_to_do=long[:280])
        said(ellis, "need", worker, words=long, what_helps=long)
        met(ellis, worker, 6, words=long, own_words=long, purpose=long[:190])
        say(ellis, "oversight", worker, TODAY(), words=long, what_changed=long)
        missed(ellis, worker, 3)
        related(ellis, worker)
        order(ellis, worker, type="community_resolution", length=None)
    found = handover_of(read_by(worker, ellis))
    assert found.words <= AT_MOST and found.shortened and found.minutes == 3
    assert "What was cut short ends in ‘…’" in page(worker, ellis)


def test_what_was_decided_and_why(worker):
    ellis = everything(worker)
    as_seen_by(worker)
    made = read_by(worker, ellis).work.orders[0].of
    found = missed(ellis, worker, 12, outcome=made, acceptable=False)
    met(ellis, worker, 10, way="phone")
    compliance.decide(
        ellis,
        made,
        step="warn",
        day=TODAY(),
        words="He knew, and chose.",
        by=worker,
        at=timezone.now(),
        once=new_id(),
    )
    say(ellis, "oversight", worker, TODAY() - timedelta(days=1), what_changed="Seen at home from now on.")
    decided = parts_of(worker, ellis)["decisions"]
    assert found and "arn" in decided[0].words and "He knew, and chose." in decided[0].words
    assert "Seen at home from now on." in decided[1].words


# Who held the child ---------------------------------------------------------------------------------------------------


def test_changes_of_worker_are_counted_and_shown(worker, head):
    ellis, now = child(worker), timezone.now()
    made = order(ellis, worker)
    people = [staff("practitioner", name=name) for name in ("Callum Baird", "Marged Pryce")]
    RoleHeld.objects.filter(staff__in=people).update(since=now - timedelta(days=200))
    rows = Allocation.objects.filter(person=ellis.pk)
    rows.update(since=now - timedelta(days=90))
    for days, somebody in zip((35, 10), people, strict=True):
        as_seen_by(head)
        need_to_know.allocate(ellis, to=somebody, by=head, at=now - timedelta(days=days))
    assert made.since == TODAY() - timedelta(days=60)
    found = page(head, ellis)
    assert "third worker since" in found and "2 changes" in found
    assert found.index("Marged Pryce") < found.index("Before Callum Baird") < found.index("Before Priya Nandakumar")

    client = Client()
    client.force_login(head)
    assert "Third worker this order" in client.get(f"/children/{ellis.pk}/").content.decode()


DAY = date(2026, 3, 1)


def turn(who: str, since: int, until: int | None = None) -> Turn:
    return Turn(who, DAY + timedelta(days=since), None if until is None else DAY + timedelta(days=until))


@pytest.mark.parametrize(
    ("held_by", "began", "says"),
    [
        ([turn("A", 0)], 5, []),
        ([turn("A", 0, 10), turn("B", 10)], 5, ["Second worker this order"]),
        ([turn("A", 0, 10), turn("B", 10)], 10, []),  # the change was made before the order
        ([turn("A", 0, 10), turn("B", 10)], 9, ["Second worker this order"]),
        ([turn("A", 0, 10), turn("B", 10, 20), turn("A", 20)], 5, ["Third worker this order"]),
        ([], 5, []),
    ],
)
def test_which_worker_it_is_since_the_order(held_by, began, says):
    assert [one.words for one in holders.changes(held_by, DAY + timedelta(days=began), "this order")] == says
    assert holders.changes(held_by, None, "this order") == []


def test_a_child_given_again_to_whoever_holds_it_has_not_changed_hands():
    assert turns([turn("B", 10), turn("A", 0, 5), turn("A", 5, 10)]) == [turn("A", 0, 10), turn("B", 10)]


@pytest.mark.parametrize(
    ("number", "words"),
    [(1, "first"), (10, "tenth"), (11, "11th"), (12, "12th"), (21, "21st"), (22, "22nd"), (23, "23rd")],
)
def test_ordinals(number, words):
    assert ordinal(number) == words


def test_a_cut_says_that_it_cut():
    cut = Cut(3)
    assert (cut("one two three"), cut.shortened) == ("one two three", False)
    assert (cut("one two three four"), cut.shortened) == ("one two three …", True)


# Who reads it ---------------------------------------------------------------------------------------------------------


def test_it_obeys_the_sections_that_a_reader_reads(worker):
    ellis = everything(worker)
    found = page(staff("business_support"), ellis)
    assert "Part of this record is not open to you" in found
    for words in ("Knife found", "I’d have known", "Youth rehabilitation", "Pictures.", "Bus times", "how often"):
        assert words not in found
    coordinator = staff("panel_coordinator")
    Access.objects.create(staff=coordinator, child=ellis.pk, basis=Access.Basis.INVOLVED, since=timezone.now())
    found = page(coordinator, ellis)
    assert "Knife found" in found and "Youth rehabilitation" in found
    assert "I’d have known" not in found and "Bus times" not in found and "seen the child" not in found


def test_a_sealed_record_and_one_that_is_not_open_are_not_there(worker, head):
    mine = held(staff("practitioner"), entered_by=head)
    stranger = staff("practitioner", name="Somebody else")
    client = Client()
    client.force_login(stranger)
    assert client.get(f"/children/{mine.pk}/handover/").status_code == 404
    sealed(mine, head, by=head)
    client.force_login(staff("manager"))
    assert client.get(f"/children/{mine.pk}/handover/").status_code == 404


def test_whoever_is_new_to_a_child_is_led_to_it(worker, head):
    ellis = child(head)
    as_seen_by(head)
    need_to_know.allocate(ellis, to=worker, by=head, at=timezone.now())
    client = Client()
    client.force_login(worker)
    today = client.get("/").content.decode()
    assert "New to you" in today and f'href="/children/{ellis.pk}/handover/"' in today
    assert f'href="/children/{ellis.pk}/handover/"' in client.get(f"/children/{ellis.pk}/").content.decode()


def test_the_log_says_who_read_it(worker):
    ellis = child(worker)
    page(worker, ellis)
    assert LogEntry.objects.filter(event="child.handover", subject=ellis.pk, actor=worker.pk).count() == 1


def test_the_database_is_asked_as_often_whatever_is_recorded(worker, django_assert_max_num_queries):
    ellis = everything(worker)

    def asked() -> int:
        with django_assert_max_num_queries(200) as queries:
            page(worker, ellis)
        return len(queries)

    first = asked()
    for days in range(2, 6):
        met(ellis, worker, days)
        say(ellis, "oversight", worker, TODAY())
        said(ellis, "alert", worker)
        order(ellis, worker)
    assert asked() == first
