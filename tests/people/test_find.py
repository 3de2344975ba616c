"""A child is found by whatever is known of them, and each row says why; who asks decides what a row shows."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.factories import staff, team
from tests.people.children import OURS, as_seen_by, child, let_go, said, sealed
from waypost.access.models import LogEntry, Staff
from waypost.kernel.ids import new_id
from waypost.people.matching.asked import Asked, read
from waypost.people.matching.found import Found
from waypost.people.matching.found import find as found_by
from waypost.people.models import Child, Harmed, Name, Person, Wall
from waypost.people.record import actions
from waypost.people.record.kinds import KINDS

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 28)
THERE = "26-0001"


def find(text: str, by: Staff) -> Found:
    as_seen_by(by)
    return found_by(read(text, timezone.localdate()), by=by, at=timezone.now(), on=timezone.localdate())


def names(text: str, by: Staff) -> list[str]:
    return [row.name for row in find(text, by).rows]


@pytest.fixture
def worker() -> Staff:
    return staff("practitioner", name="Priya Nandakumar", team=team(name="Riverside"))


@pytest.fixture
def other() -> Staff:
    return staff("practitioner", team=team(name="Hillside"))


@pytest.mark.parametrize(
    ("typed", "is_read_as"),
    [
        ("Ellis Marden", {"parts": ("ellis", "marden")}),
        ("Ellis Marden 2/11/2010", {"parts": ("ellis", "marden"), "born": date(2010, 11, 2)}),
        ("2.11.10 marden", {"parts": ("marden",), "born": date(2010, 11, 2)}),
        ("2 Nov 2010", {"born": date(2010, 11, 2)}),
        ("2nd of November 2010", {"born": date(2010, 11, 2)}),
        ("November 2nd, 2010", {"born": date(2010, 11, 2)}),
        ("02112010", {"born": date(2010, 11, 2)}),
        ("2010-11-02", {"born": date(2010, 11, 2)}),
        ("Ellis, born 2 11 2010", {"parts": ("ellis",), "born": date(2010, 11, 2)}),
        ("1/2/99", {"born": date(1999, 2, 1)}),
        ("31/2/2010", {"born": None}),
        ("26-0417", {"number": "26-0417", "born": None}),
        ("26 – 417", {"number": "26-0417"}),
        ("zz9 9zz", {"postcode": "ZZ99ZZ", "parts": ()}),
        ("4 Mill Row, Alder", {"first_line": "4millrow"}),
        ("+44 (0)7700 900318", {"telephone": "07700900318"}),
        ("07700 900 318", {"telephone": "07700900318"}),
        ("%", {"parts": (), "first_line": "", "identifiers": frozenset()}),
    ],
)
def test_what_is_typed_is_read_as_everything_it_may_be(typed: str, is_read_as: dict[str, Any]) -> None:
    asked = read(typed, TODAY)
    assert {name: getattr(asked, name) for name in is_read_as} == is_read_as


@pytest.mark.parametrize(
    ("typed", "pair"),
    [
        ("999 000 0018", ("nhs", "9990000018")),
        ("nhs 9990000018", ("nhs", "9990000018")),
        ("2004/123U", ("police_national_computer", "04/0000123U")),
        ("b801200005001", ("pupil", "B801200005001")),
        ("av 10072", ("childrens_social_care", "AV 10072")),
    ],
)
def test_a_number_is_read_as_each_scheme_writes_it(typed: str, pair: tuple[str, str]) -> None:
    assert pair in read(typed, TODAY).identifiers


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("Ellis Marden", "same name"),
        ("marden ellis", "same name"),
        ("ELLIS", "same name"),
        ("mard", "name begins with what was typed"),
        ("ell mard", "name begins with what was typed"),
        ("Elis Mardin", "same sound"),
        ("Ellis Marten", "one letter differs"),
        ("El", "same name"),
        ("2 November 2010", "birth date"),
        ("999 000 0018", "NHS number"),
        ("av 10072", "Number in children's social care"),
        ("4 mill row", "address"),
        ("ZZ99ZZ", "postcode"),
        ("+44 7700 900318", "telephone"),
        (THERE, "our number"),
    ],
)
def test_a_row_says_why_it_matched(typed: str, reason: str, worker: Staff) -> None:
    ellis = child(worker)
    child(worker, given="Bryony", family="Tate", born=date(2012, 1, 1))
    Child.objects.filter(pk=ellis.pk).update(number=THERE)
    for kind in ("name", "identifier", "address", "contact"):
        said(ellis, kind, worker)
    said(ellis, "identifier", worker, scheme="nhs", value="999 000 0018")

    rows = find(typed, worker).rows
    assert [(row.child, row.reasons) for row in rows] == [(ellis.pk, (reason,))]


def test_a_name_and_a_birth_date_together_are_told_first(worker: Staff) -> None:
    both = child(worker)
    child(worker, given="Ellis", family="Marden", born=date(2008, 5, 5))
    child(worker, given="Bryony", family="Tate")
    rows = find("ellis marden 2/11/2010", worker).rows
    assert rows[0].child == both.pk
    assert rows[0].reasons == ("birth date", "same name")
    assert len(rows) == 2, "nobody is named who has the date alone"


def test_an_open_record_says_who_holds_it_and_what_to_know_first(worker: Staff) -> None:
    ellis = child(worker)
    said(ellis, "alert", worker)
    said(ellis, "name", worker)
    row = find("ellis marden", worker).rows[0]
    assert (row.name, row.number, row.holders, row.alerts, row.is_open) == (
        "Ellis Marden",
        ellis.number,
        ("Priya Nandakumar, Riverside",),
        ("Weapon",),
        True,
    )
    assert row.age is not None


def test_a_record_to_be_opened_with_a_reason_says_only_whether_it_is_this_child(
    worker: Staff, other: Staff, signed_in: Any
) -> None:
    ellis = child(worker)
    said(ellis, "alert", worker)
    said(ellis, "address", worker)
    row = find("ellis marden", other).rows[0]
    assert (row.name, row.number, row.holders, row.alerts, row.is_open) == (
        "Ellis Marden",
        "",
        ("Priya Nandakumar, Riverside",),
        (),
        False,
    )
    page = signed_in(other).post(reverse("find"), {"what": "ellis marden"}).content.decode()
    assert "born in 2010" in page
    assert ellis.number not in page
    assert "2 November" not in page
    assert find("4 Mill Row", other).rows == (), "where a child lives is not told by asking for it"
    assert find("zz9 9zz", worker).rows[0].child == ellis.pk


@pytest.mark.parametrize(
    ("role", "sees"),
    [
        ("practitioner", True),
        ("specialist", True),
        ("manager", True),
        ("business_support", True),
        ("performance_officer", True),
        ("panel_coordinator", False),
    ],
)
def test_whom_a_search_may_name_is_as_for_every_list(role: str, sees: bool, worker: Staff) -> None:
    ellis = child(worker)
    assert [row.child for row in find("ellis", staff(role)).rows] == ([ellis.pk] if sees else [])


def test_what_a_role_does_not_read_it_is_not_shown(worker: Staff) -> None:
    said(child(worker), "alert", worker)
    assert find("ellis", staff("business_support")).rows[0].alerts == ()
    assert find("ellis", staff("manager")).rows[0].alerts == ("Weapon",)


def test_a_child_no_longer_held_is_found_to_be_opened_with_a_reason(worker: Staff) -> None:
    ellis = child(worker)
    let_go(ellis, by=worker)
    assert [(row.child, row.is_open) for row in find("ellis", worker).rows] == [(ellis.pk, False)]


# Sealed ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "is_told"),
    [
        ("999 000 0018", True),
        ("Ellis Marden 2/11/2010", True),
        ("Mardin Elis 2.11.10", True),
        ("Ellis Marden", False),
        ("2/11/2010", False),
        ("Ellis Marden 3/11/2010", False),
        ("Bryony Tate 2/11/2010", False),
        ("Ellis James Marden 2/11/2010", True),
        ("Marden 2/11/2010", True),
        ("Bryony Marden 2/11/2010", False),
        ("4 Mill Row", False),
        ("07700 900318", False),
        ("el", False),
        ("999 000 0026", False),
        (THERE, False),
    ],
)
def test_of_a_sealed_record_nothing_is_told_but_that_there_is_one(typed: str, is_told: bool, worker: Staff) -> None:
    head = staff("head_of_service")
    ellis = child(worker)
    Child.objects.filter(pk=ellis.pk).update(number=THERE)
    for kind in ("name", "address", "contact"):
        said(ellis, kind, worker)
    said(ellis, "identifier", worker, scheme="nhs", value="999 000 0018")
    sealed(ellis, worker, by=head)
    for asker in (head, staff("practitioner"), staff("manager"), staff("performance_officer")):
        found = find(typed, asker)
        assert (found.rows, found.restricted) == ((), is_told)
    named = find(typed, worker)
    assert not named.restricted


@pytest.mark.parametrize(
    ("typed", "is_told"),
    [
        ("Annalisa Jane Marden 2/11/2010", True),
        ("Anna Lisa Marden 2/11/2010", True),
        ("Annalisa Marden 2/11/2010", True),
        ("Jane Marden 2/11/2010", True),
        ("Bryony Jane Marden 2/11/2010", False),
    ],
)
def test_a_twin_of_a_sealed_child_is_another_child(typed: str, is_told: bool, worker: Staff, other: Staff) -> None:
    ellis = child(worker, given="Annalisa Jane")
    said(ellis, "name", worker, kind="known_as", given="Annalisa", family="Marden")
    sealed(ellis, worker, by=staff("head_of_service"))
    assert find(typed, other).restricted is is_told


def test_the_page_says_restricted_and_logs_that_it_did(worker: Staff, other: Staff, signed_in: Any) -> None:
    ellis = child(worker)
    sealed(ellis, worker, by=staff("head_of_service"))
    page = signed_in(other).post(reverse("find"), {"what": "ellis marden 2/11/2010"}).content.decode()
    assert "Restricted: ring the duty manager" in page
    assert "Nobody was found" in page
    assert "Priya" not in page
    entry = LogEntry.objects.get(event="child.found_restricted")
    assert (entry.subject, entry.listed) == (None, [])


# Others in a child's life ---------------------------------------------------------------------------------------------


def related(ellis: Child, by: Staff, given: str = "Donna", family: str = "Marden", relation: str = "mother") -> Person:
    person = Person.objects.create(entered_by=by, entered_at=timezone.now(), once=new_id())
    said(
        ellis, "relation", by, other=person, relation=relation, parental_responsibility=True, carer=True, household=True
    )
    said(person, "name", by, kind="legal", given=given, family=family)
    return person


def test_a_carer_is_found_as_the_childs(worker: Staff, other: Staff) -> None:
    ellis = child(worker)
    related(ellis, worker)
    for asker in (worker, other):
        row = find("Donna Marden", asker).rows[0]
        assert (row.name, row.via, row.reasons) == ("Ellis Marden", ("Mother: Donna Marden",), ("same name",))
    sealed(ellis, worker, by=staff("head_of_service"))
    assert find("Donna Marden", other).rows == ()


def test_children_come_before_the_children_of_those_found(worker: Staff) -> None:
    ellis = child(worker)
    related(ellis, worker, given="Robin", family="Tate")
    robin = child(worker, given="Robin", family="Tate", born=date(2011, 1, 1))
    assert [row.child for row in find("Robin Tate", worker).rows] == [robin.pk, ellis.pk]


def test_who_was_harmed_is_found_by_those_who_know_it_and_by_nobody_else(worker: Staff) -> None:
    head = staff("head_of_service")
    ellis = child(worker)
    as_seen_by(head)
    person = Person.objects.create(entered_by=head, entered_at=timezone.now(), once=new_id())
    wall = Wall(kind="victim", person=person, made_by=head, made_at=timezone.now())
    wall.save(force_insert=True)
    source = {"agency": OURS.agency, "basis": OURS.basis, "how": OURS.how, "by": head, "at": timezone.now()}
    Harmed(person=person, child=ellis.person, wall=wall, disclosure="victim", **source).save(force_insert=True)
    said(person, "name", head, kind="legal", given="Ada", family="Stone")

    for asker in (worker, staff("manager"), staff("specialist"), staff("performance_officer")):
        assert find("Ada Stone", asker).rows == ()
    for asker in (head, staff("victim_worker")):
        assert [row.via for row in find("Ada Stone", asker).rows] == [("Somebody harmed by this child: Ada Stone",)]


def test_a_name_not_to_be_used_finds_the_child_and_is_not_shown(worker: Staff) -> None:
    ellis = child(worker)
    said(ellis, "name", worker, kind="removed", given="Alice", family="Penrose")
    row = find("Alice Penrose", worker).rows[0]
    assert (row.child, row.name, row.reasons) == (ellis.pk, "Ellis Marden", ("same name",))


def test_a_corrected_name_finds_nobody(worker: Staff) -> None:
    ellis = child(worker)
    name = Name.objects.get(person=ellis.pk)
    said_now = {"kind": "legal", "given": "Alys", "family": "Penrose"}
    actions.correct(name, KINDS["name"].said_of(name) | said_now, source=OURS, by=worker, at=timezone.now())
    assert find("Ellis Marden", worker).rows == ()
    assert find("Alys Penrose", worker).rows[0].child == ellis.pk


# The page -------------------------------------------------------------------------------------------------------------


def test_what_was_typed_stands_in_no_address_and_no_log(worker: Staff, signed_in: Any, caplog: Any) -> None:
    ellis = child(worker)
    client = signed_in(worker)
    page = client.get(reverse("find"), {"what": "ellis marden"}).content.decode()
    assert "Ellis" not in page, "an address asks nothing"
    assert 'method="post"' in page
    answer = client.post(reverse("find"), {"what": "ellis marden"})
    assert (answer.status_code, "Marden" in answer.content.decode()) == (200, True)
    entry = LogEntry.objects.get(event="child.found")
    assert entry.listed == [ellis.pk]
    assert "marden" not in caplog.text.lower()


ODD = ["%", "_", "%%%", "a_b%", "\\", "'; DROP TABLE people_child; --", "\x00", "Ma\x00rden", "\u202enedraM", "🙂", "🙂 Marden",
       "x" * 200, "a " * 99, "१२३ शर्मा", "٢/١١/٢٠١٠", "((((", "&amp;<script>", "2/11/2010 " * 9, "0" * 200, "-", "İ" * 150, "ß" * 200]  # fmt: skip


@pytest.mark.parametrize("typed", ODD)
def test_odd_text_is_only_text(typed: str, worker: Staff, signed_in: Any) -> None:
    child(worker)
    answer = signed_in(worker).post(reverse("find"), {"what": typed})
    assert answer.status_code in (200, 422)
    page = answer.content.decode()
    assert "<script>" not in page.split("<main")[1]
    if "%" in typed or "_" in typed:
        assert "Ellis" not in page


def test_a_long_text_is_given_back(worker: Staff, signed_in: Any) -> None:
    answer = signed_in(worker).post(reverse("find"), {"what": "Ellis " * 2000})
    assert answer.status_code == 422
    assert "Type 200 letters at most" in answer.content.decode()


def test_how_many_questions_are_asked_does_not_depend_on_how_many_are_found(
    worker: Staff, signed_in: Any, queries: Any
) -> None:
    client = signed_in(worker)
    for number in range(2):
        child(worker, given="Ellis", family="Marden", born=date(2010, 11, 2 + number))
    client.post(reverse("find"), {"what": "nobody"})
    with queries(21):
        assert "2 children" in client.post(reverse("find"), {"what": "ellis marden"}).content.decode()
    for number in range(30):
        child(staff("practitioner"), given="Ellis", family="Marden", born=date(2009, 11, 2 + number % 20))
    with queries(21):
        assert "32 children" in client.post(reverse("find"), {"what": "ellis marden"}).content.decode()


@settings(max_examples=40)
@given(st.text(max_size=80))
def test_any_text_is_read(text: str) -> None:
    assert isinstance(read(text, TODAY), Asked)


@settings(max_examples=60)
@given(st.permutations(["anneliese", "van", "der", "berg"]))
def test_the_order_of_names_never_matters(order: list[str]) -> None:
    asked, straight = read(" ".join(order), TODAY), read("anneliese van der berg", TODAY)
    assert sorted(asked.parts) == sorted(straight.parts)
    assert asked.joined == straight.joined
    assert asked.enough == straight.enough
