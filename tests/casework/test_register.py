"""A group of children written down in one go: each child’s record has that child’s words alone; all of it or none."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from tests.casework.casework import at, order
from tests.factories import service, staff, team
from tests.people.children import as_seen_by, child, held, said, sealed
from waypost.access.models import LogEntry
from waypost.casework.contacts import actions, rules
from waypost.casework.contacts.actions import Came, Meeting
from waypost.casework.contacts.models import Attendance, Contact
from waypost.casework.contacts.register_actions import Row, RowRefused, register
from waypost.casework.tasks.models import Task
from waypost.kernel.ids import new_id
from waypost.kernel.refusal import Refused
from waypost.people.matching import combining
from waypost.people.models import Entry

pytestmark = pytest.mark.django_db
NAMES = ("Ellis", "Bryony", "Callan", "Dana", "Elis", "Farah", "Gethin", "Hollie", "Idris", "Jo", "Kit", "Leah", "Mo")
ADDRESS = "/groups/register/"


@pytest.fixture
def worker():
    service()
    return staff("practitioner", name="Priya Nandakumar", team=team())


def group(worker, number: int = 8) -> list[Any]:
    return [child(worker, given=given, family=f"Of{given}") for given in NAMES[:number]]


def came(**said: Any) -> Came:
    return Came(**{"came": "came", "less_safe": "nobody", "words": "Joined in."} | said)


def saved(children, worker, *, did: str = "We cooked.", meeting: Meeting | None = None, once=None, **rows: Came) -> Any:
    """`Ellis=came(…)` says what came of it for one of them."""
    as_seen_by(worker)
    found = [Row(one.person, rows.get(given, came())) for one, given in zip(children, NAMES, strict=False)]
    return register(
        found,
        meeting or Meeting(at(1), purpose="Cooking"),
        did=did,
        by=worker,
        at=timezone.now(),
        once=once or new_id(),
    )


# The action -----------------------------------------------------------------------------------------------------------


def test_eight_children_get_eight_contacts_with_their_own_words_and_what_the_group_did(worker):
    children, once = group(worker), new_id()
    saved(children, worker, once=once, Ellis=came(words="Led the others.", own_words="I never cooked before."))
    contacts = {one.person_id: one for one in Contact.objects.select_related("entry")}
    assert len(contacts) == 8 and {one.register for one in contacts.values()} == {once}
    first, second = contacts[children[0].pk].entry, contacts[children[1].pk].entry
    assert first.words == "Led the others.\n\nWhat the group did: We cooked."
    assert (first.own_words, second.own_words) == ("I never cooked before.", "")
    assert second.words == "Joined in.\n\nWhat the group did: We cooked."
    assert all(one.planned and one.workers.get().staff == worker for one in contacts.values())


def test_nobodys_record_names_another_child(worker):
    children = group(worker)
    saved(children, worker)
    names = {one.pk: f"{given} Of{given}" for one, given in zip(children, NAMES, strict=False)}
    for entry in Entry.objects.all():
        text = f"{entry.title} {entry.words} {entry.own_words}"
        assert not [name for pk, name in names.items() if pk != entry.person_id and name in text]


@pytest.mark.parametrize(
    "words",
    ["Bryony OfBryony led it.", "bryony  ofbryony’s idea", "OfBryony, Bryony", "With Bryony\nOfBryony."],
)
def test_the_groups_words_name_nobody(words, worker):
    with pytest.raises(Refused, match="names Bryony OfBryony, and goes into every child’s record"):
        saved(group(worker, 3), worker, did=words)
    assert Contact.objects.count() == 0


@pytest.mark.parametrize("field", ["purpose", "place"])
def test_nor_does_what_it_was_for_or_where(field, worker):
    meeting = Meeting(at(1), **{field: "Bryony OfBryony’s birthday"})
    with pytest.raises(Refused, match="names Bryony OfBryony"):
        saved(group(worker, 3), worker, meeting=meeting)


@pytest.mark.parametrize("field", ["words", "own_words"])
def test_nor_does_the_row_of_another(field, worker):
    with pytest.raises(RowRefused, match="Row 1, Ellis OfEllis: The words name Bryony OfBryony"):
        saved(group(worker, 3), worker, Ellis=came(**{field: "I sat with Bryony OfBryony."}))
    assert Contact.objects.count() == 0
    saved(group(worker, 1), worker, Ellis=came(words="Ellis OfEllis led the others."))  # a child’s own name is theirs


def test_a_name_in_the_half_of_a_record_that_was_combined_is_a_name_too(worker):
    head = staff("head_of_service")
    kept, gone = child(head, given="Kit", family="Tate"), child(head, given="Christopher", family="Tate")
    other = child(head, given="Ellis", family="Marden")
    combining.combine(kept, gone, by=head, at=timezone.now(), reason="The same mother.")
    with pytest.raises(Refused, match="names Christopher Tate"):
        saved([other, kept], head, did="Christopher Tate sang.")


def test_a_word_that_is_part_of_another_is_no_name():
    assert rules.named_in("The Mardens' shop", ["Ellis Marden"]) is None
    assert rules.named_in("Ellis Mardenson came", ["Ellis Marden"]) is None
    assert rules.named_in("Ellis and Marden Road", ["Ellis Marden"]) is None
    assert rules.named_in("", ["Ellis Marden"]) is None


def test_one_row_that_cannot_be_leaves_nothing_saved_and_is_named(worker):
    children = group(worker)
    with pytest.raises(RowRefused, match="Row 4, Dana OfDana: Say whether anyone is less safe"):
        saved(children, worker, Dana=came(less_safe=""))
    assert (Contact.objects.count(), Entry.objects.count(), Attendance.objects.count()) == (0, 0, 0)


def test_posted_twice_it_is_one(worker):
    children, once = group(worker, 3), new_id()
    first = saved(children, worker, once=once, Bryony=came(less_safe="child"))
    second = saved(children, worker, once=once, Bryony=came(less_safe="child"))
    assert first == second
    assert (Contact.objects.count(), Entry.objects.count(), Task.objects.count()) == (3, 3, 1)


def test_who_did_not_come_is_followed_up_and_judged_apart(worker):
    children = group(worker, 2)
    made = order(children[0], worker)
    as_seen_by(worker)
    rows = [
        Row(children[0].person, Came("missed", reason="not_known"), made),
        Row(children[1].person, Came("cancelled", reason="room")),
    ]
    found = register(rows, Meeting(at(1)), did="", by=worker, at=timezone.now(), once=new_id())
    missed, cancelled = found[children[0].pk], found[children[1].pk]
    assert (missed.outcome, missed.attendances.get().acceptable, missed.entry.kind) == (made, None, "did_not_come")
    assert (cancelled.outcome, cancelled.entry.kind) == (None, "cancelled")


def test_what_stands_in_the_diary_for_that_moment_is_what_is_recorded(worker):
    children, now = group(worker, 2), timezone.now()
    starts = now + timezone.timedelta(minutes=30)
    planned = actions.plan(children[0].person, Meeting(starts), by=worker, at=now, once=new_id())
    found = saved(children, worker, meeting=Meeting(starts))
    assert found[children[0].pk] == planned and Contact.objects.count() == 2


def test_whoever_is_not_open_to_the_worker_cannot_be_among_them(worker):
    head = staff("head_of_service")
    other = held(staff("practitioner"), entered_by=head, given="Bryony", family="OfBryony")
    with pytest.raises(RowRefused) as refused:
        saved([*group(worker, 1), other], worker)
    assert refused.value.place == 2 and refused.value.status == 403
    assert Contact.objects.count() == 0


@pytest.mark.parametrize(("number", "sentence"), [(0, "at least one child"), (13, "12 children at most")])
def test_how_many(number, sentence, worker):
    with pytest.raises(Refused, match=sentence):
        saved(group(worker, number), worker)


def test_the_database_is_asked_in_proportion_to_the_children(worker, django_assert_max_num_queries):
    def asked(number: int) -> int:
        children = group(worker, number)
        with django_assert_max_num_queries(500) as queries:
            saved(children, worker)
        return len(queries)

    asked(1)
    two, four, eight = asked(2), asked(4), asked(8)
    assert eight - four == 2 * (four - two)
    assert (four - two) // 2 <= 26, "for each child"


# The page -------------------------------------------------------------------------------------------------------------


def signed_in(who) -> Client:
    client = Client()
    client.force_login(who)
    return client


def chosen(*children, **said: Any) -> dict[str, Any]:
    start = timezone.localtime(at(1, 10))
    day = {"day-day": start.day, "day-month": start.month, "day-year": start.year, "clock": "10:00"}
    plain = {"once": new_id(), "minutes": 60, "way": "office", "purpose": "Cooking", "did": "We cooked."}
    return day | plain | {"held": [one.pk for one in children]} | said


def rows(*children, **said: Any) -> dict[str, Any]:
    found = chosen(*children, child=[one.pk for one in children], save="yes")
    for place in range(1, len(children) + 1):
        found |= {f"row{place}-came": "came", f"row{place}-less_safe": "nobody", f"row{place}-words": f"Row {place}."}
    return found | said


def test_first_who_and_when_then_a_row_for_each(worker):
    children, client = group(worker, 3), signed_in(worker)
    first = client.get(ADDRESS).content.decode()
    assert "Children you hold" in first and "Ellis OfEllis" in first
    second = client.post(ADDRESS, chosen(*children[:2])).content.decode()
    assert "Did Ellis OfEllis come?" in second and "Did Callan OfCallan come?" not in second
    assert " checked" not in second.partition("<table")[2].partition("</table")[0]  # nothing is filled in for anybody
    answer = client.post(ADDRESS, rows(*children[:2]))
    assert (answer.status_code, answer.url) == (302, "/children/")
    as_seen_by(worker)
    assert sorted(Entry.objects.values_list("words", flat=True)) == [
        "Row 1.\n\nWhat the group did: We cooked.",
        "Row 2.\n\nWhat the group did: We cooked.",
    ]
    assert "2 children, of whom 2 came" in client.get("/children/").content.decode()


@pytest.mark.parametrize(
    ("wrong", "status", "sentence"),
    [
        ({"row2-less_safe": ""}, 409, "Row 2, Bryony OfBryony: Say whether anyone is less safe"),
        ({"row2-came": ""}, 422, "Row 2, Bryony OfBryony: Answer ‘Did they come?’"),
        ({"row2-came": "missed"}, 409, "Row 2, Bryony OfBryony: Say why they did not come"),
        ({"row1-own_words": "Bryony OfBryony hid it."}, 409, "Row 1, Ellis OfEllis: The words name Bryony OfBryony"),
        ({"did": "Ellis OfEllis led."}, 409, "‘What the group did’ names Ellis OfEllis"),
        ({"minutes": "0"}, 422, "Ensure this value is greater than or equal to 1"),
    ],
)
def test_what_is_refused_comes_back_as_typed_and_names_the_row(wrong, status, sentence, worker):
    children, client = group(worker, 3), signed_in(worker)
    answer = client.post(ADDRESS, rows(*children, **{"row3-own_words": "I’d do it again."} | wrong))
    text = answer.content.decode()
    assert answer.status_code == status and sentence in text
    assert 'value="Row 3."' in text and "I’d do it again." in text
    as_seen_by(worker)
    assert (Contact.objects.count(), Entry.objects.count()) == (0, 0)


def test_the_order_it_counts_for_is_plain_and_asked_for_where_there_are_two(worker):
    ellis, bryony = group(worker, 2)
    order(ellis, worker)
    order(bryony, worker)
    caution = order(bryony, worker, type="community_resolution", length=None)
    client = signed_in(worker)
    page = client.post(ADDRESS, chosen(ellis, bryony)).content.decode()
    assert "Counts for: youth rehabilitation order" in page and 'name="row2-counts_for"' in page
    assert client.post(ADDRESS, rows(ellis, bryony, **{"row2-counts_for": caution.pk})).status_code == 302
    as_seen_by(worker)
    assert {one.outcome.type for one in Contact.objects.select_related("outcome")} == {
        "youth_rehabilitation",
        "community_resolution",
    }


def test_somebody_else_is_named_by_number_if_their_record_is_open(worker):
    head, client = staff("head_of_service"), signed_in(worker)
    ellis = group(worker, 1)[0]
    shut = held(staff("practitioner", team=team()), entered_by=head)
    answer = client.post(ADDRESS, chosen(ellis, numbers=shut.number))
    assert answer.status_code == 422 and f"has this number: {shut.number}" in answer.content.decode()
    answer = signed_in(head).post(ADDRESS, chosen(numbers=f"{ellis.number}, {shut.number}"))
    assert "Did Ellis Marden come?" in answer.content.decode()


def test_a_record_sealed_meanwhile_leaves_nothing_saved(worker):
    ellis, bryony = group(worker, 2)
    head = staff("head_of_service")
    sealed(bryony, head, by=head)
    answer = signed_in(worker).post(ADDRESS, rows(ellis, bryony))
    assert answer.status_code == 409 and "not open to you any more" in answer.content.decode()
    as_seen_by(worker)
    assert Contact.objects.count() == 0


@pytest.mark.parametrize("number", [0, 13])
def test_nobody_or_too_many_are_not_gone_on_with(number, worker):
    answer = signed_in(worker).post(ADDRESS, chosen(*group(worker, number)))
    assert answer.status_code == 422 and "There is a problem" in answer.content.decode()


def test_more_rows_than_a_group_may_have_are_refused(worker):
    answer = signed_in(worker).post(ADDRESS, rows(*group(worker, 13)))
    assert answer.status_code == 409 and "12 children at most" in answer.content.decode()
    as_seen_by(worker)
    assert Contact.objects.count() == 0


def test_what_is_no_id_is_nobody(worker):
    assert signed_in(worker).post(ADDRESS, rows(*group(worker, 1), child="nobody")).status_code == 404
    answer = signed_in(worker).post(ADDRESS, rows(child=uuid4()))
    assert answer.status_code == 409


def test_whoever_writes_no_entries_is_told_whom_to_ask():
    answer = signed_in(staff("business_support")).get(ADDRESS)
    assert answer.status_code == 409 and "does not write about what happened" in answer.content.decode()


def test_the_log_says_whom_the_page_named(worker):
    children, client = group(worker, 3), signed_in(worker)
    client.get(ADDRESS)
    client.post(ADDRESS, chosen(*children[:2]))
    logged = [set(one.listed) for one in LogEntry.objects.filter(event="contact.register_form").order_by("at")]
    assert logged == [{one.pk for one in children}, {one.pk for one in children[:2]}]


def test_the_form_asks_the_database_as_often_whatever_is_offered(worker, django_assert_max_num_queries):
    def asked(number: int) -> int:
        for given in NAMES[:number]:
            said(child(worker, given=given), "need", worker)
        with django_assert_max_num_queries(100) as queries:
            signed_in(worker).get(ADDRESS)
        return len(queries)

    asked(1)
    assert asked(1) == asked(4)
