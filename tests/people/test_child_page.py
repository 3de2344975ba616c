"""The child's page: what it says to whom, with how many questions to the database."""

from __future__ import annotations

import re
from datetime import date, time, timedelta

import pytest
from django.utils import timezone

from tests.factories import staff
from tests.people.children import (
    EXAMPLES,
    as_seen_by,
    child,
    document,
    harmed,
    held,
    professional,
    related,
    said,
    sealed,
)
from waypost.access import opening
from waypost.access.models import Access, LogEntry, Staff
from waypost.people.models import Alert, Entry, Wall
from waypost.people.record.models import Child

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


@pytest.fixture
def worker() -> Staff:
    return staff("practitioner", name="Priya Nandakumar")


@pytest.fixture
def head() -> Staff:
    return staff("head_of_service")


def page(client, of: Child, query: str = "") -> str:
    answer = client.get(f"/children/{of.pk}/{query}")
    assert answer.status_code == 200
    return text(answer)


def text(answer) -> str:
    main = answer.content.decode().partition("<main")[2].partition("</main")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def everything(worker: Staff, times: int = 1) -> Child:
    ellis = child(worker)
    for number in range(times):
        for kind in EXAMPLES.keys() - {"birth", "particular", "placement", "identifier", "entry"}:
            said(ellis, kind, worker)
        said(ellis, "identifier", worker, value=f"{ellis.number} {number}")
        said(ellis, "entry", worker, since=TODAY(), clock=time(23))
        document(ellis, worker)
        donna = related(ellis, worker).other
        said(donna, "contact", worker)
        said(ellis, "works_with", worker, professional=professional(worker, f"Sunita {number}"), role="", words="")
    said(ellis, "particular", worker)
    said(ellis, "placement", worker)
    return ellis


def test_the_title_of_the_page_has_no_name(signed_in, worker):
    ellis = child(worker)
    answer = signed_in(worker).get(f"/children/{ellis.pk}/").content.decode()
    assert f"<title>Child {ellis.number} – Waypost</title>" in " ".join(answer.split())
    assert "Ellis Marden</h1>" in answer


def test_everything_said_is_on_it(signed_in, worker):
    shown = page(signed_in(worker), everything(worker))
    for words in ("born 2 November 2010", "Likes ‘El’", "4 Mill Row", "07700 900318", "Knife found", "What helps"):
        assert words in shown


def test_it_asks_as_much_for_much_as_for_little(signed_in, worker, queries):
    little = everything(worker)
    client = signed_in(worker)
    page(client, little)
    with queries(52):
        page(client, little)
    as_seen_by(worker)
    much = everything(worker, times=6)
    with queries(52):
        page(client, much)


@pytest.mark.parametrize(
    ("names", "heading", "likes"),
    [
        ([], "Ellis Marden", None),
        ([("known_as", "El", "")], "Ellis Marden", "Likes ‘El’"),
        ([("preferred", "Eleri", "")], "Eleri Marden", None),
        ([("preferred", "Eleri", "Holt")], "Eleri Holt", None),
        ([("removed", "Elliot", "Marden")], "Ellis Marden", None),
        ([("other_script", "Олена", "Коваль")], "Ellis Marden", None),
    ],
)
def test_a_child_is_called_what_they_want_to_be_called(names, heading, likes, signed_in, worker):
    ellis = child(worker)
    for kind, given, family in names:
        said(ellis, "name", worker, kind=kind, given=given, family=family)
    answer = signed_in(worker).get(f"/children/{ellis.pk}/")
    assert f"{heading}</h1>" in answer.content.decode()
    assert ("Likes ‘" in text(answer)) is (likes is not None)
    assert (likes or "") in text(answer)
    assert "Elliot" not in text(answer)


@pytest.mark.parametrize(
    ("safe", "words", "rings", "says"),
    [
        ("safe", "", True, "07700 900318"),
        ("only_as_said", "Text first.", True, "Only as the person said: Text first."),
        ("not_asked", "", True, "Not asked yet."),
        ("not_safe", "He reads her messages.", False, "Not safe: mobile Do not use it, whatever the reason. He reads"),
    ],
)
def test_a_number_that_is_not_safe_is_never_shown_as_a_number_to_ring(safe, words, rings, says, signed_in, worker):
    ellis = child(worker)
    said(related(ellis, worker).other, "contact", worker, safe=safe, words=words)
    answer = signed_in(worker).get(f"/children/{ellis.pk}/")
    assert says in text(answer)
    assert ("tel:07700900318" in answer.content.decode()) is rings
    assert ("07700 900318" in text(answer)) is rings


def test_a_confidential_address_is_folded_away_and_never_in_the_head(signed_in, worker):
    ellis = child(worker)
    address = said(ellis, "address", worker)
    type(address).objects.update(disclosure="placement_address")
    answer = signed_in(worker).get(f"/children/{ellis.pk}/").content.decode()
    before = answer.partition("<details")[0]
    assert "4 Mill Row" not in before
    assert "Kept from somebody" in before


def test_who_is_called_mother_lives_there_and_how_old_the_sister_is(signed_in, worker):
    ellis = child(worker)
    related(ellis, worker)
    sister = related(ellis, worker, "Bryony", relation="sibling", parental_responsibility=False, carer=False).other
    said(sister, "birth", worker, born=TODAY() - timedelta(days=366 * 9))
    assert "Lives with Donna Marden (mother) and Bryony Marden (brother or sister, 9)." in page(
        signed_in(worker), ellis
    )


def test_an_overdue_alert_comes_first_with_the_way_to_settle_it(signed_in, worker):
    ellis = child(worker)
    said(ellis, "alert", worker, words="Runs when shouted at.")
    late = said(ellis, "alert", worker, words="Knife found.")
    Alert.objects.filter(pk=late.pk).update(review_by=date(2026, 1, 6))
    shown = page(signed_in(worker), ellis)
    assert shown.index("Knife found.") < shown.index("Runs when shouted at.")
    assert "Review was due 6 January 2026 Keep, change or end it" in shown


@pytest.mark.parametrize(
    ("role", "closed"),
    [
        ("business_support", ["Knife found", "The school rang", "Seen at school"]),
        ("performance_officer", ["Knife found", "The school rang", "Seen at school"]),
        ("panel_coordinator", ["The school rang", "Seen at school", "4 Mill Row."]),
    ],
)
def test_what_a_role_does_not_read_is_refused_in_words(role, closed, signed_in, worker):
    ellis, reader = everything(worker), staff(role)
    opening.give(reader, ellis.pk, Access.Basis.INVOLVED, at=timezone.now(), by=worker)
    shown = page(signed_in(reader), ellis)
    assert "Part of this record is not open to you:" in shown
    assert "Ellis Marden" in shown
    for words in closed:
        assert words not in shown


def test_a_sample_of_some_sections_shows_those(signed_in, worker):
    ellis, auditor = everything(worker), staff("auditor")
    until = timezone.now() + timedelta(days=5)
    opening.give(
        auditor, ellis.pk, Access.Basis.SAMPLED, at=timezone.now(), until=until, by=worker, sections=["alerts"]
    )
    shown = page(signed_in(auditor), ellis)
    assert "Knife found" in shown
    assert f"Child {ellis.number} Child {ellis.number}" in shown  # no name: who the child is was not opened
    assert "The school rang" not in shown


@pytest.mark.parametrize(
    ("who", "reads"),
    [
        (("practitioner", {}), False),
        (("specialist", {"agency": "health"}), True),
        (("specialist", {"agency": "education"}), False),
    ],
)
def test_a_held_back_entry_is_a_box_with_the_way_to_ask(who, reads, signed_in, head):
    reader, nurse = staff(who[0], **who[1]), staff("specialist", agency="health", name="Hazel Quayle")
    ellis = held(reader, entered_by=head)
    opening.give(nurse, ellis.pk, Access.Basis.INVOLVED, at=timezone.now(), by=head)
    wall = Wall(
        kind="held_back",
        person_id=ellis.pk,
        agency="health",
        subject="physical_health",
        bears_on_safety=False,
        made_by=nurse,
        made_at=timezone.now(),
    )
    as_seen_by(nurse)
    wall.save(force_insert=True)
    said(ellis, "entry", nurse, words="Kept in clinic.", wall=wall)
    shown = page(signed_in(reader), ellis)
    assert ("Kept in clinic." in shown) is reads
    assert (
        "You cannot read this entry. It is about physical health, and Hazel Quayle has kept it within health." in shown
    ) is not reads
    assert ("1 entry is held back from you" in shown) is not reads


@pytest.mark.parametrize(
    ("role", "sees"), [("victim_worker", True), ("head_of_service", True), ("practitioner", False)]
)
def test_who_was_harmed_is_shown_to_those_who_keep_them_safe(role, sees, signed_in, head):
    worker, reader = staff("practitioner"), staff(role)
    ellis = held(worker, entered_by=head)
    opening.give(reader, ellis.pk, Access.Basis.INVOLVED, at=timezone.now(), by=head)
    as_seen_by(worker)
    harmed(ellis, worker)
    shown = page(signed_in(reader), ellis)
    assert ("Callan Reeve. Keep them apart. Write, do not ring." in shown) is sees
    assert ("Whether somebody was harmed, and who, is not shown to you." in shown) is not sees


def test_the_timeline_is_filtered_and_paged(signed_in, worker):
    ellis, client = child(worker), signed_in(worker)
    for number in range(14):
        said(ellis, "entry", worker, title=f"Day {number}", since=TODAY() - timedelta(days=number * 10))
    Entry.objects.filter(title="Day 3").update(agency="police", own_words="I was there.", said_by="child")
    Entry.objects.filter(title="Day 13").update(kind="decision")
    Entry.objects.filter(title="Day 5").update(kind="visit")
    assert "Showing 1 to 12 of 14" in page(client, ellis)
    assert "Day 13" in page(client, ellis, "?page=2")
    for query, there, gone in (
        ("?who=police", "Day 3", "Day 4"),
        ("?what=own", "Day 3", "Day 4"),
        ("?what=decisions", "Day 13", "Day 3"),
        ("?what=contacts", "Day 5", "Day 3"),
        ("?what=documents", "Nothing fits these filters.", "Day 3"),
        ("?since=28", "Day 2", "Day 3"),
        ("?who=nobody&what=x&since=y", "Day 1", "Day 13"),
    ):
        shown = page(client, ellis, query).partition("Everything anyone did")[2]
        assert there in shown, query
        assert gone not in shown.partition("In the child’s own words")[0], query


def test_what_was_removed_leaves_its_day_and_its_rule(signed_in, worker):
    ellis = child(worker)
    entry = said(ellis, "entry", worker)
    Entry.objects.filter(pk=entry.pk).update(words="", title="", removed_on=date(2026, 3, 2), removed_rule="erasure")
    shown = page(signed_in(worker), ellis)
    assert "One entry was removed" in shown
    assert "Its words were removed on 2 March 2026. The person asked for it to be removed." in shown


def test_who_has_looked_is_said_and_to_look_is_logged(signed_in, head):
    priya, other, support = staff("practitioner"), staff("specialist"), staff("business_support")
    ellis = held(priya, entered_by=head)
    opening.give(other, ellis.pk, Access.Basis.INVOLVED, at=timezone.now(), by=head)
    for reader in (priya, other, support, support):
        page(signed_in(reader), ellis)
    assert LogEntry.objects.filter(subject=ellis.pk, event="child.page", verb="viewed").count() == 4
    shown = page(signed_in(head), ellis)
    assert (
        "4 people opened this record in 30 days: 1 who held the child, 1 involved with the child, 2 by a role" in shown
    )
    assert "See who and when" in shown
    assert "See who and when" not in page(signed_in(priya), ellis)


def test_two_records_of_one_child_are_read_as_one(signed_in, worker):
    kept, gone = child(worker), child(worker, given="Elis", family="Marsden")
    said(gone, "alert", worker, words="Knife found elsewhere.")
    Child.objects.filter(pk=gone.pk).update(combined_into=kept)
    shown = page(signed_in(worker), kept)
    assert "Two records were said to be one child: this page reads both." in shown
    assert "Knife found elsewhere." in shown


class TestTheList:
    def lines(self, client, query: str = "") -> str:
        return text(client.get(f"/children/{query}"))

    def test_worst_comes_first(self, signed_in, worker):
        bryony, ellis, aisha = (child(worker, given=name) for name in ("Bryony", "Ellis", "Aisha"))
        for of, due in ((bryony, date(2026, 3, 1)), (ellis, date(2026, 1, 6))):
            Alert.objects.filter(pk=said(of, "alert", worker).pk).update(review_by=due)
        said(aisha, "alert", worker)
        said(aisha, "entry", worker, since=date(2026, 5, 4))
        shown = self.lines(signed_in(worker))
        order = [shown.index(name) for name in ("Ellis Marden", "Bryony Marden", "Aisha Marden")]
        assert order == sorted(order)
        assert "2 have an alert overdue for review" in shown
        assert "Review was due 6 January 2026" in shown
        assert "4 May 2026" in shown

    def test_it_holds_who_is_open_to_the_reader_and_nobody_else(self, signed_in, worker, head):
        child(worker)
        held(staff("practitioner"), entered_by=head, given="Bryony")
        hidden = child(worker, given="Rowan")
        sealed(hidden, head, by=head)
        shown = self.lines(signed_in(worker))
        assert "Ellis" in shown
        assert "Bryony" not in shown
        assert "Rowan" not in shown
        assert "1 child." in shown

    def test_held_by_me(self, signed_in, worker, head):
        child(worker)
        opening.give(worker, held(staff(), entered_by=head, given="Bryony").pk, "involved", at=timezone.now(), by=head)
        assert "Bryony" in self.lines(signed_in(worker))
        assert "Bryony" not in self.lines(signed_in(worker), "?whose=own")

    def test_whose_alerts_are_closed_to_the_reader_says_so(self, signed_in, worker):
        said(child(worker), "alert", worker)
        shown = self.lines(signed_in(staff("business_support")))
        assert "Not open to you" in shown
        assert "overdue" not in shown

    def test_a_page_has_fifty_and_asks_as_much_as_for_one(self, signed_in, worker, queries):
        client = signed_in(worker)
        said(child(worker), "alert", worker)
        self.lines(client)
        with queries(16):
            self.lines(client)
        for number in range(55):
            one = child(worker, given=f"Ellis {number}")
            if number < 3:
                Alert.objects.filter(pk=said(one, "alert", worker).pk).update(review_by=date(2026, 1, 6))
        with queries(17):
            assert "Showing 1 to 50 of 56 children" in self.lines(client)
        assert "Showing 51 to 56" in self.lines(client, "?page=2")

    def test_nobody_yet_is_said(self, signed_in, worker):
        assert "No child’s record is open to you yet." in self.lines(signed_in(worker))
        assert "You hold no child." in self.lines(signed_in(worker), "?whose=own")
