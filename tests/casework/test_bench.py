"""Before the bench now: one press, one case in each courtroom; and who attends, with who they are."""

from __future__ import annotations

from datetime import time, timedelta

import lxml.html
import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.casework.casework import correct, say
from tests.factories import service, staff
from tests.people.children import as_seen_by, child, sealed
from waypost.casework.court import actions, panels
from waypost.casework.court.actions import Decided
from waypost.casework.court.models import AtBench, Hearing
from waypost.casework.court.rules import Result, attending, why_not_call, why_not_end_remand
from waypost.kernel.ids import new_id
from waypost.kernel.refusal import Refused
from waypost.people.record.beside import current

COURT = "Alder Vale Youth Court, court 2"


@pytest.fixture
def officer(db):
    service()
    return staff("court_officer")


def hearing(of, by, on=None, **more):
    return say(of, "hearing", by, on, **({"clock": time(10, 0), "court": COURT} | more))


def call(made, by):
    as_seen_by(by)
    return actions.call(made, by=by, at=timezone.now())


def at_bench(officer):
    """Who is before which bench, as the list shows it."""
    as_seen_by(officer)
    courts = panels.desk(officer, on=timezone.localdate(), at=timezone.now()).courts
    return {one.name: one.now.name for one in courts if one.now}


@pytest.mark.parametrize(
    ("days", "heard", "why_not"),
    [
        (0, False, None),
        (0, True, "It has been heard already. Read the result."),
        (1, False, "Only a case of today’s list is before the bench now."),
        (-1, False, "Only a case of today’s list is before the bench now."),
    ],
)
def test_what_may_be_before_the_bench(days, heard, why_not):
    today = timezone.localdate()
    assert why_not_call(on=today + timedelta(days=days), today=today, heard=heard) == why_not


def test_one_press_sets_it_another_takes_it_away_and_colleagues_see_it(officer):
    # Given a case on today's list
    made, client, colleague = hearing(child(officer), officer), Client(), Client()
    client.force_login(officer)
    colleague.force_login(staff("manager"))
    where = reverse("court_bench", kwargs={"pk": made.pk})

    # When the officer presses
    answer = client.post(where, {"now": "yes"})
    assert answer.status_code == 302 and answer.headers["Location"].endswith(f"#h-{made.pk}")

    # Then colleagues read who is before the bench, since when, and who said so
    page = " ".join(lxml.html.fromstring(colleague.get("/court/").content).text_content().split())
    assert "Before the bench now: Ellis Marden, since" in page and officer.name in page

    # And pressed again it is so no longer, however often
    for _ in range(2):
        assert client.post(where, {"now": "no"}).status_code == 302
    assert at_bench(officer) == {}
    assert client.get(where).status_code == 405


def test_a_courtroom_hears_one_case_at_a_time(officer):
    first, second = hearing(child(officer, given="Abe"), officer), hearing(child(officer, given="Zoe"), officer)
    elsewhere = hearing(child(officer, given="Kit"), officer, court="Hillside Youth Court")
    for made in (first, elsewhere, second, second):
        call(made, officer)
    assert at_bench(officer) == {COURT: "Zoe Marden", "Hillside Youth Court": "Kit Marden"}
    assert AtBench.objects.filter(ended_at=None).count() == 2 and AtBench.objects.count() == 3


def test_one_courtroom_is_one_however_it_was_typed(officer):
    first = hearing(child(officer, given="Abe"), officer)
    second = hearing(child(officer, given="Zoe"), officer, court="ALDER VALE youth court,  court 2")
    call(first, officer)
    call(second, officer)
    assert [one.hearing_id for one in AtBench.objects.filter(ended_at=None)] == [second.pk]


def test_the_database_holds_one_for_each_courtroom(officer):
    made = hearing(child(officer), officer)
    call(made, officer)
    with pytest.raises(IntegrityError, match="one_case_before_a_bench"), transaction.atomic():
        AtBench.objects.create(person=made.person, hearing=made, court=COURT.lower(), by=officer, at=timezone.now())


def test_where_another_case_stands_that_is_not_open_a_press_is_refused(officer):
    shut = child(officer, given="Abe")
    call(hearing(shut, officer), officer)
    head = staff("head_of_service")
    sealed(shut, head, by=head)
    with pytest.raises(Refused, match="Another case was marked there"):
        call(hearing(child(officer, given="Zoe"), officer), officer)


def test_it_goes_with_what_is_corrected_and_ends_with_the_result(officer):
    made = hearing(child(officer), officer)
    call(made, officer)
    as_seen_by(officer)
    told = actions.attends(made, {"child": "here"}, by=officer, at=timezone.now(), once=new_id())
    assert at_bench(officer) == {COURT: "Ellis Marden"}
    decided = Decided(Result(result="ended", less_safe="nobody"))
    actions.result(told, decided, by=officer, at=timezone.now(), once=new_id())
    assert at_bench(officer) == {} and not AtBench.objects.filter(ended_at=None).exists()


def test_what_was_left_marked_is_not_so_the_day_after(officer, time_machine):
    made = hearing(child(officer), officer)
    call(made, officer)
    time_machine.move_to(timezone.now() + timedelta(days=1))
    as_seen_by(officer)
    yesterday = panels.desk(officer, on=made.since, at=timezone.now())
    assert yesterday.courts[0].now is None


# Who attends -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("attends", "words", "solicitor"),
    [
        ({}, {}, ("Missing", "Solicitor: nobody has said", "")),
        ({"solicitor": "here"}, {}, ("Here", "Solicitor", "")),
        ({"solicitor": "here"}, {"solicitor": "Ms Rees, duty solicitor"}, ("Here", "Solicitor: Ms Rees, duty solicitor", "")),
        ({"solicitor": "missing"}, {"solicitor": "Ms Rees"}, ("Missing", "Solicitor: Ms Rees", "has no solicitor")),
        ({}, {"solicitor": "Ms Rees"}, ("Missing", "Solicitor: Ms Rees; nobody has said", "")),
    ],
)  # fmt: skip
def test_words_stand_beside_who_attends(attends, words, solicitor):
    found = attending(attends, in_care=False, needs_interpreter=False, words=words)
    assert solicitor in [(one.says, one.words, one.lacks) for one in found]


def test_who_they_are_is_typed_once_and_stands_through_every_correction(officer):
    made, client = hearing(child(officer), officer), Client()
    client.force_login(officer)
    where = reverse("court_attends", kwargs={"pk": made.pk})
    posted = {"once": new_id(), "carer": "here", "carer_words": "Donna Marden, his mum"}
    assert client.post(where, posted).status_code == 302
    assert "A carer: Donna Marden, his mum" in client.get("/court/").content.decode()
    as_seen_by(officer)
    now = current(Hearing).get()
    again = correct(now, officer, words="Held overnight.")
    assert (again.attends, again.attends_words) == ({"carer": "here"}, {"carer": "Donna Marden, his mum"})
    assert (
        'value="Donna Marden, his mum"'
        in client.get(reverse("court_attends", kwargs={"pk": again.pk})).content.decode()
    )


# Whether bail ends -----------------------------------------------------------------------------------------------------

SENTENCED = Result(result="sentenced", less_safe="nobody", has_outcome=True)
ASKS = "Say whether the bail or remand that runs now ends with this."


@pytest.mark.parametrize(
    ("said", "runs", "ends", "why_not"),
    [
        (SENTENCED, True, None, ASKS),
        (Result(result="ended", less_safe="nobody"), True, None, ASKS),
        (SENTENCED, True, True, None),
        (SENTENCED, True, False, None),
        (SENTENCED, False, None, None),  # there is none to end
        (Result(result="put_off", less_safe="nobody"), True, None, None),  # it goes on by itself
        (Result(result="bail", less_safe="nobody", remand="bail"), True, None, None),  # another takes its place
    ],
)
def test_nobody_is_answered_for_whether_bail_ends(said, runs, ends, why_not):
    assert why_not_end_remand(said, runs=runs, ends=ends) == why_not


def test_the_page_asks_with_nothing_chosen(officer):
    ellis, client = child(officer), Client()
    say(ellis, "remand", officer, timezone.localdate() - timedelta(days=9))
    made = hearing(ellis, officer)
    client.force_login(officer)
    where = reverse("court_result", kwargs={"pk": made.pk})
    page = lxml.html.fromstring(client.get(where).content)
    assert len(page.xpath("//input[@name='ends_remand']")) == 2
    assert page.xpath("//input[@name='ends_remand'][@checked]") == []
    answer = client.post(where, {"once": new_id(), "result": "ended", "less_safe": "nobody"})
    assert answer.status_code == 409 and ASKS in answer.content.decode()
    answer = client.post(where, {"once": new_id(), "result": "ended", "less_safe": "nobody", "ends_remand": "no"})
    assert answer.status_code == 302
